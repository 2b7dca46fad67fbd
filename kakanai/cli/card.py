"""`kakanai card list | read | insert`."""

import argparse
import getpass
import signal
import sys
import threading
from types import FrameType

from kakanai.cardreader.connection import Reader
from kakanai.cardreader.errors import PinFormatError, PinLockedError
from kakanai.cardreader.kinds import CardKind
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.readings import MyNumberCardReading
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cli.errors import PinMissingError
from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.identity.by_hand import person_to_mapping
from kakanai.identity.from_card import my_number_from_card, person_from_card
from kakanai.identity.wareki import wareki_text


def list_readers(_asked: argparse.Namespace, services: Services, output: Output) -> int:
    """The readers PC/SC knows, and whether a card lies on each."""
    found = [
        {"name": reader.name, "card_present": reader.is_card_present()}
        for reader in services.pcsc().readers()
    ]
    lines = [f"{'●' if r['card_present'] else '○'} {r['name']}" for r in found] or ["リーダーがありません。"]
    output.result({"readers": found}, lines)
    return 0


def read(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """基本4情報 of the card, and 個人番号 when asked for; one VERIFY."""
    services.prepare()
    reading = read_card(services.reader(asked.reader), asked, output, with_my_number=asked.my_number)
    person = person_from_card(reading.basic_four)
    number = my_number_from_card(reading.my_number) if reading.my_number else None
    data = {
        "card_kind": CardKind.MY_NUMBER.value,
        **person_to_mapping(person, number),
        "tries_left": reading.attempts_before,
        "apdus": reading.exchanges,
    }
    lines = [
        f"氏名      {person.name}",
        f"住所      {person.address}",
        f"生年月日  {wareki_text(person.birth_date) if person.birth_date else '不詳'}",
        f"性別      {person.sex.label if person.sex is not None else '不明'}",
    ]
    if number is not None:
        lines.append(f"個人番号  {data['my_number']}")
    output.result(data, lines)
    return 0


def read_card(
    reader: Reader, asked: argparse.Namespace, output: Output, *, with_my_number: bool
) -> MyNumberCardReading:
    """One reading: tries left are shown before the PIN is asked, then VERIFY once; powered off at the end."""
    session = MyNumberCardSession.open(reader.connect())
    try:
        output.note(f"券面事項入力補助用の暗証番号: 残り {session.attempts_remaining} 回")
        if session.attempts_remaining == 0:
            raise PinLockedError  # before a PIN is asked for that could not be used
        return session.read(ask_pin(asked), with_my_number=with_my_number)
    finally:
        session.close()


def ask_pin(asked: argparse.Namespace) -> Pin:
    """The PIN from standard input's first line, or asked at the terminal without echo.

    Raises:
        PinMissingError: neither is there.
        PinFormatError: not four digits; nothing was sent.
    """
    if sys.stdin is None:  # closed by the caller
        raise PinMissingError
    try:
        if asked.pin_stdin:
            line = sys.stdin.readline().rstrip("\r\n")
        elif sys.stdin.isatty():
            line = getpass.getpass("暗証番号(数字4桁、表示されません): ")
        else:
            line = ""
    except UnicodeDecodeError:
        # Not chained: the error carries what was typed.
        raise PinFormatError from None
    except (EOFError, OSError, ValueError):  # Ctrl+D; a stream that is broken, closed or no text
        line = ""
    if not line:
        raise PinMissingError
    return Pin(line)


def insert(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Keep a specimen on the virtual reader until the program is told to stop or the driver ends."""
    services.prepare()
    stop = threading.Event()

    def told_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        if hasattr(signal, name):  # Windows has no SIGHUP
            signal.signal(getattr(signal, name), told_to_stop)

    def inserted() -> None:
        output.result(
            {"specimen": asked.specimen, "host": asked.host, "port": asked.port, "state": "inserted"},
            [f"見本カード {asked.specimen} を置きました。外すには Ctrl+C を押してください。"],
        )

    why = services.insert_specimen(asked.specimen, asked.host, asked.port, stop.is_set, inserted)
    output.note(f"見本カードを外しました({why})。")
    return 0

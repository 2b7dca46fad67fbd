"""`kakanai card list | read | pin-status | diagnose | insert`."""

import argparse
import datetime as dt
import json
import signal
import threading
from types import FrameType
from typing import Any

from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.cardreader.authenticity.judge import judge
from kakanai.cardreader.authenticity.verdict import Authenticity
from kakanai.cardreader.driver_licence.mynumber_licence import MyNumberLicenceReading
from kakanai.cardreader.driver_licence.readings import LicenceReading
from kakanai.cardreader.residence_card.judge import judge_residence_card
from kakanai.cardreader.residence_card.readings import ResidenceCardReading
from kakanai.cli import card_words
from kakanai.cli.card_pictures import require_new_file, save_glyphs, save_photo, write_file
from kakanai.cli.card_reading import Reading, Wanted, read_card, read_mynumber_licence
from kakanai.cli.card_request import refuse_contradictions, require_places
from kakanai.cli.fault_arguments import faults_asked
from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.errors import KakanaiError
from kakanai.messages import KEYS, KINDS

AnyReading = Reading | MyNumberLicenceReading


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
    """The facts of the card, whichever kind lies there; one VERIFY a key, none where the card wants none."""
    refuse_contradictions(asked)
    require_places(asked)
    services.prepare()
    issuers = services.issuers(asked.reader) if asked.verify else None
    reading = _reading(asked, services, output)
    data, lines = _words(reading)
    if issuers is not None:
        told = _judge(reading, issuers, services.today())
        if told is not None:
            more, more_lines = card_words.authenticity(told)
            data.update(more)
            lines += more_lines
    try:
        _save(reading, asked, data, lines)
    except KakanaiError as error:
        # What was read is told all the same, lest the visitor has to give the key once more.
        output.failure(error, data, lines=lines, precious=False)
        return error.exit_status
    output.result(data, lines)
    return 0


def _reading(asked: argparse.Namespace, services: Services, output: Output) -> AnyReading:
    reader = services.reader(asked.reader)
    if asked.mynumber_licence:
        return read_mynumber_licence(reader, asked, output)
    wanted = Wanted(
        my_number=asked.my_number,
        verify=asked.verify,
        certificates=asked.verify,
        pictures=bool(asked.photo or asked.glyphs),
    )
    return read_card(reader, asked, output, wanted)


def _words(reading: AnyReading) -> card_words.Told:
    match reading:
        case LicenceReading():
            return card_words.licence(reading)
        case ResidenceCardReading():
            return card_words.residence_card(reading)
        case MyNumberLicenceReading():
            return card_words.mynumber_licence(reading)
    return card_words.my_number_card(reading)


def _judge(reading: AnyReading, issuers: IssuerTable, today: dt.date) -> Authenticity | None:
    """The verdict 真正性; of a licence that nobody but the police can verify it."""
    match reading:
        case LicenceReading() | MyNumberLicenceReading():
            return reading.authenticity
        case ResidenceCardReading():
            return judge_residence_card(reading, issuers, today)
    return None if reading.proof is None else judge(reading.proof, issuers, today)


def _save(reading: AnyReading, asked: argparse.Namespace, data: dict[str, Any], lines: list[str]) -> None:
    """Write the pictures that were asked for; `data` and `lines` tell of each that was written."""
    if asked.photo:
        save_photo(reading, asked.photo)
        data["photo"] = str(asked.photo)
        lines.append(f"顔写真    {asked.photo}")
    if asked.glyphs:
        files = save_glyphs(reading, asked.glyphs)
        data["glyphs"] = [str(file) for file in files]
        lines += [f"字形      {file}" for file in files]


def pin_status(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """The tries left of every key of the card; spends none."""
    services.prepare()
    found = services.pin_status(services.reader(asked.reader))
    keys: list[dict[str, Any]] = [
        {"key": status.key.value, "name": KEYS[status.key].name, "tries_left": status.attempts}
        for status in found.keys
    ]
    lines = [f"カード: {KINDS[found.kind]}"]
    lines += [
        f"{key['name']}: " + ("なし" if key["tries_left"] is None else f"残り {key['tries_left']} 回")
        for key in keys
    ]
    if not keys:
        lines.append("番号で開くカードです。回数の制限はありません。")
    output.result({"card_kind": found.kind.value, "keys": keys}, lines)
    return 0


def diagnose(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """A bundle for a vendor: readers, ATRs, headers, status words, lengths; nothing personal."""
    if asked.out:
        require_new_file(asked.out)
    services.prepare()
    bundle = services.diagnose(asked.reader)
    text = json.dumps(bundle, ensure_ascii=False, indent=1)
    if asked.out:
        write_file(asked.out, text.encode("utf-8"))
        output.result({**bundle, "file": str(asked.out)}, [f"診断を書きました: {asked.out}"])
    else:
        output.result(bundle, [text])
    return 0


def insert(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Keep a specimen on the virtual reader until the program is told to stop or the driver ends."""
    faults = faults_asked(asked)
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

    why = services.insert_specimen(asked.specimen, faults, asked.host, asked.port, stop.is_set, inserted)
    output.note(f"見本カードを外しました({why})。")
    return 0

"""What opens a card 暗証番号・照合番号・番号: from standard input or the terminal, never an argument."""

import argparse
import getpass
import sys
from typing import Final

from kakanai.cardreader.driver_licence.pin import LicencePin
from kakanai.cardreader.errors import PinFormatError
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.mynumber.collation import CollationNumberB
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.residence_card.card_number import CardNumber
from kakanai.cli.errors import PinMissingError

_FLAGS: Final = {CardKey.COLLATION_B: "--collation-b-stdin", CardKey.CARD_NUMBER: "--card-number-stdin"}


def ask_pin(asked: argparse.Namespace) -> Pin:
    """券面事項入力補助用暗証番号.

    Raises:
        PinMissingError: neither standard input nor a terminal gave it.
        PinFormatError: not four digits; nothing was sent.
    """
    return Pin(_line(CardKey.TEXT_PIN, "暗証番号(数字4桁、表示されません): ", told=asked.pin_stdin))


def ask_collation_b(asked: argparse.Namespace) -> CollationNumberB:
    """照合番号B.

    Raises:
        PinMissingError: as `ask_pin`.
        CollationFormatError: not fourteen digits; nothing was sent.
    """
    prompt = "照合番号B(生年月日6桁・有効期限の西暦4桁・セキュリティコード4桁、表示されません): "
    return CollationNumberB(_line(CardKey.COLLATION_B, prompt, told=asked.collation_b_stdin))


def ask_licence_pins(asked: argparse.Namespace) -> tuple[LicencePin, LicencePin | None]:
    """運転免許証の暗証番号1 and, from the second line or when something is typed, 暗証番号2.

    Raises:
        PinMissingError: no 暗証番号1 came.
        PinFormatError: not four digits; nothing was sent.
    """
    first = _line(CardKey.LICENCE_PIN1, "暗証番号1(数字4桁、表示されません): ", told=asked.pin_stdin)
    prompt = "暗証番号2(本籍と写真。読まないときは Enter): "
    second = _line(CardKey.LICENCE_PIN2, prompt, told=asked.pin_stdin, may_be_empty=True)
    return (
        LicencePin(first, CardKey.LICENCE_PIN1),
        LicencePin(second, CardKey.LICENCE_PIN2) if second else None,
    )


def ask_mynumber_licence_pin(asked: argparse.Namespace) -> LicencePin:
    """マイナ免許証の暗証番号.

    Raises:
        PinMissingError: none came.
        PinFormatError: not four digits; nothing was sent.
    """
    key = CardKey.MYNUMBER_LICENCE_PIN
    prompt = "マイナ免許証の暗証番号(数字4桁、表示されません): "
    return LicencePin(_line(key, prompt, told=asked.pin_stdin), key)


def ask_card_number(asked: argparse.Namespace) -> CardNumber:
    """在留カード等の番号.

    Raises:
        PinMissingError: none came.
        CardError: it cannot be one; nothing was sent.
    """
    return CardNumber(
        _line(CardKey.CARD_NUMBER, "カードの番号(12文字、表示されません): ", told=asked.card_number_stdin)
    )


def _line(key: CardKey, prompt: str, *, told: bool, may_be_empty: bool = False) -> str:
    line = _ask(key, prompt, told=told)
    if not line and not may_be_empty:
        raise PinMissingError(key=key.value, flag=_FLAGS.get(key, "--pin-stdin"))
    return line


def _ask(key: CardKey, prompt: str, *, told: bool) -> str:
    if sys.stdin is None:  # closed by the caller
        return ""
    try:
        if sys.stdin.isatty():  # also when standard input was asked for: what is typed must not be seen
            return getpass.getpass(prompt)
        return sys.stdin.readline().rstrip("\r\n") if told else ""
    except UnicodeDecodeError:
        # Not chained: the error carries what was typed.
        raise PinFormatError(key) from None
    except (EOFError, OSError, ValueError):  # Ctrl+D; a stream that is broken, closed or no text
        return ""

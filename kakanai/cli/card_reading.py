"""One reading of whatever card lies on the reader: tries left told first, one VERIFY, then power off."""

import argparse
import contextlib
import dataclasses

from kakanai.cardreader.connection import Reader
from kakanai.cardreader.driver_licence.mynumber_licence import MyNumberLicenceReading
from kakanai.cardreader.driver_licence.mynumber_licence_session import MyNumberLicenceSession
from kakanai.cardreader.driver_licence.readings import LicenceReading
from kakanai.cardreader.driver_licence.session import DriverLicenceSession
from kakanai.cardreader.errors import AnotherCardError, PinLockedError
from kakanai.cardreader.kinds import CardKey, CardKind
from kakanai.cardreader.mynumber.errors import CertificatesMissingError
from kakanai.cardreader.mynumber.readings import MyNumberCardReading
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.open_card import CardSession, open_card
from kakanai.cardreader.residence_card.readings import ResidenceCardReading
from kakanai.cardreader.residence_card.session import ResidenceCardSession
from kakanai.cli.errors import UsageError
from kakanai.cli.output import Output
from kakanai.cli.secrets import (
    ask_card_number,
    ask_collation_b,
    ask_licence_pins,
    ask_mynumber_licence_pin,
    ask_pin,
)
from kakanai.messages import KEYS

Reading = MyNumberCardReading | LicenceReading | ResidenceCardReading


@dataclasses.dataclass(frozen=True)
class Wanted:
    """What a verb wants of the card beside the basic facts; `certificates` with `verify` only."""

    my_number: bool = False
    verify: bool = False
    certificates: bool = False
    pictures: bool = False


def read_card(reader: Reader, asked: argparse.Namespace, output: Output, wanted: Wanted) -> Reading:
    """One reading; the card is powered off afterwards, whatever happens.

    Raises:
        UsageError: the arguments ask for what this kind of card, or this key, does not give.
        CardError: as the session says; VERIFY was sent once at most.
    """
    session = open_card(reader.connect())
    try:
        return _read(session, asked, output, wanted)
    finally:
        session.close()


def read_mynumber_licence(
    reader: Reader, asked: argparse.Namespace, output: Output
) -> MyNumberLicenceReading:
    """One reading of the マイナ免許証 on a 個人番号カード; the card is powered off afterwards.

    Raises:
        NoMyNumberLicenceError: there is none.
        CardError: as the session says; VERIFY was sent once at most.
    """
    with MyNumberLicenceSession.open(reader.connect()) as session:
        if not session.needs_pin:
            return session.read(None)
        _tell_tries(output, CardKey.MYNUMBER_LICENCE_PIN, session.attempts_remaining)
        return session.read(ask_mynumber_licence_pin(asked))


def _read(session: CardSession, asked: argparse.Namespace, output: Output, wanted: Wanted) -> Reading:
    match session:
        case DriverLicenceSession():
            others = ("collation_b_stdin", "card_number_stdin", "my_number", "glyphs")
            _refuse(asked, *others, kind=CardKind.DRIVER_LICENCE)
            return _read_licence(session, asked, output)
        case ResidenceCardSession():
            _refuse(asked, "pin_stdin", "collation_b_stdin", "my_number", kind=CardKind.RESIDENCE_CARD)
            return session.read(ask_card_number(asked))
    _refuse(asked, "card_number_stdin", kind=CardKind.MY_NUMBER)
    if asked.collation_b_stdin:
        return _read_by_collation_b(session, asked, output, wanted)
    if wanted.pictures:
        raise UsageError(problem="写真と字形は照合番号Bで読みます(--collation-b-stdin を付けてください)")
    return _read_by_pin(session, asked, output, wanted)


def _refuse(asked: argparse.Namespace, *keys: str, kind: CardKind) -> None:
    """Before anything is presented: what another kind of card has is not to be had of this one."""
    if any(getattr(asked, key, False) for key in keys):
        raise AnotherCardError(kind)


def _read_by_pin(
    session: MyNumberCardSession, asked: argparse.Namespace, output: Output, wanted: Wanted
) -> MyNumberCardReading:
    _tell_tries(output, CardKey.TEXT_PIN, session.attempts_remaining)
    reading = session.read(ask_pin(asked), with_my_number=wanted.my_number, verify=wanted.verify)
    return _with_certificates(session, reading) if wanted.certificates else reading


def _read_by_collation_b(
    session: MyNumberCardSession, asked: argparse.Namespace, output: Output, wanted: Wanted
) -> MyNumberCardReading:
    _tell_tries(output, CardKey.COLLATION_B, session.collation_b_attempts())
    reading = session.read_by_collation_b(
        ask_collation_b(asked), verify=wanted.verify, with_surface=wanted.pictures or wanted.verify
    )
    return _with_certificates(session, reading) if wanted.certificates else reading


def _with_certificates(session: MyNumberCardSession, reading: MyNumberCardReading) -> MyNumberCardReading:
    """With 利用者証明用証明書, which is free; last, for the card then forgets what was presented."""
    with contextlib.suppress(CertificatesMissingError):
        reading = reading.with_certificates(session.jpki.read_certificates())
    return dataclasses.replace(reading, exchanges=session.exchanges)


def _read_licence(session: DriverLicenceSession, asked: argparse.Namespace, output: Output) -> LicenceReading:
    if not session.needs_pins:
        return session.read(None)
    _tell_tries(output, CardKey.LICENCE_PIN1, session.attempts.pin1)
    output.note(f"{KEYS[CardKey.LICENCE_PIN2].name}: 残り {session.attempts.pin2} 回")
    return session.read(*ask_licence_pins(asked))


def _tell_tries(output: Output, key: CardKey, tries: int) -> None:
    output.note(f"{KEYS[key].name}: 残り {tries} 回")
    if tries == 0:
        raise PinLockedError(key)  # before a key is asked for that could not be used

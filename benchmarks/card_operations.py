"""What is done at a counter with a card, each with a connection of its own, and what the card saw of it."""

import dataclasses
import datetime as dt
import hashlib
import time
from collections.abc import Callable
from typing import Final

from kakanai.cardreader.card_files import CardFiles
from kakanai.cardreader.card_status import read_card_status
from kakanai.cardreader.connection import ByteConnection, CardConnection, ReaderLimits
from kakanai.cardreader.driver_licence.mynumber_licence_session import MyNumberLicenceSession
from kakanai.cardreader.driver_licence.pin import LicencePin
from kakanai.cardreader.driver_licence.session import DriverLicenceSession
from kakanai.cardreader.faults import Faults, Pace
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.mynumber.collation import CollationNumberB
from kakanai.cardreader.mynumber.files import AUTH_CERTIFICATE_FILE, JPKI_AID
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.mynumber.sign_pin import SignPin
from kakanai.cardreader.residence_card.card_number import CardNumber
from kakanai.cardreader.residence_card.session import ResidenceCardSession
from kakanai.cardreader.simulator.card_on_reader import CardOnReader
from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.specimen_card import build_card

_PIN: Final = Pin("1234")
_SIGN_PIN: Final = SignPin("ABC123")
_COLLATION_B: Final = CollationNumberB("55021720352285")
_TODAY: Final = dt.date(2026, 11, 1)  # within the specimen's validity, whenever this runs
_LICENCE_PIN_1: Final = LicencePin("1234", CardKey.LICENCE_PIN1)
_LICENCE_PIN_2: Final = LicencePin("5678", CardKey.LICENCE_PIN2)
_MY_NUMBER_LICENCE_PIN: Final = LicencePin("4321", CardKey.MYNUMBER_LICENCE_PIN)
_DIGEST_INFO: Final = (
    bytes.fromhex("3031300D060960864801650304020105000420") + hashlib.sha256(b"benchmark").digest()
)


@dataclasses.dataclass(frozen=True)
class Mode:
    """A reader and a card: what they pass and understand, and what is known of the reader beforehand."""

    name: str
    has_extended: bool
    has_sfi: bool = True
    is_known: bool = True

    def limits(self) -> ReaderLimits:
        """What is known of the reader when the card is put on."""
        return ReaderLimits(self.has_extended if self.is_known else None)

    def faults(self) -> Faults:
        """What the card and the reader refuse."""
        return Faults(no_sfi=not self.has_sfi, short_apdu_only=not self.has_extended)


MODES: Final = (
    Mode("short APDUs, SFI", has_extended=False),
    Mode("extended APDUs, SFI", has_extended=True),
    Mode("short APDUs, no SFI", has_extended=False, has_sfi=False),
    Mode("extended APDUs, no SFI", has_extended=True, has_sfi=False),
    Mode("first card on a reader that passes short APDUs only, SFI", has_extended=False, is_known=False),
    Mode("first card on a reader that passes extended APDUs, SFI", has_extended=True, is_known=False),
)


@dataclasses.dataclass(frozen=True)
class Tally:
    """Exchanges, and bytes in each direction with headers, lengths and status words."""

    apdus: int
    to_card: int
    from_card: int


class TallyConnection(ByteConnection):
    """A specimen on a reader without PC/SC; counts on the card's side of it.

    `in_card_s` is the time spent there; `modelled_s` is what a real card would have taken, which `sleep`
    waits.
    """

    def __init__(
        self,
        specimen: str,
        limits: ReaderLimits,
        faults: Faults,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__("benchmark", limits)
        self._sleep = sleep
        self._card = CardOnReader(build_card(load_specimen(specimen)), faults)
        self._card.power_on()
        self.to_card = self.from_card = self.answered = 0
        self.in_card_s = self.modelled_s = 0.0
        self._wait()

    @property
    def tally(self) -> Tally:
        """What the card saw so far."""
        return Tally(self.answered, self.to_card, self.from_card)

    def _exchange(self, raw: bytes) -> bytes:
        start = time.perf_counter()
        answer = self._card.transmit(raw)
        self.answered += 1
        self.to_card += len(raw)
        self.from_card += len(answer)
        self._wait()
        self.in_card_s += time.perf_counter() - start
        return answer

    def _wait(self) -> None:
        owed_s = self._card.take_owed_s()
        if owed_s:
            self.modelled_s += owed_s
            self._sleep(owed_s)

    def disconnect(self) -> None:
        """Power the card off."""
        self._card.power_off()


@dataclasses.dataclass(frozen=True)
class Operation:
    """`act` uses the connection up; `specimen` is the card it is for.

    `needs_sfi`: the specification of this card names its files by short id, so none can refuse them.
    `paces` are those of the interfaces this card has.
    """

    name: str
    specimen: str
    act: Callable[[CardConnection], object]
    needs_sfi: bool = False
    paces: tuple[Pace, ...] = tuple(Pace)


def measure(operation: Operation, mode: Mode) -> Tally:
    """What the card sees of one such operation."""
    connection = TallyConnection(operation.specimen, mode.limits(), mode.faults())
    operation.act(connection)
    return connection.tally


def modelled_s(operation: Operation, mode: Mode, pace: Pace) -> float:
    """Seconds a card of this pace takes for it by the simulator's model, activation left out; none pass."""
    faults = dataclasses.replace(mode.faults(), slow=pace)
    connection = TallyConnection(operation.specimen, mode.limits(), faults, sleep=lambda _: None)
    activation_s = connection.modelled_s
    operation.act(connection)
    return connection.modelled_s - activation_s


def _read(connection: CardConnection, *, with_my_number: bool = False, verify: bool = False) -> object:
    with MyNumberCardSession.open(connection) as session:
        return session.read(_PIN, with_my_number=with_my_number, verify=verify)


def _read_by_b(connection: CardConnection, *, face: bool = False, verify: bool = False) -> object:
    with MyNumberCardSession.open(connection) as session:
        return session.read_by_collation_b(_COLLATION_B, with_surface=face, verify=verify, today=_TODAY)


def read_auth_certificate(connection: CardConnection) -> bytes:
    """利用者証明用証明書 alone: what `pkcs15-tool --read-certificate 1` reads."""
    files = CardFiles(connection)
    if not files.select(JPKI_AID):
        raise SystemExit("no certificates on this card")
    return files.read_object(AUTH_CERTIFICATE_FILE, free=True)


def _read_certificates(connection: CardConnection) -> object:
    with MyNumberCardSession.open(connection) as session:
        return session.jpki.read_certificates()


def _sign(connection: CardConnection) -> object:
    with MyNumberCardSession.open(connection) as session:
        return session.jpki.sign(_SIGN_PIN, _DIGEST_INFO)


def _read_licence(connection: CardConnection, pin2: LicencePin | None = None) -> object:
    with DriverLicenceSession.open(connection) as session:
        return session.read(_LICENCE_PIN_1, pin2)


def _read_my_number_licence(connection: CardConnection) -> object:
    with MyNumberLicenceSession.open(connection) as session:
        return session.read(_MY_NUMBER_LICENCE_PIN)


def _read_residence_card(connection: CardConnection, number: str) -> object:
    with ResidenceCardSession.open(connection) as session:
        return session.read(CardNumber(number))


_TEST: Final = "official-test"
_CONTACTLESS_ONLY: Final = (Pace.CONTACTLESS,)

OPERATIONS: Final = (
    Operation("4情報 by PIN", _TEST, _read),
    Operation("+ 個人番号", _TEST, lambda card: _read(card, with_my_number=True)),
    Operation("+ 個人番号, proof", _TEST, lambda card: _read(card, with_my_number=True, verify=True)),
    Operation("4情報 by 照合番号B", _TEST, _read_by_b),
    Operation("+ face", _TEST, lambda card: _read_by_b(card, face=True)),
    Operation("+ face, proof", _TEST, lambda card: _read_by_b(card, face=True, verify=True)),
    Operation("利用者証明用証明書", _TEST, read_auth_certificate),
    Operation("the same and its CA", _TEST, _read_certificates),
    Operation("signature by 署名用 key", _TEST, _sign),
    Operation("マイナ免許証", "licence-mynumber", _read_my_number_licence),
    Operation("運転免許証, PIN1", "licence-moved", _read_licence, paces=_CONTACTLESS_ONLY),
    Operation(
        "運転免許証, PIN1+PIN2",
        "licence-moved",
        lambda card: _read_licence(card, _LICENCE_PIN_2),
        paces=_CONTACTLESS_ONLY,
    ),
    Operation(
        "在留カード, 1st generation",
        "residence-back-address",
        lambda card: _read_residence_card(card, "AB12345678CD"),
        needs_sfi=True,
        paces=_CONTACTLESS_ONLY,
    ),
    Operation(
        "在留カード, 2nd generation",
        "residence-second-generation",
        lambda card: _read_residence_card(card, "EF34567890GH"),
        needs_sfi=True,
        paces=_CONTACTLESS_ONLY,
    ),
    Operation("pin-status", _TEST, read_card_status),
)


def operation_named(name: str) -> Operation:
    """The operation of this name."""
    return next(one for one in OPERATIONS if one.name == name)


def runs() -> list[tuple[Operation, Mode]]:
    """Every operation in every mode in which it can be done."""
    return [(one, mode) for mode in MODES for one in OPERATIONS if mode.has_sfi or not one.needs_sfi]

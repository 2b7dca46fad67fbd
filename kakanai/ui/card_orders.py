"""What the window can ask of the card on the reader, and what comes back. No Qt and no thread in here."""

from dataclasses import dataclass, field
from typing import Final

from kakanai.cardreader.driver_licence.pin import LicencePin
from kakanai.cardreader.driver_licence.readings import LicenceReading
from kakanai.cardreader.driver_licence.session import DriverLicenceSession
from kakanai.cardreader.errors import UNKNOWN_ATTEMPTS, AnotherCardError, CardDataError, CardStatusError
from kakanai.cardreader.kinds import CardKind
from kakanai.cardreader.mynumber.collation import CollationNumberB
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.readings import MyNumberCardReading, MyNumberReading
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.mynumber.surface_reading import SurfaceReading
from kakanai.cardreader.open_card import CardSession
from kakanai.cardreader.residence_card.card_number import CardNumber
from kakanai.cardreader.residence_card.readings import ResidenceCardReading
from kakanai.cardreader.residence_card.session import ResidenceCardSession
from kakanai.errors import KakanaiError
from kakanai.ui.card_pictures import NO_PICTURES, CardPictures

UNKNOWN_TRIES: Final = UNKNOWN_ATTEMPTS

Reading = MyNumberCardReading | LicenceReading | ResidenceCardReading
"""A card read far enough to know a person by."""


@dataclass(frozen=True, repr=False)
class ReadByPin:
    """基本4情報 by PIN, and 個人番号 if a form needs it."""

    pin: Pin
    with_my_number: bool


@dataclass(frozen=True, repr=False)
class ReadByCollation:
    """基本4情報 and the card's face by 照合番号B."""

    number: CollationNumberB


@dataclass(frozen=True, repr=False)
class AskCollationTries:
    """The tries left of 照合番号B; `for_surface` those of 券面事項確認AP."""

    for_surface: bool = False


@dataclass(frozen=True, repr=False)
class ReadSurface:
    """The card's face after a reading by PIN, on the visit `visit` of that reading and on no other."""

    number: CollationNumberB
    visit: int


@dataclass(frozen=True, repr=False)
class ReadNumber:
    """個人番号 after a reading by PIN, on the visit `visit` of that reading and on no other."""

    visit: int


@dataclass(frozen=True, repr=False)
class ReadLicence:
    """A 運転免許証; 暗証番号1 may be None when it was right before in this visit, or none is set."""

    pin1: LicencePin | None
    pin2: LicencePin | None


@dataclass(frozen=True, repr=False)
class ReadResidenceCard:
    """A 在留カード or 特別永住者証明書."""

    number: CardNumber


Order = (
    ReadByPin
    | ReadByCollation
    | AskCollationTries
    | ReadSurface
    | ReadNumber
    | ReadLicence
    | ReadResidenceCard
)
Result = Reading | SurfaceReading | MyNumberReading | int


@dataclass(frozen=True)
class OpenedCard:
    """A card that waits for its key. Tries: 0 locked, below 0 unknown or not counted.

    `tries` are those of the PIN, or of 暗証番号1; `second_tries` those of 暗証番号2. `expires_on` is YYYYMMDD
    where the card tells it without a key.
    """

    kind: CardKind
    visit: int
    tries: int = UNKNOWN_TRIES
    second_tries: int = UNKNOWN_TRIES
    needs_pins: bool = True
    expires_on: str = ""


@dataclass(frozen=True, repr=False)
class Done:
    """An order was carried out on visit `visit`."""

    order: Order
    result: Result
    visit: int
    pictures: CardPictures = field(default=NO_PICTURES)


@dataclass(frozen=True, repr=False)
class Failed:
    """An order failed; the tries are those left now, UNKNOWN_TRIES when the visit is over."""

    order: Order
    error: KakanaiError
    tries: int = UNKNOWN_TRIES
    second_tries: int = UNKNOWN_TRIES


def describe(session: CardSession, visit: int) -> OpenedCard:
    """What to show before a key is asked for; uses up no try.

    Raises:
        CardRemovedError, CommunicationError: the session is closed.
    """
    match session:
        case MyNumberCardSession():
            try:
                common = session.read_common()
            except (CardDataError, CardStatusError):
                common = None  # the expiry is then typed from the card's face
            expires_on = common.expires_on if common else ""
            return OpenedCard(session.kind, visit, session.attempts_remaining, expires_on=expires_on)
        case DriverLicenceSession():
            tries = session.attempts
            return OpenedCard(session.kind, visit, tries.pin1, tries.pin2, session.needs_pins)
        case _:
            return OpenedCard(session.kind, visit)


def carry_out(session: CardSession, order: Order, *, verify: bool) -> Result:
    """The answer of the card; each key in the order is presented once.

    Raises:
        AnotherCardError: the order is for another kind of card; nothing was sent.
        CardError: as the session says.
    """
    match session, order:
        case MyNumberCardSession(), ReadByPin(pin=pin, with_my_number=with_my_number):
            return session.read(pin, with_my_number=with_my_number, verify=verify)
        case MyNumberCardSession(), ReadByCollation(number=number):
            return session.read_by_collation_b(number, verify=verify)
        case MyNumberCardSession(), AskCollationTries(for_surface=for_surface):
            return session.collation_b_attempts(surface=for_surface)
        case MyNumberCardSession(), ReadSurface(number=number):
            return session.read_surface(number, verify=verify)
        case MyNumberCardSession(), ReadNumber():
            return session.read_my_number()
        case DriverLicenceSession(), ReadLicence(pin1=pin1, pin2=pin2):
            return session.read(pin1, pin2)
        case ResidenceCardSession(), ReadResidenceCard(number=card_number):
            return session.read(card_number)
    raise AnotherCardError(session.kind)


def tries_left(session: CardSession, order: Order) -> tuple[int, int]:
    """The tries of the keys of an order as the card last told them; nothing is sent."""
    match session, order:
        case DriverLicenceSession(), _:
            return session.attempts.pin1, session.attempts.pin2
        case MyNumberCardSession(), ReadByPin():
            known = session.pin_state_known
            return (session.attempts_remaining if known else UNKNOWN_TRIES), UNKNOWN_TRIES
    return UNKNOWN_TRIES, UNKNOWN_TRIES

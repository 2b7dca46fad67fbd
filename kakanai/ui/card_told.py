"""What a card told, and what became of it."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum, auto

from kakanai.cardreader.authenticity.verdict import Authenticity
from kakanai.cardreader.driver_licence.readings import LicenceReading
from kakanai.cardreader.residence_card.readings import ResidenceCardReading
from kakanai.sessionlog.entry import JST
from kakanai.ui.card_orders import Reading
from kakanai.ui.card_pictures import CardPictures


class Taken(Enum):
    """What became of a card's reading."""

    IDENTIFIED = auto()
    ADDED = auto()  # beside the visitor
    MISMATCH = auto()  # waits for a supervisor's decision
    NAME_WANTED = auto()  # the card has the name as a picture only; it waits for the typed one
    REFUSED = auto()  # told by `failed`


@dataclass(frozen=True, repr=False)
class CardTold:
    """One reading with its pictures and verdict, and the visit of the card it was made on."""

    reading: Reading
    pictures: CardPictures
    visit: int
    authenticity: Authenticity | None = None


def expiry_of(reading: Reading) -> dt.date | None:
    """The day until which the card is valid, None where it tells none or no day of the calendar."""
    if isinstance(reading, LicenceReading):
        return reading.expires_on
    if isinstance(reading, ResidenceCardReading):
        return day_of(reading.expires_on or "")
    told = reading.surface or reading.common
    return day_of(told.expires_on) if told else None


def day_of(digits: str) -> dt.date | None:
    """The day of YYYYMMDD, None when it is none."""
    try:
        return dt.datetime.strptime(digits, "%Y%m%d").replace(tzinfo=JST).date()
    except ValueError:
        return None

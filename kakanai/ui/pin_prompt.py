"""What anybody may see while a PIN is asked for: which one and how it stands, never a digit."""

from dataclasses import dataclass
from enum import StrEnum


class AskedPin(StrEnum):
    """The PINs that a visitor enters."""

    MY_NUMBER = "my_number"  # 券面事項入力補助用
    LICENCE_1 = "licence_1"
    LICENCE_2 = "licence_2"


class PinMood(StrEnum):
    """How the entry stands."""

    ASKED = "asked"
    WRONG = "wrong"  # the card refused the last one
    AGAIN = "again"  # the card never answered, or was reset: nobody knows whether it was right
    READING = "reading"


@dataclass(frozen=True)
class PinPrompt:
    """A PIN that is asked for. `tries` 0 is locked, below 0 unknown; `may_be_none`: it can be left out."""

    asked: AskedPin
    tries: int
    entered: int
    can_enter: bool
    mood: PinMood = PinMood.ASKED
    may_be_none: bool = False

"""What the window shows of the reader at every moment."""

from dataclasses import dataclass
from enum import StrEnum

from kakanai.errors import KakanaiError


class ReaderPhase(StrEnum):
    """How the reader stands リーダーの状態."""

    STARTING = "starting"
    NO_SERVICE = "no_service"
    NO_READER = "no_reader"
    WAITING = "waiting"
    SEVERAL = "several"
    CARD_PRESENT = "card_present"
    CARD_OPEN = "card_open"
    READING = "reading"
    CARD_READ = "card_read"
    TROUBLE = "trouble"


WITHOUT_CARD = frozenset(
    {
        ReaderPhase.STARTING,
        ReaderPhase.NO_SERVICE,
        ReaderPhase.NO_READER,
        ReaderPhase.WAITING,
        ReaderPhase.SEVERAL,
    }
)
"""Phases in which no card can be read."""


@dataclass(frozen=True)
class ReaderState:
    """The phase, the reader's name if one is chosen, and the error that led here. `names` when several."""

    phase: ReaderPhase
    reader: str = ""
    names: tuple[str, ...] = ()
    error: KakanaiError | None = None

    @property
    def has_card(self) -> bool:
        """Whether a card lies on the reader, readable or not."""
        return self.phase not in WITHOUT_CARD

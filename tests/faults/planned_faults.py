"""What may go wrong, and when; and what a reader and a card do all the time."""

import dataclasses
import enum
import random

from tests.faults.altered_answers import ALTERATIONS


class Fault(enum.StrEnum):
    """What goes wrong at one exchange; the value is for the tally."""

    COMMAND_LOST = "command lost"
    ANSWER_LOST = "answer lost"
    ANSWER_EMPTY = "answer empty"
    REMOVED_BEFORE = "removed before"
    REMOVED_INSIDE = "removed inside"
    REMOVED_TOLD_LATE = "removed, told as a lost answer first"
    SWAPPED_BEFORE = "swapped before"
    SWAPPED_INSIDE = "swapped inside"
    RESET_WARM = "reset, power kept"
    RESET_COLD = "reset, power lost"
    RESET_FOR_GOOD = "reset, handle dead"
    POWER_LOST = "power lost unnoticed"
    READER_GONE = "reader unplugged"
    SERVICE_GONE = "service stopped"
    REFUSED_6F00 = "6F00 instead"
    GARBAGE = "garbage"
    BITS_FLIPPED = "bits flipped"
    CUT_SHORT = "cut short"
    TOO_LONG = "too long"
    WRONG_STATUS = "wrong status word"
    STALE = "answer before repeated"


ALTERING = {Fault(name): alter for name, alter in ALTERATIONS.items()}
AT_VERIFY = -1
_AT = (
    *[AT_VERIFY] * 5,
    0,
    0,
    1,
    1,
    2,
    2,
    2,
    3,
    3,
    3,
    4,
    4,
    5,
    5,
    6,
    7,
    8,
    9,
    10,
    12,
    14,
    17,
    20,
    24,
    30,
    45,
)


@dataclasses.dataclass(frozen=True)
class PlannedFault:
    """`fault` at the exchange `at`, counted from now on from 0, -1 for the next VERIFY with data.

    A `fault` of None is nothing going wrong.
    """

    fault: Fault | None
    at: int
    seed: int

    @classmethod
    def of(cls, number: int) -> "PlannedFault":
        """A fault by number; 0 and four numbers of ten plan nothing."""
        chance = random.Random(number)  # noqa: S311
        is_one = number > 0 and chance.random() < 0.6
        return cls(chance.choice(list(Fault)) if is_one else None, chance.choice(_AT), number)

    def altering(self) -> "PlannedFault":
        """The same, but half of all faults alter an answer, so that signatures have something to see."""
        if self.fault is None or self.seed % 2:
            return self
        return PlannedFault(tuple(ALTERING)[self.seed // 2 % len(ALTERING)], self.seed // 20 % 14, self.seed)


class Extended(enum.StrEnum):
    """What this reader does with extended APDUs."""

    PASSED = "passed"
    REFUSED = "extended refused by 6700"
    BROKEN = "extended refused by F_COMM_ERROR"
    RESETTING = "extended answered by a reset"


@dataclasses.dataclass(frozen=True)
class Habits:
    """What this reader and this card do all the time; `no_short_ids` is the refusal of SFI or None."""

    extended: Extended = Extended.PASSED
    no_short_ids: int | None = None

"""Where a counter keeps its spool, and which numbers it may give without the server."""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FIRST_COUNTER: Final = 1
LAST_COUNTER: Final = 99
NUMBERS_OF_A_DAY: Final = 50
"""So many cases a counter can open in a day without the server."""

_FIRST_SERIAL: Final = 5000


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class SpoolPlace:
    """The spool's file, the machine's key (64 hexadecimal digits) and its clock."""

    path: Path
    machine: str
    now: Callable[[], dt.datetime] = _now


def serials_of(counter: int) -> tuple[int, int]:
    """The first and the last serial that this counter gives without the server: 5050 to 5099 for counter 1.

    Raises:
        ValueError: no counter has this number.
    """
    if not FIRST_COUNTER <= counter <= LAST_COUNTER:
        raise ValueError("a counter's number is 1 to 99")
    first = _FIRST_SERIAL + counter * NUMBERS_OF_A_DAY
    return first, first + NUMBERS_OF_A_DAY - 1


def holder_of(machine: str, spool_id: str) -> str:
    """What stands for a machine and its spool in the table of counters: neither can be told from it.

    The spool's own random id is in it, so that a spool that was lost, or came to another machine, is no
    longer the same place: which numbers were given there is not known, or known twice.
    """
    return hashlib.sha256("\n".join(("kakanai-counter-1", machine, spool_id)).encode()).hexdigest()

"""How long somebody who failed to sign in has to wait: the arithmetic, without clock or database."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

FREE_FAILURES: Final = 4
"""So many failures cost nothing: the fifth has the first wait."""
FIRST_WAIT: Final = dt.timedelta(seconds=30)
LONGEST_WAIT: Final = dt.timedelta(minutes=15)
_NONE: Final = dt.timedelta()


@dataclass(frozen=True)
class Throttle:
    """One count of failures: those within `memory` count.

    A staff number is guessed at from any machine, so its failures are remembered for half a day; a machine
    serves many people who mistype, so its own are forgotten after an hour.
    """

    memory: dt.timedelta

    def remaining(self, failures: Iterable[dt.datetime], now: dt.datetime) -> dt.timedelta:
        """How long to wait still, zero when another try is free.

        A clock that was set back makes nobody wait longer than the wait itself.
        """
        # A failure in the future is one from before the clock was set back: it counts as one of now.
        counted = [min(at, now) for at in failures if at > now - self.memory]
        if not counted:
            return _NONE
        wait = wait_after(len(counted))
        return max(_NONE, max(counted) + wait - now)


BY_NUMBER: Final = Throttle(dt.timedelta(hours=12))
BY_MACHINE: Final = Throttle(dt.timedelta(hours=1))


def wait_after(failures: int) -> dt.timedelta:
    """30 seconds after the fifth failure, doubled with each further one, 15 minutes at most."""
    beyond = failures - FREE_FAILURES
    if beyond <= 0:
        return _NONE
    # 2 ** 5 times the first wait is beyond the longest one already.
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << (min(beyond, 6) - 1)))

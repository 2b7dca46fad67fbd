"""What the town decides about signing in."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from kakanai.settings import Town


@dataclass(frozen=True)
class StaffRules:
    """The town's rules: lock after this long without a hand on it, sign in by card, four eyes 二人の目.

    While the log's server is away, who signed in at the same PC within `away` may do so again; zero: nobody.
    """

    idle_lock: dt.timedelta = dt.timedelta(minutes=10)
    sign_in_by_card: bool = False
    four_eyes: bool = False
    away: dt.timedelta = dt.timedelta()

    @classmethod
    def of(cls, town: Town) -> Self:
        """The rules in the town's settings."""
        return cls(
            dt.timedelta(minutes=town.idle_lock_minutes),
            town.sign_in_by_card,
            town.four_eyes,
            dt.timedelta(days=town.away_sign_in_days),
        )

"""The days on which the town hall is closed 閉庁日: weekends, the turn of the year, the town's own list."""

import datetime as dt
from collections.abc import Iterable

_SATURDAY = 5
_LONGEST_REST = 60


class ClosedDays:
    """Saturdays, Sundays and 29 December to 3 January (地方自治法 4条の2第2項, given), and further days.

    National holidays 国民の祝日 are among the further days: they are laid down year by year, so the town's
    settings list them.
    """

    def __init__(self, further: Iterable[dt.date] = ()) -> None:
        self._further = frozenset(further)

    def is_closed(self, day: dt.date) -> bool:
        """Whether the town hall is closed that day."""
        is_turn = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
        return day.weekday() >= _SATURDAY or is_turn or day in self._further

    def first_open(self, day: dt.date) -> dt.date:
        """That day, or the first day after it on which the town hall is open.

        A list without end would never open; after two months of closed days the day itself is told.
        """
        for later in range(_LONGEST_REST):
            candidate = day + dt.timedelta(days=later)
            if not self.is_closed(candidate):
                return candidate
        return day

"""Deadlines 期限: the day they are counted from, the last day, and the day the town hall is open after it.

How days, months and years are counted: 民法 139条から143条 (given). The day itself does not count (140条),
unless a law says so (初日算入: 戸籍法 43条); months and years go by the calendar and end with the day before
the corresponding one, or with the month where it has none (143条2項). A last day on which the town hall is
closed moves to the next open one (142条, 地方自治法 4条の2第4項, given).
"""

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kakanai.identity.birth_date import BirthDate
from kakanai.reception.answers import Value
from kakanai.reception.closed_days import ClosedDays
from kakanai.reception.facts import holds
from kakanai.reception.terms import Deadline


@dataclass(frozen=True)
class Due:
    """A deadline 期限 that holds for the case.

    `counted_from` is the first day that counts 起算日 and `last_day` the last one; both None where words
    alone say it, or the day is not known. `open_day` is the day until which the town hall takes the paper:
    the last day, or the first open one after it. `is_before`: it was to come before something begins.
    """

    text: str
    last_day: dt.date | None
    open_day: dt.date | None = None
    counted_from: dt.date | None = None
    is_before: bool = False

    def is_over(self, today: dt.date) -> bool:
        """Whether the last day on which the town hall is open has gone by."""
        last = self.open_day or self.last_day
        return last is not None and today > last

    def is_late(self, today: dt.date) -> bool:
        """Whether the paper comes late, so that a reason 遅れたわけ is asked for."""
        return self.is_over(today) and not self.is_before


def dues(
    deadlines: Iterable[Deadline], values: Mapping[str, Value], closed: ClosedDays | None = None
) -> list[Due]:
    """The deadlines whose conditions hold, in their order."""
    return [due_of(deadline, values, closed) for deadline in deadlines if holds(deadline.when, values)]


def due_of(deadline: Deadline, values: Mapping[str, Value], closed: ClosedDays | None = None) -> Due:
    """One deadline counted; its conditions are not looked at."""
    last = last_day(deadline, values)
    is_moved = last is not None and closed is not None and not deadline.before
    open_day = closed.first_open(last) if is_moved and closed and last else last
    return Due(deadline.text, last, open_day, counted_from(deadline, values), deadline.before)


def counted_from(deadline: Deadline, values: Mapping[str, Value]) -> dt.date | None:
    """The first day that counts 起算日: the day after the one it starts from, or that day (初日算入)."""
    start = day_of(values.get(deadline.starts))
    if start is None or deadline.before or start.year > dt.MAXYEAR - 2:
        return None
    return start if deadline.first_day_counts else start + dt.timedelta(days=1)


def last_day(deadline: Deadline, values: Mapping[str, Value]) -> dt.date | None:
    """The last day, None where words alone say it, or the day it is counted from is not known."""
    start = day_of(values.get(deadline.starts))
    if start is not None and deadline.before and start.year > dt.MINYEAR + 2:
        return start - dt.timedelta(days=deadline.days)
    first = counted_from(deadline, values)
    if first is None:
        return deadline.until
    # A span of days, months or years ends with the day before the one that begins the next span.
    months = first.year * 12 + first.month - 1 + deadline.months + 12 * deadline.years
    year, month = divmod(months, 12)
    if year > dt.MAXYEAR - 2:  # typed wrongly; the calendar ends there
        return deadline.until
    longest = calendar.monthrange(year, month + 1)[1]
    if first.day > longest:
        # No corresponding day: the last day of the month ends the span (民法 143条2項ただし書).
        last = dt.date(year, month + 1, longest)
    else:
        last = dt.date(year, month + 1, first.day) - dt.timedelta(days=1)
    last += dt.timedelta(days=deadline.days + deadline.elapsed)
    return min(last, deadline.until) if deadline.until else last


def day_of(value: object) -> dt.date | None:
    """The whole day of a value, None for one partly unknown and for anything else."""
    if isinstance(value, dt.date):
        return value
    is_whole = isinstance(value, BirthDate) and value.month is not None and value.day is not None
    return dt.date.fromisoformat(value.iso) if isinstance(value, BirthDate) and is_whole else None

"""The terms of a form 取扱い for one case: what the answers leave of its deadlines and documents."""

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from kakanai.forms.terms import Deadline, DocumentUse, FormTerms
from kakanai.identity.birth_date import BirthDate
from kakanai.reception.answers import Value
from kakanai.reception.facts import holds


@dataclass(frozen=True)
class Due:
    """A deadline 期限 that holds for the case: its words, and the last day where it can be told."""

    text: str
    last_day: dt.date | None

    def is_over(self, today: dt.date) -> bool:
        """Whether the last day has gone by; a holiday on the last day is for the clerk to know."""
        return self.last_day is not None and today > self.last_day


def dues(terms: FormTerms, values: Mapping[str, Value]) -> list[Due]:
    """The deadlines whose conditions hold, in the order of the form."""
    return [Due(d.text, last_day(d, values)) for d in terms.deadlines if holds(d.when, values)]


def last_day(deadline: Deadline, values: Mapping[str, Value]) -> dt.date | None:
    """The last day, None where words alone say it, or the day it is counted from is not known."""
    start = _day(values.get(deadline.starts))
    if start is None or deadline.before:
        return deadline.until
    months = start.year * 12 + start.month - 1 + deadline.months + 12 * deadline.years
    year, month = divmod(months, 12)
    if year > dt.MAXYEAR - 2:  # typed wrongly; the calendar ends there
        return deadline.until
    # 31 January and one month: the last day of February (民法 143条2項).
    moved = dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
    last = moved + dt.timedelta(days=deadline.days - deadline.first_day_counts)
    return min(last, deadline.until) if deadline.until else last


def documents(terms: FormTerms, values: Mapping[str, Value]) -> dict[DocumentUse, list[str]]:
    """The documents whose conditions hold, by what happens to them."""
    wanted: dict[DocumentUse, list[str]] = {}
    for document in terms.documents:
        if holds(document.when, values):
            wanted.setdefault(document.use, []).append(document.label)
    return wanted


def _day(value: object) -> dt.date | None:
    if isinstance(value, dt.date):
        return value
    is_whole = isinstance(value, BirthDate) and value.month is not None and value.day is not None
    return dt.date.fromisoformat(value.iso) if isinstance(value, BirthDate) and is_whole else None

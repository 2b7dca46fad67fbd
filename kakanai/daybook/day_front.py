"""The first sight of a day with very many cases: figures from its sums and its first cases, at once."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from kakanai.daybook.day_figures import DayFigures
from kakanai.sessionlog.case_filter import CaseFilter
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.review_counts import review_counts
from kakanai.sessionlog.search_queries import TotalBy
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.words import Review

_AT_ONCE: Final = 500
"""A day of so many cases is read at once, in some 20 ms."""

_SHOWN: Final = 100


@dataclass(frozen=True)
class DayFront:
    """What is shown of a day while all its cases are read; `lines` are its first ones."""

    day: dt.date
    figures: DayFigures
    lines: tuple[CaseLine, ...]


def read_front(log: SessionLog, day: dt.date) -> DayFront | None:
    """The first sight of a day; None where the whole of it is as quick.

    Raises:
        LogStorageError: in one of its kinds.
    """
    totals = log.totals(day, day, TotalBy.DAY)
    if not totals or totals[0].cases <= _AT_ONCE:
        return None
    (sums,) = totals
    figures = DayFigures(
        cases=sums.cases,
        finished=sums.finished,
        printed=sums.printed,
        cancelled=sums.cancelled,
        print_failed=sums.print_failed,
        open=sums.cases - sums.finished,
        forms=None,
        pages=sums.pages,
        failures=sums.failures,
        overrides=sums.overrides,
        reprints=sums.reprints,
        lookups=sums.lookups,
        off_hours=None,
        approved=review_counts(log, day, day, Review.APPROVED).get(day, 0),
        sent_back=review_counts(log, day, day, Review.SENT_BACK).get(day, 0),
        worked_s=sums.worked_s,
    )
    return DayFront(day, figures, log.cases(CaseFilter(first_day=day, last_day=day), size=_SHOWN).lines)

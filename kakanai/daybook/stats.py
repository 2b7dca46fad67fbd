"""Sums of a period 集計: by hour, form, procedure, clerk and day; minutes for a case; minutes saved."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from kakanai.daybook.errors import PeriodError
from kakanai.daybook.minutes_saved import MinutesByHand, MinutesSaved, minutes_saved
from kakanai.daybook.titles import Titles
from kakanai.sessionlog.search_queries import Total, TotalBy
from kakanai.sessionlog.store import SessionLog

LONGEST_DAYS: Final = 3_700
"""Ten years and a little: longer periods are no statistics, but a slip of the finger."""


@dataclass(frozen=True)
class StatRow:
    """One row of a sum: what it is of (`key`), in words, what was counted. Minutes are of finished cases."""

    key: str
    label: str
    cases: int
    finished: int
    printed: int
    pages: int
    worked_s: int
    lookups: int
    failures: int

    @property
    def minutes_per_case(self) -> float | None:
        """Minutes for one finished case; None when there is none."""
        return self.worked_s / 60 / self.finished if self.finished else None

    def to_mapping(self) -> dict[str, object]:
        """The row for JSON."""
        minutes = self.minutes_per_case
        return {
            "key": self.key,
            "label": self.label,
            "cases": self.cases,
            "finished": self.finished,
            "printed": self.printed,
            "pages": self.pages,
            "worked_s": self.worked_s,
            "minutes_per_case": None if minutes is None else round(minutes, 2),
            "lookups": self.lookups,
            "failures": self.failures,
        }


@dataclass(frozen=True)
class Stats:
    """The sums of the days `first` to `last`."""

    first: dt.date
    last: dt.date
    total: StatRow
    by_hour: tuple[StatRow, ...]
    by_form: tuple[StatRow, ...]
    by_procedure: tuple[StatRow, ...]
    by_staff: tuple[StatRow, ...]
    by_day: tuple[StatRow, ...]
    saved: MinutesSaved

    def to_mapping(self) -> dict[str, object]:
        """The sums for JSON."""
        tables = ("by_hour", "by_form", "by_procedure", "by_staff", "by_day")
        return {
            "first_day": self.first.isoformat(),
            "last_day": self.last.isoformat(),
            "total": self.total.to_mapping(),
            **{name: [row.to_mapping() for row in getattr(self, name)] for name in tables},
            "minutes_saved": {
                "by_hand": round(self.saved.by_hand, 1),
                "measured": round(self.saved.measured, 1),
                "saved": round(self.saved.saved, 1),
                "assumption": self.saved.assumption,
            },
        }


def stats_of(log: SessionLog, titles: Titles, assumed: MinutesByHand, first: dt.date, last: dt.date) -> Stats:
    """The sums of a period, both days included.

    Raises:
        PeriodError: it ends before it begins, or is longer than ten years.
        LogStorageError: in one of its kinds.
    """
    if last < first:
        raise PeriodError(reason="order")
    if (last - first).days >= LONGEST_DAYS:
        raise PeriodError(reason="long")

    def rows(by: TotalBy, label: Callable[[str], str]) -> tuple[StatRow, ...]:
        return tuple(_row(total, label) for total in log.totals(first, last, by) if total.cases)

    by_day = rows(TotalBy.DAY, lambda key: key)
    by_form = sorted(rows(TotalBy.FORM, titles.form_in_full), key=_most_first)
    total = _sum(by_day)
    return Stats(
        first=first,
        last=last,
        total=total,
        by_hour=tuple(sorted(rows(TotalBy.HOUR, lambda key: f"{int(key)}時"), key=lambda row: row.key)),
        by_form=tuple(by_form),
        by_procedure=tuple(sorted(rows(TotalBy.PROCEDURE, titles.procedure), key=_most_first)),
        by_staff=tuple(sorted(rows(TotalBy.STAFF, lambda key: key), key=lambda row: row.key)),
        by_day=by_day,
        saved=minutes_saved(((row.key, row.printed) for row in by_form), total.worked_s, assumed),
    )


def _most_first(row: StatRow) -> tuple[int, str]:
    return -row.cases, row.key


def _row(total: Total, label: Callable[[str], str]) -> StatRow:
    key = str(total.key)
    return StatRow(
        key=key,
        label=label(key),
        cases=total.cases,
        finished=total.finished,
        printed=total.printed,
        pages=total.pages,
        worked_s=total.worked_s,
        lookups=total.lookups,
        failures=total.failures,
    )


def _sum(rows: Sequence[StatRow]) -> StatRow:
    counted = ("cases", "finished", "printed", "pages", "worked_s", "lookups", "failures")
    return StatRow("", "合計", **{name: sum(getattr(row, name) for row in rows) for name in counted})

"""Pages of cases, each as quick in a log of millions as in one of a day.

A page goes on after the last row of the one before (keyset paging), never after a number of rows. Of several
conditions, the cases come from the index in which the next ones lie farthest apart; for each of them the
other indexes are asked, and rows are read only of what fits them all. That goes on for a moment, no longer:
a page may be short, even empty, and still not be the last.
"""

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, literal, select, true

from kakanai.sessionlog.case_filter import CaseFilter, Condition, conditions_of
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.case_number import CaseNumber
from kakanai.sessionlog.case_tables import CASE_LINE
from kakanai.sessionlog.errors import ForeignRowError
from kakanai.sessionlog.page_place import Place, in_order

PATIENCE_S: Final = 0.04
"""After so long a page shows what it has, unless whoever asks has more time."""

_FIRST_REACH: Final = 64
_FASTEST: Final = 5000
"""So many candidates are looked through in one step: few at first, and never more than so many for a second
of patience: what comes next may lie on a slow disk, though what came before was in memory."""

_GROWS_BY: Final = 4
_SAMPLE: Final = 200
"""How far ahead it is looked in each index to learn in which the next cases lie farthest apart."""


@dataclass(frozen=True)
class CasePage:
    """Some cases in the order they were opened (or the other way round); `next` is None at the end."""

    lines: tuple[CaseLine, ...]
    next: Place | None


@dataclass(frozen=True)
class _Span:
    """Where cases are looked for, and in which direction."""

    first: dt.date
    last: dt.date
    newest_first: bool

    def candidates(self, condition: Condition, after: Place | None) -> Select[Any]:
        """Day and place of the cases of that one condition, in order, from an index alone."""
        query = in_order(
            condition.table, "case_seq", self.first, self.last, after, newest_first=self.newest_first
        )
        return query.where(condition.rule)


def find_cases(
    connection: Connection,
    wanted: CaseFilter,
    *,
    after: Place | None = None,
    size: int = 50,
    newest_first: bool = False,
    patience_s: float = PATIENCE_S,
) -> CasePage:
    """A page of the cases that are as wanted; after that place, when one is given."""
    conditions = conditions_of(wanted)
    span = _Span(*wanted.days(), newest_first)
    if all(condition.is_indexed for condition in conditions) and len(conditions) <= 1:
        driver = conditions[0] if conditions else Condition(CASE_LINE, true())
        return _page(_of_one(connection, span, driver, after, size + 1), size)
    driver = _sparsest(connection, span, conditions, after)
    rest = [condition for condition in conditions if condition is not driver]
    places: list[Place] = []
    end = after
    for step in _steps(connection, span, driver, rest, after, patience_s):
        places += step.fits
        end = step.end
        if len(places) > size:
            break
    page = _page(_lines_at(connection, places[: size + 1]), size)
    return page if page.next is not None or end is None else CasePage(page.lines, end)


def case_line(connection: Connection, number: CaseNumber) -> CaseLine | None:
    """The case of that number; None when there is none."""
    query = select(CASE_LINE).where(CASE_LINE.c.case_number == str(number))
    row = connection.execute(query).one_or_none()
    return None if row is None else CaseLine.from_row(row)


def _page(lines: Sequence[CaseLine], size: int) -> CasePage:
    """The lines as a page; there is one more when the page is not the last."""
    if len(lines) <= size:
        return CasePage(tuple(lines), None)
    end = lines[size - 1]
    return CasePage(tuple(lines[:size]), Place(end.day, end.case_seq))


def _of_one(
    connection: Connection, span: _Span, driver: Condition, after: Place | None, limit: int
) -> list[CaseLine]:
    found = span.candidates(driver, after).limit(limit).subquery()
    query = select(CASE_LINE).join(found, found.c.seq == CASE_LINE.c.case_seq)
    keys = (found.c.day, found.c.seq)
    query = query.order_by(*(key.desc() if span.newest_first else key for key in keys))
    return [CaseLine.from_row(row) for row in connection.execute(query).all()]


def _sparsest(
    connection: Connection, span: _Span, conditions: Sequence[Condition], after: Place | None
) -> Condition:
    """The condition whose cases lie farthest apart from here on; that of the days where none leads."""
    indexed = [condition for condition in conditions if condition.is_indexed]
    if len(indexed) <= 1:
        return indexed[0] if indexed else Condition(CASE_LINE, true())
    farthest: tuple[Place, Condition] | None = None
    for condition in indexed:
        row = connection.execute(span.candidates(condition, after).offset(_SAMPLE - 1).limit(1)).one_or_none()
        if row is None:
            return condition
        place = Place(*row)
        if farthest is None or farthest[0].is_before(place, newest_first=span.newest_first):
            farthest = (place, condition)
    assert farthest is not None  # noqa: S101  # there were two at least
    return farthest[1]


@dataclass(frozen=True)
class _Step:
    """Some candidates looked through: which fit; `end` is where the last of them stands, None after all."""

    fits: list[Place]
    end: Place | None


def _steps(
    connection: Connection,
    span: _Span,
    driver: Condition,
    rest: Sequence[Condition],
    after: Place | None,
    patience_s: float,
) -> Iterator[_Step]:
    """One step after the other until nothing is left or the time is over; the first is always made."""
    until = time.monotonic() + patience_s
    reach, longest = _FIRST_REACH, int(patience_s * _FASTEST)
    while True:
        begin = time.monotonic()
        candidates = span.candidates(driver, after).limit(reach)
        some = candidates.subquery()
        query = select(some.c.day, some.c.seq).where(*(_fits(some, condition) for condition in rest))
        keys = (some.c.day, some.c.seq)
        query = query.order_by(*(key.desc() if span.newest_first else key for key in keys))
        fits = [Place(*row) for row in connection.execute(query)]
        last = connection.execute(candidates.offset(reach - 1).limit(1)).one_or_none()
        after = None if last is None else Place(*last)
        yield _Step(fits, after)
        now = time.monotonic()
        if after is None or now >= until:
            return
        # As far as the time left will do, going by what this step took.
        grows_by = min(_GROWS_BY, (until - now) / max(now - begin, 1e-6))
        reach = max(_FIRST_REACH, min(longest, int(reach * grows_by)))


def _fits(some: FromClause, condition: Condition) -> ColumnElement[bool]:
    """Whether a candidate fulfils another condition, asked of that one's own index.

    A range of one place and a scalar subquery: an equality would lead SQLite to the row itself, and of an
    EXISTS PostgreSQL would make a join, and gather all that fulfil the condition first.
    """
    table = condition.table
    if not condition.is_indexed:
        here = table.c.case_seq == some.c.seq
    elif table is CASE_LINE:
        here = and_(table.c.day == some.c.day, table.c.case_seq.between(some.c.seq, some.c.seq))
    else:
        here = and_(table.c.day == some.c.day, table.c.case_seq == some.c.seq)
    asked = select(literal(1)).select_from(table).where(condition.rule, here).limit(1)
    return asked.correlate(some).scalar_subquery().is_not(None)


def _lines_at(connection: Connection, places: Sequence[Place]) -> list[CaseLine]:
    """The cases of these places, in the order of them.

    Raises:
        ForeignRowError: One of them has no line, or not one of ours.
    """
    if not places:
        return []
    query = select(CASE_LINE).where(CASE_LINE.c.case_seq.in_([place.seq for place in places]))
    lines = {line.case_seq: line for line in map(CaseLine.from_row, connection.execute(query))}
    if len(lines) < len(places):
        raise ForeignRowError("a case that is found has no line")
    return [lines[place.seq] for place in places]

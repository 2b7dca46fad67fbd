"""Pages of cases and of acts, and sums over days: each as quick in a log of millions as in one of a day.

A page goes on after the last row of the one before (keyset paging), never after a number of rows. It looks
through a bounded number of candidates: a page may be short, even empty, and still not be the last.
"""

import datetime as dt
import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Select, Table, func, literal, select, text, true, tuple_

from kakanai.sessionlog.case_filter import CaseFilter, Condition, Rule, conditions_of
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.case_number import CaseNumber
from kakanai.sessionlog.case_sums import MONTH, Dimension
from kakanai.sessionlog.case_tables import CASE_LINE, CASE_SUM, SUMMED
from kakanai.sessionlog.chain import Link
from kakanai.sessionlog.tables import ENTRY
from kakanai.sessionlog.words import EntryKind

_REACH: Final = 5000
"""How many candidates one page looks through at most."""


@dataclass(frozen=True)
class Place:
    """Where a page ends: the day of its last row and that row's place in the chain."""

    day: dt.date
    seq: int


@dataclass(frozen=True)
class CasePage:
    """Some cases in the order they were opened (or the other way round); `next` is None at the end."""

    lines: tuple[CaseLine, ...]
    next: Place | None


@dataclass(frozen=True)
class ActPage:
    """Some entries of the chain, day by day; `next` is None at the end."""

    links: tuple[Link, ...]
    next: Place | None


class TotalBy(StrEnum):
    """By what cases are summed."""

    DAY = "day"
    STAFF = "staff"
    COUNTER = "counter"
    HOUR = "hour"
    FORM = "form"
    PROCEDURE = "procedure"


@dataclass(frozen=True)
class Total:
    """The sums of some cases; `key` is their day, staff number, counter, hour, form or procedure.

    `worked_s` is of the `finished` cases, from opening to end, without what they were put aside for. Of a
    form, `pages` are its own, and the rest is of the cases that had it.
    """

    key: str
    cases: int
    finished: int
    pages: int
    worked_s: int
    printed: int
    cancelled: int
    print_failed: int
    failures: int
    overrides: int
    reprints: int
    lookups: int
    unusual: int


def find_cases(
    connection: Connection,
    wanted: CaseFilter,
    *,
    after: Place | None = None,
    size: int = 50,
    newest_first: bool = False,
) -> CasePage:
    """A page of the cases that are as wanted; after that place, when one is given."""
    conditions = conditions_of(wanted)
    driver = next((c for c in conditions if c.is_indexed), Condition(CASE_LINE, true()))
    rest = [condition for condition in conditions if condition is not driver]
    first, last = wanted.days()
    candidates = _in_order(driver.table, "case_seq", first, last, after, newest_first=newest_first)
    candidates = candidates.where(driver.rule).limit(_REACH if rest else size + 1)
    found = candidates.subquery()
    query = select(CASE_LINE).join(found, found.c.seq == CASE_LINE.c.case_seq)
    query = query.where(*(_of_line(condition) for condition in rest)).limit(size + 1)
    keys = (found.c.day, found.c.seq)
    query = query.order_by(*(key.desc() if newest_first else key for key in keys))
    lines = [CaseLine.from_row(row) for row in connection.execute(query).mappings()]
    if len(lines) > size:
        end = lines[size - 1]
        return CasePage(tuple(lines[:size]), Place(end.day, end.case_seq))
    return CasePage(tuple(lines), _end_of(connection, candidates) if rest else None)


def case_line(connection: Connection, number: CaseNumber) -> CaseLine | None:
    """The case of that number; None when there is none."""
    query = select(CASE_LINE).where(CASE_LINE.c.case_number == str(number))
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else CaseLine.from_row(row)


def find_acts(
    connection: Connection,
    first: dt.date,
    last: dt.date,
    *,
    kinds: Iterable[EntryKind] = (),
    without_case: bool = False,
    after: Place | None = None,
    size: int = 200,
) -> ActPage:
    """A page of the entries of these days, of all kinds or of some; `without_case`: of those of no case."""
    wanted = [kind.value for kind in kinds]
    if wanted and without_case:
        return _acts_without_case(connection, first, last, wanted, after, size)
    candidates = _in_order(ENTRY, "seq", first, last, after)
    is_narrowed = bool(wanted) or without_case
    candidates = candidates.limit(_REACH if is_narrowed else size + 1)
    found = candidates.subquery()
    query = select(ENTRY).join(found, found.c.seq == ENTRY.c.seq).order_by(found.c.day, found.c.seq)
    if wanted:
        query = query.where(ENTRY.c.kind.in_(wanted))
    if without_case:
        query = query.where(ENTRY.c.case_number == "")
    links = [Link(*row) for row in connection.execute(query.limit(size + 1))]
    if len(links) > size:
        return _acts(links, size)
    return ActPage(tuple(links), _end_of(connection, candidates) if is_narrowed else None)


def sum_cases(connection: Connection, first: dt.date, last: dt.date, by: TotalBy) -> list[Total]:
    """The sums over the cases that were opened on these days, in the order of their keys."""
    numbers = [CASE_SUM.c[name] for name in SUMMED]
    if by is TotalBy.DAY:
        query = select(CASE_SUM.c.day, *numbers).order_by(CASE_SUM.c.day)
        query = query.where(CASE_SUM.c.dimension == Dimension.ALL.value, CASE_SUM.c.day.between(first, last))
        return [Total(day.isoformat(), *sums) for day, *sums in connection.execute(query)]
    totals: dict[str, list[int]] = {}
    for dimension, begin, end in _spans(by.value, first, last):
        query = (
            select(CASE_SUM.c.member, *map(func.sum, numbers))
            .where(CASE_SUM.c.dimension == dimension, CASE_SUM.c.day.between(begin, end))
            .group_by(CASE_SUM.c.member)
        )
        for member, *sums in connection.execute(query):
            total = totals.setdefault(member, [0] * len(sums))
            # PostgreSQL gives a sum of BIGINT as a decimal number.
            total[:] = (before + int(more) for before, more in zip(total, sums, strict=True))
    return [Total(member, *totals[member]) for member in sorted(totals)]


def _spans(dimension: str, first: dt.date, last: dt.date) -> Iterator[tuple[str, dt.date, dt.date]]:
    """The whole months among these days under their own dimension, and what is left of days on both sides."""
    months = first if first.day == 1 else _next_month(first)
    rest = _next_month(last) if _is_last_of_month(last) else last.replace(day=1)
    if months >= rest:
        yield dimension, first, last
        return
    day = dt.timedelta(days=1)
    if first < months:
        yield dimension, first, months - day
    yield dimension + MONTH, months, rest - day
    if rest <= last:
        yield dimension, rest, last


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


def _is_last_of_month(day: dt.date) -> bool:
    return day < dt.date.max and (day + dt.timedelta(days=1)).day == 1


def _in_order(
    table: Table,
    seq: str,
    first: dt.date,
    last: dt.date,
    after: Place | None,
    *,
    newest_first: bool = False,
) -> Select[Any]:
    """Day and place of the rows of these days after that place, in the order of an index of the table."""
    day, place = table.c.day, table.c[seq]
    query = select(day, place.label("seq")).where(day.between(first, last))
    if after is not None:
        here, there = tuple_(day, place), tuple_(literal(after.day, day.type), literal(after.seq, place.type))
        query = query.where(here < there if newest_first else here > there)
    return query.order_by(day.desc(), place.desc()) if newest_first else query.order_by(day, place)


def _end_of(connection: Connection, candidates: Select[Any]) -> Place | None:
    """Where the last of the candidates stands; None when there are no more than were looked through."""
    row = connection.execute(candidates.offset(_REACH - 1).limit(1)).one_or_none()
    return None if row is None else Place(*row)


def _of_line(condition: Condition) -> Rule:
    """The condition, said of a row of case_line."""
    table = condition.table
    if table is CASE_LINE:
        return condition.rule
    is_of_it = (table.c.day == CASE_LINE.c.day, table.c.case_seq == CASE_LINE.c.case_seq)
    return select(table.c.day).where(condition.rule, *is_of_it).correlate(CASE_LINE).exists()


def _acts_without_case(
    connection: Connection,
    first: dt.date,
    last: dt.date,
    kinds: Iterable[str],
    after: Place | None,
    size: int,
) -> ActPage:
    """By the index of the acts of no case, which knows their kinds: one query for each, then put in order."""
    of_kind = []
    for kind in kinds:
        is_of_kind = (ENTRY.c.kind == kind, text("case_number = ''"))
        found = _in_order(ENTRY, "seq", first, last, after).where(*is_of_kind).limit(size + 1).subquery()
        query = select(ENTRY).join(found, found.c.seq == ENTRY.c.seq).order_by(found.c.day, found.c.seq)
        of_kind.append([Link(*row) for row in connection.execute(query)])
    links = list(heapq.merge(*of_kind, key=lambda link: (link.day, link.seq)))
    return _acts(links, size)


def _acts(links: list[Link], size: int) -> ActPage:
    shown = links[:size]
    end = Place(shown[-1].day, shown[-1].seq) if len(links) > size else None
    return ActPage(tuple(shown), end)

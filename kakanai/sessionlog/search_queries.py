"""Pages of acts, and sums over days: each as quick in a log of millions as in one of a day.

A page goes on after the last row of the one before (keyset paging), never after a number of rows. It looks
through a bounded number of candidates: a page may be short, even empty, and still not be the last.
"""

import datetime as dt
import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Date, Select, bindparam, func, select, text

from kakanai.sessionlog.case_sums import MONTH, Dimension
from kakanai.sessionlog.case_tables import CASE_SUM, SUMMED
from kakanai.sessionlog.chain import Link
from kakanai.sessionlog.page_place import Place, in_order
from kakanai.sessionlog.tables import ENTRY
from kakanai.sessionlog.words import EntryKind

_REACH: Final = 5000
"""How many candidates one page looks through at most."""

_COLUMNS: Final = ", ".join(column.name for column in ENTRY.columns)
_OF_DAY: Final = {
    backend: text(
        f"SELECT {_COLUMNS} FROM entry {index} WHERE kind IN :kinds AND day = :day AND case_number = ''"  # noqa: S608
        " AND seq > :after ORDER BY seq LIMIT :limit"
    )
    .bindparams(bindparam("kinds", expanding=True), bindparam("day", type_=Date))
    .columns(*ENTRY.columns)
    # Left to itself SQLite goes through all acts of the day, most of which are of cases.
    for backend, index in (("sqlite", "INDEXED BY ix_entry_act"), ("postgresql", ""))
}
"""The acts of no case of one day, of many kinds at once; names are the table's own."""


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
    if wanted and without_case and first == last and (after is None or after.day == first):
        told = {"kinds": wanted, "day": first, "after": after.seq if after else 0, "limit": size + 1}
        return _acts([Link(*row) for row in connection.execute(_OF_DAY[connection.dialect.name], told)], size)
    if wanted and without_case:
        return _acts_without_case(connection, first, last, wanted, after, size)
    candidates = in_order(ENTRY, "seq", first, last, after)
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


def _end_of(connection: Connection, candidates: Select[Any]) -> Place | None:
    """Where the last of the candidates stands; None when there are no more than were looked through."""
    row = connection.execute(candidates.offset(_REACH - 1).limit(1)).one_or_none()
    return None if row is None else Place(*row)


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
        found = in_order(ENTRY, "seq", first, last, after).where(*is_of_kind).limit(size + 1).subquery()
        query = select(ENTRY).join(found, found.c.seq == ENTRY.c.seq).order_by(found.c.day, found.c.seq)
        of_kind.append([Link(*row) for row in connection.execute(query)])
    links = list(heapq.merge(*of_kind, key=lambda link: (link.day, link.seq)))
    return _acts(links, size)


def _acts(links: list[Link], size: int) -> ActPage:
    shown = links[:size]
    end = Place(shown[-1].day, shown[-1].seq) if len(links) > size else None
    return ActPage(tuple(shown), end)

"""The tables that are told of the chain made anew from all of it, or compared with it; millions of cases."""

import datetime as dt
import itertools
import operator
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Table, delete, insert, select

from kakanai.sessionlog.case_fold import FOLDED_KINDS, fold_case
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.case_sums import Member, parts_of, spans_of
from kakanai.sessionlog.case_tables import CASE_CODE, CASE_FORM, CASE_LINE, CASE_PROCEDURE, CASE_SUM, DERIVED
from kakanai.sessionlog.derived import Row, finder_rows, sum_rows
from kakanai.sessionlog.tables import ENTRY

_BATCH: Final = 2000
_STREAMED: Final = {"yield_per": _BATCH}
_FINDERS: Final = (CASE_FORM, CASE_PROCEDURE, CASE_CODE)
_ACT: Final = (
    *(ENTRY.c.seq, ENTRY.c.at, ENTRY.c.day, ENTRY.c.kind),
    *(ENTRY.c.case_number, ENTRY.c.staff, ENTRY.c.counter, ENTRY.c.body),
)
_NUMBER_PLACE: Final = _ACT.index(ENTRY.c.case_number)
_KIND_PLACE: Final = _ACT.index(ENTRY.c.kind)

DaySums: TypeAlias = dict[dt.date, dict[Member, list[int]]]


def rebuild(connection: Connection) -> int:
    """Make the derived tables anew from the chain, in the caller's transaction; how many cases there are.

    Raises:
        ForeignRowError: the chain holds what another program wrote.
    """
    for table in DERIVED:
        connection.execute(delete(table))
    cases = 0
    days: DaySums = {}
    lines = _cases(connection)
    while batch := list(itertools.islice(lines, _BATCH)):
        _put(connection, CASE_LINE, [line.to_row() for line in batch])
        for table in _FINDERS:
            _put(connection, table, [row for line in batch for row in finder_rows(table, line).values()])
        for line in batch:
            _add(days, line)
        cases += len(batch)
    rows = sum_rows(_totals(days))
    while part := list(itertools.islice(rows, _BATCH)):
        _put(connection, CASE_SUM, part)
    return cases


def differing(connection: Connection) -> list[str]:
    """The names of the derived tables that do not tell what the chain tells; takes as long as reading both.

    Raises:
        ForeignRowError: the chain holds what another program wrote.
    """
    must: Counter[Table] = Counter()
    days: DaySums = {}
    same_lines = True
    with connection.execute(select(CASE_LINE).order_by(CASE_LINE.c.case_number), **_streamed()) as stored:
        # Both are in the order of the case's number.
        for line in _cases(connection):
            row = line.to_row()
            same_lines = same_lines and stored.fetchone() == tuple(row[column] for column in _LINE_COLUMNS)
            for table in _FINDERS:
                for found in finder_rows(table, line).values():
                    must[table] += hash(tuple(found.values()))
            _add(days, line)
        same_lines = same_lines and stored.fetchone() is None
    for row in sum_rows(_totals(days)):
        must[CASE_SUM] += hash(tuple(row.values()))
    wrong = set() if same_lines else {CASE_LINE}
    wrong |= {table for table in (*_FINDERS, CASE_SUM) if _sum_of_hashes(connection, table) != must[table]}
    return [table.name for table in DERIVED if table in wrong]


def _streamed() -> dict[str, Any]:
    return {"execution_options": _STREAMED}


_LINE_COLUMNS: Final = tuple(column.name for column in CASE_LINE.columns)


def _sum_of_hashes(connection: Connection, table: Table) -> int:
    """A number for all rows of a table, the same in whatever order they come, for as long as this runs."""
    with connection.execute(select(table), **_streamed()) as rows:
        return sum(hash(tuple(row)) for row in rows)


def _put(connection: Connection, table: Table, rows: list[Row]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _cases(connection: Connection) -> Iterator[CaseLine]:
    """All cases that the chain tells of, in the order of their numbers' text."""
    query = (
        select(*_ACT)
        .where(ENTRY.c.case_number != "", ENTRY.c.body.is_not(None))
        .order_by(ENTRY.c.case_number, ENTRY.c.seq)
    )
    with connection.execute(query, **_streamed()) as rows:
        acts = (row for part in rows.partitions() for row in part if row[_KIND_PLACE] in FOLDED_KINDS)
        for _, of_case in itertools.groupby(acts, key=operator.itemgetter(_NUMBER_PLACE)):
            if line := fold_case(of_case):
                yield line


def _add(days: DaySums, line: CaseLine) -> None:
    """Add a case to the sums of its day."""
    day = days.setdefault(line.day, {})
    for member, sums in parts_of(line).items():
        before = day.get(member)
        day[member] = list(sums) if before is None else list(map(operator.add, before, sums))


def _totals(days: DaySums) -> dict[tuple[str, dt.date, str], list[int]]:
    """The sums of days, and those of months, by dimension, day and member."""
    totals: dict[tuple[str, dt.date, str], list[int]] = {}
    for day, members in days.items():
        for (of_day, member), sums in members.items():
            for dimension, begin in spans_of(of_day, day):
                before = totals.get((dimension, begin, member))
                total = list(sums) if before is None else list(map(operator.add, before, sums))
                totals[dimension, begin, member] = total
    return totals

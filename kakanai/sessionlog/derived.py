"""Keeping the tables that are told of the chain: with each entry, all anew, and compared with the chain."""

import datetime as dt
import hashlib
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Insert, Table, and_, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from kakanai.sessionlog.case_fold import fold, is_folded
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.case_sums import NOTHING, Member, Sums, change_between, parts_of, spans_of
from kakanai.sessionlog.case_tables import (
    CASE_CODE,
    CASE_FORM,
    CASE_LINE,
    CASE_PROCEDURE,
    CASE_SUM,
    DERIVED,
    SUMMED,
)
from kakanai.sessionlog.chain import Link, time_text
from kakanai.sessionlog.tables import ENTRY

Row: TypeAlias = dict[str, Any]

_BATCH: Final = 2000
_FORGOTTEN_AT_ONCE: Final = 500
_STREAMED: Final = {"yield_per": _BATCH}
_LINE_OF: Final = select(CASE_LINE).where(CASE_LINE.c.case_number == bindparam("number"))
_LINE_INSERT: Final = insert(CASE_LINE)
_LINE_UPDATE: Final = update(CASE_LINE).where(CASE_LINE.c.case_seq == bindparam("line_seq"))
_FINDERS: Final = (CASE_FORM, CASE_PROCEDURE, CASE_CODE)
_FINDER_INSERTS: Final = {table: insert(table) for table in _FINDERS}
_FINDER_DELETES: Final = {
    table: delete(table).where(
        and_(*(column == bindparam(f"old_{column.name}") for column in table.primary_key))
    )
    for table in _FINDERS
}
_EMPTY_SUM_DELETE: Final = delete(CASE_SUM).where(
    and_(*(column == bindparam(f"old_{column.name}") for column in CASE_SUM.primary_key)),
    CASE_SUM.c.cases == 0,
)


def derive(connection: Connection, link: Link) -> None:
    """Bring the derived tables to where the chain is once `link` is in it; in the caller's transaction."""
    if link.body is None or not is_folded(link.kind, link.case_number):
        return
    row = connection.execute(_LINE_OF, {"number": link.case_number}).mappings().one_or_none()
    before = None if row is None else CaseLine.from_row(row)
    after = fold(before, link)
    if after is None or after == before:
        return
    for table in _FINDERS:
        _change_finders(connection, table, before, after)
    if changes := change_between(before, after):
        _add_sums(connection, after, changes)
    # Last, for it is one row: after several at once PostgreSQL does not see that its client fell asleep.
    if before is None:
        connection.execute(_LINE_INSERT, after.to_row())
    else:
        connection.execute(_LINE_UPDATE, after.to_row() | {"line_seq": after.case_seq})


def forget(connection: Connection, numbers: Iterable[str]) -> int:
    """Take cases out of the derived tables, as their purge asks; how many there were."""
    found = 0
    left = map(str, numbers)
    while batch := list(itertools.islice(left, _FORGOTTEN_AT_ONCE)):
        query = select(CASE_LINE).where(CASE_LINE.c.case_number.in_(batch))
        lines = [CaseLine.from_row(row) for row in connection.execute(query).mappings()]
        for table in _FINDERS:
            gone = [row for line in lines for row in finder_rows(table, line).values()]
            if keys := [_old_key(table, row) for row in gone]:
                connection.execute(_FINDER_DELETES[table], keys)
        totals: dict[tuple[str, dt.date, str], list[int]] = {}
        for line in lines:
            _sum_up(totals, line, change_between(line, None))
        if totals:
            _put_sums(connection, totals)
        places = [line.case_seq for line in lines]
        connection.execute(delete(CASE_LINE).where(CASE_LINE.c.case_seq.in_(places)))
        found += len(lines)
    return found


def rebuild(connection: Connection) -> int:
    """Make the derived tables anew from the chain, in the caller's transaction; how many cases there are.

    Raises:
        ForeignRowError: the chain holds what another program wrote.
    """
    for table in DERIVED:
        connection.execute(delete(table))
    cases = 0
    rows = _expected(connection)
    while batch := list(itertools.islice(rows, _BATCH)):
        for table in DERIVED:
            if of_table := [row for kind, row in batch if kind is table]:
                connection.execute(insert(table), of_table)
                cases += len(of_table) if table is CASE_LINE else 0
    return cases


def differing(connection: Connection) -> list[str]:
    """The names of the derived tables that do not tell what the chain tells; takes as long as reading both.

    Raises:
        ForeignRowError: the chain holds what another program wrote.
    """
    expected: Counter[str] = Counter()
    columns = {table: tuple(column.name for column in table.columns) for table in DERIVED}
    for table, row in _expected(connection):
        expected[table.name] += _mark(tuple(row[name] for name in columns[table]))
    found: Counter[str] = Counter()
    for table in DERIVED:
        with connection.execute(select(table), execution_options=_STREAMED) as result:
            for stored in result:
                found[table.name] += _mark(tuple(stored))
    return [table.name for table in DERIVED if expected[table.name] != found[table.name]]


def finder_rows(table: Table, line: CaseLine | None) -> dict[str, Row]:
    """The rows of case_form, case_procedure or case_code that lead to a case, by what they are found by."""
    if line is None:
        return {}
    place = {"day": line.day, "case_seq": line.case_seq}
    if table is CASE_FORM:
        return {record.form: {"form": record.form, **place} for record in line.forms}
    if table is CASE_CODE:
        return {code: {"code": code, **place} for code in line.codes}
    chosen_at = "" if line.chosen_at is None else time_text(line.chosen_at)
    return {name: {"procedure": name, **place, "chosen_at": chosen_at} for name in line.procedures}


def _change_finders(
    connection: Connection, table: Table, before: CaseLine | None, after: CaseLine | None
) -> None:
    old, new = finder_rows(table, before), finder_rows(table, after)
    if gone := [row for name, row in old.items() if new.get(name) != row]:
        connection.execute(_FINDER_DELETES[table], [_old_key(table, row) for row in gone])
    if come := [row for name, row in new.items() if old.get(name) != row]:
        connection.execute(_FINDER_INSERTS[table], come)


def _add_sums(connection: Connection, line: CaseLine, changes: Mapping[Member, Sums]) -> None:
    """Add to the sums of the case's day."""
    totals: dict[tuple[str, dt.date, str], list[int]] = {}
    _sum_up(totals, line, changes)
    _put_sums(connection, totals)


def _sum_up(
    totals: dict[tuple[str, dt.date, str], list[int]], line: CaseLine, parts: Mapping[Member, Sums]
) -> None:
    """Add parts of a case to the sums, of its day and its month, that they belong to."""
    for (of_day, name), sums in parts.items():
        for dimension, day in spans_of(of_day, line.day):
            total = totals.setdefault((str(dimension), day, str(name)), list(NOTHING))
            for place, number in enumerate(sums):
                total[place] += number


def _sum_rows(totals: Mapping[tuple[str, dt.date, str], Iterable[int]]) -> Iterator[Row]:
    for (dimension, day, name), total in totals.items():
        row = {"dimension": dimension, "day": day, "member": name}
        yield row | dict(zip(SUMMED, total, strict=True))


def _put_sums(connection: Connection, totals: Mapping[tuple[str, dt.date, str], Iterable[int]]) -> None:
    """Add to sums that there are or make them; a member that no case has any more has no row."""
    rows = list(_sum_rows(totals))
    connection.execute(_sum_upsert(connection), rows)
    if left := [row for row in rows if row["cases"] < 0]:
        connection.execute(_EMPTY_SUM_DELETE, [_old_key(CASE_SUM, row) for row in left])


def _old_key(table: Table, row: Row) -> Row:
    return {f"old_{column.name}": row[column.name] for column in table.primary_key}


def _sum_upsert(connection: Connection) -> Insert:
    return _UPSERTS[connection.dialect.name]


def _upsert_of(statement: sqlite.Insert | postgresql.Insert) -> Insert:
    return statement.on_conflict_do_update(
        index_elements=list(CASE_SUM.primary_key),
        set_={name: CASE_SUM.c[name] + statement.excluded[name] for name in SUMMED},
    )


_UPSERTS: Final[Mapping[str, Insert]] = {
    "sqlite": _upsert_of(sqlite.insert(CASE_SUM)),
    "postgresql": _upsert_of(postgresql.insert(CASE_SUM)),
}


def _expected(connection: Connection) -> Iterator[tuple[Table, Row]]:
    """Every row that the derived tables must have."""
    totals: dict[tuple[str, dt.date, str], list[int]] = {}
    for line in _cases(connection):
        yield CASE_LINE, line.to_row()
        for table in _FINDERS:
            for row in finder_rows(table, line).values():
                yield table, row
        _sum_up(totals, line, parts_of(line))
    for row in _sum_rows(totals):
        yield CASE_SUM, row


def _cases(connection: Connection) -> Iterator[CaseLine]:
    query = (
        select(ENTRY)
        .where(ENTRY.c.case_number != "", ENTRY.c.body.is_not(None))
        .order_by(ENTRY.c.case_number, ENTRY.c.seq)
    )
    with connection.execute(query, execution_options=_STREAMED) as rows:
        links = (Link(*row) for row in rows)
        for _, of_case in itertools.groupby(links, key=lambda link: link.case_number):
            line: CaseLine | None = None
            for link in of_case:
                line = fold(line, link)
            if line is not None:
                yield line


def _mark(row: tuple[object, ...]) -> int:
    """A number for a row; the sum over a table's rows is the same in whatever order they come."""
    return int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=16).digest(), "big")

"""Keeping the tables that are told of the chain with each entry; all anew: derived_anew.py."""

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Insert, Table, and_, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from kakanai.sessionlog.case_fold import fold, is_folded
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.case_sums import NOTHING, Member, Sums, change_between, spans_of
from kakanai.sessionlog.case_tables import (
    CASE_CODE,
    CASE_FORM,
    CASE_LINE,
    CASE_PROCEDURE,
    CASE_SUM,
    SUMMED,
)
from kakanai.sessionlog.chain import Link, time_text

Row: TypeAlias = dict[str, Any]

_FORGOTTEN_AT_ONCE: Final = 500
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
    row = connection.execute(_LINE_OF, {"number": link.case_number}).one_or_none()
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
        lines = [CaseLine.from_row(row) for row in connection.execute(query)]
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


def sum_rows(totals: Mapping[tuple[str, dt.date, str], Iterable[int]]) -> Iterator[Row]:
    """The rows of case_sum, of totals by dimension, day and member."""
    for (dimension, day, name), total in totals.items():
        row = {"dimension": dimension, "day": day, "member": name}
        yield row | dict(zip(SUMMED, total, strict=True))


def _put_sums(connection: Connection, totals: Mapping[tuple[str, dt.date, str], Iterable[int]]) -> None:
    """Add to sums that there are or make them; a member that no case has any more has no row."""
    rows = list(sum_rows(totals))
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

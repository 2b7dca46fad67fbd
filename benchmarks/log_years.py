"""Makes the years of a log out of its first: for the pages of millions of cases, in a third of the time.

Run: `.venv/bin/python -m benchmarks.log_years FILE [--lines]`. The log must hold a year or more, filled by
`log_load`; the rest up to five years is copied from it by the database itself, 364 days later each time, so
that weekdays stay. Such a log has no valid chain: it is for measuring pages and nothing else. With `--lines`
only the lines of cases and what finds them are copied, not their entries.
"""

import datetime as dt
import sys
from pathlib import Path

from sqlalchemy import Connection, Table

from benchmarks.log_load import FIRST_DAY, LAST_DAY, load
from kakanai.sessionlog.case_tables import CASE_CODE, CASE_FORM, CASE_LINE, CASE_PROCEDURE, CASE_SUM
from kakanai.sessionlog.guards import create_guards, drop_guards
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.tables import ENTRY, GIVEN_NUMBER

_YEAR = 364
_MOMENTS = {"at", "opened_at", "finished_at", "chosen_at", "running_since", "last_at"}
_SEQS = {"seq", "case_seq", "last_seq"}
_DAYS_AT_ONCE = 20
"""Workdays in a transaction."""

Bounds = dict[dt.date, tuple[int, int]]


def add_years(log: SessionLog, *, has_entries: bool = True) -> int:
    """Copy the first year until there are five; how many cases there are then."""
    copied = ((ENTRY, "seq"), (CASE_LINE, "case_seq")) if has_entries else ((CASE_LINE, "case_seq"),)
    with log.writing() as writing:
        bounds = _bounds(writing.connection)
        drop_guards(writing.connection)
        for table in (ENTRY, CASE_LINE):
            for index in table.indexes:
                index.drop(writing.connection, checkfirst=True)
    year = [day for day in bounds if day < FIRST_DAY + dt.timedelta(_YEAR)]
    last_day, last_seq = max(bounds), max(end for _, end in bounds.values())
    for later in range(1, 5):
        shift = dt.timedelta(_YEAR * later)
        days = [day for day in year if last_day < day + shift <= LAST_DAY]
        if not days:
            continue
        offset = last_seq - bounds[days[0]][0] + 1
        for place in range(0, len(days), _DAYS_AT_ONCE):
            some = days[place : place + _DAYS_AT_ONCE]
            seqs = (bounds[some[0]][0], bounds[some[-1]][1])
            with log.writing() as writing:
                for table, key in copied:
                    _copy(writing.connection, table, f"{key} BETWEEN {seqs[0]} AND {seqs[1]}", shift, offset)
                _copy(writing.connection, GIVEN_NUMBER, _between(some), shift, offset)
        for table in (CASE_FORM, CASE_PROCEDURE, CASE_CODE):
            with log.writing() as writing:
                _copy(writing.connection, table, _between(days), shift, offset)
        last_day, last_seq = days[-1] + shift, bounds[days[-1]][1] + offset
    _finish(log)
    with log.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM case_line").scalar_one())


def _bounds(connection: Connection) -> Bounds:
    """Where the entries of each day begin and end in the chain."""
    rows = connection.exec_driver_sql(
        "SELECT day, min(case_seq), max(last_seq) FROM case_line GROUP BY day ORDER BY 1"
    )
    return {dt.date.fromisoformat(str(day)): (first, last) for day, first, last in rows}


def _between(days: list[dt.date]) -> str:
    return f"day BETWEEN '{days[0]}' AND '{days[-1]}'"


def _copy(connection: Connection, table: Table, where: str, shift: dt.timedelta, offset: int) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    day = f"date(day, '+{shift.days} days')" if is_sqlite else f"(day + {shift.days})"
    parts = []
    for column in table.columns:
        name = column.name
        if name in _SEQS:
            part = f"{name} + {offset}"
        elif name == "day":
            part = day
        elif name in _MOMENTS:
            date = f"substr({name}, 1, 10)"
            moved = (
                f"date({date}, '+{shift.days} days')" if is_sqlite else f"({date}::date + {shift.days})::text"
            )
            part = f"CASE WHEN length({name}) = 27 THEN {moved} || substr({name}, 11) ELSE {name} END"
        elif name == "case_number":
            year, month_day = (
                (f"strftime('%Y', {day})", f"strftime('%m%d', {day})")
                if is_sqlite
                else (f"extract(year from {day})::int", f"to_char({day}, 'MMDD')")
            )
            part = f"'R' || ({year} - 2018) || '-' || {month_day} || substr({name}, -5)"
            if not is_sqlite:
                part = part.replace(f"substr({name}, -5)", f"right({name}, 5)")
        else:
            part = name
        parts.append(part)
    order = f" ORDER BY {table.columns[0].name}" if table in (ENTRY, CASE_LINE) else ""
    names = ", ".join(column.name for column in table.columns)
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({names}) SELECT {', '.join(parts)} FROM {table.name} WHERE {where}{order}"  # noqa: S608  # ours
    )


_UTC_HOUR = "CAST(substr(c.opened_at, 12, 2) AS INTEGER)"
_OPENED_HOUR = f"({_UTC_HOUR} + CASE WHEN {_UTC_HOUR} < 15 THEN 9 ELSE -15 END)"
_MEMBERS = {
    "all": ("''", ""),
    "staff": ("c.staff", ""),
    "counter": ("c.counter", ""),
    "hour": (f"CASE WHEN {_OPENED_HOUR} < 10 THEN '0' || {_OPENED_HOUR} ELSE '' || {_OPENED_HOUR} END", ""),
    "form": ("f.form", " JOIN case_form f ON f.case_seq = c.case_seq"),
    "procedure": ("f.procedure", " JOIN case_procedure f ON f.case_seq = c.case_seq"),
}
_SUMS = """count(*), count(c.finished_at), sum(c.pages), sum(c.worked_s),
    sum(CASE WHEN c.outcome = 'printed' THEN 1 ELSE 0 END),
    sum(CASE WHEN c.outcome = 'cancelled' THEN 1 ELSE 0 END),
    sum(CASE WHEN c.outcome = 'print_failed' THEN 1 ELSE 0 END), sum(c.failures), sum(c.overrides),
    sum(CASE WHEN c.releases > 1 THEN c.releases - 1 ELSE 0 END),
    sum(CASE WHEN c.is_lookup THEN 1 ELSE 0 END),
    sum(CASE WHEN c.is_unusual_hour THEN 1 ELSE 0 END)"""
"""As `CaseLine` is summed, but for the pages of a form, which are its cases' here."""


def load_years(log: SessionLog, cases: int) -> None:
    """Put some so many cases into an empty log: a year of them one by one, and the others as its copies."""
    load(log, cases // 5, FIRST_DAY + dt.timedelta(_YEAR - 1))
    add_years(log)


def _finish(log: SessionLog) -> None:
    """Sums, indexes and guards."""
    is_sqlite = log.backend == "sqlite"
    month = "date(day, 'start of month')" if is_sqlite else "date_trunc('month', day)::date"
    with log.writing() as writing:
        run = writing.connection.exec_driver_sql
        if not is_sqlite:
            run("SET LOCAL statement_timeout = 0")
            run("SET LOCAL work_mem = '256MB'")
        run(f"DELETE FROM {CASE_SUM.name}")  # noqa: S608  # ours
        for dimension, (member, join) in _MEMBERS.items():
            run(
                f"INSERT INTO case_sum SELECT '{dimension}', c.day, {member}, {_SUMS}"  # noqa: S608  # ours
                f" FROM case_line c{join} GROUP BY 2, 3"
            )
        numbers = ", ".join(f"sum({column.name})" for column in list(CASE_SUM.columns)[3:])
        run(
            f"INSERT INTO case_sum SELECT dimension || '_month', {month}, member, {numbers}"  # noqa: S608  # ours
            f" FROM case_sum WHERE dimension <> 'all' GROUP BY 1, 2, 3"
        )
    for table in (ENTRY, CASE_LINE):
        for index in table.indexes:
            with log.writing() as writing:
                if not is_sqlite:
                    writing.connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
                    writing.connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '512MB'")
                index.create(writing.connection)
    with log.writing() as writing:
        create_guards(writing.connection)


def main() -> None:
    """Make five years of the file that was named."""
    with SessionLog.open(Path(sys.argv[1])) as log:
        print(f"{add_years(log, has_entries='--lines' not in sys.argv):,} cases")


if __name__ == "__main__":
    main()

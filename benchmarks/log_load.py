"""Fills a log with as many cases as one likes, quickly: a valid chain, and the tables told of it.

Run: `.venv/bin/python -m benchmarks.log_load FILE CASES`. The cases are spread over five years of workdays,
60 members of staff and 20 counters; what they are (printed, cancelled, look-ups, errors …) repeats in a fixed
mixture. The folded line of each sort of case comes from the program's own fold, once; the rest is text.
"""

import datetime as dt
import functools
import hashlib
import itertools
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Index, Table

from kakanai.sessionlog.body import body_of
from kakanai.sessionlog.case_fold import fold
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.case_sums import parts_of, spans_of
from kakanai.sessionlog.case_tables import CASE_CODE, CASE_FORM, CASE_LINE, CASE_PROCEDURE, CASE_SUM
from kakanai.sessionlog.chain import FIRST_PREV, FORMAT, Link
from kakanai.sessionlog.entry import CaseNumber, ClerkId, EntryKind, FormRecord, LogEntry
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.tables import ENTRY, GIVEN_NUMBER

K = EntryKind
FIRST_DAY = dt.date(2022, 4, 1)
LAST_DAY = dt.date(2027, 3, 31)
STAFF = [f"{number:04d}" for number in range(1001, 1061)]
COUNTERS = [str(number) for number in range(1, 21)]
_OPENS_S = 8 * 3600 + 30 * 60
_OPEN_FOR_S = 8 * 3600 + 40 * 60
_STEP_S = 40
_IN_A_TRANSACTION = 20_000
_UTC_OFFSET_S = 9 * 3600

Totals = dict[tuple[str, dt.date, str], list[int]]
Step = tuple[EntryKind, dict[str, Any]]
_READ: Step = (K.CARD_READ, {"card_kind": "mynumber", "read_by": "pin", "codes": ("V-001",)})
_LICENCE: Step = (K.CARD_READ, {"card_kind": "driver_licence", "read_by": "pin", "codes": ("V-001",)})
_HAND: Step = (K.HAND_ENTERED, {"read_by": "hand"})


def _printed(first: Step, procedures: tuple[str, ...], forms: tuple[str, ...], *between: Step) -> list[Step]:
    records = tuple(FormRecord(form, "2026.10", 1 + (form == "F07")) for form in forms)
    return [
        (K.CASE_OPENED, {}),
        first,
        (K.PROCEDURES_CHOSEN, {"procedures": procedures}),
        *between,
        (K.FORMS_FILLED, {"forms": records}),
        (K.PRINT_RELEASED, {"forms": records}),
        (K.PRINT_DONE, {"forms": records}),
        (K.CASE_CLOSED, {}),
    ]


_SORTS: list[list[Step]] = [
    *(
        _printed(_READ, (f"procedure-{n}", f"procedure-{n + 30}"), (f"F{1 + n % 40:02d}", "F05"))
        for n in range(30)
    ),
    *(_printed(_LICENCE, (f"procedure-{n}",), (f"F{1 + n % 40:02d}",)) for n in range(40)),
    *(_printed(_HAND, ("seal-certificate",), ("F05",)) for _ in range(10)),
    _printed(_READ, ("move-in",), ("F01", "F07"), (K.READING_FAILED, {"codes": ("C-010",)})),
    _printed(_READ, ("move-out",), ("F02",), (K.MISMATCH_ACCEPTED, {"codes": ("V-004", "V-011")})),
    [
        *_printed(_READ, ("dog",), ("F20",))[:-1],
        (K.PRINT_RELEASED, {}),
        (K.PRINT_DONE, {}),
        (K.CASE_CLOSED, {}),
    ],
    [(K.CASE_OPENED, {}), _READ, (K.CASE_CANCELLED, {})],
    [
        *_printed(_READ, ("water",), ("F30",))[:-2],
        (K.PRINT_FAILED, {"codes": ("P-013",)}),
        (K.CASE_CLOSED, {}),
    ],
]
"""What cases are, one after the other; rare ones at the end are thinned out by `_sort_of`."""


def load(log: SessionLog, cases: int, last_day: dt.date = LAST_DAY) -> None:
    """Put so many cases into an empty log, day by day, some thousands in a transaction."""
    days = list(_working_days(last_day))
    counts = [cases // len(days) + (place < cases % len(days)) for place in range(len(days))]
    sorts = [_Sort(steps) for steps in _SORTS]
    chain = (0, FIRST_PREV)
    before = place = 0
    sums: Totals = {}
    indexes = _without_indexes(log)
    while place < len(days):
        with log.writing() as writing:
            if log.backend == "sqlite":
                writing.connection.exec_driver_sql("PRAGMA cache_size = -1000000")
            end = before + _IN_A_TRANSACTION
            while place < len(days) and before < end:
                chain = _load_day(writing.connection, sorts, days[place], counts[place], before, chain, sums)
                before += counts[place]
                place += 1
    with log.writing() as writing:
        totals = [
            (dimension, day.isoformat(), member, *sum_) for (dimension, day, member), sum_ in sums.items()
        ]
        _insert(writing.connection, CASE_SUM, totals)
    for index in indexes:
        with log.writing() as writing:
            writing.connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            writing.connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '512MB'")
            index.create(writing.connection)


def _without_indexes(log: SessionLog) -> list[Index]:
    """Take the indexes off a server's empty tables: made at the end, they take half the time."""
    indexes: list[Index] = []
    if log.backend == "postgresql":
        indexes = [index for table in (ENTRY, CASE_LINE) for index in table.indexes]
        with log.writing() as writing:
            for index in indexes:
                index.drop(writing.connection)
    return indexes


class _Sort:
    """One sort of case: the text of its entries, and its line as the program itself folds it."""

    def __init__(self, steps: list[Step]) -> None:
        number, at = CaseNumber("R8-1120-0001"), dt.datetime(2026, 11, 20, 1, tzinfo=dt.UTC)
        entries = [
            LogEntry(
                kind, number, ClerkId("1"), at + dt.timedelta(seconds=_STEP_S * place), counter="1", **told
            )
            for place, (kind, told) in enumerate(steps)
        ]
        self.steps = [(entry.kind.value, body_of(entry)) for entry in entries]
        links = [Link.after(None, entry) for entry in entries]
        line: CaseLine | None = functools.reduce(fold, links, None)
        if line is None:
            raise ValueError("a sort of case without a case")
        self.line = line
        self.row = tuple(line.to_row()[column.name] for column in CASE_LINE.columns)
        chosen = [place for place, (kind, _) in enumerate(steps) if kind is K.PROCEDURES_CHOSEN]
        self.chosen = chosen[-1] if chosen else None
        self.parts = parts_of(line)


def _load_day(
    connection: Connection,
    sorts: list[_Sort],
    day: dt.date,
    count: int,
    before: int,
    chain: tuple[int, str],
    sums: Totals,
) -> tuple[int, str]:
    seq, prev = chain
    rows: dict[Table, list[tuple[Any, ...]]] = {
        table: [] for table in (ENTRY, GIVEN_NUMBER, CASE_LINE, CASE_FORM, CASE_PROCEDURE, CASE_CODE)
    }
    counted: Counter[tuple[int, str, str, str]] = Counter()
    chance = random.Random(chain[0])  # noqa: S311  # the same each time; nothing here is secret
    columns = {column.name: place for place, column in enumerate(CASE_LINE.columns)}
    written_day = day.isoformat()
    for serial in range(1, count + 1):
        place = before + serial
        number = f"R{day.year - 2018}-{day:%m%d}-{serial:04d}"
        rows[GIVEN_NUMBER].append((written_day, serial, number))
        staff, counter = STAFF[place * 7 % 60], COUNTERS[place * 3 % 20]
        which = _sort_of(place, len(sorts))
        sort = sorts[which]
        start = _OPENS_S + serial * _OPEN_FOR_S // (count + 1)
        times = [_time(day, start + _STEP_S * step) for step in range(len(sort.steps))]
        first_seq = seq + 1
        for at, (kind, body) in zip(times, sort.steps, strict=True):
            seq += 1
            salt = chance.randbytes(16).hex()
            body_hash = hashlib.sha256(f"{salt}\n{body}".encode()).hexdigest()
            text = f"{FORMAT}\n{seq}\n{at}\n{kind}\n{number}\n{staff}\n{counter}\n{body_hash}\n{prev}"
            hash_ = hashlib.sha256(text.encode()).hexdigest()
            rows[ENTRY].append(
                (seq, at, written_day, kind, number, staff, counter, body, salt, body_hash, prev, hash_)
            )
            prev = hash_
        row = list(sort.row)
        for name, value in {
            "case_seq": first_seq,
            "case_number": number,
            "day": written_day,
            "opened_at": times[0],
            "finished_at": times[-1],
            "staff": staff,
            "counter": counter,
            "chosen_at": "" if sort.chosen is None else times[sort.chosen],
            "last_seq": seq,
            "last_at": times[-1],
        }.items():
            row[columns[name]] = value
        rows[CASE_LINE].append(tuple(row))
        rows[CASE_FORM] += [
            (form, written_day, first_seq)
            for form in dict.fromkeys(record.form for record in sort.line.forms)
        ]
        rows[CASE_PROCEDURE] += [
            (name, written_day, first_seq, times[sort.chosen or 0]) for name in sort.line.procedures
        ]
        rows[CASE_CODE] += [(code, written_day, first_seq) for code in sort.line.codes]
        counted[which, staff, counter, f"{start // 3600:02d}"] += 1
    for table, of_table in rows.items():
        _insert(connection, table, of_table)
    _add_sums(sums, sorts, day, counted)
    return seq, prev


def _sort_of(place: int, sorts: int) -> int:
    """Which sort the case is: the five rare ones at the end come once in 60 cases."""
    if place % 60 == 0:
        return sorts - 1 - (place // 60) % 5
    return place * 11 % (sorts - 5)


def _add_sums(
    sums: Totals, sorts: list[_Sort], day: dt.date, counted: Counter[tuple[int, str, str, str]]
) -> None:
    for (which, staff, counter, hour), count in counted.items():
        own = {"staff": staff, "counter": counter, "hour": hour}
        for (of_day, member), part in sorts[which].parts.items():
            for dimension, begin in spans_of(of_day, day):
                key = (str(dimension), begin, own.get(of_day, member))
                total = sums.setdefault(key, [0] * len(part))
                for place, number in enumerate(part):
                    total[place] += number * count


def _insert(connection: Connection, table: Table, rows: list[tuple[Any, ...]]) -> None:
    if not rows:
        return
    names = [column.name for column in table.columns]
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.driver_connection
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(names))
    connection.exec_driver_sql(f"INSERT INTO {table.name} VALUES ({marks})", rows)  # noqa: S608  # ours


@functools.lru_cache(maxsize=200_000)
def _clock(second: int) -> str:
    return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"


def _time(day: dt.date, second: int) -> str:
    """The moment as the chain writes it, of a second of a day in Japan."""
    utc = second - _UTC_OFFSET_S
    if utc < 0:
        day, utc = day - dt.timedelta(days=1), utc + 86_400
    return f"{day.isoformat()}T{_clock(utc)}.000000Z"


def _working_days(last_day: dt.date) -> Iterator[dt.date]:
    days = (FIRST_DAY + dt.timedelta(days=number) for number in itertools.count())
    return (day for day in itertools.takewhile(lambda day: day <= last_day, days) if day.weekday() < 5)


def main() -> None:
    """Fill the file that was named."""
    with SessionLog.open(Path(sys.argv[1])) as log:
        load(log, int(sys.argv[2]))
        print(f"{sys.argv[2]} cases, {log.head()}")


if __name__ == "__main__":
    main()

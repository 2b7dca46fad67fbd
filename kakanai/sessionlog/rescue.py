"""Rescuing 救出 what a damaged file of the log still tells: an export, and the list of what is missing."""

import contextlib
import datetime as dt
import json
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from sqlalchemy import Table

from kakanai.sessionlog.case_number import CaseNumber
from kakanai.sessionlog.case_tables import DERIVED
from kakanai.sessionlog.chain import FIRST_PREV, Head, Link, day_of, time_text
from kakanai.sessionlog.chain_export import FORMAT, ExportLines
from kakanai.sessionlog.database import SCHEMA
from kakanai.sessionlog.errors import CaseNumberError
from kakanai.sessionlog.page_reader import PageReader, Value
from kakanai.sessionlog.seal_tables import OFFICE_KEY
from kakanai.sessionlog.staff_tables import STAFF
from kakanai.sessionlog.tables import DAY_CLOSE, ENTRY, GIVEN_NUMBER, MERGED_SPOOL
from kakanai.sessionlog.upkeep_errors import NothingToRescueError

_ENTRY: Final = tuple(column.name for column in ENTRY.columns)
_KEYS: Final[Mapping[Table, str]] = {
    OFFICE_KEY: OFFICE_KEY.c.key_id.name,
    DAY_CLOSE: DAY_CLOSE.c.day.name,
    MERGED_SPOOL: MERGED_SPOOL.c.spool.name,
    GIVEN_NUMBER: GIVEN_NUMBER.c.case_number.name,
}
"""What else is evidence, and the column by which an export has its rows in order."""
_MOST_SEQ: Final = 9_999_999_999
_HASH_LENGTH: Final = 64
_SHAPES: Final[Mapping[str, tuple[type | int, ...]]] = {
    OFFICE_KEY.name: (16, 64, 27, str),
    DAY_CLOSE.name: (10, int, int, 64, int, str, 27, str, 128, 64),
    MERGED_SPOOL.name: (32, int),
    GIVEN_NUMBER.name: (10, int, str),
}
"""What the columns of a row of these tables are: a kind of value, or a text of so many characters."""


@dataclass(frozen=True)
class Rescued:
    """What could be read. `missing` are the first and last places of each gap in the chain.

    `unreadable` is how many pages the disk did not give.
    """

    entries: int
    last_seq: int
    missing: tuple[tuple[int, int], ...]
    unreadable: int

    @property
    def missing_entries(self) -> int:
        """How many entries the gaps are."""
        return sum(last - first + 1 for first, last in self.missing)


def rescue(path: Path, stream: BinaryIO, work: Path, made_at: dt.datetime, known_last: int = 0) -> Rescued:
    """Write every entry that can still be read, with keys, day closes and given numbers, as an export.

    An entry is taken when its hash says that it is what was written. The file is read page by page, and
    neither it nor anything beside it is changed.

    Args:
        path: The damaged file of SQLite; its WAL beside it is read too.
        stream: Gets the export (docs/log-format.md); its last line has the gaps as `missing`.
        work: A folder for a file that grows as large as the log while this runs, and is gone afterwards.
        made_at: Told in the header.
        known_last: The last place that is known from elsewhere (anchor); what lacks up to there is missing.

    Raises:
        NothingToRescueError: there is no entry in it; the stream got nothing.
        OSError: the stream, or the folder, took no more.
    """
    with _Finds(work) as finds:
        try:
            reader = PageReader(path)
            for number, values in reader.rows():
                finds.take(number, values)
        except OSError as error:
            reason = "missing" if isinstance(error, FileNotFoundError) else "unreadable"
            raise NothingToRescueError(file=path.name, reason=reason) from error
        if not finds.has_entries():
            raise NothingToRescueError(file=path.name, reason="none")
        return _written(finds, stream, made_at, known_last, reader.unreadable)


def numbers_of_day(path: Path, day: dt.date) -> set[CaseNumber]:
    """The case numbers 受付番号 of a day that a file of the log tells of, damaged or not."""
    numbers = set()
    with contextlib.suppress(OSError):
        for _, values in PageReader(path).rows():
            told = values[2] if len(values) == len(_SHAPES[GIVEN_NUMBER.name]) else None
            told = values[4] if len(values) == len(_ENTRY) else told
            with contextlib.suppress(CaseNumberError):
                if isinstance(told, str) and told.startswith(f"R{day.year - 2018}-{day:%m%d}-"):
                    numbers.add(CaseNumber(told))
    return numbers


class _Finds:
    """The rows that were found, each once, in a file of their own: a log may be larger than the memory."""

    def __init__(self, work: Path) -> None:
        self._folder = tempfile.TemporaryDirectory(dir=work, prefix=".rescue-")
        self._db = sqlite3.connect(Path(self._folder.name) / "found", isolation_level=None)
        self._db.executescript(
            "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF;"
            f"CREATE TABLE entry ({', '.join(_ENTRY)}, PRIMARY KEY (seq, hash));"
            "CREATE TABLE other (name, key, row, PRIMARY KEY (name, key)); BEGIN"
        )

    def __enter__(self) -> "_Finds":
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()
        self._folder.cleanup()

    def take(self, number: int, values: tuple[Value, ...]) -> None:
        """Keep the row if it is one of ours and what was written."""
        if link := _entry_of(number, values):
            # A body that is gone was purged: an older page that has it must not bring it back.
            self._db.execute(
                f"INSERT INTO entry VALUES ({', '.join('?' * len(_ENTRY))})"  # noqa: S608  # question marks
                " ON CONFLICT (seq, hash) DO UPDATE SET body = NULL, salt = NULL WHERE excluded.body IS NULL",
                [link.day.isoformat() if name == "day" else getattr(link, name) for name in _ENTRY],
            )
            return
        for table, key_column in _KEYS.items():
            if _has_shape(values, _SHAPES[table.name]):
                row = {column.name: value for column, value in zip(table.columns, values, strict=True)}
                key = str(row[key_column])
                told = (table.name, key, json.dumps(row))
                self._db.execute("INSERT OR REPLACE INTO other VALUES (?, ?, ?)", told)

    def has_entries(self) -> bool:
        return self._db.execute("SELECT 1 FROM entry LIMIT 1").fetchone() is not None

    def links(self) -> Iterator[Link]:
        """The entries in their order; of two in one place the one that the entry before leads to."""
        last: Link | None = None
        rows = self._db.execute(f"SELECT {', '.join(_ENTRY)} FROM entry ORDER BY seq")  # noqa: S608  # ours
        waiting: list[Link] = []
        for row in rows:
            link = Link(row[0], row[1], dt.date.fromisoformat(row[2]), *row[3:])
            if waiting and waiting[0].seq != link.seq:
                last = _likelier(waiting, last)
                yield last
                waiting = []
            waiting.append(link)
        if waiting:
            yield _likelier(waiting, last)

    def others(self, name: str) -> Iterator[dict[str, Any]]:
        query = "SELECT row FROM other WHERE name = ? ORDER BY key"
        for (row,) in self._db.execute(query, (name,)):
            yield json.loads(row)


def _written(
    finds: _Finds, stream: BinaryIO, made_at: dt.datetime, known_last: int, unreadable: int
) -> Rescued:
    lines = ExportLines(stream)
    lines.header({"format": FORMAT, "schema": SCHEMA, "database": "rescued", "made_at": time_text(made_at)})
    closes = list(finds.others(DAY_CLOSE.name))
    lines.section(OFFICE_KEY.name, finds.others(OFFICE_KEY.name))
    lines.section(DAY_CLOSE.name, iter(closes))
    missing: list[tuple[int, int]] = []
    head: Head | None = None
    entries = 0

    def told() -> Iterator[dict[str, Any]]:
        nonlocal head, entries
        for link in finds.links():
            after = head.seq if head else 0
            if link.seq > after + 1:
                missing.append((after + 1, link.seq - 1))
            head, entries = link.head, entries + 1
            yield {name: getattr(link, name) for name in _ENTRY} | {"day": link.day.isoformat()}

    lines.section(ENTRY.name, told())
    for table in DERIVED:  # none: they are made anew from the entries, where these are whole
        lines.section(table.name, iter(()))
    for table in (MERGED_SPOOL, GIVEN_NUMBER):
        lines.section(table.name, finds.others(table.name))
    lines.section(STAFF.name, iter(()))
    last = head.seq if head else 0
    known_last = max([known_last, *(close["last_seq"] for close in closes)])
    if known_last > last:
        missing.append((last + 1, known_last))
    lines.end(head, missing=missing)
    return Rescued(entries, last, tuple(missing), unreadable)


def _entry_of(number: int, values: tuple[Value, ...]) -> Link | None:
    """The entry that a row is, when its hashes say so."""
    if len(values) != len(_ENTRY) or values[0] is not None or not 1 <= number <= _MOST_SEQ:
        return None
    at, _day, kind, case, staff, counter, body, salt, body_hash, prev, hash_ = values[1:]
    texts = (at, kind, case, staff, counter, body_hash, prev, hash_)
    if not all(isinstance(one, str) for one in texts):
        return None
    if not (isinstance(body, str | None) and isinstance(salt, str | None)):
        return None
    hashes = tuple(map(str, (body_hash, prev, hash_)))
    if any(len(one) != _HASH_LENGTH for one in hashes):
        return None
    try:
        right_day = day_of(str(at))
    except ValueError:
        return None
    words = (str(kind), str(case), str(staff), str(counter))
    link = Link(number, str(at), right_day, *words, body, salt, *hashes)
    return link if link.is_as_written else None


def _has_shape(values: tuple[Value, ...], shape: tuple[type | int, ...]) -> bool:
    return len(values) == len(shape) and all(
        isinstance(value, str) and len(value) == form if isinstance(form, int) else isinstance(value, form)
        for value, form in zip(values, shape, strict=True)
    )


def _likelier(links: list[Link], before: Link | None) -> Link:
    prev = before.hash if before else FIRST_PREV
    return next((link for link in links if link.prev == prev), links[0])

"""Purging 廃棄 what the town keeps no longer: bodies go, hashes stay, and the log says what went.

The rule that the verifier checks a purge by is described in docs/log-format.md and decision 0021.
"""

import contextlib
import datetime as dt
import hashlib
import itertools
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, false, func, not_, or_, select, update

from kakanai.sessionlog.case_number import ClerkId
from kakanai.sessionlog.case_tables import DERIVED
from kakanai.sessionlog.chain import Link, time_text
from kakanai.sessionlog.derived import derive, forget
from kakanai.sessionlog.entry import JST, LogEntry
from kakanai.sessionlog.guards import create_guards, drop_guards
from kakanai.sessionlog.restore import STAGED
from kakanai.sessionlog.retention import AT_COUNTER, PURGEABLE, RecordKind
from kakanai.sessionlog.staff_tables import STAFF_SESSION
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.tables import DAY_CLOSE, ENTRY, MERGED_SPOOL
from kakanai.sessionlog.upkeep_errors import PurgeUnsealedError, TracesLeftError
from kakanai.sessionlog.words import EntryKind

_BATCH: Final = 2000
_ASKED_AT_ONCE: Final = 500
_MOST_COUNTED: Final = 999_999_999
_FIRST_ERA_YEAR: Final = 2019
_LOCK_WAIT_S: Final = 5.0
_COLUMNS: Final = (
    ENTRY.c.seq,
    ENTRY.c.at,
    ENTRY.c.kind,
    ENTRY.c.case_number,
    ENTRY.c.staff,
    ENTRY.c.counter,
    ENTRY.c.prev,
    ENTRY.c.hash,
)
"""What stays of a purged entry and is proven by the digest, in its order."""


@dataclass(frozen=True)
class Purged:
    """What a purge takes of one kind of record: up to which day, how many entries, of how many cases.

    `unsealed` are entries as old that stay, because no day close covers them yet.
    """

    kind: RecordKind
    on: dt.date
    entries: int
    cases: int
    unsealed: int
    digest: str = ""


def plan(log: SessionLog, limits: Mapping[RecordKind, dt.date]) -> list[Purged]:
    """What `purge` would take now; nothing is changed.

    Raises:
        PurgeUnsealedError: no day was ever closed.
        LogStorageError: in one of its kinds.
    """
    with log.reading() as connection:
        sealed = _sealed(connection)
        return [_looked_over(connection, kind, on, sealed)[0] for kind, on in limits.items()]


def purge(
    log: SessionLog, limits: Mapping[RecordKind, dt.date], staff: ClerkId, at: dt.datetime
) -> list[Purged]:
    """Take the bodies of all entries up to these days, all in one transaction; what was taken.

    Only entries that a signed day close covers. What is told of purged cases goes too. Each kind of which
    there was something gets an entry `purged`. Call `wipe` afterwards.

    Raises:
        PurgeUnsealedError: no day was ever closed; nothing was changed.
        LogStorageError: in one of its kinds; nothing was changed.
    """
    taken = []
    with log.writing() as writing:
        connection = writing.connection
        sealed = _sealed(connection)
        found = [(_looked_over(connection, kind, on, sealed)) for kind, on in limits.items()]
        if not any(told.entries for told, _ in found):
            return [told for told, _ in found]
        _overwrite_what_goes(connection)
        guarded = (ENTRY, MERGED_SPOOL)
        drop_guards(connection, guarded)
        for told, numbers in found:
            if told.entries:
                _take(connection, told, sealed, numbers)
            taken.append(told)
        create_guards(connection, guarded)
        for told in taken:
            if told.entries:
                writing.append(_proof(told, sealed, staff, at))
    return taken


def wipe(log: SessionLog) -> None:
    """Have the bytes of what was purged gone from the file and its WAL; on a server, its rows' old versions.

    The file is written anew, which needs its size once more on the disk, and as long as that takes nobody
    can write into the log. A server keeps what lay in its rows until it needs the room (docs/keeping.md).

    Raises:
        TracesLeftError: it could not be done now; the log is whole, and a purge can be run again any time.
        LogStorageError: in one of its kinds, from a server.
    """
    if isinstance(log.target, Path):
        _wipe_file(log.target)
        return
    with log.outside() as server:
        for table in (ENTRY, MERGED_SPOOL, STAFF_SESSION, *DERIVED):
            server.exec_driver_sql(f"VACUUM {table.name}")


def older_copies(log: SessionLog) -> list[str]:
    """Names of files beside the log that were made of it before, and still hold what is purged in it."""
    if not isinstance(log.target, Path):
        return []
    name = log.target.name
    # The last is what a restore leaves that was killed.
    patterns = (f"{name}.before-*", f"{name}.aside-*", f"{STAGED}*")
    return sorted(file.name for pattern in patterns for file in log.target.parent.glob(pattern))


def _wipe_file(path: Path) -> None:
    try:
        with contextlib.closing(sqlite3.connect(path, isolation_level=None, timeout=_LOCK_WAIT_S)) as raw:
            raw.execute("PRAGMA secure_delete = ON")
            # Pages that were rebuilt may hold copies of what was taken elsewhere: only a new file has none.
            raw.execute("VACUUM")
            is_busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error as error:
        result = getattr(error, "sqlite_errorcode", 0) & 0xFF
        reason = {sqlite3.SQLITE_BUSY: "open", sqlite3.SQLITE_FULL: "full"}.get(result, "other")
        raise TracesLeftError(file=path.name, reason=reason) from error
    if is_busy:
        raise TracesLeftError(file=path.name, reason="open")


def _overwrite_what_goes(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")


def _sealed(connection: Connection) -> int:
    last = connection.scalar(select(func.max(DAY_CLOSE.c.last_seq)))
    if last is None:
        raise PurgeUnsealedError
    return int(last)


def _is_old(kind: RecordKind, on: dt.date) -> ColumnElement[bool]:
    """Entries of the kind that still have their body and are not later than that day.

    An act at the counter is as old as its case's number 受付番号, anything else as itself.
    """
    kinds = PURGEABLE[kind]
    by_number = and_(ENTRY.c.kind.in_(sorted(kinds & AT_COUNTER)), ENTRY.c.case_number != "")
    is_old = or_(
        and_(by_number, _numbers_until(on)),
        and_(ENTRY.c.kind.in_(sorted(kinds)), not_(by_number), ENTRY.c.day <= on),
    )
    return and_(ENTRY.c.body.is_not(None), is_old)


def _numbers_until(on: dt.date) -> ColumnElement[bool]:
    """Case numbers of the days up to `on`, as ranges of text that an index can use; "." follows "-"."""
    number = ENTRY.c.case_number
    ranges = [
        and_(number >= f"R{year - 2018}-", number < f"R{year - 2018}.")
        for year in range(_FIRST_ERA_YEAR, on.year)
    ]
    if on.year >= _FIRST_ERA_YEAR:
        year = f"R{on.year - 2018}-"
        ranges.append(and_(number >= year, number < f"{year}{on:%m%d}."))
    return or_(*ranges) if ranges else false()


def _looked_over(
    connection: Connection, kind: RecordKind, on: dt.date, sealed: int
) -> tuple[Purged, Sequence[str]]:
    digest = hashlib.sha256()
    entries, numbers = 0, dict[str, None]()
    for row in _rows(connection, kind, on, sealed):
        digest.update(("\t".join(map(str, row)) + "\n").encode())
        entries += 1
        if row[3] and row[2] in PURGEABLE[RecordKind.CASES]:
            numbers[str(row[3])] = None
    unsealed = select(func.count()).where(_is_old(kind, on), ENTRY.c.seq > sealed)
    told = Purged(
        kind,
        on,
        entries,
        len(numbers),
        connection.scalar(unsealed) or 0,
        digest.hexdigest() if entries else "",
    )
    return told, tuple(numbers)


def _rows(connection: Connection, kind: RecordKind, on: dt.date, sealed: int) -> Iterator[tuple[object, ...]]:
    after = 0
    while True:
        query = (
            select(*_COLUMNS)
            .where(ENTRY.c.seq > after, ENTRY.c.seq <= sealed, _is_old(kind, on))
            .order_by(ENTRY.c.seq)
            .limit(_BATCH)
        )
        rows = connection.execute(query).all()
        yield from map(tuple, rows)
        if len(rows) < _BATCH:
            return
        after = rows[-1].seq


def _take(connection: Connection, told: Purged, sealed: int, numbers: Iterable[str]) -> None:
    goes = and_(ENTRY.c.seq <= sealed, _is_old(told.kind, told.on))
    # The id of a spooled entry stands in its body; the row here would be told of nothing then.
    spooled = select(ENTRY.c.seq).where(goes)
    connection.execute(delete(MERGED_SPOOL).where(MERGED_SPOOL.c.seq.in_(spooled)))
    taken = connection.execute(update(ENTRY).where(goes).values(body=None, salt=None)).rowcount
    if taken != told.entries:
        raise AssertionError("the purge is not what was counted under the same lock")
    if told.kind is RecordKind.CASES:
        forget(connection, numbers)
        _tell_again(connection, numbers)
    elif told.kind is RecordKind.STAFF:
        begin = dt.datetime.combine(told.on + dt.timedelta(days=1), dt.time(), JST)
        connection.execute(delete(STAFF_SESSION).where(STAFF_SESSION.c.started_at < time_text(begin)))


def _tell_again(connection: Connection, numbers: Iterable[str]) -> None:
    """What is left of a case, because it was written after the last day close, is told of it alone."""
    waiting = iter(numbers)
    while batch := list(itertools.islice(waiting, _ASKED_AT_ONCE)):
        query = select(ENTRY).where(ENTRY.c.case_number.in_(batch), ENTRY.c.body.is_not(None))
        for row in connection.execute(query.order_by(ENTRY.c.seq)).all():
            derive(connection, Link(*row))


def _proof(told: Purged, sealed: int, staff: ClerkId, at: dt.datetime) -> LogEntry:
    counts = {"entries": min(told.entries, _MOST_COUNTED)}
    if told.cases:
        counts["cases"] = told.cases
    return LogEntry(
        EntryKind.PURGED,
        None,
        staff,
        at,
        names=tuple(sorted(kind.value for kind in PURGEABLE[told.kind])),
        counts=counts,
        on=told.on,
        ref=sealed,
        digest=told.digest,
    )

"""Putting a backup 控え in the place of the log: checked first, what was there kept, the act in the chain."""

import contextlib
import datetime as dt
import errno
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import insert, select, update

from kakanai.sessionlog.case_number import CaseNumber, ClerkId
from kakanai.sessionlog.chain import Head, time_text
from kakanai.sessionlog.chain_check import read_back
from kakanai.sessionlog.entry import JST, LogEntry
from kakanai.sessionlog.errors import (
    LogDamagedError,
    LogDiskFullError,
    LogNewerSchemaError,
    LogUnwritableError,
    LogUpgradeError,
)
from kakanai.sessionlog.new_file import remove_log_file, sync_folder
from kakanai.sessionlog.rescue import numbers_of_day
from kakanai.sessionlog.row_copy import copy_rows, has_rows
from kakanai.sessionlog.staff_tables import STAFF_SESSION
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.tables import GIVEN_NUMBER
from kakanai.sessionlog.upkeep_errors import BackupUnusableError, RestorePlaceError
from kakanai.sessionlog.words import EntryKind
from kakanai.sessionlog.writing import Writing, head_of

STAGED: Final = "restoring.sqlite3"
"""The copy's name; where a restore was killed it stays until the next one."""

_HEADER: Final = b"SQLite format 3\0"
_BESIDE: Final = ("-wal", "-journal")
_MOST_COUNTED: Final = 999_999_999


@dataclass(frozen=True)
class Staged:
    """A copy of a backup, checked and of this version, that nobody uses yet. `digest` is of the backup."""

    path: Path
    head: Head
    digest: str
    backup: str


@dataclass(frozen=True)
class Restored:
    """What became of it: the chain's new end, and under which name the former file was kept ("": none).

    `later` are the entries that only the kept file has, None where it could not be read; `numbers` are the
    case numbers 受付番号 of today that were given after the backup, and are not given again.
    """

    head: Head
    aside: str
    later: int | None
    numbers: int


@contextlib.contextmanager
def staged(backup: Path, folder: Path) -> Iterator[Staged]:
    """A checked copy of the backup in `folder`, gone at the end unless it was put in place.

    One of an older version is brought to this version on the way. The backup itself is only read.

    Raises:
        BackupUnusableError: it cannot be restored.
        RestorePlaceError: there is no room for the copy.
    """
    path = folder / STAGED
    remove_log_file(path)
    try:
        digest = _copy(backup, path)
        yield Staged(path, _checked(path, backup), digest, backup.name)
    finally:
        remove_log_file(path)
        for left in folder.glob(f"{STAGED}.before-*"):
            left.unlink(missing_ok=True)


def restore_file(
    new: Staged, place: Path, staff: ClerkId, at: dt.datetime, codes: tuple[str, ...] = ()
) -> Restored:
    """Put the copy in the place of the log's file; what was there stays beside it as `.aside-<time>`.

    Until the very end, and if anything goes wrong, the former file stands in its place. `codes` are told in
    the entry, of what was known against the backup.

    Raises:
        RestorePlaceError: another program uses the log, or the place cannot be written.
        LogStorageError: in one of its kinds.
    """
    with _place_told(place):
        later, numbers = _present(place, new.head, at.astimezone(JST).date())
        with contextlib.closing(sqlite3.connect(new.path, isolation_level=None)) as raw:
            raw.execute("PRAGMA journal_mode = WAL").fetchone()
        with SessionLog.open(new.path) as log, log.writing() as writing:
            head, added = _finish(writing, new, staff, at, numbers, later, codes)
        aside = _swap(new.path, place, at)
    return Restored(head, aside, later, added)


def restore_server(
    new: Staged, log: SessionLog, staff: ClerkId, at: dt.datetime, codes: tuple[str, ...] = ()
) -> Restored:
    """Copy everything into the empty database of a server, in one transaction.

    Raises:
        RestorePlaceError: it is not empty; nothing was changed.
        LogStorageError: in one of its kinds; nothing was changed.
    """
    with SessionLog.open(new.path) as source, source.reading() as rows, log.writing() as writing:
        if has_rows(writing.connection):
            raise RestorePlaceError(path=log.place, reason="occupied")
        copy_rows(rows, writing.connection)
        writing.head = head_of(writing.connection)
        head, _ = _finish(writing, new, staff, at, (), None, codes)
    return Restored(head, "", None, 0)


def _copy(backup: Path, path: Path) -> str:
    try:
        with backup.open("rb") as source:
            if source.read(len(_HEADER)) != _HEADER:
                raise BackupUnusableError(file=backup.name, reason="foreign", seq=0)
            source.seek(0)
            digest = hashlib.file_digest(source, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise BackupUnusableError(file=backup.name, reason="missing", seq=0) from error
    except OSError as error:
        raise BackupUnusableError(file=backup.name, reason="unreadable", seq=0) from error
    with _place_told(path):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        shutil.copyfile(backup, path)
        for end in _BESIDE:
            # Somebody copied a log in use, with what lay beside it.
            beside = backup.with_name(backup.name + end)
            if beside.exists():
                shutil.copyfile(beside, path.with_name(path.name + end))
    return digest


def _checked(path: Path, backup: Path) -> Head:
    try:
        with SessionLog.open(path) as log:
            log.check()
            told = read_back(log)
    except LogNewerSchemaError as error:
        raise BackupUnusableError(file=backup.name, reason="version", seq=0) from error
    except (LogDamagedError, LogUpgradeError) as error:
        raise BackupUnusableError(file=backup.name, reason="damaged", seq=0) from error
    except (LogDiskFullError, LogUnwritableError) as error:
        raise RestorePlaceError(path=str(path), reason="full") from error
    if told.wrong_seq:
        raise BackupUnusableError(file=backup.name, reason="chain", seq=told.wrong_seq)
    if told.head is None:
        raise BackupUnusableError(file=backup.name, reason="empty", seq=0)
    return told.head


def _present(place: Path, head: Head, today: dt.date) -> tuple[int | None, Iterable[str]]:
    """What the present file has that the backup has not, when no other program has it open.

    How many entries, None where nobody can say; and the case numbers given today. A damaged file cannot be
    asked whether others have it open, and whoever still writes into it writes into what is kept aside.
    """
    if not place.exists():
        return None, ()
    entries = "SELECT count(*) FROM entry WHERE seq > ? OR (seq = ? AND hash <> ?)"
    given = "SELECT case_number FROM given_number WHERE day = ?"
    with contextlib.closing(sqlite3.connect(place, isolation_level=None, timeout=1.0)) as raw:
        try:
            # In this mode SQLite wants the file for itself, whoever else only has it open.
            raw.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
            raw.execute("BEGIN EXCLUSIVE")
            raw.execute("COMMIT")
            # What stands in the WAL must be in the file that is kept.
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            later = int(raw.execute(entries, (head.seq, head.seq, head.hash)).fetchone()[0])
            numbers = [str(number) for (number,) in raw.execute(given, (today.isoformat(),))]
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise RestorePlaceError(path=str(place), reason="open") from error
            later, numbers = None, []
    return (later, numbers) if later is not None else (None, numbers_of_day(place, today))


def _finish(
    writing: Writing,
    new: Staged,
    staff: ClerkId,
    at: dt.datetime,
    numbers: Iterable[str],
    later: int | None,
    codes: tuple[str, ...],
) -> tuple[Head, int]:
    """Sign everybody out, keep today's numbers from being given again, tell of it; the end, how many."""
    connection = writing.connection
    ended = update(STAFF_SESSION).where(STAFF_SESSION.c.ended_at.is_(None)).values(ended_at=time_text(at))
    connection.execute(ended)
    counts = {"entries": min(new.head.seq, _MOST_COUNTED)}
    if later is not None:
        counts["later"] = min(later, _MOST_COUNTED)
    writing.append(
        LogEntry(
            EntryKind.RESTORED,
            None,
            staff,
            at,
            codes=codes,
            counts=counts,
            ref=new.head.seq,
            digest=new.digest,
        )
    )
    known = set(connection.execute(select(GIVEN_NUMBER.c.case_number)).scalars())
    today = at.astimezone(JST).date()
    # Given one after the other: those before the last were given too, whatever a damaged file tells.
    last = max((int(number[-4:]) for number in numbers), default=0)
    lacking = sorted({str(CaseNumber.build(today, serial)) for serial in range(1, last + 1)} - known)
    for number in lacking:
        row = {"day": today, "serial": int(number[-4:]), "case_number": number}
        connection.execute(insert(GIVEN_NUMBER), row)
    return writing.head or new.head, len(lacking)


def _swap(new: Path, place: Path, at: dt.datetime) -> str:
    """The new file in its place, the former one beside it; its name ("": there was none)."""
    aside = place.with_name(f"{place.name}.aside-{at.astimezone(dt.UTC):%Y%m%dT%H%M%S%fZ}")
    is_kept = place.exists()
    if is_kept:
        try:
            os.link(place, aside)
        except OSError:  # a file system without links
            shutil.copyfile(place, aside)
            aside.chmod(0o600)
    for end in _BESIDE:
        # Only beside a damaged file: SQLite would write it into the new one.
        beside = place.with_name(place.name + end)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + end))
    with contextlib.suppress(OSError):
        place.with_name(place.name + "-shm").unlink(missing_ok=True)
    new.replace(place)
    sync_folder(place.parent)
    return aside.name if is_kept else ""


@contextlib.contextmanager
def _place_told(place: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        is_full = getattr(error, "errno", 0) in (errno.ENOSPC, errno.EDQUOT)
        is_full = is_full or getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
        raise RestorePlaceError(path=str(place), reason="full" if is_full else "unwritable") from error

"""A backup 控え of the log while it is used: one file of SQLite, of whichever database, read back at once."""

import contextlib
import datetime as dt
import errno
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kakanai.sessionlog.case_number import ClerkId
from kakanai.sessionlog.chain import Head
from kakanai.sessionlog.chain_check import read_back
from kakanai.sessionlog.entry import LogEntry
from kakanai.sessionlog.errors import (
    LogDamagedError,
    LogDiskFullError,
    LogLockedError,
    LogStorageError,
    LogUnwritableError,
)
from kakanai.sessionlog.new_file import put_if_free, remove_log_file
from kakanai.sessionlog.row_copy import copy_rows
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.upkeep_errors import BackupFailedError, BackupPlaceError
from kakanai.sessionlog.words import EntryKind
from kakanai.sessionlog.writing import head_of

_PART: Final = ".part"
_KIB: Final = 1024
_MOST_COUNTED: Final = 999_999_999
_LOCK_WAIT_S: Final = 5.0
_OF_SOURCE: Final[dict[int, type[LogStorageError]]] = {
    sqlite3.SQLITE_BUSY: LogLockedError,
    sqlite3.SQLITE_CORRUPT: LogDamagedError,
    sqlite3.SQLITE_NOTADB: LogDamagedError,
}


@dataclass(frozen=True)
class Backup:
    """A backup that read back whole: the end of its chain (None: no entry), its bytes and their SHA-256."""

    path: Path
    head: Head | None
    size: int
    digest: str

    @property
    def entries(self) -> int:
        """How many entries are in it."""
        return self.head.seq if self.head else 0

    def to_entry(self, staff: ClerkId, at: dt.datetime) -> LogEntry:
        """The entry that tells of it."""
        counts = {"entries": self.entries, "kib": min(-(-self.size // _KIB), _MOST_COUNTED)}
        ref = self.head.seq if self.head else None
        return LogEntry(EntryKind.BACKED_UP, None, staff, at, counts=counts, ref=ref, digest=self.digest)


def write_backup(log: SessionLog, path: Path) -> Backup:
    """Write all of the log, as of one moment, into a new file (0600) that needs nothing beside it.

    Others go on reading and writing meanwhile. The copy is read back, entry by entry, before it gets its
    name; when this returns it is on disk. Append `Backup.to_entry` to the log afterwards.

    Raises:
        BackupPlaceError: the file is there already, or cannot be written.
        BackupFailedError: the copy did not read back as the log.
        LogStorageError: the log could not be read. In each case there is no file of that name but the old.
    """
    part = path.with_name(path.name + _PART)
    _require_place(log, path)
    try:
        # One that a power cut left behind is in nobody's way.
        remove_log_file(part)
        with _place_told(path):
            os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            if isinstance(log.target, Path):
                _copy_file(log.target, part)
            else:
                _copy_server(log, part)
            _close_up(part)
            head = _require_whole(part, path, log)
            with part.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = part.stat().st_size
            if not put_if_free(part, path):
                raise BackupPlaceError(file=path.name, reason="exists")
    finally:
        remove_log_file(part)
    return Backup(path, head, size, digest)


def _require_place(log: SessionLog, path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise BackupPlaceError(file=path.name, reason="exists")
    if not path.parent.is_dir():
        raise BackupPlaceError(file=path.name, reason="folder")
    with contextlib.suppress(OSError):
        free = shutil.disk_usage(path.parent).free
        if isinstance(log.target, Path) and free < log.target.stat().st_size:
            raise BackupPlaceError(file=path.name, reason="full")


@contextlib.contextmanager
def _place_told(path: Path) -> Iterator[None]:
    """What goes wrong with the new file, told by its name."""
    try:
        yield
    except (sqlite3.Error, LogDiskFullError, LogUnwritableError, OSError) as error:
        is_full = getattr(error, "errno", 0) in (errno.ENOSPC, errno.EDQUOT) or isinstance(
            error, LogDiskFullError
        )
        is_full = is_full or getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
        raise BackupPlaceError(file=path.name, reason="full" if is_full else "unwritable") from error


def _copy_file(source_path: Path, part: Path) -> None:
    # Opened so that it is not made anew if it was taken away meanwhile.
    source = sqlite3.connect(source_path.absolute().as_uri() + "?mode=rw", uri=True, timeout=_LOCK_WAIT_S)
    with contextlib.closing(source), contextlib.closing(sqlite3.connect(part)) as target:
        target.execute("PRAGMA synchronous = FULL")
        try:
            # The copying itself would wait for ever for whoever holds the file alone.
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            source.backup(target)
        except sqlite3.Error as error:
            if kind := _OF_SOURCE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF):
                raise kind(path=str(source_path)) from error
            raise


def _copy_server(log: SessionLog, part: Path) -> None:
    with SessionLog.open(part) as copy, log.reading() as source, copy.writing() as writing:
        copy_rows(source, writing.connection)


def _close_up(part: Path) -> None:
    """From now on the file needs no other beside it, and can be read on a disk that is written once."""
    with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE").fetchone()


def _require_whole(part: Path, path: Path, log: SessionLog) -> Head | None:
    try:
        with SessionLog.open(part) as copy:
            copy.check()
            told = read_back(copy)
            with copy.reading() as connection:
                head = head_of(connection)
    except (LogDiskFullError, LogUnwritableError):
        raise
    except LogStorageError as error:
        raise BackupFailedError(file=path.name, seq=0) from error
    if told.wrong_seq or told.head != head or (head is not None and not log.holds(head.seq, head.hash)):
        raise BackupFailedError(file=path.name, seq=told.wrong_seq)
    return head

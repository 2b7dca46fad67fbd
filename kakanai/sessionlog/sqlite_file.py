"""Everything about the log that only SQLite knows: file, pragmas, locks, result codes."""

import contextlib
import os
import random
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from kakanai.sessionlog.case_number import LAST_SERIAL
from kakanai.sessionlog.errors import (
    LogDamagedError,
    LogDiskFullError,
    LogLockedError,
    LogStorageError,
    LogUnwritableError,
)
from kakanai.sessionlog.sqlite_schema import damage

_FILE_HEADER: Final = b"SQLite format 3\0"
"""Given: https://sqlite.org/fileformat.html 1.3."""

_LOCK_WAIT_S: Final = 5.0
_ASK_AGAIN_S: Final = (0.002, 0.02)

_ERROR_OF_RESULT: Final[dict[int, type[LogStorageError]]] = {
    # See https://sqlite.org/rescode.html
    sqlite3.SQLITE_BUSY: LogLockedError,
    sqlite3.SQLITE_LOCKED: LogLockedError,
    sqlite3.SQLITE_FULL: LogDiskFullError,
    sqlite3.SQLITE_READONLY: LogUnwritableError,
    sqlite3.SQLITE_CANTOPEN: LogUnwritableError,
    sqlite3.SQLITE_PERM: LogUnwritableError,
    sqlite3.SQLITE_NOTADB: LogDamagedError,
    sqlite3.SQLITE_CORRUPT: LogDamagedError,
}


@contextlib.contextmanager
def storage_failures(path: Path) -> Iterator[None]:
    """Database failures inside come out as LogStorageError; broken rules of ours come out as they are."""
    try:
        yield
    except DBAPIError as error:
        result = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        if result == sqlite3.SQLITE_CONSTRAINT:
            raise
        raise _ERROR_OF_RESULT.get(result, LogStorageError)(path=str(path)) from error


class SqliteFile:
    """The log's file, opened; a Database."""

    last_serial = LAST_SERIAL
    has_one_clock = True

    def __init__(self, path: Path) -> None:
        """The file at `path`, made with its folder, for this account alone (0600), if it is not there; empty.

        Raises:
            LogUnwritableError: it cannot be made.
            LogDamagedError: it is no database; it was left as it is.
        """
        _create_private_file(path)
        self.path = path
        self.engine: Engine = create_engine(
            URL.create("sqlite+pysqlite", database=str(path)),
            connect_args={"timeout": _LOCK_WAIT_S, "check_same_thread": False},
            # A broken rule's message must not repeat what was to be written.
            hide_parameters=True,
        )
        event.listen(self.engine, "connect", _set_up_connection)
        event.listen(self.engine, "begin", _begin)
        self._writing = self.engine.execution_options(begin="IMMEDIATE")

    @property
    def name(self) -> str:
        """The file."""
        return str(self.path)

    def failures(self) -> contextlib.AbstractContextManager[None]:
        """See Database."""
        return storage_failures(self.path)

    def reading(self) -> contextlib.AbstractContextManager[Connection]:
        """See Database."""
        return self.engine.connect()

    def writing(self) -> contextlib.AbstractContextManager[Connection]:
        """See Database; it holds the file's write lock from its start, and readers go on beside it."""
        return self._writing.begin()

    def damage(self, connection: Connection) -> str:
        """See Database; takes as long as reading the file."""
        return damage(connection)

    def use_wal(self) -> None:
        """Have the file written ahead (WAL) from now on; only outside of any transaction."""
        raw = self.engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA journal_mode = WAL").close()
        finally:
            raw.close()

    def sync_folder(self) -> None:
        """The new file's name is on disk too; Windows keeps names by itself and cannot be asked."""
        if os.name != "posix":
            return
        handle = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _create_private_file(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # SQLite gives its -wal and -shm files the mode of the main file.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        with path.open("rb") as file:
            start = file.read(len(_FILE_HEADER))
        # SQLite takes a very short file of anything for an empty database and overwrites it (tried).
        if start not in (b"", _FILE_HEADER):
            raise LogDamagedError(path=str(path))
        if os.name == "posix":
            path.chmod(0o600)
    except OSError as error:
        raise LogUnwritableError(path=str(path)) from error


def _set_up_connection(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver would open transactions by its own rules; _begin opens them by ours.
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        # FULL: a commit is on disk when it returns, also in WAL mode.
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
    finally:
        cursor.close()


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("begin") == "IMMEDIATE":
        _begin_writing(connection)
    else:
        connection.exec_driver_sql("BEGIN DEFERRED")


def _begin_writing(connection: Connection) -> None:
    """Take the write lock, asking for it every few milliseconds.

    SQLite itself asks ever more rarely, ten times a second in the end: of eight that write without pause, one
    then waits in vain for seconds (observed).
    """
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError("the engine is not SQLite's")
    end = time.monotonic() + _LOCK_WAIT_S
    driver.execute("PRAGMA busy_timeout = 0").close()
    try:
        while True:
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            except DBAPIError as error:
                result = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
                if result != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                    raise
                time.sleep(random.uniform(*_ASK_AGAIN_S))  # noqa: S311  # so that two do not keep step
            else:
                return
    finally:
        driver.execute(f"PRAGMA busy_timeout = {int(_LOCK_WAIT_S * 1000)}").close()

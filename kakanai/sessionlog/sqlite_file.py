"""Everything about the log that only SQLite knows: file, pragmas, triggers, result codes."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from kakanai.sessionlog.errors import (
    LogDamagedError,
    LogDiskFullError,
    LogLockedError,
    LogNewerSchemaError,
    LogStorageError,
    LogUnwritableError,
)
from kakanai.sessionlog.sqlite_schema import is_whole, trigger_statements
from kakanai.sessionlog.tables import SCHEMA_VERSION, Table

_APPLICATION_ID: Final = 0x4B4B4E49
"""ASCII "KKNI" in the file's header, so that another program's database is never taken for ours."""

_FILE_HEADER: Final = b"SQLite format 3\0"
"""Given: https://sqlite.org/fileformat.html 1.3."""

_LOCK_WAIT_S: Final = 5.0

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


def open_engine(path: Path) -> Engine:
    """An engine on the log's file at `path`, made with folder and tables if it is not there.

    The file is for this account alone (0600 on POSIX). A transaction begun with the execution option
    `begin="IMMEDIATE"` holds the write lock from its start.

    Raises:
        LogStorageError: In one of its kinds; an existing file is left as it was.
    """
    _create_private_file(path)
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        connect_args={"timeout": _LOCK_WAIT_S, "check_same_thread": False},
        # A broken rule's message must not repeat what was to be written.
        hide_parameters=True,
    )
    event.listen(engine, "connect", _set_up_connection)
    event.listen(engine, "begin", _begin)
    try:
        with storage_failures(path):
            _prepare(engine, path)
        _sync_folder(path.parent)
    except BaseException:
        engine.dispose()
        raise
    return engine


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
    mode = "IMMEDIATE" if connection.get_execution_options().get("begin") == "IMMEDIATE" else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {mode}")


def _prepare(engine: Engine, path: Path) -> None:
    """Recognise our file, make the tables in an empty one, and those that an older one lacks."""
    with engine.connect() as connection:
        version = _recognise(connection, path)
    if version == 0:
        # Not within a transaction: SQLite cannot change the journal mode there.
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA journal_mode = WAL").close()
        finally:
            raw.close()
        with engine.execution_options(begin="IMMEDIATE").begin() as connection:
            # Another process may have made them while we waited for the lock.
            if _recognise(connection, path) == 0:
                _create(connection, 0)
    elif version < SCHEMA_VERSION:
        with engine.execution_options(begin="IMMEDIATE").begin() as connection:
            version = _recognise(connection, path)
            if version < SCHEMA_VERSION:
                _create(connection, version)


def _recognise(connection: Connection, path: Path) -> int:
    """The schema version of the file, 0 for an empty file."""
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    if application == 0 and version == 0 and not inspect(connection).get_table_names():
        return 0
    if application != _APPLICATION_ID or version == 0:
        raise LogDamagedError(path=str(path))
    if version > SCHEMA_VERSION:
        raise LogNewerSchemaError(path=str(path), version=version)
    if not is_whole(connection, version):
        raise LogDamagedError(path=str(path))
    return version


def _create(connection: Connection, version: int) -> None:
    """Make what a file of this version (0: an empty one) lacks; what is in it stays as it is."""
    there = set(trigger_statements(version))
    Table.metadata.create_all(connection)
    for name, statement in trigger_statements().items():
        if name not in there:
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _sync_folder(folder: Path) -> None:
    """The new file's name is on disk too; Windows keeps names by itself and cannot be asked."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

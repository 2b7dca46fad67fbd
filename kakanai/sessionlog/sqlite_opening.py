"""Opening the log's SQLite file: made if it is not there, recognised, brought to this version."""

from pathlib import Path

from sqlalchemy import Connection

from kakanai.sessionlog.database import SCHEMA
from kakanai.sessionlog.errors import LogDamagedError, LogNewerSchemaError
from kakanai.sessionlog.legacy_schema import LEGACY_VERSIONS, is_whole_legacy
from kakanai.sessionlog.schema import create_schema, is_newer, schema_of
from kakanai.sessionlog.sqlite_file import SqliteFile
from kakanai.sessionlog.sqlite_schema import (
    APPLICATION_ID,
    USER_VERSION,
    is_empty,
    is_whole,
    mark_of,
    put_mark,
)

EMPTY = ""
"""What stands for the version of a file without tables."""


def open_file(path: Path) -> SqliteFile:
    """The log in the file `path`.

    A file of an older version is copied beside itself (`.before-0002-<time>`) and brought to this version.

    Raises:
        LogStorageError: In one of its kinds; an existing file is left as it was.
    """
    file = SqliteFile(path)
    try:
        with file.failures():
            _prepare(file)
        file.sync_folder()
    except BaseException:
        file.engine.dispose()
        raise
    return file


def _prepare(file: SqliteFile) -> None:
    with file.reading() as connection:
        version = recognise(connection, file.path)
    if version == EMPTY:
        file.use_wal()
        with file.writing() as connection:
            # Another process may have made them while we waited for the lock.
            if recognise(connection, file.path) == EMPTY:
                create_schema(connection)
                put_mark(connection)
    elif version != SCHEMA:
        # Alembic takes a moment to load, and is needed once in a file's life.
        from kakanai.sessionlog.upgrade import upgrade_file

        upgrade_file(file)


def recognise(connection: Connection, path: Path) -> str:
    """The migration that made the file's tables: EMPTY, "1" or "2" before there were migrations, "0001" on.

    Raises:
        LogDamagedError: it is not ours, or is not what its version must be.
        LogNewerSchemaError: a newer version of the program made it.
    """
    application, version = mark_of(connection)
    if (application, version) == (0, 0) and is_empty(connection):
        return EMPTY
    if application != APPLICATION_ID or version == 0:
        raise LogDamagedError(path=str(path))
    if version > USER_VERSION:
        raise LogNewerSchemaError(path=str(path), version=version)
    if version in LEGACY_VERSIONS:
        if not is_whole_legacy(connection, version):
            raise LogDamagedError(path=str(path))
        return str(version)
    schema = schema_of(connection)
    if schema is not None and is_newer(schema):
        raise LogNewerSchemaError(path=str(path), version=schema)
    if schema != SCHEMA or not is_whole(connection):
        raise LogDamagedError(path=str(path))
    return schema

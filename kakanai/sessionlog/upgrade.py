"""Bringing a database of an older version to this one: copied first, all or nothing (Alembic)."""

import contextlib
import datetime as dt
import logging
import os
import sqlite3
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from kakanai.sessionlog.case_number import UNREGISTERED
from kakanai.sessionlog.database import SCHEMA
from kakanai.sessionlog.derived_anew import rebuild
from kakanai.sessionlog.entry import LogEntry
from kakanai.sessionlog.errors import LogDiskFullError, LogUpgradeError
from kakanai.sessionlog.schema import VERSION_TABLE
from kakanai.sessionlog.sqlite_file import SqliteFile
from kakanai.sessionlog.sqlite_opening import recognise
from kakanai.sessionlog.sqlite_schema import USER_VERSION, is_whole, put_mark, version_number
from kakanai.sessionlog.words import EntryKind
from kakanai.sessionlog.writing import Writing

_SCRIPTS: Final = Path(__file__).parent / "migrations"
_LOG = logging.getLogger(__name__)


def upgrade_file(file: SqliteFile) -> None:
    """Bring the file to this version; its copy `.before-<schema>-<time>` stays beside it.

    Raises:
        LogUpgradeError: it could not be brought over, and is as it was.
        LogStorageError: in another of its kinds; likewise.
    """
    with file.writing() as connection:
        # Another process may have done it while we waited for the lock.
        version = recognise(connection, file.path)
        if version == SCHEMA:
            return
        backup = copy_of(file.path)
        try:
            _upgrade(connection, version)
        except Exception as error:
            raise LogUpgradeError(path=file.name, backup=backup.name, version=version) from error
    _LOG.info("log upgraded from %s to %s, copy %s", version, SCHEMA, backup.name)


def run_migrations(connection: Connection) -> None:
    """Every migration that the database has not had; in the caller's transaction."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["version_table"] = VERSION_TABLE
    command.upgrade(config, "head")


def copy_of(path: Path) -> Path:
    """A copy of a log's file beside it, on disk, whole also while others read and write it.

    Raises:
        LogDiskFullError: there is no room; nothing was left behind.
    """
    now = dt.datetime.now(dt.UTC)
    backup = path.with_name(f"{path.name}.before-{SCHEMA}-{now:%Y%m%dT%H%M%S%fZ}")
    os.close(os.open(backup, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        source, target = sqlite3.connect(path), sqlite3.connect(backup)
        with contextlib.closing(source), contextlib.closing(target):
            target.execute("PRAGMA synchronous = FULL")
            source.backup(target)
    except (sqlite3.Error, OSError) as error:
        backup.unlink(missing_ok=True)
        raise LogDiskFullError(path=str(path)) from error
    return backup


def _upgrade(connection: Connection, version: str) -> None:
    run_migrations(connection)
    put_mark(connection)
    if not is_whole(connection):
        raise ValueError("the migrations do not make the tables of this version")
    rebuild(connection)
    told = LogEntry(
        EntryKind.SCHEMA_UPGRADED,
        None,
        UNREGISTERED,
        dt.datetime.now(dt.UTC),
        counts={"from_version": version_number(version), "to_version": USER_VERSION},
    )
    Writing(connection).append(told)

"""What a log's SQLite file must consist of: its mark, tables, guards against change, times in their form."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.sqlite import dialect

from kakanai.sessionlog.database import SCHEMA
from kakanai.sessionlog.guards import sqlite_guards
from kakanai.sessionlog.schema import every_table

APPLICATION_ID: Final = 0x4B4B4E49
"""ASCII "KKNI" in the file's header, so that another program's database is never taken for ours."""

USER_VERSION: Final = int(SCHEMA) + 1
"""In the file's header: 1 and 2 are the tables before the chain; from 3 on schema_version tells the rest."""

_DIGIT: Final = "[0-9]"
_TIME_FORM: Final = (
    "-".join(_DIGIT * n for n in (4, 2, 2)) + "T" + ":".join([_DIGIT * 2] * 3) + "." + _DIGIT * 6 + "Z"
)
"""How chain.time_text writes a moment, as a pattern of GLOB."""


def version_number(schema: str) -> int:
    """The user version that belongs to a migration (four digits), or to "1" or "2" from before them."""
    return int(schema) + 1 if len(schema) > 1 else int(schema)


def mark_of(connection: Connection) -> tuple[int, int]:
    """The application id and the user version in the file's header; both 0 in an empty file."""
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    return int(application), int(version)


def put_mark(connection: Connection) -> None:
    """Mark the file as ours, of this version."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {USER_VERSION}")


def is_empty(connection: Connection) -> bool:
    """Whether there is nothing at all in the file."""
    return connection.exec_driver_sql("SELECT 1 FROM sqlite_master LIMIT 1").first() is None


def is_whole(
    connection: Connection, tables: Iterable[Table] | None = None, guards: dict[str, str] | None = None
) -> bool:
    """Whether the file has these tables with their columns and these triggers, and no others.

    Columns are compared, and not the words of CREATE TABLE, which another SQLAlchemy may write another way.
    An index more or less changes nothing but speed.
    """
    found = connection.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    ).all()
    triggers = {name: _words(sql) for kind, name, sql in found if kind == "trigger"}
    wanted = sqlite_guards() if guards is None else guards
    if triggers != {name: _words(sql) for name, sql in wanted.items()}:
        return False
    by_name = {table.name: table for table in (every_table() if tables is None else tables)}
    if {name for kind, name, _ in found if kind in {"table", "view"}} != set(by_name):
        return False
    types = dialect()
    return all(
        _columns(connection, name)
        == {(c.name, c.type.compile(types), not c.nullable, c.primary_key) for c in table.columns}
        for name, table in by_name.items()
    )


def damage(connection: Connection) -> str:
    """The first thing that SQLite finds wrong within the file, in its own words; "" when there is none."""
    told: str = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if told != "ok":
        return told
    if not is_whole(connection):
        return "shape"
    return "time" if has_foreign_times(connection) else ""


def has_foreign_times(connection: Connection) -> bool:
    """Whether an entry's time is not of our form, so that no day would ever show it."""
    query = "SELECT 1 FROM entry WHERE at NOT GLOB ? OR julianday(at) IS NULL LIMIT 1"
    return connection.exec_driver_sql(query, (_TIME_FORM,)).first() is not None


def _columns(connection: Connection, table: str) -> set[tuple[str, str, bool, bool]]:
    told = connection.exec_driver_sql(f"PRAGMA table_info({table})").all()
    return {(row.name, row.type, bool(row.notnull), bool(row.pk)) for row in told}


def _words(sql: str) -> list[str]:
    return sql.split()

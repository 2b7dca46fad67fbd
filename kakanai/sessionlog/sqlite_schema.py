"""What a log's SQLite file must consist of: tables, guards against change, times in their form."""

from typing import Final

from sqlalchemy import Connection
from sqlalchemy import Table as TableOfSql
from sqlalchemy.dialects.sqlite import dialect

from kakanai.sessionlog.tables import SCHEMA_VERSION, EntryRow, SettingsChangeRow, Table

_DIGIT: Final = "[0-9]"
_TIME_FORM: Final = (
    "-".join(_DIGIT * n for n in (4, 2, 2)) + " " + ":".join([_DIGIT * 2] * 3) + "." + _DIGIT * 6
)
"""How SQLAlchemy writes a moment: 2026-11-21 03:00:00.000000. Days are told by comparing such texts."""


def tables_of(version: int) -> list[TableOfSql]:
    """The tables that a file of this schema version has, each after those it refers to."""
    return [table for table in Table.metadata.sorted_tables if table.info.get("since", 1) <= version]


def trigger_statements(version: int = SCHEMA_VERSION) -> dict[str, str]:
    """The CREATE TRIGGER of each guard, by its name: rows are neither changed nor deleted nor replaced."""
    statements = {}
    for table in tables_of(version):
        name = table.name
        same_key = " AND ".join(f"{key.name} = NEW.{key.name}" for key in table.primary_key)
        guards = {
            "no_update": f"BEFORE UPDATE ON {name}",
            "no_delete": f"BEFORE DELETE ON {name}",
            # INSERT OR REPLACE removes the old row without asking the delete trigger.
            "no_replace": f"BEFORE INSERT ON {name} WHEN EXISTS (SELECT 1 FROM {name} WHERE {same_key})",  # noqa: S608  # names are ours
        }
        for guard, moment in guards.items():
            statements[f"{name}_{guard}"] = (
                f"CREATE TRIGGER {name}_{guard} {moment} BEGIN SELECT RAISE(ABORT, 'append only'); END"
            )
    return statements


def is_whole(connection: Connection, version: int = SCHEMA_VERSION) -> bool:
    """Whether the file has the tables of this version with our columns and our triggers, and no others.

    Columns are compared, and not the words of CREATE TABLE, which another SQLAlchemy may write another way.
    An index more or less changes nothing but speed.
    """
    found = connection.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    ).all()
    triggers = {name: _words(sql) for kind, name, sql in found if kind == "trigger"}
    if triggers != {name: _words(sql) for name, sql in trigger_statements(version).items()}:
        return False
    tables = {table.name: table for table in tables_of(version)}
    if {name for kind, name, _ in found if kind in {"table", "view"}} != set(tables):
        return False
    types = dialect()
    return all(
        _columns(connection, name)
        == {(c.name, c.type.compile(types), not c.nullable, c.primary_key) for c in table.columns}
        for name, table in tables.items()
    )


def damage(connection: Connection) -> str:
    """The first thing that SQLite finds wrong within the file, in its own words; "" when there is none."""
    told: str = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if told != "ok":
        return told
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        return "foreign key"
    return "time" if has_foreign_times(connection) else ""


def has_foreign_times(connection: Connection) -> bool:
    """Whether an entry's time is not of our form, so that no day would ever show it."""
    queries = [
        f"SELECT 1 FROM {row.__tablename__}"  # noqa: S608  # the names are ours
        " WHERE at NOT GLOB ? OR julianday(at) IS NULL LIMIT 1"
        for row in (EntryRow, SettingsChangeRow)
    ]
    return any(connection.exec_driver_sql(query, (_TIME_FORM,)).first() for query in queries)


def _columns(connection: Connection, table: str) -> set[tuple[str, str, bool, bool]]:
    told = connection.exec_driver_sql(f"PRAGMA table_info({table})").all()
    return {(row.name, row.type, bool(row.notnull), bool(row.pk)) for row in told}


def _words(sql: str) -> list[str]:
    return sql.split()

"""The tables of the log before there was a chain, versions 1 and 2: to recognise such a file.

Frozen: it describes files that exist.
"""

from typing import Final

from sqlalchemy import Column, Connection, Date, DateTime, ForeignKey, Integer, MetaData, String, Table

from kakanai.sessionlog.guards import sqlite_guards
from kakanai.sessionlog.sqlite_schema import is_whole

LEGACY: Final = MetaData()

LEGACY_VERSIONS: Final = (1, 2)
"""1: cases alone. 2: changes of the town's settings too."""

_GIVEN_NUMBER: Final = Table(
    "given_number",
    LEGACY,
    Column("day", Date, primary_key=True),
    Column("serial", Integer, primary_key=True, autoincrement=False),
    Column("case_number", String(16), nullable=False),
)
ENTRY: Final = Table(
    "entry",
    LEGACY,
    Column("id", Integer, primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("case_number", String(16), nullable=False, index=True),
    Column("clerk", String(16), nullable=False),
    Column("at", DateTime, nullable=False, index=True),
    Column("card_kind", String(16)),
    Column("read_by", String(8)),
)


def _part_of_entry(name: str, *columns: Column[str] | Column[int]) -> Table:
    return Table(
        name,
        LEGACY,
        Column("entry_id", ForeignKey("entry.id"), primary_key=True),
        Column("position", Integer, primary_key=True),
        *columns,
    )


ENTRY_PROCEDURE: Final = _part_of_entry("entry_procedure", Column("procedure", String(40), nullable=False))
ENTRY_FORM: Final = _part_of_entry(
    "entry_form",
    Column("form", String(10), nullable=False),
    Column("version", String(16), nullable=False),
    Column("pages", Integer, nullable=False),
)
ENTRY_CODE: Final = _part_of_entry("entry_code", Column("code", String(5), nullable=False))
SETTINGS_CHANGE: Final = Table(
    "settings_change",
    LEGACY,
    Column("id", Integer, primary_key=True),
    Column("clerk", String(16), nullable=False),
    Column("at", DateTime, nullable=False, index=True),
)
SETTINGS_CHANGE_NAME: Final = Table(
    "settings_change_name",
    LEGACY,
    Column("change_id", ForeignKey("settings_change.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", String(80), nullable=False),
)

_SINCE_2: Final = frozenset({SETTINGS_CHANGE, SETTINGS_CHANGE_NAME})


def legacy_tables(version: int) -> list[Table]:
    """The tables of that version, each after those it refers to."""
    return [table for table in LEGACY.sorted_tables if version > 1 or table not in _SINCE_2]


def is_whole_legacy(connection: Connection, version: int) -> bool:
    """Whether a file has the tables and guards of that version, and no others."""
    tables = legacy_tables(version)
    return is_whole(connection, tables, sqlite_guards(tables))

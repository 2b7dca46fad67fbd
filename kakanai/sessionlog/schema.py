"""Which version of the tables a database has, kept in the database itself."""

from typing import Final

from sqlalchemy import Column, Connection, PrimaryKeyConstraint, Table, insert, inspect, select

import kakanai.sessionlog.case_tables
import kakanai.sessionlog.seal_tables
import kakanai.sessionlog.staff_tables  # noqa: F401  # all three put their tables into METADATA
from kakanai.sessionlog.database import SCHEMA
from kakanai.sessionlog.guards import create_guards
from kakanai.sessionlog.tables import METADATA, word

VERSION_TABLE: Final = "schema_version"

SCHEMA_VERSION: Final = Table(
    VERSION_TABLE,
    METADATA,
    Column("version_num", word(32), nullable=False),
    PrimaryKeyConstraint("version_num", name=f"{VERSION_TABLE}_pkc"),
)
"""Alembic's own table, under a name that no other program's Alembic uses in the same database."""


def every_table() -> list[Table]:
    """All tables that a database of this version has, each after those it refers to."""
    return METADATA.sorted_tables


def schema_of(connection: Connection) -> str | None:
    """The migration that made the tables; None where the database has no word of it."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(select(SCHEMA_VERSION.c.version_num)).scalar_one_or_none()


def create_schema(connection: Connection) -> None:
    """Make all tables of this version with their guards in an empty place; in the caller's transaction."""
    METADATA.create_all(connection)
    create_guards(connection)
    connection.execute(insert(SCHEMA_VERSION), {"version_num": SCHEMA})


def is_newer(version: str) -> bool:
    """Whether a newer version of the program made such tables; migrations are numbered in their order."""
    return version > SCHEMA

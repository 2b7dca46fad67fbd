"""The triggers that keep rows from being changed, removed or replaced by any program, on both databases."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, Table

from kakanai.sessionlog.tables import METADATA

FUNCTION: Final = "kakanai_refuse_change"
FUNCTION_BODY: Final = (
    "BEGIN RAISE EXCEPTION 'append only' USING ERRCODE = 'integrity_constraint_violation'; END"
)
_SQLITE_REFUSAL: Final = "BEGIN SELECT RAISE(ABORT, 'append only'); END"


def guarded_tables() -> list[Table]:
    """The append-only tables of the log."""
    return [table for table in METADATA.sorted_tables if table.info.get("append_only")]


def sqlite_guards(tables: Iterable[Table] | None = None) -> dict[str, str]:
    """The CREATE TRIGGER of each guard on SQLite, by its name."""
    statements = {}
    for table in guarded_tables() if tables is None else tables:
        name = table.name
        same_key = " AND ".join(f"{key.name} = NEW.{key.name}" for key in table.primary_key)
        moments = {
            "no_update": f"BEFORE UPDATE ON {name}",
            "no_delete": f"BEFORE DELETE ON {name}",
            # INSERT OR REPLACE removes the old row without asking the delete trigger.
            "no_replace": f"BEFORE INSERT ON {name} WHEN EXISTS (SELECT 1 FROM {name} WHERE {same_key})",  # noqa: S608  # names are ours
        }
        for guard, moment in moments.items():
            statements[f"{name}_{guard}"] = f"CREATE TRIGGER {name}_{guard} {moment} {_SQLITE_REFUSAL}"
    return statements


def postgres_guards(tables: Iterable[Table] | None = None) -> dict[str, str]:
    """The CREATE TRIGGER of each guard on PostgreSQL, by its name; all call FUNCTION."""
    moments = {
        "no_change": ("UPDATE OR DELETE", "ROW"),
        "no_truncate": ("TRUNCATE", "STATEMENT"),
    }
    return {
        f"{table.name}_{guard}": (
            f"CREATE TRIGGER {table.name}_{guard} BEFORE {act} ON {table.name}"
            f" FOR EACH {each} EXECUTE FUNCTION {FUNCTION}()"
        )
        for table in (guarded_tables() if tables is None else tables)
        for guard, (act, each) in moments.items()
    }


def create_guards(connection: Connection, tables: Iterable[Table] | None = None) -> None:
    """Put the guards on these tables, or on all; in the caller's transaction."""
    chosen = None if tables is None else list(tables)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql"
            f" AS $refusal${FUNCTION_BODY}$refusal$"
        )
        statements = postgres_guards(chosen)
    else:
        statements = sqlite_guards(chosen)
    for statement in statements.values():
        connection.exec_driver_sql(statement)


def drop_guards(connection: Connection, tables: Iterable[Table] | None = None) -> None:
    """Take the guards off, for a purge, which puts them back (`create_guards`) in the same transaction."""
    chosen = guarded_tables() if tables is None else list(tables)
    is_postgres = connection.dialect.name == "postgresql"
    for table in chosen:
        names = postgres_guards([table]) if is_postgres else sqlite_guards([table])
        for name in names:
            of_table = f" ON {table.name}" if is_postgres else ""
            connection.exec_driver_sql(f"DROP TRIGGER {name}{of_table}")

"""What a log's database on PostgreSQL must have: tables with their columns, and guards against change."""

from typing import Any

from sqlalchemy import Connection, Dialect, Table, inspect
from sqlalchemy.engine.interfaces import ReflectedColumn

from kakanai.sessionlog.guards import FUNCTION, FUNCTION_BODY, guarded_tables
from kakanai.sessionlog.schema import every_table


def has_any_table(connection: Connection) -> bool:
    """Whether a table has a name of ours, so that this is no empty place."""
    return not {table.name for table in every_table()}.isdisjoint(inspect(connection).get_table_names())


def is_whole(connection: Connection) -> bool:
    """Whether our tables have their columns and the guards are on; what else lies there is not ours."""
    looked = inspect(connection)
    names = set(looked.get_table_names())
    tables = every_table()
    if not names.issuperset(table.name for table in tables):
        return False
    types = connection.dialect
    found = looked.get_multi_columns(filter_names=[table.name for table in tables])
    columns = {name: _reflected(told, types) for (_, name), told in found.items()}
    return all(columns[table.name] == _wanted(table, types) for table in tables) and _has_guards(connection)


def _wanted(table: Table, types: Dialect) -> set[tuple[str, str, bool]]:
    return {(c.name, _bare(c.type.compile(types)), bool(c.nullable)) for c in table.columns}


def _reflected(columns: list[ReflectedColumn], types: Dialect) -> set[tuple[str, str, bool]]:
    return {(c["name"], _bare(c["type"].compile(types)), c["nullable"]) for c in columns}


def _bare(type_: str) -> str:
    """A type without the order its texts are compared in, which reflection does not always tell."""
    return type_.partition(" COLLATE")[0]


def _has_guards(connection: Connection) -> bool:
    body: Any = connection.exec_driver_sql(
        "SELECT prosrc FROM pg_proc WHERE proname = %s AND pronamespace = current_schema()::regnamespace",
        (FUNCTION,),
    ).scalar_one_or_none()
    if body is None or body.split() != FUNCTION_BODY.split():
        return False
    found = connection.exec_driver_sql(
        "SELECT tgname, tgtype, tgrelid::regclass::text FROM pg_trigger"
        " WHERE NOT tgisinternal AND tgenabled = 'O' AND tgqual IS NULL"
        " AND tgfoid = (SELECT oid FROM pg_proc WHERE proname = %s"
        "  AND pronamespace = current_schema()::regnamespace)",
        (FUNCTION,),
    ).all()
    return {_GUARD_TYPES.get(kind, "") + table for _, kind, table in found} >= _wanted_guards()


_GUARD_TYPES = {27: "no_change ", 34: "no_truncate "}
"""By pg_trigger.tgtype: for each row 1, before 2, delete 8, update 16, truncate 32 (given: pg_trigger.h)."""


def _wanted_guards() -> set[str]:
    tables = [table.name for table in guarded_tables()]
    return {kind + table for kind in _GUARD_TYPES.values() for table in tables}

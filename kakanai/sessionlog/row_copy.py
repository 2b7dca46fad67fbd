"""All rows of a log into an empty one, whichever databases the two are: the tables have one shape on both."""

from typing import Final

from sqlalchemy import Connection, Table, func, insert, select

from kakanai.sessionlog.schema import SCHEMA_VERSION, every_table

_BATCH: Final = 2000


def copied_tables() -> list[Table]:
    """Everything but the word of which version the tables are."""
    return [table for table in every_table() if table is not SCHEMA_VERSION]


def has_rows(connection: Connection) -> bool:
    """Whether there is anything at all in the tables."""
    return any(connection.execute(select(*table.primary_key).limit(1)).first() for table in copied_tables())


def copy_rows(source: Connection, target: Connection) -> int:
    """Copy every row, in the caller's two transactions; how many.

    Raises:
        AssertionError: a table did not get all rows that it was given.
    """
    copied = 0
    for table in copied_tables():
        given = 0
        rows = source.execution_options(yield_per=_BATCH).execute(select(table).order_by(*table.primary_key))
        for part in rows.mappings().partitions(_BATCH):
            target.execute(insert(table), [dict(row) for row in part])
            given += len(part)
        if target.scalar(select(func.count()).select_from(table)) != given:
            raise AssertionError("rows were lost on the way")
        copied += given
    return copied

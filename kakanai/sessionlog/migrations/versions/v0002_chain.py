"""One chain of every act: what was kept of cases and of changes of settings moves into it, in its order.

For SQLite alone: no log lay on a server before this. What is told case by case is left empty here; upgrade.py
makes it from the chain.
"""

import datetime as dt
import heapq
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op

from kakanai.sessionlog import guards, legacy_schema
from kakanai.sessionlog.body import canonical_json
from kakanai.sessionlog.chain import Head, link_after, time_text

revision = "0002"
down_revision = "0001"

_TABLES = Path(__file__).with_name("v0002_tables.sql")
_MOVED = (
    "entry_procedure",
    "entry_form",
    "entry_code",
    "settings_change_name",
    "settings_change",
    "entry_before",
)
_BATCH = 1000
Told = tuple[str, dict[str, str]]
"""What an entry is ordered by, and its columns."""


def upgrade() -> None:
    """Move everything into the chain; counted before and after.

    Raises:
        ValueError: an entry was lost on the way; the transaction must be rolled back.
    """
    connection = op.get_bind()
    before = _count(connection, "entry") + _count(connection, "settings_change")
    for table in legacy_schema.LEGACY.sorted_tables:
        for guard in ("no_update", "no_delete", "no_replace"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table.name}_{guard}")
    for index in ("ix_entry_at", "ix_entry_case_number"):
        op.drop_index(index)
    op.rename_table("entry", "entry_before")
    for statement in _TABLES.read_text(encoding="utf-8").split(";"):
        if statement.strip():
            connection.exec_driver_sql(statement)
    _move(connection)
    if _count(connection, "entry") != before:
        raise ValueError("not every entry came over")
    for name in _MOVED:
        op.drop_table(name)
    guards.create_guards(connection)


def _count(connection: sa.Connection, table: str) -> int:
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())  # noqa: S608  # ours


def _move(connection: sa.Connection) -> None:
    head: Head | None = None
    columns = (
        *("seq", "at", "day", "kind", "case_number", "staff", "counter"),
        *("body", "salt", "body_hash", "prev", "hash"),
    )
    into = sa.text(
        f"INSERT INTO entry ({', '.join(columns)}) VALUES ({', '.join(':' + name for name in columns)})"  # noqa: S608  # ours
    )
    # Each in the order it was written in, which a clock that was set back does not change.
    told = heapq.merge(_in_order(_acts(connection)), _in_order(_changes(connection)), key=lambda one: one[0])
    while batch := list(itertools.islice(told, _BATCH)):
        rows = []
        for _, row in batch:
            link = link_after(head, counter="", **row)
            head = link.head
            rows.append({name: getattr(link, name) for name in columns} | {"day": link.day.isoformat()})
        connection.execute(into, rows)


def _in_order(rows: Iterator[dict[str, str]]) -> Iterator[Told]:
    latest = ""
    for row in rows:
        latest = max(latest, row["at"])
        yield latest, row


def _acts(connection: sa.Connection) -> Iterator[dict[str, str]]:
    parts = {
        "procedures": _lists(connection, "entry_procedure", "entry_id", "procedure"),
        "codes": _lists(connection, "entry_code", "entry_id", "code"),
        "forms": _lists(connection, "entry_form", "entry_id", "form, version, pages"),
    }
    for row in connection.exec_driver_sql("SELECT * FROM entry_before ORDER BY id").mappings():
        body: dict[str, Any] = {name: row[name] for name in ("card_kind", "read_by") if row[name]}
        body |= {name: told for name, lists in parts.items() if (told := lists.get(row["id"]))}
        yield _columns(row["at"], row["kind"], row["case_number"], row["clerk"], body)


def _changes(connection: sa.Connection) -> Iterator[dict[str, str]]:
    names = _lists(connection, "settings_change_name", "change_id", "name")
    for row in connection.exec_driver_sql("SELECT * FROM settings_change ORDER BY id").mappings():
        yield _columns(row["at"], "settings_changed", "", row["clerk"], {"names": names[row["id"]]})


def _columns(at: str, kind: str, case_number: str, staff: str, body: dict[str, Any]) -> dict[str, str]:
    moment = dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)
    return {
        "at": time_text(moment),
        "kind": kind,
        "case_number": case_number,
        "staff": staff,
        "body": canonical_json(body),
    }


def _lists(connection: sa.Connection, table: str, key: str, parts: str) -> dict[int, list[Any]]:
    """What belongs to each entry, in its order: a few words each, so that all of it fits into memory."""
    query = f"SELECT {key}, {parts} FROM {table} ORDER BY {key}, position"  # noqa: S608  # the names are ours
    lists: dict[int, list[Any]] = {}
    for owner, *told in connection.exec_driver_sql(query):
        lists.setdefault(owner, []).append(told[0] if len(told) == 1 else told)
    return lists

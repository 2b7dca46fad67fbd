"""The whole log as lines of JSON, for a verifier without a database: docs/log-format.md.

Personal data is in none of it, nor are password hashes: of the staff only number, role and the row's digest.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from sqlalchemy import Connection, Table, select

from kakanai.sessionlog.case_number import ClerkId
from kakanai.sessionlog.case_tables import DERIVED
from kakanai.sessionlog.chain import FIRST_PREV, Head, time_of, time_text
from kakanai.sessionlog.database import SCHEMA
from kakanai.sessionlog.seal_tables import OFFICE_KEY
from kakanai.sessionlog.staff_row import StaffRow
from kakanai.sessionlog.staff_tables import STAFF
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.tables import DAY_CLOSE, ENTRY, GIVEN_NUMBER, MERGED_SPOOL
from kakanai.sessionlog.words import LoggedRole
from kakanai.sessionlog.writing import head_of

FORMAT: Final = "kakanai-log-export-1"
_BATCH: Final = 2000
_SECTIONS: Final = (OFFICE_KEY, DAY_CLOSE, ENTRY, *DERIVED, MERGED_SPOOL)


def write_export(log: SessionLog, stream: BinaryIO, made_at: dt.datetime) -> Head | None:
    """Write everything that the verifier looks at, as of one moment; the chain's end as it was then.

    Args:
        log: An open log on any database; other programs may go on writing meanwhile.
        stream: Gets UTF-8; it is neither flushed nor closed here.
        made_at: Told in the header.

    Raises:
        LogStorageError: In one of its kinds; the stream holds an export without its end, which tells so.
        OSError: The stream took no more; likewise.
    """
    lines = ExportLines(stream)
    lines.header({"format": FORMAT, "schema": SCHEMA, "database": log.backend, "made_at": time_text(made_at)})
    with log.reading() as connection:
        head = head_of(connection)
        for table in _SECTIONS:
            lines.section(table.name, _rows(connection, table))
        lines.section(GIVEN_NUMBER.name, _rows(connection, GIVEN_NUMBER, GIVEN_NUMBER.c.case_number.name))
        lines.section(STAFF.name, _staff(connection))
    lines.end(head)
    return head


class ExportLines:
    """Writes an export line by line: a header, sections in the order of the format, an end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self._counts: dict[str, int] = {}

    def header(self, told: Mapping[str, str]) -> None:
        """The first line."""
        self._put(told)

    def section(self, name: str, rows: Iterator[Mapping[str, Any]]) -> None:
        """A line for each row of one kind."""
        count = 0
        for row in rows:
            self._put({"t": name, **row})
            count += 1
        self._counts[name] = count

    def end(self, head: Head | None, **more: object) -> None:
        """The last line: where the chain ended, how many lines there are of each kind, and their sum."""
        seq, last = (head.seq, head.hash) if head else (0, FIRST_PREV)
        # The sum is of all lines before this one.
        told = {"seq": seq, "head": last, "lines": self._counts, "sha256": self._digest.hexdigest()}
        self._put({"t": "end", **told, **more})

    def _put(self, told: Mapping[str, Any]) -> None:
        line = json.dumps(told, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode() + b"\n"
        self._digest.update(line)
        self._stream.write(line)


def _rows(connection: Connection, table: Table, order: str = "") -> Iterator[dict[str, Any]]:
    """All rows of a table in the order of its key, or of a column."""
    by = [table.c[order]] if order else list(table.primary_key)
    query = select(table).order_by(*by)
    for row in connection.execution_options(yield_per=_BATCH).execute(query).mappings():
        yield {
            name: value.isoformat() if isinstance(value, dt.date) else value for name, value in row.items()
        }


def _staff(connection: Connection) -> Iterator[dict[str, Any]]:
    rows = [dict(row) for row in connection.execute(select(STAFF)).mappings()]
    for row in sorted(rows, key=lambda row: str(row["number"])):
        member = StaffRow(
            number=ClerkId(row["number"]),
            role=LoggedRole(row["role"]),
            password_hash=row["password_hash"],
            created_at=time_of(row["created_at"]),
            card_uid_hash=row["card_uid_hash"],
            disabled_at=None if row["disabled_at"] is None else time_of(row["disabled_at"]),
            must_change=row["must_change"],
        )
        yield {"number": str(member.number), "role": member.role.value, "digest": member.digest}

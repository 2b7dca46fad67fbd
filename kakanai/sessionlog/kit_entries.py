"""What the chain tells of the downtime kit 停電・停止のときの用紙: printed, taken into the log, destroyed."""

from typing import Final

from sqlalchemy import Connection, select

from kakanai.sessionlog.chain import Link
from kakanai.sessionlog.entry import LogEntry
from kakanai.sessionlog.log_reading import LogReading
from kakanai.sessionlog.tables import ENTRY
from kakanai.sessionlog.words import EntryKind

KIT_KINDS: Final = (EntryKind.DOWNTIME_PRINTED, EntryKind.DOWNTIME_TAKEN, EntryKind.DOWNTIME_VOIDED)
"""Acts of no case, so that their index finds them; none is ever purged, or a number would count twice."""


def kit_entries(log: LogReading) -> list[tuple[int, LogEntry]]:
    """Every such act with its place, first to last.

    Raises:
        LogStorageError: In one of its kinds.
    """
    with log.reading() as connection:
        return kit_entries_in(connection)


def kit_entries_in(connection: Connection) -> list[tuple[int, LogEntry]]:
    """The same, within a transaction that is open already."""
    found: list[tuple[int, LogEntry]] = []
    for kind in KIT_KINDS:
        query = select(ENTRY).where(ENTRY.c.kind == kind.value, ENTRY.c.case_number == "")
        links = [Link(*row) for row in connection.execute(query)]
        found += [(link.seq, link.to_entry()) for link in links if link.body is not None]
    return sorted(found, key=lambda one: one[0])

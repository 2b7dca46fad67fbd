"""The last acts of no case, looked for by what they are."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select, text

from kakanai.sessionlog.chain import Link
from kakanai.sessionlog.log_reading import LogReading
from kakanai.sessionlog.tables import ENTRY
from kakanai.sessionlog.words import EntryKind

_LAST: Final = {
    # Left to itself SQLite takes the index of case numbers, in which all acts of no case are one heap.
    "sqlite": text(
        "SELECT max(+seq) FROM entry INDEXED BY ix_entry_act WHERE kind = :kind AND case_number = ''"
    ),
    "postgresql": text("SELECT max(seq + 0) FROM entry WHERE kind = :kind AND case_number = ''"),
}
"""The place of the last act of a kind; not by the key, or the whole chain is walked when there is none."""


def has_act(log: LogReading, kind: EntryKind, digest: str) -> bool:
    """Whether the log has an act of no case of that kind with that digest, by whichever counter.

    Raises:
        LogStorageError: In one of its kinds.
    """
    of_kind = (ENTRY.c.kind == kind.value, ENTRY.c.case_number == "", ENTRY.c.body.contains(digest))
    with log.reading() as connection:
        return connection.scalar(select(ENTRY.c.seq).where(*of_kind).limit(1)) is not None


def last_acts(log: LogReading, kinds: Iterable[EntryKind]) -> dict[EntryKind, Link]:
    """The last entry without a case of each of these kinds; a kind that has none is left out.

    Meant for kinds that are rare: every entry of the kind is looked at.

    Raises:
        LogStorageError: In one of its kinds.
    """
    found: dict[EntryKind, Link] = {}
    with log.reading() as connection:
        for kind in kinds:
            seq = connection.scalar(_LAST[log.backend], {"kind": kind.value})
            if seq is not None:
                row = connection.execute(select(ENTRY).where(ENTRY.c.seq == seq)).one()
                found[kind] = Link(*row)
    return found

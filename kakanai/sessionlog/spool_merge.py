"""From the spool into the chain: in order, each entry once, whenever the program or the server dies."""

import contextlib
import datetime as dt
import time
from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection, insert, select

from kakanai.sessionlog.case_number import UNREGISTERED, CaseNumber
from kakanai.sessionlog.entry import LogEntry
from kakanai.sessionlog.log_reading import is_held
from kakanai.sessionlog.spool_chain import Spooled
from kakanai.sessionlog.spool_errors import SpoolDamagedError, SpoolNumberDoubledError
from kakanai.sessionlog.spool_file import SpoolFile
from kakanai.sessionlog.tables import GIVEN_NUMBER, MERGED_SPOOL
from kakanai.sessionlog.words import EntryKind
from kakanai.sessionlog.writing import Writing

_BATCH: Final = 50
"""So many in one transaction: some quarter of a second in which nobody else in the hall writes."""

_LONGEST_S: Final = 1.0
"""Over a slow line a transaction ends sooner: the hall waits for it, and what lasts too long is cut."""


def merge_batch(
    file: SpoolFile,
    writing: Callable[[], contextlib.AbstractContextManager[Writing]],
    counter: str,
    at: dt.datetime,
) -> bool:
    """Bring what waits first into the chain, and take it out of the spool; whether anything waited.

    One transaction holds the entries, the ids by which they are known again, and an entry that tells how many
    they are. They leave the spool only after its commit; what stays there for a while is known by its id.

    Raises:
        SpoolDamagedError, SpoolNumberDoubledError: nothing was merged; the spool was kept.
        LogStorageError: in another of its kinds; it may be tried again.
    """
    rows = file.batch(_BATCH)
    if not rows:
        return False
    entries = _entries(file, rows)
    last = rows[-1]
    with writing() as chain:
        end = time.monotonic() + _LONGEST_S
        known = _known(chain.connection, entries)
        merged = 0
        for row, entry in zip(rows, entries, strict=True):
            if entry.spool in known or _is_there(chain.connection, row):
                continue
            _merge(chain, entry)
            merged += 1
            if time.monotonic() > end:
                last = row
                break
        if merged:
            counts = {"entries": merged}
            chain.append(
                LogEntry(EntryKind.SPOOL_MERGED, None, UNREGISTERED, at, counter=counter, counts=counts)
            )
    file.settle(last.head)
    return True


def _entries(file: SpoolFile, rows: list[Spooled]) -> list[LogEntry]:
    try:
        return [row.to_entry() for row in rows]
    except ValueError as error:
        raise SpoolDamagedError(path=str(file.path)) from error


def _known(connection: Connection, entries: list[LogEntry]) -> set[str]:
    """The ids of those that were merged before."""
    ids = [entry.spool for entry in entries]
    return set(connection.scalars(select(MERGED_SPOOL.c.spool).where(MERGED_SPOOL.c.spool.in_(ids))))


def _is_there(connection: Connection, row: Spooled) -> bool:
    """Whether the commit whose answer was lost was made after all.

    Whoever asks holds the chain's lock. A transaction that is still being committed would hold it, so the
    answer is final.
    """
    return bool(row.unsure_hash) and is_held(connection, row.unsure_seq, row.unsure_hash)


def _merge(chain: Writing, entry: LogEntry) -> None:
    if entry.kind is EntryKind.NUMBER_GIVEN and entry.case_number is not None:
        _give(chain.connection, entry.case_number)
    seq = chain.append(entry)
    chain.connection.execute(insert(MERGED_SPOOL), {"spool": entry.spool, "seq": seq})


def _give(connection: Connection, number: CaseNumber) -> None:
    row = {"day": number.day, "serial": number.serial}
    of_row = (GIVEN_NUMBER.c.day == row["day"], GIVEN_NUMBER.c.serial == row["serial"])
    if connection.execute(select(GIVEN_NUMBER).where(*of_row)).first() is not None:
        raise SpoolNumberDoubledError(case_number=str(number))
    connection.execute(insert(GIVEN_NUMBER), {**row, "case_number": str(number)})

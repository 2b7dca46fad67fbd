"""From the spool into the chain: in order, each entry once, whenever the program or the server dies."""

import contextlib
import datetime as dt
import time
from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection, insert, select

from kakanai.sessionlog.case_number import UNREGISTERED, CaseNumber, ClerkId
from kakanai.sessionlog.entry import LogEntry
from kakanai.sessionlog.log_reading import is_held
from kakanai.sessionlog.number_register import give, is_given
from kakanai.sessionlog.renumbering import Renumbering, filed, tell_renumbered
from kakanai.sessionlog.spool_chain import Spooled
from kakanai.sessionlog.spool_errors import SpoolDamagedError, SpoolNumberDoubledError
from kakanai.sessionlog.spool_file import SpoolFile
from kakanai.sessionlog.tables import ENTRY, MERGED_SPOOL
from kakanai.sessionlog.words import EntryKind
from kakanai.sessionlog.writing import Writing

_BATCH: Final = 50
"""So many in one transaction: some quarter of a second in which nobody else in the hall writes."""

_LONGEST_S: Final = 1.0
"""Over a slow line a transaction ends sooner: the hall waits for it, and what lasts too long is cut."""


def merge_batch(  # one argument for each thing that is told
    file: SpoolFile,
    writing: Callable[[], contextlib.AbstractContextManager[Writing]],
    counter: str,
    at: dt.datetime,
    *,
    staff: ClerkId = UNREGISTERED,
    order: Renumbering | None = None,
) -> bool:
    """Bring what waits first into the chain, and take it out of the spool; whether anything waited.

    One transaction holds the entries, the ids by which they are known again, and an entry that tells how many
    they are. They leave the spool only after its commit; what stays there for a while is known by its id.
    A case whose number was given to another one gets a new number only by `order`; without one, what waits
    before it is merged.

    Raises:
        SpoolNumberDoubledError: a case whose number is given waits first; nothing was merged.
        SpoolDamagedError: nothing was merged; the spool was kept.
        LogStorageError: in another of its kinds; it may be tried again.
    """
    rows = file.batch(_BATCH)
    if not rows:
        return False
    entries = _entries(file, rows)
    # After the rows: whoever took a case's first entry out of the spool has put its new number there before.
    numbers = file.renumbered()
    done: Spooled | None = None
    with writing() as chain:
        end = time.monotonic() + _LONGEST_S
        known = _known(chain.connection, entries)
        merged = 0
        for row, entry in zip(rows, entries, strict=True):
            if entry.spool in known:
                numbers |= _number_there(chain.connection, entry, known[entry.spool])
            elif not _is_there(chain.connection, row):
                try:
                    _take(chain, entry, numbers, order)
                except SpoolNumberDoubledError:
                    if done is None:
                        raise
                    break
                merged += 1
            done = row
            if time.monotonic() > end:
                break
        if merged:
            counts = {"entries": merged}
            chain.append(LogEntry(EntryKind.SPOOL_MERGED, None, staff, at, counter=counter, counts=counts))
    if done is not None:
        file.settle(done.head, numbers)
    return True


def _entries(file: SpoolFile, rows: list[Spooled]) -> list[LogEntry]:
    try:
        return [row.to_entry() for row in rows]
    except ValueError as error:
        raise SpoolDamagedError(path=str(file.path)) from error


def _known(connection: Connection, entries: list[LogEntry]) -> dict[str, int]:
    """Where those lie that were merged before, by id."""
    ids = [entry.spool for entry in entries]
    query = select(MERGED_SPOOL.c.spool, MERGED_SPOOL.c.seq).where(MERGED_SPOOL.c.spool.in_(ids))
    return {spool: seq for spool, seq in connection.execute(query)}


def _number_there(connection: Connection, entry: LogEntry, seq: int) -> dict[CaseNumber, CaseNumber]:
    """The new number of a case that was merged under one, by that of its paper; nothing for all others.

    Whoever gave it may have died before the spool knew of it: the chain is what counts.
    """
    if entry.kind is not EntryKind.NUMBER_GIVEN or entry.case_number is None:
        return {}
    there = connection.scalar(select(ENTRY.c.case_number).where(ENTRY.c.seq == seq))
    return {} if there in (None, entry.case_number) else {entry.case_number: CaseNumber(there)}


def _is_there(connection: Connection, row: Spooled) -> bool:
    """Whether the commit whose answer was lost was made after all.

    Whoever asks holds the chain's lock. A transaction that is still being committed would hold it, so the
    answer is final.
    """
    return bool(row.unsure_hash) and is_held(connection, row.unsure_seq, row.unsure_hash)


def _take(
    chain: Writing, entry: LogEntry, numbers: dict[CaseNumber, CaseNumber], order: Renumbering | None
) -> None:
    """Merge one entry, under the number that its case has in the log; a new one is put among `numbers`.

    Raises:
        SpoolNumberDoubledError: it gives a number that is given already, and that is not what `order` is of.
    """
    number = entry.case_number
    if entry.kind is not EntryKind.NUMBER_GIVEN or number is None:
        _put(chain, filed(entry, numbers))
    elif not is_given(chain.connection, number):
        give(chain.connection, number)
        _put(chain, entry)
    elif order is not None and order.number == number:
        numbers[number] = _renumber(chain, entry, order)
    else:
        raise SpoolNumberDoubledError(case_number=str(number))


def _renumber(chain: Writing, entry: LogEntry, order: Renumbering) -> CaseNumber:
    """Merge the entry that gave the doubled number as one that gives a new one, and tell it; the new one."""
    new = order.give(chain.connection, order.number.day)
    given = _put(chain, filed(entry, {order.number: new}))
    tell_renumbered(chain, order, new, given, entry.counter)
    return new


def _put(chain: Writing, entry: LogEntry) -> int:
    seq = chain.append(entry)
    chain.connection.execute(insert(MERGED_SPOOL), {"spool": entry.spool, "seq": seq})
    return seq

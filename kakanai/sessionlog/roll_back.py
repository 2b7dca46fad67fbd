"""Watching the log's end from this machine: an older log in its place is told until a supervisor knows."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from kakanai.sessionlog.act_queries import last_acts
from kakanai.sessionlog.anchor import Anchor, AnchorFile, require_held
from kakanai.sessionlog.chain import Head, Link
from kakanai.sessionlog.entry import ClerkId, LogEntry
from kakanai.sessionlog.log_reading import LogReading
from kakanai.sessionlog.seal_errors import LogRolledBackError
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.words import EntryKind

_MOST_COUNTED: Final = 999_999_999


def watch_end(
    log: SessionLog, file: AnchorFile, staff: ClerkId, now: Callable[[], dt.datetime]
) -> LogRolledBackError | None:
    """Remember the end from now on; what is to be told when the log does not hold what was remembered.

    Then the log says so too: the place that is missing as a count, the hash that stood there as digest. Work
    goes on, and from that entry on the end is remembered anew.

    Raises:
        LogStorageError: In one of its kinds; nothing is watched.
    """
    error: LogRolledBackError | None = None
    anchor = file.read()
    try:
        require_held(anchor, log.holds)
    except LogRolledBackError as found:
        error = found
    log.after_commit.append(lambda head: _remember(file, head))
    if error is not None and anchor is not None:
        counts = {"seq": min(anchor.seq, _MOST_COUNTED)}
        log.append(
            LogEntry(
                EntryKind.ROLLED_BACK_SEEN,
                None,
                staff,
                now(),
                codes=(error.code,),
                counts=counts,
                digest=anchor.hash,
            )
        )
    elif (head := log.head()) is not None and (anchor is None or head.seq > anchor.seq):
        _remember(file, head)
    return error


def unacknowledged(log: LogReading) -> Link | None:
    """The entry that tells of a roll-back 巻き戻り which no supervisor has acknowledged since; None for none.

    Raises:
        LogStorageError: In one of its kinds.
    """
    last = last_acts(log, (EntryKind.ROLLED_BACK_SEEN, EntryKind.ROLLED_BACK_ACKNOWLEDGED))
    seen, known = last.get(EntryKind.ROLLED_BACK_SEEN), last.get(EntryKind.ROLLED_BACK_ACKNOWLEDGED)
    return None if seen is None or (known is not None and known.seq > seen.seq) else seen


def acknowledge(log: SessionLog, staff: ClerkId, at: dt.datetime) -> bool:
    """Write that a supervisor looked into the roll-back; False when there is none to look into.

    Raises:
        LogStorageError: In one of its kinds; nothing was written.
    """
    seen = unacknowledged(log)
    if seen is None:
        return False
    log.append(LogEntry(EntryKind.ROLLED_BACK_ACKNOWLEDGED, None, staff, at, ref=seen.seq))
    return True


def _remember(file: AnchorFile, head: Head) -> None:
    file.write(Anchor(head.seq, head.hash, head.at))

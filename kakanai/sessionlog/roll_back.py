"""Watching the log's end from this machine: an older log in its place is told until a supervisor knows."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from kakanai.sessionlog.act_queries import last_acts
from kakanai.sessionlog.anchor import Anchor, AnchorFile, require_held
from kakanai.sessionlog.chain import Head, Link
from kakanai.sessionlog.entry import ClerkId, LogEntry
from kakanai.sessionlog.errors import LogStorageError
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
    watch = _EndWatch(log, file, staff, now)
    log.after_commit.append(watch.follow)
    try:
        if error is not None and anchor is not None:
            watch.tell(error, anchor)
        elif (head := log.head()) is not None:
            watch.begin(head, anchor)
    except LogStorageError:
        log.after_commit.remove(watch.follow)
        raise
    return error


class _EndWatch:
    """Remembers each end, as long as the chain goes on from the one before.

    A server may be put back to a backup while a counter has it open: the end that was remembered is then the
    only trace of what was lost, and is told before it is put in the shade.
    """

    def __init__(
        self, log: SessionLog, file: AnchorFile, staff: ClerkId, now: Callable[[], dt.datetime]
    ) -> None:
        self._log, self._file, self._staff, self._now = log, file, staff, now
        self._last: Anchor | None = None

    def begin(self, head: Head, anchor: Anchor | None) -> None:
        """Watch from this end on; the file has the anchor, which the chain holds."""
        if anchor is None or head.seq > anchor.seq:
            self._remember(head)
        else:
            self._last = anchor

    def follow(self, head: Head) -> None:
        """The chain was moved on to this end. Never raises."""
        last = self._last
        if last is None or head.seq > last.seq:
            self._remember(head)
            return
        # Another thread was quicker to tell of a later end, or that end is not there any more.
        try:
            require_held(last, self._log.holds)
        except LogRolledBackError as error:
            self._last = None  # what tells of it is a new end itself
            try:
                self.tell(error, last)
            except LogStorageError:
                self._last = last  # the next one tells it
        except LogStorageError:
            return

    def tell(self, error: LogRolledBackError, anchor: Anchor) -> None:
        """Write that the chain does not hold the anchor; that entry is the end to remember."""
        counts = {"seq": min(anchor.seq, _MOST_COUNTED)}
        self._log.append(
            LogEntry(
                EntryKind.ROLLED_BACK_SEEN,
                None,
                self._staff,
                self._now(),
                codes=(error.code,),
                counts=counts,
                digest=anchor.hash,
            )
        )

    def _remember(self, head: Head) -> None:
        self._last = Anchor(head.seq, head.hash, head.at)
        self._file.write(self._last)


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

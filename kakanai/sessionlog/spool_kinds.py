"""Which acts may wait in a spool 預かり for the log's server."""

from typing import Final

from kakanai.sessionlog.entry import LogEntry
from kakanai.sessionlog.retention import AT_COUNTER
from kakanai.sessionlog.words import EntryKind

_KEPT: Final = AT_COUNTER | {
    EntryKind.LOCKED,
    EntryKind.UNLOCKED,
    EntryKind.SIGN_IN_FAILED,
    EntryKind.DRAFTS_DELETED,
    EntryKind.DISK_LOW,
}
"""Acts of which nobody needs to know at once. Staff, seals and looks need the server."""

AWAY_NAME: Final = "sign_in.away"
"""Among the names of signing in or out at a counter whose server is away."""


def may_wait(entry: LogEntry) -> bool:
    """Whether the entry may wait; of signing in and out only what was done without the server."""
    is_away = entry.kind in (EntryKind.SIGNED_IN, EntryKind.SIGNED_OUT) and AWAY_NAME in entry.names
    return entry.kind in _KEPT or is_away

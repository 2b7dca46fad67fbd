"""Foreseen failures of keeping and losing: purge, backup, restore, rescue, a disk that fills up."""

from kakanai.errors import KakanaiError


class DerivedDiffersError(KakanaiError):
    """What is told of the chain case by case is not what the chain tells. Details: path, tables (names)."""

    code = "L-023"
    exit_status = 13


class PurgeUnsealedError(KakanaiError):
    """No day was ever closed 日締め: nothing may be purged that nobody signed for; nothing was changed."""

    code = "L-040"
    exit_status = 8


class PurgeTooRecentError(KakanaiError):
    """Entries were to be purged that the town keeps. Details: before (the latest day that may be asked)."""

    code = "L-041"
    exit_status = 2


class TracesLeftError(KakanaiError):
    """What is purged is told by no query any more, but its bytes may still lie in the file.

    Details: file (name only), reason (open: another program uses it, full, other).
    """

    code = "L-042"
    exit_status = 13


class BackupPlaceError(KakanaiError):
    """No backup 控え can be put there. Details: file (name), reason (exists, folder, unwritable, full)."""

    code = "L-043"
    exit_status = 2


class BackupFailedError(KakanaiError):
    """The copy did not read back as the log it was made of, and is gone. Details: file (name only), seq."""

    code = "L-044"
    exit_status = 13


class BackupUnusableError(KakanaiError):
    """A file cannot be restored; nothing was changed. Details: file (name only), reason, seq.

    `reason`: missing, unreadable, foreign (no log), version (of a newer version), damaged (the file), chain
    (entry `seq` is not what was written), findings (of the verifier, the first at `seq`; 0: of no entry),
    empty (no entry).
    """

    code = "L-045"
    exit_status = 13


class RestorePlaceError(KakanaiError):
    """Nothing can be restored there now; nothing was changed.

    Details: path, reason (open: another program uses the log, occupied: the server's database has entries,
    same: it is the log itself, unwritable, full).
    """

    code = "L-046"
    exit_status = 8


class NothingToRescueError(KakanaiError):
    """No entry of a log can be read there. Details: file, reason (missing, unreadable, none, server)."""

    code = "L-047"
    exit_status = 13


class KeyringLackingError(KakanaiError):
    """No keyring keeps the password of the log's server for this account; nothing was changed.

    Details: reason (none, timeout, or the name of what the keyring failed with).
    """

    code = "L-055"
    exit_status = 13


class DatabasePasswordUnaskedError(KakanaiError):
    """The server lets this account in without the keyring's password; nothing was kept.

    Details: reason (none: it asks for no password, libpq: one stands where PostgreSQL looks for it first).
    """

    code = "L-056"
    exit_status = 2


class SpoolWaitingError(KakanaiError):
    """What this counter kept while the server was away is not in the log yet. Details: count (entries)."""

    code = "L-057"
    exit_status = 8


class DiskLowError(KakanaiError):
    """The disk is nearly full. Details: free_mib, low_mib. Told as a warning; everything still works."""

    code = "L-048"
    exit_status = 13


class DiskCriticalError(DiskLowError):
    """The disk is so full that the next cases may not be written down any more. Details as DiskLowError."""

    code = "L-049"

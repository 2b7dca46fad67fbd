"""Foreseen failures of the session log; nothing that was committed before is lost by any of them."""

from kakanai.errors import Detail, KakanaiError


class LogStorageError(KakanaiError):
    """The log's database failed in a way not told apart below; `path` is the database."""

    code = "L-010"
    exit_status = 13


class LogUnwritableError(LogStorageError):
    """The folder or the database file `path` may not be written."""

    code = "L-011"
    exit_status = 13


class LogDiskFullError(LogStorageError):
    """No room for the entry; it was not written, the entries before it stand."""

    code = "L-012"
    exit_status = 13


class LogLockedError(LogStorageError):
    """Another program held the database longer than we wait; the entry was not written."""

    code = "L-013"
    exit_status = 13


class LogDamagedError(LogStorageError):
    """The file `path` is no database of ours, or is damaged; it was not touched."""

    code = "L-014"
    exit_status = 13


class ForeignRowError(ValueError):
    """A row that only another program can have written; a SessionLog tells it as LogDamagedError."""


class LogNewerSchemaError(LogStorageError):
    """A newer version of the program made the database (`version`); it was not touched."""

    code = "L-015"
    exit_status = 13


class LogUnreachableError(LogStorageError):
    """The database server `path` does not answer, or has no such database; nothing was written.

    `reason` is PostgreSQL's code (SQLSTATE), "" when no connection came about at all.
    """

    code = "L-017"
    exit_status = 13


class LogConnectionLostError(LogStorageError):
    """The connection to the database server `path` broke off in the middle.

    `unsure` is the place and the hash of the chain's end if the work was committed all the same: the answer
    to the commit was lost, and the server could not be asked (`SessionLog.holds`). None: nothing was written.
    """

    code = "L-018"
    exit_status = 13

    def __init__(self, *, unsure: tuple[int, str] | None = None, **details: Detail) -> None:
        super().__init__(**details)
        self.unsure = unsure


class CommitUnansweredError(LogConnectionLostError):
    """The connection broke off while the server was to commit: it may have done so or not.

    A SessionLog finds out, or passes LogConnectionLostError on with `unsure`.
    """

    code = "L-025"
    exit_status = 13


class LogAccessRefusedError(LogStorageError):
    """The database server `path` refuses us: user, password or certificate; nothing was written."""

    code = "L-022"
    exit_status = 13


class LogUpgradeError(LogStorageError):
    """The database `path` could not be brought to this version; it is as it was, so is its copy `backup`."""

    code = "L-024"
    exit_status = 13


class CaseNumberError(KakanaiError):
    """No case number 受付番号; `reason`: form, clock (the day is before 令和) or serial (9999 are given)."""

    code = "L-020"
    exit_status = 2


class ClerkIdError(KakanaiError):
    """Not a clerk's number 職員番号: 1 to 16 ASCII letters, digits, dots, hyphens or underscores."""

    code = "L-021"
    exit_status = 2

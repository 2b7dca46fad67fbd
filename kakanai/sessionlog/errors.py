"""Foreseen failures of the session log; nothing that was committed before is lost by any of them."""

from kakanai.errors import KakanaiError


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


class LogNewerSchemaError(LogStorageError):
    """A newer version of the program made the database (`version`); it was not touched."""

    code = "L-015"
    exit_status = 13


class CaseNumberError(KakanaiError):
    """No case number 受付番号; `reason`: form, clock (the day is before 令和) or serial (9999 are given)."""

    code = "L-020"
    exit_status = 2


class ClerkIdError(KakanaiError):
    """Not a clerk's number 職員番号: 1 to 16 ASCII letters, digits, dots, hyphens or underscores."""

    code = "L-021"
    exit_status = 2

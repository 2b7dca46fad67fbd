"""Foreseen failures of the spool 預かり: what a counter keeps while the log's server is out of reach."""

from kakanai.sessionlog.errors import LogStorageError


class SpoolNumbersGoneError(LogStorageError):
    """This counter has given all case numbers that a day has for it without the server; none was used up.

    Details: counter, most (how many a day has).
    """

    code = "L-050"
    exit_status = 13


class SpoolDamagedError(LogStorageError):
    """The spool file `path` is damaged or is none of ours; nothing of it was merged, and it was kept."""

    code = "L-051"
    exit_status = 13


class CounterTakenError(LogStorageError):
    """The counter's number belongs to another machine or folder on this server. Details: counter, path."""

    code = "L-052"
    exit_status = 13


class SpoolForeignError(LogStorageError):
    """Entries wait in the spool for another server or counter (`counter`, `server`); they were kept."""

    code = "L-053"
    exit_status = 13


class SpoolNumberSoundError(LogStorageError):
    """No waiting case has this number and a double in the log; nothing was changed. Details: case_number."""

    code = "L-058"
    exit_status = 8


class SpoolNumberDoubledError(LogStorageError):
    """A waiting case's number stands in the log for another case; nothing was merged, all was kept.

    Details: case_number.
    """

    code = "L-054"
    exit_status = 13

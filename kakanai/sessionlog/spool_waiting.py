"""What a spool's file tells that nobody has open: what waits, and which number a case has in the log."""

import contextlib
from pathlib import Path

from kakanai.sessionlog.case_number import CaseNumber
from kakanai.sessionlog.spool_errors import SpoolDamagedError, SpoolForeignError
from kakanai.sessionlog.spool_file import SpoolFile
from kakanai.sessionlog.upkeep_errors import SpoolWaitingError


def waiting_in(path: Path) -> int:
    """How many entries wait in the spool's file; 0 when there is none, and none is made.

    Raises:
        LogStorageError: In one of its kinds; SpoolDamagedError when it is not what we wrote.
    """
    if not path.exists():
        return 0
    file = SpoolFile(path)
    try:
        return file.waiting()
    finally:
        file.close()


def require_none_waits(path: Path) -> None:
    """Nothing, when no entry waits in the spool's file, or nobody can tell; none is made.

    Raises:
        SpoolForeignError: some do, and would wait for ever where this spool is not in use.
        LogStorageError: in another of its kinds.
    """
    if not path.exists():
        return
    with contextlib.suppress(SpoolDamagedError):
        file = SpoolFile(path)
        try:
            if file.waiting():
                raise SpoolForeignError(counter=file.fact("counter"), server=file.fact("server"))
        finally:
            file.close()


def number_in_log(path: Path, number: CaseNumber) -> CaseNumber:
    """The number that a case of this PC has in the log: its own, unless that was given twice.

    Raises:
        SpoolWaitingError: acts of the case wait; what is written now would stand before them, or under the
            number of another case.
        LogStorageError: in one of its kinds; a damaged file tells nothing.
    """
    if not path.exists():
        return number
    with contextlib.suppress(SpoolDamagedError), contextlib.closing(SpoolFile(path)) as file:
        if waiting := sum(row.case_number == number for row in file.batch(file.waiting() + 1)):
            raise SpoolWaitingError(count=waiting)
        return file.renumbered().get(number, number)
    return number

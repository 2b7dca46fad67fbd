"""What waits in a spool's file that nobody has open, and whether any may be left behind there."""

import contextlib
from pathlib import Path

from kakanai.sessionlog.spool_errors import SpoolDamagedError, SpoolForeignError
from kakanai.sessionlog.spool_file import SpoolFile


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

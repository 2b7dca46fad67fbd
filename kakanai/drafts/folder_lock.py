"""One window for one folder of drafts: two would go on with the same case."""

import contextlib
import os
import sys
from pathlib import Path
from typing import BinaryIO, Final

from kakanai.drafts.errors import DraftsInUseError
from kakanai.drafts.sealed_file import told_as_draft_errors

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


FILE: Final = ".lock"


class FolderLock:
    """Held until `release`, or until the process ends in whatever way: the system lets go of it then."""

    def __init__(self, folder: Path) -> None:
        """Take the lock.

        Raises:
            DraftsInUseError: another process holds it.
            DraftUnwritableError: the lock's file cannot be made.
        """
        with told_as_draft_errors(folder):
            handle = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
        self._file: BinaryIO = os.fdopen(handle, "r+b", buffering=0)
        try:
            _try_lock(self._file)
        except OSError as error:
            self._file.close()
            # A folder that knows no locks (ENOLCK) is told in the same way: nobody can say who else is there.
            raise DraftsInUseError from error

    def release(self) -> None:
        """Let go; more than once is no harm."""
        with contextlib.suppress(OSError):
            self._file.close()

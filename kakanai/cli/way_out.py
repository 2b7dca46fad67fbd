"""Whether paper could come out, found out before a card is read or a PIN is asked for."""

import errno
import tempfile
from pathlib import Path
from typing import Final

from kakanai.printing.errors import DiskFullError, FolderUnwritableError

_FORM_BYTES: Final = 128 * 1024
"""Room for one form; with its fonts a form has 70 to 95 KB (observed)."""

_NO_ROOM: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


def require_folder(folder: Path, documents: int) -> None:
    """Nothing, when `documents` forms could be written into the folder; it is neither made nor changed.

    Raises:
        DiskFullError: there is no room.
        FolderUnwritableError: it cannot be written, or made where it is to be.
    """
    try:
        place = next(p for p in (folder.absolute(), *folder.absolute().parents) if p.exists())
        with tempfile.TemporaryFile(dir=place) as probe:
            probe.write(b"\0" * _FORM_BYTES * documents)
            probe.flush()
    except OSError as error:
        kind = DiskFullError if error.errno in _NO_ROOM else FolderUnwritableError
        raise kind(path=str(folder)) from error

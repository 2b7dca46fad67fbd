"""Putting a finished file where none is, whole or not at all, and never over another one."""

import contextlib
import os
from pathlib import Path


def put_if_free(part: Path, place: Path) -> bool:
    """Whether the file `part` is at `place` now, on disk: there was none, also none made meanwhile.

    Raises:
        OSError: it cannot be put there; `part` is where it was.
    """
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    try:
        os.link(part, place)  # unlike a rename, it takes nobody's place
        part.unlink()
    except FileExistsError:
        return False
    except OSError:  # a file system without links, such as that of most USB sticks
        try:
            os.close(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            return False
        part.replace(place)
    sync_folder(place.parent)
    return True


def sync_folder(folder: Path) -> None:
    """The names in a folder are on disk too; Windows keeps names by itself and cannot be asked."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):  # some file systems of servers refuse it
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove_log_file(path: Path) -> None:
    """A file of SQLite and what lies beside it, gone if they were there."""
    for end in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + end).unlink(missing_ok=True)

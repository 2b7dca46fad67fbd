"""One change of the town's file at a time: a second writer waits, lest one undoes the other's change."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)


@contextlib.contextmanager
def only_writer(file: Path) -> Iterator[None]:
    """Meanwhile no other process that asks for it changes the file; the system ends it with the process.

    An empty file `.town.toml.lock` stays beside it. A folder that has no such locks, or that nobody may
    write to, is no reason to wait: whether the change can be written is found out by writing it.
    """
    with contextlib.ExitStack() as held:
        with contextlib.suppress(OSError):
            real = file.resolve()  # counters may share one file behind a link
            _lock(held.enter_context((real.parent / f".{real.name}.lock").open("ab")))
        yield

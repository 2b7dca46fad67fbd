"""A file that appears whole under its name, once the log knows its digest, or not at all."""

import contextlib
import errno
import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from kakanai.daybook.errors import HandedOnFileError

_NO_HARD_LINKS: Final = frozenset({errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EMLINK})
"""What file systems without hard links (FAT, some network folders) answer to link()."""

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


class NewFile:
    """A file that is not there yet, for this account alone (0600); used as a context.

    Until `complete` it has a hidden name, and leaving the context takes it away.

    Raises:
        HandedOnFileError: there is something of this name, or it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = path.with_name(f".kakanai-{secrets.token_hex(8)}.part")
        self._told = hashlib.sha256()
        self.size = 0
        if path.exists() or path.is_symlink():
            raise HandedOnFileError(file=path.name, reason="exists")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with self._failures():
            self._file = os.fdopen(os.open(self._part, flags, 0o600), "wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            self._file.close()
        with contextlib.suppress(OSError):
            self._part.unlink(missing_ok=True)

    @property
    def digest(self) -> str:
        """SHA-256 of what was written, in hexadecimal."""
        return self._told.hexdigest()

    @property
    def size_kib(self) -> int:
        """What was written, in KiB, rounded up."""
        return -(-self.size // 1024)

    def write(self, data: bytes) -> None:
        """Add to the file.

        Raises:
            HandedOnFileError: it cannot be written.
        """
        with self._failures():
            self._file.write(data)
        self._told.update(data)
        self.size += len(data)

    def complete(self, log_it: Callable[[], None]) -> None:
        """Let the file appear under its name, once it is on disk and `log_it` has logged it.

        So the log may tell of a file that came to nothing, and no file is there that the log does not know.

        Raises:
            HandedOnFileError: it cannot be written, or meanwhile there is something of this name.
            Exception: what `log_it` raises; the file does not appear.
        """
        with self._failures():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        log_it()
        with self._failures():
            self._name()

    def _name(self) -> None:
        """Give the file its name, never in place of another; Windows refuses that by itself."""
        if os.name == "posix":
            try:
                os.link(self._part, self._path)
            except OSError as error:
                if error.errno not in _NO_HARD_LINKS:
                    raise
            else:
                return
            if self._path.exists():
                raise FileExistsError(errno.EEXIST, "exists")
        self._part.rename(self._path)

    @contextlib.contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = errno.errorcode.get(error.errno or 0, "EIO")
            if error.errno in _FULL:
                reason = "full"
            elif error.errno == errno.EEXIST:
                reason = "exists"
            raise HandedOnFileError(file=self._path.name, reason=reason) from error

"""A file that holds a form but has no name yet: what a killed process leaves of it is as little as can be."""

import contextlib
import errno
import os
import secrets
import time
from pathlib import Path
from typing import Final, Protocol

_NO_NAMELESS_FILES: Final = frozenset(
    {errno.EISDIR, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP}
)
"""What file systems and kernels that know no O_TMPFILE answer to it (open(2), given; EINVAL assumed)."""

_NO_HARD_LINKS: Final = frozenset({errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EMLINK})
"""What file systems without hard links (FAT, some network folders) answer to link()."""

_NO_LINK_TO_NAMELESS: Final = _NO_HARD_LINKS | {errno.ENOENT, errno.EXDEV, errno.EINVAL, errno.EACCES}
"""What a sandbox may answer besides when a file without a name is to get one (assumed)."""

_LEFTOVER_AFTER_S: Final = 120.0
"""A hidden file lives for milliseconds; one this old was left by a killed process or a power cut."""


class HiddenFile(Protocol):
    """Content on disk that gets its name later."""

    def name(self, path: Path) -> None:
        """Let the content appear as `path`, on the same file system, never replacing a file.

        Raises:
            FileExistsError: The name is taken; the content is still hidden.
        """

    def discard(self) -> None:
        """Let go of the content; what has a name keeps it. Never raises OSError."""


def write_hidden(folder: Path, content: bytes) -> HiddenFile:
    """The content on disk (synced) in the folder, readable by this account only (0600 on POSIX).

    Linux gives it no name at all, so that even SIGKILL or a power cut leaves nothing. Elsewhere it is a file
    `.kakanai-*.part` until it is named; `remove_leftovers` is for those of a killed process.

    Raises:
        OSError: As the system told; nothing is left.
    """
    if hasattr(os, "O_TMPFILE"):
        try:
            return _NamelessFile(folder, content)
        except OSError as error:
            if error.errno not in _NO_NAMELESS_FILES:
                raise
    return _PartFile(folder, content)


def remove_leftovers(folder: Path) -> int:
    """Remove hidden, half-finished files of ours that a killed process left; how many there were.

    They hold forms, so they must not stay; a file too young to judge or not ours to remove is let be.
    """
    removed = 0
    oldest_alive = time.time() - _LEFTOVER_AFTER_S
    with contextlib.suppress(OSError):
        for path in folder.glob(".kakanai-*.part"):
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < oldest_alive:
                    path.unlink()
                    removed += 1
    return removed


class _NamelessFile:
    """A Linux file without a name (O_TMPFILE); it is gone with its last handle unless it was named."""

    def __init__(self, folder: Path, content: bytes) -> None:
        self._content = content
        self._file = os.open(folder, os.O_WRONLY | os.O_TMPFILE, 0o600)
        try:
            _write_whole(self._file, content)
        except BaseException:
            os.close(self._file)
            raise

    def name(self, path: Path) -> None:
        try:
            # With any src_dir_fd (an absolute source does not need it) Python calls linkat(), which follows
            # this link to the file; link() would name the link itself. See open(2), O_TMPFILE.
            os.link(f"/proc/self/fd/{self._file}", path, src_dir_fd=self._file)
        except FileExistsError:
            raise
        except OSError as error:
            if error.errno not in _NO_LINK_TO_NAMELESS:
                raise
            part = _PartFile(path.parent, self._content)
            try:
                part.name(path)
            finally:
                part.discard()

    def discard(self) -> None:
        with contextlib.suppress(OSError):
            os.close(self._file)


class _PartFile:
    """A file with a hidden name, for systems that know no file without one."""

    def __init__(self, folder: Path, content: bytes) -> None:
        self._path = folder / f".kakanai-{secrets.token_hex(8)}.part"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        file = os.open(self._path, flags, 0o600)
        try:
            try:
                _write_whole(file, content)
            finally:
                os.close(file)
        except BaseException:
            self.discard()
            raise

    def name(self, path: Path) -> None:
        # POSIX rename() replaces silently, so a hard link takes its place; Windows refuses by itself.
        if os.name == "posix":
            try:
                os.link(self._path, path)
            except FileExistsError:
                raise
            except OSError as error:
                if error.errno not in _NO_HARD_LINKS:
                    raise
            else:
                self._part_with_hidden_name(path)
                return
            if path.exists():
                raise FileExistsError(path)
        self._path.rename(path)

    def _part_with_hidden_name(self, path: Path) -> None:
        """Remove the hidden name beside `path`; if that fails `path` goes too, lest two files stay."""
        try:
            self._path.unlink()
        except OSError:
            with contextlib.suppress(OSError):
                path.unlink()
            raise

    def discard(self) -> None:
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)


def _write_whole(file: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(file, left) :]
    os.fsync(file)

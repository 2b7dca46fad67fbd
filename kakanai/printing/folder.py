"""Printing into a folder: all files of a job appear, or none."""

import contextlib
import errno
import itertools
import os
import secrets
import time
from pathlib import Path
from typing import Final

from kakanai.printing.errors import DiskFullError, FolderUnwritableError
from kakanai.printing.print_job import PrintDocument, PrintedDocument, PrintJob

_NO_ROOM: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_NO_HARD_LINKS: Final = frozenset({errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EMLINK})
"""What file systems without hard links (FAT, some network folders) answer to link()."""


_LEFTOVER_AFTER_S: Final = 120.0
"""A hidden file lives for milliseconds; one this old was left by a killed process or a power cut."""


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


class FolderPrinter:
    """Writes `<case number>_<form>.pdf` into a folder, which is made if it is not there.

    A file of that name is never overwritten: a second print becomes `…-2.pdf`, the third `…-3.pdf`. Files are
    readable by this account only (0600 on POSIX). They have their names only when all are on disk.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def name(self) -> str:
        """The folder's path."""
        return str(self.folder)

    def release(self, job: PrintJob) -> list[PrintedDocument]:
        """Write all documents; they are on disk when this returns.

        Raises:
            DiskFullError: No room.
            FolderUnwritableError: Any other reason. After either nothing of this job is in the folder.
        """
        ours: list[Path] = []
        try:
            return self._write_all(job, ours)
        except BaseException as error:
            for path in ours:
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
            if not isinstance(error, OSError):
                raise
            kind = DiskFullError if error.errno in _NO_ROOM else FolderUnwritableError
            raise kind(path=str(self.folder)) from error

    def _write_all(self, job: PrintJob, ours: list[Path]) -> list[PrintedDocument]:
        """Write and name all; `ours` always lists what would have to be removed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        remove_leftovers(self.folder)
        hidden = []
        for document in job.documents:
            path = self.folder / f".kakanai-{secrets.token_hex(8)}.part"
            ours.append(path)
            _write_to_disk(path, document.pdf)
            hidden.append(path)
        printed = []
        for document, path in zip(job.documents, hidden, strict=True):
            named = self._name(path, job.case_number, document, ours)
            printed.append(PrintedDocument(document.form, document.pages, named, None))
        _sync_folder(self.folder)
        return printed

    def _name(self, hidden: Path, case_number: str, document: PrintDocument, ours: list[Path]) -> Path:
        """Give the hidden file the first free name of its series."""
        for attempt in itertools.count(1):
            suffix = "" if attempt == 1 else f"-{attempt}"
            path = self.folder / f"{case_number}_{document.form}{suffix}.pdf"
            try:
                _move_to_free_name(hidden, path, ours)
            except FileExistsError:
                continue
            return path
        raise AssertionError("itertools.count never ends")


def _write_to_disk(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    file = os.open(path, flags, 0o600)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(file, left) :]
        os.fsync(file)
    finally:
        os.close(file)


def _move_to_free_name(hidden: Path, path: Path, ours: list[Path]) -> None:
    """Rename without ever replacing a file; FileExistsError when the name is taken.

    POSIX rename() replaces silently, so a hard link takes its place; Windows refuses by itself.
    """
    if os.name == "posix":
        try:
            os.link(hidden, path)
        except FileExistsError:
            raise
        except OSError as error:
            if error.errno not in _NO_HARD_LINKS:
                raise
        else:
            ours.append(path)
            hidden.unlink()
            return
        if path.exists():
            raise FileExistsError(path)
    hidden.rename(path)
    ours.append(path)


def _sync_folder(folder: Path) -> None:
    """The new names are on disk too; Windows keeps names by itself and cannot be asked."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""Printing into a folder: all files of a job appear, or none."""

import contextlib
import errno
import itertools
import os
from pathlib import Path
from typing import Final

from kakanai.printing.errors import DiskFullError, FolderUnwritableError
from kakanai.printing.hidden_file import HiddenFile, remove_leftovers, write_hidden
from kakanai.printing.print_job import PrintDocument, PrintedDocument, PrintJob

_NO_ROOM: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


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
        named: list[Path] = []
        try:
            with contextlib.ExitStack() as hidden:
                return self._write_all(job, hidden, named)
        except BaseException as error:
            for path in named:
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
            if not isinstance(error, OSError):
                raise
            kind = DiskFullError if error.errno in _NO_ROOM else FolderUnwritableError
            raise kind(path=str(self.folder)) from error

    def _write_all(
        self, job: PrintJob, hidden: contextlib.ExitStack, named: list[Path]
    ) -> list[PrintedDocument]:
        """Write and name all; `hidden` and `named` always hold what would have to be removed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        remove_leftovers(self.folder)
        files = []
        for document in job.documents:
            file = write_hidden(self.folder, document.pdf)
            hidden.callback(file.discard)
            files.append(file)
        printed = []
        for document, file in zip(job.documents, files, strict=True):
            path = self._name(file, job.case_number, document, named)
            printed.append(PrintedDocument(document.form, document.pages, path, None, document.verified))
        _sync_folder(self.folder)
        return printed

    def _name(self, file: HiddenFile, case_number: str, document: PrintDocument, named: list[Path]) -> Path:
        """Give the hidden file the first free name of its series, which is added to `named`."""
        for attempt in itertools.count(1):
            suffix = "" if attempt == 1 else f"-{attempt}"
            path = self.folder / f"{case_number}_{document.form}{suffix}.pdf"
            try:
                file.name(path)
            except FileExistsError:
                continue
            named.append(path)
            return path
        raise AssertionError("itertools.count never ends")


def _sync_folder(folder: Path) -> None:
    """The new names are on disk too; Windows keeps names by itself and cannot be asked."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


__all__ = ["FolderPrinter", "remove_leftovers"]

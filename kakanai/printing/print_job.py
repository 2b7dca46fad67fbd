"""What is printed and what comes back: finished pages with no knowledge of whose they are."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_FORM = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_CASE_NUMBER = re.compile(r"[0-9A-Za-z-]{1,20}")
_PAPERS = frozenset({"A4", "A5"})


@dataclass(frozen=True, repr=False)
class PrintDocument:
    """One finished form 帳票: its id, the PDF, its page count, its paper ("A4" or "A5").

    `verified`: the PDF was read back and says what was meant. `preprinted`: it goes on paper that has its
    lines already, or its pages are for several visitors, so each on one side of a sheet of its own.
    `single`: it bears what must not be there twice (個人番号), whatever a printer is set to. `copy_pages`
    are the pages (1 the first) of its 控え.

    Raises:
        ValueError: A part cannot be right; form ids go into file names and job titles, so they stay narrow.
    """

    form: str
    pdf: bytes
    pages: int
    paper: str
    verified: bool = False
    preprinted: bool = False
    single: bool = False
    copy_pages: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no printer should see."""
        if _FORM.fullmatch(self.form) is None:
            raise ValueError("form is no form id")
        if not self.pdf.startswith(b"%PDF-"):
            raise ValueError("pdf is no PDF")
        if self.pages < 1:
            raise ValueError("pages must be at least 1")
        if self.paper not in _PAPERS:
            raise ValueError("paper must be A4 or A5")
        if not set(self.copy_pages) <= set(range(1, self.pages + 1)):
            raise ValueError("copy_pages must be pages")

    def __repr__(self) -> str:
        return f"PrintDocument({self.form}, {self.pages} pages, {self.paper})"


@dataclass(frozen=True, repr=False)
class PrintJob:
    """The documents of one case that are printed together 印刷ジョブ, in order.

    Raises:
        ValueError: No documents, or a case number of another alphabet.
    """

    case_number: str
    documents: tuple[PrintDocument, ...]

    def __post_init__(self) -> None:
        """Refuse an empty job, and a case number that could not be part of a file name."""
        if _CASE_NUMBER.fullmatch(self.case_number) is None:
            raise ValueError("case_number is no case number")
        if not self.documents:
            raise ValueError("a print job needs documents")

    def __repr__(self) -> str:
        return f"PrintJob({self.case_number}, {list(self.documents)})"


@dataclass(frozen=True)
class PrintedDocument:
    """One document that came out: as the file `path`, or as the print service's job `job_id`.

    `verified`: what came out was read back before (see PrintDocument).
    """

    form: str
    pages: int
    path: Path | None
    job_id: str | None
    verified: bool = False


class Printer(Protocol):
    """A way out for finished pages 印刷先."""

    @property
    def name(self) -> str:
        """What the clerk chooses it by."""

    def release(self, job: PrintJob) -> list[PrintedDocument]:
        """Print all documents in order; returns when they are out.

        Raises:
            PrintError: In one of its kinds; as far as the way out allows, nothing came out.
        """

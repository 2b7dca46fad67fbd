"""A downtime kit while it is drawn, form by form, so that a counter can serve between two of them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kakanai.counter import Office
from kakanai.downtime.kit_drawing import FormCopies, KitArtist
from kakanai.downtime.kit_papers import COPIES
from kakanai.downtime.paper_number import PaperNumber, kit_of
from kakanai.forms.fonts import FontShelf
from kakanai.forms.template import FormTemplate
from kakanai.printing.print_job import PrintDocument, PrintJob
from kakanai.sessionlog.entry import ClerkId, EntryKind, FormRecord, LogEntry

LIST_ID: Final = "LIST"
"""What stands for a form's id in the list 使用記録 of a kit."""


@dataclass(frozen=True)
class PrintedKit:
    """A kit that is out: as PDF files, the list last, or on a printer (no files)."""

    kit: str
    forms: tuple[FormCopies, ...]
    files: tuple[Path, ...]
    pages: int


class KitMaking:
    """Draws the numbered copies of each form, then the list; nothing of it is in the log yet."""

    def __init__(
        self,
        office: Office,
        templates: Sequence[FormTemplate],
        copies: int,
        mark: str,
        day: dt.date,
        shelf: FontShelf,
    ) -> None:
        self.kit = f"D{kit_of(mark)}"
        self.copies = copies
        self.documents: list[PrintDocument] = []
        self._records: list[FormRecord] = []
        self._mark = mark
        self._day = day
        self._artist = KitArtist(office, shelf)
        planned = []
        for first, template in enumerate(templates):
            places = range(first * copies + 1, first * copies + copies + 1)
            numbers = tuple(PaperNumber.build(kit_of(mark), place) for place in places)
            planned.append(FormCopies(template, numbers))
        self.forms = tuple(planned)

    @property
    def total(self) -> int:
        """How many documents there will be: one of each form, and the list."""
        return len(self.forms) + 1

    @property
    def is_drawn(self) -> bool:
        """Whether everything is drawn."""
        return len(self.documents) == self.total

    @property
    def pages(self) -> int:
        """The pages of the papers, the list not counted."""
        return sum(document.pages for document in self.documents[: len(self.forms)])

    def draw_next(self) -> None:
        """Draw one more document, and read it back.

        Raises:
            NoNumberBoxError, RenderError, PaperMismatchError, FontMissingError: not drawn as meant.
        """
        if len(self.documents) == len(self.forms):
            pdf, pages = self._artist.record_sheet(self.forms, self._day)
            self.documents.append(PrintDocument(LIST_ID, pdf, pages, "A4", single=True))
            return
        one = self.forms[len(self.documents)]
        pdf, each = self._artist.papers(one)
        template = one.template
        pages = each * self.copies
        # `single`: a number is there once, however many copies a printer is set to. `preprinted`: each page
        # on a sheet of its own, for the next one in this PDF is another visitor's.
        self.documents.append(
            PrintDocument(
                template.id, pdf, pages, template.paper, verified=True, single=True, preprinted=True
            )
        )
        self._records.append(FormRecord(template.id, template.version, each))

    def draw_all(self) -> None:
        """Draw what is left. Raises as `draw_next`."""
        while not self.is_drawn:
            self.draw_next()

    def contents(self) -> dict[str, bytes]:
        """The PDFs by the names of their files, the list last."""
        names = [*(f"{self.kit}_{one.template.id}.pdf" for one in self.forms), f"{self.kit}_list.pdf"]
        return dict(zip(names, (document.pdf for document in self.documents), strict=True))

    def job(self) -> PrintJob:
        """All of it for a printer."""
        return PrintJob(self.kit, tuple(self.documents))

    def entry(self, clerk: ClerkId, at: dt.datetime) -> LogEntry:
        """What the log is told before any paper is there."""
        return LogEntry(
            EntryKind.DOWNTIME_PRINTED,
            None,
            clerk,
            at,
            forms=tuple(self._records),
            counts={COPIES: self.copies},
            digest=self._mark,
        )

    def printed(self, files: Sequence[Path] = ()) -> PrintedKit:
        """The kit as it is out now."""
        return PrintedKit(self.kit, self.forms, tuple(files), self.pages)

"""Printing each document where its paper lies: one job over several ways out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from kakanai.printing.errors import PrintError
from kakanai.printing.print_job import PrintDocument, PrintedDocument, Printer, PrintJob
from kakanai.printing.progress import Told, nobody
from kakanai.printing.reach import Reach, reach_of
from kakanai.printing.tasks_out import tell_together


@runtime_checkable
class _Ready(Protocol):
    """A printer that can say before anything is sent that it takes nothing."""

    def require_ready(self, total: int, /) -> None: ...


@runtime_checkable
class _Choosy(Protocol):
    """A printer that can say before anything is sent what it has no paper or tray for."""

    def require_known(self, documents: Sequence[PrintDocument], /) -> None: ...


@runtime_checkable
class _Watched(Protocol):
    """A printer that tells how far it is."""

    told: Told


def require_ready(printer: Printer, total: int) -> None:
    """Nothing, when the printer takes `total` documents now or cannot tell. Raises PrintError."""
    if isinstance(printer, _Ready):
        printer.require_ready(total)


def watch(printer: Printer, told: Told) -> None:
    """Let `told` hear how far the printer is, if it can tell."""
    if isinstance(printer, _Watched):
        printer.told = told


@dataclass(frozen=True)
class _Part:
    """The documents of a job that go the same way, with their places in it."""

    printer: Printer
    places: list[int]
    documents: list[PrintDocument]

    def place_of(self) -> dict[str, int]:
        """The place in the job of each form."""
        return {one.form: place for place, one in zip(self.places, self.documents, strict=True)}


class PrinterByPaper:
    """The town's default printers 用紙ごとのプリンター.

    Args:
        name: What it is chosen by.
        way_out: Gives the printer of a paper size.
        by_form: Gives the printer that a form has of its own on this PC, by its id; None for most.

    Attributes:
        told: Hears how far the print on each printer is, on the thread that prints.
    """

    def __init__(
        self,
        name: str,
        way_out: Callable[[str], Printer],
        by_form: Callable[[str], Printer | None] = lambda _form: None,
    ) -> None:
        self._name = name
        self._way_out = way_out
        self._by_form = by_form
        self.told: Told = nobody

    @property
    def name(self) -> str:
        """What the clerk chooses it by."""
        return self._name

    def require_ready(self, forms: Sequence[tuple[str, str]]) -> None:
        """Nothing, when every printer that these forms (id and paper) need takes jobs now.

        Raises:
            NoPrintServiceError, PrinterNotFoundError, PrinterStoppedError: nothing was sent.
            PrinterFileError: it cannot be told which printers these are.
        """
        printers = [self._printer(form, paper) for form, paper in forms]
        for printer in {one.name: one for one in printers}.values():
            require_ready(printer, len(forms))

    def reach(self, form: str, paper: str) -> Reach | None:
        """Where the printer of this form can print; None when that is not known."""
        return reach_of(self._printer(form, paper), form, paper)

    def _printer(self, form: str, paper: str) -> Printer:
        return self._by_form(form) or self._way_out(paper)

    def release(self, job: PrintJob) -> list[PrintedDocument]:
        """Print all documents, those of one printer together, in order; returns when all are out.

        Every printer is asked first whether it takes jobs, and has the paper, so that a stopped one, or one
        without it, keeps all paper back.

        Raises:
            PrintError: in one of its kinds. `printed` and `total` count the documents of the whole job: what
                an earlier printer printed is out, what was to follow was not sent.
        """
        self.require_ready([(document.form, document.paper) for document in job.documents])
        parts = self._parts(job)
        for part in parts:
            if isinstance(part.printer, _Choosy):
                part.printer.require_known(part.documents)
        printed: dict[int, PrintedDocument] = {}
        for part in parts:
            watch(part.printer, self.told)
            try:
                told = part.printer.release(PrintJob(job.case_number, tuple(part.documents)))
            except BaseException as error:
                if printed and isinstance(error, PrintError):
                    error.details["printed"] = len(printed) + int(error.details.get("printed", 0))
                    error.details["total"] = len(job.documents)
                tell_together(error, part.place_of(), printed)
                raise
            printed |= dict(zip(part.places, told, strict=True))
        return [printed[place] for place in range(len(job.documents))]

    def _parts(self, job: PrintJob) -> list[_Part]:
        parts: dict[str, _Part] = {}
        for place, document in enumerate(job.documents):
            printer = self._printer(document.form, document.paper)
            part = parts.setdefault(printer.name, _Part(printer, [], []))
            part.places.append(place)
            part.documents.append(document)
        return list(parts.values())

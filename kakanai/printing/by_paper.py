"""Printing each document where its paper lies: one job over several ways out."""

from collections.abc import Callable
from dataclasses import dataclass

from kakanai.printing.cups import CupsPrinter
from kakanai.printing.errors import PrintError
from kakanai.printing.print_job import PrintDocument, PrintedDocument, Printer, PrintJob


@dataclass(frozen=True)
class _Part:
    """The documents of a job that go the same way, with their places in it."""

    printer: Printer
    places: list[int]
    documents: list[PrintDocument]


class PrinterByPaper:
    """The town's default printers 用紙ごとのプリンター: `way_out` gives the printer of a paper size."""

    def __init__(self, name: str, way_out: Callable[[str], Printer]) -> None:
        self._name = name
        self._way_out = way_out

    @property
    def name(self) -> str:
        """What the clerk chooses it by."""
        return self._name

    def require_ready(self, papers: list[str]) -> None:
        """Nothing, when every printer that these papers need takes jobs now.

        Raises:
            NoPrintServiceError, PrinterNotFoundError, PrinterStoppedError: nothing was sent.
        """
        for paper in dict.fromkeys(papers):
            printer = self._way_out(paper)
            if isinstance(printer, CupsPrinter):
                printer.require_ready(len(papers))

    def release(self, job: PrintJob) -> list[PrintedDocument]:
        """Print all documents, those of one printer together, in order; returns when all are out.

        Every printer is asked first whether it takes jobs, so that a stopped one keeps all paper back.

        Raises:
            PrintError: in one of its kinds. `printed` and `total` count the documents of the whole job: what
                an earlier printer printed is out, what was to follow was not sent.
        """
        self.require_ready([document.paper for document in job.documents])
        printed: dict[int, PrintedDocument] = {}
        for part in self._parts(job):
            try:
                told = part.printer.release(PrintJob(job.case_number, tuple(part.documents)))
            except PrintError as error:
                if printed:
                    error.details["printed"] = len(printed) + int(error.details.get("printed", 0))
                    error.details["total"] = len(job.documents)
                raise
            printed |= dict(zip(part.places, told, strict=True))
        return [printed[place] for place in range(len(job.documents))]

    def _parts(self, job: PrintJob) -> list[_Part]:
        parts: dict[str, _Part] = {}
        for place, document in enumerate(job.documents):
            printer = self._way_out(document.paper)
            part = parts.setdefault(printer.name, _Part(printer, [], []))
            part.places.append(place)
            part.documents.append(document)
        return list(parts.values())

"""Printing on paper through Windows' spooler: Qt draws each page at the device's resolution."""

import contextlib
import time
from collections.abc import Callable, Sequence
from typing import Final

from kakanai.printing.errors import (
    PaperRefusedError,
    PrinterNotFoundError,
    PrinterRemovedError,
    PrintError,
    PrintJobLostError,
    PrintTimeoutError,
)
from kakanai.printing.print_job import PrintDocument, PrintedDocument, PrintJob
from kakanai.printing.print_plan import PrintSetup, PrintTask
from kakanai.printing.progress import PrintProgress, PrintState, Told, nobody
from kakanai.printing.reach import Reach, make_reach
from kakanai.printing.winspool import Spooler, SpoolJob, SpoolStatus

_POLL_S: Final = 0.25
_GONE: Final = SpoolStatus.DELETING | SpoolStatus.DELETED
_OUT: Final = SpoolStatus.PRINTED | SpoolStatus.COMPLETE
_BY_STATUS: Final = (
    (SpoolStatus.PAPER_OUT, PrintState.NO_PAPER),
    (SpoolStatus.OFFLINE, PrintState.OFFLINE),
    (SpoolStatus.PAUSED, PrintState.STOPPED),
    (SpoolStatus.ERROR | SpoolStatus.BLOCKED | SpoolStatus.USER_INTERVENTION, PrintState.STOPPED),
    (SpoolStatus.PRINTING, PrintState.PRINTING),
)

Draw = Callable[[str, PrintTask, str], None]
"""Draws a task on the printer of that name, as a document of that title."""


def draw_by_qt(printer: str, task: PrintTask, title: str) -> None:
    """Draw a task on a printer of the system.

    Raises:
        PrinterNotFoundError, PaperRefusedError: there is no such printer, or it has no such paper.
        PrintError: it could not be drawn.
    """
    # Loaded for paper alone: neither Linux nor a command that prints nothing needs Qt here.
    from kakanai.printing.page_raster import draw_pdf, open_printer, takes_paper

    device = open_printer(printer, task.paper, task.tray, task.sides, task.copies, title)
    if not takes_paper(printer, task.paper):
        raise PaperRefusedError(printer=printer, paper=task.paper)
    draw_pdf(task.pdf, device)


def takes_by_qt(printer: str, paper: str) -> bool:
    """Whether the driver of a printer of the system has that paper, or tells none."""
    from kakanai.printing.page_raster import require_application, takes_paper

    require_application()
    return takes_paper(printer, paper)


class WindowsPrinter:
    """A printer of Windows プリンター.

    Documents are drawn and followed one after the other, so that what comes after a failure was never sent;
    what the failed one left in the spooler is taken out.

    Args:
        name: The printer's name in Windows.
        spooler: What it is followed by.
        timeout_s: Seconds for the whole job.
        setup: Gives profile and rules at every print.
        draw: How pages get there.
        takes: Whether a printer has a paper.

    Attributes:
        told: Hears how far the print is, on the thread that prints.
    """

    def __init__(
        self,
        name: str,
        spooler: Spooler,
        *,
        timeout_s: float = 180.0,
        setup: Callable[[], PrintSetup] = PrintSetup,
        draw: Draw = draw_by_qt,
        takes: Callable[[str, str], bool] = takes_by_qt,
    ) -> None:
        self._name = name
        self._spooler = spooler
        self._timeout_s = timeout_s
        self._setup = setup
        self._draw = draw
        self._takes = takes
        self.told: Told = nobody

    @property
    def name(self) -> str:
        """The printer's name."""
        return self._name

    def require_ready(self, _total: int) -> None:
        """Nothing, when Windows has the printer.

        Raises:
            NoPrintServiceError, PrinterNotFoundError: nothing was sent.
        """
        self._spooler.jobs(self._name)

    def require_known(self, documents: Sequence[PrintDocument]) -> None:
        """Nothing, when the driver has every paper, or tells none.

        Raises:
            PaperRefusedError: it has not; nothing was sent.
            PrinterFileError: the profile cannot be read.
        """
        setup = self._setup()
        for paper in dict.fromkeys(setup.sheet(document) for document in documents):
            if not self._takes(self._name, paper):
                raise PaperRefusedError(printer=self._name, paper=paper)

    def reach(self, form: str, paper: str) -> Reach | None:
        """Where the printer can print that form, by its driver's margins or its profile's.

        Raises:
            PrinterFileError: the profile cannot be read.
        """
        from kakanai.printing.page_raster import driver_margins

        told = {sheet: driver_margins(self._name, sheet) for sheet in ("A4", paper)}
        return make_reach(self._setup(), form, paper, {k: v for k, v in told.items() if v is not None})

    def release(self, job: PrintJob) -> list[PrintedDocument]:
        """Print all documents; returns when the spooler has none of them any more.

        Raises:
            PrinterFileError, PaperRefusedError, PrinterNotFoundError, NoPrintServiceError: as for CUPS.
            PrinterRemovedError, PrintTimeoutError, PrintJobLostError, PrintError: `printed` of `total` are
                out; the others were taken back or never sent.
        """
        self.require_ready(len(job.documents))
        setup = self._setup()
        documents = [setup.kept(document) for document in job.documents]
        self.require_known(documents)
        tasks = setup.tasks(documents)
        deadline = time.monotonic() + self._timeout_s
        ids: dict[int, str] = {}
        for number, task in enumerate(tasks):
            title = f"{job.case_number} {task.form}"
            try:
                self._draw(self._name, task, title)
                spooled = self._follow(tasks, number, title, deadline)
            except PrintError as error:
                if number:
                    error.details.setdefault("printed", sum(len(one.places) for one in tasks[:number]))
                    error.details.setdefault("total", len(documents))
                self._take_back(title)
                raise
            except BaseException:
                self._take_back(title)
                raise
            ids |= dict.fromkeys(task.places, spooled)
        self._tell(tasks, len(tasks), PrintState.DONE)
        return [
            PrintedDocument(document.form, document.pages, None, ids[place], document.verified)
            for place, document in enumerate(documents)
        ]

    def _follow(self, tasks: Sequence[PrintTask], number: int, title: str, deadline: float) -> str:
        """Return the spooler's number of the job when it is out; "" when it was faster than we looked."""
        told: dict[str, int | str] = {
            "printer": self._name,
            "printed": sum(len(task.places) for task in tasks[:number]),
            "total": sum(len(task.places) for task in tasks),
        }
        known = ""
        state = PrintState.WAITING
        while True:
            try:
                found = [one for one in self._spooler.jobs(self._name) if one.title == title]
            except PrinterNotFoundError:
                raise PrinterRemovedError(**told) from None
            if not found:
                return known
            last = found[-1]
            known = str(last.number)
            if last.status & _OUT:
                return known
            if last.status & _GONE:
                raise PrintJobLostError(**told)
            state = _state(last)
            self._tell(tasks, number, state)
            if time.monotonic() >= deadline:
                raise PrintTimeoutError(seconds=int(self._timeout_s), alerts=state.label, **told)
            time.sleep(_POLL_S)

    def _tell(self, tasks: Sequence[PrintTask], number: int, state: PrintState) -> None:
        states: list[tuple[str, PrintState]] = []
        for place, task in enumerate(tasks):
            words = PrintState.DONE if place < number else state if place == number else PrintState.WAITING
            states += [(form, words) for form in task.form.split("+")]
        self.told(PrintProgress(self._name, tuple(states)))

    def _take_back(self, title: str) -> None:
        with contextlib.suppress(PrintError):
            for job in self._spooler.jobs(self._name):
                if job.title == title:
                    self._spooler.delete(self._name, job.number)


def _state(job: SpoolJob) -> PrintState:
    return next((state for status, state in _BY_STATUS if job.status & status), PrintState.WAITING)

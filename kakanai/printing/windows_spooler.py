"""Printing on paper through Windows' spooler: Qt draws each page at the device's resolution."""

import contextlib
import time
from collections.abc import Callable, Sequence
from typing import Final

from kakanai.printing.errors import (
    OptionRefusedError,
    PaperRefusedError,
    PrinterNotFoundError,
    PrinterRemovedError,
    PrintError,
    PrintJobLostError,
    PrintTimeoutError,
    PrintUnsureError,
)
from kakanai.printing.print_job import PrintDocument, PrintedDocument, PrintJob
from kakanai.printing.print_plan import PrintSetup, PrintTask
from kakanai.printing.printer_facts import PrinterFacts
from kakanai.printing.progress import PrintProgress, PrintState, Told, nobody
from kakanai.printing.reach import Reach, make_reach
from kakanai.printing.tasks_out import TasksOut
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


def has_tray_by_qt(printer: str, tray: str) -> bool:
    """Whether the driver of a printer of the system has a tray that we call so."""
    from kakanai.printing.page_raster import has_tray, require_application

    require_application()
    return has_tray(printer, tray)


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
        has_tray: Whether a printer has a tray of that name.

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
        has_tray: Callable[[str, str], bool] = has_tray_by_qt,
    ) -> None:
        self._name = name
        self._spooler = spooler
        self._timeout_s = timeout_s
        self._setup = setup
        self._draw = draw
        self._takes = takes
        self._has_tray = has_tray
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
        """Nothing, when the driver has every paper and tray, or tells none.

        Raises:
            PaperRefusedError, OptionRefusedError: it has not; nothing was sent.
            PrinterFileError: the profile cannot be read.
        """
        setup = self._setup()
        for tray in dict.fromkeys(setup.tray(document) for document in documents):
            if tray and not self._has_tray(self._name, tray):
                raise OptionRefusedError(printer=self._name, option=tray)
        for paper in dict.fromkeys(setup.sheet(document) for document in documents):
            if not self._takes(self._name, paper):
                raise PaperRefusedError(printer=self._name, paper=paper)

    def facts(self) -> PrinterFacts:
        """What the driver says of the printer: papers with their margins, and trays by our words.

        Raises:
            PrinterNotFoundError: there is no such printer.
        """
        from kakanai.printing.page_raster import driver_facts

        return driver_facts(self._name)

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
            PrinterFileError, PaperRefusedError, OptionRefusedError, PrinterNotFoundError,
                NoPrintServiceError: as for CUPS.
            PrintUnsureError: a document left the queue unseen; those after it were never sent.
            PrinterRemovedError, PrintTimeoutError, PrintJobLostError, PrintError: `came_out` are out; the
                others were taken back or never sent.
        """
        self.require_ready(len(job.documents))
        setup = self._setup()
        documents = [setup.kept(document) for document in job.documents]
        self.require_known(documents)
        tasks = setup.tasks(documents)
        deadline = time.monotonic() + self._timeout_s
        out = TasksOut(documents, tasks)
        for number, task in enumerate(tasks):
            title = f"{job.case_number} {task.form}"
            try:
                out.let(number)
                self._draw(self._name, task, title)
                out.finish(number, self._follow(tasks, number, title, deadline))
            except BaseException as error:
                self._take_back(title)
                out.tell(error)
                raise
        self._tell(tasks, len(tasks), PrintState.DONE)
        return list(out.documents())

    def _follow(self, tasks: Sequence[PrintTask], number: int, title: str, deadline: float) -> str:
        """Return the spooler's number of the job when it is out; "" when it was faster than we looked.

        A job leaves the queue when it is printed and when somebody deletes it, and is then told by nobody.
        One that was printing when last seen is out (a job deleted then is first seen as such); of one that
        waited or was stuck nobody knows (assumed).
        """
        told: dict[str, int | str] = {
            "printer": self._name,
            "printed": sum(len(task.places) for task in tasks[:number]),
            "total": sum(len(task.places) for task in tasks),
        }
        known, state, was_printing = "", PrintState.WAITING, False
        while True:
            try:
                found = [one for one in self._spooler.jobs(self._name) if one.title == title]
            except PrinterNotFoundError:
                raise PrinterRemovedError(**told) from None
            if not found:
                if known and not was_printing:
                    raise PrintUnsureError(form=tasks[number].form, **told)
                return known
            last = found[-1]
            known = str(last.number)
            if last.status & _OUT:
                return known
            if last.status & _GONE:
                raise PrintJobLostError(**told)
            state = _state(last)
            was_printing = state is PrintState.PRINTING
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

"""Printing on paper through CUPS."""

import contextlib
import re
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from kakanai.printing.cups_commands import (
    is_running,
    job_title,
    let_print,
    printer_names,
    queue_held,
    takes_jobs,
    withdraw,
)
from kakanai.printing.cups_jobs import JobState, job_states, purge, unfinished_jobs
from kakanai.printing.errors import (
    NoPrintServiceError,
    OptionRefusedError,
    PaperRefusedError,
    PrinterNotFoundError,
    PrinterRemovedError,
    PrintError,
    PrinterStoppedError,
    PrintJobLostError,
    PrintTimeoutError,
)
from kakanai.printing.print_job import PrintDocument, PrintedDocument, PrintJob
from kakanai.printing.print_plan import PrintSetup, PrintTask
from kakanai.printing.printer_facts import PrinterFacts, printer_facts, printer_reasons
from kakanai.printing.progress import PrintProgress, PrintState, Told, alert_words, nobody, trouble
from kakanai.printing.reach import Reach, make_reach
from kakanai.printing.tasks_out import TasksOut

_POLL_S: Final = 0.25

_PRINTER_NAME = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_.@+-]{0,126}")
"""Narrower than CUPS allows: no slash (another server), no hyphen in front (an option of lp)."""


def list_printers() -> list[str]:
    """The names of all CUPS printers; none when CUPS is absent or does not answer."""
    if not is_running():
        return []
    try:
        return printer_names()
    except NoPrintServiceError:
        return []


class CupsPrinter:
    """A printer of CUPS プリンター.

    All documents are first handed over on hold, so that a failure until then prints nothing; then they
    print in order. What is not out when something fails is withdrawn: no page of a person comes out later
    with nobody waiting for it. CUPS' own copies of the PDFs are removed in either case.

    Args:
        name: The queue's name, as `list_printers` gives it.
        timeout_s: Seconds for the whole job, from its release to its last page.
        setup: Gives profile and rules at every print.

    Attributes:
        told: Hears how far the print is, on the thread that prints.
    """

    def __init__(
        self, name: str, *, timeout_s: float = 180.0, setup: Callable[[], PrintSetup] = PrintSetup
    ) -> None:
        self._name = name
        self._timeout_s = timeout_s
        self._setup = setup
        self.told: Told = nobody

    @property
    def name(self) -> str:
        """The queue's name."""
        return self._name

    def facts(self) -> PrinterFacts:
        """What the printer says of itself.

        Raises:
            NoPrintServiceError, PrinterNotFoundError: it says nothing.
        """
        return printer_facts(self._name)

    def reach(self, form: str, paper: str) -> Reach | None:
        """Where the printer can print that form; None when neither it nor its profile tells.

        Raises:
            NoPrintServiceError, PrinterNotFoundError, PrinterFileError: it cannot be asked.
        """
        return make_reach(self._setup(), form, paper, dict(self.facts().papers))

    def release(self, job: PrintJob) -> list[PrintedDocument]:
        """Print all documents; returns when CUPS says all are done. Blocks: not for a GUI's thread.

        Raises:
            PrinterFileError, PaperRefusedError, OptionRefusedError, PrinterNotFoundError: Nothing was sent.
            NoPrintServiceError: Nothing was sent, unless the service died within the print.
            PrinterStoppedError, PrinterRemovedError, PrintTimeoutError, PrintJobLostError, PrintError:
                `came_out` tells which documents came out (the detail `printed`: how many), `begun` which may
                have left paper; the others were withdrawn.
        """
        self.require_ready(len(job.documents))
        setup = self._setup()
        documents = [setup.kept(document) for document in job.documents]
        self.require_known(documents)
        tasks = setup.tasks(documents)
        queued: list[str] = []
        out = TasksOut(documents, tasks)
        try:
            for task in tasks:
                queued.append(queue_held(self._name, job.case_number, task))
            for number, job_id in enumerate(queued):
                out.let(number)
                let_print(self._name, job_id)
            self._follow(queued, tasks, out)
        except BaseException as error:
            # What came out since the last look is known for as long as its job is not taken back.
            with contextlib.suppress(PrintError):
                _note(out, queued, self._look(queued)[0])
            if not self._withdraw(job, tasks, queued):
                out.begin_all()
            if isinstance(error, PrintError) and self._was_removed(error):
                removed = PrinterRemovedError(printer=self._name, printed=0, total=out.total)
                out.tell(removed)
                raise removed from error
            out.tell(error)
            raise
        for job_id in queued:
            with contextlib.suppress(PrintError):
                purge(self._name, job_id)
        return list(out.documents())

    def _was_removed(self, error: PrintError) -> bool:
        """Whether what failed did so because the printer was taken away meanwhile."""
        if isinstance(error, PrinterRemovedError) or not is_running():
            return False
        with contextlib.suppress(NoPrintServiceError):
            return self._name not in printer_names()
        return False

    def require_known(self, documents: Sequence[PrintDocument]) -> None:
        """Nothing, when the printer has every paper, tray and way of printing, or does not tell.

        Raises:
            PaperRefusedError, OptionRefusedError: it has not; nothing was sent.
            NoPrintServiceError, PrinterNotFoundError, PrinterFileError: it cannot be asked.
        """
        facts, setup = self.facts(), self._setup()
        for document in documents:
            paper = setup.sheet(document)
            if facts.refuses_paper(paper):
                raise PaperRefusedError(printer=self._name, paper=paper)
            if option := facts.refused_option(setup.tray(document), setup.sides(document)):
                raise OptionRefusedError(printer=self._name, option=option)

    def _withdraw(self, job: PrintJob, tasks: Sequence[PrintTask], queued: Sequence[str]) -> bool:
        """Take everything of the job back, also what CUPS took without our learning its id; whether it is."""
        is_back = all([self._take_back(job_id) for job_id in reversed(queued)])
        titles = {job_title(job.case_number, task) for task in tasks}
        with contextlib.suppress(PrintError):
            for job_id in unfinished_jobs(self._name, titles):
                self._take_back(job_id)
        return is_back

    def _take_back(self, job_id: str) -> bool:
        with contextlib.suppress(PrintError):
            if not purge(self._name, job_id):
                withdraw(job_id)
            return True
        return False

    def require_ready(self, total: int) -> None:
        """Nothing, when CUPS has the printer and it takes jobs now; `total` documents are to be printed.

        Raises:
            NoPrintServiceError, PrinterNotFoundError, PrinterStoppedError: nothing was sent.
        """
        if not is_running():
            raise NoPrintServiceError
        if _PRINTER_NAME.fullmatch(self._name) is None or self._name not in printer_names():
            raise PrinterNotFoundError(printer=self._name)
        if not takes_jobs(self._name):
            raise PrinterStoppedError(printer=self._name, printed=0, total=total)

    def _follow(self, queued: Sequence[str], tasks: Sequence[PrintTask], out: TasksOut) -> None:
        """Return when all jobs are printed."""
        deadline = time.monotonic() + self._timeout_s
        last: PrintProgress | None = None
        while True:
            known, is_gone = self._look(queued)
            # Assumed: a server that keeps no history (PreserveJobHistory No) forgets a job when it is done.
            # One whose queue was taken away forgets it too, done or not.
            forgotten = JobState.ABORTED if is_gone else JobState.COMPLETED
            states = [known.get(job_id, forgotten) for job_id in queued]
            _note(out, queued, dict(zip(queued, states, strict=True)))
            is_done = out.printed == out.total
            told: dict[str, int | str] = {"printer": self._name, "printed": out.printed, "total": out.total}
            if is_gone:
                raise PrinterRemovedError(**told)
            reasons: tuple[str, ...] = ()
            with contextlib.suppress(PrinterNotFoundError):  # taken away just now: the next look tells
                reasons = () if is_done else printer_reasons(self._name)
            progress = _progress(self._name, tasks, states, reasons)
            if progress != last:
                last = progress
                self.told(progress)
            if is_done:
                return
            if JobState.CANCELED in states or JobState.ABORTED in states:
                raise PrintJobLostError(**told)
            if not takes_jobs(self._name):
                raise PrinterStoppedError(**told)
            if time.monotonic() >= deadline:
                alerts = alert_words(reasons)
                raise PrintTimeoutError(seconds=int(self._timeout_s), alerts=alerts, **told)
            time.sleep(_POLL_S)

    def _look(self, queued: Sequence[str]) -> tuple[dict[str, JobState], bool]:
        """The jobs that CUPS knows, and whether the printer was taken away."""
        try:
            known = job_states(self._name)
        except NoPrintServiceError:
            # So it answers for a queue that is no more, too.
            if not is_running() or self._name in printer_names():
                raise
            return {}, True
        is_short = any(job_id not in known for job_id in queued)
        return known, is_short and self._name not in printer_names()


def _note(out: TasksOut, queued: Sequence[str], known: Mapping[str, JobState]) -> None:
    """Note what the states of jobs say is out, and what may have begun."""
    for number, job_id in enumerate(queued):
        state = known.get(job_id)
        if state is JobState.COMPLETED:
            out.finish(number, job_id)
        elif state not in {None, JobState.PENDING, JobState.HELD}:
            out.begin(number)


def _progress(
    printer: str, tasks: Sequence[PrintTask], states: Sequence[JobState], reasons: Sequence[str]
) -> PrintProgress:
    """How each document stands; what is the matter with the printer concerns the first that is not out."""
    stuck = trouble(reasons)
    told: list[tuple[str, PrintState]] = []
    for task, state in zip(tasks, states, strict=True):
        if state is JobState.COMPLETED:
            words = PrintState.DONE
        elif stuck is not None:
            words, stuck = stuck, None
        else:
            words = PrintState.PRINTING if state is JobState.PROCESSING else PrintState.WAITING
        told += [(form, words) for form in task.form.split("+")]
    return PrintProgress(printer, tuple(told))

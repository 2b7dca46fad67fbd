"""Printing on paper through CUPS."""

import contextlib
import re
import time
from collections.abc import Sequence
from typing import Final

from kakanai.printing.cups_commands import (
    is_running,
    job_title,
    let_print,
    printer_alerts,
    printer_names,
    queue_held,
    takes_jobs,
    withdraw,
)
from kakanai.printing.cups_jobs import JobState, job_states, purge, unfinished_jobs
from kakanai.printing.errors import (
    NoPrintServiceError,
    PrinterNotFoundError,
    PrintError,
    PrinterStoppedError,
    PrintJobLostError,
    PrintTimeoutError,
)
from kakanai.printing.print_job import PrintedDocument, PrintJob

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
    """

    def __init__(self, name: str, *, timeout_s: float = 180.0) -> None:
        self._name = name
        self._timeout_s = timeout_s

    @property
    def name(self) -> str:
        """The queue's name."""
        return self._name

    def release(self, job: PrintJob) -> list[PrintedDocument]:
        """Print all documents; returns when CUPS says all are done. Blocks: not for a GUI's thread.

        Raises:
            PrinterNotFoundError: Nothing was sent.
            NoPrintServiceError: Nothing was sent, unless the service died within the print.
            PrinterStoppedError, PrintTimeoutError, PrintJobLostError, PrintError: The detail `printed`
                tells how many documents came out; the others were withdrawn.
        """
        self.require_ready(len(job.documents))
        queued: list[str] = []
        try:
            for document in job.documents:
                queued.append(queue_held(self._name, job.case_number, document))
            for job_id in queued:
                let_print(self._name, job_id)
            self._follow(queued)
        except BaseException:
            self._withdraw(job, queued)
            raise
        for job_id in queued:
            with contextlib.suppress(PrintError):
                purge(self._name, job_id)
        return [
            PrintedDocument(document.form, document.pages, None, job_id, document.verified)
            for document, job_id in zip(job.documents, queued, strict=True)
        ]

    def _withdraw(self, job: PrintJob, queued: Sequence[str]) -> None:
        """Take everything of the job back, also what CUPS took without our learning its id."""
        for job_id in reversed(queued):
            self._take_back(job_id)
        titles = {job_title(job.case_number, document) for document in job.documents}
        with contextlib.suppress(PrintError):
            for job_id in unfinished_jobs(self._name, titles):
                self._take_back(job_id)

    def _take_back(self, job_id: str) -> None:
        with contextlib.suppress(PrintError):
            if not purge(self._name, job_id):
                withdraw(job_id)

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

    def _follow(self, queued: Sequence[str]) -> None:
        """Return when all jobs are printed."""
        deadline = time.monotonic() + self._timeout_s
        while True:
            known = job_states(self._name)
            # Assumed: a server that keeps no history (PreserveJobHistory No) forgets a job when it is done.
            states = [known.get(job_id, JobState.COMPLETED) for job_id in queued]
            printed = states.count(JobState.COMPLETED)
            told: dict[str, int | str] = {"printer": self._name, "printed": printed, "total": len(queued)}
            if printed == len(queued):
                return
            if JobState.CANCELED in states or JobState.ABORTED in states:
                raise PrintJobLostError(**told)
            if not takes_jobs(self._name):
                raise PrinterStoppedError(**told)
            if time.monotonic() >= deadline:
                alerts = printer_alerts(self._name)
                raise PrintTimeoutError(seconds=int(self._timeout_s), alerts=alerts, **told)
            time.sleep(_POLL_S)

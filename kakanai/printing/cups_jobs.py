"""The state of print jobs, and the end of their files, asked of the CUPS library.

lpstat tells when a job has left the queue but not whether it was printed: for both a finished and a withdrawn
job CUPS 2.4.2 gives the reason processing-to-stop-point (observed). The library that lp itself uses knows.
Likewise `cancel -x` leaves the files of a job where they are, and the library removes them (observed, 2.4.2).
"""

import ctypes
from collections.abc import Collection
from enum import IntEnum
from typing import Final

from kakanai.printing.cups_library import CupsJob, connection, library
from kakanai.printing.errors import NoPrintServiceError

_ACTIVE: Final = 0
_COMPLETED: Final = 1
_OWN_JOBS: Final = 1
_PURGE: Final = 1
_OK_AT_MOST: Final = 0x00FF
"""Highest status of an IPP answer that says yes. Given: RFC 8011 appendix B.1.2."""

_SERVER_FAILED: Final = 0x0500
"""Lowest status of a server that could not answer; from 0x0400 on it answered no. Given: as above."""


class JobState(IntEnum):
    """State of a print job. Given: job-state, RFC 8011 5.3.7."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


def job_states(printer: str) -> dict[str, JobState]:
    """The state of each job of ours at the printer, by its id (`office-12`), as far as CUPS remembers.

    Raises:
        NoPrintServiceError: The library is not there, or the server does not answer.
    """
    with connection() as http:
        # In this order a job that finishes in between is seen twice rather than never.
        jobs = [*_jobs(http, printer, _ACTIVE), *_jobs(http, printer, _COMPLETED)]
    return {job_id: state for job_id, _, state in jobs}


def unfinished_jobs(printer: str, titles: Collection[str]) -> list[str]:
    """The ids of jobs of ours at the printer that bear one of the titles and have not ended.

    Raises:
        NoPrintServiceError: As for `job_states`.
    """
    with connection() as http:
        return [job_id for job_id, title, _ in _jobs(http, printer, _ACTIVE) if title in titles]


def purge(printer: str, job_id: str) -> bool:
    """Take a job out of the queue, if it is there, and remove its PDF from CUPS' own folder, done or not.

    False when CUPS refused.

    Raises:
        NoPrintServiceError: As for `job_states`.
    """
    number = int(job_id.rpartition("-")[2])
    with connection() as http:
        status: int = library().cupsCancelJob2(http, printer.encode(), number, _PURGE)
    if not 0 <= status < _SERVER_FAILED:
        raise NoPrintServiceError
    return status <= _OK_AT_MOST


def _jobs(http: ctypes.c_void_p, printer: str, which: int) -> list[tuple[str, str, JobState]]:
    """Id, title and state of our jobs."""
    cups = library()
    jobs = ctypes.POINTER(CupsJob)()
    count = cups.cupsGetJobs2(http, ctypes.byref(jobs), printer.encode(), _OWN_JOBS, which)
    if count < 0:
        raise NoPrintServiceError
    try:
        return [
            (
                f"{printer}-{jobs[i].id}",
                (jobs[i].title or b"").decode("utf-8", "replace"),
                JobState(jobs[i].state),
            )
            for i in range(count)
        ]
    finally:
        cups.cupsFreeJobs(count, jobs)

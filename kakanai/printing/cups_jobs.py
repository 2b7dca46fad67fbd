"""The state of print jobs, asked of the CUPS library.

lpstat tells when a job has left the queue but not whether it was printed: for both a finished and a withdrawn
job CUPS 2.4.2 gives the reason processing-to-stop-point (observed). The library that lp itself uses knows.
"""

import ctypes
import ctypes.util
import functools
import sys
from enum import IntEnum
from typing import Final

from kakanai.printing.errors import NoPrintServiceError

_ACTIVE: Final = 0
_COMPLETED: Final = 1
_OWN_JOBS: Final = 1


class JobState(IntEnum):
    """State of a print job. Given: job-state, RFC 8011 5.3.7."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


class _Job(ctypes.Structure):
    """`cups_job_t` of cups/cups.h (given, CUPS 1.x to 2.4)."""

    _fields_ = (
        ("id", ctypes.c_int),
        ("dest", ctypes.c_char_p),
        ("title", ctypes.c_char_p),
        ("user", ctypes.c_char_p),
        ("format", ctypes.c_char_p),
        ("state", ctypes.c_int),
        ("size", ctypes.c_int),
        ("priority", ctypes.c_int),
        ("completed_time", ctypes.c_long),
        ("creation_time", ctypes.c_long),
        ("processing_time", ctypes.c_long),
    )


def job_states(printer: str) -> dict[str, JobState]:
    """The state of each job of ours at the printer, by its id (`office-12`), as far as CUPS remembers.

    Raises:
        NoPrintServiceError: The library is not there, or the server does not answer.
    """
    states: dict[str, JobState] = {}
    # In this order a job that finishes in between is seen twice rather than never.
    for which in (_ACTIVE, _COMPLETED):
        states.update(_states(printer, which))
    return states


def _states(printer: str, which: int) -> dict[str, JobState]:
    cups = _library()
    # The library keeps the first server it met for ever; this makes it look at its settings again.
    cups.cupsSetServer(None)
    jobs = ctypes.POINTER(_Job)()
    count = cups.cupsGetJobs2(None, ctypes.byref(jobs), printer.encode(), _OWN_JOBS, which)
    if count < 0:
        raise NoPrintServiceError
    try:
        return {f"{printer}-{jobs[i].id}": JobState(jobs[i].state) for i in range(count)}
    finally:
        cups.cupsFreeJobs(count, jobs)


@functools.cache
def _library() -> ctypes.CDLL:
    name = "libcups.so.2" if sys.platform == "linux" else ctypes.util.find_library("cups")
    try:
        if name is None:
            raise NoPrintServiceError
        cups = ctypes.CDLL(name)
    except OSError as error:
        raise NoPrintServiceError from error
    cups.cupsSetServer.argtypes = [ctypes.c_char_p]
    cups.cupsSetServer.restype = None
    cups.cupsGetJobs2.argtypes = [
        ctypes.c_void_p,
        ctypes.POINTER(ctypes.POINTER(_Job)),
        ctypes.c_char_p,
        ctypes.c_int,
        ctypes.c_int,
    ]
    cups.cupsGetJobs2.restype = ctypes.c_int
    cups.cupsFreeJobs.argtypes = [ctypes.c_int, ctypes.POINTER(_Job)]
    cups.cupsFreeJobs.restype = None
    return cups

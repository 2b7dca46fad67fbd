"""CUPS by its own commands lp, lpstat and cancel; the only file that runs them."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from typing import Final

from kakanai.printing.errors import NoPrintServiceError, PrinterNotFoundError, PrintError
from kakanai.printing.print_plan import PrintTask

_COMMAND_S: Final = 60.0
"""A command that takes longer hangs; even a slow server answers within seconds."""

_REQUEST_ID = re.compile(r"request id is (\S+-[0-9]+)\b")
_MEDIA_MM: Final = {"A4": (21000, 29700), "A5": (14800, 21000)}
"""Papers as IPP counts them, in hundredths of a millimetre (PWG 5100.3 media-col, given)."""


def is_running() -> bool:
    """Whether a CUPS server answers."""
    try:
        return _run("lpstat", ["-r"]).stdout.strip() == "scheduler is running"
    except NoPrintServiceError:
        return False


def printer_names() -> list[str]:
    """The names of all printers that CUPS offers.

    Raises:
        NoPrintServiceError: CUPS is not there or hangs.
    """
    return _run("lpstat", ["-e"]).stdout.split()


def takes_jobs(printer: str) -> bool:
    """Whether the printer accepts jobs and is not stopped."""
    if "not accepting requests" in _run("lpstat", ["-a", printer]).stdout:
        return False
    return "disabled since" not in _run("lpstat", ["-p", printer]).stdout


def job_title(case_number: str, document: PrintTask) -> str:
    """What a document's job is called in CUPS: nothing personal, for titles show up in queues."""
    return f"{case_number} {document.form}"


def queue_held(printer: str, case_number: str, document: PrintTask) -> str:
    """Hand the document to CUPS without letting it print; the job's id, such as `office-12`.

    The PDF goes by pipe and its title bears case number and form only. Scaling is off, for boxes are in mm.
    Sides are always said, or a printer set to both sides by itself would turn a form over.

    Raises:
        PrinterNotFoundError, PrintError: CUPS did not take it.
        NoPrintServiceError: CUPS hangs, and may have taken it all the same (see `job_title`).
    """
    options = [_media(document), "print-scaling=none", "fit-to-page=false", f"sides={document.sides.value}"]
    if document.copies > 1:
        options.append(f"copies={document.copies}")
    arguments = ["-d", printer, "-t", job_title(case_number, document), "-H", "hold"]
    arguments += [word for option in options for word in ("-o", option)]
    answer = _run("lp", [*arguments, "-"], document.pdf)
    match = _REQUEST_ID.search(answer.stdout)
    if answer.returncode != 0 or match is None:
        missing = "does not exist" in answer.stderr
        raise (PrinterNotFoundError if missing else PrintError)(printer=printer)
    return match[1]


def _media(task: PrintTask) -> str:
    if not task.tray:
        return f"media={task.paper}"
    # A tray by itself (media-source=…) does not reach a printer's driver, within media-col it does
    # (observed, CUPS 2.4.2).
    width, height = _MEDIA_MM[task.paper]
    return f"media-col={{media-size={{x-dimension={width} y-dimension={height}}} media-source={task.tray}}}"


def let_print(printer: str, job_id: str) -> None:
    """End the hold of `queue_held`.

    Raises:
        PrintError: CUPS refused.
    """
    if _run("lp", ["-i", job_id, "-H", "resume"]).returncode != 0:
        raise PrintError(printer=printer)


def withdraw(job_id: str) -> None:
    """Take a job out of the queue, leaving its files; one that is already done stays as it is."""
    _run("cancel", [job_id])


def _run(
    command: str, arguments: Sequence[str], given: bytes | None = None
) -> subprocess.CompletedProcess[str]:
    program = shutil.which(command)
    if program is None:
        raise NoPrintServiceError
    try:
        answer = subprocess.run(  # noqa: S603  # no shell; the printer's name was checked by CupsPrinter
            [program, *arguments],
            input=b"" if given is None else given,
            capture_output=True,
            timeout=_COMMAND_S,
            check=False,
            # The answers are read, so they must be in one language.
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoPrintServiceError from error
    return subprocess.CompletedProcess(
        answer.args,
        answer.returncode,
        answer.stdout.decode("utf-8", "replace"),
        answer.stderr.decode("utf-8", "replace"),
    )

"""Foreseen failures of printing; the case and its pages are still with the caller after each."""

from kakanai.errors import KakanaiError


class PrintError(KakanaiError):
    """Printing failed in a way not told apart below; `printer` names the way out."""

    code = "P-010"
    exit_status = 12


class FolderUnwritableError(PrintError):
    """The folder `path` cannot be made or written; none of the job's files is there."""

    code = "P-011"
    exit_status = 12


class DiskFullError(PrintError):
    """No room in the folder `path`; none of the job's files is there."""

    code = "P-012"
    exit_status = 12


class NoPrintServiceError(PrintError):
    """CUPS is not installed, not running or does not answer.

    Nothing was sent, unless the service died within the print: then what it holds is out of our reach.
    """

    code = "P-020"
    exit_status = 12


class PrinterNotFoundError(PrintError):
    """No printer of that name (`printer`); nothing was sent."""

    code = "P-021"
    exit_status = 12


class PrinterStoppedError(PrintError):
    """The printer (`printer`) is stopped or takes no jobs.

    `printed` of `total` documents were printed; the others were withdrawn from the queue.
    """

    code = "P-022"
    exit_status = 12


class PrintTimeoutError(PrintError):
    """The printer (`printer`) did not finish within `seconds`; `printed`, `total` as in PrinterStoppedError.

    `alerts` are the printer's own words, such as media-empty, or "" if it says nothing.
    """

    code = "P-023"
    exit_status = 12


class PrintJobLostError(PrintError):
    """The print service cancelled or aborted a document; `printed`, `total` as in PrinterStoppedError."""

    code = "P-024"
    exit_status = 12

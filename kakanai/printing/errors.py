"""Foreseen failures of printing; the case and its pages are still with the caller after each."""

from typing import TYPE_CHECKING

from kakanai.errors import Detail, KakanaiError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kakanai.printing.print_job import PrintedDocument


class PrintError(KakanaiError):
    """Printing failed in a way not told apart below; `printer` names the way out.

    `came_out` are the documents of the job that are surely out and whole, in order; `begun` the forms that
    may have left paper and are not: what lies in the tray of these is no good. Both are empty where nothing
    was sent, or the way out cannot tell.
    """

    code = "P-010"
    exit_status = 12

    def __init__(self, **details: Detail) -> None:
        super().__init__(**details)
        self.came_out: tuple[PrintedDocument, ...] = ()
        self.begun: tuple[str, ...] = ()


def note_came_out(error: BaseException, documents: "Iterable[PrintedDocument]") -> None:
    """Have whatever ended a print, also a stop of the program or a bug, tell what came out before."""
    vars(error)["came_out"] = tuple(documents)


def came_out_of(error: BaseException) -> "tuple[PrintedDocument, ...]":
    """What came out before this ended a print; nothing where it does not tell."""
    return tuple(getattr(error, "came_out", ()))


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


class PrinterRemovedError(PrintError):
    """The printer (`printer`) was taken away while it printed; `printed`, `total` as in PrinterStoppedError.

    What it held went with it, so nothing comes out later.
    """

    code = "P-025"
    exit_status = 12


class PaperRefusedError(PrintError):
    """The printer (`printer`) does not have the paper size `paper` at all; nothing was sent."""

    code = "P-026"
    exit_status = 12


class OptionRefusedError(PrintError):
    """The printer (`printer`) knows no such tray or way of printing (`option`); nothing was sent."""

    code = "P-027"
    exit_status = 12


class NoPrinterError(PrintError):
    """This PC has no printer to choose from; PDFs can still go to a folder."""

    code = "P-028"
    exit_status = 12


class PrinterFileError(PrintError):
    """printers.toml cannot be used. Details: file, place (table or line), problem (Japanese)."""

    code = "P-030"
    exit_status = 9


class PrinterFileUnwritableError(PrintError):
    """printers.toml (`file`) could not be replaced; it is as it was."""

    code = "P-031"
    exit_status = 9


class ReadingsError(PrintError):
    """The numbers read from a calibration sheet 調整用紙 cannot be right; nothing was changed.

    `reason`: few (both marks A and C are needed), far (no printer is so wrong), apart (the corners do not
    agree with each other).
    """

    code = "P-032"
    exit_status = 12


class PrintUnsureError(PrintError):
    """A document (`form`) left the queue of `printer` without a word: printed, or deleted by somebody.

    It is in `begun`; `printed`, `total` as in PrinterStoppedError.
    """

    code = "P-033"
    exit_status = 12

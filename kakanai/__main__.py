"""Arguments in, exit code out."""

import contextlib
import gc
import io
import os
import sys
from pathlib import Path

from kakanai.cli.errors import WorkingFolderGoneError
from kakanai.cli.output import Output


def main() -> int:
    """The console script `kakanai`."""
    _keep_standard_files_taken()
    # A Windows console or pipe speaks CP932, which has neither 𠮷 nor selectors: a name would end in a crash.
    # What is no UTF-8 at all (a file name of another system) is shown by its number, not by a crash.
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        Path.cwd()
    except OSError:
        gone = WorkingFolderGoneError()
        Output(as_json="--json" in sys.argv).failure(gone)
        return gone.exit_status
    # Nothing that is loaded becomes garbage: to look for it again and again takes a tenth of the start.
    gc.disable()
    # ReportLab asks for the working folder while it is loaded.
    from kakanai.app.entry import run

    gc.freeze()
    gc.enable()
    return run(sys.argv[1:])


def _keep_standard_files_taken() -> None:
    """Put nothing at all where the caller closed a standard stream (`>&-`).

    Else the next file that is opened gets its number, and whatever writes there writes into that file.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            with contextlib.suppress(OSError):
                os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one


if __name__ == "__main__":
    sys.exit(main())

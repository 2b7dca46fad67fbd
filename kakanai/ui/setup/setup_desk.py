"""What the guided set-up is given to work with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kakanai.cardreader.connection import ReaderSource
from kakanai.sessionlog.entry import ClerkId
from kakanai.settings import Town
from kakanai.setup.carrying import Arrived
from kakanai.setup.first_run import FirstRun


@dataclass(frozen=True)
class SetupDesk:
    """Put together in app/setup_window.py.

    `town` is what is set now, `sections` the names of its sections by key, `database` the server's
    address or "". `printers` may wait for the print service. `arrive` imports a file by its passphrase, and
    by the password of the log's server ("" for none); `export` writes one for who does it (how many files it
    carries).
    """

    first_run: FirstRun
    town: Town
    sections: Mapping[str, str]
    database: str
    printers: Callable[[], list[str]]
    source: ReaderSource
    arrive: Callable[[Path, str, str], Arrived]
    export: Callable[[Path, str, ClerkId], int]
    look_file: Path

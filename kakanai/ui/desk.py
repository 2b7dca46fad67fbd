"""What the window is given to work with: the office, where cards come from, where paper goes to."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kakanai.cardreader.connection import ReaderSource
from kakanai.counter import Office
from kakanai.counter.printer_care import PrinterCare
from kakanai.counter.town_keeper import TownKeeper
from kakanai.drafts.draft_shelf import DraftShelf
from kakanai.printing.print_job import Printer
from kakanai.sessionlog.disk_watch import DiskWatch
from kakanai.sessionlog.office_key import OfficeKeyFile
from kakanai.settings import Town
from kakanai.training.practice import Practice


class CardTable(Protocol):
    """The practice cards 見本カード beside a simulated reader."""

    def specimens(self) -> list[tuple[str, str]]:
        """Id and label of every practice card."""

    def inserted(self) -> str | None:
        """The id of the card on the reader, None when it is empty."""

    def insert(self, specimen: str) -> None:
        """Put a card on the reader, in place of what lay there."""

    def remove(self) -> None:
        """Take the card away, if there is one."""


@dataclass(frozen=True)
class Desk:
    """A counter's desk 窓口の机, put together once in app/window.py.

    `printers` gives the names offered, the first is the default; it may wait for the print service, so the
    window asks it on the paper thread. `card_table` is there only with simulated cards. `keeper` changes the
    town's settings 町の設定, `renew` gives the office as it is with them; without these nobody can open them.
    `look_file` keeps colours and text size. `drafts` opens the folder of drafts 下書き, on a thread of its
    own; without it no case in hand outlives the program. `office_key` signs day closes 日締め.
    `disk_of` looks after the disk that the state lies on, by the town's limit. `practice` is there only in
    the training mode 練習, with a `card_table` as well; `clerk_name` is what `clerk` is called there.
    `printer_care` is for the printers of this PC.
    """

    office: Office
    source: ReaderSource
    clerk: str
    printers: Callable[[], list[str]]
    printer_for: Callable[[str], Printer]
    card_table: CardTable | None = None
    keeper: TownKeeper | None = None
    renew: Callable[[Town], Office] | None = None
    look_file: Path | None = None
    drafts: Callable[[], DraftShelf] | None = None
    office_key: OfficeKeyFile | None = None
    disk_of: Callable[[Town], DiskWatch] | None = None
    practice: Practice | None = None
    clerk_name: str = ""
    printer_care: PrinterCare | None = None

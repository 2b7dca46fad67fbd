"""A desk for a window in a process of its own."""

from pathlib import Path

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.printing.folder import FolderPrinter
from kakanai.ui.desk import Desk
from tests.office import make_counter


def desk_on(home: Path) -> Desk:
    """Simulated cards, a folder for paper, the log below `home`."""
    return Desk(
        office=make_counter(home).office,
        source=SimulatedReaderSource(),
        clerk="1024",
        printers=lambda: ["out"],
        printer_for=lambda _name: FolderPrinter(home / "out"),
        card_table=None,
    )

"""Ways out for paper: the town's printer for each size, any printer of CUPS, or the folder."""

from kakanai.printing.by_paper import PrinterByPaper
from kakanai.printing.cups import CupsPrinter, list_printers
from kakanai.printing.folder import FolderPrinter
from kakanai.printing.print_job import Printer
from kakanai.settings import Paths, Town

FOLDER_CHOICE = "フォルダーに保存"
TOWN_PRINTER = "用紙ごと"
"""What begins the name of the choice that the town's settings make: a printer for each paper size."""


def town_printer(paths: Paths, town: Town) -> PrinterByPaper:
    """The town's default way out: the printer of each paper size, the folder where it names none."""

    def way_out(paper: str) -> Printer:
        name = town.printer_for(paper)
        return CupsPrinter(name) if name else FolderPrinter(paths.output_dir)

    return PrinterByPaper(TOWN_PRINTER, way_out)


class WaysOut:
    """What the window offers to print on; `town` may be changed while it is open."""

    def __init__(self, paths: Paths, town: Town, *, simulated: bool) -> None:
        self.town = town
        self._paths = paths
        self._simulated = simulated
        self._folder_name = f"{FOLDER_CHOICE}({paths.output_dir})"

    def names(self) -> list[str]:
        """The names to choose from, the default first; it may wait for the print service."""
        found = list_printers()
        # Training paper belongs in a folder, not on the office's printer, unless the clerk says so.
        if self._simulated:
            return [self._folder_name, *found]
        by_paper = [self._by_paper_name()] if any(self.town.printers.values()) else []
        preferred = [name for name in found if name == self.town.printer]
        others = [name for name in found if name not in preferred]
        if by_paper or preferred:
            return [*by_paper, *preferred, *others, self._folder_name]
        return [self._folder_name, *found]

    def printer(self, name: str) -> Printer:
        """What a chosen name prints on."""
        if name.startswith(TOWN_PRINTER):
            return town_printer(self._paths, self.town)
        return FolderPrinter(self._paths.output_dir) if name == self._folder_name else CupsPrinter(name)

    def _by_paper_name(self) -> str:
        town = self.town
        papers = (f"{paper}: {town.printer_for(paper) or FOLDER_CHOICE}" for paper in town.printers)
        return f"{TOWN_PRINTER}({'、'.join(papers)})"

"""Ways out for paper: the town's printer for each size, any printer of the system, or the folder."""

import datetime as dt
import sys

from kakanai.counter import Office
from kakanai.counter.printer_care import PrinterCare
from kakanai.counter.printer_keeper import PrinterKeeper
from kakanai.printing.by_paper import PrinterByPaper
from kakanai.printing.cups import CupsPrinter, list_printers
from kakanai.printing.errors import PrinterFileError
from kakanai.printing.folder import FolderPrinter
from kakanai.printing.offered_names import FOLDER_CHOICE, TOWN_PRINTER, own_name
from kakanai.printing.print_job import Printer
from kakanai.printing.print_plan import PrintSetup
from kakanai.printing.settings_file import PrinterSettings, read_printer_settings
from kakanai.printing.windows_spooler import WindowsPrinter
from kakanai.printing.winspool import WindowsSpooler
from kakanai.sessionlog.entry import JST
from kakanai.settings import Paths, Town

_ON_WINDOWS = sys.platform == "win32"


def system_printers() -> list[str]:
    """The names of all printers of this PC; none where no print service answers."""
    return WindowsSpooler().printers() if _ON_WINDOWS else list_printers()


def system_printer(paths: Paths, name: str, *, is_corrected: bool = True) -> CupsPrinter | WindowsPrinter:
    """A printer of this PC, with what printers.toml says of it at every print.

    With `is_corrected` false all but its correction: for the first calibration sheet.
    """

    def setup() -> PrintSetup:
        found = read_printer_settings(paths.printers_file).setup(name)
        return found if is_corrected else PrintSetup(found.profile.uncorrected, found.rules)

    return (
        WindowsPrinter(name, WindowsSpooler(), setup=setup) if _ON_WINDOWS else CupsPrinter(name, setup=setup)
    )


def printer_care(paths: Paths, office: Office | None = None) -> PrinterCare:
    """What may be done for the printers of this PC; without an office, whose log is told, no changes."""
    keeper = None if office is None else PrinterKeeper(office.log, office.now, office.guard)
    return PrinterCare(
        file=paths.printers_file,
        names=system_printers,
        printer=lambda name: system_printer(paths, name),
        uncorrected=lambda name: system_printer(paths, name, is_corrected=False),
        today=lambda: dt.datetime.now(JST).date(),
        keeper=keeper,
    )


def preprinted_forms(paths: Paths) -> frozenset[str]:
    """The forms for which this PC has pre-printed paper; none where printers.toml has a mistake.

    Nothing is printed then either, for every printer reads that file first.
    """
    try:
        return read_printer_settings(paths.printers_file).preprinted
    except PrinterFileError:
        return frozenset()


def town_printer(paths: Paths, town: Town) -> PrinterByPaper:
    """The default way out: the printer of each form or paper size, the folder where none is named.

    Of a paper size it is the town's, then the usual one of this PC, then the town's usual one.
    """

    def way_out(paper: str) -> Printer:
        name = _usual_printer(town, read_printer_settings(paths.printers_file), paper)
        return system_printer(paths, name) if name else FolderPrinter(paths.output_dir)

    def by_form(form: str) -> Printer | None:
        rule = read_printer_settings(paths.printers_file).forms.get(form)
        return system_printer(paths, rule.printer) if rule is not None and rule.printer else None

    return PrinterByPaper(TOWN_PRINTER, way_out, by_form)


def _usual_printer(town: Town, settings: PrinterSettings, paper: str) -> str:
    return town.printers.get(paper, "") or settings.default or town.printer


class WaysOut:
    """What the window offers to print on; `town` may be changed while it is open."""

    def __init__(self, paths: Paths, town: Town, *, simulated: bool) -> None:
        self.town = town
        self._paths = paths
        self._simulated = simulated
        self._folder_name = own_name(FOLDER_CHOICE, str(paths.output_dir))

    def names(self) -> list[str]:
        """The names to choose from, the default first; it may wait for the print service."""
        found = system_printers()
        # Training paper belongs in a folder, not on the office's printer, unless the clerk says so.
        if self._simulated:
            return [self._folder_name, *found]
        settings = self._settings()
        rules = sum(bool(rule.printer) for rule in settings.forms.values())
        is_split = any(self.town.printers.values()) or rules
        by_paper = [self._by_paper_name(settings, rules)] if is_split else []
        preferred = [name for name in found if name == (settings.default or self.town.printer)]
        others = [name for name in found if name not in preferred]
        if by_paper or preferred:
            return [*by_paper, *preferred, *others, self._folder_name]
        return [self._folder_name, *found]

    def printer(self, name: str) -> Printer:
        """What a chosen name prints on."""
        if name.startswith(TOWN_PRINTER):
            return town_printer(self._paths, self.town)
        if name == self._folder_name:
            return FolderPrinter(self._paths.output_dir)
        return system_printer(self._paths, name)

    def _settings(self) -> PrinterSettings:
        try:
            return read_printer_settings(self._paths.printers_file)
        except PrinterFileError:
            return PrinterSettings()  # told when it prints, and on the page of printers

    def _by_paper_name(self, settings: PrinterSettings, rules: int) -> str:
        papers = [
            f"{paper}: {_usual_printer(self.town, settings, paper) or FOLDER_CHOICE}"
            for paper in ("A4", "A5")
        ]
        own = [f"様式の決まり: {rules}"] if rules else []
        return own_name(TOWN_PRINTER, "、".join([*papers, *own]))

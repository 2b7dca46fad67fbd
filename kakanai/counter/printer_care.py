"""What somebody at the counter may do for a printer: look at it, print its sheets, correct it, set it."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kakanai.counter.calibration_form import calibration_job, trial_job
from kakanai.forms.render import Renderer
from kakanai.printing.by_paper import watch
from kakanai.printing.calibration import Calibration, solve
from kakanai.printing.errors import PrintError
from kakanai.printing.plane import Point
from kakanai.printing.print_job import Printer
from kakanai.printing.printer_facts import PrinterFacts, printer_facts
from kakanai.printing.profile import Correction, PrinterProfile
from kakanai.printing.progress import Told, nobody
from kakanai.printing.settings_file import read_printer_settings, write_printer_settings


@dataclass(frozen=True)
class PrinterView:
    """A printer as it is now: what it says of itself, and what this PC knows of it."""

    name: str
    facts: PrinterFacts
    profile: PrinterProfile


@dataclass(frozen=True)
class PrinterCare:
    """The printers of this PC.

    `file` is printers.toml; `names` gives all printers of the system, `printer` one of them, `uncorrected`
    the same without its correction. All but `set_profile` may wait for the print service.
    """

    file: Path
    names: Callable[[], list[str]]
    printer: Callable[[str], Printer]
    uncorrected: Callable[[str], Printer]
    today: Callable[[], dt.date]

    def look(self, name: str) -> PrinterView:
        """The printer as it is now; one that cannot be asked says nothing.

        Raises:
            PrinterFileError: printers.toml has a mistake.
        """
        profile = read_printer_settings(self.file).profile(name)
        try:
            facts = printer_facts(name)
        except PrintError:
            facts = PrinterFacts()
        return PrinterView(name, facts, profile)

    def print_sheet(self, renderer: Renderer, name: str, *, is_second: bool, told: Told = nobody) -> None:
        """Print the calibration sheet 調整用紙, the second one with the correction. Raises PrintError."""
        printer = self.printer(name) if is_second else self.uncorrected(name)
        watch(printer, told)
        printer.release(calibration_job(renderer, name, is_second=is_second))

    def print_trial(self, renderer: Renderer, name: str, told: Told = nobody) -> None:
        """Print the test pages 試し刷り with the correction. Raises PrintError."""
        printer = self.printer(name)
        watch(printer, told)
        printer.release(trial_job(renderer, name))

    def calibrate(self, name: str, readings: Mapping[str, Point], *, is_second: bool) -> Calibration:
        """The correction by the numbers read; kept, unless the second sheet was good already.

        Raises:
            ReadingsError, PrinterFileError, PrinterFileUnwritableError: nothing was changed.
        """
        settings = read_printer_settings(self.file)
        profile = settings.profile(name)
        found = solve(readings, profile.correction if is_second else Correction())
        if not (is_second and found.was_good):
            day = self.today().isoformat()
            corrected = replace(profile, correction=found.correction, calibrated=day)
            write_printer_settings(self.file, settings.with_profile(name, corrected))
        return found

    def set_profile(self, name: str, profile: PrinterProfile) -> None:
        """Keep a printer's profile. Raises PrinterFileError, PrinterFileUnwritableError."""
        settings = read_printer_settings(self.file)
        write_printer_settings(self.file, settings.with_profile(name, profile))

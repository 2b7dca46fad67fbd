"""What may be done for the printers of this PC: look at them, print their sheets, correct them, set them."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol, runtime_checkable

from kakanai.counter.calibration_form import calibration_job, trial_job
from kakanai.counter.printer_keeper import PrinterKeeper
from kakanai.forms.render import Renderer
from kakanai.printing.by_paper import watch
from kakanai.printing.calibration import Calibration, solve
from kakanai.printing.errors import OptionRefusedError, PrinterNotFoundError, PrintError, ReadingsError
from kakanai.printing.plane import Point
from kakanai.printing.print_job import Printer
from kakanai.printing.printer_facts import PrinterFacts
from kakanai.printing.profile import Correction, FormRule, PrinterProfile, Sides
from kakanai.printing.progress import Told, nobody
from kakanai.printing.settings_file import (
    PrinterSettings,
    read_printer_settings,
    require_readable,
    write_printer_settings,
)
from kakanai.printing.settings_names import changed_names
from kakanai.sessionlog.entry import ClerkId
from kakanai.settings.only_writer import only_writer
from kakanai.staff.errors import NotSignedInError


@dataclass(frozen=True)
class PrinterView:
    """A printer as it is now: what it says of itself, and what this PC knows of it and of each form.

    `may_change`: whoever is here may change that.
    """

    name: str
    facts: PrinterFacts
    profile: PrinterProfile
    is_default: bool = False
    rules: Mapping[str, FormRule] = field(default_factory=dict)
    may_change: bool = False


@runtime_checkable
class _Telling(Protocol):
    """A printer that tells of itself."""

    def facts(self) -> PrinterFacts: ...


@dataclass(frozen=True)
class PrinterCare:
    """The printers of this PC.

    `file` is printers.toml; `names` gives all printers of the system, `printer` one of them, `uncorrected`
    the same without its correction. Without a `keeper` nothing can be changed. All may wait for the print
    service.
    """

    file: Path
    names: Callable[[], list[str]]
    printer: Callable[[str], Printer]
    uncorrected: Callable[[str], Printer]
    today: Callable[[], dt.date]
    keeper: PrinterKeeper | None = None

    def look(self, name: str) -> PrinterView:
        """The printer as it is now; one that cannot be asked says nothing.

        Raises:
            PrinterFileError: printers.toml has a mistake.
        """
        settings = read_printer_settings(self.file)
        return PrinterView(
            name,
            self.facts_of(name),
            settings.profile(name),
            settings.default == name,
            settings.forms,
            self.may_change(),
        )

    def facts_of(self, name: str) -> PrinterFacts:
        """What the printer says of itself; nothing where it cannot be asked."""
        printer = self.printer(name)
        try:
            return printer.facts() if isinstance(printer, _Telling) else PrinterFacts()
        except PrintError:
            return PrinterFacts()

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

    # --- changing -----------------------------------------------------------------------

    def may_change(self) -> bool:
        """Whether whoever is here may change settings; for showing what can be done."""
        return self.keeper is not None and self.keeper.may()

    def settings(self) -> PrinterSettings:
        """What printers.toml says now. Raises PrinterFileError."""
        return read_printer_settings(self.file)

    def change(
        self, claimed: ClerkId, alter: Callable[[PrinterSettings], PrinterSettings]
    ) -> tuple[str, ...]:
        """The names of what `alter` changed of the settings, logged before the file is replaced.

        Nothing is logged or written where nothing changes. `claimed` acts while nobody is registered.

        Raises:
            StaffError: whoever is here may not.
            PrinterFileError, PrinterFileUnwritableError: the file, or what was to go into it, is not good.
            LogStorageError: the log could not be written. In each case the settings are as they were.
        """
        if self.keeper is None:
            raise NotSignedInError
        who = self.keeper.require(claimed)
        with only_writer(self.file):
            before = self.settings()
            after = alter(before)
            names = changed_names(before, after)
            if names:
                require_readable(after, self.file.name)
                self.keeper.note(who, names)
                write_printer_settings(self.file, after)
            return names

    def calibrate(
        self, name: str, readings: Mapping[str, Point], *, is_second: bool, claimed: ClerkId
    ) -> Calibration:
        """The correction by the numbers read; kept, unless the second sheet was good already.

        Raises:
            ReadingsError: nothing was changed; likewise for what `change` raises.
        """
        found: Calibration | None = None

        def alter(settings: PrinterSettings) -> PrinterSettings:
            nonlocal found
            profile = settings.profile(name)
            found = solve(readings, profile.correction if is_second else Correction())
            if is_second and found.was_good:
                return settings
            day = self.today().isoformat()
            return settings.with_profile(name, replace(profile, correction=found.correction, calibrated=day))

        self.change(claimed, alter)
        if found is None:
            raise ReadingsError(reason="few")
        return found

    def set_profile(
        self,
        name: str,
        profile: PrinterProfile,
        *,
        is_default: bool | None = None,
        is_correction_kept: bool = False,
        claimed: ClerkId,
    ) -> tuple[str, ...]:
        """Keep a printer's profile, and whether it is the usual one of this PC (None: as before).

        With `is_correction_kept` correction, its day and margins stay as the file has them: whoever looked at
        the profile may have done so before the printer was calibrated.

        Raises:
            OptionRefusedError: the printer has no such tray or way of printing; and what `change` raises.
        """
        self._require_option(name, profile.tray, profile.sides)

        def alter(settings: PrinterSettings) -> PrinterSettings:
            now = settings.profile(name)
            kept = replace(now, tray=profile.tray, sides=profile.sides, two_up=profile.two_up)
            changed = settings.with_profile(name, kept if is_correction_kept else profile)
            if is_default is None or is_default == (settings.default == name):
                return changed
            return changed.with_default(name if is_default else "")

        return self.change(claimed, alter)

    def set_rule(self, form: str, rule: FormRule, *, claimed: ClerkId) -> tuple[str, ...]:
        """Keep how one form is printed on this PC.

        Raises:
            PrinterNotFoundError, OptionRefusedError: there is no such printer, or no such tray in it;
                and what `change` raises.
        """
        if rule.printer:
            if rule.printer not in self.names():
                raise PrinterNotFoundError(printer=rule.printer)
            self._require_option(rule.printer, rule.tray, rule.sides or Sides.ONE)
        return self.change(claimed, lambda settings: settings.with_rule(form, rule))

    def _require_option(self, name: str, tray: str, sides: Sides) -> None:
        if option := self.facts_of(name).refused_option(tray, sides):
            raise OptionRefusedError(printer=name, option=option)

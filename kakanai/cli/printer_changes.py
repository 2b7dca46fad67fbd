"""`kakanai printer set | form`: what this PC knows of its printers, changed and logged."""

import argparse
import contextlib
import dataclasses
from collections.abc import Iterator
from typing import Any

from kakanai.cli.errors import UsageError
from kakanai.cli.output import Output
from kakanai.cli.printer_arguments import SIDES, YES_NO
from kakanai.cli.printer_words import profile_data
from kakanai.cli.services import Services
from kakanai.cli.signed_in import guard_of, require_of
from kakanai.counter.printer_care import PrinterCare
from kakanai.counter.printer_keeper import PrinterKeeper
from kakanai.forms.errors import UnknownFormError
from kakanai.printing.profile import MAX_MARGIN_MM, FormRule, Margins, PrinterProfile
from kakanai.printing.settings_file import TRAY, read_printer_settings
from kakanai.resources import resource_root
from kakanai.sessionlog.entry import ClerkId
from kakanai.staff.act import Act

_NOTHING = "変えるものがありません"


@contextlib.contextmanager
def keeping(asked: argparse.Namespace, services: Services) -> Iterator[tuple[PrinterCare, ClerkId]]:
    """The printers of this PC for somebody who may change their settings, and who that is.

    Raises:
        StaffError: whoever is here may not.
        LogStorageError: the log cannot be opened.
    """
    town = services.prepare()
    with services.open_log(town) as log:
        guard = guard_of(services, town, log)
        who = require_of(guard, Act.SET_PRINTERS, asked.clerk, default=town.default_clerk)
        keeper = PrinterKeeper(log, services.now, guard)
        yield dataclasses.replace(services.printer_care(), keeper=keeper), who.number


def change(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Keep tray, sides, two-up, margins of a printer, or forget everything of it; make it the usual one."""
    services.prepare()
    settings = read_printer_settings(services.paths.printers_file)
    values: dict[str, Any] = {}
    if asked.tray is not None:
        values["tray"] = _tray(asked.tray)
    if asked.sides is not None:
        values["sides"] = SIDES[asked.sides]
    if asked.two_up is not None:
        values["two_up"] = YES_NO[asked.two_up]
    if asked.margins is not None:
        if not all(0 <= edge <= MAX_MARGIN_MM for edge in asked.margins):
            raise UsageError(problem=f"余白は 0 から {MAX_MARGIN_MM:g} ミリで書いてください")
        values["margins"] = Margins(*asked.margins)
    is_default = None if asked.default is None else YES_NO[asked.default]
    if not values and not asked.reset and is_default is None:
        raise UsageError(problem=_NOTHING)
    before = PrinterProfile() if asked.reset else settings.profile(asked.printer)
    profile = dataclasses.replace(before, **values)
    with keeping(asked, services) as (care, who):
        care.set_profile(asked.printer, profile, is_default=is_default, claimed=who)
        usual = care.settings().default == asked.printer
    data = {"name": asked.printer, **profile_data(profile), "default": usual}
    output.result(data, ["プリンターの設定を保存しました。"])
    return 0


def change_form(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Keep how one form is printed on this PC, or forget it."""
    services.prepare()
    settings = read_printer_settings(services.paths.printers_file)
    folders = (services.paths.forms_dir, resource_root() / "forms")
    # By its folder or file alone: to read all forms would take seconds.
    if not any(one.stem == asked.form for folder in folders if folder.is_dir() for one in folder.iterdir()):
        raise UnknownFormError(form=asked.form if asked.form.isascii() and asked.form.isalnum() else "?")
    values: dict[str, Any] = {}
    if asked.printer is not None:
        values["printer"] = asked.printer
    if asked.tray is not None:
        values["tray"] = _tray(asked.tray)
    if asked.sides is not None:
        values["sides"] = SIDES[asked.sides]
    if asked.two_up is not None:
        values["two_up"] = YES_NO[asked.two_up]
    if asked.copies is not None:
        values["copies"] = asked.copies
    if asked.copy is not None:
        values["keep_copy"] = YES_NO[asked.copy]
    if asked.preprinted is not None:
        values["preprinted"] = YES_NO[asked.preprinted]
    if not values and not asked.reset:
        raise UsageError(problem=_NOTHING)
    before = FormRule() if asked.reset else settings.forms.get(asked.form, FormRule())
    rule = dataclasses.replace(before, **values)
    with keeping(asked, services) as (care, who):
        care.set_rule(asked.form, rule, claimed=who)
    output.result({"form": asked.form, **dataclasses.asdict(rule)}, ["様式の刷り方を保存しました。"])
    return 0


def _tray(text: str) -> str:
    if TRAY.fullmatch(text) is None:
        raise UsageError(problem="トレイの名前は英数字と . _ - で書いてください")
    return text

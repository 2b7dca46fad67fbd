"""printers.toml プリンターの設定: what this PC knows of its printers, outside templates and town settings."""

import contextlib
import dataclasses
import json
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn

from kakanai.printing.errors import PrinterFileError, PrinterFileUnwritableError
from kakanai.printing.print_plan import PrintSetup
from kakanai.printing.profile import (
    MAX_COPIES,
    MAX_MARGIN_MM,
    Correction,
    FormRule,
    Margins,
    PrinterProfile,
    Sides,
)

_HEAD: Final = """\
# このパソコンのプリンターの設定（kakanai printer と、窓の「プリンター」が書きます）。
# 補正はミリと倍率。tray はプリンターの言葉のまま。
"""
_FORM: Final = re.compile(r"[A-Z][A-Z0-9]{1,9}")
TRAY: Final = re.compile(r"[A-Za-z0-9._-]{0,40}")
"""What a tray may be called: IPP keywords, and nothing that ends a value of lp."""
_DAY: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})?")
_LINE: Final = re.compile(r"at line (\d+)")


@dataclass(frozen=True)
class PrinterSettings:
    """Profiles by a printer's name, and rules by form id.

    `default` is what this PC prints on where the town names no printer for the paper; empty for the town's.
    """

    printers: Mapping[str, PrinterProfile] = field(default_factory=dict)
    forms: Mapping[str, FormRule] = field(default_factory=dict)
    default: str = ""

    @property
    def preprinted(self) -> frozenset[str]:
        """The forms for which this PC has pre-printed paper."""
        return frozenset(form for form, rule in self.forms.items() if rule.preprinted)

    def profile(self, printer: str) -> PrinterProfile:
        """The profile of a printer; one that changes nothing where there is none."""
        return self.printers.get(printer, PrinterProfile())

    def setup(self, printer: str) -> PrintSetup:
        """How that printer prints."""
        return PrintSetup(self.profile(printer), self.forms)

    def with_profile(self, printer: str, profile: PrinterProfile) -> "PrinterSettings":
        """These with another profile for one printer."""
        return dataclasses.replace(self, printers={**self.printers, printer: profile})

    def with_rule(self, form: str, rule: FormRule) -> "PrinterSettings":
        """These with another rule for one form; one that changes nothing is left out."""
        rules = {name: one for name, one in {**self.forms, form: rule}.items() if one != FormRule()}
        return dataclasses.replace(self, forms=rules)

    def with_default(self, printer: str) -> "PrinterSettings":
        """These with another usual printer, none when it is empty."""
        return dataclasses.replace(self, default=printer)


def read_printer_settings(file: Path) -> PrinterSettings:
    """The settings of the file; none when there is no file.

    Raises:
        PrinterFileError: it cannot be read, or has a mistake; nothing of it counts.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
        return parse_printer_settings(text, file.name)
    except FileNotFoundError:
        return PrinterSettings()
    except (OSError, UnicodeDecodeError) as error:
        raise PrinterFileError(file=file.name, place="－", problem="読めません") from error


def parse_printer_settings(text: str, name: str) -> PrinterSettings:
    """The settings that this text makes. Raises PrinterFileError; `name` is only told in it."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        place = f"{line[1]} 行目" if line else "－"
        raise PrinterFileError(file=name, place=place, problem="TOML の書き方になっていません") from error
    reading = _Reading(name)
    reading.known(tables, {"printer", "form", "default"}, "")
    printers = {
        printer: reading.profile(values, f'[printer."{printer}"]')
        for printer, values in reading.table(tables, "printer").items()
    }
    forms: dict[str, FormRule] = {}
    for form, values in reading.table(tables, "form").items():
        if _FORM.fullmatch(form) is None:
            reading.fail("[form]", "様式の ID ではない名前があります")
        forms[form] = reading.rule(values, f"[form.{form}]")
    return PrinterSettings(printers, forms, reading.text(tables, "default", "", None))


def require_readable(settings: PrinterSettings, name: str) -> str:
    """The text of the settings, when they can be read again. Raises PrinterFileError, as reading does."""
    text = _as_text(settings)
    parse_printer_settings(text, name)
    return text


def write_printer_settings(file: Path, settings: PrinterSettings) -> None:
    """Put the settings in the place of the file's; the file before is kept beside it as `.last`.

    Raises:
        PrinterFileError: they could not be read again; the file is as it was.
        PrinterFileUnwritableError: the file is as it was.
    """
    text = require_readable(settings, file.name)
    part = file.with_name(file.name + ".part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", newline="\n") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        if file.exists():
            file.with_name(file.name + ".last").write_bytes(file.read_bytes())
        part.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise PrinterFileUnwritableError(file=file.name) from error


def _as_text(settings: PrinterSettings) -> str:
    lines = [_HEAD]
    if settings.default:
        lines += [f"default = {_quoted(settings.default)}", ""]
    for printer, profile in settings.printers.items():
        lines.append(f"[printer.{_quoted(printer)}]")
        values: dict[str, Any] = dataclasses.asdict(profile.correction)
        values["tray"], values["sides"] = profile.tray, profile.sides.value
        values["two_up"], values["calibrated"] = profile.two_up, profile.calibrated
        if profile.margins is not None:
            values["margins_mm"] = list(dataclasses.astuple(profile.margins))
        lines += [f"{name} = {_value(value)}" for name, value in values.items()] + [""]
    for form, rule in settings.forms.items():
        lines.append(f"[form.{form}]")
        given = dataclasses.asdict(rule)
        lines += [
            f"{name} = {_value(value)}" for name, value in given.items() if value != getattr(FormRule(), name)
        ] + [""]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    # A JSON string is a basic string of TOML, but for DEL, which no name that was read can have.
    return json.dumps(text, ensure_ascii=False)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(str(value))
    return json.dumps(value)


class _Reading:
    """Values taken out of one file, each with a mistake that says where."""

    def __init__(self, name: str) -> None:
        self._name = name

    def fail(self, place: str, problem: str) -> NoReturn:
        raise PrinterFileError(file=self._name, place=place, problem=problem)

    def known(self, values: Mapping[str, Any], names: "set[str]", place: str) -> None:
        if set(values) - names:
            self.fail(place or "－", "知らない名前があります")

    def table(self, values: Mapping[str, Any], name: str) -> dict[str, Any]:
        found = values.get(name, {})
        if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
            self.fail(f"[{name}]", "表ではありません")
        return dict(found)

    def profile(self, values: Mapping[str, Any], place: str) -> PrinterProfile:
        names = {one.name for one in dataclasses.fields(Correction)}
        self.known(values, {*names, "tray", "sides", "two_up", "calibrated", "margins_mm"}, place)
        numbers = {name: self.number(values, name, place) for name in names & set(values)}
        correction = Correction(**numbers)
        if not correction.is_sane:
            self.fail(place, "補正が大きすぎます")
        margins = None
        if "margins_mm" in values:
            given = values["margins_mm"]
            if not (isinstance(given, list) and len(given) == len(dataclasses.fields(Margins))):
                self.fail(f"{place} margins_mm", "左・上・右・下の4つの数ではありません")
            margins = Margins(*(self._margin(one, place) for one in given))
        return PrinterProfile(
            correction,
            margins,
            self.text(values, "tray", place, TRAY),
            self.sides(values, place) or Sides.ONE,
            self.flag(values, "two_up", place) or False,
            self.text(values, "calibrated", place, _DAY),
        )

    def rule(self, values: Mapping[str, Any], place: str) -> FormRule:
        self.known(values, {one.name for one in dataclasses.fields(FormRule)}, place)
        copies = values.get("copies", 1)
        if isinstance(copies, bool) or not isinstance(copies, int) or not 1 <= copies <= MAX_COPIES:
            self.fail(f"{place} copies", f"1 から {MAX_COPIES} までの整数ではありません")
        keep = self.flag(values, "keep_copy", place)
        return FormRule(
            self.text(values, "printer", place, None),
            self.text(values, "tray", place, TRAY),
            self.sides(values, place),
            self.flag(values, "two_up", place),
            copies,
            True if keep is None else keep,
            self.flag(values, "preprinted", place) or False,
        )

    def number(self, values: Mapping[str, Any], name: str, place: str) -> float:
        value = values[name]
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            self.fail(f"{place} {name}", "数ではありません")
        return float(value)

    def _margin(self, value: Any, place: str) -> float:  # noqa: ANN401 - whatever TOML can hold
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MAX_MARGIN_MM:
            self.fail(f"{place} margins_mm", f"0 から {MAX_MARGIN_MM:g} までの数ではありません")
        return float(value)

    def text(self, values: Mapping[str, Any], name: str, place: str, kind: "re.Pattern[str] | None") -> str:
        value = values.get(name, "")
        if not isinstance(value, str) or not (kind.fullmatch(value) if kind else value.isprintable()):
            self.fail(f"{place} {name}".strip(), "使えない文字があります")
        return str(value)

    def sides(self, values: Mapping[str, Any], place: str) -> Sides | None:
        if "sides" not in values:
            return None
        given = values["sides"]
        if given not in {one.value for one in Sides}:
            self.fail(f"{place} sides", f"{'、'.join(Sides)} のどれかではありません")
        return Sides(given)

    def flag(self, values: Mapping[str, Any], name: str, place: str) -> bool | None:
        value = values.get(name)
        if value is not None and not isinstance(value, bool):
            self.fail(f"{place} {name}", "true か false ではありません")
        return value


SettingsSource = Callable[[], PrinterSettings]
"""Asked at every print: what was just calibrated counts at once."""

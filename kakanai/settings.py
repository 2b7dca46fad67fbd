"""Where the program keeps its state, and what the town has decided: names, sections, fees."""

import difflib
import errno
import os
import re
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar, Final

import platformdirs

from kakanai.errors import KakanaiError
from kakanai.resources import resource_root

HOME_VARIABLE: Final = "KAKANAI_HOME"
DIAGNOSTIC_LEVELS: Final = ("DEBUG", "INFO", "WARNING")

_MAX_TEXT_LENGTH: Final = 40  # characters; a section's name must fit its box on an A5 form
_MAX_FEE_YEN: Final = 100_000  # a slip of the finger, not a fee; the dearest known one is 3,000 yen
_CLERK: Final = re.compile(r"[0-9A-Za-z._-]{1,16}")
_FORM: Final = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_HEADER: Final = re.compile(r"""\s*\[\[?\s*["']?(?P<table>[^\]"']+?)["']?\s*\]""")
_ASSIGNMENT: Final = re.compile(r"""\s*["']?(?P<key>[^\s"'=.]+)["']?\s*[=.]""")
_LINE_IN_MESSAGE: Final = re.compile(r"at line (\d+)")

_Tables = dict[str, dict[str, object]]


class SettingsError(KakanaiError):
    """The folder of the program's state or the town's file 町の設定 cannot be used."""

    exit_status: ClassVar[int] = 9


class HomeUnwritableError(SettingsError):
    """The state folder cannot be created or written. Details: folder, reason (errno name)."""

    code: ClassVar[str] = "S-001"


class TownFileUnreadableError(SettingsError):
    """The town's file exists and cannot be read as UTF-8 text. Details: file, reason."""

    code: ClassVar[str] = "S-010"


class TownSyntaxError(SettingsError):
    """The town's file is not TOML. Details: file, line (1-based, where the parser gave up)."""

    code: ClassVar[str] = "S-011"


class UnknownTownKeyError(SettingsError):
    """The town's file names something we do not know. Details: file, line, key, nearest ("" if none)."""

    code: ClassVar[str] = "S-012"


class TownValueError(SettingsError):
    """A value of the town's file has a wrong type or range. Details: file, line, key, expected (Japanese)."""

    code: ClassVar[str] = "S-013"


class IssuerFileError(SettingsError):
    """The town's own file of issuer keys 発行者鍵 has a mistake.

    Details: file (name), line (1-based, 0 when the whole file is meant), problem (Japanese).
    """

    code: ClassVar[str] = "S-014"


@dataclass(frozen=True)
class Paths:
    """The places of all state, below one folder that `KAKANAI_HOME` moves."""

    home: Path

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Paths":
        """The folder named by KAKANAI_HOME, else the platform's data folder of this user; creates nothing."""
        named = environ.get(HOME_VARIABLE, "")
        home = Path(named).expanduser() if named else platformdirs.user_data_path("kakanai", appauthor=False)
        return cls(home.absolute())

    @property
    def log_database(self) -> Path:
        """The session log 操作ログ."""
        return self.home / "sessionlog.sqlite3"

    @property
    def diagnostic_log_dir(self) -> Path:
        """The folder of the diagnostic log 診断ログ."""
        return self.home / "diagnostic"

    @property
    def simulator_state_dir(self) -> Path:
        """The folder where specimens 見本カード keep their retry counters."""
        return self.home / "simulator"

    @property
    def output_dir(self) -> Path:
        """The folder PDFs go to when no printer and no other folder is named."""
        return self.home / "print"

    @property
    def town_file(self) -> Path:
        """The town's own settings, laid over the shipped ones; need not exist."""
        return self.home / "town.toml"

    @property
    def readers_file(self) -> Path:
        """What was learnt of this PC's card readers; made anew when missing."""
        return self.home / "readers.json"

    @property
    def issuer_keys_dir(self) -> Path:
        """Issuer keys 発行者鍵 that the town put beside its state; need not exist."""
        return self.home / "issuer_keys"

    @property
    def forms_dir(self) -> Path:
        """The town's own form templates 様式; need not exist."""
        return self.home / "forms"

    @property
    def fonts_dir(self) -> Path:
        """Font files the town put beside its state; need not exist."""
        return self.home / "fonts"

    def ensure_home(self) -> None:
        """Create the state folders, closed to other users (0700), and prove that home can be written.

        Folders that exist keep their permissions. Nothing but folders is left behind.

        Raises:
            HomeUnwritableError: a folder could not be made or a file not written; earlier folders stay.
        """
        folder = self.home
        try:
            for folder in (self.home, self.diagnostic_log_dir, self.simulator_state_dir, self.output_dir):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder = self.home
            with tempfile.TemporaryFile(dir=folder) as probe:
                probe.write(b"\0")
        except OSError as error:
            raise HomeUnwritableError(folder=str(folder), reason=_reason(error)) from error


@dataclass(frozen=True)
class Town:
    """The town 団体 and this counter 窓口, as its file tells them. Fees in yen for one copy.

    `fee_exemptions` are the reasons 免除の理由 a clerk may give. `my_number_forms` are the ids of the △ forms
    that this town's 条例 gives 個人番号. `printers` are printers by paper size; without one `printer` prints.
    """

    name: str
    mayor_title: str
    sections: Mapping[str, str]
    fees: Mapping[str, int]
    counter_name: str
    default_clerk: str
    printer: str
    diagnostic_level: str
    supervisors: frozenset[str] = frozenset()
    verifies_cards: bool = True
    fee_exemptions: tuple[str, ...] = ()
    my_number_forms: frozenset[str] = frozenset()
    printers: Mapping[str, str] = field(default_factory=dict)
    prints_qr: bool = True

    def printer_for(self, paper: str) -> str:
        """The name of the printer for a paper size (`A4`, `A5`); empty when PDFs go to the folder."""
        return self.printers.get(paper, "") or self.printer


@dataclass(frozen=True)
class Settings:
    """Everything that differs between one installation and another."""

    paths: Paths
    town: Town


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this installation; creates nothing. Raises what load_town raises."""
    paths = Paths.from_environment(environ)
    return Settings(paths=paths, town=load_town(paths))


def load_town(paths: Paths) -> Town:
    """The shipped 見本町 with the town's own file laid over it, key by key.

    The shipped file decides which names exist and of which type they are, so a misspelt key is never
    passed over in silence.

    Raises:
        SettingsError: a subclass says what is wrong with the town's file, and in which line.
    """
    shipped = resource_root() / "town" / "mihon.toml"
    shipped_text = shipped.read_text(encoding="utf-8")
    tables = _parse(shipped, shipped_text)
    _check_values(shipped, shipped_text, tables)
    try:
        own_text = paths.town_file.read_text(encoding="utf-8-sig")  # Windows editors add the mark
    except FileNotFoundError:
        return _town(tables)
    except (OSError, UnicodeDecodeError) as error:
        raise TownFileUnreadableError(file=str(paths.town_file), reason=_reason(error)) from error
    own = _parse(paths.town_file, own_text)
    _check_names(paths.town_file, own_text, own, tables)
    _check_values(paths.town_file, own_text, own)
    return _town({table: {**values, **own.get(table, {})} for table, values in tables.items()})


def _parse(file: Path, text: str) -> _Tables:
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _LINE_IN_MESSAGE.search(str(error))
        line = int(found[1]) if found else len(text.rstrip().splitlines())  # "at end of document"
        raise TownSyntaxError(file=str(file), line=max(line, 1)) from error
    tables: _Tables = {}
    for table, values in parsed.items():
        if not isinstance(values, dict):
            line = _line_of(text, table, None)
            raise TownValueError(
                file=str(file), line=line, key=table, expected="[town] などの見出しの下に書きます"
            )
        tables[table] = values
    return tables


def _check_names(file: Path, text: str, own: _Tables, known: _Tables) -> None:
    for table, values in own.items():
        if table not in known:
            _refuse_name(file, _line_of(text, table, None), table, tuple(known))
        for key in values:
            if key not in known[table]:
                _refuse_name(file, _line_of(text, table, key), key, tuple(known[table]))


def _refuse_name(file: Path, line: int, key: str, known: tuple[str, ...]) -> None:
    nearest = difflib.get_close_matches(key, known, n=1)
    raise UnknownTownKeyError(
        file=str(file), line=line, key=key[:_MAX_TEXT_LENGTH], nearest=nearest[0] if nearest else ""
    )


def _check_values(file: Path, text: str, tables: _Tables) -> None:
    for table, values in tables.items():
        for key, value in values.items():
            expected = _fault(table, key, value)
            if expected:
                line = _line_of(text, table, key)
                raise TownValueError(file=str(file), line=line, key=f"{table}.{key}", expected=expected)


def _fault(table: str, key: str, value: object) -> str:
    """What the value ought to be, in Japanese; empty when it is right."""
    if table == "fees":
        right = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MAX_FEE_YEN
        return "" if right else f"0 から {_MAX_FEE_YEN} までの整数（円）"
    if key == "default_clerk":
        right = isinstance(value, str) and _CLERK.fullmatch(value) is not None
        return "" if right else "英数字と . _ - で16字までの職員番号"
    if key == "supervisors":
        right = isinstance(value, list) and all(isinstance(v, str) and _CLERK.fullmatch(v) for v in value)
        return "" if right else '["1001", "1002"] のような、英数字と . _ - で16字までの職員番号の並び'
    if key == "reasons":
        right = isinstance(value, list) and all(_is_line(v) for v in value)
        return "" if right else f'["公用", "災害"] のような、{_MAX_TEXT_LENGTH}字までの文字の並び'
    if (table, key) == ("my_number", "forms"):
        right = isinstance(value, list) and all(isinstance(v, str) and _FORM.fullmatch(v) for v in value)
        return "" if right else '["F16", "F35"] のような、様式の ID の並び'
    if key in {"verify_cards", "qr"}:
        return "" if isinstance(value, bool) else "true か false"
    if table == "diagnostic":
        return "" if value in DIAGNOSTIC_LEVELS else "、".join(DIAGNOSTIC_LEVELS) + " のどれか"
    may_be_empty = key == "printer" or table == "printers"
    if _is_line(value) or (may_be_empty and value == ""):
        return ""
    return f'" " で囲んだ{_MAX_TEXT_LENGTH}字までの文字'


def _is_line(value: object) -> bool:
    return isinstance(value, str) and value.isprintable() and 0 < len(value) <= _MAX_TEXT_LENGTH


def _line_of(text: str, table: str, key: str | None) -> int:
    """The 1-based line that sets `key` in `table` (None: the heading); 1 when it is spelt unusually."""
    current = ""
    heading_line = 1
    for number, line in enumerate(text.splitlines(), start=1):
        heading = _HEADER.match(line)
        if heading:
            current = heading["table"]
            if current == table or current.startswith(f"{table}."):
                heading_line = number
                if key is None or current == f"{table}.{key}":
                    return number
            continue
        assignment = _ASSIGNMENT.match(line)
        if not assignment:
            continue
        if key is not None and current == table and assignment["key"] == key:
            return number
        if not current and assignment["key"] == table:  # dotted or inline: town.name = …
            return number
    return heading_line


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _town(tables: _Tables) -> Town:
    """The checked tables as a value; str() only tells the type checker what _check_values has proved."""
    town, counter = tables["town"], tables["counter"]
    fees = {key: value for key, value in tables["fees"].items() if isinstance(value, int)}
    return Town(
        name=str(town["name"]),
        mayor_title=str(town["mayor_title"]),
        sections=MappingProxyType({key: str(value) for key, value in tables["sections"].items()}),
        fees=MappingProxyType(fees),
        counter_name=str(counter["counter_name"]),
        default_clerk=str(counter["default_clerk"]),
        printer=str(counter["printer"]),
        diagnostic_level=str(tables["diagnostic"]["level"]),
        supervisors=frozenset(_texts(counter["supervisors"])),
        verifies_cards=counter["verify_cards"] is True,
        fee_exemptions=tuple(_texts(tables["fee_exemptions"]["reasons"])),
        my_number_forms=frozenset(_texts(tables["my_number"]["forms"])),
        printers=MappingProxyType({key: str(value) for key, value in tables["printers"].items()}),
        prints_qr=tables["paper"]["qr"] is True,
    )


def _reason(error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    return errno.errorcode.get(error.errno or 0, "EIO")

"""What a set-up carries from one PC to the next: the town's settings, forms, procedures, issuer keys.

Not carried: passwords and staff, the office's key, drafts, the log, and what is of one PC alone (its
printers, which counter it stands at).
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from kakanai.errors import KakanaiError
from kakanai.settings import Paths, check_town
from kakanai.settings.errors import TownChangeValueError
from kakanai.settings.town_document import Value, changed_text
from kakanai.settings.town_entries import TownEntry, town_entries
from kakanai.settings.town_file import read_town_text, town_from_text
from kakanai.settings.town_rules import COUNTERS
from kakanai.setup.errors import SetupContentError

_NAMES: Final = {"town", "files"}
FOLDERS: Final = ("forms", "procedures", "issuer_keys")
_COUNTER: Final = "counter.counter_name"
OF_THIS_PC: Final = frozenset({_COUNTER, "counter.printer", "printers.A4", "printers.A5"})
_LARGEST_FILE: Final = 16 << 20
_MOST_FILES: Final = 2000


@dataclass(frozen=True)
class Carried:
    """A set-up: the text of town.toml ("" for none) and files by path below the state folder."""

    town: str
    files: Mapping[PurePosixPath, bytes]

    def told(self) -> dict[str, Any]:
        """As it goes into the file."""
        files = {str(path): base64.b64encode(data).decode("ascii") for path, data in self.files.items()}
        return {"town": self.town, "files": files}

    @classmethod
    def from_told(cls, told: Mapping[str, Any], file: str) -> "Carried":
        """As it came out of the file, with every path inside the folders that a set-up has.

        Raises:
            SetupContentError: it cannot be a set-up.
        """
        problem = SetupContentError(file=file, problem="中身の形が違います")
        if told.keys() != _NAMES or not isinstance(told["town"], str) or not isinstance(told["files"], dict):
            raise problem
        files: dict[PurePosixPath, bytes] = {}
        for name, data in told["files"].items():
            path = PurePosixPath(name)
            if not _is_inside(path) or not isinstance(data, str):
                raise problem
            try:
                files[path] = base64.b64decode(data, validate=True)
            except (binascii.Error, ValueError):
                raise problem from None
        return cls(told["town"], files)


def collect(paths: Paths) -> Carried:
    """The set-up of this PC.

    Raises:
        SettingsError: the town's file has a mistake; what does not work here is not carried on.
        SetupContentError: the town's folders are too large.
        OSError: a file cannot be read.
    """
    text = read_town_text(paths.town_file)
    town_from_text(text, paths.town_file)
    own = [entry for entry in town_entries(text, paths.town_file) if entry.is_own]
    counters = next((tuple(e.value) for e in own if e.name == COUNTERS and isinstance(e.value, dict)), ())
    neutral: dict[str, Value | dict[str, str]] = {
        entry.name: (counters[0] if counters else "窓口1") if entry.name == _COUNTER else ""
        for entry in own
        if entry.name in OF_THIS_PC
    }
    if counters:
        neutral[_COUNTER] = counters[0]
    return Carried(changed_text(text, neutral) if neutral else text, dict(_files(paths)))


def _files(paths: Paths) -> list[tuple[PurePosixPath, bytes]]:
    found: list[tuple[PurePosixPath, bytes]] = []
    for folder in FOLDERS:
        root = paths.home / folder
        for file in sorted(root.rglob("*")) if root.is_dir() else ():
            relative = PurePosixPath(file.relative_to(paths.home).as_posix())
            if not file.is_file() or not _is_inside(relative):
                continue
            if file.stat().st_size > _LARGEST_FILE or len(found) >= _MOST_FILES:
                raise SetupContentError(file=file.name, problem="様式などが大きすぎるか、多すぎます")
            found.append((relative, file.read_bytes()))
    return found


def _is_inside(path: PurePosixPath) -> bool:
    """Below one of the folders, and nowhere else on any system; nothing hidden."""
    parts = path.parts
    return (
        len(parts) > 1
        and parts[0] in FOLDERS
        and not any(part.startswith(".") or "\\" in part or ":" in part or "\0" in part for part in parts)
    )


def fitted(carried: Carried, paths: Paths, counter: str = "") -> str:
    """The carried settings as they fit this PC: with its own printers, and the counter it stands at.

    `counter` names that; else it is the one this PC has now, if the town has it, or the town's first.

    Raises:
        SetupContentError: the carried settings have a mistake of their own (told by its code).
        TownChangeValueError: the town has no such counter.
    """
    shown = paths.town_file
    present = {e.name: e for e in town_entries(read_town_text(shown), shown)} if _is_sound(paths) else {}
    mistakes: list[KakanaiError] = list(check_town(carried.town, shown))
    if mistakes:
        problem = f"町の設定に誤りがあります（{mistakes[0].code}）"
        raise SetupContentError(file=shown.name, problem=problem)
    entries = {entry.name: entry for entry in town_entries(carried.town, shown)}
    own: dict[str, Value | dict[str, str]] = {
        name: entry.value for name, entry in present.items() if name in OF_THIS_PC and entry.is_own
    }
    names = _counters(entries)
    wanted = counter or str(own.get(_COUNTER, ""))
    if counter and counter not in names:
        raise TownChangeValueError(key=_COUNTER, expected=f"次のどれか: {'、'.join(names)}")
    own[_COUNTER] = wanted if wanted in names else names[0]
    changes = {name: value for name, value in own.items() if value != entries[name].value}
    return changed_text(carried.town, changes) if changes else carried.town


def _counters(entries: Mapping[str, TownEntry]) -> list[str]:
    value = entries[COUNTERS].value
    return list(value) if isinstance(value, dict) else []


def _is_sound(paths: Paths) -> bool:
    try:
        town_from_text(read_town_text(paths.town_file), paths.town_file)
    except KakanaiError:
        return False
    return True


def state_path(paths: Paths, path: PurePosixPath) -> Path:
    """Where a carried file lies on this PC."""
    return paths.home.joinpath(*path.parts)

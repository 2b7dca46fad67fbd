"""The one place that finds font files, and says what cannot be done when one is missing."""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Final

from kakanai.errors import KakanaiError
from kakanai.resources import resource_root
from kakanai.settings import Paths


class FontRole(StrEnum):
    """What a font 書体 is for; each role has exactly one font, so that paper looks the same everywhere."""

    LABEL = "label"  # headings of boxes on paper 見出し
    LABEL_BOLD = "label_bold"  # a form's title
    TEXT = "text"  # asked and derived values
    PERSONAL = "personal"  # names and addresses 氏名・住所, in the exact glyph
    UI = "ui"  # the window
    UI_BOLD = "ui_bold"


class FontMissingError(KakanaiError):
    """No file of this role's font was found. Details: role, file (the name that was looked for)."""

    code: ClassVar[str] = "F-030"
    exit_status: ClassVar[int] = 10


@dataclass(frozen=True)
class FontStatus:
    """One line of `kakanai doctor`: the file found, or None, and what its absence costs in Japanese."""

    role: FontRole
    path: Path | None
    cost_ja: str


@dataclass(frozen=True)
class _Font:
    file_name: str
    debian_folder: str  # below truetype; Observed: file lists of the Debian 12 packages
    cost_ja: str


_NO_LABELS: Final = "帳票の見出しを印字できないため、帳票を作成しません。"
_NO_TITLE: Final = "帳票の表題を印字できないため、帳票を作成しません。"
_NO_TEXT: Final = "聞き取った内容を印字できないため、帳票を作成しません。"
_NO_PERSONAL: Final = "氏名・住所を正確な字形で印字できないため、帳票を作成しません。"
_PLAIN_WINDOW: Final = "画面の文字が別の書体になります。帳票には影響しません。"

_FONTS: Final = {
    FontRole.LABEL: _Font("BIZUDGothic-Regular.ttf", "bizud-gothic", _NO_LABELS),
    FontRole.LABEL_BOLD: _Font("BIZUDGothic-Bold.ttf", "bizud-gothic", _NO_TITLE),
    FontRole.TEXT: _Font("BIZUDMincho-Regular.ttf", "bizud-mincho", _NO_TEXT),
    FontRole.PERSONAL: _Font("ipamjm.ttf", "ipamj", _NO_PERSONAL),
    FontRole.UI: _Font("BIZUDPGothic-Regular.ttf", "bizud-gothic", _PLAIN_WINDOW),
    FontRole.UI_BOLD: _Font("BIZUDPGothic-Bold.ttf", "bizud-gothic", _PLAIN_WINDOW),
}


def find_font(role: FontRole, extra_dirs: Iterable[Path] = ()) -> Path:
    """The font file of a role; `extra_dirs` are looked into first.

    Only the file names of the fonts we ship or Debian packages are accepted: Windows has its own
    BIZ UD collections (BIZ-UDGothicR.ttc) in other editions, and a form must not change with the machine.

    Raises:
        FontMissingError: none of the folders has it.
    """
    font = _FONTS[role]
    for folder in (*extra_dirs, *_font_folders(font)):
        candidate = folder / font.file_name
        if candidate.is_file():
            return candidate
    raise FontMissingError(role=role.value, file=font.file_name)


def font_report(extra_dirs: Iterable[Path] = ()) -> list[FontStatus]:
    """Every role with the file found for it, in the order of FontRole; never raises for a missing font."""
    folders = tuple(extra_dirs)
    report = []
    for role in FontRole:
        try:
            path: Path | None = find_font(role, folders)
        except FontMissingError:
            path = None
        report.append(FontStatus(role=role, path=path, cost_ja=_FONTS[role].cost_ja))
    return report


def _font_folders(font: _Font) -> list[Path]:
    return font_folders(f"truetype/{font.debian_folder}")


def font_folders(*debian: str) -> list[Path]:
    """Folders in the order of trust: shipped with us, put there by the town, installed on the machine.

    `debian` are the folders of Debian's packages below /usr/share/fonts.
    """
    folders = [resource_root() / "fonts", Paths.from_environment().fonts_dir]
    if sys.platform == "win32":
        folders.append(Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts")
        local = os.environ.get("LOCALAPPDATA")
        if local:  # fonts a user installed without administrator's rights
            folders.append(Path(local) / "Microsoft" / "Windows" / "Fonts")
    else:
        folders += [Path("/usr/share/fonts") / folder for folder in debian]
        folders.append(Path.home() / ".local" / "share" / "fonts")
    return folders

"""The look of the window: tokens of resources/style/tokens.json put into app.qss, and the fonts."""

import contextlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from kakanai.forms.fontfiles import FontMissingError, FontRole, find_font
from kakanai.ui.errors import StyleFileError

_PLACEHOLDER = re.compile(r"\{\{\s*([a-z_.]+)\s*\}\}")
_GROUPS = ("color", "space", "measure", "pt")


@dataclass(frozen=True)
class Theme:
    """Values by token name (`color.ink`, `space.small` …) and the finished style sheet."""

    tokens: Mapping[str, str]
    style_sheet: str
    personal_family: str = ""

    def color(self, name: str) -> QColor:
        """The colour of a role such as `ink`."""
        return QColor(self._value(f"color.{name}"))

    def px(self, name: str) -> int:
        """A distance or measure in pixels, such as `space.small`."""
        return int(self._value(name))

    def pt(self, name: str) -> float:
        """A type size in points."""
        return float(self._value(f"pt.{name}"))

    def personal_font(self, size: str) -> QFont:
        """IPAmj明朝 for names and addresses, or the window's own font when it is missing."""
        font = QFont(self.personal_family) if self.personal_family else QFont()
        font.setPointSizeF(self.pt(size))
        return font

    def _value(self, name: str) -> str:
        try:
            return self.tokens[name]
        except KeyError as error:
            raise StyleFileError(file="tokens.json", token=name) from error


def load_theme(folder: Path) -> Theme:
    """The theme in `folder`, without fonts.

    Raises:
        StyleFileError: a file is unreadable, or the style sheet names an unknown token.
    """
    try:
        raw = json.loads((folder / "tokens.json").read_text(encoding="utf-8"))
        sheet = (folder / "app.qss").read_text(encoding="utf-8")
        tokens = {f"{group}.{name}": str(value) for group in _GROUPS for name, value in raw[group].items()}
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise StyleFileError(file=folder.name, token="") from error

    def put(match: re.Match[str]) -> str:
        name = match[1]
        if name not in tokens:
            raise StyleFileError(file="app.qss", token=name)
        return tokens[name]

    return Theme(tokens, _PLACEHOLDER.sub(put, sheet))


def apply_theme(application: QApplication, theme: Theme) -> Theme:
    """The theme with its fonts, put on the whole application; a missing font leaves the system's."""
    application.setStyle("Fusion")
    # The style sheet speaks of light surfaces, so the palette must not follow a dark desktop.
    application.setPalette(application.style().standardPalette())
    family = _load_family(FontRole.UI)
    _load_family(FontRole.UI_BOLD)
    if family:
        font = QFont(family)
        font.setPointSizeF(theme.pt("base"))
        application.setFont(font)
    application.setStyleSheet(theme.style_sheet)
    return Theme(theme.tokens, theme.style_sheet, _load_family(FontRole.PERSONAL))


def _load_family(role: FontRole) -> str:
    with contextlib.suppress(FontMissingError):
        number = QFontDatabase.addApplicationFont(str(find_font(role)))
        families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        return families[0] if families else ""
    return ""

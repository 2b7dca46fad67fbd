"""How the visitor's screen looks: colours, sizes of type, fonts of a language."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont

from kakanai.ui.errors import StyleFileError
from kakanai.ui.visitor.languages import JAPANESE, Tongue, load_family

_PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
SCALES: Final = (1.0, 1.3)
"""Ordinary type, and the preset 大きな文字."""
STEPS: Final = (1.3, 1.2, 1.1, 1.0, 0.9, 0.84)
"""Type gets smaller by these when a screen is too small for all of it; no data is set below 20 pt."""


class Type(StrEnum):
    """What a text is."""

    CAPTION = "caption"
    BODY = "body"
    BUTTON = "button"
    VALUE = "value"
    TITLE = "title"
    NAME = "name"
    DIGITS = "digits"
    MESSAGE = "message"


_POINTS: Final[Mapping[Type, float]] = {
    Type.CAPTION: 20,
    Type.BODY: 20,
    Type.BUTTON: 20,
    Type.VALUE: 24,
    Type.TITLE: 26,
    Type.NAME: 28,
    Type.DIGITS: 30,
    Type.MESSAGE: 40,
}
_SMALLEST: Final = 20.0
"""Source: given: 20–28 pt for what elderly people check on a second screen."""


@dataclass(frozen=True)
class Look:
    """Colours by name, the style sheet made with them, the language, and how large type is."""

    colors: Mapping[str, str]
    style_sheet: str
    tongue: Tongue
    japanese_family: str
    personal_family: str
    scale: float = 1.0

    def scaled(self, scale: float) -> "Look":
        """The same look with type of another size."""
        return replace(self, scale=scale)

    def font(self, role: Type) -> QFont:
        """The font of the language, with Japanese behind it for what the visitor's data needs."""
        return self._made((self.tongue.family, self.japanese_family), role)

    def japanese_font(self, role: Type) -> QFont:
        """The font of Japanese words beside another language."""
        return self._made((self.japanese_family, self.tongue.family), role)

    def personal_font(self, role: Type) -> QFont:
        """IPAmj明朝, for names and addresses in their exact letters."""
        return self._made((self.personal_family, self.japanese_family, self.tongue.family), role)

    def _made(self, families: tuple[str, ...], role: Type) -> QFont:
        font = QFont()
        named = [family for family in dict.fromkeys(families) if family]
        if named:
            font.setFamilies(named)
        font.setPointSizeF(max(_POINTS[role] * self.scale, _SMALLEST))
        return font


def load_look(folder: Path, tongue: Tongue, personal_family: str, *, is_contrast: bool = False) -> Look:
    """The look in `folder` for a language.

    Raises:
        StyleFileError: a file is unreadable, or the style sheet names an unknown colour.
    """
    try:
        raw = json.loads((folder / "visitor.json").read_text(encoding="utf-8"))
        colors = {
            str(name): str(value) for name, value in raw["contrast" if is_contrast else "plain"].items()
        }
        sheet = (folder / "visitor.qss").read_text(encoding="utf-8")
        sheet = _PLACEHOLDER.sub(lambda match: colors[match[1]], sheet)
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise StyleFileError(file="visitor.json", token="") from error
    return Look(colors, sheet, tongue, load_family(JAPANESE), personal_family)

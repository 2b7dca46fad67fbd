"""Tokens and style sheet of the window as resources/style has them: three sets of colours, one sheet."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kakanai.ui.errors import StyleFileError

_PLACEHOLDER = re.compile(r"\{\{\s*([a-z_.]+)\s*\}\}")
_GROUPS = ("space", "measure", "pt")
_THIN = frozenset({"measure.edge", "measure.focus_ring", "measure.radius", "measure.paper_width"})
"""Lines stay as thin as they are when the letters grow, and a page of paper is a picture."""


class ThemeKind(StrEnum):
    """A set of colours, in the order of the key that goes through them."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"

    @property
    def label(self) -> str:
        """What clerks call it."""
        return {"light": "明るい", "dark": "暗い", "contrast": "高コントラスト"}[self.value]

    @property
    def following(self) -> "ThemeKind":
        """The next one, round to the first."""
        kinds = list(ThemeKind)
        return kinds[(kinds.index(self) + 1) % len(kinds)]


@dataclass(frozen=True)
class StyleFile:
    """What the files say: values by token name (`color.ink`, `measure.target` …) and the sheet with holes."""

    colors: Mapping[ThemeKind, Mapping[str, str]]
    sizes: Mapping[str, float]
    sheet: str
    folder: Path

    def tokens(self, kind: ThemeKind, text_percent: int) -> dict[str, str]:
        """Every token of a theme; type sizes and the measures that hold letters grow with `text_percent`."""
        found = dict(self.colors[kind])
        for name, value in self.sizes.items():
            is_type = name.startswith("pt.")
            grows = is_type or (name.startswith("measure.") and name not in _THIN)
            grown = value * text_percent / 100 if grows else value
            found[name] = f"{grown:g}" if is_type else str(round(grown))
        found["file.tick"] = (self.folder / f"tick-{kind}.png").as_posix()
        return found

    def style_sheet(self, tokens: Mapping[str, str]) -> str:
        """The sheet with these tokens in its holes.

        Raises:
            StyleFileError: it names a token that is none.
        """

        def put(match: re.Match[str]) -> str:
            name = match[1]
            if name not in tokens:
                raise StyleFileError(file="app.qss", token=name)
            return tokens[name]

        return _PLACEHOLDER.sub(put, self.sheet)


def read_style(folder: Path) -> StyleFile:
    """What tokens.json and app.qss in `folder` say.

    Raises:
        StyleFileError: a file is unreadable, or a theme is missing or has other colours than the others.
    """
    try:
        raw = json.loads((folder / "tokens.json").read_text(encoding="utf-8"))
        sheet = (folder / "app.qss").read_text(encoding="utf-8")
        colors = {
            kind: {f"color.{name}": str(value) for name, value in raw["themes"][kind.value].items()}
            for kind in ThemeKind
        }
        sizes = {f"{group}.{name}": float(value) for group in _GROUPS for name, value in raw[group].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StyleFileError(file=folder.name, token="") from error
    for kind in ThemeKind:
        missing = colors[ThemeKind.LIGHT].keys() ^ colors[kind].keys()
        if missing:
            raise StyleFileError(file="tokens.json", token=f"{kind}.{min(missing)}")
    return StyleFile(colors, sizes, sheet, folder)

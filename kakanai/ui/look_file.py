"""The look that this user chose last, a small file in KAKANAI_HOME; without it, the shipped one."""

import json
import logging
from dataclasses import dataclass
from pathlib import Path

from kakanai.ui.style_file import ThemeKind

_LOG = logging.getLogger(__name__)

TEXT_PERCENTS = (100, 110, 125, 150, 175, 200)
"""Text sizes, from the ordinary one up."""


@dataclass(frozen=True)
class Look:
    """Colours and text size."""

    kind: ThemeKind = ThemeKind.LIGHT
    text_percent: int = TEXT_PERCENTS[0]


def read_look(file: Path | None) -> Look:
    """What the file says, the shipped look where it says nothing that can be used."""
    try:
        raw = json.loads(file.read_text(encoding="utf-8")) if file else {}
        kind, percent = ThemeKind(raw["theme"]), raw["text_percent"]
    except (OSError, ValueError, KeyError, TypeError):
        return Look()
    return Look(kind, percent if percent in TEXT_PERCENTS else TEXT_PERCENTS[0])


def write_look(file: Path | None, look: Look) -> None:
    """Keep the look for the next start; where that fails the window stays as it is, and the log says so."""
    if file is None:
        return
    told = json.dumps({"theme": look.kind, "text_percent": look.text_percent})
    beside = file.with_suffix(".new")
    try:
        beside.write_text(told + "\n", encoding="utf-8")
        beside.replace(file)
    except OSError as error:
        _LOG.warning("the look of the window was not kept: %s", type(error).__name__)

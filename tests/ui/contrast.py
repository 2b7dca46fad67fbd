"""Contrast as WCAG 2.2 measures it, and which colour lies on which, read from the style sheet."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_TOKEN = re.compile(r"\{\{\s*color\.(\w+)\s*\}\}")
_STATE = re.compile(r":(?!:)[\w-]+|\[[^\]]*\]")
PAGE_SURFACES = ("surface", "surface_soft")
"""What a label or a transparent control lies on: the pages, the left column and the paper's side."""
BARS = {"QWidget#TopBar": "surface_bar", "QWidget#PracticeBand": "practice"}
"""Bars across the window, and what their transparent labels and buttons lie on."""
TONES = ("surface_accent", "surface_ok", "surface_caution", "surface_danger")
"""What the notice lies on; its words are plain ink, small ink, and buttons."""

_WORDLESS = ("::indicator", "::handle", "QScrollBar", "QFrame#Hairline", "QLabel#PictureBox")
"""Grounds on which nothing is written."""


class Pair(NamedTuple):
    """A colour on a colour, and the selector that puts it there."""

    ink: str
    surface: str
    selector: str


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def rules(sheet: str) -> dict[str, dict[str, str]]:
    """The declarations of every selector, later ones over earlier ones; holes stay as they are."""
    found: dict[str, dict[str, str]] = {}
    flat = _TOKEN.sub(lambda match: f"@{match[1]}", _COMMENT.sub("", sheet))
    flat = re.sub(r"\{\{[^{}]*\}\}", "0", flat)
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", flat):
        told = dict(part.split(":", 1) for part in body.split(";") if ":" in part)
        for selector in selectors.split(","):
            held = found.setdefault(" ".join(selector.split()), {})
            held |= {name.strip(): value.strip() for name, value in told.items()}
    return found


def _token(value: str) -> str:
    """The colour of a declaration, "" for none or transparent."""
    match = re.search(r"@(\w+)", value)
    return match[1] if match else ""


def _wider(selector: str) -> Iterator[str]:
    """The selector, then without its last state or attribute, and so on to the bare kind of widget."""
    yield selector
    while True:
        parts = selector.rsplit(" ", 1)
        places = list(_STATE.finditer(parts[-1]))
        if not places:
            break
        last = places[-1]
        shorter = parts[-1][: last.start()] + parts[-1][last.end() :]
        selector = " ".join([*parts[:-1], shorter])
        yield selector
    if " " in selector:
        yield from _wider(selector.rsplit(" ", 1)[1])
    elif "#" in selector:
        yield selector.partition("#")[0]


def _surfaces(selector: str, sheet: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    for wider in _wider(selector):
        told = sheet.get(wider, {})
        for name in ("background", "background-color"):
            if name in told:
                return (_token(told[name]),) if _token(told[name]) else _beneath(selector)
    return _beneath(selector)


def _beneath(selector: str) -> tuple[str, ...]:
    """What shows through a control that paints no ground of its own."""
    for bar, surface in BARS.items():
        if selector.startswith(bar):
            return (surface,)
    return PAGE_SURFACES


def text_pairs(sheet: str) -> list[Pair]:
    """Letters on their ground."""
    told = rules(sheet)
    pairs = []
    for selector, declared in told.items():
        if any(name in selector for name in _WORDLESS):
            continue
        if "color" in declared:
            ink = _token(declared["color"])
            pairs += [Pair(ink, surface, selector) for surface in _surfaces(selector, told)]
        elif "background" in declared and _token(declared["background"]):
            inner = [f"{selector} QLabel", *_wider(selector)]  # a container writes with the ink of its labels
            inks = [_token(told[wider]["color"]) for wider in inner if "color" in told.get(wider, {})]
            pairs.append(Pair(inks[0] if inks else "ink", _token(declared["background"]), selector))
        if "selection-color" in declared:
            surface = _token(declared["selection-background-color"])
            pairs.append(Pair(_token(declared["selection-color"]), surface, f"{selector} selection"))
    pairs += [Pair(ink, tone, "QFrame#Notice") for tone in TONES for ink in ("ink", "ink_soft")]
    return [pair for pair in pairs if pair.ink]


def edge_pairs(sheet: str) -> list[Pair]:
    """Edges of controls and focus rings on what lies around them."""
    told = rules(sheet)
    pairs = []
    for selector, declared in told.items():
        edge = _token(declared.get("border", "") + declared.get("border-color", ""))
        if not edge or edge == "hairline" or edge.startswith("surface"):
            continue  # a hairline parts things; it is no control's edge
        bar = next((surface for name, surface in BARS.items() if selector.startswith(name)), "")
        inside = () if bar else _surfaces(selector, told)
        around = (bar,) if bar else PAGE_SURFACES
        if ":focus" in selector:
            pairs += [Pair(edge, surface, selector) for surface in (*inside, *around)]
        else:
            pairs += [Pair(edge, surface, selector) for surface in around]
    return pairs

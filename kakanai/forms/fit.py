"""Fit a text into its box: shrink, then wrap, never below the box's smallest size, never a character lost."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from kakanai.forms.clusters import clusters
from kakanai.forms.template import Box, Fit

LEADING = 1.18
SHRINK_STEP_PT = 0.25
COMFORT = 0.74
"""One line may shrink to this part of the nominal size before two lines read better."""

_NOT_AT_START = set(
    "、。，．・：；？！」』）】〕｝〉》ーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ々ゝゞ％－‐,.:;?!)]}'-"
)
_NOT_AT_END = set("「『（【〔｛〈《([{")

MM_PER_PT = 25.4 / 72

Measure = Callable[[str], float]
"""Width of a text in em."""


@dataclass(frozen=True, repr=False)
class Fitted:
    """Lines and size (pt) that fit, and whether everything fits. The lines joined are the text itself."""

    lines: tuple[str, ...]
    size_pt: float
    fits: bool

    def __repr__(self) -> str:
        return f"Fitted({len(self.lines)} lines, {self.size_pt} pt, fits={self.fits})"


def fit_text(text: str, box: Box, fit: Fit, measure: Measure) -> Fitted:
    """The best lines and size for the text in the box.

    One line at the nominal size if it goes; else one line a little smaller; else more lines at the largest
    size that fits. When even the smallest size overflows, `fits` is False and the lines are those of the
    smallest size: the caller reports it and draws nothing.
    """
    units = clusters(text)
    known = {unit: measure(unit) for unit in dict.fromkeys(units)}
    widths = [known[unit] for unit in units]
    # Lines that end at spaces read best; only a text that no size can hold that way is broken where it must.
    for at_spaces in (True, False):
        best = _best(text, units, widths, box, fit, at_spaces=at_spaces)
        if best.fits:
            break
    return best


def _best(text: str, units: list[str], widths: list[float], box: Box, fit: Fit, *, at_spaces: bool) -> Fitted:
    best = Fitted((text,), fit.min_pt, fits=False)
    for count in range(1, fit.lines + 1):
        found = _largest(units, widths, box, fit, count, at_spaces=at_spaces)
        if found is None:
            continue
        if count == 1 and found.size_pt >= fit.size_pt * COMFORT:
            return found
        if not best.fits or found.size_pt > best.size_pt + SHRINK_STEP_PT / 2:
            best = found
    return best


def _largest(
    units: list[str], widths: list[float], box: Box, fit: Fit, count: int, *, at_spaces: bool
) -> Fitted | None:
    height_limit = box.h / (count * LEADING * MM_PER_PT) if count > 1 else box.h / MM_PER_PT
    size = min(fit.size_pt, height_limit)
    total = sum(widths)
    while size >= fit.min_pt - 1e-9:
        width_em = box.w / (size * MM_PER_PT)
        # However it is broken, more than `count` full lines do not go: ten thousand characters are not tried.
        goes = total <= count * (width_em + 1e-6)
        lines = _wrap(units, widths, width_em, at_spaces=at_spaces) if goes else None
        if lines is not None and len(lines) <= count:
            # Rounded down: a size rounded up would be wider than what was measured.
            return Fitted(tuple(lines) or ("",), math.floor(size * 100 + 1e-6) / 100, fits=True)
        size -= SHRINK_STEP_PT
    return None


def _wrap(units: list[str], widths: list[float], width_em: float, *, at_spaces: bool) -> list[str] | None:
    """Lines no wider than `width_em`; None when a single word or character is wider than a line."""
    lines: list[str] = []
    start = 0
    while start < len(units):
        end, used = start, 0.0
        while end < len(units) and used + widths[end] <= width_em + 1e-6:
            used += widths[end]
            end += 1
        if end == len(units):
            lines.append("".join(units[start:]))
            return lines
        cut = _break_before(units, start, end, at_spaces=at_spaces)
        if cut is None:
            return None
        lines.append("".join(units[start:cut]))
        start = cut
    return lines


def _break_before(units: list[str], start: int, end: int, *, at_spaces: bool) -> int | None:
    # Prefer a break after a space in the last third of the line, else the last one that typography allows.
    spaces = [i for i in range(end, start, -1) if units[i - 1] in " 　"]
    if at_spaces and spaces and spaces[0] - start >= (end - start) * 0.6:
        return spaces[0]
    for cut in range(end, start, -1):
        before, after = units[cut - 1], units[cut]
        inside_word = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
        if not inside_word and after not in _NOT_AT_START and before not in _NOT_AT_END:
            return cut
    if spaces:
        return spaces[0]
    return None

"""From the numbers read on a calibration sheet 調整用紙 to the correction of a printer.

The sheet bears a cross near each corner of A4 paper. The clerk lays a ruler's 0 at the nearest edge of the
paper and reads how far the middle of the cross is: from the edge beside it, and from the edge above or below.
On a printer without error every number is MARK_MM.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kakanai.printing.errors import ReadingsError
from kakanai.printing.plane import PAPER_MM, Affine, Point
from kakanai.printing.profile import Correction

PAPER: Final = "A4"
MARK_MM: Final = 20.0
"""How far from both edges each cross is meant to be."""

_WIDTH, _HEIGHT = PAPER_MM[PAPER]
MARKS: Final[Mapping[str, Point]] = {
    "A": (MARK_MM, MARK_MM),
    "B": (_WIDTH - MARK_MM, MARK_MM),
    "C": (_WIDTH - MARK_MM, _HEIGHT - MARK_MM),
    "D": (MARK_MM, _HEIGHT - MARK_MM),
}
"""Where the crosses are meant to be: A top left, B top right, C bottom right, D bottom left."""

GOOD_MM: Final = 0.3
"""Within this no reading with an office ruler is better (assumed)."""

_APART_MM: Final = 0.8
"""More between the corners than a ruler is misread (assumed), so a number was mistyped."""


@dataclass(frozen=True)
class Calibration:
    """The correction that the readings ask for, and how far off the worst cross was, in mm."""

    correction: Correction
    worst_mm: float

    @property
    def was_good(self) -> bool:
        """Whether the sheet was right already, as far as a ruler can tell."""
        return self.worst_mm <= GOOD_MM


def solve(readings: Mapping[str, Point], before: Correction) -> Calibration:
    """The correction by the readings of a sheet that was printed with `before`.

    A and C give offset and scale. With B or D as well slant is found too; with all four the best fit.

    Raises:
        ReadingsError: one is missing, too far off, or the corners do not agree with each other.
    """
    if not {"A", "C"} <= set(readings) or not set(readings) <= set(MARKS):
        raise ReadingsError(reason="few")
    seen = {mark: _on_paper(mark, reading) for mark, reading in readings.items()}
    worst = max(math.dist(MARKS[mark], point) for mark, point in seen.items())
    printed = _straight(seen) if len(seen) == 2 else _fitted(seen)
    if max(math.dist(printed.at(MARKS[mark]), point) for mark, point in seen.items()) > _APART_MM:
        raise ReadingsError(reason="apart")
    try:
        correction = Correction.of(printed.inverse().then(before.plane))
    except ZeroDivisionError:
        raise ReadingsError(reason="far") from None
    if not correction.is_sane:
        raise ReadingsError(reason="far")
    return Calibration(correction, round(worst, 2))


def _on_paper(mark: str, reading: Point) -> Point:
    """Where a cross lies, by its distances from the two nearest edges."""
    across, down = reading
    if not (math.isfinite(across) and math.isfinite(down)):
        raise ReadingsError(reason="far")
    x, y = MARKS[mark]
    return (across if x < _WIDTH / 2 else _WIDTH - across), (down if y < _HEIGHT / 2 else _HEIGHT - down)


def _straight(seen: Mapping[str, Point]) -> Affine:
    """By two corners: each direction by itself."""
    (ax, ay), (cx, cy) = MARKS["A"], MARKS["C"]
    xx = (seen["C"][0] - seen["A"][0]) / (cx - ax)
    yy = (seen["C"][1] - seen["A"][1]) / (cy - ay)
    return Affine(xx, 0, 0, yy, seen["A"][0] - xx * ax, seen["A"][1] - yy * ay)


def _fitted(seen: Mapping[str, Point]) -> Affine:
    """By three or four corners: the least squares of what is left over."""
    count = len(seen)
    marks = [MARKS[mark] for mark in seen]
    mean_x, mean_y = sum(x for x, _ in marks) / count, sum(y for _, y in marks) / count
    sxx = sum((x - mean_x) ** 2 for x, _ in marks)
    syy = sum((y - mean_y) ** 2 for _, y in marks)
    sxy = sum((x - mean_x) * (y - mean_y) for x, y in marks)
    area = sxx * syy - sxy**2
    rows = []
    for axis in (0, 1):
        values = [point[axis] for point in seen.values()]
        mean = sum(values) / count
        sxv = sum((x - mean_x) * (value - mean) for (x, _), value in zip(marks, values, strict=True))
        syv = sum((y - mean_y) * (value - mean) for (_, y), value in zip(marks, values, strict=True))
        by_x, by_y = (sxv * syy - syv * sxy) / area, (syv * sxx - sxv * sxy) / area
        rows.append((by_x, by_y, mean - by_x * mean_x - by_y * mean_y))
    (xx, xy, x0), (yx, yy, y0) = rows
    return Affine(xx, xy, yx, yy, x0, y0)

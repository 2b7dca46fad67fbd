"""Where a point of a sheet comes to lie, in mm from its top left corner, x to the right and y down."""

import math
from dataclasses import dataclass

POINTS_PER_MM = 72 / 25.4
Point = tuple[float, float]

PAPER_MM: dict[str, tuple[float, float]] = {"A4": (210.0, 297.0), "A5": (148.0, 210.0)}
"""Papers we print on, width and height as they are fed, portrait (ISO 216, given)."""


@dataclass(frozen=True)
class Affine:
    """x' = xx·x + xy·y + x0 and y' = yx·x + yy·y + y0."""

    xx: float = 1.0
    xy: float = 0.0
    yx: float = 0.0
    yy: float = 1.0
    x0: float = 0.0
    y0: float = 0.0

    def at(self, point: Point) -> Point:
        """Where a point comes to lie."""
        x, y = point
        return self.xx * x + self.xy * y + self.x0, self.yx * x + self.yy * y + self.y0

    def then(self, after: "Affine") -> "Affine":
        """Both, one after the other, as one."""
        x0, y0 = after.at((self.x0, self.y0))
        return Affine(
            after.xx * self.xx + after.xy * self.yx,
            after.xx * self.xy + after.xy * self.yy,
            after.yx * self.xx + after.yy * self.yx,
            after.yx * self.xy + after.yy * self.yy,
            x0,
            y0,
        )

    def inverse(self) -> "Affine":
        """What takes every point back.

        Raises:
            ZeroDivisionError: the plane was folded into a line.
        """
        area = self.xx * self.yy - self.xy * self.yx
        xx, xy, yx, yy = self.yy / area, -self.xy / area, -self.yx / area, self.xx / area
        return Affine(xx, xy, yx, yy, -(xx * self.x0 + xy * self.y0), -(yx * self.x0 + yy * self.y0))

    @property
    def is_nothing(self) -> bool:
        """Whether every point of a sheet stays where it is, to a thousandth of a millimetre."""
        corners = ((0.0, 0.0), (300.0, 0.0), (0.0, 300.0))
        return all(math.dist(corner, self.at(corner)) < 0.001 for corner in corners)


_HALF = PAPER_MM["A4"][1] / 2
_ALMOST_MM = 0.5
"""Papers are told apart to this; a PDF's A5 has 148.17 mm (observed)."""


def upright(size: Point, paper: str) -> Affine:
    """From the plane of a page of that size to that of its paper as it is fed, in portrait."""
    across, down = size
    if across <= down + _ALMOST_MM:
        return Affine()
    # A quarter to the right: what was at the left edge is at the top, what was the top is at the right.
    return Affine(0, -1, 1, 0, PAPER_MM[paper][0], 0)


def on_half(size: Point, place: int) -> Affine:
    """From the plane of an A5 page to half 0 (upper) or 1 (lower) of an A4 sheet, in its middle."""
    across, down = size
    width, top = PAPER_MM["A4"][0], place * _HALF
    if across > down + _ALMOST_MM:
        return Affine(x0=(width - across) / 2, y0=top + (_HALF - down) / 2)
    # A quarter to the left: what was the top is at the left edge.
    return Affine(0, 1, -1, 0, (width - down) / 2, top + (_HALF - across) / 2 + across)

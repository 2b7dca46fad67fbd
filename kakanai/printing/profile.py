"""What a printer of this PC needs, so that boxes come out where they are: correction, margins, tray."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from kakanai.printing.plane import Affine

MAX_OFFSET_MM: Final = 15.0
MAX_SCALE_ERROR: Final = 0.05
MAX_SLANT_MM: Final = 3.0
"""What no printer in order needs; more is a slip of the pen (assumed)."""

MAX_MARGIN_MM: Final = 40.0
MAX_COPIES: Final = 5


class Sides(StrEnum):
    """One side or two 両面; the words are IPP's (sides, RFC 8011 5.2.8, given)."""

    ONE = "one-sided"
    LONG_EDGE = "two-sided-long-edge"
    SHORT_EDGE = "two-sided-short-edge"

    @property
    def label(self) -> str:
        """The words a clerk chooses by."""
        return _SIDES_WORDS[self]


_SIDES_WORDS: Final = {
    Sides.ONE: "片面",
    Sides.LONG_EDGE: "両面（長辺とじ）",
    Sides.SHORT_EDGE: "両面（短辺とじ）",
}


@dataclass(frozen=True)
class Margins:
    """The strip at each edge of the paper as it is fed that a printer leaves white 余白, in mm."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Correction:
    """How a page is moved before it is printed 補正, so that the printer's own error undoes it.

    `offset_x_mm` to the right and `offset_y_mm` down, both at the top left corner; `scale_x` and `scale_y`;
    `slant_x_mm`: how far to the right 100 mm further down, `slant_y_mm`: how far down 100 mm further right.
    """

    offset_x_mm: float = 0.0
    offset_y_mm: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0
    slant_x_mm: float = 0.0
    slant_y_mm: float = 0.0

    @property
    def plane(self) -> Affine:
        """The same as a movement of every point."""
        slant_x, slant_y = self.slant_x_mm / 100, self.slant_y_mm / 100
        return Affine(self.scale_x, slant_x, slant_y, self.scale_y, self.offset_x_mm, self.offset_y_mm)

    @classmethod
    def of(cls, plane: Affine) -> "Correction":
        """The correction that moves every point so; rounded to 0.01 mm on the sheet."""
        return cls(
            round(plane.x0, 3),
            round(plane.y0, 3),
            round(plane.xx, 5),
            round(plane.yy, 5),
            round(plane.xy * 100, 3),
            round(plane.yx * 100, 3),
        )

    @property
    def is_sane(self) -> bool:
        """Whether a printer in order could need this."""
        return (
            max(abs(self.offset_x_mm), abs(self.offset_y_mm)) <= MAX_OFFSET_MM
            and max(abs(self.scale_x - 1), abs(self.scale_y - 1)) <= MAX_SCALE_ERROR
            and max(abs(self.slant_x_mm), abs(self.slant_y_mm)) <= MAX_SLANT_MM
        )


@dataclass(frozen=True)
class PrinterProfile:
    """One printer of this PC. `margins` only where the printer tells none; `calibrated` is a day, or empty.

    `tray` is the printer's own word for it, empty for the printer's choice. With `two_up` pages of A5 are
    laid two on an A4 sheet, with a line to cut along 切り取り線.
    """

    correction: Correction = Correction()
    margins: Margins | None = None
    tray: str = ""
    sides: Sides = Sides.ONE
    two_up: bool = False
    calibrated: str = ""

    @property
    def uncorrected(self) -> "PrinterProfile":
        """The same without its correction, as the first calibration sheet needs it."""
        return replace(self, correction=Correction())


@dataclass(frozen=True)
class FormRule:
    """How one form is printed on this PC, where it differs; an empty value leaves it to the printer's.

    `keep_copy`: its 控え is printed, if it has one. `preprinted`: this PC has paper for it that bears its
    lines and words already, so only what was filled in is printed.
    """

    printer: str = ""
    tray: str = ""
    sides: Sides | None = None
    two_up: bool | None = None
    copies: int = 1
    keep_copy: bool = True
    preprinted: bool = False

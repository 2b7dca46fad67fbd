"""The chip's own picture of a name or address in a box 券面の画像, where no font has a glyph of it."""

from dataclasses import dataclass

from kakanai.cardreader.text_picture import TextPicture
from kakanai.forms.template import Box, Fit

MM_PER_PT = 25.4 / 72
LEAST_DPI = 96
"""Pixels to the inch at least: a character of 12 pixels gets no larger than 9 pt, one of 24 than 18 pt."""


@dataclass(frozen=True, repr=False)
class PlacedPicture:
    """The chip's picture, drawn to fill `box`, for `text`, the value as the chip spells it. Personal."""

    box: Box
    picture: TextPicture
    field: str
    text: str

    def __repr__(self) -> str:
        return f"PlacedPicture({self.field})"


def character_pt(picture: TextPicture, box: Box, fit: Fit) -> float:
    """The size in pt that a character of the picture gets in the box, 0 when it would be too small.

    It is the size a font would have there, or smaller: to fit the box, or because its pixels would show.
    """
    of_width = box.w / picture.width
    of_height = box.h / picture.height
    widest = min(of_width, of_height, 25.4 / LEAST_DPI) * picture.line_px / MM_PER_PT
    size = min(fit.size_pt, widest)
    return size if size >= fit.min_pt - 1e-9 else 0.0


def place_picture(picture: TextPicture, box: Box, fit: Fit, field: str, text: str) -> PlacedPicture | None:
    """The picture in the box, its sides in proportion, aligned as `fit` says; None when it is too large."""
    size = character_pt(picture, box, fit)
    if not size:
        return None
    scale = size * MM_PER_PT / picture.line_px
    width, height = picture.width * scale, picture.height * scale
    spare = {"left": 0.0, "center": 0.5, "right": 1.0}[fit.align] * (box.w - width)
    place = Box(box.x + spare, box.y + (box.h - height) / 2, width, height)
    return PlacedPicture(place, picture, field, text)

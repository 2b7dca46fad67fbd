"""A picture of words from a card 字形の画像: the name or address as the chip itself draws it."""

import dataclasses
from typing import Final

NAME_CHARACTERS: Final = 18
ADDRESS_CHARACTERS: Final = 24
"""Characters in a whole line of the pictures of 個人番号カード (observed: 216×12 and 288×24 pixels in the
dummy set of libjeid, characters of 12 pixels)."""


@dataclasses.dataclass(frozen=True, repr=False)
class TextPicture:
    """Words as pixels, without the white after them: `grey` has a byte for each, 0 black, row by row.

    `line_px` is the height of a line, and of a character, in pixels. `png` shows the same pixels. Personal.
    """

    width: int
    height: int
    line_px: int
    grey: bytes
    png: bytes

    def __repr__(self) -> str:
        return f"TextPicture({self.width}x{self.height})"

    @property
    def lines(self) -> int:
        """How many lines of text it has."""
        return self.height // self.line_px

"""Sheets of variation sequences drawn as forms are, and the same glyphs as HarfBuzz shapes and paints them.

HarfBuzz reads the font file itself: its shaping finds the glyph, its rasteriser paints the outline. Ours goes
through the whole way of paper: values in boxes, ReportLab, an embedded subset, poppler.
"""

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import uharfbuzz
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageStat

from kakanai.forms.filled import FilledForm, FilledPage, PlacedText
from kakanai.forms.fontfiles import FontRole, find_font
from kakanai.forms.render import Renderer
from kakanai.forms.template import Box, FormTemplate, MyNumberRule, SignatureClass
from tests.forms.poppler import pictures, text_of

MM_PER_PT = 25.4 / 72
SIZE_PT = 25
CELL_PT = 31
MARGIN_PT = 3
BASELINE_PT = 22  # of 25 pt, 0.88 above the baseline
COLUMNS, ROWS = 18, 25
DPI = 144
SCALE = DPI // 72

ALIKE = 0.02
"""How much of the ink two pictures of one glyph may differ by: edges are grey in other ways (observed:
0.002 to 0.006 between poppler 22.12 and HarfBuzz 15.0)."""

SAME = 0.001
"""Glyphs whose pictures differ by less look the same on any paper (observed: U+269E0 has two, 0.00004
apart), so no picture can tell which of them was drawn."""

TEMPLATE = FormTemplate(
    id="T02",
    title="字形の見本",
    version="1",
    valid_from=dt.date(2026, 11, 1),
    valid_to=None,
    section="resident",
    legal_basis="試験のため",
    paper="A4",
    signature=SignatureClass.NONE,
    my_number=MyNumberRule.NEVER,
    pages=(),
)


def every_sequence() -> list[str]:
    """Every variation sequence of IPAmj明朝, as fontTools reads its `cmap`."""
    with TTFont(find_font(FontRole.PERSONAL), lazy=True) as font:
        tables = [table for table in font["cmap"].tables if table.format == 14]
    return sorted(
        chr(base) + chr(selector)
        for table in tables
        for selector, pairs in table.uvsDict.items()
        for base, _ in pairs
    )


def sheets(sequences: Sequence[str]) -> FilledForm:
    """The sequences as values of a form, each in a box of its own, row by row."""
    pages = []
    for start in range(0, len(sequences), COLUMNS * ROWS):
        placed = tuple(
            PlacedText(_box(index), (sequence,), FontRole.PERSONAL, SIZE_PT, "left", f"sheet[{index}]")
            for index, sequence in enumerate(sequences[start : start + COLUMNS * ROWS])
        )
        pages.append(FilledPage((), placed))
    return FilledForm(TEMPLATE, "R8-1121-0001", tuple(pages), ())


def _corner(index: int) -> tuple[int, int]:
    """Left and top edge of a cell in points."""
    row, column = divmod(index, COLUMNS)
    return 12 + column * CELL_PT, 12 + row * CELL_PT


def _box(index: int) -> Box:
    x, y = _corner(index)
    edges = (x + MARGIN_PT, y + MARGIN_PT, SIZE_PT, SIZE_PT)
    return Box(*(edge * MM_PER_PT for edge in edges))


def text_read(pdf: bytes) -> list[str]:
    """The sequences that pdftotext gives back, in the order they were drawn."""
    return text_of(pdf, "-raw").split()


def cells_painted(pdf: bytes) -> Iterator[Image.Image]:
    """The cells of the sheets as poppler paints them, ink white on black."""
    side = CELL_PT * SCALE
    for page in pictures(pdf, DPI):
        inked = ImageChops.invert(page)
        for index in range(COLUMNS * ROWS):
            x, y = (edge * SCALE for edge in _corner(index))
            yield inked.crop((x, y, x + side, y + side))


class HarfBuzz:
    """Glyphs as HarfBuzz finds and paints them."""

    def __init__(self) -> None:
        blob = uharfbuzz.Blob.from_file_path(str(find_font(FontRole.PERSONAL)))
        self._face = uharfbuzz.Face(blob)
        self._font = uharfbuzz.Font(self._face)
        self._painted: dict[int, Image.Image] = {}

    def glyphs(self, text: str) -> list[int]:
        """The glyphs that the text is shaped to."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self._font, buffer)
        return [info.codepoint for info in buffer.glyph_infos]

    def painted(self, glyph: int) -> Image.Image:
        """The glyph in a cell like those of the sheets."""
        if glyph not in self._painted:
            side = CELL_PT * SCALE
            draw = uharfbuzz.RasterDraw()
            scale = SIZE_PT * SCALE / self._face.upem
            draw.transform = (scale, 0.0, 0.0, scale, 0.0, 0.0)
            below = side - (MARGIN_PT + BASELINE_PT) * SCALE
            draw.extents = uharfbuzz.RasterExtents(-MARGIN_PT * SCALE, -below, side, side, side)
            draw.draw_glyph(self._font, glyph)
            image = draw.render()
            assert (image.extents.width, image.extents.height) == (side, side)
            upside_down = Image.frombytes("L", (side, side), image.buffer, "raw", "L", image.extents.stride)
            self._painted[glyph] = upside_down.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        return self._painted[glyph]


def difference(one: Image.Image, other: Image.Image) -> float:
    """How much two pictures differ: 0 the same, 1 and more nothing in common."""
    ink = max(ImageStat.Stat(one).sum[0], ImageStat.Stat(other).sum[0])
    apart = ImageStat.Stat(ImageChops.difference(one, other)).sum[0]
    return apart / ink if ink else math.inf


@dataclass(frozen=True)
class Verdict:
    """How a sequence came out: how far from HarfBuzz's picture, and how far from its nearest relative's."""

    sequence: str
    apart: float
    nearest_other: float

    @property
    def is_right(self) -> bool:
        """Whether it is HarfBuzz's glyph and no other glyph of the same base."""
        return self.apart <= ALIKE and self.apart < self.nearest_other


def judge(renderer: Renderer, harfbuzz: HarfBuzz, sequences: Sequence[str]) -> list[Verdict]:
    """Draw the sequences and hold every one against HarfBuzz's glyphs of it and of its base's others."""
    relatives: dict[str, set[int]] = {}
    for sequence in every_sequence():
        relatives.setdefault(sequence[0], set(harfbuzz.glyphs(sequence[0]))).update(harfbuzz.glyphs(sequence))
    verdicts = []
    cells = cells_painted(renderer.render(sheets(sequences)))
    for sequence, cell in zip(sequences, cells, strict=False):
        [glyph] = harfbuzz.glyphs(sequence)
        wanted = harfbuzz.painted(glyph)
        others = [harfbuzz.painted(other) for other in relatives[sequence[0]] - {glyph}]
        others = [other for other in others if difference(wanted, other) > SAME]
        verdicts.append(
            Verdict(
                sequence,
                difference(cell, wanted),
                min((difference(cell, other) for other in others), default=math.inf),
            )
        )
    return verdicts

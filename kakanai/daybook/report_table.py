"""Tables of the 日報 that go on over pages: rows as high as their words need, the heading on every page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kakanai.daybook.paper_words import PaperWords
from kakanai.daybook.report_ink import MARGIN, ReportInk, line_height
from kakanai.forms.template import Box

_SIZE_PT: Final = 7.5
_PAD: Final = 1.0
_HEAD_HEIGHT: Final = 5.0
_SHADE: Final = 0.9


@dataclass(frozen=True)
class Column:
    """A column: heading, width in mm, alignment; `whole`: its words are made smaller, never broken."""

    heading: str
    width: float
    align: str = "left"
    whole: bool = False


@dataclass(frozen=True)
class Row:
    """A row as it is drawn: the lines of each cell, and the height in mm."""

    cells: tuple[tuple[str, ...], ...]
    height: float


class Table:
    """Rows of words under columns."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], words: PaperWords) -> None:
        self._columns = columns
        self._words = words
        self._rows = [self._row(row) for row in rows]

    def pages(self, first_height: float, height: float) -> list[Sequence[Row]]:
        """The rows of each page, where the first offers `first_height` mm; the heading is counted too.

        The first may have none, when not even the heading and a row fit.
        """
        pages: list[Sequence[Row]] = []
        page: list[Row] = []
        left = first_height - _HEAD_HEIGHT
        for row in self._rows:
            if row.height > left:
                pages.append(page)
                page, left = [], height - _HEAD_HEIGHT
            page.append(row)
            left -= row.height
        pages.append(page)
        return pages

    def draw(self, ink: ReportInk, y: float, rows: Sequence[Row]) -> float:
        """The heading and these rows; where they end, mm from the top."""
        if not rows:
            return y
        ink.frame(Box(MARGIN, y, self._width, _HEAD_HEIGHT), 0.2, _SHADE)
        for x, column in self._places():
            box = Box(x + _PAD, y, column.width - 2 * _PAD, _HEAD_HEIGHT)
            ink.text(box, column.heading, _SIZE_PT, align=column.align, bold=True)
        y += _HEAD_HEIGHT
        for row in rows:
            self._draw_row(ink, y, row)
            y += row.height
            ink.rule(MARGIN, y, MARGIN + self._width, y, 0.1)
        return y

    @property
    def _width(self) -> float:
        return sum(column.width for column in self._columns)

    def _places(self) -> Iterator[tuple[float, Column]]:
        x = MARGIN
        for column in self._columns:
            yield x, column
            x += column.width

    def _row(self, row: Sequence[str]) -> Row:
        cells = tuple(self._lines(c, words) for c, words in zip(self._columns, row, strict=True))
        lines = max(len(cell) for cell in cells)
        return Row(cells, line_height(_SIZE_PT) * lines + 2 * _PAD)

    def _lines(self, column: Column, words: str) -> tuple[str, ...]:
        width = column.width - 2 * _PAD
        return (words,) if column.whole else tuple(self._words.lines(words, width, _SIZE_PT))

    def _draw_row(self, ink: ReportInk, y: float, row: Row) -> None:
        for (x, column), lines in zip(self._places(), row.cells, strict=True):
            width = column.width - 2 * _PAD
            size = _SIZE_PT
            if column.whole:
                size = self._words.size_for(self._words.printable(lines[0]), width, _SIZE_PT)
            box = Box(x + _PAD, y + _PAD, width, row.height - 2 * _PAD)
            ink.text(box, "\n".join(lines), size, align=column.align, valign="top")

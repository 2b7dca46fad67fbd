"""Plots as drawings: one dark colour, a number at every bar, so that grey print loses nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from kakanai.daybook.paper_words import PaperWords
from kakanai.daybook.stats import StatRow, Stats
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.fonts import FontShelf

# ReportLab's shapes bring half of its typesetting with them, which no start of the window should wait for.
if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

_BAR: Final = HexColor("#0b3d91")
"""Contrast 10.6 to white; the same dark grey in print, and to every kind of colour vision a dark bar."""
_INK: Final = HexColor("#1a1a1a")
_HAIR: Final = HexColor("#767676")

_TITLE_PT: Final = 8.5
_WORD_PT: Final = 7.0
_MOST_BARS: Final = 8
_FIRST_HOUR: Final = 8
_LAST_HOUR: Final = 17
_NONE: Final = "この期間の受付はありません"


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its length, and the number that stands at it."""

    label: str
    value: float
    told: str


@dataclass(frozen=True)
class Chart:
    """A drawing, and the same in words for whoever does not see it."""

    drawing: "Drawing"
    alternative: str


class ChartPen:
    """Draws charts of one size in the fonts of a shelf, within a document that has begun."""

    def __init__(self, shelf: FontShelf, width_mm: float, height_mm: float) -> None:
        self._shelf = shelf
        self._words = PaperWords(shelf)
        self._width = width_mm
        self._height = height_mm

    def columns(self, title: str, bars: Sequence[Bar]) -> Chart:
        """Upright bars in the order given, such as the hours of a day."""
        drawing = self._drawing(title)
        foot, top = 6.0, 11.0
        most = max((bar.value for bar in bars), default=0.0)
        if not most:
            return self._empty(drawing, title)
        step = self._width / len(bars)
        self._line(drawing, 0, foot, self._width, foot)
        for place, bar in enumerate(bars):
            middle = (place + 0.5) * step
            height = bar.value / most * (self._height - foot - top)
            if bar.value:
                self._rect(drawing, middle - step * 0.36, foot, step * 0.72, height)
                self._text(drawing, middle, foot + height + 1.2, bar.told, step, "middle")
            self._text(drawing, middle, 1.6, bar.label, step, "middle")
        return Chart(drawing, _alternative(title, bars))

    def rows(self, title: str, bars: Sequence[Bar], *, label_mm: float) -> Chart:
        """Lying bars with long labels; what does not fit is summed up in words."""
        drawing = self._drawing(title)
        shown = bars[:_MOST_BARS]
        most = max((bar.value for bar in shown), default=0.0)
        if not most:
            return self._empty(drawing, title)
        told_mm = max(self._words.width_mm(bar.told, _WORD_PT) for bar in shown) + 2
        longest = self._width - label_mm - told_mm - 1
        left_out = len(bars) - len(shown)
        foot = 4.0 if left_out else 0.0
        step = min((self._height - 8.0 - foot) / len(shown), 6.0)
        y = self._height - 8.0
        for bar in shown:
            y -= step
            base = y + step / 2 - _WORD_PT * 0.35 * 0.36
            self._text(drawing, 0, base, bar.label, label_mm - 1.5, "start")
            length = max(bar.value / most * longest, 0.3)
            self._rect(drawing, label_mm, y + step * 0.16, length, step * 0.68)
            self._text(drawing, label_mm + length + 1, base, bar.told, told_mm, "start")
        self._line(drawing, label_mm, y, label_mm, self._height - 8.0)
        if left_out:
            self._text(drawing, 0, 1.0, f"ほか {left_out}", self._width, "start")
        return Chart(drawing, _alternative(title, bars))

    def _drawing(self, title: str) -> "Drawing":
        from reportlab.graphics.shapes import Drawing

        drawing = Drawing(self._width * mm, self._height * mm)
        y = self._height - 4.5
        self._text(drawing, 0, y, title, self._width, "start", _TITLE_PT, FontRole.LABEL_BOLD)
        return drawing

    def _empty(self, drawing: "Drawing", title: str) -> Chart:
        self._text(drawing, 0, self._height / 2, _NONE, self._width, "start")
        return Chart(drawing, f"{title}: {_NONE}")

    def _text(  # where, what, how wide, how
        self,
        drawing: "Drawing",
        x: float,
        y: float,
        words: str,
        width: float,
        anchor: str,
        size: float = _WORD_PT,
        role: FontRole = FontRole.LABEL,
    ) -> None:
        from reportlab.graphics.shapes import String

        told = self._words.printable(words, role)
        size = self._words.size_for(told, width, size, role)
        told = self._words.cut(told, width, size, role)
        font, drawn, width_em = self._shelf.line(role, told)
        # Placed here and not by ReportLab, which would measure what it draws and not what it shows.
        x_pt = x * mm - (width_em * size / 2 if anchor == "middle" else 0)
        drawing.add(String(x_pt, y * mm, drawn, fontName=font, fontSize=size, fillColor=_INK))

    def _rect(self, drawing: "Drawing", x: float, y: float, width: float, height: float) -> None:
        from reportlab.graphics.shapes import Rect

        bar = Rect(x * mm, y * mm, width * mm, height * mm)
        bar.fillColor, bar.strokeColor = _BAR, None
        drawing.add(bar)

    def _line(self, drawing: "Drawing", x1: float, y1: float, x2: float, y2: float) -> None:
        from reportlab.graphics.shapes import Line

        drawing.add(Line(x1 * mm, y1 * mm, x2 * mm, y2 * mm, strokeColor=_HAIR, strokeWidth=0.6))


def charts_of(stats: Stats, shelf: FontShelf, width_mm: float, height_mm: float) -> tuple[Chart, ...]:
    """Volume by hour, form and clerk, minutes for a case by procedure; in a document that has begun."""
    pen = ChartPen(shelf, width_mm, height_mm)
    return (
        pen.columns("時間帯ごとの受付（件）", _hours(stats.by_hour)),
        pen.rows("様式ごとの受付（件）", _cases(stats.by_form), label_mm=44),
        pen.rows("職員ごとの受付（件）", _cases(stats.by_staff), label_mm=26),
        pen.rows("手続ごとの1件の時間（分）", _minutes(stats.by_procedure), label_mm=40),
    )


def _hours(rows: Sequence[StatRow]) -> list[Bar]:
    counted = {int(row.key): row.cases for row in rows}
    hours = range(min([_FIRST_HOUR, *counted]), max([_LAST_HOUR, *counted]) + 1)
    return [Bar(str(hour), counted.get(hour, 0), f"{counted.get(hour, 0):,}") for hour in hours]


def _cases(rows: Sequence[StatRow]) -> list[Bar]:
    return [Bar(row.label, row.cases, f"{row.cases:,}") for row in sorted(rows, key=_most_cases)]


def _most_cases(row: StatRow) -> tuple[int, str]:
    return -row.cases, row.key


def _minutes(rows: Sequence[StatRow]) -> list[Bar]:
    told = [(row, row.minutes_per_case) for row in rows]
    return [
        Bar(row.label, minutes, f"{minutes:.1f}（{row.finished:,}件）")
        for row, minutes in told
        if minutes is not None
    ]


def _alternative(title: str, bars: Sequence[Bar]) -> str:
    told = "、".join(f"{bar.label} {bar.told}" for bar in bars if bar.value)
    return f"{title}: {told}"

"""Draw elements and values on a ReportLab canvas, each marked with what a reader of the PDF is told of it."""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from kakanai.forms.clusters import clusters
from kakanai.forms.filled import Placed, PlacedDigits, PlacedMark, PlacedText
from kakanai.forms.fit import LEADING
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.fonts import FontShelf
from kakanai.forms.placed_picture import PlacedPicture
from kakanai.forms.qr import qr_modules
from kakanai.forms.reading_order import FIGURE, PageReading
from kakanai.forms.template import Box, Caption, Frame, QrBox, Rule

ASCENT = 0.88
"""Baseline below the top of a line, in em: the ideographic em box of our fonts (observed: hhea 0.88)."""

MM_PER_PT = 25.4 / 72
_CHOSEN = "選択"
_SPARE = {"left": 0.0, "center": 0.5, "right": 1.0, "top": 0.0, "middle": 0.5, "bottom": 1.0}
"""Which part of the space left over lies before the text."""

_SPACES = frozenset(
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
"""All white space that has a glyph, but for U+0020 (category Zs)."""


class Pen:
    """Draws in millimetres from the top left corner on a ReportLab canvas (points from the bottom left)."""

    def __init__(self, canvas: Canvas, height_mm: float, shelf: FontShelf, reading: PageReading) -> None:
        self._canvas = canvas
        self._height = height_mm
        self._shelf = shelf
        self._reading = reading

    def line(self, line: Rule | Frame) -> None:
        """A line of the form, or the frame and shade of a cell."""
        if isinstance(line, Frame):
            self._frame(line)
            return
        self._canvas.setLineWidth(line.weight_mm * mm)
        if line.dash:
            self._canvas.setDash([0.5 * mm, 0.5 * mm])
        self._canvas.line(line.x1 * mm, self._y(line.y1), line.x2 * mm, self._y(line.y2))
        if line.dash:
            self._canvas.setDash([])

    def caption(self, caption: Caption, position: float) -> None:
        """Words of the form itself, read aloud at this position."""
        with self._read(self._reading.note_at(position)):
            if caption.vertical:
                self._vertical(caption)
            else:
                lines = caption.text.split("\n")
                self._text(caption.box, lines, caption.role, caption.size_pt, caption.align, caption.valign)

    def value(self, placed: Placed, *, masked: bool) -> None:
        """A value in its box; `masked` draws stars for the digits of 個人番号."""
        match placed:
            case PlacedText():
                with self._read(self._reading.note(placed.box)):
                    self._text(placed.box, placed.lines, placed.role, placed.size_pt, placed.align)
            case PlacedMark():
                with self._read(self._reading.note(placed.box, FIGURE, _CHOSEN), FIGURE):
                    self._mark(placed)
            case PlacedDigits():
                with self._read(self._reading.note(placed.boxes[0])):
                    self._digits(placed, masked=masked)
            case PlacedPicture():
                with self._read(self._reading.note(placed.box)):
                    self._picture(placed)

    def _y(self, y_mm: float) -> float:
        return (self._height - y_mm) * mm

    def _rect(self, box: Box, *, stroke: int, fill: int) -> None:
        self._canvas.rect(
            box.x * mm, self._y(box.y + box.h), box.w * mm, box.h * mm, stroke=stroke, fill=fill
        )

    def _frame(self, frame: Frame) -> None:
        if frame.fill is not None:
            self._canvas.setFillGray(frame.fill)
            self._rect(frame.box, stroke=0, fill=1)
            self._canvas.setFillGray(0)
        if not frame.weight_mm:
            return
        self._canvas.setLineWidth(frame.weight_mm * mm)
        if not frame.corners:
            self._rect(frame.box, stroke=1, fill=0)
            return
        box, arm = frame.box, min(frame.box.w, frame.box.h) * 0.16
        for x, dx in ((box.x, arm), (box.x + box.w, -arm)):
            for y, dy in ((box.y, arm), (box.y + box.h, -arm)):
                self._canvas.line(x * mm, self._y(y), (x + dx) * mm, self._y(y))
                self._canvas.line(x * mm, self._y(y), x * mm, self._y(y + dy))

    def _text(
        self,
        box: Box,
        lines: Iterable[str],
        role: FontRole,
        size_pt: float,
        align: str = "left",
        valign: str = "middle",
    ) -> None:
        lines = tuple(lines)
        size_mm = size_pt * MM_PER_PT
        step = size_mm * LEADING
        total = step * (len(lines) - 1) + size_mm
        spare = _SPARE[valign] * (box.h - total)
        for index, line in enumerate(lines):
            if not line:
                continue
            baseline = box.y + spare + index * step + size_mm * ASCENT
            self._line_of_text(box, baseline, line, role, size_pt, align)

    def _line_of_text(
        self, box: Box, baseline: float, line: str, role: FontRole, size_pt: float, align: str
    ) -> None:
        # Raises for a word of the template without a glyph; values were checked while filling.
        font, drawn, width_em = self._shelf.line(role, line)
        spare = _SPARE[align] * (box.w - width_em * size_pt * MM_PER_PT)
        # A reader of the PDF takes any white space glyph for a mere gap and gives back U+0020 or nothing
        # (observed: poppler 22.12), so a line that has some says which characters it has.
        told = "  " in line or not _SPACES.isdisjoint(line)
        self._canvas.setFont(font, size_pt)
        with self._reads_as(line) if told else nullcontext():
            self._canvas.drawString((box.x + spare) * mm, self._y(baseline), drawn)

    @contextmanager
    def _read(self, number: int, tag: str = "P") -> Iterator[None]:
        """What is drawn meanwhile is the marked content of that number (PDF 32000-1 §14.7.4, given)."""
        self._code(f"/{tag} <</MCID {number}>> BDC")
        yield
        self._code("EMC")

    @contextmanager
    def ornament(self) -> Iterator[None]:
        """What is drawn meanwhile is not read aloud (an artifact, PDF 32000-1 §14.8.2.2, given)."""
        self._code("/Artifact BMC")
        yield
        self._code("EMC")

    @contextmanager
    def _reads_as(self, words: str) -> Iterator[None]:
        """Say that what is drawn meanwhile reads as the words (ActualText, PDF 32000-1 §14.9.4, given)."""
        text = (b"\xfe\xff" + words.encode("utf-16-be")).hex().upper()
        self._code(f"/Span <</ActualText <{text}>>> BDC")
        yield
        self._code("EMC")

    def _code(self, operators: str) -> None:
        self._canvas._code.append(operators)  # type: ignore[attr-defined]  # no public door for marked content

    def _vertical(self, caption: Caption) -> None:
        # Upright characters one under the other; a long vowel mark would need turning, so labels avoid it.
        size_mm = caption.size_pt * MM_PER_PT
        columns = caption.text.split("\n")
        column_step = size_mm * 1.25
        right = caption.box.x + caption.box.w / 2 + column_step * (len(columns) - 1) / 2
        for number, words in enumerate(columns):
            units = clusters(words)
            step = min(size_mm * 1.35, caption.box.h / max(len(units), 1))
            y = caption.box.y + (caption.box.h - step * len(units)) / 2
            x = right - number * column_step - size_mm / 2
            for index, unit in enumerate(units):
                cell = Box(x, y + index * step, size_mm, step)
                self._text(cell, (unit,), caption.role, caption.size_pt, "center")

    def _mark(self, placed: PlacedMark) -> None:
        box = placed.box
        self._canvas.setLineWidth(0.35 * mm)
        if placed.shape == "circle":
            self._canvas.ellipse(
                box.x * mm, self._y(box.y + box.h), (box.x + box.w) * mm, self._y(box.y), stroke=1, fill=0
            )
            return
        path = self._canvas.beginPath()
        path.moveTo((box.x + box.w * 0.12) * mm, self._y(box.y + box.h * 0.5))
        path.lineTo((box.x + box.w * 0.42) * mm, self._y(box.y + box.h * 0.85))
        path.lineTo((box.x + box.w * 1.02) * mm, self._y(box.y - box.h * 0.08))
        self._canvas.setLineWidth(0.5 * mm)
        self._canvas.drawPath(path, stroke=1, fill=0)

    def _digits(self, placed: PlacedDigits, *, masked: bool) -> None:
        shown = ("＊",) * len(placed.boxes) if masked else placed.number.box_digits()
        # Twelve cells are one number, however far apart a reader of the PDF finds them.
        with nullcontext() if masked else self._reads_as("".join(shown)):
            for box, digit in zip(placed.boxes, shown, strict=True):
                self._text(box, (digit,), FontRole.TEXT, 11.0, "center")

    def _picture(self, placed: PlacedPicture) -> None:
        box = placed.box
        # Its white does not cover what the paper has in the box: a line to write on, a tint.
        white = [255, 255]
        with self._reads_as(placed.text):
            self._canvas.drawImage(
                ImageReader(io.BytesIO(placed.picture.png)),
                box.x * mm,
                self._y(box.y + box.h),
                box.w * mm,
                box.h * mm,
                mask=white,
            )

    def qr(self, element: QrBox, words: str) -> None:
        """The words as a QR code in its box."""
        rows = qr_modules(words)
        box, count = element.box, len(rows)
        with self._read(self._reading.note(box, FIGURE, f"二次元コード {words}"), FIGURE):
            self._canvas.saveState()
            self._canvas.setFillGray(0)
            # One unit is one module, y down: whole numbers, of which ReportLab's path would format each.
            self._canvas.translate(box.x * mm, self._y(box.y))
            self._canvas.scale(box.w * mm / count, -box.w * mm / count)
            dark = [f"{x} {y} {n} 1 re" for y, row in enumerate(rows) for x, n in _runs(row)]
            self._code(" ".join([*dark, "f"]))
            self._canvas.restoreState()

    def watermark(self, words: str, width_mm: float) -> None:
        """Large light words across the page."""
        with self.ornament():
            self._canvas.saveState()
            self._canvas.setFillGray(0.93)
            size = min(width_mm, self._height) * 0.3 / MM_PER_PT
            box = Box(0, 0, width_mm, self._height)
            self._text(box, (words,), FontRole.LABEL_BOLD, size, "center")
            self._canvas.restoreState()


def _runs(row: list[bool]) -> Iterable[tuple[int, int]]:
    """Where each run of dark modules begins, and how long it is."""
    start = 0
    while start < len(row):
        end = start
        while end < len(row) and row[end]:
            end += 1
        if end > start:
            yield start, end - start
        start = end + 1

"""Draw the pages of the 日報: words, lines, charts and the QR code, all told to a reader of the PDF."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from kakanai.daybook.charts import Chart
from kakanai.daybook.paper_words import MM_PER_PT, PaperWords
from kakanai.forms.fit import LEADING
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.fonts import ONE_DOCUMENT, FontShelf
from kakanai.forms.pen import Pen
from kakanai.forms.reading_order import FIGURE, PageReading, add_structure
from kakanai.forms.template import Box, Caption, Frame, QrBox, Rule
from kakanai.forms.template_ink import PDF_VERSION

PAGE_WIDTH: Final = 210.0
PAGE_HEIGHT: Final = 297.0
MARGIN: Final = 12.0
"""A4 upright, mm."""
ROLES: Final = (FontRole.LABEL, FontRole.LABEL_BOLD)


class ReportInk:
    """One document; positions are mm from the top left corner of the page."""

    def __init__(self, canvas: Canvas, shelf: FontShelf, watermark: str = "") -> None:
        self._canvas = canvas
        self._shelf = shelf
        self._watermark = watermark
        self._readings: list[PageReading] = []
        self.words = PaperWords(shelf)
        self._begin_page()

    def _begin_page(self) -> None:
        self._position = 0
        self._reading = PageReading({})
        self._pen = Pen(self._canvas, PAGE_HEIGHT, self._shelf, self._reading)
        self._readings.append(self._reading)
        if self._watermark:
            self._pen.watermark(self._watermark, PAGE_WIDTH)

    def next_page(self) -> None:
        """Go on with an empty page."""
        self._canvas.showPage()
        self._begin_page()

    def text(
        self,
        box: Box,
        words: str,
        size_pt: float,
        *,
        align: str = "left",
        valign: str = "middle",
        bold: bool = False,
    ) -> None:
        """Words in a box, lines parted by newlines; they are not broken or cut here."""
        role = FontRole.LABEL_BOLD if bold else FontRole.LABEL
        lines = [self.words.printable(line, role) for line in words.split("\n")]
        words = "\n".join(lines)
        if words.strip():
            self._position += 1
            self._pen.caption(Caption(box, words, size_pt, align, valign, role), self._position)

    def paragraph(self, x: float, y: float, width: float, words: str, size_pt: float) -> float:
        """Words broken into lines; the height they take, mm."""
        lines = self.words.lines(words, width, size_pt)
        height = line_height(size_pt) * len(lines)
        self.text(Box(x, y, width, height), "\n".join(lines), size_pt, valign="top")
        return height

    def frame(self, box: Box, weight_mm: float = 0.2, fill: float | None = None) -> None:
        """A rectangle; `fill` is a grey level, 1 white."""
        with self._pen.ornament():
            self._pen.line(Frame(box, weight_mm, fill))

    def rule(self, x1: float, y1: float, x2: float, y2: float, weight_mm: float = 0.15) -> None:
        """A straight line."""
        with self._pen.ornament():
            self._pen.line(Rule(x1, y1, x2, y2, weight_mm))

    def qr(self, box: Box, words: str) -> None:
        """The words as a QR code."""
        self._pen.qr(QrBox(box), words)

    def chart(self, x: float, y: float, chart: Chart) -> None:
        """A chart with its upper left corner there; a reader of the PDF is told its numbers."""
        self._position += 1
        number = self._reading.note_at(self._position, FIGURE, chart.alternative)
        self._code(f"/{FIGURE} <</MCID {number}>> BDC")
        self._canvas.saveState()
        self._canvas.translate(x * mm, (PAGE_HEIGHT - y) * mm - chart.drawing.height)
        for shape in chart.drawing.contents:
            self._shape(shape)
        self._canvas.restoreState()
        self._code("EMC")

    def _shape(self, shape: object) -> None:
        """Draw one shape; ReportLab's own way would name a font that no file embeds."""
        from reportlab.graphics.shapes import Line, Rect, String  # see charts.py

        canvas = self._canvas
        match shape:
            case Rect():
                canvas.setFillColor(shape.fillColor or black)
                canvas.rect(shape.x, shape.y, shape.width, shape.height, stroke=0, fill=1)
            case Line():
                canvas.setStrokeColor(shape.strokeColor or black)
                canvas.setLineWidth(shape.strokeWidth)
                canvas.line(shape.x1, shape.y1, shape.x2, shape.y2)
            case String():
                canvas.setFillColor(shape.fillColor or black)
                canvas.setFont(shape.fontName, shape.fontSize)
                canvas.drawString(shape.x, shape.y, shape.text)
            case _:
                raise TypeError("no shape of a chart")

    def finish(self) -> None:
        """End the document; nothing can be drawn after that."""
        self._canvas.showPage()
        add_structure(_document(self._canvas), self._readings)
        self._canvas.save()

    def _code(self, operators: str) -> None:
        self._canvas._code.append(operators)  # type: ignore[attr-defined]  # no public door for marked content


def line_height(size_pt: float) -> float:
    """From one line to the next, mm."""
    return size_pt * MM_PER_PT * LEADING


@contextmanager
def report_document(
    out: io.BytesIO, shelf: FontShelf, title: str, watermark: str = ""
) -> Iterator[ReportInk]:
    """An A4 document in the fonts of paper, the watermark on each page; equal drawings give equal bytes.

    Nothing of it is kept when the block fails.
    """
    with ONE_DOCUMENT:
        fonts = [shelf.font(role) for role in ROLES]
        for font in fonts:
            font.begin(None)
        canvas = Canvas(
            out,
            pagesize=(PAGE_WIDTH * mm, PAGE_HEIGHT * mm),
            pageCompression=1,
            invariant=1,
            initialFontName=fonts[0].fontName,  # type: ignore[arg-type]  # stubs: a float
            lang="ja-JP",
            pdfVersion=PDF_VERSION,
        )
        canvas.setTitle(title)
        canvas.setAuthor("kakanai")
        canvas.setCreator("kakanai")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        try:
            ink = ReportInk(canvas, shelf, watermark)
            yield ink
            ink.finish()
        finally:
            for font in fonts:
                font.forget()


def _document(canvas: Canvas) -> Any:  # noqa: ANN401  # an untyped class of ReportLab
    return canvas._doc  # type: ignore[attr-defined]  # no public door

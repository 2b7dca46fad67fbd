"""Draw a filled form: the only file that makes PDF bytes. All or nothing, in memory, no temporary file."""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from kakanai.errors import KakanaiError
from kakanai.forms.clusters import clusters
from kakanai.forms.errors import FindingsOpenError, RenderError
from kakanai.forms.filled import FilledForm, PlacedDigits, PlacedMark, PlacedText
from kakanai.forms.fit import LEADING
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.fonts import ONE_DOCUMENT, FontShelf
from kakanai.forms.qr import qr_modules
from kakanai.forms.template import Box, Caption, Element, Frame, QrBox, Rule
from kakanai.forms.underlay import lay_under

ASCENT = 0.88
"""Baseline below the top of a line, in em: the ideographic em box of our fonts (observed: hhea 0.88)."""

SAMPLE_WATERMARK = "見本"


class Renderer:
    """Draws filled forms with the fonts of a shelf."""

    def __init__(self, shelf: FontShelf) -> None:
        self._shelf = shelf

    def render(self, form: FilledForm, *, preview: bool = False, watermark: str = "") -> bytes:
        """The form as PDF bytes; equal input gives equal bytes.

        A `preview` may show a form whose findings are still open (their boxes are empty) and never shows
        個人番号 digits; paper may not and does. `watermark` is drawn light across each page (training).

        Raises:
            FindingsOpenError: findings stop printing; nothing is drawn.
            RenderError: ReportLab failed; nothing of the form exists.
        """
        if form.stopping and not preview:
            raise FindingsOpenError(count=len(form.stopping))
        try:
            with ONE_DOCUMENT:
                return self._draw(form, preview=preview, watermark=watermark)
        except KakanaiError:
            raise
        except Exception as error:  # noqa: BLE001
            # Whatever ReportLab trips over, half a PDF must not reach paper; its message may quote text.
            raise RenderError(form=form.template.id) from _without_text(error)

    def _draw(self, form: FilledForm, *, preview: bool, watermark: str) -> bytes:
        width, height = form.template.size_mm
        out = io.BytesIO()
        first = self._shelf.font(FontRole.LABEL)
        self._shelf.load_all()
        canvas = Canvas(
            out,
            pagesize=(width * mm, height * mm),
            pageCompression=1,
            invariant=1,
            initialFontName=first.fontName,  # type: ignore[arg-type]  # the stubs say float; a name is meant
            lang="ja-JP",
        )
        canvas.setTitle(f"{form.template.id} {form.template.title}")
        canvas.setAuthor("kakanai")
        canvas.setSubject(form.case_number)
        canvas.setCreator("kakanai")
        for page in form.pages:
            pen = _Pen(canvas, height, self._shelf)
            if watermark:
                pen.watermark(watermark, width)
            for element in page.elements:
                if isinstance(element, QrBox):
                    pen.qr(element, qr_text(form, page.number, page.count))
                elif not form.values_only:
                    pen.element(element)
            for placed in page.placed:
                match placed:
                    case PlacedText():
                        pen.text(placed.box, placed.lines, placed.role, placed.size_pt, placed.align)
                    case PlacedMark():
                        pen.mark(placed)
                    case PlacedDigits():
                        pen.digits(placed, masked=preview)
            canvas.showPage()
        canvas.save()
        return lay_under(out.getvalue(), form)


def qr_text(form: FilledForm, page: int, pages: int) -> str:
    """What a page's QR code says: reception number, form and template version, page. Nothing personal."""
    return f"{form.case_number}/{form.template.id}/{form.template.version}/{page}-{pages}"


def _without_text(error: Exception) -> Exception:
    """A stand-in that names the kind of failure without its message, which could quote a name."""
    return RuntimeError(type(error).__name__)


class _Pen:
    """Draws in millimetres from the top left corner on a ReportLab canvas (points from the bottom left)."""

    def __init__(self, canvas: Canvas, height_mm: float, shelf: FontShelf) -> None:
        self._canvas = canvas
        self._height = height_mm
        self._shelf = shelf

    def element(self, element: Element) -> None:
        match element:
            case Rule():
                self._canvas.setLineWidth(element.weight_mm * mm)
                self._canvas.setDash([0.5 * mm, 0.5 * mm] if element.dash else [])
                self._canvas.line(element.x1 * mm, self._y(element.y1), element.x2 * mm, self._y(element.y2))
                self._canvas.setDash([])
            case Frame():
                self._frame(element)
            case Caption():
                if element.vertical:
                    self._vertical(element)
                else:
                    lines = tuple(element.text.split("\n"))
                    self.text(
                        element.box, lines, element.role, element.size_pt, element.align, element.valign
                    )
            case _:
                # Boxes for values, signatures and stamps are drawn by the frames and rules around them.
                return

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

    def text(
        self,
        box: Box,
        lines: Iterable[str],
        role: FontRole,
        size_pt: float,
        align: str = "left",
        valign: str = "middle",
    ) -> None:
        lines = tuple(lines)
        size_mm = size_pt * 25.4 / 72
        step = size_mm * LEADING
        total = step * (len(lines) - 1) + size_mm
        top = (
            box.y
            if valign == "top"
            else box.y + box.h - total
            if valign == "bottom"
            else box.y + (box.h - total) / 2
        )
        if any(self._shelf.missing(role, line) for line in lines):
            # Values were checked while filling: a word of the template. ReportLab would draw a box.
            raise ValueError("a word of the template has no glyph")
        self._canvas.setFont(self._shelf.font(role).fontName, size_pt)
        for index, line in enumerate(lines):
            width = self._shelf.width_mm(role, line, size_pt)
            x = (
                box.x
                if align == "left"
                else box.x + box.w - width
                if align == "right"
                else box.x + (box.w - width) / 2
            )
            baseline = top + index * step + size_mm * ASCENT
            self._string(x * mm, self._y(baseline), role, line)

    def _string(self, x_pt: float, y_pt: float, role: FontRole, line: str) -> None:
        # A reader of the PDF takes any white space glyph for a mere gap and gives back U+0020 or nothing
        # (observed: poppler 22.12), so a line that has some says which characters it has.
        told = "  " in line or any(char.isspace() and char != " " for char in line)
        with self._reads_as(line if told else ""):
            self._canvas.drawString(x_pt, y_pt, self._shelf.drawable(role, line))

    @contextmanager
    def _reads_as(self, words: str) -> Iterator[None]:
        """Say that what is drawn meanwhile reads as the words (ActualText, PDF 32000-1 §14.9.4)."""
        if words:
            text = (b"\xfe\xff" + words.encode("utf-16-be")).hex().upper()
            self._code(f"/Span <</ActualText <{text}>>> BDC")
        yield
        if words:
            self._code("EMC")

    def _code(self, operators: str) -> None:
        self._canvas._code.append(operators)  # type: ignore[attr-defined]  # no public door for marked content

    def _vertical(self, caption: Caption) -> None:
        # Upright characters one under the other; a long vowel mark would need turning, so labels avoid it.
        size_mm = caption.size_pt * 25.4 / 72
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
                self.text(cell, (unit,), caption.role, caption.size_pt, "center")

    def mark(self, placed: PlacedMark) -> None:
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

    def digits(self, placed: PlacedDigits, *, masked: bool) -> None:
        shown = ("＊",) * len(placed.boxes) if masked else placed.number.box_digits()
        # Twelve cells are one number, however far apart a reader of the PDF finds them.
        with self._reads_as("" if masked else "".join(shown)):
            for box, digit in zip(placed.boxes, shown, strict=True):
                self.text(box, (digit,), FontRole.TEXT, 11.0, "center")

    def qr(self, element: QrBox, words: str) -> None:
        rows = qr_modules(words)
        side = element.box.w / len(rows)
        self._canvas.setFillGray(0)
        path = self._canvas.beginPath()
        for y, row in enumerate(rows):
            for start, length in _runs(row):
                left, top = element.box.x + start * side, element.box.y + y * side
                path.rect(left * mm, self._y(top + side), length * side * mm, side * mm)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def watermark(self, words: str, width_mm: float) -> None:
        self._canvas.saveState()
        self._canvas.setFillGray(0.93)
        size = min(width_mm, self._height) * 0.3 * 72 / 25.4
        box = Box(0, 0, width_mm, self._height)
        self.text(box, (words,), FontRole.LABEL_BOLD, size, "center")
        self._canvas.restoreState()


def _runs(row: list[bool]) -> Iterable[tuple[int, int]]:
    start = 0
    while start < len(row):
        end = start
        while end < len(row) and row[end]:
            end += 1
        if end > start:
            yield start, end - start
        start = end + 1

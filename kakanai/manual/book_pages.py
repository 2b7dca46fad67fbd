"""The pages of the printed manual: a title page, contents with page numbers, heads and feet, bookmarks."""

from typing import Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from kakanai.forms.fontfiles import FontRole
from kakanai.forms.fonts import FontShelf

MARGIN: Final = 18 * mm
WIDTH: Final = A4[0] - 2 * MARGIN
HEIGHT: Final = A4[1] - 2 * MARGIN - 8 * mm
_INK: Final = 0.35


class Heading(Paragraph):
    """A heading that stands in the contents and in the reader's bookmarks.

    Args:
        level: 0 for a chapter, 1 for a section.
    """

    def __init__(self, marked_up: str, words: str, style: Any, level: int, anchor: str) -> None:  # noqa: ANN401
        super().__init__(f"<a name={anchor!r}/>{marked_up}", style)
        self.words, self.level, self.anchor, self.marked_up = words, level, anchor, marked_up


class BookPages(BaseDocTemplate):
    """A4 upright; the running head is the chapter's title, the foot the page number."""

    def __init__(self, out: Any, shelf: FontShelf, title: str) -> None:  # noqa: ANN401
        super().__init__(out, pagesize=A4, title=title, lang="ja", invariant=1, allowSplitting=1)
        self._shelf = shelf
        self._running = ""
        frame = Frame(MARGIN, MARGIN, WIDTH, HEIGHT, 0, 0, 0, 0)
        self.addPageTemplates([PageTemplate("page", [frame], onPageEnd=self._edges)])

    def beforeDocument(self) -> None:
        """Called once for each pass over the book."""
        self._running = ""

    def afterFlowable(self, flowable: Flowable) -> None:
        """Note a heading that was just set."""
        if not isinstance(flowable, Heading):
            return
        if flowable.level == 0:
            self._running = flowable.words
        self.canv.addOutlineEntry(flowable.words, flowable.anchor, flowable.level, closed=flowable.level > 0)
        self.notify("TOCEntry", (flowable.level, flowable.marked_up, self.page, flowable.anchor))

    def _edges(self, canvas: Canvas, _pages: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setFillGray(_INK)
        self._line(canvas, MARGIN, A4[1] - MARGIN + 1 * mm, self._running, "left")
        self._line(canvas, A4[0] - MARGIN, MARGIN - 6 * mm, str(canvas.getPageNumber()), "right")
        canvas.setStrokeGray(0.7)
        canvas.setLineWidth(0.4)
        canvas.line(MARGIN, A4[1] - MARGIN - 1.5 * mm, A4[0] - MARGIN, A4[1] - MARGIN - 1.5 * mm)
        canvas.restoreState()

    def _line(self, canvas: Canvas, x: float, y: float, words: str, align: str) -> None:
        role = FontRole.LABEL
        if not words or self._shelf.missing(role, words):
            return
        name, drawable, width = self._shelf.line(role, words)
        canvas.setFont(name, 8)
        canvas.drawString(x - (width * 8 if align == "right" else 0), y, drawable)

"""What a template has of its own on paper, lines and words: drawn once, in every document the same."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from kakanai.forms.clusters import clusters
from kakanai.forms.exact_font import Alphabet
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.fonts import PAPER_ROLES, FontShelf
from kakanai.forms.pen import Pen
from kakanai.forms.reading_order import Heard, PageReading
from kakanai.forms.template import (
    Box,
    Caption,
    ChoiceMark,
    CombBox,
    Element,
    FieldBox,
    FormTemplate,
    Frame,
    MyNumberBox,
    QrBox,
    Rule,
)

PDF_VERSION = (1, 7)

_MARKS = "0123456789/-.第版控　え＊"
"""Letters of page marks, reception numbers and covered digits, which no template says of itself."""


@dataclass(frozen=True)
class PageInk:
    """A page's own lines and words: PDF operators, what is read of them, and where each box is read."""

    operators: tuple[str, ...]
    heard: tuple[Heard, ...]
    places: Mapping[Box, float]


class TemplateInk:
    """The ink of every page of a template, and the codes its words have in each font."""

    def __init__(self, template: FormTemplate, shelf: FontShelf) -> None:
        self._template = template  # kept alive: its elements are known by their identity
        self._shelf = shelf
        for role in PAPER_ROLES:
            shelf.font(role).begin(None)
        canvas = new_canvas(io.BytesIO(), template, shelf)
        self._pages: dict[tuple[int, ...], PageInk] = {}
        for page in template.all_pages:
            self._pages[_key(page.elements)] = ink_page(canvas, template, shelf, page.elements)
            canvas.showPage()
        doc = document(canvas)
        self._add_marks(doc)
        used: dict[str, FontRole] = {shelf.font(role).fontName: role for role in PAPER_ROLES}
        self._alphabets: dict[FontRole, Alphabet] = {
            used[name]: shelf.font(used[name]).alphabet(doc) for name in doc.fontMapping
        }

    def _add_marks(self, doc: Any) -> None:  # noqa: ANN401
        """Have the letters of what is printed on any form among the template's own."""
        blanks = [
            e.blank for page in self._template.all_pages for e in page.elements if isinstance(e, FieldBox)
        ]
        words = f"{self._template.id}{self._template.version}{_MARKS}{''.join(blanks)}"
        font = self._shelf.font(FontRole.LABEL)
        if font.fontName in doc.fontMapping:
            known = [cluster for cluster in clusters(words) if font.has(cluster)]
            font.splitString("".join(map(font.drawable, known)), doc)

    def begin(self, canvas: Canvas) -> None:
        """Start a document of the template: its words have their places in the fonts."""
        for role in PAPER_ROLES:
            if role not in self._alphabets:
                self._shelf.font(role).begin(document(canvas))
        for role, alphabet in self._alphabets.items():  # in the order that gave the fonts their names
            self._shelf.font(role).begin(document(canvas), alphabet)

    def lay(self, canvas: Canvas, ink: PageInk) -> None:
        """Draw a page of the template on the canvas of a document that began with `begin`."""
        _operators(canvas).extend(ink.operators)

    def page(self, elements: Sequence[Element]) -> PageInk | None:
        """The ink of the page that has these elements (with or without its QR code), None for another's."""
        return self._pages.get(_key(elements))


def _key(elements: Sequence[Element]) -> tuple[int, ...]:
    return tuple(id(element) for element in elements if not isinstance(element, QrBox))


def document(canvas: Canvas) -> Any:  # noqa: ANN401  # an untyped class of ReportLab
    """ReportLab's document behind the canvas, which it has no public door to."""
    return canvas._doc  # type: ignore[attr-defined]


def new_canvas(out: io.BytesIO, template: FormTemplate, shelf: FontShelf) -> Canvas:
    """A canvas of the template's paper."""
    width, height = template.size_mm
    return Canvas(
        out,
        pagesize=(width * mm, height * mm),
        pageCompression=1,
        invariant=1,
        initialFontName=shelf.font(FontRole.LABEL).fontName,  # type: ignore[arg-type]  # stubs: a float
        lang="ja-JP",
        pdfVersion=PDF_VERSION,
    )


def _operators(canvas: Canvas) -> list[str]:
    """The operators of the page at hand, which ReportLab has no public door to."""
    operators: list[str] = canvas._code  # type: ignore[attr-defined]
    return operators


def ink_page(
    canvas: Canvas, template: FormTemplate, shelf: FontShelf, elements: Sequence[Element]
) -> PageInk:
    """Draw a page's own lines and words (none on pre-printed paper), and tell what was drawn."""
    start = len(_operators(canvas))
    places = _places(elements)
    reading = PageReading(places)
    pen = Pen(canvas, template.size_mm[1], shelf, reading)
    run: list[Rule | Frame] = []

    def draw_run() -> None:
        if run:
            with pen.ornament():
                for line in run:
                    pen.line(line)
            run.clear()

    for index, element in enumerate(() if template.values_only else elements):
        if isinstance(element, Rule | Frame):
            run.append(element)
        elif isinstance(element, Caption) and element.text:
            draw_run()
            pen.caption(element, _position(element, index, elements))
        # Boxes for values, signatures and stamps are drawn by the frames and rules around them.
    draw_run()
    return PageInk(tuple(_operators(canvas)[start:]), tuple(reading.heard), places)


def _places(elements: Sequence[Element]) -> dict[Box, float]:
    places: dict[Box, float] = {}
    for index, element in enumerate(elements):
        for box in _boxes(element):
            places.setdefault(box, index)
    return places


def _boxes(element: Element) -> tuple[Box, ...]:
    match element:
        case MyNumberBox() | CombBox():
            return element.boxes
        case FieldBox() | ChoiceMark() | QrBox():
            return (element.box,)
        case _:
            return ()


def _position(caption: Caption, index: int, elements: Sequence[Element]) -> float:
    """A heading that runs down the side of rows is read before them, though it is drawn after."""
    if not caption.vertical:
        return index
    top, bottom = caption.box.y, caption.box.y + caption.box.h
    beside = (
        number
        for number, element in enumerate(elements)
        if isinstance(element, Caption | FieldBox)
        and not (isinstance(element, Caption) and element.vertical)
        and top <= element.box.y + element.box.h / 2 <= bottom
        and element.box.x >= caption.box.x
    )
    return min(min(beside, default=index), index) - 0.5

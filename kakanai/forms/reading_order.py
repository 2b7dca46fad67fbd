"""In which order a page is read aloud: as the template puts it, a value after the label before it.

Becomes the structure tree of the PDF 構造木 (PDF 32000-1 §14.7, given): Document, in it a Sect for each page,
in it a P for every caption and value, and a Figure with words for every mark and QR code.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject

from kakanai.forms.template import Box

TEXT, FIGURE = "P", "Figure"
_END = float("inf")


@dataclass(frozen=True)
class Heard:
    """A marked content of a page: its number, where among the template's elements it is read, and how."""

    position: float
    number: int
    tag: str
    alternative: str


class PageReading:
    """Takes down what is drawn on one page; `places` says at which position each box is read."""

    def __init__(self, places: Mapping[Box, float], heard: Sequence[Heard] = ()) -> None:
        self._places = places
        self.heard = list(heard)

    def note(self, box: Box, tag: str = TEXT, alternative: str = "") -> int:
        """Take down what is about to be drawn in the box; the number of the marked content."""
        place = self._places.get(box)
        return self.note_at(self._around(box) if place is None else place, tag, alternative)

    def _around(self, box: Box) -> float:
        """The position of the box that this one lies in: a picture does not fill its box."""
        x, y = box.x + box.w / 2, box.y + box.h / 2
        return min((place for one, place in self._places.items() if _holds(one, x, y)), default=_END)

    def note_at(self, position: float, tag: str = TEXT, alternative: str = "") -> int:
        """The same for what is read at a position."""
        number = len(self.heard)
        self.heard.append(Heard(position, number, tag, alternative))
        return number

    def _parts(self) -> Iterator[tuple[Heard, list[int]]]:
        """What is one thing to a reader, in order: the characters in a row of cells are one value."""
        part: list[Heard] = []
        for heard in sorted(self.heard, key=lambda one: one.position):
            if part and (heard.position, heard.tag) != (part[0].position, part[0].tag):
                yield part[0], [one.number for one in part]
                part = []
            part.append(heard)
        if part:
            yield part[0], [one.number for one in part]

    def elements(self, section: int, page: int) -> Iterator[tuple[str, list[int]]]:
        """The page's structure elements in PDF, in order, each with the numbers of its marked contents.

        `section` and `page` are the numbers of the PDF objects above and beside them.
        """
        for first, numbers in self._parts():
            told = f"/Alt<{_utf16(first.alternative)}>" if first.alternative else ""
            kids = " ".join(map(str, numbers))
            yield f"<</S/{first.tag}/P {section} 0 R/Pg {page} 0 R{told}/K[{kids}]>>", numbers


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x <= x <= box.x + box.w and box.y <= y <= box.y + box.h


class _Written(PDFObject):
    """An object that is PDF already: a page has hundreds, and ReportLab's dictionaries take their time."""

    def __init__(self, text: str = "") -> None:
        self.text = text

    def format(self, document: Any) -> bytes:  # noqa: ANN401  # an untyped class of ReportLab
        """Its bytes."""
        return self.text.encode("ascii")


def add_structure(doc: Any, pages: Sequence[PageReading]) -> None:  # noqa: ANN401
    """Give a document of ReportLab's, all of whose pages are drawn, its structure tree."""
    root, top = _Written(), _Written()
    root_number, top_number = _add(doc, root), _add(doc, top)
    sections: list[int] = []
    parents: list[str] = []
    for index, (page, reading) in enumerate(zip(doc.Pages.pages, pages, strict=True)):
        page.StructParents = index
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents"]  # what ReportLab writes of a page
        page_number = doc.idToObjectNumberAndVersion[f"Page{index + 1}"][0]
        section = _Written()
        section_number = _add(doc, section)
        owners = [0] * len(reading.heard)
        kids = []
        for element, numbers in reading.elements(section_number, page_number):
            kid = _add(doc, _Written(element))
            kids.append(kid)
            for number in numbers:
                owners[number] = kid
        section.text = f"<</S/Sect/P {top_number} 0 R/K[{_references(kids)}]>>"
        sections.append(section_number)
        parents.append(f"{index} {_add(doc, _Written(f'[{_references(owners)}]'))} 0 R")
    top.text = f"<</S/Document/P {root_number} 0 R/K[{_references(sections)}]>>"
    root.text = (
        f"<</Type/StructTreeRoot/K {top_number} 0 R/ParentTree<</Nums[{' '.join(parents)}]>>"
        f"/ParentTreeNextKey {len(pages)}>>"
    )
    doc.Catalog.StructTreeRoot = root
    doc.Catalog.MarkInfo = _Written("<</Marked true>>")


def _add(doc: Any, written: _Written) -> int:  # noqa: ANN401
    """The number of the object in the document."""
    number: int = doc.idToObjectNumberAndVersion[doc.Reference(written).name][0]
    return number


def _references(numbers: Sequence[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)


def _utf16(text: str) -> str:
    return (b"\xfe\xff" + text.encode("utf-16-be")).hex().upper()

"""What `forms check` asks of boxes beyond what loading a form does: none over another, no print too small."""

from collections.abc import Iterator, Mapping
from typing import NoReturn

from kakanai.datafile import Node
from kakanai.forms.cell_parts import label_width
from kakanai.forms.template import (
    Box,
    Caption,
    ClerkBox,
    CombBox,
    Element,
    FieldBox,
    MyNumberBox,
    Page,
    QrBox,
    SignatureBox,
    blank_size_pt,
)
from kakanai.reception.variables import ValueType, VariableCatalog

_TOUCH_MM = 0.5
"""Boxes that share a line, or a heading's hair of space, do not overlap."""

SMALLEST_CAPTION_PT = 6.0
SMALLEST_SIGN_PT = 5.0
"""Words below 6 pt cannot be read (forms.md 5.2, observed); one character between marks may have 5."""

SMALLEST_VALUE_PT: Mapping[ValueType, float] = {
    ValueType.ADDRESS: 7.0,
    ValueType.NAME: 6.5,
    ValueType.KANA: 5.0,
}
"""How far a value may be shrunk (forms.md 3.1, 5.2: names 6.5 pt, addresses 7.5 or hardly less)."""

_SMALLEST_OTHER_PT = 4.5


def check_boxes(page: Page, node: Node, origins: Mapping[int, Node], variables: VariableCatalog) -> None:
    """No box for a value, a signature, a stamp or the QR code lies on another, and all print can be read.

    Raises:
        DataFileError: at the cell of the second box, or of the small print.
    """
    for element in page.elements:
        cell = origins.get(id(element), node)
        if isinstance(element, Caption):
            least = SMALLEST_CAPTION_PT if len(element.text) > 1 else SMALLEST_SIGN_PT
            if element.text.strip() and element.size_pt < least - 0.01:
                _too_small(cell, element.size_pt, least)
        elif isinstance(element, FieldBox):
            variable = variables.variables[element.variable]
            least = SMALLEST_VALUE_PT.get(variable.type, _SMALLEST_OTHER_PT)
            if element.fit.min_pt < least - 0.01:
                _too_small(cell, element.fit.min_pt, least)
            _check_blank(cell, element)
    placed: list[tuple[Box, Element]] = []
    for element in page.elements:
        for box in _occupied(element):
            over = next(
                (other for other, owner in placed if owner is not element and _meet(box, other)), None
            )
            if over is not None:
                origins.get(id(element), node).fail(
                    f"枠が重なります: x={box.x:.1f} y={box.y:.1f} 幅={box.w:.1f} 高さ={box.h:.1f} と "
                    f"x={over.x:.1f} y={over.y:.1f} 幅={over.w:.1f} 高さ={over.h:.1f}"
                )
            placed.append((box, element))


def _check_blank(cell: Node, field: FieldBox) -> None:
    need = label_width(field.blank, blank_size_pt(field))
    if need > field.box.w + 0.6:
        cell.fail(f"手書き用の文字(blank)が幅に入りません: {need:.1f}mm 必要、{field.box.w:.1f}mm")


def _too_small(cell: Node, size_pt: float, least_pt: float) -> NoReturn:
    cell.fail(f"文字が小さすぎます: {size_pt:g}pt({least_pt:g}pt 以上)")


def _occupied(element: Element) -> Iterator[Box]:
    match element:
        case CombBox() | MyNumberBox():
            first, last = element.boxes[0], element.boxes[-1]
            yield Box(first.x, first.y, last.x + last.w - first.x, first.h)
        case FieldBox() | SignatureBox() | ClerkBox() | QrBox():
            yield element.box
        case _:
            return


def _meet(one: Box, other: Box) -> bool:
    across = min(one.x + one.w, other.x + other.w) - max(one.x, other.x)
    down = min(one.y + one.h, other.y + other.h) - max(one.y, other.y)
    return across > _TOUCH_MM and down > _TOUCH_MM

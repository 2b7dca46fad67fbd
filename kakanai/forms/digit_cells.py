"""Cells for dates and digits: an era to circle, one character to a cell, amounts, the twelve of 個人番号."""

from kakanai.datafile import Node
from kakanai.forms.cell_parts import CellContext
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.template import (
    Box,
    Caption,
    ChoiceMark,
    CombBox,
    Element,
    FieldBox,
    Fit,
    Frame,
    MyNumberBox,
    Rule,
)

ERAS = "明大昭平令"
_YEN_UNITS = "円十百千万十百千億十百千"
"""The places of an amount from the right, twelve at most."""


def era_date(node: Node, box: Box, context: CellContext) -> list[Element]:
    """「明・大・昭・平・令  年 月 日」: the era circled, the numbers in their places."""
    entry = node.mapping(required={"era_date"}, optional={"size", "eras"})
    variable = entry["era_date"].text()
    row = context.row_of(variable)
    size = entry["size"].number(minimum=6, maximum=14) if "size" in entry else 10.0
    eras = _eras(entry["eras"]) if "eras" in entry else {era: era for era in ERAS}
    inner = box.inset(1.0, 0.3)
    laid: list[Element] = []
    longest = max(map(len, eras.values()))
    era_w = min(inner.w * 0.42, (len(eras) * (longest + 1) - 1) * 2.35)
    step = era_w / (len(eras) * (longest + 1) - 1)
    for index, (era, words) in enumerate(eras.items()):
        x, wide = inner.x + index * step * (longest + 1), step * longest
        place = Box(x - step * 0.25, inner.y, wide + step * 0.5, inner.h)
        laid.append(Caption(place, words, min(7.5, step * 3.2), "center"))
        ring_w = max(4.0, wide + 1.2)
        ring = Box(x + wide / 2 - ring_w / 2, inner.y + inner.h / 2 - 2.0, ring_w, 4.0)
        laid.append(ChoiceMark(ring, variable, era, shape="circle", facet="era", row=row))
        if index < len(eras) - 1:
            laid.append(Caption(Box(x + wide, inner.y, step, inner.h), "・", 5.0, "center"))
    left = inner.x + era_w + 1.0
    part = (inner.x + inner.w - left) / 3
    for index, (facet, unit) in enumerate((("era_year", "年"), ("month", "月"), ("day", "日"))):
        x = left + index * part
        number = Box(x, inner.y, part - 3.0, inner.h)
        fit = Fit(FontRole.TEXT, size, 4.5, 1, "center")
        laid.append(FieldBox(number, variable, fit, facet=facet, row=row))
        laid.append(Caption(Box(x + part - 3.0, inner.y, 3.0, inner.h), unit, 7.0, "center"))
    return laid


def _eras(node: Node) -> dict[str, str]:
    """The eras to circle and their words: `昭平令`, or `{昭: 5昭, 平: 7平}` where a form numbers them."""
    if node.text_value is not None:
        found = {era: era for era in node.text()}
    else:
        found = {era: words.text() for era, words in node.mapping().items()}
    if not found or set(found) - set(ERAS):
        node.fail(f"eras は {ERAS} のうちから書いてください")
    return found


def _cells_in(box: Box, count: int, groups: int) -> tuple[tuple[Box, ...], list[Element]]:
    inner = box.inset(1.0, max((box.h - 7.5) / 2, 0.6))
    width = inner.w / count
    boxes = tuple(Box(inner.x + index * width, inner.y, width, inner.h) for index in range(count))
    lines: list[Element] = [Frame(inner, 0.25)]
    for index in range(1, count):
        x = inner.x + index * width
        heavy = groups and index % groups == 0
        lines.append(Rule(x, inner.y, x, inner.y + inner.h, 0.25 if heavy else 0.12, dash=not heavy))
    return boxes, lines


def comb(node: Node, box: Box, context: CellContext) -> list[Element]:
    """Cells of one character each; hyphens and spaces of the value take none. `facet`: a part of a date."""
    entry = node.mapping(required={"comb", "count"}, optional={"align", "groups", "facet"})
    variable = entry["comb"].text()
    groups = entry["groups"].integer(minimum=0, maximum=20) if "groups" in entry else 0
    boxes, lines = _cells_in(box, entry["count"].integer(minimum=1, maximum=40), groups)
    right = "align" in entry and entry["align"].one_of({"left", "right"}) == "right"
    facet = entry["facet"].text() if "facet" in entry else ""
    return [*lines, CombBox(boxes, variable, context.row_of(variable), right, facet)]


def amount(node: Node, box: Box, context: CellContext) -> list[Element]:
    """An amount of money, one digit to a cell from the right, the places 千・百・十・円 named above them."""
    entry = node.mapping(required={"amount", "count"}, optional=set())
    variable = entry["amount"].text()
    count = entry["count"].integer(minimum=2, maximum=len(_YEN_UNITS))
    head = 2.2
    cells = Box(box.x, box.y + head, box.w, max(box.h - head, 1.0))
    boxes, lines = _cells_in(cells, count, 0)
    laid: list[Element] = list(lines)
    for index, cell in enumerate(boxes):
        place = count - 1 - index
        if place and place % 3 == 0:
            laid.append(Rule(cell.x + cell.w, cell.y, cell.x + cell.w, cell.y + cell.h, 0.25))
        laid.append(Caption(Box(cell.x, box.y + 0.5, cell.w, head), _YEN_UNITS[place], 5.0, "center"))
    return [*laid, CombBox(boxes, variable, context.row_of(variable), align_right=True)]


def my_number(node: Node, box: Box, context: CellContext) -> list[Element]:
    """The twelve cells of 個人番号, the number of the named role."""
    entry = node.mapping(required={"my_number"}, optional=set())
    role = entry["my_number"].text()
    boxes, lines = _cells_in(box, 12, 4)
    return [*lines, MyNumberBox(boxes, role, context.row_of(role))]

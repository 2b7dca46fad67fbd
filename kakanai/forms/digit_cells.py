"""Cells for dates and digits: an era to circle, one character to a cell, the twelve of 個人番号."""

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
from kakanai.reception.variables import LISTS

ERAS = "明大昭平令"


def era_date(node: Node, box: Box, context: CellContext) -> list[Element]:
    """「明・大・昭・平・令  年 月 日」: the era circled, the numbers in their places."""
    entry = node.mapping(required={"era_date"}, optional={"size"})
    variable = entry["era_date"].text()
    row = context.row_of(variable)
    size = entry["size"].number(minimum=6, maximum=14) if "size" in entry else 10.0
    inner = box.inset(1.0, 0.3)
    laid: list[Element] = []
    era_w = min(inner.w * 0.42, 21.0)
    step = era_w / (len(ERAS) * 2 - 1)
    for index, era in enumerate(ERAS):
        x = inner.x + index * step * 2
        place = Box(x - step * 0.25, inner.y, step * 1.5, inner.h)
        laid.append(Caption(place, era, min(7.5, step * 3.2), "center"))
        ring = Box(x + step / 2 - 2.0, inner.y + inner.h / 2 - 2.0, 4.0, 4.0)
        laid.append(ChoiceMark(ring, variable, era, shape="circle", facet="era", row=row))
        if index < len(ERAS) - 1:
            laid.append(Caption(Box(x + step, inner.y, step, inner.h), "・", 5.0, "center"))
    left = inner.x + era_w + 1.0
    part = (inner.x + inner.w - left) / 3
    for index, (facet, unit) in enumerate((("era_year", "年"), ("month", "月"), ("day", "日"))):
        x = left + index * part
        number = Box(x, inner.y, part - 3.0, inner.h)
        fit = Fit(FontRole.TEXT, size, 4.5, 1, "center")
        laid.append(FieldBox(number, variable, fit, facet=facet, row=row))
        laid.append(Caption(Box(x + part - 3.0, inner.y, 3.0, inner.h), unit, 7.0, "center"))
    return laid


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
    """Cells of one character each; hyphens and spaces of the value take none."""
    entry = node.mapping(required={"comb", "count"}, optional={"align", "groups"})
    variable = entry["comb"].text()
    groups = entry["groups"].integer(minimum=0, maximum=20) if "groups" in entry else 0
    boxes, lines = _cells_in(box, entry["count"].integer(minimum=1, maximum=40), groups)
    right = "align" in entry and entry["align"].one_of({"left", "right"}) == "right"
    return [*lines, CombBox(boxes, variable, context.row_of(variable), right)]


def my_number(node: Node, box: Box, context: CellContext) -> list[Element]:
    """The twelve cells of 個人番号, the number of the named role."""
    entry = node.mapping(required={"my_number"}, optional=set())
    role = entry["my_number"].one_of({"visitor", "householder", *LISTS})
    boxes, lines = _cells_in(box, 12, 4)
    return [*lines, MyNumberBox(boxes, role, context.row_of(role))]

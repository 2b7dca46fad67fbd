"""Cells for hands alone: signatures, stamps, the clerk's boxes and ticks. No value is printed there.

Only the squares of the 本人確認 may be ticked by us, where the town wants it (`marks`).
"""

from collections.abc import Mapping

from kakanai.datafile import Node
from kakanai.forms.cell_parts import PAD_MM, CellContext, column_widths, label_width
from kakanai.forms.template import Box, Caption, ChoiceMark, ClerkBox, Element, Frame, Rule, SignatureBox

_BY_HAND = "-"


def sign(node: Node, box: Box, context: CellContext) -> list[Element]:
    """Words at the top, a line at the foot, and bare paper between for the signature."""
    entry = node.mapping(required={"sign"}, optional=set())
    del context
    inner = box.inset(2.0, 1.0)
    base = inner.y + inner.h - 1.2
    words = entry["sign"].text()
    return [
        Caption(Box(inner.x, inner.y, inner.w, 3.2), words, 6.5, valign="top"),
        Rule(inner.x, base, inner.x + inner.w, base, 0.3),
        SignatureBox(box),
    ]


def clerk(node: Node, box: Box, context: CellContext) -> list[Element]:
    """A box for the clerk, with a small heading if there are words."""
    entry = node.mapping(required={"clerk"}, optional=set())
    del context
    words = entry["clerk"].text()
    laid: list[Element] = [ClerkBox(box)]
    if words:
        laid.append(Caption(Box(box.x + 0.6, box.y + 0.4, box.w - 1.2, 3.0), words, 6.5, "center", "top"))
    return laid


def stamp(node: Node, box: Box, context: CellContext) -> list[Element]:
    """受付印: a light frame with its corners marked and space for the date stamp."""
    entry = node.mapping(required={"stamp"}, optional=set())
    del context
    return [
        Frame(box, 0.2, corners=True),
        Caption(Box(box.x, box.y + 0.8, box.w, 3.5), entry["stamp"].text(), 6.5, "center", "top"),
        ClerkBox(box),
    ]


def ticks(node: Node, box: Box, context: CellContext) -> list[Element]:
    """Squares the clerk ticks by hand.

    With `marks` a square is ticked by us when the variable has the option that `options` names for it, in
    the order of the squares (`-` for one that is always left to the hand).
    """
    spec = node.mapping(required={"ticks"}, optional={"columns", "size", "widths", "marks", "options"})
    options = _options(spec)
    labels = spec["ticks"].items()
    size = spec["size"].number(minimum=5, maximum=14) if "size" in spec else 7.0
    columns = spec["columns"].integer(minimum=1, maximum=12) if "columns" in spec else len(labels)
    lines = -(-len(labels) // columns)
    inner = box.inset(PAD_MM, 0.5)
    widths = column_widths(node, inner.w, columns)
    step = inner.h / lines
    laid: list[Element] = [ClerkBox(box)]
    for index, label in enumerate(labels):
        column, line = index % columns, index // columns
        x, y = inner.x + sum(widths[:column]), inner.y + line * step
        room = widths[column] - 3.2
        if label_width(label.text(), size) > room + 0.8:
            label.fail(f"表示が幅に入りません: {label_width(label.text(), size):.1f}mm 必要、{room:.1f}mm")
        square = Box(x, y + (step - 2.3) / 2, 2.3, 2.3)
        laid.append(Frame(square, 0.15))
        if index < len(options) and options[index] != _BY_HAND:
            variable = spec["marks"].text()
            laid.append(ChoiceMark(square, variable, options[index], row=context.row_of(variable)))
        laid.append(Caption(Box(x + 2.8, y, room, step), label.text(), size))
    return laid


def _options(spec: Mapping[str, Node]) -> tuple[str, ...]:
    if "marks" not in spec:
        return ()
    options = spec["options"].texts() if "options" in spec else ()
    if len(options) != len(spec["ticks"].items()):
        spec["marks"].fail("marks には、ticks と同じ数の options が要ります")
    return options


def line(node: Node, box: Box, context: CellContext) -> list[Element]:
    """A dotted line through the middle of the box; `words` stand in its middle (「切り取り線」)."""
    entry = node.mapping(required={"line"}, optional={"words"})
    del context
    y, right = box.y + box.h / 2, box.x + box.w
    if "words" not in entry:
        return [Rule(box.x, y, right, y, 0.15, dash=True)]
    words = entry["words"].text()
    gap = label_width(words, 6.5) + 3.0
    middle = Box(box.x + (box.w - gap) / 2, box.y, gap, box.h)
    return [
        Rule(box.x, y, middle.x, y, 0.15, dash=True),
        Caption(middle, words, 6.5, "center"),
        Rule(middle.x + gap, y, right, y, 0.15, dash=True),
    ]

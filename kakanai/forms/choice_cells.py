"""Cells with squares to check: choices, and counts of one or more."""

from kakanai.datafile import Node
from kakanai.forms.cell_parts import CHECK_MM, PAD_MM, CellContext, column_widths, label_width
from kakanai.forms.template import COUNTED, Box, Caption, ChoiceMark, Element, Frame


def checks(node: Node, box: Box, context: CellContext) -> list[Element]:
    """A square and words for each option of a choice, checked where the answer has the option."""
    spec = node.mapping(required={"checks"}, optional={"options", "columns", "size", "widths"})
    variable = spec["checks"].text()
    options = spec["options"].mapping() if "options" in spec else None
    if not options:
        node.fail("options に「値: 表示」を書いてください")
    size = spec["size"].number(minimum=5, maximum=14) if "size" in spec else 8.0
    columns = spec["columns"].integer(minimum=1, maximum=12) if "columns" in spec else len(options)
    lines = -(-len(options) // columns)
    inner = box.inset(PAD_MM, 0.5)
    widths = column_widths(node, inner.w, columns)
    step = inner.h / lines
    laid: list[Element] = []
    for index, (option, label) in enumerate(options.items()):
        column, line = index % columns, index // columns
        x = inner.x + sum(widths[:column])
        y = inner.y + line * step
        square = Box(x, y + (step - CHECK_MM) / 2, CHECK_MM, CHECK_MM)
        words = Box(x + CHECK_MM + 0.7, y, widths[column] - CHECK_MM - 0.9, step)
        need = max(label_width(part, size) for part in label.text().split("\n"))
        if need > words.w + 0.6:
            label.fail(f"表示が幅に入りません: {need:.1f}mm 必要、{words.w:.1f}mm")
        laid.append(Frame(square, 0.18))
        laid.append(ChoiceMark(square, variable, option, row=context.row_of(variable)))
        laid.append(Caption(words, label.text(), size))
    return laid


def counted(node: Node, box: Box, context: CellContext) -> list[Element]:
    """A square that is checked when the count 通数 is one or more, and its words."""
    entry = node.mapping(required={"counted", "words"}, optional={"size"})
    variable, words = entry["counted"].text(), entry["words"].text()
    size = entry["size"].number(minimum=5, maximum=14) if "size" in entry else 8.5
    inner = box.inset(PAD_MM, 0.5)
    square = Box(inner.x, inner.y + (inner.h - CHECK_MM) / 2, CHECK_MM, CHECK_MM)
    place = Box(inner.x + CHECK_MM + 1.0, inner.y, inner.w - CHECK_MM - 1.0, inner.h)
    need = max(label_width(part, size) for part in words.split("\n"))
    if need > place.w + 0.6:
        entry["words"].fail(f"表示が幅に入りません: {need:.1f}mm 必要、{place.w:.1f}mm")
    return [
        Frame(square, 0.18),
        ChoiceMark(square, variable, COUNTED, facet=COUNTED, row=context.row_of(variable)),
        Caption(place, words, size),
    ]

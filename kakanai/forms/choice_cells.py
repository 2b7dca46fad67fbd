"""Cells for choices: squares to check, words to circle, and counts of one or more."""

from kakanai.datafile import Node
from kakanai.forms.cell_parts import CHECK_MM, PAD_MM, CellContext, column_widths, label_width
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.template import COUNTED, Box, Caption, ChoiceMark, Element, FieldBox, Fit, Frame

_LEAST_TEXT_MM = 8.0


def checks(node: Node, box: Box, context: CellContext) -> list[Element]:
    """A square and words for each option of a choice, checked where the answer has the option.

    `texts` names for an option the variable that is written between brackets after its words
    (「□その他（　　）」); the option wants a wide column.
    """
    spec = node.mapping(required={"checks"}, optional={"options", "columns", "size", "widths", "texts"})
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
    texts = spec["texts"].mapping() if "texts" in spec else {}
    for option, text in texts.items():
        if option not in options:
            text.fail(f"options にない選択肢です: {option}")
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
        if option in texts:
            laid += _with_text(label, words, size, texts[option], context)
        else:
            laid.append(Caption(words, label.text(), size))
    return laid


def _with_text(label: Node, words: Box, size: float, text: Node, context: CellContext) -> list[Element]:
    before = f"{label.text()}（"
    need, close = label_width(before, size) + 0.3, label_width("）", size) + 0.3
    room = words.w - need - close
    if room < _LEAST_TEXT_MM:
        label.fail(f"かっこの中に書く幅がありません: {room:.1f}mm({_LEAST_TEXT_MM:g}mm 以上)")
    place = Box(words.x + need, words.y, room, words.h)
    fit = Fit(FontRole.TEXT, 9.0, 5.5, 2)
    variable = text.text()
    return [
        Caption(Box(words.x, words.y, need, words.h), before, size),
        FieldBox(place.inset(0.3, 0.2), variable, fit, row=context.row_of(variable)),
        Caption(Box(words.x + words.w - close, words.y, close, words.h), "）", size),
    ]


def circles(node: Node, box: Box, context: CellContext) -> list[Element]:
    """Words side by side with a dot between, the chosen one circled (「有・無」「普通・当座」)."""
    spec = node.mapping(required={"circles", "options"}, optional={"size", "widths", "columns"})
    variable = spec["circles"].text()
    options = spec["options"].mapping()
    if not options:
        spec["options"].fail("options に「値: 表示」を書いてください")
    size = spec["size"].number(minimum=5, maximum=14) if "size" in spec else 8.5
    columns = spec["columns"].integer(minimum=1, maximum=12) if "columns" in spec else len(options)
    lines = -(-len(options) // columns)
    inner = box.inset(PAD_MM, 0.3)
    widths = column_widths(node, inner.w, columns)
    step = inner.h / lines
    laid: list[Element] = []
    for index, (option, label) in enumerate(options.items()):
        column, line = index % columns, index // columns
        x = inner.x + sum(widths[:column])
        place = Box(x, inner.y + line * step, widths[column], step)
        need = label_width(label.text(), size)
        if need > place.w - 1.0:
            label.fail(f"表示が幅に入りません: {need:.1f}mm 必要、{place.w - 1.0:.1f}mm")
        ring_w, ring_h = min(need + 3.0, place.w), min(size * 0.353 + 1.9, step)
        ring = Box(place.x + (place.w - ring_w) / 2, place.y + (step - ring_h) / 2, ring_w, ring_h)
        laid.append(Caption(place, label.text(), size, "center"))
        laid.append(ChoiceMark(ring, variable, option, shape="circle", row=context.row_of(variable)))
        if column < columns - 1 and index < len(options) - 1:
            dot = Box(place.x + place.w - 1.5, place.y, 3.0, step)
            laid.append(Caption(dot, "・", 6.0, "center"))
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

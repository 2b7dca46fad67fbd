"""What can stand in a cell of a form: words, values, choices, dates, cells for digits, places to sign."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kakanai.datafile import Node
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.template import (
    COUNTED,
    Box,
    Caption,
    ChoiceMark,
    ClerkBox,
    CombBox,
    Element,
    FieldBox,
    Fit,
    Frame,
    MyNumberBox,
    QrBox,
    Rule,
    SignatureBox,
)
from kakanai.reception.variables import LISTS

PAD_MM = 1.2
CHECK_MM = 2.7
CAP_MM = 2.9
MM_PER_PT = 25.4 / 72
ERAS = "明大昭平令"

_STYLES: dict[str, Fit] = {
    # Sizes after forms.md 5.2: values 10.5-12 pt, names 12-14, addresses 10 to 3 lines and 7.5 pt, kana 6-7.
    "name": Fit(FontRole.PERSONAL, 13, 6.5, 2),
    "address": Fit(FontRole.PERSONAL, 10.5, 7.5, 3),
    "kana": Fit(FontRole.TEXT, 7, 5.5, 2),
    "text": Fit(FontRole.TEXT, 10.5, 7, 2),
    "number": Fit(FontRole.TEXT, 10.5, 7, 1, "center"),
    "small": Fit(FontRole.TEXT, 8.5, 6, 2),
    "mark": Fit(FontRole.LABEL, 6.5, 5, 1),
}


@dataclass(frozen=True)
class CellContext:
    """Where a cell stands: the row of the list it belongs to, None outside a repeat.

    `origins` takes down the node of every element laid, by `id(element)`, for messages with its line.
    """

    row: int | None = None
    origins: dict[int, Node] = field(default_factory=dict)

    def row_of(self, variable: str) -> int | None:
        """The row for a variable: only facts about each person of a list have one."""
        return self.row if variable.split(".")[0] in LISTS else None


def cell_widths(row: Node, cells: list[Node], width: float) -> list[float]:
    """The widths of a row's cells in mm: numbers as written, `*` cells share what is left.

    Raises:
        DataFileError: the widths do not add up to the row.
    """
    given: list[float | None] = []
    for cell in cells:
        wish = cell.mapping().get("w")
        given.append(None if wish is None or wish.text() == "*" else wish.number(minimum=1, maximum=420))
    fixed = sum(value for value in given if value is not None)
    stars = given.count(None)
    rest = width - fixed
    if rest < -0.06 or (not stars and rest > 0.06) or (stars and rest / stars < 1):
        row.fail(f"セルの幅の合計 {fixed:g}mm が表の幅 {width:g}mm と合いません")
    return [rest / stars if value is None else value for value in given]


def lay_content(node: Node, box: Box, context: CellContext) -> list[Element]:
    """The elements of one cell.

    Raises:
        DataFileError: no or unknown content, or a key the content does not have.
    """
    entry = node.mapping()
    if not entry:
        return []
    laid: list[Element] = []
    if "cap" in entry:
        size = 6.0
        laid.append(Caption(Box(box.x + 0.8, box.y + 0.3, box.w - 1, CAP_MM), entry["cap"].text(), size))
        box = Box(box.x, box.y + CAP_MM - 0.4, box.w, max(box.h - CAP_MM + 0.4, 1.0))
        node = replace(node, map_value={k: v for k, v in entry.items() if k != "cap"})
        entry = node.mapping()
        if not entry:
            return laid
    kinds = [kind for kind in CELL_CONTENTS if kind in entry]
    if len(kinds) != 1:
        node.fail("セルの内容(label、field、checks など)を1つ書いてください")
    laid.extend(CELL_CONTENTS[kinds[0]](node, box, context))
    for element in laid:
        context.origins.setdefault(id(element), node)  # a cell inside this one has put its own in first
    return laid


def _caption(
    node: Node, box: Box, context: CellContext, *, kind: str, size: float, align: str
) -> list[Element]:
    entry = node.mapping(required={kind}, optional={"size", "align", "valign", "bold", "vertical"})
    del context
    return [
        Caption(
            box.inset(0.8, 0.3),
            entry[kind].text(),
            entry["size"].number(minimum=4, maximum=30) if "size" in entry else size,
            entry["align"].one_of({"left", "center", "right"}) if "align" in entry else align,
            entry["valign"].one_of({"top", "middle", "bottom"}) if "valign" in entry else "middle",
            FontRole.LABEL_BOLD if "bold" in entry and entry["bold"].flag() else FontRole.LABEL,
            vertical="vertical" in entry and entry["vertical"].flag(),
        )
    ]


def _label(node: Node, box: Box, context: CellContext) -> list[Element]:
    return _caption(node, box, context, kind="label", size=8.5, align="center")


def _note(node: Node, box: Box, context: CellContext) -> list[Element]:
    return _caption(node, box, context, kind="note", size=7.0, align="left")


_FIT_KEYS = {"style", "size", "min", "lines", "align", "prefix", "suffix", "facet", "blank"}


def _fit(node: Node) -> Fit:
    entry = node.mapping()
    style = _STYLES[entry["style"].one_of(_STYLES)] if "style" in entry else _STYLES["text"]
    if "size" in entry:
        style = replace(style, size_pt=entry["size"].number(minimum=4, maximum=30))
    if "min" in entry:
        style = replace(style, min_pt=entry["min"].number(minimum=4, maximum=30))
    if "lines" in entry:
        style = replace(style, lines=entry["lines"].integer(minimum=1, maximum=8))
    if "align" in entry:
        style = replace(style, align=entry["align"].one_of({"left", "center", "right"}))
    return replace(style, min_pt=min(style.min_pt, style.size_pt))


def _field(node: Node, box: Box, context: CellContext) -> list[Element]:
    entry = node.mapping(required={"field"}, optional=_FIT_KEYS)
    variable = entry["field"].text()
    laid: list[Element] = []
    left, width = box.x, box.w
    # Words before and after a value (「（」「通」) keep their own space, so no value runs over them.
    for key, side in (("prefix", "left"), ("suffix", "right")):
        if key in entry:
            words = entry[key].text()
            need = _label_width(words, 8.0) + 2.2
            place = Box(left if side == "left" else left + width - need, box.y, need, box.h)
            laid.append(Caption(place.inset(1.0, 0.2), words, 8.0, side))
            left, width = (left + need, width - need) if side == "left" else (left, width - need)
    inner = Box(left, box.y, width, box.h)
    if width < 2:
        node.fail("値を書く幅がありません")
    laid.append(
        FieldBox(
            inner.inset(min(PAD_MM, width * 0.08), 0.35),
            variable,
            _fit(node),
            facet=entry["facet"].text() if "facet" in entry else "",
            row=context.row_of(variable),
            blank=entry["blank"].text() if "blank" in entry else "",
        )
    )
    return laid


def _label_width(words: str, size_pt: float) -> float:
    # Labels are set in a monospaced face: full-width characters one em, ASCII half an em.
    return sum(0.5 if char.isascii() else 1.0 for char in words) * size_pt * MM_PER_PT


def _checks(node: Node, box: Box, context: CellContext) -> list[Element]:
    spec = node.mapping(required={"checks"}, optional={"options", "columns", "size", "labels", "widths"})
    variable = spec["checks"].text()
    options = spec["options"].mapping() if "options" in spec else None
    if not options:
        node.fail("options に「値: 表示」を書いてください")
    size = spec["size"].number(minimum=5, maximum=14) if "size" in spec else 8.0
    columns = spec["columns"].integer(minimum=1, maximum=12) if "columns" in spec else len(options)
    lines = -(-len(options) // columns)
    inner = box.inset(PAD_MM, 0.5)
    widths = _column_widths(node, inner.w, columns)
    step = inner.h / lines
    laid: list[Element] = []
    for index, (option, label) in enumerate(options.items()):
        column, line = index % columns, index // columns
        x = inner.x + sum(widths[:column])
        y = inner.y + line * step
        square = Box(x, y + (step - CHECK_MM) / 2, CHECK_MM, CHECK_MM)
        words = Box(x + CHECK_MM + 0.7, y, widths[column] - CHECK_MM - 0.9, step)
        need = max(_label_width(part, size) for part in label.text().split("\n"))
        if need > words.w + 0.6:
            label.fail(f"表示が幅に入りません: {need:.1f}mm 必要、{words.w:.1f}mm")
        laid.append(Frame(square, 0.18))
        laid.append(ChoiceMark(square, variable, option, row=context.row_of(variable)))
        laid.append(Caption(words, label.text(), size))
    return laid


def _counted(node: Node, box: Box, context: CellContext) -> list[Element]:
    """A square that is checked when the count 通数 is one or more, and its words."""
    entry = node.mapping(required={"counted", "words"}, optional={"size"})
    variable, words = entry["counted"].text(), entry["words"].text()
    size = entry["size"].number(minimum=5, maximum=14) if "size" in entry else 8.5
    inner = box.inset(PAD_MM, 0.5)
    square = Box(inner.x, inner.y + (inner.h - CHECK_MM) / 2, CHECK_MM, CHECK_MM)
    place = Box(inner.x + CHECK_MM + 1.0, inner.y, inner.w - CHECK_MM - 1.0, inner.h)
    need = max(_label_width(part, size) for part in words.split("\n"))
    if need > place.w + 0.6:
        entry["words"].fail(f"表示が幅に入りません: {need:.1f}mm 必要、{place.w:.1f}mm")
    return [
        Frame(square, 0.18),
        ChoiceMark(square, variable, COUNTED, facet=COUNTED, row=context.row_of(variable)),
        Caption(place, words, size),
    ]


def _column_widths(node: Node, width: float, columns: int) -> list[float]:
    entry = node.mapping()
    if "widths" not in entry:
        return [width / columns] * columns
    given = [child.number(minimum=3, maximum=300) for child in entry["widths"].items()]
    if len(given) != columns:
        entry["widths"].fail(f"widths は {columns} 個書いてください")
    scale = width / sum(given)
    return [value * scale for value in given]


def _era_date(node: Node, box: Box, context: CellContext) -> list[Element]:
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


def _comb(node: Node, box: Box, context: CellContext) -> list[Element]:
    entry = node.mapping(required={"comb", "count"}, optional={"align", "groups"})
    variable = entry["comb"].text()
    groups = entry["groups"].integer(minimum=0, maximum=20) if "groups" in entry else 0
    boxes, lines = _cells_in(box, entry["count"].integer(minimum=1, maximum=40), groups)
    right = "align" in entry and entry["align"].one_of({"left", "right"}) == "right"
    return [*lines, CombBox(boxes, variable, context.row_of(variable), right)]


def _my_number(node: Node, box: Box, context: CellContext) -> list[Element]:
    entry = node.mapping(required={"my_number"}, optional=set())
    role = entry["my_number"].one_of({"visitor", "householder", *LISTS})
    boxes, lines = _cells_in(box, 12, 4)
    return [*lines, MyNumberBox(boxes, role, context.row_of(role))]


def _sign(node: Node, box: Box, context: CellContext) -> list[Element]:
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


def _clerk(node: Node, box: Box, context: CellContext) -> list[Element]:
    entry = node.mapping(required={"clerk"}, optional=set())
    del context
    words = entry["clerk"].text()
    laid: list[Element] = [ClerkBox(box)]
    if words:
        laid.append(Caption(Box(box.x + 0.6, box.y + 0.4, box.w - 1.2, 3.0), words, 6.5, "center", "top"))
    return laid


def _stamp(node: Node, box: Box, context: CellContext) -> list[Element]:
    """受付印: a light frame with its corners marked and space for the date stamp."""
    entry = node.mapping(required={"stamp"}, optional=set())
    del context
    return [
        Frame(box, 0.2, corners=True),
        Caption(Box(box.x, box.y + 0.8, box.w, 3.5), entry["stamp"].text(), 6.5, "center", "top"),
        ClerkBox(box),
    ]


def _tick(node: Node, box: Box, context: CellContext) -> list[Element]:
    """Squares the clerk ticks by hand; nothing is ever printed into them."""
    spec = node.mapping(required={"ticks"}, optional={"columns", "size", "widths"})
    labels = spec["ticks"].items()
    size = spec["size"].number(minimum=5, maximum=14) if "size" in spec else 7.0
    columns = spec["columns"].integer(minimum=1, maximum=12) if "columns" in spec else len(labels)
    lines = -(-len(labels) // columns)
    inner = box.inset(PAD_MM, 0.5)
    widths = _column_widths(node, inner.w, columns)
    step = inner.h / lines
    del context
    laid: list[Element] = [ClerkBox(box)]
    for index, label in enumerate(labels):
        column, line = index % columns, index // columns
        x, y = inner.x + sum(widths[:column]), inner.y + line * step
        room = widths[column] - 3.2
        if _label_width(label.text(), size) > room + 0.8:
            label.fail(f"表示が幅に入りません: {_label_width(label.text(), size):.1f}mm 必要、{room:.1f}mm")
        laid.append(Frame(Box(x, y + (step - 2.3) / 2, 2.3, 2.3), 0.15))
        laid.append(Caption(Box(x + 2.8, y, room, step), label.text(), size))
    return laid


def _qr(node: Node, box: Box, context: CellContext) -> list[Element]:
    node.mapping(required={"qr"}, optional=set())
    del context
    side = min(box.w, box.h)
    return [QrBox(Box(box.x, box.y, side, side))]


def _line(node: Node, box: Box, context: CellContext) -> list[Element]:
    node.mapping(required={"line"}, optional=set())
    del context
    y = box.y + box.h / 2
    return [Rule(box.x, y, box.x + box.w, y, 0.15, dash=True)]


def _split(node: Node, box: Box, context: CellContext) -> list[Element]:
    """Several contents side by side in one cell, with no lines between them."""
    entry = node.mapping(required={"split"}, optional=set())
    parts = entry["split"].items()
    laid: list[Element] = []
    x = box.x
    for part, width in zip(parts, cell_widths(entry["split"], parts, box.w), strict=True):
        inner = {k: v for k, v in part.mapping().items() if k != "w"}
        laid.extend(lay_content(replace(part, map_value=inner), Box(x, box.y, width, box.h), context))
        x += width
    return laid


def _stack(node: Node, box: Box, context: CellContext) -> list[Element]:
    """Several contents one above the other in one cell; each says its height `h` or shares the rest."""
    entry = node.mapping(required={"stack"}, optional=set())
    parts = entry["stack"].items()
    given = [p.mapping()["h"].number(minimum=1, maximum=280) if "h" in p.mapping() else None for p in parts]
    rest = box.h - sum(value for value in given if value is not None)
    stars = given.count(None)
    if rest < -0.06 or (stars and rest / stars < 1.5):
        entry["stack"].fail(f"高さの合計がセルの高さ {box.h:g}mm に入りません")
    laid: list[Element] = []
    y = box.y
    for part, wish in zip(parts, given, strict=True):
        height = rest / stars if wish is None else wish
        inner = {k: v for k, v in part.mapping().items() if k != "h"}
        laid.extend(lay_content(replace(part, map_value=inner), Box(box.x, y, box.w, height), context))
        y += height
    return laid


CELL_CONTENTS: dict[str, Callable[[Node, Box, CellContext], list[Element]]] = {
    "label": _label,
    "note": _note,
    "field": _field,
    "checks": _checks,
    "counted": _counted,
    "era_date": _era_date,
    "comb": _comb,
    "my_number": _my_number,
    "sign": _sign,
    "clerk": _clerk,
    "stamp": _stamp,
    "ticks": _tick,
    "qr": _qr,
    "line": _line,
    "split": _split,
    "stack": _stack,
}

"""What can stand in a cell of a form: words, values, choices, dates, cells for digits, places to sign."""

from collections.abc import Callable
from dataclasses import replace

from kakanai.datafile import Node
from kakanai.forms.cell_parts import PAD_MM, CellContext, label_width
from kakanai.forms.choice_cells import checks, circles, counted
from kakanai.forms.digit_cells import amount, comb, era_date, my_number
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.handwriting_cells import clerk, line, sign, stamp, ticks
from kakanai.forms.paper_cells import paste, ruled, running_text, seal, sketch
from kakanai.forms.template import Box, Caption, Element, FieldBox, Fit, QrBox

CAP_MM = 2.9

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
        node = node.with_entries({k: v for k, v in entry.items() if k != "cap"})
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
            need = label_width(words, 8.0) + 2.2
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


def _qr(node: Node, box: Box, context: CellContext) -> list[Element]:
    entry = node.mapping(required={"qr"}, optional=set())
    del context
    side = min(box.w, box.h)
    words = entry["qr"].one_of({"page", "number"})
    return [QrBox(Box(box.x, box.y, side, side), number_only=words == "number")]


def _split(node: Node, box: Box, context: CellContext) -> list[Element]:
    """Several contents side by side in one cell, with no lines between them."""
    entry = node.mapping(required={"split"}, optional=set())
    parts = entry["split"].items()
    laid: list[Element] = []
    x = box.x
    for part, width in zip(parts, cell_widths(entry["split"], parts, box.w), strict=True):
        inner = {k: v for k, v in part.mapping().items() if k != "w"}
        laid.extend(lay_content(part.with_entries(inner), Box(x, box.y, width, box.h), context))
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
        laid.extend(lay_content(part.with_entries(inner), Box(box.x, y, box.w, height), context))
        y += height
    return laid


CELL_CONTENTS: dict[str, Callable[[Node, Box, CellContext], list[Element]]] = {
    "label": _label,
    "note": _note,
    "text": running_text,
    "field": _field,
    "checks": checks,
    "circles": circles,
    "counted": counted,
    "era_date": era_date,
    "comb": comb,
    "amount": amount,
    "my_number": my_number,
    "sign": sign,
    "clerk": clerk,
    "stamp": stamp,
    "ticks": ticks,
    "ruled": ruled,
    "seal": seal,
    "paste": paste,
    "sketch": sketch,
    "qr": _qr,
    "line": line,
    "split": _split,
    "stack": _stack,
}

"""Lay out the blocks of a form: YAML nodes in, elements with boxes in mm out.

A page is a column of blocks between the margins. A block stands below the one before it, or at its own
`at: [x, y]` (mm from the paper's corner), or at the foot of the page with `at: bottom`. The language is
described for towns in docs/forms-language.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from kakanai.datafile import Node, load_data_file
from kakanai.forms.block_conditions import CONDITIONS, left_out
from kakanai.forms.cell_parts import MM_PER_PT, CellContext
from kakanai.forms.cells import CELL_CONTENTS, cell_widths, lay_content
from kakanai.forms.clusters import clusters
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.template import Box, Caption, Element, Frame, Rule
from kakanai.reception.variables import ALL_LISTS

OUTER_MM = 0.4
INNER_MM = 0.15
GAP_MM = 2.5
SIDE_MM = 7.0
SIDE_PT = 8.5
LABEL_SHADE = 0.95

_BLOCK_KEYS = {"at", "width", "gap", "if"}
_TABLE_KEYS = {"side", "side_w", "rows"}
_ROW_KEYS = {"height", "cells", "repeat", "dash", "heavy", "if"}


@dataclass
class Column:
    """The column that blocks flow down, all mm: left edge, next free y, width, where the margin begins.

    `foot` is the top of the highest block that stands at the foot of the page; `origins` the node of each
    element, by `id(element)`; `lists` how many entries of each list the column takes; `met` those of
    CONDITIONS that hold.
    """

    x: float
    y: float
    width: float
    bottom: float
    foot: float = 1000.0
    elements: list[Element] = field(default_factory=list)
    origins: dict[int, Node] = field(default_factory=dict)
    lists: dict[str, int] = field(default_factory=dict)
    met: frozenset[str] = CONDITIONS

    def context(self) -> CellContext:
        """Where a cell outside any repeat stands."""
        return CellContext(origins=self.origins)

    def leaves_out(self, entry: Mapping[str, Node]) -> bool:
        """Whether a block or row with this `if` is not there."""
        return left_out(entry, self.met)


@dataclass(frozen=True)
class SharedBlocks:
    """The blocks written once in resources/forms/shared/<name>.yaml and used by many forms."""

    folders: tuple[Path, ...]

    def find(self, name: str, asked_by: Node) -> Node:
        """The file of a shared block; the first folder that has it wins (a town's own before ours)."""
        found = next((p for f in self.folders if (p := f / f"{name}.yaml").is_file()), None)
        if found is None:
            asked_by.fail(f"共通ブロックがありません: {name}")
        told = found.stat()
        return _shared_block(found, name, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=128)
def _shared_block(path: Path, name: str, _changed_ns: int, _size: int) -> Node:
    # Forty forms use a dozen blocks a hundred times; a block that was edited has another time or size.
    return load_data_file(path, f"shared/{name}.yaml")


def lay_blocks(blocks: Node, column: Column, shared: SharedBlocks, depth: int = 0) -> None:
    """Lay every block of the list into the column.

    Raises:
        DataFileError: with the line of the block, row or cell that cannot be laid.
    """
    if depth > 8:
        blocks.fail("共通ブロックの入れ子が深すぎます")
    for block in blocks.items():
        entry = block.mapping()
        kinds = [kind for kind in ("use", "table", *CELL_CONTENTS) if kind in entry]
        if len(kinds) != 1 and not (kinds and kinds[0] in CELL_CONTENTS):
            block.fail("use、table、または記入欄の種類を1つ書いてください")
        if column.leaves_out(entry):
            continue
        inner = _place(block, entry, column)
        top = inner.y
        if kinds[0] == "use":
            block.mapping(required={"use"}, optional={"with", "height", *_BLOCK_KEYS})
            _use(entry, inner, shared, depth)
        elif kinds[0] == "table":
            block.mapping(required={"table"}, optional=_BLOCK_KEYS)
            lay_table(entry["table"], inner)
        else:
            _lay_single(block, entry, inner)
        column.elements.extend(inner.elements)
        column.foot = min(column.foot, inner.foot)
        if "at" not in entry and kinds[0] == "use" and inner.y == top:
            continue  # everything in the shared block stood outside the flow, so it takes no gap either
        if "at" not in entry:  # a block with a place of its own stands outside the flow
            column.y = inner.y


def _place(block: Node, entry: Mapping[str, Node], column: Column) -> Column:
    gap = (
        entry["gap"].number(minimum=-50, maximum=100)
        if "gap" in entry
        else (GAP_MM if column.elements else 0)
    )
    x, y, width = column.x, column.y + gap, column.width
    if "at" in entry and entry["at"].text_value == "bottom":
        if "height" not in entry:
            block.fail("at: bottom には height が要ります")
        y = column.bottom - entry["height"].number(minimum=0.5, maximum=290)
        column.foot = min(column.foot, y)
    elif "at" in entry:
        point = entry["at"].items()
        if len(point) != 2:
            entry["at"].fail("at は [x, y] で書いてください")
        x, y = point[0].number(minimum=0, maximum=420), point[1].number(minimum=0, maximum=420)
        width = column.width - max(0.0, x - column.x)
    if "width" in entry:
        width = entry["width"].number(minimum=1, maximum=420)
    return Column(
        x,
        y,
        width,
        column.bottom,
        origins=column.origins,
        lists=column.lists,
        met=column.met,
    )


def _use(entry: Mapping[str, Node], column: Column, shared: SharedBlocks, depth: int) -> None:
    node = shared.find(entry["use"].text(), entry["use"])
    file = node.mapping(required={"blocks"}, optional={"params"})
    values = {
        name: value.text() for name, value in (file["params"].mapping() if "params" in file else {}).items()
    }
    for name, value in (entry["with"].mapping() if "with" in entry else {}).items():
        if name not in values:
            value.fail(f"この共通ブロックにない引数です: {name}")
        values[name] = value.text()
    lay_blocks(_substitute(file["blocks"], values), column, shared, depth + 1)


def _substitute(node: Node, values: Mapping[str, str]) -> Node:
    if node.text_value is not None:
        text = node.text_value
        for name, value in values.items():
            text = text.replace("${" + name + "}", value)
        return Node(node.file, node.line, text) if text != node.text_value else node
    if node.list_value is not None:
        return Node(
            node.file, node.line, list_value=[_substitute(child, values) for child in node.list_value]
        )
    children = {key: _substitute(child, values) for key, child in (node.map_value or {}).items()}
    return node.with_entries(children)


def _lay_single(block: Node, entry: Mapping[str, Node], column: Column) -> None:
    height = entry["height"].number(minimum=0.5, maximum=290) if "height" in entry else 6.0
    box = Box(column.x, column.y, column.width, height)
    if "border" in entry and entry["border"].flag():
        column.elements.append(Frame(box, INNER_MM))
    plain = block.with_entries(
        {k: v for k, v in entry.items() if k not in {"height", "border", *_BLOCK_KEYS}}
    )
    column.elements.extend(lay_content(plain, box, column.context()))
    column.y += height


def lay_table(table: Node, column: Column) -> None:
    """A framed table: rows of cells, a heading band at the side if wanted; moves the column's y below it."""
    entry = table.mapping(required={"rows"}, optional=_TABLE_KEYS)
    side = 0.0
    if "side" in entry:
        side = entry["side_w"].number(minimum=3, maximum=40) if "side_w" in entry else SIDE_MM
    top, left, width = column.y, column.x + side, column.width - side
    y = lay_rows(entry["rows"], left, top, width, column, column.context())
    outer = Box(column.x, top, column.width, y - top)
    if "side" in entry:
        band = Box(column.x, top, side, y - top)
        _check_side(entry["side"], band)
        column.elements.append(Rule(left, top, left, y, INNER_MM))
        column.elements.insert(0, Frame(band, 0.0, fill=LABEL_SHADE))
        column.elements.append(
            Caption(
                band.inset(0.8, 0.8),
                entry["side"].text(),
                SIDE_PT,
                "center",
                role=FontRole.LABEL_BOLD,
                vertical=True,
            )
        )
    column.elements.append(Frame(outer, OUTER_MM))
    column.y = y


def _check_side(side: Node, band: Box) -> None:
    need = max(len(clusters(words)) for words in side.text().split("\n")) * SIDE_PT * MM_PER_PT
    if need > band.h - 1.0:
        side.fail(f"左の見出しが表の高さに入りません: {need:.1f}mm 必要、{band.h - 1.0:.1f}mm")


def lay_rows(rows: Node, x: float, y: float, width: float, column: Column, context: CellContext) -> float:
    """Rows from (x, y) downwards; the y below the last one. Inner lines are drawn between rows and cells.

    The line above a row is dotted with `dash`, as strong as the table's frame with `heavy`.
    """
    first = True
    for row in rows.items():
        entry = row.mapping(required={"height", "cells"}, optional=_ROW_KEYS)
        if column.leaves_out(entry):
            continue
        height = entry["height"].number(minimum=2, maximum=280) - _height_left_out(entry["cells"], column)
        list_name, times = "", 1
        if "repeat" in entry:
            list_name, times = _start_repeat(entry["repeat"], column, context)
        for index in range(times):
            if not first:
                heavy = "heavy" in entry and entry["heavy"].flag()
                dash = "dash" in entry and entry["dash"].flag()
                column.elements.append(Rule(x, y, x + width, y, OUTER_MM if heavy else INNER_MM, dash=dash))
            first = False
            here = replace(context, row=index, list_name=list_name) if list_name else context
            _lay_cells(entry["cells"], Box(x, y, width, height), column, here)
            y += height
    return y


def _height_left_out(cells: Node, column: Column) -> float:
    """What rows inside the cells take less, because some of them are not there; mm."""
    inner = [cell.mapping()["rows"].items() for cell in cells.items() if "rows" in cell.mapping()]
    less = [
        sum(
            row.mapping()["height"].number()
            for row in rows
            if "height" in row.mapping() and column.leaves_out(row.mapping())
        )
        for rows in inner
    ]
    return max(less, default=0.0)


def _start_repeat(repeat: Node, column: Column, context: CellContext) -> tuple[str, int]:
    entry = repeat.mapping(required={"list", "rows"}, optional=set())
    name = entry["list"].text()
    if name not in ALL_LISTS:
        entry["list"].fail(f"知らない繰り返しです: {name}(使える名前: {'、'.join(ALL_LISTS)})")
    if context.row is not None:
        repeat.fail("繰り返しの中に繰り返しは置けません")
    if name in column.lists:
        repeat.fail(f"1ページに {name} の繰り返しは1つです")
    column.lists[name] = entry["rows"].integer(minimum=1, maximum=40)
    return name, column.lists[name]


def _lay_cells(cells: Node, box: Box, column: Column, context: CellContext) -> None:
    nodes = cells.items()
    widths = cell_widths(cells, nodes, box.w)
    x = box.x
    for index, (node, width) in enumerate(zip(nodes, widths, strict=True)):
        entry = node.mapping()
        cell = Box(x, box.y, width, box.h)
        bordered = "border" not in entry or entry["border"].flag()
        if index and bordered:
            column.elements.append(Rule(x, box.y, x, box.y + box.h, INNER_MM))
        shaded = "label" in entry or ("shade" in entry and entry["shade"].flag())
        if shaded:
            column.elements.insert(0, Frame(cell, 0.0, fill=LABEL_SHADE))
        if "rows" in entry:
            node.mapping(required={"rows"}, optional={"w", "border", "shade"})
            bottom = lay_rows(entry["rows"], x, box.y, width, column, context)
            if abs(bottom - (box.y + box.h)) > 0.06:
                node.fail(f"中の行の高さの合計 {bottom - box.y:g}mm が行の高さ {box.h:g}mm と合いません")
        else:
            plain = {k: v for k, v in entry.items() if k not in {"w", "border", "shade"}}
            column.elements.extend(lay_content(node.with_entries(plain), cell, context))
        x += width

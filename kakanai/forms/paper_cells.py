"""Cells that only the paper knows: running text, ruled lines, seals, places to paste or to sketch."""

import math

from kakanai.datafile import Node
from kakanai.forms.cell_parts import MM_PER_PT, CellContext, label_width
from kakanai.forms.fit import LEADING
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.template import Box, Caption, ClerkBox, Element, Frame, Rule

_NOT_FIRST = "、。，．・：；？！）」』】〕｝〉》’”ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々"
_NOT_LAST = "（「『【〔｛〈《‘“"
"""What no line begins with, and none ends with 禁則."""


def running_text(node: Node, box: Box, context: CellContext) -> list[Element]:
    """A paragraph, or a list of them each after its mark, broken into lines that fill the width.

    Raises:
        DataFileError: the lines do not fit the box.
    """
    entry = node.mapping(required={"text"}, optional={"size", "mark", "bold", "valign"})
    del context
    size = entry["size"].number(minimum=5, maximum=14) if "size" in entry else 7.0
    inner = box.inset(0.8, 0.4)
    mark = entry["mark"].text() if "mark" in entry else ("" if entry["text"].list_value is None else "・")
    paragraphs = entry["text"].items() if entry["text"].list_value is not None else [entry["text"]]
    lines: list[str] = []
    for number, paragraph in enumerate(paragraphs, start=1):
        first = mark.replace("1", str(number))
        hang = "　" * math.ceil(label_width(first, size) / label_width("　", size) - 0.01)
        first += " " * round((label_width(hang, size) - label_width(first, size)) / label_width(" ", size))
        for part in paragraph.text().split("\n"):
            broken = wrapped(part, size, inner.w - label_width(hang, size))
            lines += [(hang if index else first) + line for index, line in enumerate(broken)]
    need = ((len(lines) - 1) * LEADING + 1) * size * MM_PER_PT
    if need > inner.h + 0.3:
        entry["text"].fail(f"文が枠に入りません: {len(lines)} 行で高さ {need:.1f}mm 必要、{inner.h:.1f}mm")
    valign = entry["valign"].one_of({"top", "middle", "bottom"}) if "valign" in entry else "middle"
    bold = "bold" in entry and entry["bold"].flag()
    role = FontRole.LABEL_BOLD if bold else FontRole.LABEL
    return [Caption(inner, "\n".join(lines), size, "left", valign, role)]


def wrapped(words: str, size_pt: float, width_mm: float) -> list[str]:
    """The words in lines no wider than the width; no line begins or ends with what must not."""
    lines: list[str] = []
    rest = words
    while label_width(rest, size_pt) > width_mm:
        end = next((n for n in range(len(rest), 1, -1) if label_width(rest[:n], size_pt) <= width_mm), 1)
        cut = end
        while cut > 1 and (rest[cut] in _NOT_FIRST or rest[cut - 1] in _NOT_LAST or _inside_word(rest, cut)):
            cut -= 1
        cut = cut if cut > 1 else end
        lines.append(rest[:cut])
        rest = rest[cut:]
    return [*lines, rest]


def _inside_word(words: str, cut: int) -> bool:
    return words[cut - 1].isascii() and words[cut].isascii() and not words[cut - 1].isspace()


def ruled(node: Node, box: Box, context: CellContext) -> list[Element]:
    """That many dotted lines to write on, with words above them if wanted. No value is printed there."""
    entry = node.mapping(required={"ruled"}, optional={"words"})
    del context
    count = entry["ruled"].integer(minimum=1, maximum=40)
    inner = box.inset(2.0, 0.8)
    step = inner.h / count
    laid: list[Element] = [ClerkBox(box)]
    if "words" in entry:
        laid.append(Caption(Box(inner.x, inner.y, inner.w, 3.0), entry["words"].text(), 6.5, valign="top"))
    for index in range(1, count + 1):
        y = inner.y + index * step - 0.4
        laid.append(Rule(inner.x, y, inner.x + inner.w, y, 0.12, dash=True))
    return laid


def seal(node: Node, box: Box, context: CellContext) -> list[Element]:
    """A ring of short strokes for a seal 印, its word in the middle; `shape: square` for 届出印 boxes.

    Nothing is ever printed into it.
    """
    entry = node.mapping(required={"seal"}, optional={"diameter", "shape", "words"})
    del context
    wish = entry["diameter"].number(minimum=6, maximum=40) if "diameter" in entry else 12.0
    side = min(wish, box.w - 0.6, box.h - 0.6)
    if side < 5:
        node.fail("印の枠は 6mm 角より大きくしてください")
    place = Box(box.x + (box.w - side) / 2, box.y + (box.h - side) / 2, side, side)
    laid: list[Element] = [ClerkBox(box)]
    if "shape" in entry and entry["shape"].one_of({"round", "square"}) == "square":
        laid.append(Frame(place, 0.25))
    else:
        laid += _ring(place)
    if "words" in entry:
        laid.append(
            Caption(
                Box(box.x + 0.4, box.y + 0.3, box.w - 0.8, 3.0), entry["words"].text(), 6.0, "center", "top"
            )
        )
    return [*laid, Caption(place, entry["seal"].text(), 7.0, "center")]


def _ring(place: Box) -> list[Element]:
    strokes = 36
    radius = place.w / 2
    x, y = place.x + radius, place.y + radius
    step = 2 * math.pi / strokes
    return [
        Rule(
            x + radius * math.cos(turn),
            y + radius * math.sin(turn),
            x + radius * math.cos(turn + step * 0.6),
            y + radius * math.sin(turn + step * 0.6),
            0.2,
        )
        for turn in (index * step for index in range(strokes))
    ]


def paste(node: Node, box: Box, context: CellContext) -> list[Element]:
    """A dotted frame for what is pasted there: 収入印紙, a photograph, a copy of a passbook."""
    entry = node.mapping(required={"paste"}, optional={"size"})
    del context
    size = entry["size"].number(minimum=5, maximum=12) if "size" in entry else 7.0
    inner = box.inset(1.0, 1.0)
    right, foot = inner.x + inner.w, inner.y + inner.h
    return [
        ClerkBox(box),
        Rule(inner.x, inner.y, right, inner.y, 0.15, dash=True),
        Rule(inner.x, foot, right, foot, 0.15, dash=True),
        Rule(inner.x, inner.y, inner.x, foot, 0.15, dash=True),
        Rule(right, inner.y, right, foot, 0.15, dash=True),
        Caption(inner.inset(0.5, 0.5), entry["paste"].text(), size, "center"),
    ]


def sketch(node: Node, box: Box, context: CellContext) -> list[Element]:
    """A grid to draw a map or a plan on by hand 見取図; `grid` is its mesh in mm (5 if not said)."""
    entry = node.mapping(required={"sketch"}, optional={"grid"})
    del context
    mesh = entry["grid"].number(minimum=2, maximum=20) if "grid" in entry else 5.0
    head = 3.6
    right, foot = box.x + box.w, box.y + box.h
    laid: list[Element] = [
        ClerkBox(box),
        Caption(Box(box.x + 0.8, box.y + 0.4, box.w - 1.6, 3.0), entry["sketch"].text(), 6.5, valign="top"),
    ]
    for index in range(1, math.ceil(box.w / mesh)):
        x = box.x + index * mesh
        laid.append(Rule(x, box.y + head, x, foot, 0.08, dash=True))
    for index in range(math.ceil((box.h - head) / mesh)):
        y = box.y + head + index * mesh
        laid.append(Rule(box.x, y, right, y, 0.08, dash=True))
    return laid

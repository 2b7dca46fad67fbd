"""What every kind of cell needs: where it stands, its measures, the width of its words."""

from dataclasses import dataclass, field

from kakanai.datafile import Node

PAD_MM = 1.2
CHECK_MM = 2.7
MM_PER_PT = 25.4 / 72


@dataclass(frozen=True)
class CellContext:
    """Where a cell stands: the list and the row of it that the cell belongs to, None outside a repeat.

    `origins` takes down the node of every element laid, by `id(element)`, for messages with its line.
    """

    row: int | None = None
    list_name: str = ""
    origins: dict[int, Node] = field(default_factory=dict)

    def row_of(self, variable: str) -> int | None:
        """The row for a variable: only facts about each entry of this row's list have one."""
        return self.row if self.list_name and variable.split(".")[0] == self.list_name else None


def label_width(words: str, size_pt: float) -> float:
    """Width in mm of words in the labels' face; needs no font."""
    # Labels are set in a monospaced face: full-width characters one em, ASCII half an em.
    return (len(words) - 0.5 * sum(map(str.isascii, words))) * size_pt * MM_PER_PT


def column_widths(node: Node, width: float, columns: int) -> list[float]:
    """The columns of a cell in mm: equal, or in the proportions of `widths`, filling the width."""
    entry = node.mapping()
    if "widths" not in entry:
        return [width / columns] * columns
    given = [child.number(minimum=3, maximum=300) for child in entry["widths"].items()]
    if len(given) != columns:
        entry["widths"].fail(f"widths は {columns} 個書いてください")
    scale = width / sum(given)
    return [value * scale for value in given]

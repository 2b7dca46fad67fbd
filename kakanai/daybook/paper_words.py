"""Words made to fit paper: broken into lines, cut with …, without a character that the font lacks."""

from collections.abc import Iterator
from typing import Final

from kakanai.forms.clusters import clusters
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.fonts import FontShelf

MM_PER_PT: Final = 25.4 / 72
_NO_GLYPH: Final = "〓"
"""What printers put for a character that is not there 下駄."""
_NOT_FIRST: Final = frozenset("、。，．・：；？！）］｝」』】〕…～ー％)],.!?:;%")
"""What must not begin a line 行頭禁則 (JIS X 4051, given)."""


class PaperWords:
    """Measures words in the fonts of paper."""

    def __init__(self, shelf: FontShelf) -> None:
        self._shelf = shelf

    def printable(self, words: str, role: FontRole = FontRole.LABEL) -> str:
        """The words with 〓 for what the font lacks; a town's own titles may have anything."""
        missing = self._shelf.missing(role, words)
        if not missing:
            return words
        return "".join(_NO_GLYPH if one in missing else one for one in clusters(words))

    def width_mm(self, words: str, size_pt: float, role: FontRole = FontRole.LABEL) -> float:
        """The width in one line."""
        return self._shelf.width_mm(role, words, size_pt)

    def lines(
        self, words: str, width_mm: float, size_pt: float, role: FontRole = FontRole.LABEL
    ) -> list[str]:
        """The words broken into lines of at most that width; at least one line."""
        parts = [self.printable(part, role) for part in words.split("\n")]
        return [line for part in parts for line in self._broken(part, width_mm, size_pt, role)]

    def cut(self, words: str, width_mm: float, size_pt: float, role: FontRole = FontRole.LABEL) -> str:
        """The words in one line, their end replaced by … where they are too long."""
        words = self.printable(words, role)
        if self.width_mm(words, size_pt, role) <= width_mm:
            return words
        kept: list[str] = []
        used = self.width_mm("…", size_pt, role)
        for cluster in clusters(words):
            used += self.width_mm(cluster, size_pt, role)
            if used > width_mm:
                break
            kept.append(cluster)
        return "".join(kept) + "…"

    def size_for(self, words: str, width_mm: float, size_pt: float, role: FontRole = FontRole.LABEL) -> float:
        """The size at which the words fit in one line, not above `size_pt`, not below half of it."""
        width = self.width_mm(words, size_pt, role)
        return size_pt if width <= width_mm else max(size_pt / 2, size_pt * width_mm / width)

    def _broken(self, words: str, width_mm: float, size_pt: float, role: FontRole) -> Iterator[str]:
        line: list[str] = []
        used = 0.0
        for cluster in clusters(words):
            width = self.width_mm(cluster, size_pt, role)
            if line and used + width > width_mm:
                carried = _carried(line) if cluster in _NOT_FIRST else []
                yield "".join(line[: len(line) - len(carried)])
                line = carried
                used = sum(self.width_mm(one, size_pt, role) for one in line)
            line.append(cluster)
            used += width
        yield "".join(line)


def _carried(line: list[str]) -> list[str]:
    """What goes to the next line together with a sign that must not begin it."""
    start = len(line) - 1
    while start > 0 and line[start] in _NOT_FIRST:
        start -= 1
    return line[start:] if start > 0 else []

"""Words of the manual for ReportLab: each character in a font that has it, none dropped or exchanged."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from markdown_it.token import Token

from kakanai.forms.clusters import clusters
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.fonts import FontShelf
from kakanai.manual.errors import ManualUnprintableError

_PLAIN: Final = (FontRole.LABEL, FontRole.TEXT, FontRole.PERSONAL)
_BOLD: Final = (FontRole.LABEL_BOLD, *_PLAIN)
ROLES: Final = _BOLD
_INK_OF_CODE: Final = "#224466"
_MARKS: Final = {
    "strong_open": "",
    "strong_close": "",
    "hardbreak": "<br/>",
    "em_open": "",  # our fonts have no slanted face
    "em_close": "",
}


class ManualWords:
    """Turns inline Markdown into the marked-up text of a ReportLab paragraph.

    Args:
        targets: Anchors inside the book by link; a link to anything else stays plain words.
    """

    def __init__(self, shelf: FontShelf, chapter: str, targets: dict[str, str]) -> None:
        self._shelf = shelf
        self._chapter = chapter
        self._targets = targets

    def plain(self, words: str, *, bold: bool = False) -> str:
        """Words as they are.

        Raises:
            ManualUnprintableError: none of the fonts of paper has a character of them.
        """
        runs = groupby(clusters(words), key=lambda cluster: self._role(cluster, bold=bold))
        return "".join(
            f'<font name="{self._shelf.font(role).fontName}">'
            f"{escape(self._shelf.drawable(role, ''.join(run)))}</font>"
            for role, run in runs
        )

    def _role(self, cluster: str, *, bold: bool) -> FontRole:
        for role in _BOLD if bold else _PLAIN:
            if self._shelf.font(role).has(cluster):
                return role
        point = " ".join(f"U+{ord(character):04X}" for character in cluster)
        raise ManualUnprintableError(file=self._chapter, reason=point)

    def inline(self, tokens: Sequence[Token], *, bold: bool = False) -> str:
        """A line of Markdown."""
        return "".join(self._pieces(tokens, bold=bold))

    def _pieces(self, tokens: Sequence[Token], *, bold: bool) -> Iterator[str]:
        depth, target = 0, ""
        for token in tokens:
            depth += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
            match token.type:
                case "text":
                    yield self.plain(token.content, bold=bold or depth > 0)
                case "code_inline":
                    yield f'<font color="{_INK_OF_CODE}">{self.plain(token.content)}</font>'
                case "link_open":
                    target = self._targets.get(str(token.attrGet("href")), "")
                    yield f"<a href={quoteattr('#' + target)}>" if target else ""
                case "link_close":
                    yield "</a>" if target else ""
                case kind if kind in _MARKS:
                    yield _MARKS[kind]
                case kind:
                    raise ManualUnprintableError(file=self._chapter, reason=kind)

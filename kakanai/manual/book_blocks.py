"""The blocks of a chapter as ReportLab sets them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from markdown_it.token import Token
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Image, ListFlowable, ListItem, PageBreak, Paragraph, Spacer, Table

from kakanai.forms.fontfiles import FontRole
from kakanai.forms.fonts import FontShelf
from kakanai.manual.book_pages import WIDTH, Heading
from kakanai.manual.chapters import Chapter
from kakanai.manual.errors import ManualUnprintableError
from kakanai.manual.marked_up import tokens_of, words_of
from kakanai.manual.paper_words import ManualWords

_SIZES: Final = {"h1": 18.0, "h2": 13.0, "h3": 11.0, "h4": 10.0}
_BODY: Final = 9.5
_NARROWEST: Final = 7
"""Of a column of a table, in characters of about 40: a code such as A-001 stays in one line."""
_PICTURE_MM: Final = 140
_TALLEST_MM: Final = 105
_GRID: Final = colors.Color(0.72, 0.75, 0.8)
_HEAD: Final = colors.Color(0.92, 0.94, 0.97)


class BookBlocks:
    """Sets chapters with the fonts of `shelf`; pictures are looked for below `folder`."""

    def __init__(self, shelf: FontShelf, folder: Path, targets: dict[str, str]) -> None:
        self._shelf = shelf
        self._folder = folder
        self._targets = targets
        base = shelf.font(FontRole.LABEL).fontName
        self._body = ParagraphStyle(
            "body", fontName=base, fontSize=_BODY, leading=_BODY * 1.6, wordWrap="CJK", spaceAfter=4
        )
        self._cell = ParagraphStyle("cell", self._body, fontSize=8.5, leading=12.5, spaceAfter=0)
        self._code = ParagraphStyle("code", self._body, fontSize=8, leading=12, spaceAfter=0)
        self._heads = {
            tag: ParagraphStyle(
                tag,
                self._body,
                fontName=shelf.font(FontRole.LABEL_BOLD).fontName,
                fontSize=size,
                leading=size * 1.4,
                spaceBefore=0 if tag == "h1" else size,
                spaceAfter=size * 0.5,
                keepWithNext=1,
            )
            for tag, size in _SIZES.items()
        }

    def chapter(self, chapter: Chapter) -> Iterator[Flowable]:
        """A chapter, which begins on a page of its own.

        Raises:
            ManualUnprintableError: a character, mark or picture of it cannot be set.
        """
        yield PageBreak()
        yield from self.blocks(chapter)

    def blocks(self, chapter: Chapter) -> Iterator[Flowable]:
        """The same without a page of its own."""
        words = ManualWords(self._shelf, chapter.name, self._targets_from(chapter))
        yield from self._blocks(tokens_of(chapter.source), chapter, words)

    def _targets_from(self, chapter: Chapter) -> dict[str, str]:
        """Links as this chapter writes them: those within it leave its name out."""
        own = {
            link.removeprefix(chapter.name): target
            for link, target in self._targets.items()
            if link.startswith(f"{chapter.name}#")
        }
        return self._targets | own

    def _blocks(self, tokens: list[Token], chapter: Chapter, words: ManualWords) -> Iterator[Flowable]:
        at = 0
        while at < len(tokens):
            end = _end_of(tokens, at)
            inner = tokens[at + 1 : end]
            match tokens[at].type:
                case "heading_open":
                    yield self._heading(tokens[at], inner[0], chapter, words)
                case "paragraph_open":
                    yield from self._paragraph(inner[0], chapter, words)
                case "bullet_list_open" | "ordered_list_open":
                    yield self._listed(tokens[at], inner, chapter, words)
                case "table_open":
                    yield from self._table(inner, words)
                case "fence" | "code_block":
                    yield from self._verbatim(tokens[at].content, words)
                case "blockquote_open":
                    yield from self._blocks(inner, chapter, words)
                case "hr":
                    yield Spacer(1, 4 * mm)
                case kind:
                    raise ManualUnprintableError(file=chapter.name, reason=kind)
            at = end + 1

    def _heading(self, opened: Token, inline: Token, chapter: Chapter, words: ManualWords) -> Flowable:
        marked_up = words.inline(inline.children or (), bold=True)
        style = self._heads.get(opened.tag, self._heads["h4"])
        anchor = f"{chapter.name}#{opened.attrGet('id')}"
        level = int(opened.tag[1]) - 1
        if level > 1:
            return Paragraph(f"<a name={anchor!r}/>{marked_up}", style)
        if level == 0:
            anchor = chapter.name
        return Heading(marked_up, words_of(inline.children or ()), style, level, anchor)

    def _paragraph(self, inline: Token, chapter: Chapter, words: ManualWords) -> Iterator[Flowable]:
        line: list[Token] = []
        for token in inline.children or ():
            if token.type == "image":
                yield from self._line(line, words)
                line = []
                yield self._picture(str(token.attrGet("src")), chapter)
            else:
                line.append(token)
        yield from self._line(line, words)

    def _line(self, tokens: list[Token], words: ManualWords) -> Iterator[Flowable]:
        marked_up = words.inline(tokens)
        if marked_up:
            yield Paragraph(marked_up, self._body)

    def _picture(self, source: str, chapter: Chapter) -> Flowable:
        path = self._folder / source
        try:
            wide, high = ImageReader(str(path)).getSize()
        except OSError as error:
            raise ManualUnprintableError(file=chapter.name, reason=source) from error
        width = min(_PICTURE_MM * mm, _TALLEST_MM * mm * wide / high)
        picture = Image(str(path), width, width * high / wide)
        picture.hAlign = "LEFT"
        picture.spaceAfter = 3 * mm
        return picture

    def _listed(self, opened: Token, inner: list[Token], chapter: Chapter, words: ManualWords) -> Flowable:
        items: list[Any] = []
        at = 0
        while at < len(inner):
            end = _end_of(inner, at)
            items.append(ListItem(list(self._blocks(inner[at + 1 : end], chapter, words))))
            at = end + 1
        name = self._shelf.font(FontRole.LABEL).fontName
        numbered = opened.type == "ordered_list_open"
        for character in "0123456789." if numbered else "・":
            self._shelf.drawable(FontRole.LABEL, character)  # the font learns what the list draws itself
        return ListFlowable(
            items,
            bulletType="1" if numbered else "bullet",
            start=None if numbered else "・",
            bulletFontName=name,
            bulletFontSize=_BODY,
            leftIndent=14,
        )

    def _table(self, inner: list[Token], words: ManualWords) -> Iterator[Flowable]:
        rows: list[list[Flowable]] = []
        weights: list[int] = []
        is_head = False
        for token, inline in zip(inner, [*inner[1:], None], strict=True):
            if token.type == "tr_open":
                rows.append([])
            elif token.type in {"th_open", "td_open"} and inline is not None:
                is_head = token.type == "th_open"
                children = inline.children or []
                rows[-1].append(Paragraph(words.inline(children, bold=is_head), self._cell))
                place = len(rows[-1]) - 1
                weights.extend([0] * (place + 1 - len(weights)))
                weights[place] = max(weights[place], min(len(words_of(children)), 40), _NARROWEST)
        widths = [WIDTH * weight / sum(weights) for weight in weights]
        table = Table(rows, widths, repeatRows=1, hAlign="LEFT", style=_table_style())
        table.spaceAfter = 3 * mm
        yield table

    def _verbatim(self, content: str, words: ManualWords) -> Iterator[Flowable]:
        lines = [Paragraph(words.plain(line) or "&nbsp;", self._code) for line in content.splitlines()]
        # A row a line: a box that is one row could not go on over the foot of a page.
        table = Table([[line] for line in lines], [WIDTH], style=[("BACKGROUND", (0, 0), (-1, -1), _HEAD)])
        table.spaceAfter = 3 * mm
        yield table


def _table_style() -> list[tuple[Any, ...]]:
    return [
        ("GRID", (0, 0), (-1, -1), 0.4, _GRID),
        ("BACKGROUND", (0, 0), (-1, 0), _HEAD),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]


def _end_of(tokens: list[Token], at: int) -> int:
    """The place of the token that closes the block that opens at `at`; that place itself for a single one."""
    depth = 0
    for place in range(at, len(tokens)):
        depth += tokens[place].nesting
        if depth == 0:
            return place
    return len(tokens) - 1

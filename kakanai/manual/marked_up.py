"""Markdown as the manual uses it, read once for the window and for paper."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

# Loaded when a chapter is read: most windows are closed again without.
if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_DROPPED = re.compile(r"[^\w\- ]")
_HEADINGS: Final = ("h1", "h2", "h3", "h4")


def tokens_of(source: str) -> list["Token"]:
    """The blocks of a chapter; headings carry their anchor as `id`, doubled ones a number behind it."""
    tokens = _reader().parse(source)
    for block in tokens:
        _join_lines(block.children or [])
    seen: dict[str, int] = {}
    for opened, inline in pairwise(tokens):
        if opened.type == "heading_open":
            anchor = anchor_of(words_of(inline.children or ()))
            again = seen.get(anchor, 0)
            seen[anchor] = again + 1
            opened.attrSet("id", f"{anchor}-{again}" if again else anchor)
    return tokens


def html_of(tokens: Sequence["Token"]) -> str:
    """The blocks as HTML; nothing in them is taken as HTML of the author's own."""
    reader = _reader()
    return str(reader.renderer.render(tokens, reader.options, {}))


def headings_of(tokens: Sequence["Token"]) -> list[tuple[int, str, str]]:
    """Level 1 to 4, anchor and words of each heading, in order."""
    return [
        (_HEADINGS.index(opened.tag) + 1, str(opened.attrGet("id")), words_of(inline.children or ()))
        for opened, inline in pairwise(tokens)
        if opened.type == "heading_open" and opened.tag in _HEADINGS
    ]


def words_of(inline: Sequence["Token"]) -> str:
    """The words of a line without their marks."""
    return "".join(token.content for token in inline if token.type in {"text", "code_inline"})


def anchor_of(heading: str) -> str:
    """How a link names a heading: as GitHub does it, so that the links work there too (observed)."""
    return _DROPPED.sub("", heading.lower()).replace(" ", "-")


def _join_lines(inline: list["Token"]) -> None:
    """Lines of Japanese go on without a space; only two Latin words are held apart."""
    for place, token in enumerate(inline):
        if token.type == "softbreak":
            sides = words_of(inline[:place])[-1:] + words_of(inline[place + 1 :])[:1]
            token.type = "text"
            token.content = " " if sides.isascii() else ""


def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")

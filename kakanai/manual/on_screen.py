"""A chapter as rich text for the window: its HTML, and what can be found in it."""

import functools
import re
from dataclasses import dataclass

from kakanai.manual.chapters import Chapter, Manual
from kakanai.manual.marked_up import headings_of, html_of, tokens_of

_PICTURE = re.compile(r'<img src="([^"]+)"')
_ID = re.compile(r'<(h[1-4]) id="([^"]+)">')


@dataclass(frozen=True)
class Section:
    """A heading: where it is, how deep (1 to 4), its words, and it and the words below in lower case."""

    chapter: str
    anchor: str
    level: int
    title: str
    text: str


def page_html(chapter: Chapter, picture_width: int) -> str:
    """The chapter for a rich-text view whose folder is the manual's; pictures are that many pixels wide."""
    html = html_of(tokens_of(chapter.source))
    # Qt's rich text scrolls to names and not to ids, and lets a picture stand out of the page.
    html = _ID.sub(r'<\1><a name="\2"></a>', html)
    html = _PICTURE.sub(rf'<img width="{picture_width}" src="\1"', html)
    return html.replace("<table>", '<table border="1" cellspacing="0" cellpadding="4" width="100%">')


@functools.cache
def _sections(manual: Manual) -> tuple[Section, ...]:
    found = []
    for chapter in manual.chapters:
        tokens = tokens_of(chapter.source)
        headings = iter(headings_of(tokens))
        below: list[str] = []
        for token in tokens:
            if token.type == "heading_open":
                level, anchor, title = next(headings)
                below = []
                found.append((chapter.name, anchor, level, title, below))
            elif token.type in {"inline", "fence"}:
                below.append(token.content)
    return tuple(
        Section(name, anchor, level, title, "\n".join([title, *below]).lower())
        for name, anchor, level, title, below in found
    )


def sections(manual: Manual) -> tuple[Section, ...]:
    """Every heading of the book in order."""
    return _sections(manual)


def found(manual: Manual, words: str) -> tuple[Section, ...]:
    """The sections that hold all the words (parted by spaces), those with them in the title first."""
    wanted = words.lower().split()
    if not wanted:
        return ()
    hits = [section for section in sections(manual) if all(word in section.text for word in wanted)]
    return tuple(sorted(hits, key=lambda hit: not all(word in hit.title.lower() for word in wanted)))

"""The manual as one PDF 手引き: title, contents with page numbers, every chapter, bookmarks."""

import io
from typing import Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer
from reportlab.platypus.tableofcontents import TableOfContents

from kakanai.forms.fontfiles import FontRole
from kakanai.forms.fonts import ONE_DOCUMENT, FontShelf
from kakanai.manual.book_blocks import BookBlocks
from kakanai.manual.book_pages import BookPages
from kakanai.manual.chapters import Manual
from kakanai.manual.errors import ManualUnprintableError
from kakanai.manual.marked_up import headings_of, tokens_of
from kakanai.manual.paper_words import ROLES, ManualWords

_TITLE: Final = "kakanai 手引き"
CHEAT_SHEET: Final = "cheat-sheet.md"


def book_pdf(manual: Manual, shelf: FontShelf, version: str) -> bytes:
    """The whole manual, A4; equal input gives equal bytes.

    Raises:
        ManualUnprintableError: a chapter holds what cannot be set.
        FontMissingError, FontUnusableError: a font of paper is not there.
    """
    out = io.BytesIO()
    with ONE_DOCUMENT:
        try:
            pages = BookPages(out, shelf, _TITLE)
            pages.multiBuild(list(_story(manual, shelf, version)))
        finally:
            for role in ROLES:
                shelf.font(role).forget()
    return out.getvalue()


def cheat_sheet_pdf(manual: Manual, shelf: FontShelf) -> bytes:
    """The one page to hang up at the counter 早見表; equal input gives equal bytes.

    Raises:
        ManualMissingError: there is no such chapter.
        ManualUnprintableError: it holds what cannot be set, or does not go on one page.
    """
    chapter = manual.chapter(CHEAT_SHEET)
    out = io.BytesIO()
    with ONE_DOCUMENT:
        try:
            for role in ROLES:
                shelf.drawable(role, "0123456789,")
            pages = BookPages(out, shelf, chapter.title)
            pages.build(list(BookBlocks(shelf, manual.folder, {}).blocks(chapter)))
        finally:
            for role in ROLES:
                shelf.font(role).forget()
    if pages.page != 1:
        raise ManualUnprintableError(file=chapter.name, reason=f"{pages.page} pages")
    return out.getvalue()


def _story(manual: Manual, shelf: FontShelf, version: str) -> list[Flowable]:
    contents, *chapters = manual.chapters
    words = ManualWords(shelf, contents.name, {})
    bold = shelf.font(FontRole.LABEL_BOLD).fontName
    plain = shelf.font(FontRole.LABEL).fontName
    title = ParagraphStyle("title", fontName=bold, fontSize=26, leading=36, wordWrap="CJK")
    small = ParagraphStyle(
        "small", fontName=plain, fontSize=10, leading=16, wordWrap="CJK", spaceAfter=8 * mm
    )
    list_of = TableOfContents(dotsMinLevel=-1)
    list_of.levelStyles = [
        ParagraphStyle("toc0", fontName=bold, fontSize=11, leading=18, spaceBefore=3 * mm, wordWrap="CJK"),
        ParagraphStyle("toc1", fontName=plain, fontSize=9, leading=14, leftIndent=6 * mm, wordWrap="CJK"),
    ]
    for role in ROLES:
        shelf.drawable(role, "0123456789,")  # page numbers, which ReportLab sets by itself
    blocks = BookBlocks(shelf, manual.folder, _targets(manual))
    story: list[Flowable] = [
        Paragraph(words.plain(_TITLE, bold=True), title),
        Paragraph(words.plain(f"kakanai {version}"), small),
        list_of,
        Spacer(1, 4 * mm),
    ]
    for chapter in chapters:
        story.extend(blocks.chapter(chapter))
    return story


def _targets(manual: Manual) -> dict[str, str]:
    """Every link to a heading of the book, and the anchor it leads to."""
    targets = {}
    for chapter in manual.chapters[1:]:
        targets[chapter.name] = chapter.name
        for level, anchor, _words in headings_of(tokens_of(chapter.source)):
            link = f"{chapter.name}#{anchor}"
            targets[link] = chapter.name if level == 1 else link
    targets |= {f"../{link}": target for link, target in targets.items()}
    return targets

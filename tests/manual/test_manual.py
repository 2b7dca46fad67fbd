"""The manual: chapters, links, what F1 opens, and what stands on paper, read back by poppler."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kakanai.forms.fonts import FontShelf
from kakanai.manual.book import book_pdf, cheat_sheet_pdf
from kakanai.manual.chapters import Manual
from kakanai.manual.errors import ManualMissingError, ManualUnprintableError
from kakanai.manual.marked_up import anchor_of, headings_of, html_of, tokens_of
from kakanai.manual.on_screen import found, page_html, sections
from kakanai.ui.manual.manual_places import PLACES


@pytest.fixture(scope="module")
def manual():
    return Manual()


@pytest.fixture(scope="module")
def shelf():
    return FontShelf()


@pytest.fixture
def small(tmp_path):
    """A book of one chapter that a test writes."""

    def write(text):
        (tmp_path / "index.md").write_text("# 目次\n\n[章](one.md)\n", encoding="utf-8")
        (tmp_path / "one.md").write_text(text, encoding="utf-8")
        return Manual(tmp_path)

    return write


def text_of(pdf, tmp_path):
    path = tmp_path / "book.pdf"
    path.write_bytes(pdf)
    told = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return told.stdout.decode()


def anchors(manual):
    return {f"{one.chapter}#{one.anchor}" for one in sections(manual)}


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        ("受付でも\n刷り直せます。", "受付でも刷り直せます。"),
        ("`kakanai doctor`\nで見ます。", "<code>kakanai doctor</code>で見ます。"),
        ("SQLite\nPostgreSQL", "SQLite PostgreSQL"),
        ("**太字**\n`doctor`", "<strong>太字</strong><code>doctor</code>"),
        ("**TLS**\nPostgreSQL", "<strong>TLS</strong> PostgreSQL"),
    ],
)
def test_a_line_that_goes_on_has_no_space_in_japanese(lines, read):
    assert html_of(tokens_of(lines)) == f"<p>{read}</p>\n"


def test_the_contents_page_names_every_chapter_that_lies_there(manual):
    lying = {path.name for path in manual.folder.glob("*.md")}
    assert lying <= {chapter.name for chapter in manual.chapters}


def test_every_link_within_the_manual_leads_to_a_heading(manual):
    there = anchors(manual)
    broken = []
    for chapter in manual.chapters:
        for name, anchor in re.findall(r"\]\((?:\.\./)?([\w-]*(?:\.md)?)#([^)]+)\)", chapter.source):
            if f"{name or chapter.name}#{anchor}" not in there:
                broken.append((chapter.name, name, anchor))
    assert broken == []


@pytest.mark.parametrize("place", sorted(set(PLACES)))
def test_what_f1_opens_is_there(manual, place):
    assert place in anchors(manual)


def test_the_whole_manual_can_be_printed(manual, shelf, tmp_path):
    told = text_of(book_pdf(manual, shelf, "1.2.3"), tmp_path)
    assert "kakanai 1.2.3" in told
    for chapter in manual.chapters[1:]:
        assert chapter.title in told
    assert "券面事項入力補助用の暗証番号" in told.replace("\n", "")
    assert "A-001" in told


def test_equal_input_gives_equal_bytes(small, shelf):
    manual = small("# 章\n\n本文 ① です。\n")
    assert book_pdf(manual, shelf, "1") == book_pdf(manual, shelf, "1")


def test_the_cheat_sheet_is_one_page(manual, shelf, tmp_path):
    told = text_of(cheat_sheet_pdf(manual, shelf), tmp_path)
    assert "早見表" in told
    assert told.count("\f") == 1


def test_a_cheat_sheet_that_has_grown_is_refused(manual, shelf, tmp_path):
    folder = tmp_path / "manual"
    folder.mkdir()
    (folder / "index.md").write_text("[早見表](cheat-sheet.md)", encoding="utf-8")
    (folder / "cheat-sheet.md").write_text("# 早見表\n\n" + "長い文です。\n\n" * 90, encoding="utf-8")
    with pytest.raises(ManualUnprintableError):
        cheat_sheet_pdf(Manual(folder), shelf)


def test_a_character_without_a_glyph_is_told_and_not_dropped(small, shelf):
    with pytest.raises(ManualUnprintableError) as told:
        book_pdf(small("# 章\n\nภาษา\n"), shelf, "1")
    assert told.value.details == {"file": "one.md", "reason": "U+0E20"}


def test_a_picture_that_is_not_there_is_told(small, shelf):
    with pytest.raises(ManualUnprintableError) as told:
        book_pdf(small("# 章\n\n![図](images/none.png)\n"), shelf, "1")
    assert told.value.details["reason"] == "images/none.png"


def test_a_list_within_a_list_and_a_long_table_are_set(small, shelf, tmp_path):
    rows = "".join(f"| 行{n} | 値{n} |\n" for n in range(80))
    manual = small(
        f"# 章\n\n1. 一\n   - 内\n2. 二\n\n| 名 | 値 |\n| --- | --- |\n{rows}\n```\nkakanai log day\n```\n"
    )
    told = text_of(book_pdf(manual, shelf, "1"), tmp_path)
    assert [word for word in ("1", "内", "値79", "kakanai log day") if word not in told] == []
    assert told.count("名") >= 2  # the head of the table again on its next page


def test_a_manual_that_was_not_shipped_is_told(tmp_path):
    with pytest.raises(ManualMissingError):
        Manual(tmp_path)
    (tmp_path / "index.md").write_text("[x](gone.md)", encoding="utf-8")
    with pytest.raises(ManualMissingError) as told:
        Manual(tmp_path)
    assert told.value.details == {"file": "gone.md"}


def test_an_installed_manual_has_all_in_one_folder(manual, tmp_path):
    folder = tmp_path / "manual"
    shutil.copytree(manual.folder, folder, ignore=shutil.ignore_patterns("*.png", "*.py", "__pycache__"))
    shutil.copy(manual.folder.parent / "failure-codes.md", folder)
    assert [one.source for one in Manual(folder).chapters] == [one.source for one in manual.chapters]


def test_headings_of_the_same_words_have_anchors_of_their_own():
    told = headings_of(tokens_of("# A\n\n## 同じ\n\n## 同じ\n"))
    assert [anchor for _, anchor, _ in told] == ["a", "同じ", "同じ-1"]
    assert anchor_of("① カードを置く") == "①-カードを置く"


def test_html_of_the_author_is_shown_and_not_taken(small):
    chapter = small("# 章\n\n<script>x</script>\n").chapters[1]
    assert "<script>" not in page_html(chapter, 300)


def test_search_finds_every_word_and_titles_first(manual):
    hits = found(manual, "照合番号B 残り回数")
    assert hits
    assert all("照合番号b" in hit.text and "残り回数" in hit.text for hit in hits)
    assert found(manual, "照合番号B")[0].title.lower().startswith("照合番号b")
    assert found(manual, "そんなことばはない") == ()
    assert Path(manual.folder).is_dir()

"""One line searches years, a page at a time."""

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt

from kakanai.daybook import found
from kakanai.sessionlog import case_search
from kakanai.sessionlog.entry import EntryKind
from kakanai.sessionlog.errors import LogLockedError
from kakanai.ui.daybook.case_table import CaseTable
from tests.daybook.sample_day import DAY, ODD, SampleDay
from tests.ui.daybook.conftest import ORDINARY, Reader

OF_A_PAGE = 50


def search(reader: Reader, words: str) -> None:
    reader.press(Qt.Key.Key_Slash)
    assert reader.focused is reader.page.query
    reader.page.query.setText(words)
    reader.press(Qt.Key.Key_Return)
    reader.settle()


def test_what_is_found_takes_the_place_of_the_day_until_escape(reader: Reader) -> None:
    search(reader, "F07 2026-11")
    cases = reader.page.cases
    assert "4件で全部です" in cases.found.text()  # every fourth of 12, and the third of the day before
    assert len(reader.numbers) == 4
    assert cases.chips.isHidden()
    assert isinstance(reader.focused, CaseTable)
    (entry,) = reader.entries(EntryKind.LOG_SEARCHED)
    assert entry.names == ("form.F07",)
    reader.choose(reader.numbers[0])
    reader.press(Qt.Key.Key_Escape)
    assert len(reader.numbers) == ORDINARY + len(ODD)
    assert cases.chips.isVisible()
    assert reader.page.query.text() == ""


def test_more_is_read_as_the_table_scrolls_and_is_no_new_search(reader: Reader, sample: SampleDay) -> None:
    SampleDay(reader.log, DAY - dt.timedelta(days=400)).ordinary(130)
    search(reader, "2025-10-16")
    assert len(reader.numbers) == OF_A_PAGE
    assert "続きは下へ" in reader.page.cases.found.text()
    reader.table.scrollToBottom()
    reader.wait(lambda: len(reader.numbers) == 2 * OF_A_PAGE)
    reader.table.scrollToBottom()
    reader.wait(lambda: len(reader.numbers) == 130)
    assert "130件で全部です" in reader.page.cases.found.text()
    assert len(set(reader.numbers)) == 130
    assert len(reader.entries(EntryKind.LOG_SEARCHED)) == 1


def test_a_search_that_finds_little_says_how_far_it_is_and_goes_on(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_search, "_FIRST_REACH", 1)
    for name in ("_MOMENT_S", "_WHILE_S"):
        monkeypatch.setattr(found, name, 0)
    sheet, told = reader.page.cases, []
    tell = sheet.tell_found

    def note(*args: Any, **kwargs: Any) -> None:
        tell(*args, **kwargs)
        told.append(sheet.found.text())

    monkeypatch.setattr(sheet, "tell_found", note)
    search(reader, "F07 1024")
    reader.wait(lambda: "で全部です" in sheet.found.text())
    assert (
        "件。令和8年11月20日（金）の受付まで探しました。続けて探しています（Esc で検索をやめる）" in told[0]
    )
    assert len(told) > 2
    assert len(reader.numbers) == 1
    assert len(reader.entries(EntryKind.LOG_SEARCHED)) == 1


def test_what_an_earlier_search_goes_on_to_find_is_not_put_among_what_is_found_now(reader: Reader) -> None:
    search(reader, "F01")
    earlier = reader.page.searching._found
    assert earlier is not None
    search(reader, "F07 2026-11")
    reader.page.searching._add(earlier, earlier.lines)
    assert len(reader.numbers) == 4
    assert "4件で全部です" in reader.page.cases.found.text()


def test_a_search_that_the_log_breaks_off_says_so_and_can_go_on(
    reader: Reader, sample: SampleDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    SampleDay(reader.log, DAY - dt.timedelta(days=400)).ordinary(OF_A_PAGE + 1)
    search(reader, "2025-10-16")

    def refuse(*_: Any, **__: Any) -> None:
        raise LogLockedError(path="x")

    cases = reader.page.cases
    with monkeypatch.context() as broken:
        broken.setattr(reader.log, "cases", refuse)
        cases.table.cases.fetchMore()
        reader.settle()
    assert "L-0" in reader.page.notice.text
    assert "続きは下へ" in cases.found.text()
    cases.table.cases.fetchMore()
    reader.wait(lambda: len(reader.numbers) == OF_A_PAGE + 1)


def test_a_word_that_means_nothing_is_told_and_not_kept(reader: Reader) -> None:
    search(reader, "見本太郎")
    assert "L-063" in reader.page.notice.text
    assert "見本太郎" not in reader.page.notice.text
    assert reader.entries(EntryKind.LOG_SEARCHED) == []
    assert len(reader.numbers) == ORDINARY + len(ODD)


def test_a_case_that_was_found_is_judged_where_it_stands(reader: Reader) -> None:
    search(reader, "2026-11-19")
    first, second = reader.numbers[:2]
    reader.choose(first)
    reader.press(Qt.Key.Key_S)
    reader.wait(lambda: reader.panel.is_asking)
    reader.press(Qt.Key.Key_1)
    reader.wait(lambda: reader.panel.title.text() == second)
    reader.settle()
    assert len(reader.numbers) == 3
    assert reader.table.shown.index(0, 7).data() == "✓ 承認"


def test_an_empty_line_gives_the_day_back(reader: Reader) -> None:
    search(reader, "再印刷")
    assert len(reader.numbers) == 1
    search(reader, "")
    assert len(reader.numbers) == ORDINARY + len(ODD)


def test_h_in_a_search_approves_nothing(reader: Reader) -> None:
    search(reader, "2026-11-19")
    reader.press(Qt.Key.Key_H)
    assert "まとめて承認できる受付はありません" in reader.page.notice.text

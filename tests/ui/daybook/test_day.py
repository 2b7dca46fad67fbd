"""The day at a glance: figures, chips, the case beside the table, what is logged of looking."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt

from kakanai.daybook import day_front
from kakanai.daybook.concerns import Reason
from kakanai.sessionlog.entry import EntryKind
from kakanai.sessionlog.errors import LogLockedError
from kakanai.sessionlog.store import SessionLog
from kakanai.staff.role import Role
from tests.daybook.sample_day import DAY, ODD, SampleDay
from tests.staff.conftest import SUPERVISOR
from tests.ui.daybook.conftest import ORDINARY, Reader


def test_the_day_is_told_in_figures_chips_and_rows(reader: Reader) -> None:
    page = reader.page
    cases = ORDINARY + len(ODD)
    assert f"受付 {cases}件" in page.figures.words
    assert "再印刷 1回" in page.figures.words
    assert len(reader.numbers) == cases
    assert page.line.words.text() == "令和8年11月20日（金）"
    assert page.line.state.text() == "○ 未締め"
    chips = {reason: chip.text() for reason, chip in page.cases.chips.chips.items() if chip.isVisible()}
    assert chips[None] == f"すべて {cases}"
    assert chips[Reason.LOOKUP] == "印刷なしの閲覧 1"
    assert chips[Reason.OVERRIDDEN] == "上書き判断 1"
    assert Reason.SENT_BACK not in chips


def test_of_a_day_with_very_many_cases_the_first_are_in_sight_before_the_rest(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(day_front, "_AT_ONCE", 2)
    monkeypatch.setattr(day_front, "_SHOWN", 2)
    page, fronts = reader.page, []
    show = page.cases.show_front

    def note(*args: Any) -> None:
        show(*args)
        fronts.append((reader.numbers, page.figures.words, page.cases.chips.chips[None].text()))

    monkeypatch.setattr(page.cases, "show_front", note)
    page.line.step_back()
    reader.settle()
    (front,) = fronts
    assert len(front[0]) == 2
    assert "受付 3件" in front[1]
    assert "様式 …" in front[1]
    assert front[2] == "すべて 3"
    assert len(reader.numbers) == 3
    assert "様式 …" not in page.figures.words
    page.refresh()
    reader.settle()
    assert len(fronts) == 1  # what is in sight already is not taken away


def test_a_chip_leaves_its_cases_and_looks_at_none(reader: Reader) -> None:
    reader.choose(reader.numbers[0])
    looks = len(reader.entries(EntryKind.LOG_VIEWED))
    reader.page.cases.chips.chips[Reason.REPRINTED].click()
    assert len(reader.numbers) == 1
    assert reader.table.line is None
    reader.qtbot.wait(500)
    assert len(reader.entries(EntryKind.LOG_VIEWED)) == looks
    reader.press(Qt.Key.Key_Down)
    assert reader.table.line is not None
    assert "紙を 2 回出しています" in reader.panel.facts.text()
    reader.page.cases.chips.chips[None].click()
    assert len(reader.numbers) == ORDINARY + len(ODD)


def test_opening_the_page_is_one_look_and_no_case(reader: Reader) -> None:
    (seen,) = reader.entries(EntryKind.LOG_VIEWED)
    assert seen.case_number is None
    assert seen.on == DAY
    reader.press(Qt.Key.Key_R)
    reader.settle()
    assert len(reader.entries(EntryKind.LOG_VIEWED)) == 1


def test_a_case_that_is_rested_at_is_told_and_logged_those_passed_by_are_not(reader: Reader) -> None:
    reader.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down)
    reader.wait(lambda: "受付を始めました" in reader.panel.text.toPlainText())
    number = reader.numbers[2]
    assert reader.panel.title.text() == number
    assert "08:" in reader.panel.text.toPlainText()
    looks = [str(one.case_number) for one in reader.entries(EntryKind.LOG_VIEWED) if one.case_number]
    assert looks == [number]


def test_other_days_by_buttons_and_out_of_the_list(reader: Reader) -> None:
    page = reader.page
    page.line.step_back()
    reader.settle()
    assert len(reader.numbers) == 3
    page.line.edit.setDate(QDate(2026, 11, 20))
    reader.settle()
    assert len(reader.numbers) == ORDINARY + len(ODD)
    reader.press(Qt.Key.Key_D)
    reader.wait(lambda: reader.focused is page.cases.days)
    told = [page.cases.days.item(row).text() for row in range(page.cases.days.count())]
    assert told == [
        f"2026-11-20（金）　{ORDINARY + len(ODD)}件　○ 未確認 {ORDINARY + len(ODD)}",
        "2026-11-19（木）　3件　○ 未確認 3",
    ]
    reader.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    reader.settle()
    assert page.line.day == DAY - dt.timedelta(days=1)
    assert len(reader.numbers) == 3
    reader.wait(lambda: reader.focused is reader.table)


def test_warnings_are_in_sight_and_all_of_them_on_the_sheet_of_records(
    sample: SampleDay, open_page: Callable[[], Reader]
) -> None:
    sample.act(EntryKind.DISK_LOW)
    sample.act(EntryKind.CLOCK_SET_BACK, counts={"seconds": 600})
    reader = open_page()
    strip = reader.page.cases.warnings
    assert strip.text.startswith("× 重要　パソコンの時計が戻っています")
    assert "ほか 1 件（K）" in strip.text
    reader.press(Qt.Key.Key_K)
    told = reader.page.office.text.toPlainText()
    assert "締めていない日があります: 11月19日" in told
    assert "ディスクの空きが少なくなりました" in told
    assert reader.focused is reader.page.office.text


def test_a_roll_back_stays_told_until_the_supervisor_looked_into_it(
    sample: SampleDay, sign_in: Callable[[Role], None], open_page: Callable[[], Reader]
) -> None:
    sample.act(EntryKind.ROLLED_BACK_SEEN, codes=("L-031",), counts={"seq": 9})
    sign_in(Role.SUPERVISOR)
    reader = open_page()
    page = reader.page
    assert "前の状態に戻されています" in page.cases.warnings.text
    reader.press(Qt.Key.Key_K)
    assert page.office.button.isVisible()
    page.office.button.click()
    reader.settle()
    reader.settle()
    (entry,) = reader.entries(EntryKind.ROLLED_BACK_ACKNOWLEDGED)
    assert entry.clerk == SUPERVISOR
    assert page.office.button.isHidden()
    assert "前の状態に戻されています" not in page.cases.warnings.text


def test_escape_goes_one_step_back(reader: Reader) -> None:
    left: list[bool] = []
    reader.page.left.connect(lambda: left.append(True))
    reader.press(Qt.Key.Key_Z)
    reader.settle()
    reader.page.notice.tell("caution", "何か")
    reader.press(Qt.Key.Key_Escape)
    assert reader.page.notice.isHidden()
    reader.press(Qt.Key.Key_Escape)
    assert reader.page.row.sheets.currentIndex() == 0
    assert left == []
    reader.press(Qt.Key.Key_Escape)
    assert left == [True]


def test_a_log_that_cannot_be_read_is_told(
    reader: Reader, log: SessionLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise LogLockedError(path="x")

    monkeypatch.setattr(log, "cases", locked)
    reader.press(Qt.Key.Key_R)
    reader.settle()
    assert "L-013" in reader.page.notice.text
    assert reader.numbers == []
    assert reader.page.figures.isHidden()


def test_nothing_of_one_reader_is_left_for_the_next(reader: Reader) -> None:
    reader.choose(reader.numbers[0])
    reader.page.cases.show_nothing()
    assert reader.panel.line is None
    assert reader.panel.text.toPlainText() == ""
    assert reader.numbers == []

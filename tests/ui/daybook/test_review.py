"""Judging by keys: approve, send back, comment, and all that nothing is to be said of."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from kakanai.sessionlog.entry import CaseNumber, EntryKind
from kakanai.sessionlog.words import Review
from kakanai.staff.guard import Guard
from kakanai.staff.role import Role
from kakanai.staff.rules import StaffRules
from tests.daybook.sample_day import SampleDay
from tests.staff.conftest import SUPERVISOR
from tests.ui.daybook.conftest import ORDINARY, Reader


def review_of(reader: Reader, number: str) -> Review:
    line = reader.log.case(CaseNumber(number))
    assert line is not None
    return line.review


def test_s_and_enter_approve_and_go_on_to_the_next_case(reader: Reader) -> None:
    first, second = reader.numbers[:2]
    reader.choose(first)
    reader.press(Qt.Key.Key_S)
    reader.wait(lambda: reader.panel.is_asking)
    reader.press(Qt.Key.Key_Return)
    reader.wait(lambda: review_of(reader, first) is Review.APPROVED)
    reader.wait(lambda: reader.panel.title.text() == second)
    reader.settle()
    assert reader.panel.said.text() == f"✓ {first} を承認しました。"
    assert reader.table.shown.index(0, 7).data() == "✓ 承認"
    assert "承認 1件" in reader.page.figures.words
    assert reader.focused is reader.table


def test_a_number_chooses_the_phrase_to_send_back_with(reader: Reader) -> None:
    number = reader.numbers[0]
    reader.choose(number)
    reader.press(Qt.Key.Key_M)
    reader.wait(lambda: reader.panel.is_asking)
    assert reader.panel.phrases.buttons[1].whole_text == "2 持ち物・書類の確認が足りない"
    reader.press(Qt.Key.Key_2)
    reader.wait(lambda: review_of(reader, number) is Review.SENT_BACK)
    reader.settle()
    (entry,) = reader.entries(EntryKind.CASE_SENT_BACK)
    assert entry.names == ("review.documents_missing",)
    assert reader.panel.title.text() == number
    reader.wait(lambda: "持ち物・書類の確認が足りない" in reader.panel.text.toPlainText())
    assert reader.table.shown.index(0, 7).data() == "↩ 差戻し"


def test_escape_takes_the_phrases_away_and_says_nothing(reader: Reader) -> None:
    reader.choose(reader.numbers[0])
    reader.press(Qt.Key.Key_F)
    reader.wait(lambda: reader.panel.is_asking)
    reader.press(Qt.Key.Key_Down)
    assert reader.focused is reader.panel.phrases.buttons[1]
    reader.press(Qt.Key.Key_Escape)
    assert not reader.panel.is_asking
    assert reader.focused is reader.table
    assert reader.entries(EntryKind.CASE_COMMENTED) == []


def test_a_case_that_has_not_ended_is_not_approved(reader: Reader) -> None:
    number = str(reader.numbers[ORDINARY + 2])
    reader.choose(number)
    reader.press(Qt.Key.Key_S)
    reader.wait(lambda: reader.panel.is_asking)
    reader.press(Qt.Key.Key_0)
    reader.wait(lambda: "L-062" in reader.page.notice.text)
    assert review_of(reader, number) is Review.NONE


def test_without_a_case_a_judgement_asks_for_one(reader: Reader) -> None:
    reader.press(Qt.Key.Key_S)
    assert "受付を選んでください" in reader.page.notice.text


def test_all_that_nothing_is_to_be_said_of_in_one_go(reader: Reader) -> None:
    button = reader.page.cases.all_button
    assert button.text() == f"ほかの {ORDINARY} 件をまとめて承認（H）"
    reader.press(Qt.Key.Key_H, Qt.Key.Key_2)
    assert reader.entries(EntryKind.CASE_APPROVED) == []
    reader.press(Qt.Key.Key_H, Qt.Key.Key_1)
    reader.wait(lambda: len(reader.entries(EntryKind.CASE_APPROVED)) == ORDINARY)
    reader.settle()
    assert button.isHidden()
    assert f"承認 {ORDINARY}件" in reader.page.figures.words


def test_a_clerk_sees_the_day_and_no_more(
    sign_in: Callable[[Role], None], open_page: Callable[[], Reader]
) -> None:
    sign_in(Role.CLERK)
    reader = open_page()
    page = reader.page
    assert len(reader.numbers) > ORDINARY
    assert page.cases.all_button.isHidden()
    assert reader.panel.bar.isHidden()
    reader.press(Qt.Key.Key_Down)
    reader.wait(lambda: "A-005" in reader.panel.text.toPlainText())
    reader.press(Qt.Key.Key_S)
    reader.wait(lambda: "A-005" in page.notice.text)
    assert not reader.panel.is_asking
    page.notice.dismiss()
    reader.press(Qt.Key.Key_Z)
    reader.wait(lambda: "A-005" in page.charts.text.toPlainText())
    reader.press(Qt.Key.Key_P)
    assert not page.hand_on.export_button.isEnabled()
    assert "A-005" in page.hand_on.result.toPlainText()
    reader.press(Qt.Key.Key_J)
    reader.settle()
    assert page.closing.button.isHidden()
    assert "A-005" in page.closing.what.text()
    assert {one.case_number for one in reader.entries(EntryKind.LOG_VIEWED)} == {None}


def test_an_auditor_reads_and_judges_nothing(
    sign_in: Callable[[Role], None], open_page: Callable[[], Reader]
) -> None:
    sign_in(Role.AUDITOR)
    reader = open_page()
    reader.choose(reader.numbers[0])
    assert reader.panel.bar.isHidden()
    assert reader.page.cases.all_button.isHidden()
    assert reader.page.hand_on.export_button.isEnabled()


def test_with_four_eyes_own_cases_are_left_for_another(
    sign_in: Callable[[Role], None], guard: Guard, sample: SampleDay, open_page: Callable[[], Reader]
) -> None:
    guard.roster.rules = StaffRules(four_eyes=True)
    sample.ordinary(3)
    sample.case(clerk=SUPERVISOR)
    sign_in(Role.SUPERVISOR)
    reader = open_page()
    assert str(ORDINARY + 3) in reader.page.cases.all_button.text()
    reader.choose(reader.numbers[-1])
    reader.press(Qt.Key.Key_S)
    reader.wait(lambda: "A-011" in reader.page.notice.text)


def test_nobody_signed_in_reads_nothing(
    sign_in: Callable[[Role], None], guard: Guard, open_page: Callable[[], Reader]
) -> None:
    sign_in(Role.SUPERVISOR)
    guard.sign_out()
    reader = open_page()
    assert "A-003" in reader.page.notice.text
    assert reader.numbers == []

"""② by keys alone: any procedure in three keys, by words, by shelf; chips take back; the paper is told."""

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kakanai.sessionlog.entry import CaseNumber, ClerkId, EntryKind, LogEntry
from kakanai.sessionlog.errors import LogLockedError
from kakanai.ui.desk import Desk
from kakanai.ui.procedure_stretch import ProcedureStretch
from tests.ui.conftest import FIVE_FORMS, Clerk


@pytest.fixture
def stretch(clerk: Clerk) -> ProcedureStretch:
    clerk.press(Qt.Key.Key_F4)
    clerk.wait(lambda: clerk.talk.current == 1)
    return clerk.talk.procedure


def shown(stretch: ProcedureStretch) -> list[str]:
    return [procedure.id for procedure in stretch.table.shown]


def test_every_procedure_is_three_keys_away(clerk: Clerk, stretch: ProcedureStretch) -> None:
    procedures = clerk.flow.counter.office.procedures.procedures.values()
    for procedure in [procedure for procedure in procedures if procedure.number]:
        clerk.type(procedure.number)
        assert len(procedure.number) == 2
        assert stretch.table.current is procedure
        stretch.line.clear()


def test_number_and_enter_choose_and_the_next_enter_goes_on(clerk: Clerk, stretch: ProcedureStretch) -> None:
    clerk.type("05")
    clerk.enter()
    assert stretch.chosen == ["seal-certificate"]
    assert stretch.line.text() == ""
    assert clerk.focused is stretch.line
    clerk.type("41")
    clerk.enter()
    assert stretch.chosen == ["seal-certificate", "move-in"]
    clerk.press(Qt.Key.Key_F4)
    clerk.enter()
    clerk.wait(lambda: clerk.talk.current != 1)  # nobody is here yet: on to ①
    assert clerk.talk.current == 0


def test_words_find_and_arrows_choose_among_what_was_found(clerk: Clerk, stretch: ProcedureStretch) -> None:
    clerk.type("国保")
    found = shown(stretch)
    assert {"insurance-acquire", "insurance-lose", "insurance-certificate"} <= set(found)
    clerk.press(Qt.Key.Key_Down)
    clerk.press(Qt.Key.Key_Down)
    clerk.press(Qt.Key.Key_Up)
    clerk.enter()
    assert stretch.chosen == [found[1]]


def test_kana_are_heard_while_they_are_composed(clerk: Clerk, stretch: ProcedureStretch) -> None:
    QApplication.sendEvent(clerk.focused, QInputMethodEvent("てんにゅう", []))
    assert shown(stretch)[0] == "move-in"
    assert stretch.line.text() == ""
    event = QInputMethodEvent()
    event.setCommitString("転居")
    QApplication.sendEvent(clerk.focused, event)
    assert shown(stretch)[0] == "move-within"


def test_what_is_not_found_is_said(clerk: Clerk, stretch: ProcedureStretch) -> None:
    clerk.type("ぱすぽーと")
    assert shown(stretch) == []
    assert "見つかりません" in stretch._nothing.text()
    clerk.enter()
    assert stretch.chosen == []
    assert clerk.talk.current == 1
    clerk.press(Qt.Key.Key_Escape)
    assert stretch.line.text() == ""
    assert len(shown(stretch)) == len(clerk.flow.counter.office.procedures.procedures)
    assert stretch._nothing.isHidden()


def test_shelves_are_turned_by_left_and_right(clerk: Clerk, stretch: ProcedureStretch) -> None:
    clerk.press(Qt.Key.Key_Right)
    assert stretch.shelves.shelf is not None
    assert stretch.shelves.shelf.label == "転入"
    assert shown(stretch)[0] == "move-in"
    clerk.press(Qt.Key.Key_Down)
    clerk.press(Qt.Key.Key_Space)
    assert stretch.chosen == ["move-in"]
    clerk.press(Qt.Key.Key_Space)  # and back
    assert stretch.chosen == []
    clerk.press(Qt.Key.Key_Left)
    clerk.press(Qt.Key.Key_Left)
    assert stretch.shelves.currentRow() == stretch.shelves.count() - 1


def test_chips_take_back_by_key_and_by_mouse(clerk: Clerk, stretch: ProcedureStretch) -> None:
    clerk.choose(*FIVE_FORMS, forms=5)
    assert list(stretch.chips.chips) == list(FIVE_FORMS)
    while clerk.focused is not stretch.chips.chips["tax-certificate"]:
        clerk.press(Qt.Key.Key_Tab)
    clerk.press(Qt.Key.Key_Delete)
    assert "tax-certificate" not in stretch.chosen
    assert clerk.focused is stretch.line
    QTest.mouseClick(stretch.chips.chips["seal-certificate"], Qt.MouseButton.LeftButton)
    assert stretch.chosen == ["residence-certificate", "move-in-with-insurance"]
    assert stretch.chips.chips["residence-certificate"].accessibleName() == "住民票の写し を外す"


def test_the_table_is_for_mouse_and_tab_too(clerk: Clerk, stretch: ProcedureStretch) -> None:
    place = stretch.table.visualRect(stretch.table.model().index(0, 1)).center()
    first = shown(stretch)[0]
    QTest.mouseClick(stretch.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert stretch.chosen == [first]
    assert clerk.focused is stretch.table
    clerk.press(Qt.Key.Key_Space)
    assert stretch.chosen == []
    clerk.type("4")  # letters go back to the line
    clerk.type("1")
    assert clerk.focused is stretch.line
    assert stretch.line.text() == "41"


def test_the_forms_that_come_out_are_told_with_their_pages(clerk: Clerk, stretch: ProcedureStretch) -> None:
    clerk.choose("residence-certificate", "move-in", forms=2)
    clerk.wait(lambda: "2様式 2枚" in stretch._forms.text())
    assert "F01 住民票の写し" in stretch._forms.text()
    assert "F07 住民異動届 1枚" in stretch._forms.text()
    clerk.choose("child-allowance", "care-card", "water", forms=5)
    # Two sheets and the town's copies: what is done about the water is not answered yet.
    clerk.wait(lambda: "F29 4枚" in stretch._forms.text())
    assert "住民異動届" in stretch._forms.toolTip()


def test_two_that_do_not_go_together_are_told_and_the_first_stays(
    clerk: Clerk, stretch: ProcedureStretch
) -> None:
    clerk.choose("move-in", forms=1)
    clerk.type("43")
    clerk.enter()
    assert stretch.chosen == ["move-in"]
    assert "転出" in clerk.talk.notice.text


def test_what_this_counter_was_asked_for_most_comes_first(
    make_clerk: Callable[[Desk], Clerk], desk: Desk
) -> None:
    for serial, procedures in enumerate((["dog"], ["dog", "water"], ["water"], ["dog"]), start=1):
        number = CaseNumber.build(dt.date(2026, 11, 20), serial)
        desk.office.log.append(
            LogEntry(
                kind=EntryKind.PROCEDURES_CHOSEN,
                case_number=number,
                clerk=ClerkId("1024"),
                at=desk.office.now(),
                procedures=tuple(procedures),
            )
        )
    clerk = make_clerk(desk)
    assert shown(clerk.talk.procedure)[:2] == ["dog", "water"]


def test_a_log_that_cannot_be_read_costs_only_the_order(
    make_clerk: Callable[[Desk], Clerk], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_since: object) -> None:
        raise LogLockedError(path="x")

    monkeypatch.setattr(desk.office.log, "procedure_counts", locked)
    clerk = make_clerk(desk)
    assert shown(clerk.talk.procedure) == list(desk.office.procedures.procedures)


def test_screen_readers_are_told_number_title_forms_and_state(
    clerk: Clerk, stretch: ProcedureStretch
) -> None:
    clerk.choose("move-in", forms=1)
    row = shown(stretch).index("move-in")
    item = stretch.table.item(row, 1)
    assert item is not None
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "41 転入 F07 選択済み"
    assert item.text() == "✓ 転入"  # not by weight alone


def test_twelve_procedures_still_fit(clerk: Clerk, stretch: ProcedureStretch) -> None:
    many = [
        "move-in",
        "insurance-acquire",
        "child-allowance",
        "child-medical-aid",
        "care-card",
        "water",
        "dog",
    ]
    more = [
        "residence-certificate",
        "seal-registration",
        "school-transfer",
        "moped-register",
        "account-transfer",
    ]
    clerk.choose(*many, *more, forms=12)
    window = clerk.window
    assert window.size().width() == 1366
    assert window.size().height() == 768
    assert stretch.scroll_area.verticalScrollBar().maximum() == 0
    assert stretch.table.height() >= 90
    assert stretch.table.horizontalScrollBar().maximum() == 0


def test_the_moped_of_a_dead_person_is_not_taken_for_the_visitors(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_F3)
    clerk.type("見本　太郎")
    clerk.talk.person.hand_entry._done.click()
    clerk.choose("funeral-benefit", "moped-scrap-after-death", forms=2)
    clerk.flow.answer("deceased.name", "例示　一夫")
    assert clerk.flow.facts.values["moped_owner.name"] == "例示　一夫"
    asked = {question.variable.id for group in clerk.flow.groups for question in group.questions}
    assert not asked & {"moped_owner.is_visitor", "moped_owner.name", "moped_owner.phone"}
    clerk.wait(lambda: clerk.flow.forms)

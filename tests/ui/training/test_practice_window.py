"""The training mode in the window: a resident's card by one press, the lesson beside it, faults, reset."""

import dataclasses

import pytest
from PySide6.QtCore import Qt

from kakanai.app.resident_cards import PracticeReaderSource, ResidentCards, resident_card
from kakanai.training.practice import Practice
from kakanai.training.practice_paper import for_practice
from kakanai.training.residents import load_clerk_name, load_residents
from tests.ui.conftest import FOLDER


@pytest.fixture
def practice(paths):
    source = PracticeReaderSource(paths.simulator_state_dir)
    made = Practice(load_residents(), ResidentCards(source))
    made.source = source
    return made


@pytest.fixture
def trainee(make_clerk, desk, practice):
    """A clerk at a practice window, and its frame."""
    made = make_clerk(
        dataclasses.replace(
            desk,
            office=for_practice(desk.office),
            source=practice.source,
            card_table=practice.table,
            practice=practice,
            clerk_name=load_clerk_name(),
            printer_for=lambda name: practice.printer(name, desk.printer_for),
        )
    )
    return made, made.window.practice


def press(frame, name):
    sheet = frame.panel.residents
    frame.panel.show_sheet(sheet)
    sheet.search.setText(name)
    sheet.search.taken.emit()


def test_the_first_lesson_follows_the_clerk(trainee, practice):
    clerk, frame = trainee
    window = clerk.window
    assert window.isAncestorOf(frame.band)
    assert window.top_bar._clerk.text() == "職員 練習　太郎"
    assert frame.band.isVisible()
    assert not window.card_table.isVisible()
    frame.panel.lesson.begin.click()
    press(frame, "とめ")
    clerk.wait(lambda: "別の人" in practice.lesson.remark)
    assert "別の人" in frame.band.told.text()
    clerk.wait(lambda: clerk.talk.is_asking_pin)
    frame.panel.residents.take.click()
    clerk.wait(lambda: not clerk.talk.is_asking_pin)
    press(frame, "けんいち")
    clerk.wait(lambda: practice.lesson.place == 1)
    clerk.wait(lambda: clerk.talk.is_asking_pin)
    assert frame.panel.residents.list.item(0).text().startswith("●")
    clerk.enter_pin("0000")
    clerk.wait(lambda: "暗証番号" in practice.lesson.remark)
    clerk.enter_pin()
    clerk.wait(lambda: practice.lesson.place == 2)
    assert frame.panel.lesson.steps[1].text().startswith("✓")
    clerk.flow.choose_event("move_in")
    clerk.wait(lambda: practice.lesson.place == 3)
    clerk.flow.cancel_case()
    clerk.wait(lambda: practice.lesson.place == 0)


def test_a_card_that_is_pulled_away_can_be_laid_again(trainee, practice):
    clerk, frame = trainee
    frame.panel.faults.buttons["card-pulled"].click()
    clerk.wait(lambda: clerk.talk.is_asking_pin)
    assert not frame.panel.faults.way_out.text()
    clerk.enter_pin()
    clerk.wait(lambda: practice.table.inserted() is None)
    clerk.wait(lambda: frame.panel.faults.way_out.text())
    press(frame, "例文")
    clerk.wait(lambda: clerk.talk.is_asking_pin)
    clerk.enter_pin()
    clerk.wait(lambda: "card-pulled" in practice.mastered)
    assert "できました" in frame.panel.faults.done.text()


def test_a_forged_card_is_met_and_not_used(trainee, practice):
    clerk, frame = trainee
    frame.panel.faults.buttons["mismatch"].click()
    clerk.wait(lambda: clerk.talk.is_asking_pin)
    clerk.enter_pin()
    clerk.wait(lambda: frame.panel.faults.way_out.text())
    assert "mismatch" not in practice.mastered
    clerk.flow.cancel_case()
    clerk.wait(lambda: "mismatch" in practice.mastered)


def test_a_second_press_takes_the_card_away(trainee, practice):
    clerk, frame = trainee
    press(frame, "けんいち")
    clerk.wait(lambda: frame.panel.residents.take.isEnabled())
    press(frame, "けんいち")
    assert practice.table.inserted() is None


def test_an_empty_printer_keeps_the_case_until_it_is_mended(trainee, practice):
    clerk, frame = trainee
    press(frame, "しょうた")
    clerk.wait(lambda: clerk.talk.is_asking_pin)
    clerk.enter_pin()
    clerk.wait(lambda: clerk.flow.person is not None)
    clerk.choose("seal-certificate", forms=1)
    frame.panel.faults.buttons["no-paper"].click()
    assert frame.panel.faults.mend.isVisibleTo(frame.panel.faults)
    clerk.flow.print_forms(FOLDER)
    clerk.wait(lambda: "P-023" in clerk.talk.notice.text)
    assert clerk.flow.case is not None
    frame.panel.faults.mend.click()
    clerk.flow.print_forms(FOLDER)
    clerk.wait(lambda: "no-paper" in practice.mastered)


def test_the_visitor_s_window_says_that_it_is_practice(trainee):
    clerk, _ = trainee
    clerk.press(Qt.Key.Key_F12)
    clerk.wait(lambda: clerk.window.visitor.window is not None)
    label = clerk.window.visitor.window.findChild(object, "VisitorPractice")
    assert "練習" in label.text()
    assert label.isVisibleTo(clerk.window.visitor.window)


def test_a_small_window_shows_the_work_or_the_panel(trainee):
    clerk, frame = trainee
    room, panel = clerk.window.centralWidget(), frame.panel
    assert panel.isVisible()
    clerk.window.resize(900, 700)
    clerk.wait(lambda: not panel.isVisible())
    assert room.is_narrow
    clerk.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    clerk.wait(panel.isVisible)
    assert not clerk.window.top_bar.isVisible()
    assert frame.band.isVisible()
    press(frame, "けんいち")
    clerk.wait(clerk.window.top_bar.isVisible)
    clerk.window.resize(1366, 768)
    frame.band.panel.setChecked(True)
    clerk.wait(lambda: panel.isVisible() and clerk.window.top_bar.isVisible())


def test_reset_is_asked_for_and_closes_the_window(trainee, practice):
    clerk, frame = trainee
    frame.panel.faults.reset.click()
    assert not practice.is_reset_wanted
    assert "はじめに戻しますか" in clerk.talk.notice.text
    clerk.talk.notice.focus_action()
    clerk.enter()
    clerk.wait(lambda: not clerk.window.isVisible())
    assert practice.is_reset_wanted


def test_without_the_training_mode_there_is_no_band(clerk):
    assert not hasattr(clerk.window, "practice")


def test_every_resident_has_a_card_and_the_name_that_is_told():
    for resident in load_residents():
        found = resident_card(resident.card)
        person = getattr(found, "person", None)
        if person is not None:
            assert person.name == resident.name

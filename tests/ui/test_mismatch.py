"""不一致 at the window: nothing is filled in until a supervisor decides, and the mark stays."""

import pytest
from PySide6.QtCore import Qt

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.counter import Office
from kakanai.sessionlog.entry import JST
from tests.ui.conftest import SUPERVISOR, Clerk

pytestmark = pytest.mark.usefixtures("no_stray_windows")


def read_forged(clerk: Clerk, source: SimulatedReaderSource, specimen: str = "forged") -> None:
    clerk.put_card(source, specimen)
    clerk.enter_pin()
    clerk.wait(lambda: "不一致" in clerk.talk.notice.text)


def ask_supervisor(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_Tab)
    clerk.enter()
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.supervisor))


def decide(clerk: Clerk, number: str) -> None:
    page = clerk.talk.supervisor
    page.supervisor.line.clear()
    clerk.type(number)
    clerk.enter()
    clerk.press(Qt.Key.Key_Space)
    page.confirm.setFocus()
    clerk.enter()


@pytest.mark.parametrize(
    ("specimen", "words"), [("forged", "書き換えられた"), ("cloned", "複製された")], ids=["forged", "cloned"]
)
def test_a_card_that_does_not_fit_is_not_used(
    clerk: Clerk, source: SimulatedReaderSource, office: Office, specimen: str, words: str
) -> None:
    clerk.choose("seal-certificate", forms=1)
    read_forged(clerk, source, specimen)
    assert clerk.flow.person is None
    assert words in clerk.talk.notice.text
    assert "失効は確認していません" in clerk.talk.notice.text
    assert clerk.talk.notice.property("tone") == "danger"
    assert "visitor.name" not in clerk.flow.facts.values
    assert clerk.flow.case.forms == ("F05",)
    clerk.enter()  # 使わない（手入力）
    clerk.wait(lambda: clerk.focused is clerk.talk.person.hand_entry.name)
    assert clerk.talk.person.hand_entry.name.text() == ""
    assert clerk.flow.pending is None
    (entry,) = office.log.day(office.now().astimezone(JST).date())
    assert entry.codes == ("I-050",)


def test_a_supervisor_lets_it_be_used_and_the_mark_stays(
    clerk: Clerk, source: SimulatedReaderSource, office: Office
) -> None:
    read_forged(clerk, source)
    ask_supervisor(clerk)
    decide(clerk, SUPERVISOR)
    clerk.wait(lambda: clerk.flow.person is not None)
    assert clerk.flow.person.name == "偽造　初子"
    card = clerk.talk.person.card
    assert card.verdict.text() == "⚠ × 不一致（責任者の判断で使用）"
    assert card.verdict.property("tone") == "danger"
    assert "⚠" in clerk.talk.person.header.whole_text
    clerk.choose("seal-certificate", forms=1)
    assert "⚠" in clerk.talk.person.header.whole_text
    (entry,) = office.log.day(office.now().astimezone(JST).date())
    assert {"I-050", "V-011", "V-004"} <= set(entry.codes)


@pytest.mark.parametrize(("number", "words"), [("1024", "同じ番号"), ("4444", "町の設定にない")])
def test_not_everybody_may_decide(
    clerk: Clerk, source: SimulatedReaderSource, number: str, words: str
) -> None:
    read_forged(clerk, source)
    ask_supervisor(clerk)
    decide(clerk, number)
    page = clerk.talk.supervisor
    assert words in page.state.text()
    assert clerk.flow.person is None
    assert clerk.talk.shows(page)
    page.confirm.setEnabled(True)
    decide(clerk, SUPERVISOR)
    clerk.wait(lambda: clerk.flow.person is not None)


def test_a_reason_is_needed(clerk: Clerk, source: SimulatedReaderSource) -> None:
    read_forged(clerk, source)
    ask_supervisor(clerk)
    clerk.type(SUPERVISOR)
    assert not clerk.talk.supervisor.confirm.isEnabled()
    clerk.talk.supervisor.reasons.buttons()[1].setChecked(True)
    assert clerk.talk.supervisor.confirm.isEnabled()


def test_leaving_the_supervisors_page_uses_nothing(clerk: Clerk, source: SimulatedReaderSource) -> None:
    read_forged(clerk, source)
    ask_supervisor(clerk)
    clerk.type(SUPERVISOR)
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.flow.pending is None
    assert clerk.flow.person is None
    assert clerk.talk.supervisor.supervisor.line.text() == ""


def test_removal_does_not_end_the_decision(clerk: Clerk, source: SimulatedReaderSource) -> None:
    read_forged(clerk, source)
    ask_supervisor(clerk)
    clerk.take_card(source)
    decide(clerk, SUPERVISOR)
    clerk.wait(lambda: clerk.flow.person is not None)


def test_a_decision_about_one_card_is_none_about_the_next(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    """The name of a forged 在留カード is still to be typed when another forged card takes its place."""
    clerk.put_card(source, "residence-forged", clerk.talk.card_number)
    clerk.type("JK56789012LM")
    clerk.enter()
    clerk.wait(lambda: "不一致" in clerk.talk.notice.text)
    ask_supervisor(clerk)
    decide(clerk, SUPERVISOR)
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.residence_entry))
    clerk.press(Qt.Key.Key_Escape)
    clerk.take_card(source)
    read_forged(clerk, source)
    assert clerk.flow.person is None


def test_a_decision_holds_for_a_number_read_later_from_the_same_card(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    read_forged(clerk, source)
    ask_supervisor(clerk)
    decide(clerk, SUPERVISOR)
    clerk.wait(lambda: clerk.flow.person is not None)
    clerk.choose("insurance-acquire", forms=1)
    clerk.talk.notice.focus_action()
    clerk.enter()
    clerk.wait(lambda: clerk.flow.case.my_number is not None)
    assert clerk.flow.person is not None
    assert clerk.flow.case.evidence.mismatch_accepted

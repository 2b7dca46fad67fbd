"""Once staff are registered, a supervisor gives the password for using a card in spite of 不一致."""

import pytest
from PySide6.QtCore import Qt

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.sessionlog.entry import EntryKind
from tests.staff.conftest import AUDITOR, CLERK, SUPERVISOR
from tests.ui.conftest import Clerk
from tests.ui.staff.conftest import kinds, words_of

pytestmark = pytest.mark.usefixtures("no_stray_windows")


@pytest.fixture
def asked(signed_in: Clerk, source: SimulatedReaderSource) -> Clerk:
    """A card that does not fit lies there, and the supervisor is asked."""
    clerk = signed_in
    clerk.put_card(source, "forged")
    clerk.enter_pin()
    clerk.wait(lambda: "不一致" in clerk.talk.notice.text)
    clerk.press(Qt.Key.Key_Tab)
    clerk.enter()
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.supervisor))
    return clerk


def decide(clerk: Clerk, number: str, password: str) -> None:
    page = clerk.talk.supervisor
    page.supervisor.line.clear()
    page.take_focus()
    clerk.type(number)
    clerk.enter()
    assert clerk.focused is page.password.line
    clerk.type(password)
    clerk.enter()
    if page.reasons.checkedId() < 0:
        clerk.press(Qt.Key.Key_Space)
    page.confirm.setFocus()
    clerk.enter()
    clerk.wait(lambda: not clerk.window.staff.work.is_busy)


def test_a_supervisor_decides_with_number_and_password(asked: Clerk) -> None:
    assert asked.talk.supervisor.password.isVisible()
    decide(asked, SUPERVISOR, words_of(SUPERVISOR))
    assert asked.flow.person is not None
    assert asked.flow.counter.clerk == CLERK
    assert (EntryKind.MISMATCH_ACCEPTED, SUPERVISOR) in kinds(asked)
    assert asked.talk.supervisor.password.line.text() == ""


@pytest.mark.parametrize(
    ("number", "password", "code"),
    [
        (SUPERVISOR, "a wrong password", "A-001"),
        (AUDITOR, words_of(AUDITOR), "A-005"),
        (CLERK, words_of(CLERK), "I-051"),
    ],
)
def test_nobody_else_does_and_nothing_is_used(asked: Clerk, number: str, password: str, code: str) -> None:
    page = asked.talk.supervisor
    decide(asked, number, password)
    assert f"（{code}）" in page.state.text()
    assert page.password.line.text() == ""
    assert not page.confirm.isEnabled()
    assert asked.flow.person is None
    assert EntryKind.MISMATCH_ACCEPTED not in [kind for kind, _ in kinds(asked)]
    decide(asked, SUPERVISOR, words_of(SUPERVISOR))
    assert asked.flow.person is not None


def test_a_decision_about_a_card_that_was_left_meanwhile_uses_nothing(asked: Clerk) -> None:
    page = asked.talk.supervisor
    asked.type(SUPERVISOR)
    asked.enter()
    asked.type(words_of(SUPERVISOR))
    asked.enter()
    asked.press(Qt.Key.Key_Space)
    page.confirm.click()
    assert "確かめています" in page.state.text()
    assert not page.confirm.isEnabled()
    asked.window.card_talk.leave_card()
    asked.wait(lambda: not asked.window.staff.work.is_busy)
    assert asked.flow.person is None
    assert not asked.talk.shows(page)

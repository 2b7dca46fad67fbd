"""Locked by a key or by nobody's hand: the case is kept, and nothing of it is in sight anywhere."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.sessionlog.entry import EntryKind
from kakanai.sessionlog.errors import LogDiskFullError
from kakanai.sessionlog.staff_store import StaffStore
from kakanai.staff.guard import Guard
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.visitor.visitor_view import Board
from tests.staff.conftest import CLERK, Clock
from tests.ui.conftest import Clerk
from tests.ui.staff.conftest import OTHER, kinds, lock, page_of, send, sign_in, words_of

pytestmark = pytest.mark.usefixtures("no_stray_windows")


def texts_in_sight(clerk: Clerk) -> list[str]:
    found = [
        widget.text()
        for kind in (QLabel, QLineEdit)
        for widget in clerk.window.findChildren(kind)
        if widget.isVisible()
    ]
    return [text for text in found if text]


def test_one_key_locks_and_the_password_goes_on_where_it_was(
    signed_in: Clerk, source: SimulatedReaderSource, guard: Guard
) -> None:
    clerk = signed_in
    clerk.read_card(source)
    clerk.choose("seal-certificate", forms=1)
    clerk.window.open_stretch(2)
    clerk.talk.question.go_to("seal.card_number")
    clerk.type("123")
    case, name, at = clerk.flow.case, clerk.flow.person.name, clerk.focused
    lock(clerk)
    assert guard.is_locked
    assert name not in "".join(texts_in_sight(clerk))
    assert not clerk.window.paper.isVisible()
    assert "そのまま置いてあります" in clerk.window.staff.lock_page.words.text()
    send(clerk, "a wrong password")
    assert "（A-001）" in clerk.window.staff.lock_page.password.note.text()
    send(clerk, words_of(CLERK))
    assert page_of(clerk) is None
    assert clerk.flow.case is case
    assert clerk.talk.current == 2
    assert clerk.focused is at
    clerk.type("4567")
    assert clerk.flow.typed.values["seal.card_number"] == "1234567"
    told = [kind for kind, _ in kinds(clerk)]
    assert told[-3:] == [EntryKind.LOCKED, EntryKind.SIGN_IN_FAILED, EntryKind.UNLOCKED]


def test_somebody_else_signs_in_and_the_case_is_put_aside(
    signed_in: Clerk, source: SimulatedReaderSource
) -> None:
    clerk = signed_in
    clerk.read_card(source)
    number = clerk.flow.case.number
    lock(clerk)
    clerk.press(Qt.Key.Key_Tab)
    clerk.press(Qt.Key.Key_Tab)
    clerk.enter()  # ほかの職員がサインインする
    page = clerk.window.staff.sign_in
    assert page_of(clerk) is page
    assert "保留になります" in page.words.text()
    sign_in(clerk, OTHER)
    assert clerk.flow.case is None
    assert clerk.flow.person is None
    assert clerk.flow.counter.clerk == OTHER
    assert f"{number} を保留にしました" in clerk.talk.notice.text
    assert [draft.number for draft in clerk.window.pauses.work.held] == [number]
    assert kinds(clerk)[-3:] == [
        (EntryKind.SIGNED_OUT, CLERK),
        (EntryKind.SIGNED_IN, OTHER),
        (EntryKind.CASE_SUSPENDED, OTHER),
    ]
    clerk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert clerk.flow.case is not None
    assert clerk.flow.case.number == number


def test_a_failed_sign_in_of_another_leaves_the_case(signed_in: Clerk, source: SimulatedReaderSource) -> None:
    clerk = signed_in
    clerk.read_card(source)
    case = clerk.flow.case
    lock(clerk)
    clerk.window.staff.lock_page.other.click()
    sign_in(clerk, OTHER, "a wrong password")
    assert clerk.flow.case is case
    clerk.window.staff.sign_in.number.take_focus()
    clerk.window.staff.sign_in.number.begin()
    sign_in(clerk, CLERK)
    assert page_of(clerk) is None
    assert clerk.flow.case is case


def test_a_case_that_cannot_be_put_aside_goes_to_nobody_else(
    signed_in: Clerk, source: SimulatedReaderSource, guard: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = signed_in
    clerk.read_card(source)
    case = clerk.flow.case
    lock(clerk)
    clerk.window.staff.lock_page.other.click()

    def refuse(flow: CaseFlow) -> bool:
        flow.failed.emit(LogDiskFullError(path="log"))
        return False

    monkeypatch.setattr(CaseFlow, "suspend", refuse)
    sign_in(clerk, OTHER)
    page = clerk.window.staff.sign_in
    assert page_of(clerk) is page
    assert LogDiskFullError.code in page.state.text()
    assert not guard.is_anybody_here
    assert clerk.flow.case is case
    assert clerk.flow.counter.clerk == CLERK
    monkeypatch.undo()
    sign_in(clerk, CLERK)
    assert page_of(clerk) is None
    assert clerk.flow.case is case


def test_the_visitors_screen_is_neutral_while_the_window_is_locked(
    signed_in: Clerk, source: SimulatedReaderSource
) -> None:
    clerk = signed_in
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F12)
    clerk.read_card(source)
    shown = clerk.window.visitor
    clerk.wait(lambda: shown._shown.board is Board.CHECK)
    lock(clerk)
    assert shown._shown.board is Board.NEUTRAL
    shown.show_person("visitor")
    shown.take_identified()
    assert shown._shown.board is Board.NEUTRAL
    send(clerk, words_of(CLERK))
    clerk.press(Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    assert shown._shown.board is Board.CHECK


def test_a_pin_typed_in_half_is_not_kept_and_the_card_is_asked_anew(
    signed_in: Clerk, source: SimulatedReaderSource
) -> None:
    clerk = signed_in
    clerk.put_card(source, "official-test")
    clerk.type("12")
    lock(clerk)
    assert not clerk.talk.is_asking_key
    send(clerk, words_of(CLERK))
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.pin_pad))
    clerk.enter_pin()
    clerk.wait(lambda: clerk.flow.person is not None)


def test_a_card_put_down_while_locked_waits(signed_in: Clerk, source: SimulatedReaderSource) -> None:
    clerk = signed_in
    lock(clerk)
    source.insert("official-test")
    clerk.wait(lambda: clerk.window.card.state.has_card)
    clerk.qtbot.wait(30)
    assert clerk.flow.case is None
    assert not clerk.talk.is_asking_key
    assert clerk.focused is clerk.window.staff.lock_page.password.line
    send(clerk, words_of(CLERK))
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.pin_pad))


def test_nothing_below_takes_the_focus(signed_in: Clerk) -> None:
    clerk = signed_in
    lock(clerk)
    clerk.window.enter_by_hand()
    name = clerk.talk.person.hand_entry.name
    assert clerk.focused is clerk.window.staff.lock_page.password.line
    clerk.type("x")
    assert name.text() == ""
    clerk.window.staff.lock_page.password.begin()
    send(clerk, words_of(CLERK))
    assert clerk.focused is name  # it was called for meanwhile


def test_nobodys_hand_locks_after_the_towns_minutes(
    signed_in: Clerk, source: SimulatedReaderSource, clock: Clock
) -> None:
    clerk = signed_in
    clerk.read_card(source)
    idle = clerk.window.staff.locking.idle
    idle.look()
    clock.pass_by(minutes=9, seconds=59)
    idle.look()
    assert page_of(clerk) is None
    QTest.mouseMove(clerk.window.windowHandle())
    clerk.wait(lambda: idle._last == clock.at)
    clock.pass_by(minutes=9, seconds=59)
    idle.look()
    assert page_of(clerk) is None
    clock.pass_by(seconds=1)
    idle.look()
    assert page_of(clerk) is clerk.window.staff.lock_page
    assert "しばらく操作がなかった" in clerk.window.staff.lock_page.words.text()
    before = len(kinds(clerk))
    idle.look()
    assert len(kinds(clerk)) == before


def test_an_abandoned_change_of_password_is_signed_out(door: Clerk, staff: Guard, clock: Clock) -> None:
    sign_in(door, CLERK)
    door.window.staff.passwords.ask()
    clock.pass_by(minutes=10)
    door.window.staff.locking.idle.look()
    assert page_of(door) is door.window.staff.sign_in


def test_a_log_that_cannot_be_told_locks_all_the_same(
    signed_in: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise LogDiskFullError(path="log")

    monkeypatch.setattr(StaffStore, "append", full)
    lock(signed_in)
    assert LogDiskFullError.code in signed_in.window.staff.lock_page.state.text()


def test_closing_a_locked_window_puts_the_case_aside(signed_in: Clerk, source: SimulatedReaderSource) -> None:
    clerk = signed_in
    clerk.read_card(source)
    number = clerk.flow.case.number
    lock(clerk)
    clerk.window.close()
    assert not clerk.window.isVisible()
    assert [draft.number for draft in clerk.window.pauses.work.held] == [number]
    assert [kind for kind, _ in kinds(clerk)][-2:] == [EntryKind.CASE_SUSPENDED, EntryKind.SIGNED_OUT]


def test_where_nothing_is_kept_a_locked_case_keeps_the_window_open(
    signed_in: Clerk, source: SimulatedReaderSource
) -> None:
    clerk = signed_in
    clerk.read_card(source)
    lock(clerk)
    link, clerk.window.pauses.link = clerk.window.pauses.link, None
    clerk.window.close()
    assert clerk.window.isVisible()
    assert "途中の受付があります" in clerk.window.staff.lock_page.state.text()
    clerk.window.pauses.link = link

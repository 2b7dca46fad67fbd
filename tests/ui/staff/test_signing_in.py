"""The window asks who is here before it shows anything, once staff are registered."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.sessionlog.entry import EntryKind
from kakanai.sessionlog.errors import LogDamagedError
from kakanai.sessionlog.spool_state import LinkState
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.register import StaffRegister
from kakanai.staff.role import Role
from kakanai.ui.desk import Desk
from kakanai.ui.staff.staff_work import StaffWork
from tests.staff.conftest import ADMIN, AUDITOR, CLERK, SUPERVISOR, Clock
from tests.ui.conftest import Clerk
from tests.ui.staff.conftest import SHIFT, kinds, page_of, send, sign_in, words_of

pytestmark = pytest.mark.usefixtures("no_stray_windows")


def test_while_nobody_is_registered_the_window_is_open_and_says_so(
    make_clerk: Callable[[Desk], Clerk], open_desk: Desk, source: SimulatedReaderSource
) -> None:
    clerk = make_clerk(open_desk)
    assert page_of(clerk) is None
    assert clerk.window.top_bar._clerk.text() == "職員 1024（未登録）"
    assert clerk.window.top_bar.staff.text() == "職員を登録する"
    clerk.read_card(source)
    assert clerk.flow.counter.clerk == "1024"
    assert not clerk.window.top_bar.staff.isEnabled()  # a case is open
    clerk.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | SHIFT)
    assert page_of(clerk) is None
    assert "ロックできません" in clerk.talk.notice.text


def test_the_sign_in_page_covers_everything_and_lets_the_clerk_in(door: Clerk) -> None:
    page = door.window.staff.sign_in
    assert page_of(door) is page
    assert not door.window.top_bar.isVisible()
    assert not door.window._pages.isVisible()
    assert door.focused is page.number.line
    assert page.password.line.echoMode() is QLineEdit.EchoMode.Password
    before = len(kinds(door))
    sign_in(door, CLERK)
    assert page_of(door) is None
    assert door.flow.counter.clerk == CLERK
    assert door.window.top_bar._clerk.text() == f"職員 {CLERK} 担当者"
    assert door.talk.isVisible()
    assert kinds(door)[before:] == [(EntryKind.SIGNED_IN, CLERK)]


def test_no_key_reaches_what_is_covered(door: Clerk) -> None:
    for key in (Qt.Key.Key_F1, Qt.Key.Key_F3, Qt.Key.Key_F11, Qt.Key.Key_F12, Qt.Key.Key_Escape):
        door.press(key)
    door.press(Qt.Key.Key_F12, SHIFT)
    assert page_of(door) is door.window.staff.sign_in
    assert door.window._pages.is_at_counter
    assert not door.window.visitor.is_open
    look = door.window.look.kind
    door.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert door.window.look.kind is not look  # who cannot read the page may change its colours
    while door.window.look.kind is not look:
        door.window.look.go_to_next_theme()
    sign_in(door, CLERK)
    door.press(Qt.Key.Key_F1)
    assert door.window.manual.isVisible()


def test_a_wrong_password_is_told_beside_the_field_with_its_code(door: Clerk) -> None:
    page = door.window.staff.sign_in
    sign_in(door, CLERK, "a wrong password")
    assert page_of(door) is page
    assert "（A-001）" in page.password.note.text()
    assert page.password.line.text() == ""
    assert page.number.line.text() == CLERK
    assert door.focused is page.password.line
    send(door, words_of(CLERK))
    assert page_of(door) is None
    assert page.password.note.text() == ""


def test_an_empty_line_is_asked_for(door: Clerk) -> None:
    page = door.window.staff.sign_in
    page.go.click()
    assert "×" in page.number.note.text()
    door.type(CLERK)
    assert page.number.note.text() == ""
    page.go.click()
    assert door.focused is page.password.line


def test_after_too_many_failures_the_seconds_are_counted_down(door: Clerk, clock: Clock) -> None:
    page = door.window.staff.sign_in
    for _ in range(5):
        page.number.begin(CLERK)
        page.password.take_focus()
        send(door, "a wrong password")
    send(door, "a wrong password")
    assert "あと 30 秒" in page.state.text()
    assert "（A-002）" in page.state.text()
    assert not page.go.isEnabled()
    page._count_down()
    assert "あと 29 秒" in page.state.text()
    for _ in range(29):
        page._count_down()
    assert page.go.isEnabled()
    clock.pass_by(seconds=31)
    send(door, words_of(CLERK))
    assert page_of(door) is None


def test_a_password_is_checked_beside_the_windows_thread(
    door: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, jobs = door.window.staff.sign_in, []
    do = StaffWork.do

    def hold(self: StaffWork, *job: Callable[..., None]) -> bool:
        jobs.append(job)
        return True

    monkeypatch.setattr(StaffWork, "do", hold)
    door.type(CLERK)
    door.enter()
    door.type(words_of(CLERK))
    door.enter()
    assert "確かめています" in page.state.text()
    assert not page.go.isEnabled()
    assert page.password.line.isReadOnly()
    door.enter()
    assert len(jobs) == 1
    monkeypatch.setattr(StaffWork, "do", do)
    door.window.staff.work.do(*jobs[0])
    door.wait(lambda: page_of(door) is None)


def test_what_breaks_beside_the_thread_leaves_the_page_usable(door: Clerk, guard: Guard) -> None:
    with door.qtbot.capture_exceptions() as caught:
        told: list[object] = []
        door.window.staff.work.do(lambda: 1 // 0, told.append, told.append)
        door.wait(lambda: caught and not door.window.staff.work.is_busy)
    assert told == []
    sign_in(door, CLERK)
    assert page_of(door) is None


def test_a_given_password_is_changed_first_of_all(
    door: Clerk, staff: Guard, source: SimulatedReaderSource
) -> None:
    StaffRegister(staff).add("1030", Role.CLERK, Password("given by hand to 1030"))
    sign_in(door, "1030", "given by hand to 1030")
    page = door.window.staff.passwords.page
    assert page_of(door) is page
    assert page.old.isHidden()
    send(door, "short", "short")
    assert "（A-006）" in page.new.note.text()
    send(door, "mado no yoake 1030!", "mado no yoake 1031!")
    assert "（A-022）" in page.again.note.text()
    page.new.take_focus()
    send(door, "mado no yoake 1030!", "mado no yoake 1030!")
    assert page_of(door) is None
    assert "パスワードを変えました" in door.talk.notice.text
    door.read_card(source)
    assert door.flow.counter.clerk == "1030"


def test_who_does_not_change_a_given_password_is_signed_out(door: Clerk, staff: Guard, guard: Guard) -> None:
    StaffRegister(staff).add("1030", Role.CLERK, Password("given by hand to 1030"))
    sign_in(door, "1030", "given by hand to 1030")
    door.press(Qt.Key.Key_Escape)
    assert page_of(door) is door.window.staff.sign_in
    assert not guard.is_anybody_here
    assert not door.window.staff.passwords.page.is_due


@pytest.mark.parametrize("number", [ADMIN, AUDITOR])
def test_who_does_not_serve_is_told_what_there_is_to_do(
    door: Clerk, number: str, source: SimulatedReaderSource
) -> None:
    sign_in(door, number)
    assert "受付はできません" in door.talk.notice.text
    door.put_card(source, "official-test")
    door.enter_pin()
    door.wait(lambda: "A-005" in door.talk.notice.text)
    assert door.flow.case is None


def test_between_two_cases_f7_signs_out(signed_in: Clerk, source: SimulatedReaderSource) -> None:
    clerk = signed_in
    clerk.read_card(source)
    clerk.press(Qt.Key.Key_F7)
    assert page_of(clerk) is None
    clerk.flow.cancel_case()
    clerk.press(Qt.Key.Key_F7)
    assert page_of(clerk) is clerk.window.staff.sign_in
    assert kinds(clerk)[-1] == (EntryKind.SIGNED_OUT, CLERK)
    sign_in(clerk, SUPERVISOR)
    assert clerk.window.top_bar._clerk.text() == f"職員 {SUPERVISOR} 責任者"
    assert clerk.window.top_bar.clerk_line.isHidden()


def test_f7_shuts_no_counter_while_the_server_is_away(
    signed_in: Clerk, guard: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = signed_in
    state = LinkState(is_connected=False)
    monkeypatch.setattr(type(clerk.flow.counter.office.log), "link_state", lambda _: state)
    clerk.press(Qt.Key.Key_F7)
    assert page_of(clerk) is None
    assert guard.is_anybody_here
    assert "Ctrl+Shift+L" in clerk.talk.notice.text


def test_closing_the_window_signs_out(signed_in: Clerk, guard: Guard) -> None:
    signed_in.window.close()
    assert not guard.is_anybody_here
    assert kinds(signed_in)[-1] == (EntryKind.SIGNED_OUT, CLERK)
    assert not signed_in.window.staff.work.is_running


def test_a_window_that_was_open_asks_once_somebody_is_registered(
    make_clerk: Callable[[Desk], Clerk],
    open_desk: Desk,
    source: SimulatedReaderSource,
    request: pytest.FixtureRequest,
) -> None:
    """The administrator was registered from the command line meanwhile."""
    clerk = make_clerk(open_desk)
    request.getfixturevalue("staff")
    clerk.put_card(source, "official-test")
    clerk.enter_pin()
    clerk.wait(lambda: page_of(clerk) is clerk.window.staff.sign_in)
    assert "A-003" in clerk.window.staff.sign_in.state.text()
    sign_in(clerk, CLERK)
    assert page_of(clerk) is None
    assert not clerk.talk.notice.isVisible()


def test_a_session_that_ended_elsewhere_is_asked_for_again(
    signed_in: Clerk, guard_at: Callable[[str], Guard], source: SimulatedReaderSource
) -> None:
    clerk = signed_in
    guard_at("b").sign_in(CLERK, Password(words_of(CLERK)))
    clerk.put_card(source, "official-test")
    clerk.enter_pin()
    clerk.wait(lambda: page_of(clerk) is clerk.window.staff.lock_page)
    assert "A-004" in clerk.window.staff.lock_page.state.text()
    send(clerk, words_of(CLERK))
    assert page_of(clerk) is None


def test_a_database_that_cannot_tell_keeps_the_window_shut(
    make_clerk: Callable[[Desk], Clerk], open_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_self: Guard) -> bool:
        raise LogDamagedError(path="log")

    monkeypatch.setattr(Guard, "is_open", property(damaged))
    clerk = make_clerk(open_desk)
    assert page_of(clerk) is clerk.window.staff.sign_in
    assert LogDamagedError.code in clerk.window.staff.sign_in.state.text()

"""The first administrator, and what an administrator does with staff numbers, by keys in the window."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from kakanai.sessionlog.entry import EntryKind
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.register import StaffRegister
from kakanai.staff.role import Role
from kakanai.ui.desk import Desk
from kakanai.ui.staff.staff_form import StaffForm
from kakanai.ui.staff.staff_model import StaffModel
from tests.staff.conftest import ADMIN, AUDITOR, CLERK, SUPERVISOR
from tests.ui.conftest import Clerk
from tests.ui.staff.conftest import SHIFT, kinds, page_of, send, sign_in, words_of

pytestmark = pytest.mark.usefixtures("no_stray_windows")


def open_page(clerk: Clerk) -> StaffForm:
    clerk.press(Qt.Key.Key_F7, SHIFT)
    assert clerk.window.staff.page.isVisible()
    return clerk.window.staff.page.form


def done(clerk: Clerk) -> str:
    clerk.wait(lambda: not clerk.window.staff.work.is_busy)
    return clerk.window.staff.page.form.state.text()


@pytest.fixture
def office_of(door: Clerk) -> Clerk:
    """The window of the administrator, at the register."""
    sign_in(door, ADMIN)
    open_page(door)
    return door


def test_the_first_administrator_is_registered_and_signed_in(
    make_clerk: Callable[[Desk], Clerk], open_desk: Desk
) -> None:
    clerk = make_clerk(open_desk)
    clerk.press(Qt.Key.Key_F7, SHIFT)
    page = clerk.window.staff.first
    assert page_of(clerk) is page
    send(clerk, ADMIN, "administrator", "administrators")
    assert "（A-022）" in page.again.note.text()
    assert page.number.line.text() == ADMIN
    page.new.take_focus()
    send(clerk, f"{ADMIN}{ADMIN}{ADMIN}", f"{ADMIN}{ADMIN}{ADMIN}")
    assert "（A-006）" in page.new.note.text()
    page.new.take_focus()
    send(clerk, words_of(ADMIN), words_of(ADMIN))
    assert page_of(clerk) is None
    assert kinds(clerk)[-2:] == [(EntryKind.STAFF_ADDED, "-"), (EntryKind.SIGNED_IN, ADMIN)]
    assert clerk.window.top_bar._clerk.text() == f"職員 {ADMIN} 管理者"
    assert clerk.window.top_bar.staff.text() == "離席"
    assert clerk.window.staff.page.isVisible()  # those who serve are registered next
    assert [str(one.number) for one in clerk.window.staff.page.model.members] == [ADMIN]


def test_a_number_that_cannot_be_is_told_beside_the_number(
    make_clerk: Callable[[Desk], Clerk], open_desk: Desk, guard: Guard
) -> None:
    clerk = make_clerk(open_desk)
    clerk.window.top_bar.staff.click()
    page = clerk.window.staff.first
    for number, code in (("a b", "L-021"), ("-", "A-021")):
        page.number.begin(number)
        page.new.take_focus()
        send(clerk, words_of(ADMIN), words_of(ADMIN))
        assert f"（{code}）" in page.number.note.text()
    clerk.press(Qt.Key.Key_Escape)
    assert page_of(clerk) is None
    assert guard.is_open


def test_a_clerk_is_added_and_can_sign_in(office_of: Clerk, guard_at: Callable[[str], Guard]) -> None:
    form = office_of.window.staff.page.form
    form.number.take_focus()
    send(office_of, "1040")
    assert office_of.focused is form.role
    assert form.role.currentText() == "担当者"
    form.new.take_focus()
    office_of.type("given to 1040")
    office_of.enter()
    office_of.type("given to 1040")
    office_of.enter()
    assert office_of.focused is form.add
    office_of.enter()
    assert "1040 を担当者として足しました" in done(office_of)
    assert form.new.line.text() == ""
    assert office_of.window.staff.page.model.row_of("1040") >= 0
    assert guard_at("b").sign_in("1040", Password("given to 1040")).must_change


def test_a_registered_number_offers_what_can_be_done_with_it(office_of: Clerk) -> None:
    page = office_of.window.staff.page
    form = page.form
    form.number.begin(SUPERVISOR)
    assert form.role.currentText() == "責任者"
    assert not form.add.isEnabled()
    assert form.reset.isEnabled()
    assert page.table.selectionModel().selectedRows()[0].row() == page.model.row_of(SUPERVISOR)
    form.number.begin("4444")
    assert form.add.isEnabled()
    assert not form.disable.isEnabled()
    assert page.table.selectionModel().selectedRows() == []
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(page.model.row_of(CLERK), 0))
    assert form.number.line.text() == CLERK


def test_roles_change_and_a_number_is_disabled_by_the_second_press(office_of: Clerk) -> None:
    page = office_of.window.staff.page
    form = page.form
    form.number.begin(CLERK)
    form.role.setCurrentIndex(list(Role).index(Role.AUDITOR))
    form.change_role.click()
    assert "監査にしました" in done(office_of)
    form.number.begin(CLERK)
    form.disable.click()
    assert "もう一度押します" in form.state.text()
    assert page.model.members[page.model.row_of(CLERK)].is_active
    form.disable.click()
    assert "使えなくしました" in done(office_of)
    assert not page.model.members[page.model.row_of(CLERK)].is_active
    form.number.begin(CLERK)
    assert not form.disable.isEnabled()
    form.new.line.setText("given to 1024")
    form.again.line.setText("given to 1024")
    form.reset.click()
    assert "付け直しました" in done(office_of)
    assert page.model.members[page.model.row_of(CLERK)].must_change


def test_the_last_administrator_stays(office_of: Clerk) -> None:
    form = office_of.window.staff.page.form
    form.number.begin(ADMIN)
    form.disable.click()
    form.disable.click()
    assert "A-008" in done(office_of)
    form.disable.click()
    assert "もう一度押します" in form.state.text()


@pytest.mark.parametrize("number", [CLERK, AUDITOR])
def test_who_may_not_change_staff_is_told_so(door: Clerk, number: str) -> None:
    sign_in(door, number)
    form = open_page(door)
    if number == CLERK:
        assert "A-005" in form.state.text()
        assert not form.isEnabled()
        assert door.window.staff.page.model.members == ()
    else:
        form.number.begin(CLERK)
        form.disable.click()
        form.disable.click()
        assert "A-005" in done(door)
    door.window.staff.page.own_password.setFocus()
    door.press(Qt.Key.Key_Escape)
    assert door.talk.isVisible()


def test_everybody_changes_their_own_password(signed_in: Clerk, guard_at: Callable[[str], Guard]) -> None:
    clerk = signed_in
    open_page(clerk)
    assert clerk.focused is clerk.window.staff.page.own_password
    clerk.enter()
    page = clerk.window.staff.passwords.page
    assert page_of(clerk) is page
    send(clerk, "a wrong password", "another good one", "another good one")
    assert "（A-001）" in page.old.note.text()
    send(clerk, words_of(CLERK), "another good one", "another good one")
    assert page_of(clerk) is None
    assert guard_at("b").sign_in(CLERK, Password("another good one"))


def test_the_page_of_somebody_else_is_left_behind(office_of: Clerk) -> None:
    office_of.press(Qt.Key.Key_F7)
    sign_in(office_of, CLERK)
    assert office_of.talk.isVisible()
    assert not office_of.window.staff.page.isVisible()


def test_the_list_is_a_model_as_qt_wants_it(qtmodeltester: ModelTester, staff: Guard) -> None:
    model = StaffModel()
    model.show_members(StaffRegister(staff).members())
    qtmodeltester.check(model)
    assert model.index(model.row_of(ADMIN), 1).data() == "管理者"
    assert model.index(model.row_of(ADMIN), 2).data() == "✓ 使えます"

"""町の設定 once staff are registered: who is signed in is known, and gives their password alone."""

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from kakanai.app.offices import renew_office
from kakanai.counter.town_keeper import TownKeeper
from kakanai.forms.fonts import FontShelf
from kakanai.settings import Paths
from kakanai.ui.desk import Desk
from tests.staff.conftest import ADMIN, CLERK
from tests.ui.conftest import Clerk
from tests.ui.staff.conftest import SHIFT, send, sign_in, words_of


@pytest.fixture
def keeping_desk(keeping_desk: Desk, paths: Paths, shelf: FontShelf) -> Desk:
    office = keeping_desk.office
    return dataclasses.replace(
        keeping_desk,
        keeper=TownKeeper(paths, office.log, office.now, guard=office.guard),
        renew=lambda town: renew_office(paths, office, town, shelf),
    )


def opened(door: Clerk):
    door.press(Qt.Key.Key_F12, SHIFT)
    page = door.window.town_link.page
    door.wait(page.isVisible)
    return page


def test_an_administrator_gives_their_password_and_no_number(door: Clerk, paths: Paths) -> None:
    sign_in(door, ADMIN)
    page = opened(door)
    assert door.focused is page.number
    assert page.number.echoMode() is QLineEdit.EchoMode.Password
    send(door, "not the password")
    assert "A-001" in page.state.text()
    assert page.number.text() == ""
    assert not page.save_button.isEnabled()
    send(door, words_of(ADMIN))
    assert page.save_button.isEnabled()
    assert page.number.text() == ""
    page.show_field("town.name")
    door.focused.selectAll()
    door.type("別町")
    door.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "別町" in paths.town_file.read_text(encoding="utf-8")
    changes = [link for link in door.flow.counter.office.log.links() if link.kind == "settings_changed"]
    assert [link.staff for link in changes] == [ADMIN]


def test_a_clerk_looks_and_is_told_why_nothing_can_be_changed(door: Clerk) -> None:
    sign_in(door, CLERK)
    page = opened(door)
    assert not page.unlock.isEnabled()
    assert "担当者" in page.state.text()
    assert not page.save_button.isEnabled()


@pytest.mark.parametrize("leave", [lambda page: page.leave(), lambda page: page.window().staff.lock()])
def test_a_password_that_is_still_being_checked_opens_nothing_once_the_page_is_left(
    door: Clerk, leave: Callable[[object], None]
) -> None:
    sign_in(door, ADMIN)
    page = opened(door)
    door.type(words_of(ADMIN))
    door.enter()
    assert not page.unlock.isEnabled()
    leave(page)
    door.wait(lambda: not door.window.staff.work.is_busy)
    assert not page.save_button.isEnabled()

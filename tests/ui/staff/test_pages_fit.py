"""Every page about staff: each control has room and a name, and can be brought into sight."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.register import StaffRegister
from kakanai.staff.role import Role
from kakanai.ui.style_file import ThemeKind
from kakanai.ui.theme import Theme
from tests.staff.conftest import ADMIN, CLERK
from tests.ui.conftest import Clerk
from tests.ui.staff.conftest import send, sign_in, words_of
from tests.ui.test_fits import cut_off
from tests.ui.test_small_screen import out_of_reach
from tests.ui.test_targets import TARGET, controls, told

pytestmark = pytest.mark.usefixtures("no_stray_windows")

PICTURES = os.environ.get("KAKANAI_TEST_PICTURES", "")
"""A folder to look at the pages in; none is written without it."""

Step = Callable[[Clerk, SimulatedReaderSource], None]


def signing_in(clerk: Clerk, source: SimulatedReaderSource) -> None:
    sign_in(clerk, CLERK, "a wrong password")


def waiting(clerk: Clerk, source: SimulatedReaderSource) -> None:
    page = clerk.window.staff.sign_in
    for _ in range(6):
        page.number.begin(CLERK)
        page.password.take_focus()
        send(clerk, "a wrong password")
    assert "あと" in page.state.text()


def locked(clerk: Clerk, source: SimulatedReaderSource) -> None:
    sign_in(clerk, CLERK)
    clerk.read_card(source)
    clerk.window.staff.lock()
    send(clerk, "a wrong password")


def first_administrator(clerk: Clerk, source: SimulatedReaderSource) -> None:
    page = clerk.window.staff.first
    clerk.window.staff.cover.put_on(page)
    page.number.begin(ADMIN)
    page.new.line.setText("short")
    page.again.line.setText("short")
    page.again.take_focus()


def changing_a_given_password(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.window.staff.passwords.ask_due(Password("given by somebody"))


def changing_ones_own(clerk: Clerk, source: SimulatedReaderSource) -> None:
    sign_in(clerk, CLERK)
    clerk.window.staff.passwords.ask()
    send(clerk, "a wrong password", "another good one", "another good one")


def at_the_register(clerk: Clerk, source: SimulatedReaderSource) -> None:
    sign_in(clerk, ADMIN)
    clerk.window.staff.toggle_page()
    form = clerk.window.staff.page.form
    form.number.begin(CLERK)
    form.new.line.setText("short")
    form.again.line.setText("short")
    form.reset.click()
    clerk.wait(lambda: not clerk.window.staff.work.is_busy)


def at_the_counter(clerk: Clerk, source: SimulatedReaderSource) -> None:
    sign_in(clerk, CLERK)


def confirming(clerk: Clerk, source: SimulatedReaderSource) -> None:
    sign_in(clerk, CLERK)
    clerk.put_card(source, "forged")
    clerk.enter_pin()
    clerk.wait(lambda: "不一致" in clerk.talk.notice.text)
    clerk.window.card_talk.mismatch._ask_supervisor()
    page = clerk.talk.supervisor
    page.supervisor.begin("1001")
    page.password.line.setText("a wrong password")
    page.reasons.buttons()[0].setChecked(True)
    page.confirm.click()
    clerk.wait(lambda: not clerk.window.staff.work.is_busy)


PAGES: list[Step] = [
    signing_in,
    waiting,
    locked,
    first_administrator,
    changing_a_given_password,
    changing_ones_own,
    at_the_register,
    at_the_counter,
    confirming,
]


@pytest.fixture(params=[(ThemeKind.LIGHT, 100), (ThemeKind.DARK, 200), (ThemeKind.CONTRAST, 200)], ids=str)
def look(request: pytest.FixtureRequest, theme: Theme) -> Iterator[tuple[ThemeKind, int]]:
    theme.use(*request.param)
    yield request.param
    theme.use(ThemeKind.LIGHT, 100)


@pytest.mark.parametrize("step", PAGES, ids=lambda step: step.__name__)
def test_every_control_can_be_hit_named_and_brought_into_sight(
    look: tuple[ThemeKind, int], door: Clerk, staff: Guard, source: SimulatedReaderSource, step: Step
) -> None:
    StaffRegister(staff).add("1040", Role.CLERK, Password("given to 1040"))
    step(door, source)
    door.qtbot.wait(50)
    if PICTURES:
        kind, percent = look
        door.window.grab().save(str(Path(PICTURES) / f"{step.__name__}-{kind}-{percent}.png"))
    assert door.window.size() == QSize(1366, 768)
    shown = controls(door.window)
    assert len(shown) >= 3
    assert [told(w) for w in shown if min(w.width(), w.height()) < TARGET] == []
    named = [w.accessibleName() or (w.text() if isinstance(w, QAbstractButton) else "") for w in shown]
    assert all(named)
    assert out_of_reach(door.window) == []
    if look[1] == 100:
        door.wait(lambda: not cut_off(door.window))


@pytest.mark.parametrize("step", PAGES, ids=lambda step: step.__name__)
def test_so_it_is_on_a_small_screen(door: Clerk, source: SimulatedReaderSource, step: Step) -> None:
    door.window.resize(QSize(683, 384))
    step(door, source)
    door.qtbot.wait(50)
    assert door.window.size() == QSize(683, 384)
    if PICTURES:
        door.window.grab().save(str(Path(PICTURES) / f"{step.__name__}-small.png"))
    focused = door.focused
    assert focused.visibleRegion().boundingRect().height() >= min(focused.height(), TARGET) - 2
    assert out_of_reach(door.window) == []
    assert words_of(CLERK) not in "".join(told(w) for w in controls(door.window))

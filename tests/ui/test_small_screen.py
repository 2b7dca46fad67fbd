"""A screen of 1366 × 768 at 200 % has 683 × 384 points: every control can be brought into sight."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.ui.room import room_in
from kakanai.ui.style_file import ThemeKind
from kakanai.ui.theme import Theme
from tests.ui.conftest import FIVE_FORMS, Clerk
from tests.ui.test_targets import PAGES, Step, controls, name_of, told

SMALL = QSize(683, 384)


@pytest.fixture
def small_clerk(clerk: Clerk) -> Clerk:
    clerk.window.resize(SMALL)
    clerk.wait(lambda: clerk.window.size() == SMALL and not clerk.window._pages.room.has_column)
    return clerk


@pytest.fixture
def large_letters(clerk: Clerk, theme: Theme) -> Iterator[Clerk]:
    for _ in range(5):
        clerk.window.look.enlarge()
    yield clerk
    theme.use(ThemeKind.LIGHT, 100)


def areas_round(widget: QWidget) -> list[QScrollArea]:
    found = []
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            found.append(parent)
        parent = parent.parentWidget()
    return found


def out_of_reach(window: QWidget) -> list[str]:
    """Controls that no scrolling brings wholly into the window, or at least to its full height."""
    lost = []
    for control in controls(window):
        for area in areas_round(control):
            # Not ensureWidgetVisible: of a field that brings but the cursor into sight.
            middle = control.mapTo(area.widget(), control.rect().center())
            area.ensureVisible(middle.x(), middle.y(), control.width() // 2 + 1, control.height() // 2 + 1)
        QApplication.processEvents()
        shown = control.visibleRegion().boundingRect()
        if shown.width() < control.width() - 2 or shown.height() < min(control.height(), 44) - 2:
            corner = control.mapTo(window, QPoint(0, 0))
            lost.append(f"{told(control)} at {corner.x()},{corner.y()}")
    return lost


@pytest.mark.parametrize("step", PAGES, ids=name_of)
def test_every_control_can_be_brought_into_sight(
    small_clerk: Clerk, source: SimulatedReaderSource, step: Step
) -> None:
    step(small_clerk, source)
    small_clerk.qtbot.wait(50)
    assert small_clerk.window.size() == SMALL
    assert out_of_reach(small_clerk.window) == []


@pytest.mark.parametrize("step", PAGES, ids=name_of)
def test_so_it_is_with_letters_of_twice_the_size(
    large_letters: Clerk, source: SimulatedReaderSource, step: Step
) -> None:
    step(large_letters, source)
    large_letters.qtbot.wait(50)
    assert large_letters.window.size() == QSize(1366, 768)
    assert out_of_reach(large_letters.window) == []


def test_the_paper_comes_with_f6_and_goes_again(small_clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk = small_clerk
    clerk.read_card(source)
    clerk.choose(*FIVE_FORMS, forms=5)
    assert not clerk.window.paper.isVisible()
    clerk.press(Qt.Key.Key_F6)
    clerk.wait(lambda: not clerk.window.paper.view.is_empty)
    assert clerk.window.paper.isVisible()
    assert clerk.window.paper.width() > 600
    clerk.press(Qt.Key.Key_F6)
    assert not clerk.window.paper.isVisible()
    assert clerk.talk.isVisible()


def test_the_line_of_steps_opens_them_and_the_column(small_clerk: Clerk) -> None:
    clerk = small_clerk
    clerk.window.steps.steps[1].click()
    assert clerk.talk.current == 1
    clerk.wait(lambda: "②" in clerk.window.steps.steps[1].text())
    clerk.press(Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    assert clerk.window.column.isVisible()
    assert not clerk.talk.isVisible()
    clerk.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert clerk.talk.isVisible()
    assert not clerk.window.column.isVisible()


def test_keys_without_room_stand_behind_the_last_button(small_clerk: Clerk) -> None:
    line = small_clerk.window.key_bar._line
    seen: set[str] = set()
    for _ in range(4):
        small_clerk.qtbot.wait(30)
        shown = [button for button in line.buttons if button.isVisible()]
        assert all(button.width() >= button.sizeHint().width() for button in shown)
        seen |= {button.text() for button in shown}
        line.more.click()
    assert seen == {button.text() for button in line.buttons}


def test_a_large_window_shows_every_key_at_once(clerk: Clerk) -> None:
    buttons = clerk.window.key_bar.findChildren(QPushButton)
    hidden = [button.text() for button in buttons if not button.isVisible()]
    assert hidden == [clerk.window.key_bar._line.more.text()]


@pytest.mark.parametrize(
    ("size", "percent", "room"),
    [
        (QSize(1366, 672), 100, (True, True)),
        (QSize(1366, 660), 110, (True, True)),
        (QSize(1366, 648), 125, (True, False)),
        (QSize(1366, 576), 200, (False, False)),
        (QSize(683, 288), 100, (False, False)),
        (QSize(1920, 984), 150, (True, True)),
    ],
)
def test_what_there_is_room_for(theme: Theme, size: QSize, percent: int, room: tuple[bool, bool]) -> None:
    theme.use(ThemeKind.LIGHT, percent)
    try:
        assert tuple(room_in(size, theme)) == room
    finally:
        theme.use(ThemeKind.LIGHT, 100)

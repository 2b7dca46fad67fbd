"""The whole way without a mouse: nothing but keys reaches the window, and Tab goes as the eye does."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from tests.ui.conftest import FOLDER, Clerk

pytestmark = pytest.mark.usefixtures("no_stray_windows")

FAMILY = ("move-in-with-insurance", "child-allowance", "water")
_MOUSE = {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick}


@pytest.fixture(autouse=True)
def no_mouse(qapp: QApplication) -> Iterator[None]:
    pressed: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() in _MOUSE:
                pressed.append(type(watched).__name__)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    yield
    qapp.removeEventFilter(watch)
    assert pressed == []


def sign_off(clerk: Clerk) -> None:
    """F8 opens ⑤, Enter prints, Enter ends the case."""
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: clerk.talk.current == 4 and clerk.talk.printing.print_button.isEnabled())
    assert clerk.talk.printing.printers.currentText() == FOLDER
    clerk.enter()
    clerk.wait(lambda: clerk.flow.documents)
    clerk.enter()
    clerk.wait(lambda: clerk.flow.case is None)
    assert clerk.talk.current == 0


def test_a_certificate_from_the_card_to_the_signature(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.read_card(source)
    clerk.choose("residence-certificate", forms=1)
    clerk.enter()
    clerk.wait(lambda: clerk.talk.current == 2)
    before = clerk.focused
    clerk.press(Qt.Key.Key_F5)
    assert clerk.focused is not before
    sign_off(clerk)


def test_a_family_that_moves_in(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.read_card(source)
    clerk.choose(*FAMILY, forms=4)
    clerk.press(Qt.Key.Key_Escape)  # the question about 個人番号 may wait
    clerk.press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    clerk.wait(lambda: clerk.talk.current == 2)
    members = clerk.talk.question.lists["member"]
    for name in ("見本　花子", "見本　次郎"):
        _tab_to(clerk, lambda widget: widget is members.add)
        count = len(members.blocks)
        clerk.press(Qt.Key.Key_Space)
        clerk.wait(lambda count=count: len(members.blocks) == count + 1)
        clerk.type(name)
    names = [row.get("member.name") for row in clerk.flow.typed.rows["member"]]
    assert names == ["見本　花子", "見本　次郎"]
    sign_off(clerk)


def _tab_to(clerk: Clerk, is_there: Callable[[QWidget], bool]) -> None:
    for _ in range(400):
        if is_there(clerk.focused):
            return
        clerk.press(Qt.Key.Key_Tab)
    raise AssertionError("Tab does not come there")


def test_tab_goes_down_the_questions_as_the_eye_does(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.read_card(source)
    clerk.choose("residence-certificate", "seal-certificate", forms=2)
    clerk.enter()
    clerk.wait(lambda: clerk.talk.current == 2)
    stretch = clerk.talk.question
    stretch.path.fields()[0].take_focus()
    body, visited = stretch.body, 0
    groups = list(stretch.questions.sections)
    last = (0, -1)
    while body.isAncestorOf(clerk.focused) and visited < 120:
        group = groups.index(stretch.questions.open_key)
        assert stretch.questions.sections[groups[group]].content.isAncestorOf(clerk.focused)
        top = clerk.focused.mapTo(stretch.questions.sections[groups[group]], QPoint(0, 0)).y()
        # Fields of one line differ by some pixels.
        assert (group, top + 8) >= last, clerk.focused.accessibleName()
        last = (group, top)
        visited += 1
        clerk.press(Qt.Key.Key_Tab)
    assert last[0] == len(groups) - 1
    assert visited > 8
    assert clerk.focused is stretch._done or not body.isAncestorOf(clerk.focused)

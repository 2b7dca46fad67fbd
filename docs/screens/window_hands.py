"""The hands and eyes of window_screenshots.py: keys, patience, and a picture in every theme."""

import time
from collections.abc import Callable

from pictures import save_picture
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.ui.conversation import PERSON
from kakanai.ui.main_window import MainWindow
from kakanai.ui.style_file import ThemeKind

_PATIENCE_S = 30.0


def begin(window: MainWindow, source: SimulatedReaderSource, specimen: str, page: QWidget) -> None:
    """End the case before, put the next card, and wait for the page that asks for its key."""
    source.remove()
    wait(lambda: "待機中" in window.top_bar.reader.text())
    window.flow.cancel_case()
    window.conversation.notice.dismiss()
    window.open_stretch(PERSON)
    source.insert(specimen)
    wait(lambda: window.conversation.shows(page))


def enter_pin(window: MainWindow) -> None:
    """The PIN of the specimens."""
    QTest.keyClicks(focused(), "1234")
    press(focused(), Qt.Key.Key_Return)
    wait(lambda: window.flow.person is not None)


def focused() -> QWidget:
    """The widget that a key press would reach."""
    widget = QApplication.focusWidget()
    if widget is None:
        raise RuntimeError("nothing has the focus")
    return widget


def type_words(widget: QWidget, words: str) -> None:
    """Type as a Japanese input method does: the words arrive in one piece."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(widget, event)


def press(widget: QWidget, key: Qt.Key) -> None:
    """Press one key."""
    QTest.keyClick(widget, key)


def wait(condition: Callable[[], bool]) -> None:
    """Serve events until the condition holds."""
    deadline = time.monotonic() + _PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the window did not come to the next step")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def wait_quiet(window: MainWindow) -> None:
    """Serve events until the paper shows what was typed."""
    end = time.monotonic() + 1.2
    wait(lambda: time.monotonic() > end and not window.paper.view.is_empty)


def save(window: MainWindow, page: str) -> None:
    """Save what is on the screen, in every theme."""
    wait_until = time.monotonic() + 0.4
    wait(lambda: time.monotonic() > wait_until)
    percent = round(window.devicePixelRatioF() * 100)
    for _ in ThemeKind:
        save_picture(window, f"{page}-{window.look.kind}-{percent}")
        window.look.go_to_next_theme()
        QApplication.processEvents()

"""A clerk at the real window: every key press and click is counted, nothing is done by calling methods."""

import dataclasses
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kakanai.app.offices import build_office
from kakanai.app.readers import SimulatedTable
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.printing.folder import FolderPrinter
from kakanai.resources import resource_root
from kakanai.settings import Paths, load_town
from kakanai.ui.desk import Desk
from kakanai.ui.main_window import MainWindow
from kakanai.ui.singletons import keep_singletons
from kakanai.ui.theme import apply_theme, load_theme

PATIENCE_S = 20.0
PRINTER = "フォルダー"
_ONE_KEY = frozenset("アイウエオァィゥェォャュョッー　")


@dataclasses.dataclass
class Counted:
    """What the clerk's hands did. `pin_digits` are apart: they are the visitor's, or a card's number."""

    key_presses: int = 0
    clicks: int = 0
    pin_digits: int = 0


class CountedClerk:
    """Opens the window on a home folder of its own; `close` ends it."""

    def __init__(self, home: Path) -> None:
        keep_singletons()
        existing = QApplication.instance()
        self.application = existing if isinstance(existing, QApplication) else QApplication(["kakanai"])
        self.paths = Paths(home)
        self.paths.ensure_home()
        town = load_town(self.paths)
        self.office = build_office(self.paths, town)
        self.source = SimulatedReaderSource()
        desk = Desk(
            office=self.office,
            source=self.source,
            clerk="1024",
            printers=lambda: [PRINTER],
            printer_for=lambda _name: FolderPrinter(self.paths.output_dir),
            card_table=SimulatedTable(self.source),
        )
        theme = apply_theme(self.application, load_theme(resource_root() / "style"))
        self.window = MainWindow(desk, theme)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self.flow = self.window.flow
        self.talk = self.window.conversation
        self.counted = Counted()
        self.questions: set[str] = set()
        self.flow.asked.connect(self._note_questions)
        self.wait(lambda: "確かめています" not in self.window.top_bar.reader.text())

    def _note_questions(self) -> None:
        self.questions |= {q.variable.id for group in self.flow.groups for q in group.questions}

    # --- eyes ---------------------------------------------------------------------------

    def wait(self, condition: Callable[[], object], what: str = "") -> None:
        """Let the window work until the condition holds.

        Raises:
            TimeoutError: it does not come to hold.
        """
        until = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > until:
                raise TimeoutError(what or "the window did not get there")
            self.application.processEvents()
            time.sleep(0.002)

    @property
    def focused(self) -> QWidget:
        """The widget that has the focus."""
        widget = QApplication.focusWidget()
        return widget if widget is not None else self.window

    # --- hands --------------------------------------------------------------------------

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key press; Ctrl, Shift and Alt held down are part of it."""
        QTest.keyClick(self.focused, key, modifier)
        self.counted.key_presses += 1
        self.application.processEvents()

    def enter(self, times: int = 1) -> None:
        """Enter, so often."""
        for _ in range(times):
            self.key(Qt.Key.Key_Return)

    def keys(self, typed: str) -> None:
        """Letters and digits as they are on the keyboard."""
        QTest.keyClicks(self.focused, typed)
        self.counted.key_presses += len(typed)
        self.application.processEvents()

    def secret(self, digits: str) -> None:
        """A PIN or 照合番号B, counted apart, and Enter."""
        QTest.keyClicks(self.focused, digits)
        self.counted.pin_digits += len(digits)
        self.enter()

    def japanese(self, text: str, reading: str) -> None:
        """Text by an input method: its katakana reading in Latin letters, Space to convert, Enter to take."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.focused, event)
        self.counted.key_presses += latin_keys(reading) + 2
        self.application.processEvents()

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """One click."""
        QTest.mouseClick(
            widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at or widget.rect().center()
        )
        self.counted.clicks += 1
        self.application.processEvents()

    # --- cards: the visitor's hands -----------------------------------------------------

    def put_card(self, specimen: str) -> None:
        """The visitor puts a card on the reader; nothing is counted."""
        self.source.insert(specimen)

    def take_card(self) -> None:
        """The visitor takes the card away."""
        self.source.remove()

    def close(self) -> None:
        """End the case, the window and its threads."""
        self.flow.cancel_case()
        self.window.close()
        self.window.deleteLater()
        self.application.processEvents()
        self.office.log.close()


def latin_keys(reading: str) -> int:
    """How many keys a katakana reading takes in Latin letters: one for a vowel or a sign, two for others."""
    return sum(1 if letter in _ONE_KEY or letter.isascii() else 2 for letter in reading)

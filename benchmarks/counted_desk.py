"""A clerk at the real window: every key press and click is counted, nothing is done by calling methods."""

import dataclasses
import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.walks.clerk import QUESTION, Seen
from benchmarks.walks.window_seen import seen_in
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
NOON = dt.datetime(2026, 11, 21, 3, 0, tzinfo=dt.UTC)
"""When all walks take place, so that ages, deadlines and what is late are the same in each run."""
_A_LOOK_S = 0.03
_ONE_KEY = frozenset("アイウエオァィゥェォャュョッー　")


@dataclasses.dataclass
class Counted:
    """What the clerk's hands did. `pin_digits` are apart: they are the visitor's, or a card's number.

    So are `visitor_touches` on the visitor's own screen.
    """

    key_presses: int = 0
    clicks: int = 0
    pin_digits: int = 0
    visitor_touches: int = 0


class CountedClerk:
    """Opens the window on a home folder of its own; `close` ends it.

    `questions`: every question the cursor stopped at, each row's apart.
    """

    def __init__(self, home: Path) -> None:
        keep_singletons()
        existing = QApplication.instance()
        self.application = existing if isinstance(existing, QApplication) else QApplication(["kakanai"])
        self.paths = Paths(home)
        self.paths.ensure_home()
        town = load_town(self.paths)
        self.office = build_office(self.paths, town, now=lambda: NOON)
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
        with theme.put_aside():  # as run_window does
            self.window = MainWindow(desk, theme)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self.flow = self.window.flow
        self.talk = self.window.conversation
        self.counted = Counted()
        self.questions: set[str] = set()
        self.wait(lambda: "確かめています" not in self.window.top_bar.reader.text())

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

    def wait_for(self, what: str, condition: Callable[[Seen], object]) -> Seen:
        """What is seen once the condition holds."""
        seen: list[Seen] = []

        def holds() -> object:
            seen[:] = [seen_in(self.window)]
            if seen[0].stretch == QUESTION and seen[0].question:
                self.questions.add(seen[0].question)
            return condition(seen[0])

        self.wait(holds, what)
        return seen[0]

    def mark(self, step: str) -> None:
        """Nothing: only a window that is killed stops here."""

    def _settle(self) -> None:
        """Let everything happen that a key sets off at once; a clerk takes longer to look up."""
        until = time.monotonic() + _A_LOOK_S
        while time.monotonic() < until:
            self.application.processEvents()
            time.sleep(0.002)

    @property
    def focused(self) -> QWidget:
        """The widget that has the focus."""
        widget = QApplication.focusWidget()
        return widget if widget is not None else self.window

    # --- hands --------------------------------------------------------------------------

    def key(self, key: str, *modifiers: str) -> None:
        """One key press by its name (`F8`, `Down`); Control, Shift and Alt held down are part of it."""
        held = Qt.KeyboardModifier.NoModifier
        for name in modifiers:
            held |= getattr(Qt.KeyboardModifier, f"{name}Modifier")
        QTest.keyClick(self.focused, getattr(Qt.Key, f"Key_{key}"), held)
        self.counted.key_presses += 1
        self._settle()

    def enter(self, times: int = 1) -> None:
        """Enter, so often."""
        for _ in range(times):
            self.key("Return")

    def keys(self, typed: str) -> None:
        """Letters and digits as they are on the keyboard."""
        QTest.keyClicks(self.focused, typed)
        self.counted.key_presses += len(typed)
        self._settle()

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
        self._settle()

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """One click."""
        QTest.mouseClick(
            widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at or widget.rect().center()
        )
        self.counted.clicks += 1
        self._settle()

    # --- cards: the visitor's hands -----------------------------------------------------

    def put_card(self, specimen: str) -> None:
        """The visitor puts a card on the reader; nothing is counted."""
        self.source.insert(specimen)

    def take_card(self) -> None:
        """The visitor takes the card away."""
        self.source.remove()

    def visitor_agrees(self) -> None:
        """The visitor touches 合っています on the screen of their own.

        Raises:
            LookupError: nothing is to be checked there.
        """
        screen = self.window.visitor.window
        if screen is None or not screen.check.yes.isVisible():
            raise LookupError("合っています")
        QTest.mouseClick(screen.check.yes, Qt.MouseButton.LeftButton)
        self.counted.visitor_touches += 1
        self._settle()

    def close(self) -> None:
        """End the case, the window and its threads."""
        self.flow.cancel_case()
        self.window.close()
        self.window.deleteLater()
        self.application.processEvents()
        self.application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.office.log.close()


def latin_keys(reading: str) -> int:
    """How many keys a katakana reading takes in Latin letters: one for a vowel or a sign, two for others."""
    return sum(1 if letter in _ONE_KEY or letter.isascii() else 2 for letter in reading)

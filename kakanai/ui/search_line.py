"""A line to search by, which hears what an input method composes, and moves a list beside it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

_ACROSS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_DOWN = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchLine(QLineEdit):
    """Keeps the focus while the list beside it moves.

    Signals:
        searched(str): what is typed now, kana that are still being composed included.
        moved(int): ↑ and ↓, -1 or 1.
        turned(int): ← and → while nothing is typed, -1 or 1.
        taken(): Enter.
        ticked(): Space while nothing is typed.
        asked(): ? while nothing is typed.
    """

    searched = Signal(str)
    moved = Signal(int)
    turned = Signal(int)
    taken = Signal()
    ticked = Signal()
    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._composed = ""
        self.textChanged.connect(self._tell)

    @property
    def typed(self) -> str:
        """What is typed now, the kana that are still being composed at the end."""
        return self.text() + self._composed

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Hear what is composed: a clerk finds 転入 at てん, before converting it."""
        self._composed = event.preeditString()
        super().inputMethodEvent(event)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        self.searched.emit(self.typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Enter takes, Escape empties the line; all others type."""
        key = Qt.Key(event.key())
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and key in _DOWN:
            self.moved.emit(_DOWN[key])
        elif plain and key in _ACROSS and not self.typed:
            self.turned.emit(_ACROSS[key])
        elif plain and key in _ENTER:
            self.taken.emit()
        elif plain and key == Qt.Key.Key_Space and not self.typed:
            self.ticked.emit()
        elif event.text() in {"?", "？"} and not self.typed:
            self.asked.emit()
        elif plain and key == Qt.Key.Key_Escape and self.typed:
            self.clear()
        elif key == Qt.Key.Key_Escape or key in _ENTER:
            event.ignore()  # for the stretch and the window
        else:
            super().keyPressEvent(event)

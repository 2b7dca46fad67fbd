"""The line that answers are typed into."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit


class AnswerLine(QLineEdit):
    """A line that leaves Ctrl+Z to the window, where it takes a whole answer back.

    Signals:
        entered(): the focus came.
        digit_pressed(int): 1 to 9, while `takes_digits` is set; the digit is not typed.
    """

    entered = Signal()
    digit_pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.takes_digits = False
        self.is_composing = False

    def event(self, event: QEvent) -> bool:
        """See QLineEdit."""
        is_undo = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
        if is_undo and event.type() == QEvent.Type.ShortcutOverride:
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses where digits are choices."""
        if self.takes_digits and event.text() in set("123456789"):
            self.digit_pressed.emit(int(event.text()))
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note whether the input method still composes."""
        self.is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell it after the line selected what it does by itself."""
        super().focusInEvent(event)
        self.entered.emit()

"""Four secret digits: a row of dots that never shows them, a keypad, and one button to confirm."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.theme import Theme

LENGTH = 4
_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "⌫")
_ERASE = "⌫"


class DigitPad(QWidget):
    """Takes digits by keyboard or mouse.

    The digits are kept in a bytearray of this widget and nowhere else: no text field, no clipboard, no
    input method. They are overwritten when they are taken, taken back, or the pad is left.

    Signals:
        confirmed(): the clerk or the visitor confirmed; `take` gives the digits, once.
        changed(): how many digits are in, or may be, is other than before; or the pad came or went.
    """

    confirmed = Signal()
    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName(self.tr("暗証番号の入力"))
        self._digits = bytearray()
        self._can_enter = False
        self._is_none_only = False
        self._words_for_none = ""
        self.dots = TextLabel("", "dots")
        self.dots.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._keypad = self._build_keypad(theme)
        self.confirm = ActionButton("", "primary")
        self.confirm.clicked.connect(self._confirm)
        theme.size(self, "setMaximumWidth", "measure.pad_width")  # three keys and the gaps
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.small"))
        column.addWidget(self.dots)
        column.addWidget(self._keypad)
        column.addWidget(self.confirm)
        column.addStretch(1)
        self._show()

    def _build_keypad(self, theme: Theme) -> QWidget:
        keypad = QWidget()
        grid = QGridLayout(keypad)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px("space.small"))
        for index, key in enumerate(_KEYS):
            if not key:
                continue
            button = QPushButton(key)
            button.setProperty("role", "keypad")
            # The keyboard types digits without looking for these.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(self.tr("1字消す") if key == _ERASE else key)
            button.clicked.connect(partial(self.press, key))
            grid.addWidget(button, index // 3, index % 3)
        return keypad

    @property
    def entered(self) -> int:
        """How many digits are in."""
        return len(self._digits)

    @property
    def can_enter(self) -> bool:
        """Whether a digit may come now."""
        return self._can_enter and not self._is_none_only

    @property
    def may_be_none(self) -> bool:
        """Whether it can be confirmed without any digit."""
        return self._can_enter and bool(self._words_for_none)

    def let_enter(self, *, is_allowed: bool, words_for_none: str = "", is_none_only: bool = False) -> None:
        """Start anew, with or without the right to enter.

        With `words_for_none` the button may be pressed without any digit, and says these words then;
        `is_none_only` takes no digit at all.
        """
        self._can_enter = is_allowed
        self._is_none_only = is_none_only
        self._words_for_none = words_for_none
        self.wipe()

    def take(self) -> str:
        """The four digits, or "" for none; they are forgotten here."""
        digits = self._digits.decode("ascii")
        self.wipe()
        return digits

    def wipe(self) -> None:
        """Overwrite and forget the digits."""
        for index in range(len(self._digits)):
            self._digits[index] = 0
        self._digits.clear()
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits, Backspace and Enter; everything else goes on to the page."""
        key = event.key()
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self.press(chr(key))
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.press(_ERASE)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._confirm()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that digits may come."""
        super().showEvent(event)
        self.changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget the digits when the pad is left."""
        self.wipe()
        super().hideEvent(event)

    @Slot()
    def press(self, key: str) -> None:
        """Take a digit, or take the last one back (⌫), from this pad or from the visitor's screen."""
        if not self._can_enter or self._is_none_only:
            return
        if key == _ERASE:
            if self._digits:
                self._digits[-1] = 0
                del self._digits[-1]
        elif len(self._digits) < LENGTH:
            self._digits.append(ord(key))
        self._show()

    @property
    def _is_complete(self) -> bool:
        is_none_allowed = bool(self._words_for_none) and not self._digits
        return self._can_enter and (is_none_allowed or len(self._digits) == LENGTH)

    @Slot()
    def _confirm(self) -> None:
        if self._is_complete:
            self.confirmed.emit()

    def _show(self) -> None:
        count = len(self._digits)
        self.dots.setText(" ".join("●" * count + "○" * (LENGTH - count)))
        self.dots.setAccessibleName(self.tr("4けたのうち{count}けた").format(count=count))
        words = self.tr("確定（Enter）") if count else self._words_for_none or self.tr("確定（Enter）")
        self.confirm.setText(words)
        self.confirm.setAccessibleName(words)
        self.confirm.setEnabled(self._is_complete)
        self._keypad.setEnabled(self._can_enter and not self._is_none_only)
        self.changed.emit()

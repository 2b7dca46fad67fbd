"""The board on which the visitor enters a PIN by touch. It keeps no digit: each goes to the clerk's pad."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kakanai.ui.digit_pad import LENGTH
from kakanai.ui.pin_prompt import AskedPin, PinMood, PinPrompt
from kakanai.ui.visitor import words
from kakanai.ui.visitor.board import BoardPage
from kakanai.ui.visitor.look import Look, Type
from kakanai.ui.visitor.text_block import TextBlock
from kakanai.ui.visitor.touch_button import TouchButton
from kakanai.ui.visitor.visitor_view import VisitorView

_EDGE_PX = 48
_GAP_PX = 12
_KEY_PX = 104
ERASE: Final = "⌫"
_KEYS: Final = ("1", "2", "3", "4", "5", "6", "7", "8", "9", ERASE, "0")
_WHICH: Final[Mapping[AskedPin, str]] = {
    AskedPin.MY_NUMBER: words.PIN_MY_NUMBER,
    AskedPin.LICENCE_1: words.PIN_LICENCE_1,
    AskedPin.LICENCE_2: words.PIN_LICENCE_2,
}


class PinBoard(BoardPage):
    """Which PIN, how many digits are in, how many tries are left, and a keypad.

    Signals:
        key_pressed(str): a digit, or ⌫.
        confirmed(): the visitor pressed 決定.
    """

    key_pressed = Signal(str)
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.which, self.dots = TextBlock(), TextBlock(), TextBlock(centred=True)
        self.tries, self.state, self.note = TextBlock(), TextBlock(), TextBlock()
        told = QVBoxLayout()
        told.setSpacing(2 * _GAP_PX)
        for block in (self.title, self.which, self.tries, self.state, self.note):
            told.addWidget(block)
        told.addStretch(1)
        self.keys = {key: TouchButton() for key in _KEYS}
        self.confirm = TouchButton(is_primary=True)
        self.confirm.clicked.connect(self._confirm)
        grid = QGridLayout()
        grid.setSpacing(_GAP_PX)
        for number, (key, button) in enumerate(self.keys.items()):
            button.setMinimumWidth(_KEY_PX)
            button.clicked.connect(partial(self._press, key))
            grid.addWidget(button, number // 3, number % 3)
        pad = QVBoxLayout()
        pad.setSpacing(2 * _GAP_PX)
        pad.addWidget(self.dots)
        pad.addLayout(grid)
        pad.addWidget(self.confirm)
        pad.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(_EDGE_PX, 2 * _GAP_PX, _EDGE_PX, _GAP_PX)
        line.setSpacing(_EDGE_PX)
        line.addLayout(told, 1)
        line.addLayout(pad)
        line.setAlignment(pad, Qt.AlignmentFlag.AlignTop)

    def fill(self, view: VisitorView, look: Look, most: int) -> None:
        """See BoardPage."""
        prompt = view.prompt or PinPrompt(AskedPin.MY_NUMBER, -1, 0, can_enter=False)
        say, ink = look.tongue.say, look.colors["ink"]
        self.title.dress(look.font(Type.TITLE), look.colors["accent"])
        self.title.show_text(say(words.ENTER_PIN))
        for block in (self.which, self.tries):
            block.dress(look.font(Type.VALUE), ink)
        self.which.show_text(say(_WHICH[prompt.asked]))
        self.tries.show_text(say(words.TRIES_LEFT, n=prompt.tries) if prompt.tries > 0 else "")
        self.state.dress(look.font(Type.VALUE), look.colors["danger"])
        self.state.show_text(self._state_words(prompt, look))
        self.note.dress(look.font(Type.BODY), look.colors["ink_soft"])
        if prompt.tries == 0 or prompt.mood is PinMood.READING:
            self.note.clear()
        else:
            self.note.show_text(f"{say(words.PIN_NOT_SHOWN)}\n{say(words.PIN_ASK_STAFF)}")
        self._fill_pad(prompt, look)

    def _state_words(self, prompt: PinPrompt, look: Look) -> str:
        """What matters most at this moment, with a sign where it is a warning."""
        say = look.tongue.say
        if prompt.mood is PinMood.READING:
            self.state.dress(look.font(Type.VALUE), look.colors["accent"])
            return say(words.READING)
        if prompt.tries == 0:
            return f"×　{say(words.PIN_LOCKED)}"
        told: list[str] = []
        if prompt.mood is PinMood.WRONG:
            told.append(f"×　{say(words.PIN_WRONG)}")
        if prompt.mood is PinMood.AGAIN:
            told.append(f"▲　{say(words.PIN_AGAIN)}")
        if prompt.tries == 1:
            told.append(f"▲　{say(words.LAST_TRY)}")
        if prompt.may_be_none and not told:
            self.state.dress(look.font(Type.VALUE), look.colors["ink"])
            return say(words.PIN_MAY_BE_NONE)
        return "\n".join(told)

    def _fill_pad(self, prompt: PinPrompt, look: Look) -> None:
        say = look.tongue.say
        self.dots.dress(look.font(Type.DIGITS), look.colors["ink"])
        self.dots.show_plain(" ".join("●" * prompt.entered + "○" * (LENGTH - prompt.entered)))
        self.dots.setAccessibleName(say(words.DIGITS_IN, n=prompt.entered))
        for key, button in self.keys.items():
            button.say(key, look, font=look.japanese_font(Type.DIGITS))
            button.setEnabled(prompt.can_enter)
        self.keys[ERASE].setAccessibleName(say(words.ERASE))
        self.confirm.say(say(words.ENTER), look)
        is_complete = prompt.entered == LENGTH or (prompt.may_be_none and not prompt.entered)
        self.confirm.setEnabled(prompt.can_enter and is_complete)

    @Slot()
    def _press(self, key: str) -> None:
        self.key_pressed.emit(key)

    @Slot()
    def _confirm(self) -> None:
        self.confirmed.emit()

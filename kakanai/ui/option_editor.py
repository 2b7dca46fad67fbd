"""Options as an answer, each with the key that chooses it."""

import string
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QWidget

from kakanai.identity.person import Sex
from kakanai.reception.variables import Choice, ValueType, Variable
from kakanai.ui.answer_editor import AnswerEditor
from kakanai.ui.arrow_choice import choose_by_arrow
from kakanai.ui.controls import FlowLayout
from kakanai.ui.theme import Theme

OPTION_KEYS: Final = f"1234567890{string.ascii_lowercase}"
"""The keys of the options in their order."""

NONE: Final = "none"
"""The option ない beside others of which several may be chosen: what Enter says when nothing is."""

_SEXES = (Choice("1", Sex.MALE.label), Choice("2", Sex.FEMALE.label))
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class OptionEditor(AnswerEditor):
    """Options side by side: one of them (radio) or several (check).

    The key before an option chooses it; where there can be one alone, that answers the question. Delete takes
    the answer back. 「ない」 and the others put each other out; Enter with nothing chosen is 「ない」.
    """

    def __init__(self, variable: Variable, theme: Theme) -> None:
        super().__init__()
        self._several = variable.type is ValueType.CHOICES
        self.buttons: dict[str, QAbstractButton] = {}
        self._pressed_while_checked = False
        lay = FlowLayout(theme.px("space.tight"))
        self.setLayout(lay)
        choices = _SEXES if variable.type is ValueType.SEX else variable.offered
        for number, choice in enumerate(choices):
            key = OPTION_KEYS[number : number + 1]
            words = f"{key} {choice.label}".strip().replace("&", "&&")
            button: QAbstractButton = QCheckBox(words) if self._several else QRadioButton(words)
            button.setAccessibleName(f"{variable.label} {choice.label}")
            button.clicked.connect(partial(self._take_click, choice.id))
            button.installEventFilter(self)
            self.buttons[choice.id] = button
            lay.addWidget(button)
        self.setFocusProxy(next(iter(self.buttons.values())))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys and arrows choose; Delete, Backspace or a press on the chosen option takes the answer back."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self._pressed_while_checked = isinstance(watched, QRadioButton) and watched.isChecked()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            # Space on the chosen one must not take it back: the arrow keys have chosen it already.
            self._pressed_while_checked = False
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self.show_raw(None)
                self.edited.emit()
                return True
            options = list(self.buttons.values())
            if event.modifiers() in _PLAIN and self._choose_by_key(event.text()):
                return True
            if not self._several and choose_by_arrow(options, watched, event.key()):
                return True
        return super().eventFilter(watched, event)

    def _choose_by_key(self, key: str) -> bool:
        place = OPTION_KEYS.find(key.lower()) if len(key) == 1 else -1
        if not 0 <= place < len(self.buttons):
            return False
        button = list(self.buttons.values())[place]
        button.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._several:
            button.click()
        else:
            button.setChecked(True)
            self.edited.emit()
            self.settled.emit()
        return True

    def _take_click(self, chosen: str, *_: object) -> None:
        if self._pressed_while_checked:
            self._pressed_while_checked = False
            self.show_raw(None)
        elif self._several and self.buttons[chosen].isChecked():
            for name, button in self.buttons.items():
                if (name == NONE) is not (chosen == NONE):
                    button.setChecked(False)
        self.edited.emit()

    def confirm(self) -> None:
        """Nothing chosen where several may be, and 「ない」 is one of them: it is the answer."""
        if self._several and NONE in self.buttons and self.raw() is None:
            self.show_raw([NONE])
            self.edited.emit()

    def raw(self) -> object:
        """The chosen id, or a list of ids; None for none."""
        chosen = [name for name, button in self.buttons.items() if button.isChecked()]
        if self._several:
            return chosen or None
        return chosen[0] if chosen else None

    def show_raw(self, given: object) -> None:
        """Show a choice."""
        chosen = set(given) if isinstance(given, list | tuple) else {given}
        for name, button in self.buttons.items():
            button.setAutoExclusive(False)
            button.setChecked(name in chosen)
            button.setAutoExclusive(not self._several)

    def inputs(self) -> list[QWidget]:
        """All options."""
        return list(self.buttons.values())

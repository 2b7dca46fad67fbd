"""Buttons in a strip, each pressed by its number too (1 世帯員, 2 委任した人)."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kakanai.ui.controls import ActionButton, FlowLayout
from kakanai.ui.theme import Theme

MOST = 9


class NumberedActions(QWidget):
    """At most nine actions; the focus is on the first, so that Enter takes it."""

    def __init__(self, theme: Theme, actions: tuple[tuple[str, Callable[[], object]], ...]) -> None:
        super().__init__()
        lay = FlowLayout(theme.px("space.tight"))
        lay.setContentsMargins(0, 0, 0, 0)
        self.setLayout(lay)
        self.buttons: list[ActionButton] = []
        for number, (words, act) in enumerate(actions[:MOST], start=1):
            button = ActionButton(f"{number} {words}")
            button.setProperty("role", "small")
            button.clicked.connect(partial(_do, act))
            lay.addWidget(button)
            self.buttons.append(button)
        if self.buttons:
            self.setFocusProxy(self.buttons[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit presses its button; buttons themselves leave digits to this."""
        number = event.key() - Qt.Key.Key_0
        if 1 <= number <= len(self.buttons):
            self.buttons[number - 1].click()
        else:
            super().keyPressEvent(event)


def _do(act: Callable[[], object], _checked: object = None) -> None:
    act()

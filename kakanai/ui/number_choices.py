"""A row of small buttons, each with the digit that chooses it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from kakanai.ui.controls import FlowLayout
from kakanai.ui.theme import Theme

MOST = 9


class NumberChoices(QWidget):
    """Up to nine words to choose from; the line above takes their digits, a mouse takes the buttons.

    Signals:
        chosen(text)
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words: tuple[str, ...] = ()
        self._flow = FlowLayout(theme.px("space.tight"))
        self.setLayout(self._flow)
        self.hide()

    def offer(self, words: Sequence[str]) -> None:
        """Show these words, the first nine of them; none hides the row."""
        if tuple(words[:MOST]) == self.words:
            return
        self.words = tuple(words[:MOST])
        while item := self._flow.takeAt(0):
            if button := item.widget():
                button.hide()
                button.deleteLater()
        for number, word in enumerate(self.words, start=1):
            button = QPushButton(f"{number} {word}".replace("&", "&&"))
            button.setProperty("role", "small")
            button.setAccessibleName(self.tr("{number} {word}").format(number=number, word=word))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the digit is the keyboard's way
            button.clicked.connect(partial(self.choose, number))
            self._flow.addWidget(button)
            button.show()
        self.setVisible(bool(self.words))
        self.updateGeometry()

    def choose(self, number: int, *_: object) -> None:
        """Choose by digit; one that is not offered does nothing."""
        if 1 <= number <= len(self.words):
            self.chosen.emit(self.words[number - 1])

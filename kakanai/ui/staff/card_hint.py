"""On the pages that ask who is here: that a staff card 職員証 will do, and a practice card if any."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.theme import Theme


class CardHint(QWidget):
    """In sight only where the town lets staff sign in by card.

    Signals:
        practice_wanted(): put the practice staff card on the simulated reader.
    """

    practice_wanted = Signal()

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.has_practice_card = False
        self.practice = ActionButton(self.tr("練習用の職員証を置く"))
        self.practice.clicked.connect(self.practice_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.small"))
        column.addWidget(TextLabel(words, "small", wrap=True))
        column.addWidget(self.practice)

    def show_for(self, *, by_card: bool) -> None:
        """Say it, or nothing."""
        self.practice.setVisible(self.has_practice_card)
        self.setVisible(by_card)

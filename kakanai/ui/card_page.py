"""What every page that asks for a key of a card has: title, tries left, and the ladder of other ways."""

from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kakanai.ui.card_drawing import CardDrawing
from kakanai.ui.controls import ActionButton, Hairline, TextLabel, set_property
from kakanai.ui.theme import Theme


class Rung(StrEnum):
    """A way to know who is here 本人を知る方法, in the order in which they are tried."""

    PIN = "pin"
    COLLATION = "collation"
    OTHER_CARD = "other_card"
    HAND = "hand"


class CardPage(QWidget):
    """Takes the middle of the window. Subclasses fill `words` (left) and `side` (right), then the ladder.

    Signals:
        rung_wanted(Rung): go on in that way; the case stays as it is.
    """

    rung_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = TextLabel("", "title")
        self.tries = TextLabel("", "tries")
        self.state = TextLabel("", "alarm", wrap=True)
        self.words = QVBoxLayout()
        self.words.setSpacing(theme.px("space.small"))
        self.side = QVBoxLayout()
        self.side.setSpacing(theme.px("space.small"))
        self.rungs: dict[Rung, ActionButton] = {}
        middle = QHBoxLayout()
        middle.setSpacing(theme.px("space.wide"))
        middle.addLayout(self.words, 1)
        middle.addLayout(self.side)
        column = QVBoxLayout(self)
        wide = theme.px("space.wide")
        column.setContentsMargins(wide, theme.px("space.medium"), wide, theme.px("space.small"))
        column.setSpacing(theme.px("space.small"))
        column.addWidget(self.title)
        column.addLayout(middle, 1)
        self._column = column

    def end_with_ladder(self, theme: Theme, rungs: tuple[Rung, ...]) -> None:
        """Put the other ways at the bottom; after the page's own controls, so that Tab comes to them last."""
        words = {
            Rung.PIN: self.tr("暗証番号（F2）"),
            Rung.COLLATION: self.tr("照合番号B（F10）"),
            Rung.OTHER_CARD: self.tr("別のカード（Esc）"),
            Rung.HAND: self.tr("手入力（F3）"),
        }
        line = QHBoxLayout()
        line.setSpacing(theme.px("space.small"))
        for rung in rungs:
            button = ActionButton(words[rung])
            button.clicked.connect(partial(self._want, rung))
            line.addWidget(button, 1)
            self.rungs[rung] = button
        self._column.addWidget(Hairline())
        self._column.addWidget(TextLabel(self.tr("ほかの方法（入力した内容は残ります）"), "small"))
        self._column.addLayout(line)

    @Slot()
    def _want(self, rung: Rung) -> None:
        self.rung_wanted.emit(rung)

    def set_compact(self, *, is_compact: bool) -> None:
        """Leave away what is only drawn, where room is short: the words say the same."""
        for drawing in self.findChildren(CardDrawing):
            drawing.set_left_away(is_left_away=is_compact)

    def tell(self, words: str, role: str = "alarm") -> None:
        """Say how the entry stands; `role` is that of the style sheet."""
        set_property(self.state, "role", role)
        self.state.setText(words)

    def take_focus(self) -> None:
        """Put the focus where the clerk begins."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the page: put another card, or read this one anew."""
        if event.key() == Qt.Key.Key_Escape:
            self.rung_wanted.emit(Rung.OTHER_CARD)
        else:
            super().keyPressEvent(event)

    def forget(self) -> None:
        """Forget what was entered; called when the page is left."""


def tries_text(words: str, tries: int) -> str:
    """Tries left in words, with a sign where the state is not the ordinary one; below 0 is unknown."""
    if tries < 0:
        return f"▲ {words}残り回数 不明"
    return f"{words}残り {tries} 回" if tries else f"× {words}ロックされています"

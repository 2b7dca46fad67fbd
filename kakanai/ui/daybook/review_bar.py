"""Judging the chosen case: approve, send back, comment, each with phrases that number keys choose."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kakanai.daybook.review_phrases import ReviewKind, ReviewPhrase
from kakanai.staff.act import Act
from kakanai.ui.controls import ActionButton, ElidedButton, FlowLayout, TextLabel
from kakanai.ui.theme import Theme

KEYS: Final[Mapping[ReviewKind, str]] = {
    ReviewKind.APPROVE: "S",
    ReviewKind.SEND_BACK: "M",
    ReviewKind.COMMENT: "F",
}
_ACTS: Final = {
    ReviewKind.APPROVE: Act.APPROVE,
    ReviewKind.SEND_BACK: Act.SEND_BACK,
    ReviewKind.COMMENT: Act.COMMENT,
}
_NUMBERED = 9


class PhraseList(QWidget):
    """The phrases of one judgement, one under the other; the first nine by their numbers too.

    Signals:
        picked(phrase id): empty for an approval without a phrase.
        given_up(): back, nothing was said.
    """

    picked = Signal(str)
    given_up = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[ElidedButton] = []
        self._title = TextLabel("", "strong")
        self._plain = ActionButton(self.tr("0 ことばを付けずに承認"), "primary")
        self._plain.clicked.connect(partial(self.picked.emit, ""))
        back = ActionButton(self.tr("やめる（Esc）"))
        back.clicked.connect(self.given_up)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px("space.tight"))
        self._column.addWidget(self._title)
        self._column.addWidget(self._plain)
        self._column.addWidget(back)
        self._column.addStretch(1)

    def ask(self, kind: ReviewKind, phrases: Sequence[ReviewPhrase]) -> None:
        """Offer these phrases; the focus is on the first choice, so that Enter takes it."""
        for button in self.buttons:
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        self._title.setText(self.tr("{kind}のことば").format(kind=kind.label))
        self._plain.setVisible(kind is ReviewKind.APPROVE)
        for number, phrase in enumerate(phrases, start=1):
            button = ElidedButton(f"{number} {phrase.words}" if number <= _NUMBERED else phrase.words)
            button.setProperty("role", "row")
            button.setParent(self)
            button.clicked.connect(partial(self.picked.emit, phrase.id))
            self._column.insertWidget(1 + number, button)
            self.buttons.append(button)
            button.show()
        self._first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _first(self) -> QWidget:
        return self.buttons[0] if self._plain.isHidden() and self.buttons else self._plain

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A number picks, ↑ and ↓ go on, Escape gives up."""
        number = event.key() - Qt.Key.Key_0
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif number == 0 and not self._plain.isHidden():
            self._plain.click()
        elif 1 <= number <= min(len(self.buttons), _NUMBERED):
            self.buttons[number - 1].click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)


class ReviewBar(QWidget):
    """The buttons of the judgements that whoever is signed in may give.

    Signals:
        wanted(ReviewKind): a judgement is to be given; its phrases come next.
    """

    wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        lay = FlowLayout(theme.px("space.tight"))
        self.setLayout(lay)
        self.is_offering = False
        self.buttons: dict[ReviewKind, ActionButton] = {}
        for kind, key in KEYS.items():
            role = "primary" if kind is ReviewKind.APPROVE else ""
            button = ActionButton(f"{kind.label}（{key}）", role)
            button.clicked.connect(partial(_tell, self.wanted.emit, kind))
            button.setParent(self)
            lay.addWidget(button)
            self.buttons[kind] = button

    def offer(self, may: Collection[Act], *, has_case: bool) -> None:
        """Show what may be done; without a case nothing can be pressed."""
        for kind, button in self.buttons.items():
            button.setVisible(_ACTS[kind] in may)
            button.setEnabled(has_case)
        self.is_offering = any(act in may for act in _ACTS.values())
        self.setVisible(self.is_offering)


def _tell(emit: Callable[[ReviewKind], object], kind: ReviewKind, _checked: object = None) -> None:
    emit(kind)


def kind_of_key(key: int) -> ReviewKind | None:
    """The judgement that a letter stands for."""
    return next((kind for kind, letter in KEYS.items() if key == ord(letter)), None)

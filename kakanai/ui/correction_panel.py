"""「直して印刷しなおす」: why, by one number key; for a bad print which forms, by another."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kakanai.counter.corrections import CorrectionReason
from kakanai.ui.controls import ActionButton, FlowLayout, TextLabel
from kakanai.ui.theme import Theme

_REASONS: Final = tuple(CorrectionReason)


class CorrectionPanel(QWidget):
    """Asks the reason; a bad print leads to the forms that are to be printed again as they are.

    Signals:
        correction_wanted(CorrectionReason): open the case again.
        again_wanted(tuple of form ids, CorrectionReason): print these once more.
        given_up(): nothing is to be done.
    """

    correction_wanted = Signal(object)
    again_wanted = Signal(object, object)
    given_up = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel("", "strong", wrap=True)
        self._buttons = QWidget()
        self._flow = FlowLayout(theme.px("space.small"))
        self._buttons.setLayout(self._flow)
        self._choices: list[QPushButton] = []
        self._forms: list[tuple[str, str]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.small"))
        column.addWidget(self._title)
        column.addWidget(self._buttons)
        self.hide()

    def ask(self, forms: Sequence[tuple[str, str]]) -> None:
        """Ask the reason; `forms` are the ids and titles of which paper is out."""
        self._forms = list(forms)
        self._title.setText(self.tr("なぜ直しますか。番号で選びます。"))
        words = [f"{number} {reason.label}" for number, reason in enumerate(_REASONS, start=1)]
        acts = [partial(self._take_reason, reason) for reason in _REASONS]
        self._offer(words, acts)

    def _ask_forms(self) -> None:
        self._title.setText(self.tr("どの紙を、同じ内容で刷りなおしますか。番号で選びます。"))
        ids = [form for form, _ in self._forms]
        words = [f"{number} {form} {title}" for number, (form, title) in enumerate(self._forms, start=1)]
        acts = [partial(self._take_forms, (form,)) for form in ids]
        if len(ids) > 1:
            words.append(self.tr("0 すべて"))
            acts.append(partial(self._take_forms, tuple(ids)))
        self._offer(words, acts)

    def _offer(self, words: Sequence[str], acts: Sequence[partial[None]]) -> None:
        for button in self._choices:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._choices = []
        back = (self.tr("やめる（Esc）"), partial(self._give_up))
        for label, act in (*zip(words, acts, strict=True), back):
            button = ActionButton(label)
            button.clicked.connect(act)
            self._flow.addWidget(button)
            button.show()  # or it takes no focus before the next event
            self._choices.append(button)
        self.show()
        self._choices[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_reason(self, reason: CorrectionReason) -> None:
        if reason is CorrectionReason.BAD_PRINT and self._forms:
            self._ask_forms()
            return
        self.hide()
        self.correction_wanted.emit(reason)

    def _take_forms(self, forms: tuple[str, ...]) -> None:
        self.hide()
        self.again_wanted.emit(forms, CorrectionReason.BAD_PRINT)

    @Slot()
    def _give_up(self) -> None:
        self.hide()
        self.given_up.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A number chooses, Escape gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self._give_up()
            return
        chosen = [
            button for button in self._choices if event.text() and button.text().startswith(event.text())
        ]
        if event.text().isdigit() and chosen:
            chosen[0].click()
        else:
            super().keyPressEvent(event)

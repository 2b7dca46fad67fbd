"""刷り直し of the chosen case: which form, why, and where to."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kakanai.counter.corrections import CorrectionReason
from kakanai.ui.controls import ActionButton, ChoiceBox, TextLabel
from kakanai.ui.theme import Theme

_REASONS = (
    CorrectionReason.BAD_PRINT,
    CorrectionReason.VISITOR,
    CorrectionReason.CLERK,
    CorrectionReason.WRITTEN_WRONG,
    CorrectionReason.OTHER,
)
"""What most often spoils paper comes first."""


class ReprintPanel(QWidget):
    """Three choices and a button; Enter prints, Escape goes back.

    Signals:
        wanted(tuple of form ids, CorrectionReason, printer name): no ids stand for every form that is kept.
        given_up(): back, nothing is printed.
    """

    wanted = Signal(object, object, str)
    given_up = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: list[tuple[str, ...]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.tight"))
        column.addWidget(TextLabel(self.tr("刷り直し"), "strong"))
        words = self.tr("刷ったときと同じものを、もう一度刷ります。前の紙は廃棄します。操作ログに残ります。")
        column.addWidget(TextLabel(words, "small", wrap=True))
        self.forms, self.reasons, self.printers = ChoiceBox(), ChoiceBox(), ChoiceBox()
        for box, name in (
            (self.forms, self.tr("刷る様式(&Y)")),
            (self.reasons, self.tr("理由(&R)")),
            (self.printers, self.tr("印刷先(&P)")),
        ):
            label = TextLabel(name)
            label.setBuddy(box)
            box.setAccessibleName(name.partition("(")[0])
            box.setMinimumContentsLength(8)
            box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            column.addWidget(label)
            column.addWidget(box)
        for reason in _REASONS:
            self.reasons.addItem(reason.label, reason.value)
        self.print_button = ActionButton(self.tr("刷り直す（Enter）"), "primary")
        self.print_button.clicked.connect(self._send)
        back = ActionButton(self.tr("やめる（Esc）"))
        back.clicked.connect(self.given_up)
        column.addWidget(self.print_button)
        column.addWidget(back)
        column.addStretch(1)

    def show_printers(self, names: Sequence[str]) -> None:
        """Offer these printers; what was chosen stays."""
        chosen = self.printers.currentText()
        self.printers.clear()
        self.printers.addItems(list(names))
        self.printers.setCurrentIndex(max(self.printers.findText(chosen), 0))

    def ask(self, titles: Mapping[str, str]) -> None:
        """Offer the forms that are kept, by id with their titles."""
        self._ids = [(form,) for form in titles]
        self.forms.clear()
        self.forms.addItems([f"{form} {title}" for form, title in titles.items()])
        if len(titles) > 1:
            self._ids.append(())
            self.forms.addItem(self.tr("すべて（{count} 様式）").format(count=len(titles)))
        self.reasons.setCurrentIndex(0)
        self.forms.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _send(self) -> None:
        if self.printers.count() and self._ids:
            forms = self._ids[self.forms.currentIndex()]
            self.wanted.emit(forms, CorrectionReason(self.reasons.currentData()), self.printers.currentText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter prints from any of the choices; no letter reaches the page behind."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._send()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.text():
            event.accept()
        else:
            super().keyPressEvent(event)

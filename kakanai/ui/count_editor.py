"""A count 通数 as an answer."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSpinBox, QWidget

from kakanai.reception.variables import Variable
from kakanai.ui.answer_editor import AnswerEditor
from kakanai.ui.theme import Theme


class _CountBox(QSpinBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling through the questions must not order certificates.
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Qt selects the text after Tab only; the clerk comes by F5, Enter and the group list too.
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A digit beside the dash would be no number, and be lost without a word.
        if event.text().isdecimal() and self.text() == self.specialValueText():
            self.selectAll()
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Ctrl+Z is the window's, which takes back a whole answer.
        is_undo = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
        if is_undo and event.type() == QEvent.Type.ShortcutOverride:
            event.ignore()
            return False
        return super().event(event)


class CountEditor(AnswerEditor):
    """A count 通数 0–99; nothing typed shows a dash and is no answer."""

    def __init__(self, variable: Variable, theme: Theme) -> None:
        super().__init__()
        self.box = _CountBox()
        self.box.setRange(0, 99)
        self.box.setSpecialValueText("－")
        self.box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.size(self.box, "setFixedSize", "measure.count_width", "measure.input")
        self.box.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.box.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(theme.px("space.tight"))
        lay.addWidget(self.box)
        for sign, words, step in (("－", self.tr("減らす"), -1), ("＋", self.tr("増やす"), 1)):
            button = QPushButton(sign)
            button.setProperty("role", "count")
            button.setAccessibleName(f"{variable.label} {words}")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys do the same
            button.clicked.connect(partial(self._step, step))
            lay.addWidget(button)
        lay.addStretch(1)
        self.setFocusProxy(self.box)
        self.box.valueChanged.connect(self.edited)
        self.box.editingFinished.connect(self.left)

    @Slot()
    def _step(self, step: int) -> None:
        self.box.setFocus(Qt.FocusReason.MouseFocusReason)
        self.box.stepBy(step)

    def raw(self) -> object:
        """The count, None for none."""
        return self.box.value() or None

    def show_raw(self, given: object) -> None:
        """Show a count."""
        self.box.blockSignals(True)
        self.box.setValue(given if isinstance(given, int) else 0)
        self.box.blockSignals(False)

    def inputs(self) -> list[QWidget]:
        """The spin box."""
        return [self.box]

"""One question on the window: sign of the source, label, input, and words when the form is wrong."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kakanai.reception.variables import Variable
from kakanai.ui.answer_editor import AnswerEditor
from kakanai.ui.answer_editors import editor_for
from kakanai.ui.case_state import PROPOSED_SIGN
from kakanai.ui.controls import TextLabel
from kakanai.ui.theme import Theme
from kakanai.ui.unfolding import reveal


class AnswerField(QWidget):
    """A question with its input. Wrong forms are told when the clerk leaves the input, not while typing.

    Signals:
        answered(variable id, raw answer)
        noticed(variable id): the focus or the mouse came to it.
        settled(): one key gave the whole answer; the next question may come.
    """

    answered = Signal(str, object)
    noticed = Signal(str)
    settled = Signal()

    def __init__(
        self, variable: Variable, theme: Theme, label_width: str, today: Callable[[], dt.date]
    ) -> None:
        super().__init__()
        self.variable = variable
        self.editor: AnswerEditor = editor_for(variable, theme, today)
        self._fault = ""
        self._given_sign = ""
        self._shown: tuple[object, str, str] | None = None
        self._sign = TextLabel("", "strong")
        self._sign.setFixedWidth(20)
        self.label = TextLabel(variable.label, wrap=True)
        theme.size(self.label, "setFixedWidth", label_width)
        self.label.setBuddy(self.editor)
        # The hint of the question that has the focus stands beside the title of its group: a line of words
        # under each question would push the last ones out of sight.
        self.setToolTip(variable.hint)
        self._error = TextLabel("", "error", wrap=True)
        self._error.hide()
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addWidget(self.editor)
        right.addWidget(self._error)
        self._label_width = label_width
        self._short_width = ""
        self._line = line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px("space.tight"))
        top = Qt.AlignmentFlag.AlignTop
        for label in (self._sign, self.label):
            theme.size(label, "setMinimumHeight", "measure.input")
        line.addWidget(self._sign, 0, top)
        line.addWidget(self.label, 0, top)
        line.addLayout(right, 1)
        self.editor.edited.connect(self._tell)
        self.editor.left.connect(self._show_fault)
        self.editor.settled.connect(self.settled)
        for widget in self.editor.inputs():
            if not widget.accessibleName():
                widget.setAccessibleName(variable.label)
            widget.setAccessibleDescription(variable.hint)
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the focus comes to an input."""
        if event.type() == QEvent.Type.FocusIn:
            self.noticed.emit(self.variable.id)
        elif event.type() == QEvent.Type.FocusOut:
            self._show_fault()
        return super().eventFilter(watched, event)

    def set_short(self, theme: Theme, *, is_short: bool) -> None:
        """Give the label less room where two fields share a line."""
        width = "measure.count_label_width" if is_short else self._label_width
        if width != (self._short_width or self._label_width):
            self._short_width = width
            theme.size(self.label, "setFixedWidth", width)

    def height_in(self, width: int) -> int:
        """How high the field is at this width."""
        return self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()

    @property
    def has_focus(self) -> bool:
        """Whether one of its inputs has the focus."""
        return any(widget.hasFocus() for widget in self.editor.inputs())

    @property
    def error_text(self) -> str:
        """The words beside a wrong input, "" when none are shown."""
        return self._error.text()

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.TabFocusReason) -> None:
        """Put the focus on the chosen option, or on the input; what it lies folded in unfolds."""
        reveal(self)
        inputs = self.editor.inputs()
        checked = [widget for widget in inputs if widget.property("checked")]
        (checked or inputs)[0].setFocus(reason)

    def show_answer(self, given: object, sign: str, fault: str, *, is_new: bool = False) -> None:
        """Show an answer, the sign of its source, and keep the fault for when the input is left.

        What is being typed is not touched, unless the answer `is_new`: taken back, or of another case.
        """
        if self._shown == (given, sign, fault) and not is_new:
            return  # every key shows every answer; most are as they were
        self._shown = (given, sign, fault)
        if is_new or not self.has_focus or not isinstance(given, str):
            self.editor.show_raw(given)
        self._given_sign = sign
        self._fault = fault
        if not fault:
            self._show_fault()
        self._show_sign()

    def propose(self, text: str) -> None:
        """Show what the answer may be; Enter confirms it."""
        self.editor.propose(text)
        self._show_sign()

    def confirm(self) -> None:
        """Take what is proposed as the answer."""
        self.editor.confirm()

    def _show_sign(self) -> None:
        is_proposing = self.editor.is_proposing
        self._sign.setText(PROPOSED_SIGN if is_proposing else self._given_sign)
        words = self.tr("Enter で決める。違えば入力") if is_proposing else ""
        self._sign.setToolTip(words)
        for widget in self.editor.inputs():
            widget.setAccessibleDescription(words or self.variable.hint)

    @Slot()
    def _tell(self) -> None:
        self.answered.emit(self.variable.id, self.editor.raw())

    @Slot()
    def _show_fault(self) -> None:
        words = self.tr("× 書き方が違います: {expected}").format(expected=self._fault)
        self._error.setText(words if self._fault else "")
        self._error.setVisible(bool(self._fault))
        self.editor.set_wrong(bool(self._fault))

"""Questions that may be left なければ選ばない, folded into one line that names them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kakanai.reception.variables import Variable
from kakanai.ui.answer_field import AnswerField
from kakanai.ui.controls import ElidedButton
from kakanai.ui.theme import Theme
from kakanai.ui.unfolding import Unfolding


def is_folded_away(variable: Variable) -> bool:
    """Whether a question waits in the fold: it may be left, and has no default that ought to be seen."""
    return variable.optional and not variable.default


class OptionalFold(QWidget, Unfolding):
    """A line that opens with Space, Enter or Ctrl+O; opened, Enter stops at the questions in it.

    Signals:
        toggled(): it was opened or folded.
    """

    toggled = Signal()

    def __init__(
        self, theme: Theme, fields: Sequence[AnswerField], parent: QWidget, *, is_open: bool
    ) -> None:
        super().__init__(parent)
        self.fields = list(fields)
        self.is_open = is_open
        self.header = ElidedButton("")
        self.header.setProperty("role", "row")
        self.header.setAutoDefault(True)
        self.header.clicked.connect(self.toggle)
        self._body = QWidget(self)  # from the start: Qt styles the fields in it once more with each move
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px("space.tight"))
        for field in self.fields:
            body.addWidget(field)
            field.show()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.tight"))
        column.addWidget(self.header)
        column.addWidget(self._body)
        self._show()

    @Slot()
    def toggle(self) -> None:
        """Open or fold; opened, the focus goes to the first question."""
        self.set_open(is_open=not self.is_open)
        if self.is_open:
            self.fields[0].take_focus()

    def unfold_for(self, widget: QWidget) -> None:
        """Show the questions if this is one of them."""
        if self._body.isAncestorOf(widget):
            self.set_open(is_open=True)

    def set_open(self, *, is_open: bool) -> None:
        """Show the questions, or the line alone."""
        if is_open != self.is_open:
            self.is_open = is_open
            self._show()
            self.toggled.emit()

    def _show(self) -> None:
        self._body.setVisible(self.is_open)
        names = "・".join(field.variable.label for field in self.fields)
        words = self.tr("なければ選ばない {count} 項目　{names}").format(count=len(self.fields), names=names)
        self.header.show_text(f"{'▾' if self.is_open else '▸'} {words}")
        state = self.tr("開いています") if self.is_open else self.tr("たたんであります（Ctrl+O で開く）")
        self.header.setAccessibleName(f"{words} {state}")

"""The left column folded into a line, where the screen is small or the letters are large: the five steps."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.controls import ElidedButton, set_property
from kakanai.ui.stretch import Stretch
from kakanai.ui.theme import Theme


class StepLine(QWidget):
    """One button a step; the open one has its words, the others their number alone.

    Signals:
        stretch_wanted(index): open that stretch.
        column_wanted(): show the whole column, or put it away again.
    """

    stretch_wanted = Signal(int)
    column_wanted = Signal()

    def __init__(
        self, theme: Theme, flow: CaseFlow, stretches: list[Stretch], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("StepLine")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stretches = stretches
        self._current = 0
        self._line = QHBoxLayout(self)
        space = theme.px("space.tight")
        self._line.setContentsMargins(space, 0, space, 0)
        self._line.setSpacing(space)
        column = self._button(
            QPushButton("☰"), self.tr("受付の欄"), self.tr("受付の欄を出す・しまう（Alt+0）")
        )
        column.clicked.connect(self.column_wanted)
        self._line.addWidget(column)
        self.steps: list[QPushButton] = []
        for index, stretch in enumerate(stretches):
            words = self.tr("Alt+{number}").format(number=index + 1)
            step = self._button(ElidedButton(stretch.title), stretch.title, words)
            step.clicked.connect(partial(self._want, index))
            theme.size(step, "setMinimumWidth", "measure.step_width")
            self._line.addWidget(step)
            self.steps.append(step)
        for told in (flow.changed, flow.asked, flow.filled):
            told.connect(self.refresh)
        self.refresh()

    def _button(self, button: QPushButton, name: str, tip: str) -> QPushButton:
        button.setProperty("role", "step")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt+number does the same
        button.setAccessibleName(name)
        button.setToolTip(tip)
        return button

    @Slot()
    def _want(self, index: int) -> None:
        self.stretch_wanted.emit(index)

    @Slot(int)
    def show_current(self, index: int) -> None:
        """Give the words to the open stretch."""
        self._current = index
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show ✓ and words."""
        for index, (step, stretch) in enumerate(zip(self.steps, self._stretches, strict=True)):
            is_current = index == self._current
            sign = "▶" if is_current else "✓" if stretch.is_done else ""
            short, _, _ = stretch.title.partition(" ")
            words = f"{stretch.title}　{stretch.summary}" if is_current else short
            if isinstance(step, ElidedButton):
                step.show_text(f"{sign} {words}".strip())
            self._line.setStretchFactor(step, 8 if is_current else 1)
            step.setAccessibleName(f"{stretch.title} {stretch.summary}")
            set_property(step, "state", "current" if is_current else "done" if stretch.is_done else "")

"""The faults to practise 困ったとき, each begun by a press; what to do is told, and when it is mastered."""

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from kakanai.training.exercises import Exercise, PrinterFault
from kakanai.ui.controls import ActionButton, TextLabel, set_property
from kakanai.ui.theme import Theme


class FaultsSheet(QWidget):
    """Shows the exercises and the one that is under way.

    Signals:
        begin_wanted(Exercise): arrange this one.
        mend_wanted(): paper is put in, the printer is switched on.
        reset_wanted(): everything practised is to be forgotten.
    """

    begin_wanted = Signal(object)
    mend_wanted = Signal()
    reset_wanted = Signal()

    def __init__(self, theme: Theme, exercises: Sequence[Exercise], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, ActionButton] = {}
        self._titles = {one.id: one.title for one in exercises}
        inner = QWidget()
        inner.setObjectName("StretchBody")
        inner.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.px("space.small"), 0)
        column.setSpacing(theme.px("space.tight"))
        for exercise in exercises:
            button = ActionButton(exercise.title)
            button.clicked.connect(partial(self.begin_wanted.emit, exercise))
            self.buttons[exercise.id] = button
            column.addWidget(button)
        self.words = TextLabel("", wrap=True)
        self.way_out = TextLabel("", "strong", wrap=True)
        self.done = TextLabel("", "ok", wrap=True)
        self.mend = ActionButton(self.tr("プリンターを直した"))
        self.mend.clicked.connect(self.mend_wanted)
        for widget in (self.words, self.way_out, self.done, self.mend):
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reset = ActionButton(self.tr("練習をはじめに戻す…"))
        self.reset.clicked.connect(self.reset_wanted)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.px("space.small"), 0, 0)
        whole.addWidget(area, 1)
        whole.addWidget(self.reset)

    def show_exercise(
        self, exercise: Exercise | None, mastered: Collection[str], *, is_met: bool, fault: PrinterFault
    ) -> None:
        """Show what is under way; the way out is told once the fault was met."""
        for name, button in self.buttons.items():
            button.setText(("✓ " if name in mastered else "") + self._titles[name])
            set_property(button, "current", exercise is not None and exercise.id == name)
        is_done = exercise is not None and exercise.id in mastered
        self.words.setText(exercise.words if exercise else self.tr("練習することを選びます。"))
        self.way_out.setText(exercise.way_out if exercise and (is_met or is_done) else "")
        self.done.setText(self.tr("✓ できました。") if is_done else "")
        self.mend.setVisible(fault is not PrinterFault.NONE)

"""The guided first lesson beside the window: all steps, the one to do now, what went astray."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from kakanai.training.lesson import STEPS, Lesson
from kakanai.ui.controls import ActionButton, TextLabel, set_property
from kakanai.ui.theme import Theme


class LessonSheet(QWidget):
    """Shows a Lesson.

    Signals:
        begin_wanted(): begin, or begin again.
    """

    begin_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.begin = ActionButton("", "primary")
        self.begin.clicked.connect(self.begin_wanted)
        self.words = TextLabel("", wrap=True)
        self.remark = TextLabel("", "alarm", wrap=True)
        self.remark.setAccessibleName(self.tr("気づいたこと"))
        self.steps = [TextLabel("", wrap=True) for _ in STEPS]
        inner = QWidget()
        inner.setObjectName("StretchBody")
        inner.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.px("space.small"), 0)
        column.setSpacing(theme.px("space.tight"))
        for label in self.steps:
            column.addWidget(label)
        column.addWidget(self.words)
        column.addWidget(self.remark)
        column.addStretch(1)
        self._column = column
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area = area
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.px("space.small"), 0, 0)
        whole.addWidget(TextLabel(self.tr("最初のレッスン　転入"), "group"))
        whole.addWidget(area, 1)
        whole.addWidget(self.begin)

    def show_lesson(self, lesson: Lesson) -> None:
        """Show how far it has come; how to do a step stands right below it."""
        for place, (label, step) in enumerate(zip(self.steps, STEPS, strict=True)):
            is_done = lesson.is_begun and place < lesson.place
            is_now = lesson.step is step
            label.setText(f"{'✓' if is_done else '▶' if is_now else '・'} {place + 1}. {step.title}")
            set_property(label, "role", "ok" if is_done else "strong" if is_now else "small")
        for part in (self.words, self.remark):
            self._column.removeWidget(part)
        below = min(lesson.place, len(STEPS) - 1) + 1 if lesson.is_begun else 0
        self._column.insertWidget(below, self.words)
        self._column.insertWidget(below + 1, self.remark)
        if lesson.step is not None:
            self.words.setText(lesson.step.words)
        elif lesson.is_begun:
            self.words.setText(
                self.tr("終わりました。次は「困ったとき」を練習するか、ほかの住民で受け付けます。")
            )
        else:
            self.words.setText(self.tr("1人で転入する人の受付を、初めから終わりまで進めます。10分ほどです。"))
        self.remark.setText(f"▲ {lesson.remark}" if lesson.remark else "")
        self.remark.setVisible(bool(lesson.remark))
        self.begin.setText(self.tr("はじめから") if lesson.is_begun else self.tr("レッスンを始める"))
        now = next((label for label in self.steps if label.property("role") == "strong"), None)
        if now is not None:
            self._area.ensureWidgetVisible(self.remark if lesson.remark else self.words)

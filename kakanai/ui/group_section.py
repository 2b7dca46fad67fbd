"""One group of questions in ③: open with its questions, or folded into a line of what was answered."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kakanai.reception.facts import Question, QuestionGroup
from kakanai.reception.open_questions import open_in
from kakanai.ui.answer_words import in_words
from kakanai.ui.case_state import CaseState
from kakanai.ui.controls import ElidedButton
from kakanai.ui.unfolding import Unfolding


@dataclass(frozen=True)
class Part:
    """The `questions` of a group that stand together under a `title`: all, or those of one page."""

    group: QuestionGroup
    questions: tuple[Question, ...]
    title: str


class GroupSection(QWidget, Unfolding):
    """A part of a group by its `key`; `content` are its questions.

    Closed, it shows its line, or nothing where there is no room.

    Signals:
        wanted(): the clerk pressed the line.
        unfold_wanted(): the focus is about to come to a question of it.
    """

    wanted = Signal()
    unfold_wanted = Signal()

    def __init__(self, key: str, content: QWidget, part: Part, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.part = part
        self.content = content
        self.is_open = False
        self._words = ""
        self.line = ElidedButton(part.title)
        self.line.setProperty("role", "row")
        self.line.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab, Ctrl+Down and Ctrl+Up come here too
        self.line.clicked.connect(self.wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addWidget(content)
        self.set_open(is_open=False)

    def unfold_for(self, widget: QWidget) -> None:
        """Ask to be the open one."""
        if self.content.isAncestorOf(widget):
            self.unfold_wanted.emit()

    def set_open(self, *, is_open: bool) -> None:
        """Show the questions, or the line alone."""
        self.is_open = is_open
        self.content.setVisible(is_open)
        self.line.setVisible(not is_open)

    def show_line(self, others: str) -> None:
        """Show the line of a closed group, with words about those that have no room."""
        words = "　".join(filter(None, (self._words, others)))
        if words == self.line.whole_text:
            return
        self.line.show_text(words)
        self.line.setAccessibleName(words)

    def unanswered(self, state: CaseState) -> int:
        """How many of its questions have no answer yet."""
        asked = {question.variable.id for question in self.part.questions}
        return sum(name in asked for name in open_in(self.part.group, state.facts))

    def tell(self, state: CaseState) -> None:
        """Keep in words what was answered, and what is left."""
        left = self.unanswered(state)
        sign = self.tr("あと{left}").format(left=left) if left else "✓"
        self._words = "　".join(filter(None, (f"▸ {self.part.title}", sign, _answered(self.part, state))))

    def height_in(self, width: int) -> int:
        """How high the questions are at this width."""
        content = self.content
        content.ensurePolished()
        if content.hasHeightForWidth():
            return content.heightForWidth(width)
        return content.sizeHint().height()


def _answered(part: Part, state: CaseState) -> str:
    group = part.group
    if group.list_name:
        rows = state.facts.rows.get(group.list_name, [])
        names = [row.get(f"{group.list_name}.name") for row in rows]
        return "・".join(name for name in names if isinstance(name, str))
    values = state.facts.values
    told = [question.variable for question in part.questions if question.variable.id in values]
    return "・".join(in_words(values[variable.id], variable) for variable in told)

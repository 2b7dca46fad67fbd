"""The people of a list (異動する人): one block of questions for each, added and removed."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kakanai.reception.facts import Question
from kakanai.reception.variables import Variable
from kakanai.ui.answer_field import AnswerField
from kakanai.ui.case_state import ASKED_SIGN
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.theme import Theme
from kakanai.ui.typed_answers import TypedAnswers

FOREIGN_ONLY = frozenset(
    {
        "member.nationality",
        "member.residence_status",
        "member.residence_card",
        "member.article_30_45",
        "member.alias",
    }
)
"""Asked of foreign residents only; folded away until the clerk opens them."""


class PersonBlock(QFrame):
    """One person of the list.

    Signals:
        edited(): an answer changed.
        removed(PersonBlock): the clerk takes the person out.
        noticed(variable id): the focus came to a question.
    """

    edited = Signal()
    removed = Signal(object)
    noticed = Signal(str)

    def __init__(self, theme: Theme, variables: list[Variable], typed: TypedAnswers) -> None:
        super().__init__()
        self.setObjectName("Panel")
        self._typed = typed
        self.fields: dict[str, AnswerField] = {}
        self.title = TextLabel("", "strong")
        remove = ActionButton(self.tr("この人を外す"))
        remove.clicked.connect(self._remove)
        self._foreign = ActionButton(self.tr("外国人住民の欄"))
        self._foreign.clicked.connect(self._open_foreign)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self._foreign)
        head.addWidget(remove)
        column = QVBoxLayout(self)
        space = theme.px("space.small")
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(theme.px("space.tight"))
        column.addLayout(head)
        for variable in variables:
            field = AnswerField(variable, theme, theme.px("measure.label_width") - space - 24)
            field.answered.connect(self._take)
            field.noticed.connect(self.noticed)
            self.fields[variable.id] = field
            column.addWidget(field)
        for name in FOREIGN_ONLY & self.fields.keys():
            self.fields[name].hide()
        self._foreign.setVisible(bool(FOREIGN_ONLY & self.fields.keys()))

    def row(self) -> dict[str, object]:
        """The answers given, by variable id."""
        answers = {name: field.editor.raw() for name, field in self.fields.items()}
        return {name: given for name, given in answers.items() if given not in (None, "")}

    def use(self, variables: set[str]) -> None:
        """Show the questions that the chosen forms need; typed answers of the others stay."""
        foreign_open = not self._foreign.isVisibleTo(self)
        for name, field in self.fields.items():
            field.setVisible(name in variables and (name not in FOREIGN_ONLY or foreign_open))

    @Slot(str, object)
    def _take(self, variable: str, given: object) -> None:
        fault = self._typed.fault(variable, given)
        self.fields[variable].show_answer(given, ASKED_SIGN if given is not None else "", fault)
        self.edited.emit()

    @Slot()
    def _open_foreign(self) -> None:
        self._foreign.hide()
        names = [name for name in self.fields if name in FOREIGN_ONLY]
        for name in names:
            self.fields[name].show()
        self.fields[names[0]].take_focus()

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self)


class MemberList(QWidget):
    """All people of one list beside the visitor.

    Signals:
        edited(list name, rows)
        noticed(variable id)
    """

    edited = Signal(str, object)
    noticed = Signal(str)

    def __init__(self, theme: Theme, list_name: str, variables: list[Variable], typed: TypedAnswers) -> None:
        super().__init__()
        self._theme = theme
        self._list_name = list_name
        self._variables = variables
        self._typed = typed
        self._used = {variable.id for variable in variables}
        self.blocks: list[PersonBlock] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px("space.small"))
        self.add = ActionButton(self.tr("＋ 人を足す"))
        self.add.clicked.connect(self.add_person)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def use(self, questions: tuple[Question, ...]) -> None:
        """Ask each person these questions."""
        self._used = {question.variable.id for question in questions}
        for block in self.blocks:
            block.use(self._used)

    @Slot()
    def add_person(self) -> None:
        """One more person; the focus goes to the first question."""
        block = PersonBlock(self._theme, self._variables, self._typed)
        block.use(self._used)
        block.edited.connect(self._tell)
        block.removed.connect(self._remove)
        block.noticed.connect(self.noticed)
        self.blocks.append(block)
        self._column.insertWidget(len(self.blocks) - 1, block)
        self._number()
        next(iter(block.fields.values())).take_focus()

    @Slot(object)
    def _remove(self, block: PersonBlock) -> None:
        self.blocks.remove(block)
        block.hide()
        block.deleteLater()
        self._number()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def clear(self) -> None:
        """Forget everybody."""
        for block in self.blocks:
            block.hide()
            block.deleteLater()
        self.blocks = []

    @Slot()
    def _tell(self) -> None:
        self.edited.emit(self._list_name, [block.row() for block in self.blocks])

    def _number(self) -> None:
        for number, block in enumerate(self.blocks, start=1):
            block.title.setText(self.tr("窓口に来た人のほか　{number}人目").format(number=number))

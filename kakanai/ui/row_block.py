"""One row of a list: the questions about one person, thing or dog; it folds into a line."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kakanai.reception.variables import ValueType, Variable
from kakanai.ui.answer_field import AnswerField
from kakanai.ui.case_state import ASKED_SIGN
from kakanai.ui.controls import ActionButton, ElidedButton
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

_SHORT_TYPES = frozenset(
    {ValueType.NAME, ValueType.KANA, ValueType.PHONE, ValueType.POSTAL, ValueType.COUNT, ValueType.YEN}
)
_SHORT_TEXT = 40
_LONG_LABEL = 9
"""Characters of a label that fill a line of half the width."""


class RowBlock(QFrame):
    """One row.

    Signals:
        edited(): an answer changed.
        removed(RowBlock): the clerk takes the row out.
        noticed(variable id): the focus came to a question.
    """

    edited = Signal()
    removed = Signal(object)
    noticed = Signal(str)

    def __init__(self, theme: Theme, entry: str, variables: list[Variable], typed: TypedAnswers) -> None:
        super().__init__()
        self.setObjectName("Panel")
        self._typed = typed
        self._entry = entry
        self._used = {variable.id for variable in variables}
        self._name = ""
        self.is_open = True
        self.fields: dict[str, AnswerField] = {}
        self.header = ElidedButton("")
        self.header.setProperty("role", "row")
        self.header.setAutoDefault(True)
        self.header.clicked.connect(self.toggle)
        self.remove = ActionButton(self.tr("外す"))
        self.remove.setProperty("role", "small")
        self.remove.clicked.connect(self._remove)
        self._foreign = ActionButton(self.tr("外国人住民の欄"))
        self._foreign.setProperty("role", "small")
        self._foreign.clicked.connect(self._open_foreign)
        head = QHBoxLayout()
        head.addWidget(self.header, 1)
        head.addWidget(self._foreign)
        head.addWidget(self.remove)
        if not any(variable.id in FOREIGN_ONLY for variable in variables):
            self._foreign.hide()
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px("space.small"))
        self._grid.setVerticalSpacing(theme.px("space.tight"))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        space = theme.px("space.tight")
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(space)
        column.addLayout(head)
        column.addWidget(self._body)
        for variable in variables:
            field = AnswerField(variable, theme, theme.px("measure.row_label_width"))
            field.label.setText(_short_label(variable, entry))
            field.answered.connect(self._take)
            field.noticed.connect(self.noticed)
            self.fields[variable.id] = field
        self.use(self._used)

    # --- questions ----------------------------------------------------------------------

    def row(self) -> dict[str, object]:
        """The answers given, by variable id."""
        answers = {name: field.editor.raw() for name, field in self.fields.items()}
        return {name: given for name, given in answers.items() if given not in (None, "")}

    @property
    def asked(self) -> list[AnswerField]:
        """The fields that are asked now, top to bottom; none while the row is folded."""
        return [field for name, field in self.fields.items() if self.is_open and self._is_asked(name)]

    def _is_asked(self, name: str) -> bool:
        return name in self._used and (name not in FOREIGN_ONLY or self._foreign.isHidden())

    def use(self, variables: set[str]) -> None:
        """Show the questions that the chosen forms need; typed answers of the others stay."""
        self._used = variables
        row, column = 0, 0
        for name, field in self.fields.items():
            self._grid.removeWidget(field)
            is_asked = self._is_asked(name)
            if is_asked and _is_half(field):
                self._grid.addWidget(field, row, column, Qt.AlignmentFlag.AlignTop)
                row, column = (row + 1, 0) if column else (row, 1)
            elif is_asked:
                row, column = row + bool(column), 0
                self._grid.addWidget(field, row, 0, 1, 2)
                row += 1
            else:
                field.setParent(self._body)
            field.setVisible(is_asked)

    @Slot(str, object)
    def _take(self, variable: str, given: object) -> None:
        fault = self._typed.fault(variable, given)
        self.fields[variable].show_answer(given, ASKED_SIGN if given is not None else "", fault)
        self._show_header()
        self.edited.emit()

    @Slot()
    def _open_foreign(self) -> None:
        self._foreign.hide()
        self.set_open(is_open=True)
        self.use(self._used)
        first = next((f for name, f in self.fields.items() if name in FOREIGN_ONLY & self._used), None)
        if first is not None:
            first.take_focus()

    # --- folding ------------------------------------------------------------------------

    @Slot()
    def toggle(self) -> None:
        """Fold or unfold."""
        self.set_open(is_open=not self.is_open)

    def set_open(self, *, is_open: bool) -> None:
        """Show the questions, or the line alone."""
        self.is_open = is_open
        self._body.setVisible(is_open)
        self._show_header()

    def name(self, title: str) -> None:
        """Give the row its title, such as 児童　2人目."""
        self._name = title
        self.remove.setAccessibleName(self.tr("{title} を外す").format(title=title))
        self._show_header()

    @property
    def title(self) -> str:
        """The title of the row without what was typed."""
        return self._name

    def _show_header(self) -> None:
        # What a row is about is its first answer, a name or a place.
        about = next((str(given) for given in self.row().values()), "")
        sign = "▾" if self.is_open else "▸"
        self.header.show_text(f"{sign} {self._name}　{about}".rstrip("　"))
        state = self.tr("開いています") if self.is_open else self.tr("たたんであります")
        self.header.setAccessibleName(f"{self._name} {state}")

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self)


def _short_label(variable: Variable, entry: str) -> str:
    """The label without what the row's title says already: 氏名 for 児童の氏名."""
    return variable.label.removeprefix(f"{entry}の")


def _is_half(field: AnswerField) -> bool:
    variable = field.variable
    is_short = variable.type in _SHORT_TYPES or (
        variable.type is ValueType.TEXT and variable.max_length <= _SHORT_TEXT
    )
    return is_short and len(field.label.text()) <= _LONG_LABEL

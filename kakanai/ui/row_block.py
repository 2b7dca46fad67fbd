"""One row of a list: the questions about one person, thing or dog; it folds into a line."""

import datetime as dt
from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kakanai.reception.variables import ROW_KEY, ValueType, Variable
from kakanai.ui.answer_field import AnswerField
from kakanai.ui.case_state import ASKED_SIGN, DERIVED_SIGN
from kakanai.ui.controls import ActionButton, ElidedButton, TextLabel
from kakanai.ui.optional_fold import is_folded_away
from kakanai.ui.row_facts import RowFacts
from kakanai.ui.theme import Theme
from kakanai.ui.typed_answers import TypedAnswers
from kakanai.ui.unfolding import Unfolding

_SHORT_TYPES = frozenset(
    {ValueType.NAME, ValueType.KANA, ValueType.PHONE, ValueType.POSTAL, ValueType.COUNT, ValueType.YEN}
)
_SHORT_TEXT = 40
_LONG_LABEL = 9
"""Characters of a label that fill a line of half the width."""


class RowBlock(QFrame, Unfolding):
    """One row by its key. What a card or another list tells stands in one line; only the rest is asked.

    Signals:
        edited(): an answer changed.
        removed(RowBlock): the clerk takes the row out.
        noticed(variable id): the focus came to a question.
        settled(): one key gave a whole answer.
        unfold_wanted(): the focus is about to come to a question of it.
    """

    edited = Signal()
    removed = Signal(object)
    noticed = Signal(str)
    settled = Signal()
    unfold_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        entry: str,
        key: str,
        variables: list[Variable],
        typed: TypedAnswers,
        today: Callable[[], dt.date],
    ) -> None:
        super().__init__()
        self.setObjectName("Panel")
        self.key = key
        self.is_by_hand = False
        self.answers: dict[str, object] = {}
        self.facts = RowFacts()
        self._typed = typed
        self._key_name = f"{variables[0].list_name}.{ROW_KEY}"
        self._shown: list[str] = []
        self._name = ""
        self.is_open = True
        self._shows_optional = False
        self.fields: dict[str, AnswerField] = {}
        self.header = ElidedButton("")
        self.header.setProperty("role", "row")
        self.header.setAutoDefault(True)
        self.header.clicked.connect(self.toggle)
        self.remove = ActionButton(self.tr("外す"))
        self.remove.setProperty("role", "small")
        self.remove.clicked.connect(self._remove)
        self.more = ActionButton(self.tr("ほかの欄（なければ選ばない）"))
        self.more.setProperty("role", "small")
        self.more.clicked.connect(self.open_optional)
        self.more.hide()
        head = QHBoxLayout()
        head.addWidget(self.header, 1)
        head.addWidget(self.more)
        head.addWidget(self.remove)
        self._told = TextLabel("", "small", wrap=True)
        self._told.hide()
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
        column.addWidget(self._told)
        column.addWidget(self._body)
        for variable in variables:
            field = AnswerField(variable, theme, "measure.row_label_width", today)
            field.label.setText(_short_label(variable, entry))
            field.answered.connect(self._take)
            field.noticed.connect(self.noticed)
            field.settled.connect(self.settled)
            field.setParent(self._body)
            field.hide()
            self.fields[variable.id] = field

    # --- answers ------------------------------------------------------------------------

    def row(self) -> dict[str, object]:
        """The answers given, by variable id, with the key of the row."""
        return {self._key_name: self.key, **self.answers}

    def show_row(self, answers: Mapping[str, object], facts: RowFacts, *, is_new: bool) -> None:
        """Show what was typed for this row and what is known of it; `is_new`: over what is being typed."""
        self.answers = {name: given for name, given in answers.items() if name in self.fields}
        self.facts = facts
        if any(is_folded_away(self.fields[name].variable) for name in self.answers):
            self._shows_optional = True
        for name, field in self.fields.items():
            given, sign = self.answers.get(name), ASKED_SIGN
            if given is None:
                given, sign = facts.known.get(name), DERIVED_SIGN if name in facts.known else ""
            field.show_answer(given, sign, self._typed.fault(name, self.answers.get(name)), is_new=is_new)
        self._told.setText(facts.told_in_words(self.fields))
        self._lay_out()
        self._show_header()

    @Slot(str, object)
    def _take(self, variable: str, given: object) -> None:
        if given in (None, "", []):
            self.answers.pop(variable, None)
        else:
            self.answers[variable] = given
        fault = self._typed.fault(variable, given)
        self.fields[variable].show_answer(given, ASKED_SIGN if given is not None else "", fault)
        self.edited.emit()

    # --- questions ----------------------------------------------------------------------

    @property
    def asked(self) -> list[AnswerField]:
        """The fields that are asked now, top to bottom, whether the row is folded or not."""
        return [self.fields[name] for name in self._shown]

    def is_open_at(self, field: AnswerField) -> bool:
        """Whether a question has no answer yet and is not to be passed by."""
        name = field.variable.id
        is_passed = field.variable.optional and not self._shows_optional
        return name in self._shown and name not in self.facts.known and not is_passed

    def _lay_out(self) -> None:
        """Put the asked questions into the grid; typed answers of the others stay."""
        asked = [name for name in self.fields if name in self.facts.asked]
        folded = [name for name in asked if is_folded_away(self.fields[name].variable)]
        self.more.setVisible(bool(folded) and not self._shows_optional)
        shown = [name for name in asked if self._shows_optional or name not in folded]
        if shown == self._shown:
            return
        self._shown = shown
        row, column = 0, 0
        for name, field in self.fields.items():
            self._grid.removeWidget(field)
            if name not in shown:
                pass
            elif _is_half(field):
                self._grid.addWidget(field, row, column, Qt.AlignmentFlag.AlignTop)
                row, column = (row + 1, 0) if column else (row, 1)
            else:
                row, column = row + bool(column), 0
                self._grid.addWidget(field, row, 0, 1, 2)
                row += 1
            field.setVisible(name in shown)

    @Slot()
    def open_optional(self) -> None:
        """Show the questions that may be left; the focus goes to the first of them."""
        self._shows_optional = True
        self.set_open(is_open=True)
        self._lay_out()
        first = next((field for field in self.asked if is_folded_away(field.variable)), None)
        if first is not None:
            first.take_focus()

    # --- folding ------------------------------------------------------------------------

    @Slot()
    def toggle(self) -> None:
        """Fold or unfold."""
        self.set_open(is_open=not self.is_open)

    def unfold_for(self, widget: QWidget) -> None:
        """Ask to be the open row if this is a question of it."""
        if not self.is_open and self._body.isAncestorOf(widget):
            self.unfold_wanted.emit()

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
        given = [self.answers.get(name, self.facts.known.get(name)) for name in self.fields]
        about = next((str(value) for value in given if isinstance(value, str)), "")
        left = sum(map(self.is_open_at, self.asked))
        state = self.tr("あと{left}").format(left=left) if left else "✓"
        sign = "▾" if self.is_open else "▸"
        self.header.show_text("　".join(filter(None, (f"{sign} {self._name}", about, state))))
        words = self.tr("開いています") if self.is_open else self.tr("たたんであります")
        self.header.setAccessibleName(f"{self._name} {state} {words}")
        self._told.setVisible(bool(self._told.text()) and self.is_open)

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self)


def _short_label(variable: Variable, entry: str) -> str:
    """The label without what the row's title says already: 氏名 for 児童の氏名."""
    return variable.label.removeprefix(f"{entry}の")


def _is_half(field: AnswerField) -> bool:
    variable = field.variable
    is_short = variable.type in _SHORT_TYPES or (
        variable.type is ValueType.TEXT and variable.max_length <= _SHORT_TEXT and not variable.suggestions
    )
    return is_short and len(field.label.text()) <= _LONG_LABEL

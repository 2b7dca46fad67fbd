"""The questions of one group under its title: counts two in a row, the others one below the other."""

from collections.abc import Iterable

from PySide6.QtWidgets import QGridLayout, QWidget

from kakanai.reception.variables import ValueType
from kakanai.ui.answer_field import AnswerField
from kakanai.ui.controls import TextLabel
from kakanai.ui.optional_fold import OptionalFold, is_folded_away
from kakanai.ui.theme import Theme


class GroupBlock(QWidget):
    """A block that the fields move into; `fold` holds those that may be left, None when there are none."""

    def __init__(self, theme: Theme, title: str, fields: Iterable[AnswerField], *, is_open: bool) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px("space.medium"))
        grid.setVerticalSpacing(theme.px("space.tight"))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(TextLabel(title, "group"), 0, 0, 1, 2)
        row, column = 1, 0
        folded: list[AnswerField] = []
        for field in fields:
            if is_folded_away(field.variable):
                folded.append(field)
                continue
            if field.variable.type is ValueType.COUNT:  # counts are short: two in a row
                grid.addWidget(field, row, column)
                row, column = (row, 1) if column == 0 else (row + 1, 0)
            else:
                row, column = (row + 1, 0) if column else (row, 0)
                grid.addWidget(field, row, 0, 1, 2)
                row += 1
            field.show()
        self.fold: OptionalFold | None = None
        if folded:
            self.fold = OptionalFold(theme, folded, is_open=is_open)
            grid.addWidget(self.fold, row + bool(column), 0, 1, 2)

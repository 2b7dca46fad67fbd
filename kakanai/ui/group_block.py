"""The questions of one group under its title: counts two in a row, the others one below the other."""

from collections.abc import Iterable

from PySide6.QtWidgets import QGridLayout, QWidget

from kakanai.reception.variables import ValueType
from kakanai.ui.answer_field import AnswerField
from kakanai.ui.controls import TextLabel
from kakanai.ui.theme import Theme


def group_block(theme: Theme, title: str, fields: Iterable[AnswerField]) -> QWidget:
    """A block that the fields move into."""
    block = QWidget()
    grid = QGridLayout(block)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px("space.medium"))
    grid.setVerticalSpacing(theme.px("space.tight"))
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    grid.addWidget(TextLabel(title, "group"), 0, 0, 1, 2)
    row, column = 1, 0
    for field in fields:
        if field.variable.type is ValueType.COUNT:  # counts are short: two in a row
            grid.addWidget(field, row, column)
            row, column = (row, 1) if column == 0 else (row + 1, 0)
        else:
            row, column = (row + 1, 0) if column else (row, 0)
            grid.addWidget(field, row, 0, 1, 2)
            row += 1
        field.show()
    return block

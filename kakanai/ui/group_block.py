"""The questions of one page of a group under its title; short ones stand two in a row where room is short."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from kakanai.ui.answer_field import AnswerField
from kakanai.ui.controls import ElidedLabel, TextLabel
from kakanai.ui.group_pages import Line
from kakanai.ui.optional_fold import OptionalFold
from kakanai.ui.theme import Theme


class GroupBlock(QWidget):
    """A block that the fields move into; `fold` holds those that may be left, None when there are none."""

    def __init__(self, theme: Theme, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.fields: list[AnswerField] = []
        self.lines: tuple[tuple[AnswerField, ...], ...] = ()
        self.fold: OptionalFold | None = None
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px("space.medium"))
        grid.setVerticalSpacing(theme.px("space.tight"))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._hint = ElidedLabel("small")
        head = QHBoxLayout()
        head.setSpacing(theme.px("space.medium"))
        head.addWidget(TextLabel(title, "group"))
        head.addWidget(self._hint, 1)
        grid.addLayout(head, 0, 0, 1, 2)

    def take(self, lines: Sequence[Line], folded: Sequence[AnswerField], *, is_open: bool) -> None:
        """Let the fields move in; once only, and when the block has its place.

        With each move of an ancestor Qt looks every field up in the style sheet again.
        """
        theme, grid = self._theme, self._grid
        self.lines = tuple(map(tuple, lines))
        self.fields = [field for line in lines for field in line] + list(folded)
        for row, line in enumerate(lines, start=1):
            for column, field in enumerate(line):
                field.set_short(theme, is_short=line.is_short)
                span = 1 if line.is_short else 2
                grid.addWidget(field, row, column, 1, span, Qt.AlignmentFlag(0))
                field.show()
        if folded:
            for field in folded:
                field.set_short(theme, is_short=False)
            self.fold = OptionalFold(theme, folded, self, is_open=is_open)
            grid.addWidget(self.fold, len(lines) + 1, 0, 1, 2)

    def show_hint(self, words: str) -> None:
        """Show what helps with the question that has the focus."""
        self._hint.show_text(words)

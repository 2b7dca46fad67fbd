"""What has its place beside the conversation, by the size of the window and of its letters."""

from typing import NamedTuple

from PySide6.QtCore import QSize

from kakanai.ui.theme import Theme

_TALK_WIDTH = 540
"""Pixels at the ordinary text size below which questions and answers do not stand side by side."""
_COLUMN_WIDTH, _COLUMN_HEIGHT = 960, 540
"""Pixels at the ordinary text size below which the left column and the folded stretches are a line."""


class Room(NamedTuple):
    """Whether paper and left column are in sight by themselves; else a key brings them."""

    has_paper: bool
    has_column: bool


def room_in(size: QSize, theme: Theme) -> Room:
    """The room of a counter of this size: 1366×768 has it for both at 100 %, a 200 % screen for neither."""
    growth = theme.text_percent / 100
    has_column = size.width() >= _COLUMN_WIDTH * growth and size.height() >= _COLUMN_HEIGHT * growth
    column = theme.px("measure.column_width") if has_column else 0
    left = size.width() - column - theme.px("measure.paper_width")
    return Room(left >= _TALK_WIDTH * growth, has_column)

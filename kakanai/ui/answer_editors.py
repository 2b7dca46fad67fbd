"""The input that belongs to the type of a question."""

import datetime as dt
from collections.abc import Callable

from kakanai.reception.variables import ValueType, Variable
from kakanai.ui.answer_editor import AnswerEditor
from kakanai.ui.count_editor import CountEditor
from kakanai.ui.date_editor import DATE_TYPES, DateEditor
from kakanai.ui.option_editor import OptionEditor
from kakanai.ui.postal_editor import PostalEditor
from kakanai.ui.text_editor import TextEditor
from kakanai.ui.theme import Theme

OPTION_TYPES = frozenset({ValueType.CHOICE, ValueType.CHOICES, ValueType.SEX})


def editor_for(variable: Variable, theme: Theme, today: Callable[[], dt.date]) -> AnswerEditor:
    """An empty input; `today` tells which days are near."""
    if variable.type is ValueType.COUNT:
        return CountEditor(variable, theme)
    if variable.type in OPTION_TYPES:
        return OptionEditor(variable, theme)
    if variable.type in DATE_TYPES:
        return DateEditor(variable, theme, today)
    if variable.type is ValueType.POSTAL:
        return PostalEditor(variable, theme)
    return TextEditor(variable, theme)

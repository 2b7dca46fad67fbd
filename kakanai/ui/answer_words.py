"""An answer in the words that the window shows it with, where it stands in a line with others."""

import datetime as dt

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.person import Sex
from kakanai.identity.wareki import wareki_text
from kakanai.reception.answers import Value
from kakanai.reception.variables import Variable


def in_words(value: Value, variable: Variable) -> str:
    """The value as a clerk reads it: 平成30年5月5日, the label of a choice, text as it is."""
    if isinstance(value, BirthDate):
        return wareki_text(value)
    if isinstance(value, dt.date):
        return wareki_text(BirthDate.from_date(value))
    if isinstance(value, Sex):
        return value.label
    if isinstance(value, tuple):
        return "・".join(map(variable.choice_label, value))
    return variable.choice_label(str(value)) if variable.choices else str(value)

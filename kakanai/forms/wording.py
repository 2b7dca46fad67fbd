"""Values in the words of a form: dates with their era, choices by label, counts as digits."""

import datetime as dt

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.person import Sex
from kakanai.identity.wareki import to_wareki, wareki_text
from kakanai.reception.answers import Value
from kakanai.reception.variables import Variable

UNKNOWN = "不詳"


def wording(variable: Variable, value: Value, facet: str = "") -> str:
    """The text a box bears for a value; for dates `facet` picks era, era_year, month, day or western."""
    if isinstance(value, BirthDate | dt.date):
        return _date_part(value, facet)
    if isinstance(value, Sex):
        return value.label
    if isinstance(value, tuple):
        return "、".join(variable.choice_label(option) for option in value)
    if isinstance(value, int):
        return str(value)
    return variable.choice_label(value) if variable.choices else value


def _date_part(value: BirthDate | dt.date, facet: str) -> str:
    wareki = to_wareki(value)
    match facet:
        case "era":
            return wareki.era.kanji_short if wareki else ""
        case "era_year":
            if wareki is None:
                return str(value.year)
            return "元" if wareki.year == 1 else str(wareki.year)
        case "month":
            return UNKNOWN if value.month is None else str(value.month)
        case "day":
            return UNKNOWN if value.day is None else str(value.day)
        case "western":
            month = UNKNOWN if value.month is None else f"{value.month}月"
            day = UNKNOWN if value.day is None else f"{value.day}日"
            return f"{value.year}年{month}{day}"
        case _:
            return wareki_text(value)

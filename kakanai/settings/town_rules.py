"""What each value of the town's file must be: its kind, told apart by table and key."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final

DIAGNOSTIC_LEVELS: Final = ("DEBUG", "INFO", "WARNING")
PAPERS: Final = ("G01", "G02", "G03")
"""The papers beside the forms 手続き案内書・受付票・説明カード, in the order they are printed."""
COUNTERS: Final = "counters"
"""The one table whose names the town chooses itself."""

MAX_TEXT_LENGTH: Final = 40  # characters
MAX_NAME_LENGTH: Final = 18  # a section's name at the head of an A5 form, a reason in the clerk's box
MAX_ADDRESSEE_LENGTH: Final = 30  # with the town's names in it, beside the day on an A5 form
MAX_FEE_YEN: Final = 100_000  # a slip of the finger, not a fee; the dearest known one is 3,000 yen
PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
PLACEHOLDERS: Final = ("name", "mayor_title")

_CLERK: Final = re.compile(r"[0-9A-Za-z._-]{1,16}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FORM: Final = re.compile(r"[A-Z][A-Z0-9]{1,9}")

Tables = dict[str, dict[str, object]]


class Kind(Enum):
    """The kinds of value; each says in Japanese what is to be written."""

    LINE = f'" " で囲んだ{MAX_TEXT_LENGTH}字までの文字'
    LINE_OR_EMPTY = f'" " で囲んだ{MAX_TEXT_LENGTH}字までの文字（空でもよい）'
    NAME = f'" " で囲んだ{MAX_NAME_LENGTH}字までの文字'
    ADDRESSEE = f'" " で囲んだ{MAX_TEXT_LENGTH}字までの文字。波括弧は {{name}} と {{mayor_title}} だけ'
    FEE = f"0 から {MAX_FEE_YEN} までの整数（円）"
    CLERK = "英数字と . _ - で16字までの職員番号"
    CLERKS = '["1001", "1002"] のような、英数字と . _ - で16字までの職員番号の並び'
    WORDS = f'["公用", "災害"] のような、{MAX_NAME_LENGTH}字までの、同じもののない文字の並び'
    FORMS = '["F16", "F35"] のような、様式の ID の並び'
    PAPERS = '["G01", "G03"] のような、G01・G02・G03 の並び'
    DAYS = '["2027-02-11"] のような、日付の並び'
    FLAG = "true か false"
    LEVEL = "、".join(DIAGNOSTIC_LEVELS) + " のどれか"
    SECTION = "[sections] の左の名前"


_BY_TABLE: Final[Mapping[str, Kind]] = {
    "addressees": Kind.ADDRESSEE,
    "sections": Kind.NAME,
    "fees": Kind.FEE,
    "section_places": Kind.LINE_OR_EMPTY,
    "section_phones": Kind.LINE_OR_EMPTY,
    "printers": Kind.LINE_OR_EMPTY,
    "diagnostic": Kind.LEVEL,
    COUNTERS: Kind.SECTION,
}
_BY_KEY: Final[Mapping[str, Kind]] = {
    "counter.default_clerk": Kind.CLERK,
    "counter.supervisors": Kind.CLERKS,
    "counter.administrators": Kind.CLERKS,
    "counter.verify_cards": Kind.FLAG,
    "counter.printer": Kind.LINE_OR_EMPTY,
    "fee_exemptions.reasons": Kind.WORDS,
    "my_number.forms": Kind.FORMS,
    "paper.qr": Kind.FLAG,
    "paper.print_identity_check": Kind.FLAG,
    "paper.beside": Kind.PAPERS,
    "calendar.closed_days": Kind.DAYS,
}


def kind_of(table: str, key: str) -> Kind:
    """What kind of value stands under this name."""
    return _BY_KEY.get(f"{table}.{key}") or _BY_TABLE.get(table, Kind.LINE)


def fault(table: str, key: str, value: object) -> str:
    """What the value ought to be, in Japanese; empty when it is right by itself."""
    kind = kind_of(table, key)
    return "" if _CHECKS[kind](value) else kind.value


def is_line(value: object, longest: int = MAX_TEXT_LENGTH) -> bool:
    """Whether this is one line of text that fits a box."""
    # A full-width space is not printable to Python, and stands between a title and 様.
    if not isinstance(value, str) or not value.replace("　", "").isprintable():
        return False
    return 0 < len(value) <= longest and bool(value.strip())


def _is_name(value: object) -> bool:
    return is_line(value, MAX_NAME_LENGTH)


def _is_addressee(value: object) -> bool:
    if not is_line(value) or not isinstance(value, str):
        return False
    rest = PLACEHOLDER.sub("", value)
    return set(PLACEHOLDER.findall(value)) <= set(PLACEHOLDERS) and not set("{}") & set(rest)


def _is_list(value: object, fits: Callable[[object], object]) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) and fits(v) for v in value)


def _is_day(value: object) -> bool:
    if not isinstance(value, str) or _DAY.fullmatch(value) is None:
        return False
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _fits(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


_CHECKS: Final[Mapping[Kind, Callable[[object], bool]]] = {
    Kind.LINE: is_line,
    Kind.LINE_OR_EMPTY: lambda value: value == "" or is_line(value),
    Kind.NAME: _is_name,
    Kind.ADDRESSEE: _is_addressee,
    Kind.FEE: lambda v: isinstance(v, int) and not isinstance(v, bool) and 0 <= v <= MAX_FEE_YEN,
    Kind.CLERK: _fits(_CLERK),
    Kind.CLERKS: lambda value: _is_list(value, _fits(_CLERK)),
    Kind.WORDS: lambda value: _is_list(value, _is_name) and _is_unlike(value),
    Kind.FORMS: lambda value: _is_list(value, _fits(_FORM)),
    Kind.PAPERS: lambda value: _is_list(value, PAPERS.__contains__) and _is_unlike(value),
    Kind.DAYS: lambda value: _is_list(value, _is_day) and _is_unlike(value),
    Kind.FLAG: lambda value: isinstance(value, bool),
    Kind.LEVEL: lambda value: value in DIAGNOSTIC_LEVELS,
    Kind.SECTION: is_line,
}


def _is_unlike(value: object) -> bool:
    return isinstance(value, list) and len(set(value)) == len(value)

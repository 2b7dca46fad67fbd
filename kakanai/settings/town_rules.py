"""What each value of the town's file must be: its kind, told apart by table and key."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final

from kakanai.settings.database_url import DatabaseUrl
from kakanai.settings.errors import DatabaseUrlError

DIAGNOSTIC_LEVELS: Final = ("DEBUG", "INFO", "WARNING")
PAPERS: Final = ("G01", "G02", "G03")
"""The papers beside the forms 手続き案内書・受付票・説明カード, in the order they are printed."""
COUNTERS: Final = "counters"
"""The one table whose names the town chooses itself."""

MAX_TEXT_LENGTH: Final = 40  # characters
MAX_NAME_LENGTH: Final = 18  # a section's name at the head of an A5 form, a reason in the clerk's box
MAX_ADDRESSEE_LENGTH: Final = 30  # with the town's names in it, beside the day on an A5 form
MAX_IDLE_MINUTES: Final = 60  # a window that nobody has touched for longer is nobody's
MAX_PHRASE_LENGTH: Final = 40  # characters of what a supervisor may say of a case
MAX_SIGN_BOX_LENGTH: Final = 5  # a title over a box for a seal on the 日報
MOST_SIGN_BOXES: Final = 5
MAX_MINUTES_BY_HAND: Final = 120
MAX_YEARS: Final = 30  # of keeping entries of the log; with less than one, this year's would go
MAX_KEPT_DAYS: Final = 7  # of the forms as they were printed; who wants them longer has the paper
MAX_AWAY_DAYS: Final = 30  # of signing in without the server; nobody hears there of who was disabled
MAX_DISK_LOW_MIB: Final = 1_000_000
MAX_FEE_YEN: Final = 100_000  # a slip of the finger, not a fee; the dearest known one is 3,000 yen
PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
PLACEHOLDERS: Final = ("name", "mayor_title")

_CLERK: Final = re.compile(r"[0-9A-Za-z._-]{1,16}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FORM: Final = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_FORM_MINUTES: Final = re.compile(r"[A-Z][A-Z0-9]{1,9}=([0-9]{1,3})")
_HOURS: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]")

Tables = dict[str, dict[str, object]]


_TOWN_CODE: Final = re.compile(r"[0-9]{6}")
_ELEVEN: Final = 11


class Kind(Enum):
    """The kinds of value; each says in Japanese what is to be written."""

    LINE = f'" " で囲んだ{MAX_TEXT_LENGTH}字までの文字'
    LINE_OR_EMPTY = f'" " で囲んだ{MAX_TEXT_LENGTH}字までの文字（空でもよい）'
    NAME = f'" " で囲んだ{MAX_NAME_LENGTH}字までの文字'
    ADDRESSEE = f'" " で囲んだ{MAX_TEXT_LENGTH}字までの文字。波括弧は {{name}} と {{mayor_title}} だけ'
    FEE = f"0 から {MAX_FEE_YEN} までの整数（円）"
    IDLE = f"1 から {MAX_IDLE_MINUTES} までの整数（分）"
    CLERK = "英数字と . _ - で16字までの職員番号"
    CLERKS = '["1001", "1002"] のような、英数字と . _ - で16字までの職員番号の並び'
    WORDS = f'["公用", "災害"] のような、{MAX_NAME_LENGTH}字までの、同じもののない文字の並び'
    FORMS = '["F16", "F35"] のような、様式の ID の並び'
    PAPERS = '["G01", "G03"] のような、G01・G02・G03 の並び'
    DAYS = '["2027-02-11"] のような、日付の並び'
    PHRASES = f'["窓口で確かめた"] のような、{MAX_PHRASE_LENGTH}字までの、同じもののない文字の並び'
    SIGN_BOXES = f'["担当", "課長"] のような、{MAX_SIGN_BOX_LENGTH}字までの職名{MOST_SIGN_BOXES}つまで'
    HOURS = '"08:30-17:15" のような、始まりと終わりの時刻'
    MINUTES = f"0 から {MAX_MINUTES_BY_HAND} までの整数（分）"
    YEARS = f"1 から {MAX_YEARS} までの整数（年）"
    AWAY_DAYS = f"0 から {MAX_AWAY_DAYS} までの整数（日）"
    KEPT_DAYS = f"0 から {MAX_KEPT_DAYS} までの整数（日）"
    DISK = f"0 から {MAX_DISK_LOW_MIB} までの整数（MiB）"
    FORM_MINUTES = f'["F07=12", "F13=15"] のような、様式の ID と {MAX_MINUTES_BY_HAND} までの分の並び'
    DATABASE = '"postgresql://サーバー名/データベース名?user=利用者名" か ""。パスワードは書けません'
    FLAG = "true か false"
    LEVEL = "、".join(DIAGNOSTIC_LEVELS) + " のどれか"
    SECTION = "[sections] の左の名前"
    TOWN_CODE = '検査数字まで6けたの全国地方公共団体コード。例: "012084"。分からなければ ""'


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
    "town.code": Kind.TOWN_CODE,
    "town.prefecture": Kind.LINE_OR_EMPTY,
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
    "log.review_phrases": Kind.PHRASES,
    "log.sign_boxes": Kind.SIGN_BOXES,
    "log.open_hours": Kind.HOURS,
    "log.minutes_by_hand_default": Kind.MINUTES,
    "log.minutes_by_hand": Kind.FORM_MINUTES,
    "log.disk_low_mib": Kind.DISK,
    "log.database": Kind.DATABASE,
    "retention.cases": Kind.YEARS,
    "retention.staff": Kind.YEARS,
    "retention.looks": Kind.YEARS,
    "retention.settings": Kind.YEARS,
    "retention.filled_forms_days": Kind.KEPT_DAYS,
    "staff.idle_lock_minutes": Kind.IDLE,
    "staff.sign_in_by_card": Kind.FLAG,
    "staff.four_eyes": Kind.FLAG,
    "staff.away_sign_in_days": Kind.AWAY_DAYS,
}


def kind_of(table: str, key: str) -> Kind:
    """What kind of value stands under this name."""
    return _BY_KEY.get(f"{table}.{key}") or _BY_TABLE.get(table, Kind.LINE)


def fault(table: str, key: str, value: object) -> str:
    """What the value ought to be, in Japanese; empty when it is right by itself."""
    kind = kind_of(table, key)
    return "" if _CHECKS[kind](value) else kind.value


def database_fault(value: str) -> str:
    """Why this is no address of a database (see DatabaseUrlError); empty when it is one, or is empty."""
    try:
        if value:
            DatabaseUrl.parse(value)
    except DatabaseUrlError as error:
        return str(error.details["reason"])
    return ""


def is_town_code(value: object) -> bool:
    """Whether this is a 全国地方公共団体コード with its right check digit, or empty.

    The weights 6, 5, 4, 3, 2 are given (総務省「全国地方公共団体コード」).
    """
    if value == "":
        return True
    if not isinstance(value, str) or _TOWN_CODE.fullmatch(value) is None:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(value[:5], (6, 5, 4, 3, 2), strict=True))
    check = 11 - total if total < _ELEVEN else (_ELEVEN - total % _ELEVEN) % 10
    return check % 10 == int(value[5])


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


def _is_count(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _is_phrase(value: object) -> bool:
    return is_line(value, MAX_PHRASE_LENGTH)


def _is_sign_boxes(value: object) -> bool:
    right = _is_list(value, lambda one: is_line(one, MAX_SIGN_BOX_LENGTH)) and _is_unlike(value)
    return right and isinstance(value, list) and len(value) <= MOST_SIGN_BOXES


def _is_hours(value: object) -> bool:
    if not isinstance(value, str) or _HOURS.fullmatch(value) is None:
        return False
    begin, _, end = value.partition("-")
    return begin < end


def _is_form_minutes(value: object) -> bool:
    if not _is_list(value, _fits(_FORM_MINUTES)) or not isinstance(value, list):
        return False
    pairs = [one.partition("=") for one in value]
    within = all(int(minutes) <= MAX_MINUTES_BY_HAND for _, _, minutes in pairs)
    return within and len({form for form, _, _ in pairs}) == len(pairs)


def _fits(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


_CHECKS: Final[Mapping[Kind, Callable[[object], bool]]] = {
    Kind.LINE: is_line,
    Kind.LINE_OR_EMPTY: lambda value: value == "" or is_line(value),
    Kind.NAME: _is_name,
    Kind.ADDRESSEE: _is_addressee,
    Kind.FEE: lambda value: _is_count(value, 0, MAX_FEE_YEN),
    Kind.IDLE: lambda value: _is_count(value, 1, MAX_IDLE_MINUTES),
    Kind.CLERK: _fits(_CLERK),
    Kind.CLERKS: lambda value: _is_list(value, _fits(_CLERK)),
    Kind.WORDS: lambda value: _is_list(value, _is_name) and _is_unlike(value),
    Kind.FORMS: lambda value: _is_list(value, _fits(_FORM)),
    Kind.PAPERS: lambda value: _is_list(value, PAPERS.__contains__) and _is_unlike(value),
    Kind.DAYS: lambda value: _is_list(value, _is_day) and _is_unlike(value),
    Kind.PHRASES: lambda value: _is_list(value, _is_phrase) and _is_unlike(value),
    Kind.SIGN_BOXES: _is_sign_boxes,
    Kind.HOURS: _is_hours,
    Kind.MINUTES: lambda value: _is_count(value, 0, MAX_MINUTES_BY_HAND),
    Kind.FORM_MINUTES: _is_form_minutes,
    Kind.YEARS: lambda value: _is_count(value, 1, MAX_YEARS),
    Kind.AWAY_DAYS: lambda value: _is_count(value, 0, MAX_AWAY_DAYS),
    Kind.KEPT_DAYS: lambda value: _is_count(value, 0, MAX_KEPT_DAYS),
    Kind.TOWN_CODE: is_town_code,
    Kind.DISK: lambda value: _is_count(value, 0, MAX_DISK_LOW_MIB),
    Kind.DATABASE: lambda value: isinstance(value, str) and database_fault(value) == "",
    Kind.FLAG: lambda value: isinstance(value, bool),
    Kind.LEVEL: lambda value: value in DIAGNOSTIC_LEVELS,
    Kind.SECTION: is_line,
}


def _is_unlike(value: object) -> bool:
    return isinstance(value, list) and len(set(value)) == len(value)

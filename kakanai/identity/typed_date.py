"""Dates as a clerk types them in the fewest keys: bare digits, days near today, and what they could mean."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kakanai.errors import KakanaiError
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.wareki import Era, parse_counter_date, to_wareki

_WIDE: Final = "０１２３４５６７８９．・。／－−‐ー　"
_NARROW: Final = "0123456789.../---- "
_NARROWED: Final = str.maketrans(_WIDE, _NARROW)
_WEEKDAYS: Final = "月火水木金土日"
_GREGORIAN: Final = "W"
"""The letter that stands beside the eras' M T S H R when six digits are a Gregorian year's 西暦."""

_LAST_ERA_YEAR: Final = 99
_LONGEST_LIFE: Final = 120
_DAYS_BACK: Final = 3 * 365
_DAYS_AHEAD: Final = 365
"""How far from today the day of a notice lies as a rule; six digits that fit once in there are understood."""

_DAY = re.compile(r"([0-9]{1,2})日?")
_MONTH_DAY = re.compile(r"([0-9]{1,2})(?:[./-]|月 ?)([0-9]{1,2})日?|([0-9]{2})([0-9]{2})")
_SIX = re.compile(r"([0-9]{2}) ?([0-9]{2}) ?([0-9]{2})([MTSHRW]?)", re.IGNORECASE)
_NEAR: Final = {".": 0, "今日": 0, "本日": 0, "昨日": -1, "明日": 1}


@dataclass(frozen=True, repr=False)
class DateChoice:
    """One meaning of six digits: the letter that chooses it, and the day."""

    letter: str
    date: BirthDate


@dataclass(frozen=True, repr=False)
class TypedDate:
    """What was typed means: one `date`, or one of several `choices`, or nothing yet."""

    date: BirthDate | None = None
    choices: tuple[DateChoice, ...] = ()

    @property
    def text(self) -> str:
        """The date as parse_counter_date takes it, whatever day it is then; "" without a date."""
        return spelled_out(self.date) if self.date else ""


def read_typed_date(text: str, today: dt.date, *, is_birth: bool) -> TypedDate:
    """The meaning of a date that is being typed; empty while it has none.

    Beside all that parse_counter_date knows: `.` and 今日, 昨日, 明日; `550217` (also with blanks), resolved
    where one reading alone fits the question, else with `choices`, of which a letter behind the digits takes
    one (`550217s`); and for days that are not of birth `15` (this month), `11/15` and `1115` (the nearest).
    A birth date is taken not to lie ahead, and may lack month and day.
    """
    typed = text.translate(_NARROWED).strip()
    if match := _SIX.fullmatch(typed):
        choices = tuple(_six_digit_choices(match, today, is_birth=is_birth))
        return TypedDate(choices[0].date) if len(choices) == 1 else TypedDate(choices=choices)
    if not is_birth and (near := _near(typed, today)):
        return TypedDate(near)
    try:
        return TypedDate(parse_counter_date(text, allow_unknown=is_birth))
    except KakanaiError:
        return TypedDate()


def spelled_out(date: BirthDate) -> str:
    """The date with its era's letter, R8.11.15, or by the Gregorian year where the era is open or long."""
    wareki = to_wareki(date)
    # No year of an era above 99 is taken when it is typed: 3000年 must not become 令和982年.
    year = f"{wareki.era.letter}{wareki.year}" if wareki and wareki.year <= _LAST_ERA_YEAR else str(date.year)
    return ".".join([year, *(str(part) for part in (date.month, date.day) if part is not None)])


def weekday_of(date: BirthDate) -> str:
    """The one character of the weekday 曜日, "" for a day that is not known."""
    day = date.as_date()
    return _WEEKDAYS[day.weekday()] if day else ""


def _near(typed: str, today: dt.date) -> BirthDate | None:
    if typed in _NEAR:
        return BirthDate.from_date(today + dt.timedelta(days=_NEAR[typed]))
    if match := _DAY.fullmatch(typed):
        return _day(today.year, today.month, int(match[1]))
    if match := _MONTH_DAY.fullmatch(typed):
        month, day = (int(part) for part in match.groups() if part is not None)
        found = [_day(year, month, day) for year in (today.year - 1, today.year, today.year + 1)]
        days = [date for date in found if date is not None]
        return min(days, key=lambda date: abs(date.earliest() - today), default=None)
    return None


def _day(year: int, month: int, day: int) -> BirthDate | None:
    try:
        return BirthDate(year, month, day)
    except KakanaiError:
        return None


def _six_digit_choices(match: re.Match[str], today: dt.date, *, is_birth: bool) -> Iterator[DateChoice]:
    short, month, day = (int(part) for part in match.groups()[:3])
    wanted = match[4].upper()
    meant = [
        DateChoice(letter, date)
        for letter, date in _readings(short, month, day, today)
        if _is_within_life(date.earliest(), today, is_birth=is_birth) and letter == (wanted or letter)
    ]
    close = [choice for choice in meant if -_DAYS_BACK <= _days_from(choice, today) <= _DAYS_AHEAD]
    # A notice is about a day not long ago; a birth may be any day of a life.
    yield from close if len(close) == 1 and not is_birth else meant


def _readings(short: int, month: int, day: int, today: dt.date) -> Iterator[tuple[str, BirthDate]]:
    for era in reversed(Era):
        date = _day(era.gregorian_year(short), month, day)
        if short and date is not None and era.overlaps(date.earliest(), date.latest()):
            yield era.letter, date
    century = today.year // 100 * 100
    for year in (century + short, century - 100 + short):
        date = _day(year, month, day)
        if date is not None and date.earliest() <= today + dt.timedelta(days=_DAYS_AHEAD):
            yield _GREGORIAN, date
            return


def _is_within_life(day: dt.date, today: dt.date, *, is_birth: bool) -> bool:
    return day.year >= today.year - _LONGEST_LIFE and (
        day <= today if is_birth else (day - today).days <= _DAYS_AHEAD
    )


def _days_from(choice: DateChoice, today: dt.date) -> int:
    return (choice.date.earliest() - today).days

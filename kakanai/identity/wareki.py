"""Japanese era dates 和暦: from Gregorian ones, and as a clerk types them."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.errors import DateTextError

_WIDE: Final = "０１２３４５６７８９ＭＴＳＨＲｍｔｓｈｒ．・。／－−‐ー　（）"
_NARROW: Final = "0123456789MTSHRmtshr.../---- ()"
_NARROWED: Final = str.maketrans(_WIDE, _NARROW)
"""What a Japanese keyboard leaves full-width 全角 in a date. For typed dates only, never for card text."""


class Era(Enum):
    """An era 元号 with its letter, names and first day.

    Source:
        Given: 昭和 and later by 元号法 and its 政令, 大正 by 詔書. 明治 counts from 慶応4年1月1日, which is
        1868-01-25; its days before 1873 are written here by the Gregorian calendar (assumed; nobody living
        was born then).
    """

    MEIJI = ("M", "明治", dt.date(1868, 1, 25))
    TAISHO = ("T", "大正", dt.date(1912, 7, 30))
    SHOWA = ("S", "昭和", dt.date(1926, 12, 25))
    HEISEI = ("H", "平成", dt.date(1989, 1, 8))
    REIWA = ("R", "令和", dt.date(2019, 5, 1))

    def __init__(self, letter: str, kanji: str, first_day: dt.date) -> None:
        self.letter = letter
        self.kanji = kanji
        self.first_day = first_day

    @property
    def kanji_short(self) -> str:
        """The one character that a form circles: 明, 大, 昭, 平 or 令."""
        return self.kanji[0]

    @property
    def last_day(self) -> dt.date | None:
        """The eve of the next era, or None for the present one."""
        return next((e.first_day - dt.timedelta(days=1) for e in Era if e.first_day > self.first_day), None)

    def gregorian_year(self, era_year: int) -> int:
        """The Gregorian year in which the era's year `era_year` lies (元年 is 1)."""
        return self.first_day.year + era_year - 1

    def overlaps(self, earliest: dt.date, latest: dt.date) -> bool:
        """Whether any day from `earliest` to `latest` lies in the era."""
        return latest >= self.first_day and (self.last_day is None or earliest <= self.last_day)


def era_on(day: dt.date) -> Era | None:
    """The era of a day; None before 明治."""
    return next((era for era in reversed(Era) if day >= era.first_day), None)


@dataclass(frozen=True, repr=False)
class Wareki:
    """A date by era and year of the era 和暦年月日; month and day are None where unknown 不詳."""

    era: Era
    year: int
    month: int | None
    day: int | None

    def __repr__(self) -> str:
        return "Wareki(****)"

    @property
    def year_text(self) -> str:
        """The year as a form writes it: 元 for the first."""
        return "元" if self.year == 1 else str(self.year)

    def text(self) -> str:
        """The date in words, such as 昭和55年2月17日 or 昭和25年（月日不詳）."""
        return f"{self.era.kanji}{self.year_text}年{_month_and_day(self.month, self.day)}"


def to_wareki(date: BirthDate | dt.date) -> Wareki | None:
    """The date in its era; None before 明治, or when the unknown month or day leaves the era open.

    The era that somebody wrote with such a date decides.
    """
    if isinstance(date, BirthDate):
        earliest, latest = date.earliest(), date.latest()
    else:
        # A datetime is a date too, but does not compare with one.
        earliest = latest = dt.date(date.year, date.month, date.day)
    era = era_on(earliest)
    if era is not era_on(latest):
        written = date.era if isinstance(date, BirthDate) else ""
        era = next((e for e in Era if e.letter == written and e.overlaps(earliest, latest)), None)
    if era is None:
        return None
    return Wareki(era, date.year - era.first_day.year + 1, date.month, date.day)


def wareki_text(date: BirthDate | dt.date) -> str:
    """The date in words by its era, or by the Gregorian year (1989年（月日不詳）) where the era is open."""
    wareki = to_wareki(date)
    return wareki.text() if wareki else f"{date.year}年{_month_and_day(date.month, date.day)}"


def _month_and_day(month: int | None, day: int | None) -> str:
    if month is None:
        return "（月日不詳）"
    if day is None:
        return f"{month}月（日不詳）"
    return f"{month}月{day}日"


_UNKNOWN_MONTH = r"\(?(?:月日)?不詳\)?"
_UNKNOWN_DAY = r"\(?日?不詳\)?"
_PARTS = (
    r"(?P<year>元|[0-9]{1,4})\s*(?:年|[./-]|$)\s*"
    # Month and day may be left out from the right; words for 不詳 may stand in their place.
    rf"(?:{_UNKNOWN_MONTH}|(?P<month>[0-9]{{1,2}})\s*(?:月|[./-]|$)\s*"
    rf"(?:{_UNKNOWN_DAY}|(?P<day>[0-9]{{1,2}})日?)?)?"
)
_SPELLED = re.compile(rf"(?P<era>明治|大正|昭和|平成|令和|[明大昭平令MTSHRmtshr])?\s*{_PARTS}")
_RUN_TOGETHER = re.compile(
    r"(?:(?P<era>明治|大正|昭和|平成|令和|[明大昭平令MTSHRmtshr])\s*(?P<short>[0-9]{2})|(?P<year>[0-9]{4}))"
    r"(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
)
_SIX_DIGITS = re.compile(r"[0-9]{6}")


def parse_counter_date(text: str, *, allow_unknown: bool = False) -> BirthDate:
    """The date a clerk typed: S55.2.17, 昭和55年2月17日, S550217, 1980/2/17, 19800217, R元.5.1 and kin.

    Full-width digits and signs count as narrow ones. With `allow_unknown` month and day may be missing,
    00 or 不詳 (昭和25年（月日不詳）). Six digits alone are refused: 550217 has no era.

    Raises:
        DateTextError: No known spelling, or not readable one way only; `reason` says why.
        BirthDateError: Well spelled, but in no calendar.
    """
    typed = text.translate(_NARROWED).strip()
    if _SIX_DIGITS.fullmatch(typed):
        raise DateTextError(reason="era_missing")
    match = _RUN_TOGETHER.fullmatch(typed) or _SPELLED.fullmatch(typed)
    if match is None:
        raise DateTextError(reason="form")
    parts = match.groupdict()
    month, day = int(parts["month"] or 0) or None, int(parts["day"] or 0) or None
    if not allow_unknown and (month is None or day is None):
        raise DateTextError(reason="incomplete")
    year_text = parts.get("short") or parts["year"]
    if parts["era"] is None:
        if len(year_text) != 4:
            raise DateTextError(reason="era_missing")
        return BirthDate(int(year_text), month, day)
    return _in_era(_era_named(parts["era"]), 1 if year_text == "元" else int(year_text), month, day)


def _era_named(name: str) -> Era:
    return next(era for era in Era if name.upper() == era.letter or era.kanji.startswith(name))


_OLD_ERA_ON_LAST_DAY: Final = (Era.MEIJI, BirthDate.from_date(Era.TAISHO.first_day))
"""明治45年7月30日 is on papers of that day, and is taken as 大正元年7月30日, which it became (given)."""


def _in_era(era: Era, era_year: int, month: int | None, day: int | None) -> BirthDate:
    """The Gregorian date, which must be able to lie in the era: there is no 昭和65年."""
    if not 1 <= era_year <= 99:
        raise DateTextError(reason="era_year")
    date = BirthDate(era.gregorian_year(era_year), month, day)
    if not era.overlaps(date.earliest(), date.latest()) and (era, date) != _OLD_ERA_ON_LAST_DAY:
        raise DateTextError(reason="era_year")
    return date if to_wareki(date) else replace(date, era=era.letter)

"""A birth date whose month or day may be unknown 生年月日不詳."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Self

from kakanai.identity.errors import BirthDateError

FIRST_YEAR = 1868
"""明治元年. Given: forms for living people begin with 明治; an earlier year is a typing slip."""

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_CARD = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


@dataclass(frozen=True, repr=False)
class BirthDate:
    """A Gregorian birth date 生年月日; `month` and `day` are None where the register says 不詳.

    A known day in an unknown month is refused: no register writes it. `era` is the letter of the era (MTSHR)
    that somebody wrote, kept only where month and day do not tell: 昭和64年 and 平成元年 are both 1989.

    Raises:
        BirthDateError: The date is in no calendar; nothing is made.
    """

    year: int
    month: int | None
    day: int | None
    era: str = ""

    def __post_init__(self) -> None:
        """Refuse dates that no calendar has."""
        if not FIRST_YEAR <= self.year <= dt.MAXYEAR:
            raise BirthDateError(reason="year")
        if self.month is None:
            if self.day is not None:
                raise BirthDateError(reason="month")
            return
        if not 1 <= self.month <= 12:
            raise BirthDateError(reason="month")
        if self.day is not None and not 1 <= self.day <= calendar.monthrange(self.year, self.month)[1]:
            raise BirthDateError(reason="day")

    def __repr__(self) -> str:
        return "BirthDate(****)"

    @classmethod
    def from_date(cls, day: dt.date) -> Self:
        """The same day as a birth date."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def from_iso(cls, text: str) -> Self:
        """The date of `YYYY-MM-DD`; `00` stands for an unknown month or day.

        Raises:
            BirthDateError: Other text, or a date in no calendar.
        """
        return cls._from_match(_ISO.fullmatch(text))

    @classmethod
    def from_card(cls, text: str) -> Self:
        """The date of the card's eight digits `YYYYMMDD`; `00` stands for an unknown month or day.

        Raises:
            BirthDateError: Other text, or a date in no calendar.

        Source:
            Observed: DF24 of EF 0002 of the input-support application 券面事項入力補助AP, ASCII, Gregorian.
            Assumed: `00` for 不詳, as the resident register writes it; such a card would tell.
        """
        return cls._from_match(_CARD.fullmatch(text))

    @classmethod
    def _from_match(cls, match: re.Match[str] | None) -> Self:
        if match is None:
            raise BirthDateError(reason="text")
        year, month, day = (int(part) for part in match.groups())
        return cls(year, month or None, day or None)

    @property
    def iso(self) -> str:
        """`YYYY-MM-DD` with `00` for an unknown month or day."""
        return f"{self.year:04d}-{self.month or 0:02d}-{self.day or 0:02d}"

    def as_date(self) -> dt.date | None:
        """The calendar day, or None when month or day is unknown."""
        if self.month is None or self.day is None:
            return None
        return dt.date(self.year, self.month, self.day)

    def earliest(self) -> dt.date:
        """The first calendar day this date can stand for."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> dt.date:
        """The last calendar day this date can stand for."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def age_on(self, day: dt.date) -> int | None:
        """Full years 満年齢 on `day` as people count: one more from the birthday on.

        None when month or day is unknown, or when `day` is before the birth. A birthday of 29 February
        falls on 1 March in other years.
        """
        born = self.as_date()
        if born is None or day < born:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def legal_age_on(self, day: dt.date) -> int | None:
        """Full years reached by the end of `day` as the law counts: one more from the eve of the birthday.

        None as for `age_on`.

        Source:
            Given: 年齢計算ニ関スル法律 with 民法143条; the school year of a child born on 1 April follows.
        """
        if day == dt.date.max:
            return self.age_on(day)
        return self.age_on(day + dt.timedelta(days=1))

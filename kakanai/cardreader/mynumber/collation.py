"""照合番号B: fourteen digits printed on the card's face, which open 4情報 and photo without a PIN.

They are YYMMDD of birth, the four digits of the expiry year, and the セキュリティコード below the photo.
YY is the 和暦 year of the birth's era (observed: soltia48/myna-card on a test card). For 外国人住民, whose
card shows a western birth date, YY are the last two digits of the western year (assumed: the published rule
of 住基カード). 照合番号A is the 個人番号 itself and is not offered here: 番号法 leaves no room for it.
"""

import calendar
import datetime as dt
import re
from typing import Final, NoReturn

from kakanai.cardreader.mynumber.errors import CollationDoubt, CollationFormatError

_FOURTEEN_DIGITS = re.compile(r"[0-9]{14}", re.ASCII)
_FOUR_DIGITS = re.compile(r"[0-9]{4}", re.ASCII)
# First day of each era, latest first. Given: 元号法 and its 政令 from 昭和 on, 大正 by 詔書; the days of 明治
# before 1873 are counted by the Gregorian calendar (assumed; nobody living was born then). identity/wareki.py
# has them too, but lies a layer above.
_ERA_STARTS: Final = (
    dt.date(2019, 5, 1),  # 令和
    dt.date(1989, 1, 8),  # 平成
    dt.date(1926, 12, 25),  # 昭和
    dt.date(1912, 7, 30),  # 大正
    dt.date(1868, 1, 25),  # 明治
)
_AGE_MAX_YEARS = 130
_EXPIRED_YEARS_MAX = 1
_VALID_YEARS_MAX = 10  # given: a card of an adult is valid to the tenth birthday from issuance


class CollationNumberB:
    """A 照合番号B; `repr` and `str` are masked, it cannot be pickled or copied.

    Raises:
        CollationFormatError: not fourteen ASCII digits.
    """

    __slots__ = ("_digits",)

    def __init__(self, digits: str) -> None:
        if not _FOURTEEN_DIGITS.fullmatch(digits):
            raise CollationFormatError(CollationDoubt.FORM)
        self._digits = digits

    @classmethod
    def compose(
        cls, born: dt.date, *, era_year: bool, expiry_year: int, security_code: str
    ) -> "CollationNumberB":
        """The number of the card that shows these; `era_year` is False for a western birth date.

        On a day when the era changed the new era counts, as in law.

        Raises:
            CollationFormatError: born before 明治, a security code that is not four digits, or a year that
                has not four.
        """
        if not _FOUR_DIGITS.fullmatch(security_code):
            raise CollationFormatError(CollationDoubt.SECURITY_CODE)
        if not 1000 <= expiry_year <= 9999:
            raise CollationFormatError(CollationDoubt.EXPIRY_YEAR)
        year = _era_year(born) if era_year else born.year % 100
        return cls(f"{year:02}{born.month:02}{born.day:02}{expiry_year}{security_code}")

    def plausibility(self, today: dt.date) -> tuple[CollationDoubt, ...]:
        """Every reason why no card can bear this number today; empty where one can.

        The era is not among the digits, so a birth in the future does not show here: `plausibility` below
        tells it from the date.
        """
        doubts = []
        if not _is_day_of_some_year(int(self._digits[2:4]), int(self._digits[4:6])):
            doubts.append(CollationDoubt.BIRTH_DAY)
        if not _may_expire_in(int(self._digits[6:10]), today):
            doubts.append(CollationDoubt.EXPIRY_YEAR)
        return tuple(doubts)

    def refuse_if_implausible(self, today: dt.date | None = None) -> None:
        """Nothing, for a number that a card can bear on that day, by default the computer's.

        Raises:
            CollationFormatError: with the first of the doubts.
        """
        doubts = self.plausibility(today or dt.datetime.now(dt.UTC).astimezone().date())
        if doubts:
            raise CollationFormatError(doubts[0])

    def as_ascii(self) -> bytes:
        """The digits as VERIFY sends them."""
        return self._digits.encode("ascii")

    def __repr__(self) -> str:
        return "CollationNumberB(****)"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        """Refuse: a pickled number would be a key in a file."""
        raise TypeError("a CollationNumberB is not pickled or copied")


def plausibility(
    born: dt.date, *, expiry_year: int, security_code: str, today: dt.date
) -> tuple[CollationDoubt, ...]:
    """Every reason why no card can show these today, in the order of the fields; empty where one can.

    To be asked before `CollationNumberB.compose`: one of ten tries is at stake.
    """
    doubts = []
    if born > today:
        doubts.append(CollationDoubt.BIRTH_IN_FUTURE)
    if born < _ERA_STARTS[-1] or today.year - born.year > _AGE_MAX_YEARS:
        doubts.append(CollationDoubt.BIRTH_TOO_EARLY)
    if not _may_expire_in(expiry_year, today):
        doubts.append(CollationDoubt.EXPIRY_YEAR)
    if not _FOUR_DIGITS.fullmatch(security_code):
        doubts.append(CollationDoubt.SECURITY_CODE)
    return tuple(doubts)


def _era_year(born: dt.date) -> int:
    for start in _ERA_STARTS:
        if born >= start:
            return born.year - start.year + 1
    raise CollationFormatError(CollationDoubt.BIRTH_TOO_EARLY)


def _is_day_of_some_year(month: int, day: int) -> bool:
    """Whether a leap year has this day; which year it was the digits do not tell.

    00 is a day or month the register does not know 不詳, spelled as in EF 0002 (assumed for this number).
    """
    if day == 0:
        return 0 <= month <= 12
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(2000, month)[1]


def _may_expire_in(year: int, today: dt.date) -> bool:
    return -_EXPIRED_YEARS_MAX <= year - today.year <= _VALID_YEARS_MAX

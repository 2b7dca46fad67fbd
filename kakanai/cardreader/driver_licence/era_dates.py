"""Dates as 運転免許証 writes them: G YY MM DD in seven digits, G the era 元号 (given: the specification).

A year is counted on beyond its era's end where the card does so: 平成34年 on cards made before 令和 is 2022.
"""

import datetime as dt
from typing import Final

from kakanai.cardreader.errors import CardDataError

NO_DATE: Final = "0000000"
_DIGITS: Final = 7
# 明治, 大正, 昭和, 平成, 令和: the western year before year 1.
_YEAR_ZERO: Final = {"1": 1867, "2": 1911, "3": 1925, "4": 1988, "5": 2018}
_FULL_WIDTH_ZERO: Final = ord("０")


def digits_of(value: bytes, *, file: str, tag: int) -> str:
    """The seven digits of a date field, "" where nothing is recorded.

    Raises:
        CardDataError: something else stands there.
    """
    if not value:
        return ""
    if len(value) != _DIGITS or not value.isdigit():
        raise CardDataError(file=file, reason=f"date-{tag:X}")
    return value.decode("ascii")


def parse(digits: str, *, file: str, tag: int) -> dt.date | None:
    """The day; None for "" and 0000000, and where month or day is 00 because nobody knows it.

    Raises:
        CardDataError: no such era, year or day.
    """
    if digits in ("", NO_DATE):
        return None
    zero, year = _YEAR_ZERO.get(digits[0]), int(digits[1:3])
    if zero is None or year == 0:
        raise CardDataError(file=file, reason=f"era-{tag:X}")
    month, day = int(digits[3:5]), int(digits[5:7])
    try:
        known = dt.date(zero + year, month or 1, day or 1)
    except ValueError:
        raise CardDataError(file=file, reason=f"date-{tag:X}") from None
    return known if month and day else None


def from_full_width(text: str) -> str:
    """The seven digits of a date in full-width digits, "" when the text is none."""
    digits = [ord(character) - _FULL_WIDTH_ZERO for character in text]
    if len(digits) != _DIGITS or not all(0 <= digit <= 9 for digit in digits):
        return ""
    return "".join(map(str, digits))

"""The two numbers of every act: which case 受付番号, and which member of the staff 職員番号."""

import datetime as dt
import functools
import re
from typing import Final, Self

from kakanai.sessionlog.errors import CaseNumberError, ClerkIdError

_CASE_NUMBER: Final = re.compile(r"R([0-9]{1,2})-([0-9]{2})([0-9]{2})-([0-9]{4})")
_CLERK: Final = re.compile(r"[0-9A-Za-z._-]{1,16}")
_REIWA_FIRST_DAY: Final = dt.date(2019, 5, 1)
LAST_SERIAL: Final = 9999


class CaseNumber(str):
    """A case number 受付番号 `R8-1121-0001`: era letter and year, month and day, serial of the day.

    The era is computed here because the log may not know the package of persons and their dates.

    Raises:
        CaseNumberError: Other text; `reason` is form.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Accept only text that `build` could have made."""
        match = _CASE_NUMBER.fullmatch(text)
        if match is None:
            raise CaseNumberError(reason="form")
        if match[4] == "0000" or match[1].startswith("0") or not _is_day(match[1], match[2], match[3]):
            raise CaseNumberError(reason="form")
        return super().__new__(cls, text)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The case number that `text` spells; errors as for the class."""
        return cls(text)

    @classmethod
    def build(cls, date: dt.date, serial: int) -> Self:
        """The number of the `serial`-th case (from 1) of a day.

        Raises:
            CaseNumberError: `reason` clock: the day is before 令和, so the computer's clock is wrong;
                serial: more than 9999 cases.
        """
        if date < _REIWA_FIRST_DAY or date.year > 2018 + 99:
            raise CaseNumberError(reason="clock")
        if not 1 <= serial <= LAST_SERIAL:
            raise CaseNumberError(reason="serial")
        return cls(f"R{date.year - 2018}-{date:%m%d}-{serial:04d}")

    @property
    def day(self) -> dt.date:
        """The day on which the case was opened."""
        return dt.date(2018 + int(self[1:-10]), int(self[-9:-7]), int(self[-7:-5]))

    @property
    def serial(self) -> int:
        """The serial of the day, from 1."""
        return int(self[-4:])


@functools.lru_cache(maxsize=4096)
def _is_day(year: str, month: str, day: str) -> bool:
    """Whether 令和 has such a day; thousands of numbers are of the same."""
    try:
        return dt.date(2018 + int(year), int(month), int(day)) >= _REIWA_FIRST_DAY
    except ValueError:
        return False


class ClerkId(str):
    """The number of a member of the staff 職員番号, never a name.

    Raises:
        ClerkIdError: Not 1 to 16 ASCII letters, digits, dots, hyphens or underscores.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Accept only the narrow alphabet."""
        if _CLERK.fullmatch(text) is None:
            raise ClerkIdError
        return super().__new__(cls, text)


UNREGISTERED: Final = ClerkId("-")
"""Who acts while the office has no administrator yet 未登録, and what the program does by itself."""

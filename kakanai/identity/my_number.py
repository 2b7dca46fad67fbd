"""The 個人番号: checked on the way in, masked everywhere, one way out."""

import re
from typing import Final, NoReturn, Self

from kakanai.identity.errors import MyNumberError

_TWELVE_DIGITS = re.compile(r"[0-9]{12}")
_MASK: Final = "************"

_WEIGHTS: Final = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
"""Weights of the eleven leading digits from the left. Given: 番号法施行令8条の総務省令5条 (Qn = n+1, n-5)."""


def check_digit(eleven_digits: str) -> int:
    """The twelfth digit 検査用数字 that belongs to eleven ASCII digits.

    Source:
        Given: 番号法施行令8条の総務省令5条; remainder 0 or 1 gives 0, else 11 less the remainder.
    """
    remainder = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, eleven_digits, strict=True)) % 11
    return 0 if remainder <= 1 else 11 - remainder


def is_valid(text: str) -> bool:
    """Whether `text` is 12 ASCII digits with the right check digit; not whether anybody has the number."""
    return _TWELVE_DIGITS.fullmatch(text) is not None and check_digit(text[:11]) == int(text[11])


class MyNumber:
    """A 個人番号 with a right check digit.

    It shows as asterisks wherever it is printed, formatted or logged, cannot be pickled, hashed or
    changed; `box_digits` is the only way out, so a search for that name finds every use.

    Raises:
        MyNumberError: Not 12 ASCII digits, or a wrong check digit; the text is not in the error.
    """

    __slots__ = ("__digits",)
    __hash__ = None  # type: ignore[assignment]  # a hash of twelve digits is reversed by trying them all
    __digits: str

    def __init__(self, text: str) -> None:
        if _TWELVE_DIGITS.fullmatch(text) is None:
            raise MyNumberError(reason="form")
        if not is_valid(text):
            raise MyNumberError(reason="check_digit")
        object.__setattr__(self, "_MyNumber__digits", text)

    @staticmethod
    def is_valid(text: str) -> bool:
        """The same as the module's `is_valid`."""
        return is_valid(text)

    def box_digits(self) -> tuple[str, ...]:
        """The twelve digits in the clear, one for each box of a form that may carry them by law."""
        return tuple(self.__digits)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, MyNumber):
            return NotImplemented
        return self.__digits == other.__digits

    def __repr__(self) -> str:
        return f"MyNumber({_MASK})"

    def __str__(self) -> str:
        return _MASK

    def __format__(self, spec: str) -> str:
        return format(_MASK, spec)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: object) -> Self:
        return self

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a MyNumber never changes")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a MyNumber never changes")

    def __getstate__(self) -> NoReturn:
        raise TypeError("a MyNumber is never serialised")

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("a MyNumber is never serialised")

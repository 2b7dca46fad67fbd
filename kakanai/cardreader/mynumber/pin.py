"""The four-digit PIN 暗証番号, kept so that it cannot be shown by accident."""

import re
from typing import NoReturn

from kakanai.cardreader.errors import PinFormatError

_FOUR_DIGITS = re.compile(r"[0-9]{4}", re.ASCII)


class Pin:
    """A 暗証番号 of four ASCII digits; `repr` and `str` are masked, it cannot be pickled or copied.

    Raises:
        PinFormatError: anything else was entered, full-width digits included.
    """

    __slots__ = ("_digits",)

    def __init__(self, digits: str) -> None:
        if not _FOUR_DIGITS.fullmatch(digits):
            raise PinFormatError
        self._digits = digits

    def as_ascii(self) -> bytes:
        """The digits as VERIFY sends them."""
        return self._digits.encode("ascii")

    def __repr__(self) -> str:
        return "Pin(****)"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        """Refuse: a pickled PIN would be a PIN in a file."""
        raise TypeError("a Pin is not pickled or copied")

"""A licence's PIN while it is entered and presented; it appears nowhere else."""

import re
from typing import Final, NoReturn

from kakanai.cardreader.errors import PinFormatError
from kakanai.cardreader.kinds import CardKey

_FOUR_DIGITS: Final = re.compile(r"[0-9]{4}", re.ASCII)
_KEYS: Final = frozenset({CardKey.LICENCE_PIN1, CardKey.LICENCE_PIN2, CardKey.MYNUMBER_LICENCE_PIN})


class LicencePin:
    """A 暗証番号 of four ASCII digits for one `key` and no other, so that two are not mixed up.

    `repr` and `str` are masked, it cannot be pickled or copied.

    Raises:
        PinFormatError: anything else was entered, full-width digits included.
    """

    __slots__ = ("_digits", "key")

    def __init__(self, digits: str, key: CardKey = CardKey.LICENCE_PIN1) -> None:
        if key not in _KEYS:
            raise ValueError("not a key of a licence")
        if not _FOUR_DIGITS.fullmatch(digits):
            raise PinFormatError(key)
        self._digits = digits
        self.key = key

    def as_ascii(self) -> bytes:
        """The digits as VERIFY sends them."""
        return self._digits.encode("ascii")

    def __repr__(self) -> str:
        return f"LicencePin({self.key.value} ****)"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        """Refuse: a pickled PIN would be a PIN in a file."""
        raise TypeError("a LicencePin is not pickled or copied")

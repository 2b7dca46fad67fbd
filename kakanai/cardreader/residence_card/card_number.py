"""在留カード等番号, the twelve characters on the card's face, kept so that it is not shown by accident."""

import re
from typing import NoReturn

from kakanai.cardreader.residence_card.errors import CardNumberFormatError

_FORM = re.compile(r"[A-Z]{2}[0-9]{8}[A-Z]{2}", re.ASCII)


class CardNumber:
    """A 在留カード等番号: two capitals, eight digits, two capitals; masked in `repr`, never pickled.

    Raises:
        CardNumberFormatError: anything else was entered, small or full-width characters included.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        if not _FORM.fullmatch(text):
            raise CardNumberFormatError
        self._text = text

    def as_ascii(self) -> bytes:
        """The characters as the card's key is made of them."""
        return self._text.encode("ascii")

    def __repr__(self) -> str:
        return "CardNumber(****)"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        """Refuse: the number opens the card."""
        raise TypeError("a CardNumber is not pickled or copied")

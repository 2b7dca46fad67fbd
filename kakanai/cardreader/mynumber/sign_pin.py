"""The 署名用暗証番号, kept so that it cannot be shown by accident."""

import re
from typing import NoReturn

from kakanai.cardreader.errors import PinFormatError
from kakanai.cardreader.kinds import CardKey

_SIX_TO_SIXTEEN = re.compile(r"(?=.*[A-Z])(?=.*[0-9])[A-Z0-9]{6,16}", re.ASCII)


class SignPin:
    """6 to 16 ASCII capitals and digits, at least one of each; masked, and neither pickled nor copied.

    Source: given: 公的個人認証サービス利用者クライアントソフト manuals; observed: OpenSC jpki.h. Small
    letters are refused, not raised: whoever types the PIN should see what is sent.

    Raises:
        PinFormatError: anything else was entered.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        if not _SIX_TO_SIXTEEN.fullmatch(text):
            raise PinFormatError(CardKey.SIGN_PIN)
        self._text = text

    def as_ascii(self) -> bytes:
        """The characters as VERIFY sends them."""
        return self._text.encode("ascii")

    def __repr__(self) -> str:
        return "SignPin(****)"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        """Refuse: a pickled PIN would be a PIN in a file."""
        raise TypeError("a SignPin is not pickled or copied")

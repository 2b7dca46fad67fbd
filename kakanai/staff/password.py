"""A password パスワード, kept so that it cannot be shown by accident, and the rules for a new one."""

import hmac
from typing import Final, NoReturn

from kakanai.staff.common_passwords import COMMON
from kakanai.staff.errors import PasswordRuleError

SHORTEST: Final = 10  # characters
LONGEST: Final = 128  # characters; more is a file, not a password
_FEWEST_DIFFERENT: Final = 5
_LEAST_BESIDE_NUMBER: Final = 6
"""Characters that have to be left of a new password once the staff number is taken out of it."""


class Password:
    """What somebody typed; `repr` and `str` are masked, it cannot be pickled or copied.

    It is taken as it is, code point for code point. Nothing is asked of its strength here, for an old
    password may be weaker than today's rules; see require_good.

    Raises:
        PasswordRuleError: `reason` characters: a control character, or what is no text at all; long.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise PasswordRuleError(reason="long")
        # Lone surrogates are what a terminal gives for bytes that are no UTF-8; they are not printable.
        if not text.replace("　", "").isprintable():
            raise PasswordRuleError(reason="characters")
        self._text = text

    def encoded(self) -> bytes:
        """The password as it is hashed."""
        return self._text.encode()

    def is_same(self, other: "Password") -> bool:
        """Whether the same was typed again."""
        return hmac.compare_digest(self.encoded(), other.encoded())

    def require_good(self, number: str) -> None:
        """Nothing, when this may become the password of the staff number.

        Raises:
            PasswordRuleError: why not; nothing of the password is told.
        """
        text = self._text
        if len(text) < SHORTEST:
            raise PasswordRuleError(reason="short")
        if len(set(text)) < _FEWEST_DIFFERENT:
            raise PasswordRuleError(reason="few")
        if len(text.lower().replace(number.lower(), "")) < _LEAST_BESIDE_NUMBER:
            raise PasswordRuleError(reason="number")
        if text.lower() in COMMON:
            raise PasswordRuleError(reason="common")

    def __repr__(self) -> str:
        return "Password(****)"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        """Refuse: a pickled password would be a password in a file."""
        raise TypeError("a Password is not pickled or copied")

"""A staff IC card 職員証 as far as signing in uses it: the number that its chip tells everybody."""

import hashlib
import hmac
import re
from typing import Final, NoReturn

from kakanai.staff.errors import StaffCardError

_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2}){4,10}")


class CardUid:
    """The UID of a contactless card, 4 to 10 bytes; masked like a password.

    Any reader gets it from any card, and it can be copied: it tells who is there, not that it is them. The
    town decides whether that is enough (staff.sign_in_by_card); what is signed asks for a password anyway.

    Raises:
        StaffCardError: not 4 to 10 bytes in hexadecimal; spaces, colons and hyphens between them are passed.
    """

    __slots__ = ("_bytes",)

    def __init__(self, hexadecimal: str) -> None:
        bare = hexadecimal.replace(" ", "").replace(":", "").replace("-", "")
        if not _HEX.fullmatch(bare):
            raise StaffCardError
        self._bytes = bytes.fromhex(bare)

    def keyed(self, secret: bytes) -> str:
        """HMAC-SHA-256 with the database's secret, as the database keeps it."""
        return hmac.new(secret, b"kakanai-staff-card-1\n" + self._bytes, hashlib.sha256).hexdigest()

    def __repr__(self) -> str:
        return "CardUid(****)"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        """Refuse: it would be in a file."""
        raise TypeError("a CardUid is not pickled or copied")

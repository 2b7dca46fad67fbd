"""The tries left of every key of a 個人番号カード, by empty VERIFYs that use up none."""

import dataclasses
from typing import Final

from kakanai.cardreader.card_files import CardFiles
from kakanai.cardreader.connection import CardConnection
from kakanai.cardreader.errors import CardStatusError
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.mynumber import files as layout

_KEYS: Final = (
    (
        layout.INPUT_SUPPORT_AID,
        (
            (layout.INPUT_SUPPORT_PIN_FILE, CardKey.TEXT_PIN),
            (layout.COLLATION_A_FILE, CardKey.COLLATION_A),
            (layout.COLLATION_B_FILE, CardKey.COLLATION_B),
        ),
    ),
    (
        layout.SURFACE_CHECK_AID,
        (
            (layout.BIRTH_DATE_KEY_FILE, CardKey.BIRTH_DATE),
            (layout.SURFACE_COLLATION_B_FILE, CardKey.SURFACE_COLLATION_B),
            (layout.SURFACE_COLLATION_A_FILE, CardKey.SURFACE_COLLATION_A),
        ),
    ),
    (
        layout.JPKI_AID,
        (
            (layout.AUTH_PIN_FILE, CardKey.AUTH_PIN),
            (layout.SIGN_PIN_FILE, CardKey.SIGN_PIN),
        ),
    ),
    (layout.COMMON_CARD_AID, ((layout.COMMON_PIN_FILE, CardKey.COMMON_PIN),)),
    (layout.JUKI_AID, ((layout.JUKI_PIN_FILE, CardKey.JUKI_PIN),)),
)


@dataclasses.dataclass(frozen=True)
class KeyStatus:
    """`attempts` are the tries left of `key`, 0 for locked; None where the card has no such key."""

    key: CardKey
    attempts: int | None


def read_pin_status(connection: CardConnection) -> list[KeyStatus]:
    """Every key and its tries left, always all of them and in the same order, in 15 exchanges.

    The connection stays open, with no key verified.

    Raises:
        CardRemovedError, CommunicationError: as the connection does.
    """
    files = CardFiles(connection)
    told = []
    for aid, keys in _KEYS:
        has_application = _select(files, aid)
        for file_id, key in keys:
            told.append(KeyStatus(key, _attempts(files, file_id) if has_application else None))
    return told


def _select(files: CardFiles, aid: bytes) -> bool:
    try:
        return files.select(aid)
    except CardStatusError:
        return False


def _attempts(files: CardFiles, file_id: int) -> int | None:
    try:
        return files.attempts_remaining(file_id)
    except CardStatusError:
        return None

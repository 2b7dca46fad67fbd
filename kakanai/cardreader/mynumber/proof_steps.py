"""Steps that 券面事項入力補助AP and 券面事項確認AP share when a card is to prove that it is genuine."""

import contextlib
import hashlib
import secrets
from collections.abc import Iterator

from kakanai.cardreader.apdu import CommandApdu
from kakanai.cardreader.card_files import CardFiles
from kakanai.cardreader.errors import CardDataError, CardStatusError, PinRequiredError
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.mynumber.proof import Challenge
from kakanai.cardreader.status_words import StatusWord

SHA256_DIGEST_INFO = bytes.fromhex("3031300D060960864801650304020105000420")
"""What precedes a SHA-256 value in a PKCS #1 v1.5 signature (given: RFC 8017, 9.2)."""

_CHALLENGE_BYTES = 32
_SIGNATURE_BYTES_MAX = 256


def challenge_card(files: CardFiles) -> Challenge:
    """A random number of this moment, and its signature by the own key of the card's selected AP.

    No PIN is needed; P2 00 takes the AP's default key (observed: soltia48/myna-card). Sent once; whatever
    refusal makes the signature None.

    Raises:
        CardRemovedError, CommunicationError: as the connection does.
    """
    challenge = secrets.token_bytes(_CHALLENGE_BYTES)
    digest_info = SHA256_DIGEST_INFO + hashlib.sha256(challenge).digest()
    response = files.transmit(CommandApdu(0x80, 0x2A, 0x00, 0x00, digest_info, _SIGNATURE_BYTES_MAX))
    return Challenge(challenge, response.data if response.sw == StatusWord.OK and response.data else None)


def read_if_given(files: CardFiles, file_id: int, *, free: bool = False) -> bytes | None:
    """The object in a file; None where the card has none, or nothing that is one.

    Raises:
        PinRequiredError: SW 6982.
        CardRemovedError, CommunicationError: as the connection does.
    """
    try:
        return files.read_object(file_id, free=free)
    except (CardStatusError, CardDataError):
        return None


@contextlib.contextmanager
def told_of(application: str, key: CardKey) -> Iterator[None]:
    """Names the key and the カードAP in the errors of reading, where one file id stands for several files."""
    try:
        yield
    except PinRequiredError:
        raise PinRequiredError(key) from None
    except CardDataError as error:
        raise CardDataError(f"{application}{error.file}", str(error.details["reason"])) from error.__cause__

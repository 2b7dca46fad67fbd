"""Reader and card prove to each other that they know the card number 相互認証, and agree on a key.

Source: 在留カード等仕様書, appendices 1 and 2 (grade as in files.py).
"""

import secrets
from collections.abc import Callable
from typing import Final

from kakanai.cardreader.apdu import CommandApdu, ResponseApdu
from kakanai.cardreader.connection import CardConnection
from kakanai.cardreader.errors import CardDataError, CardStatusError
from kakanai.cardreader.residence_card.card_number import CardNumber
from kakanai.cardreader.residence_card.errors import WrongCardNumberError
from kakanai.cardreader.residence_card.files import NUMBER_KEY_FILE
from kakanai.cardreader.residence_card.secure_messaging import (
    KEY_BYTES,
    MAC_BYTES,
    MessageCipher,
    key_of_number,
    pad,
    session_key,
)
from kakanai.cardreader.status_words import StatusWord
from kakanai.cardreader.tlv import build

CHALLENGE_BYTES: Final = 8
TOKEN_BYTES: Final = 2 * CHALLENGE_BYTES + KEY_BYTES
CRYPTOGRAM_TAG: Final = 0x86
PADDED: Final = b"\x01"  # before a cryptogram: it was padded by ISO/IEC 7816-4

_NOT_VERIFIED: Final = 0x6300
_SHORT_ID: Final = 0x80
_NAME: Final = "MUTUAL AUTHENTICATE"


def authenticate(
    connection: CardConnection,
    cipher: MessageCipher,
    number: CardNumber,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> bytes:
    """The session key KSenc, in three exchanges, each sent once; the master file must be selected.

    Raises:
        WrongCardNumberError: the number is not this card's; it may be tried again without limit.
        CardDataError: the card's own proof is wrong, so it is not the card of this number either.
        CardStatusError: any other refusal.
    """
    key = key_of_number(number.as_ascii())
    card_challenge = _get_challenge(connection)
    our_challenge, our_secret = random(CHALLENGE_BYTES), random(KEY_BYTES)
    token = cipher.encrypt(key, our_challenge + card_challenge + our_secret)
    answer = _exchange_tokens(connection, token + cipher.mac(key, token))
    if not cipher.has_mac(key, answer[:TOKEN_BYTES], answer[TOKEN_BYTES:]):
        raise CardDataError(file=_NAME, reason="mac")
    opened = cipher.decrypt(key, answer[:TOKEN_BYTES])
    if opened is None or opened[: 2 * CHALLENGE_BYTES] != card_challenge + our_challenge:
        raise CardDataError(file=_NAME, reason="challenge")
    agreed = session_key(our_secret, opened[2 * CHALLENGE_BYTES :])
    _verify_number(connection, cipher.encrypt(agreed, pad(number.as_ascii(), cipher.block_bytes)))
    return agreed


def _get_challenge(connection: CardConnection) -> bytes:
    response = connection.transmit(CommandApdu(0x00, 0x84, 0x00, 0x00, b"", CHALLENGE_BYTES))
    _refuse_unless_ok(response, "GET CHALLENGE")
    if len(response.data) != CHALLENGE_BYTES:
        raise CardDataError(file="GET CHALLENGE", reason="length")
    return response.data


def _exchange_tokens(connection: CardConnection, ours: bytes) -> bytes:
    response = connection.transmit(CommandApdu(0x00, 0x82, 0x00, 0x00, ours, 256))
    _refuse_unless_ok(response, _NAME)
    if len(response.data) != TOKEN_BYTES + MAC_BYTES:
        raise CardDataError(file=_NAME, reason="length")
    return response.data


def _verify_number(connection: CardConnection, cryptogram: bytes) -> None:
    command = CommandApdu(
        0x08, 0x20, 0x00, _SHORT_ID | NUMBER_KEY_FILE, build(CRYPTOGRAM_TAG, PADDED + cryptogram)
    )
    _refuse_unless_ok(connection.transmit(command), "VERIFY")


def _refuse_unless_ok(response: ResponseApdu, command: str) -> None:
    # A 2nd-generation card is not tried with 3DES after 6300: that would only hide the wrong number.
    if response.sw == _NOT_VERIFIED:
        raise WrongCardNumberError
    if response.sw != StatusWord.OK:
        raise CardStatusError(command=command, sw=response.sw)

"""Files that the card gives out only enciphered セキュアメッセージング: READ BINARY with CLA 08.

The command and the answer's form are in 在留カード等仕様書 (grade as in files.py). The short form, by pieces
with an offset, is assumed from ISO/IEC 7816-4: the specifications' examples are all extended.
"""

from typing import Final

from kakanai.cardreader.apdu import EXTENDED_LE_MAX, SHORT_LE_MAX, CommandApdu, ResponseApdu
from kakanai.cardreader.card_files import READER_GAVE_UP
from kakanai.cardreader.connection import CardConnection
from kakanai.cardreader.errors import (
    CardDataError,
    CardResetError,
    CardStatusError,
    CommunicationError,
    PinRequiredError,
    TlvFormatError,
)
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.residence_card.files import ElementaryFile
from kakanai.cardreader.residence_card.mutual_authentication import CRYPTOGRAM_TAG, PADDED
from kakanai.cardreader.residence_card.objects import has_objects
from kakanai.cardreader.residence_card.secure_messaging import MessageCipher, unpad
from kakanai.cardreader.status_words import READ_OK, StatusWord
from kakanai.cardreader.tlv import parse_one

FILE_BYTES_MAX: Final = 8192

_LENGTH_TAG: Final = b"\x96\x02"
_WHOLE_FILE: Final = 0
_SHORT_ID: Final = 0x80
_RETRIES: Final = 3
_ANSWER_OVERHEAD_BYTES: Final = 4  # 86 81 L 01
_EXTENDED_REFUSED: Final = frozenset(
    {StatusWord.WRONG_LENGTH, StatusWord.UNKNOWN_INS, StatusWord.NO_DIAGNOSIS}
)


class ProtectedFiles:
    """Reads and deciphers files of the selected DF, whole by extended APDU or by pieces.

    A READ changes nothing on the card and carries no counter, so one whose answer was lost is repeated:
    three times at most in the life of this object, and never after the card was reset.
    """

    def __init__(self, connection: CardConnection, cipher: MessageCipher, key: bytes) -> None:
        self._connection = connection
        self._cipher = cipher
        self._key = key
        self._retries_left = _RETRIES
        self._may_be_whole = True
        # The most that fits an answer of 256 bytes after padding.
        cryptogram_bytes = (SHORT_LE_MAX - _ANSWER_OVERHEAD_BYTES) // cipher.block_bytes * cipher.block_bytes
        self._piece_bytes = cryptogram_bytes - 1

    def read(self, file: ElementaryFile) -> bytes:
        """The file in plain: whole with its filler, or up to the end of its last object.

        Raises:
            PinRequiredError: SW 6982, the card forgot the number.
            CardDataError: an answer that does not decipher, or a file too large.
            CardStatusError: any other refusal.
        """
        if self._connection.limits.extended and self._may_be_whole:
            data = self._try_whole(file)
            if data is not None:
                return data
        return self._read_by_pieces(file)

    def _try_whole(self, file: ElementaryFile) -> bytes | None:
        """The file by one extended APDU; None where reader or card refuses, which is then remembered."""
        limits = self._connection.limits
        command = _read_command(_SHORT_ID | file.short_id, 0, _WHOLE_FILE, EXTENDED_LE_MAX)
        try:
            response = self._connection.transmit(command)
        except CommunicationError as error:
            self._may_be_whole = False
            if error.details["status"] in READER_GAVE_UP:
                limits.extended = False
            if isinstance(error, CardResetError) or not self._retries_left:
                raise
            self._retries_left -= 1
            return None
        if response.sw in _EXTENDED_REFUSED:
            limits.extended = False
            return None
        data = self._plain(file, response)
        if len(data) > FILE_BYTES_MAX:
            raise CardDataError(file=file.name, reason="too-large")
        return data

    def _read_by_pieces(self, file: ElementaryFile) -> bytes:
        data = b""
        while len(data) <= FILE_BYTES_MAX:
            p1, p2 = divmod(len(data), 256) if data else (_SHORT_ID | file.short_id, 0)
            response = self._transmit(_read_command(p1, p2, self._piece_bytes, SHORT_LE_MAX))
            if data and response.sw == StatusWord.OFFSET_OUTSIDE_FILE:
                return data
            piece = self._plain(file, response)
            if len(piece) > self._piece_bytes:
                raise CardDataError(file=file.name, reason="piece-length")
            data += piece
            if len(piece) < self._piece_bytes or has_objects(data, file.objects):
                return data
        raise CardDataError(file=file.name, reason="too-large")

    def _transmit(self, command: CommandApdu) -> ResponseApdu:
        while True:
            try:
                return self._connection.transmit(command)
            except CardResetError:
                raise
            except CommunicationError:
                if not self._retries_left:
                    raise
                self._retries_left -= 1

    def _plain(self, file: ElementaryFile, response: ResponseApdu) -> bytes:
        if response.sw == StatusWord.SECURITY_STATUS_NOT_SATISFIED:
            raise PinRequiredError(CardKey.CARD_NUMBER)
        if response.sw not in READ_OK:
            raise CardStatusError(command="READ BINARY", sw=response.sw)
        try:
            answer = parse_one(response.data)
        except TlvFormatError as error:
            raise CardDataError(file=file.name, reason="secure-messaging") from error
        if answer.tag != CRYPTOGRAM_TAG or answer.value[:1] != PADDED:
            raise CardDataError(file=file.name, reason="secure-messaging")
        padded = self._cipher.decrypt(self._key, answer.value[1:])
        data = None if padded is None else unpad(padded, self._cipher.block_bytes)
        if data is None:
            raise CardDataError(file=file.name, reason="decipher")
        return data


def _read_command(p1: int, p2: int, length: int, le: int) -> CommandApdu:
    return CommandApdu(0x08, 0xB0, p1, p2, _LENGTH_TAG + length.to_bytes(2), le)

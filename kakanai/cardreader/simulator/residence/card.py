"""A virtual 在留カード 模擬カード of either generation: command bytes in, answer bytes out.

Rules as files.py of the reader tells them (grade observed); status words the digests do not name are assumed
from ISO/IEC 7816-4.
"""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kakanai.cardreader.apdu import EXTENDED_LE_MAX, CommandApdu, ResponseApdu
from kakanai.cardreader.errors import ApduFormatError, TlvFormatError
from kakanai.cardreader.residence_card import files
from kakanai.cardreader.residence_card.mutual_authentication import (
    CHALLENGE_BYTES,
    CRYPTOGRAM_TAG,
    PADDED,
    TOKEN_BYTES,
)
from kakanai.cardreader.residence_card.secure_messaging import (
    KEY_BYTES,
    MAC_BYTES,
    cipher_of,
    key_of_number,
    pad,
    session_key,
    unpad,
)
from kakanai.cardreader.simulator.residence.content import parse_content
from kakanai.cardreader.simulator.residence.files import Folder, StoredFile, stored_files
from kakanai.cardreader.status_words import StatusWord
from kakanai.cardreader.tlv import build, parse_one

# Type B, as a contactless reader makes it up: four bytes of application data and three of protocol (assumed).
RESIDENCE_CARD_ATR: Final = bytes.fromhex("3B88800100000000338181003A")

_NOT_VERIFIED: Final = 0x6300
_BAD_SECURE_MESSAGING: Final = 0x6988
_LENGTH_TAG: Final = 0x96
_SHORT_ID_FLAG: Final = 0x80


def build_residence_card(
    specimen_id: str, content: Mapping[str, object], state_folder: Path | None = None
) -> "VirtualResidenceCard":
    """A powered-off card of this specimen. No key of such a card counts tries: `state_folder` stays unused.

    Raises:
        SpecimenError: the content is broken, or the shared keys and pictures are.
    """
    parsed = parse_content(specimen_id, content)
    return VirtualResidenceCard(parsed.number.encode("ascii"), parsed.generation, stored_files(parsed))


class _Refused(Exception):
    def __init__(self, sw: int) -> None:
        self.sw = sw
        super().__init__(f"{sw:04X}")


class VirtualResidenceCard:
    """A card with power, a number and files; one thread at a time may use it."""

    atr = RESIDENCE_CARD_ATR

    def __init__(self, number: bytes, generation: int, folders: Mapping[bytes, Folder]) -> None:
        self._number = number
        self._cipher = cipher_of(generation)
        self._folders = folders
        self.power_off()

    def power_on(self) -> None:
        """Give it power: nothing is selected and nobody has proved anything."""
        self.power_off()

    def power_off(self) -> None:
        """Take its power: selection, session key and what was verified are forgotten."""
        self._folder: Folder | None = None
        self._file: StoredFile | None = None
        self._challenge: bytes | None = None
        self._session_key: bytes | None = None
        self._is_verified = False

    def reset(self) -> None:
        """Warm reset: as power-off (assumed)."""
        self.power_off()

    def transmit(self, raw: bytes) -> bytes:
        """The answer to any bytes at all."""
        try:
            command = CommandApdu.parse(raw)
            return ResponseApdu(self._answer(command), StatusWord.OK).to_bytes()
        except ApduFormatError:
            return ResponseApdu(b"", StatusWord.WRONG_LENGTH).to_bytes()
        except _Refused as refused:
            return ResponseApdu(b"", refused.sw).to_bytes()

    def _answer(self, command: CommandApdu) -> bytes:
        # A challenge serves the very next command only (observed: digest of the specification, 4.2.3).
        challenge, self._challenge = self._challenge, None
        match (command.cla, command.ins):
            case (0x00, 0xA4):
                return self._select(command)
            case (0x00, 0x84):
                return self._get_challenge(command)
            case (0x00, 0x82):
                return self._authenticate(command, challenge)
            case (0x08, 0x20):
                return self._verify(command)
            case (0x00, 0xB0):
                return self._read(command)
            case (0x08, 0xB0):
                return self._read_enciphered(command)
        if command.cla not in (0x00, 0x08):
            raise _Refused(StatusWord.UNKNOWN_CLA)
        raise _Refused(StatusWord.UNKNOWN_INS)

    # --- selection ----------------------------------------------------------------------

    def _select(self, command: CommandApdu) -> bytes:
        match (command.p1, command.p2):
            case (0x00, 0x00):
                wanted = b"" if command.data in (b"", b"\x3f\x00") else None
            case (0x04, 0x0C):
                wanted = command.data or None
            case (0x02, 0x0C):
                return self._select_file(command.data)
            case (0x04, _):
                wanted = None
            case _:
                raise _Refused(StatusWord.WRONG_P1_P2)
        if wanted is None or wanted not in self._folders:
            raise _Refused(StatusWord.FILE_NOT_FOUND)
        self._folder, self._file = self._folders[wanted], None
        return b""

    def _select_file(self, file_id: bytes) -> bytes:
        file = self._folder.get(int.from_bytes(file_id)) if self._folder and len(file_id) == 2 else None
        if file is None:
            raise _Refused(StatusWord.FILE_NOT_FOUND)
        self._file = file
        return b""

    # --- the card number ----------------------------------------------------------------

    def _get_challenge(self, command: CommandApdu) -> bytes:
        if command.p1 or command.p2:
            raise _Refused(StatusWord.WRONG_P1_P2)
        if command.data or command.le != CHALLENGE_BYTES:
            raise _Refused(StatusWord.WRONG_LENGTH)
        self._challenge = secrets.token_bytes(CHALLENGE_BYTES)
        return self._challenge

    def _authenticate(self, command: CommandApdu, challenge: bytes | None) -> bytes:
        if command.p1 or command.p2:
            raise _Refused(StatusWord.WRONG_P1_P2)
        token, mac = command.data[:TOKEN_BYTES], command.data[TOKEN_BYTES:]
        if len(command.data) != TOKEN_BYTES + MAC_BYTES or (command.le or 0) < TOKEN_BYTES + MAC_BYTES:
            raise _Refused(StatusWord.WRONG_LENGTH)
        if challenge is None:
            raise _Refused(StatusWord.CONDITIONS_NOT_SATISFIED)
        self._session_key, self._is_verified = None, False
        key = key_of_number(self._number)
        opened = self._cipher.decrypt(key, token) or b""
        theirs, ours = opened[:CHALLENGE_BYTES], opened[CHALLENGE_BYTES : 2 * CHALLENGE_BYTES]
        if not self._cipher.has_mac(key, token, mac) or ours != challenge:
            raise _Refused(_NOT_VERIFIED)
        secret = secrets.token_bytes(KEY_BYTES)
        self._session_key = session_key(opened[2 * CHALLENGE_BYTES :], secret)
        answer = self._cipher.encrypt(key, challenge + theirs + secret)
        return answer + self._cipher.mac(key, answer)

    def _verify(self, command: CommandApdu) -> bytes:
        if self._folder is not self._folders[b""] or command.p1:
            raise _Refused(StatusWord.WRONG_P1_P2)
        if command.p2 != _SHORT_ID_FLAG | files.NUMBER_KEY_FILE:
            raise _Refused(StatusWord.FILE_NOT_FOUND)
        if self._session_key is None:
            raise _Refused(StatusWord.CONDITIONS_NOT_SATISFIED)
        value = _secured_value(command.data, CRYPTOGRAM_TAG)
        padded = self._cipher.decrypt(self._session_key, value[1:]) if value[:1] == PADDED else None
        if padded is None:
            raise _Refused(_BAD_SECURE_MESSAGING)
        self._is_verified = unpad(padded, self._cipher.block_bytes) == self._number
        if not self._is_verified:
            raise _Refused(_NOT_VERIFIED)
        return b""

    # --- files --------------------------------------------------------------------------

    def _read(self, command: CommandApdu) -> bytes:
        if command.le is None or command.data:
            raise _Refused(StatusWord.WRONG_LENGTH)
        file, offset = self._addressed(command)
        if file.is_enciphered or not (file.is_free or self._is_verified):
            raise _Refused(StatusWord.SECURITY_STATUS_NOT_SATISFIED)
        return _cut(file, offset, command.le)

    def _read_enciphered(self, command: CommandApdu) -> bytes:
        if command.le is None:
            raise _Refused(StatusWord.WRONG_LENGTH)
        wanted = _secured_value(command.data, _LENGTH_TAG)
        if len(wanted) != 2:
            raise _Refused(_BAD_SECURE_MESSAGING)
        file, offset = self._addressed(command)
        if self._session_key is None or not self._is_verified:
            raise _Refused(StatusWord.SECURITY_STATUS_NOT_SATISFIED)
        data = _cut(file, offset, int.from_bytes(wanted) or EXTENDED_LE_MAX)
        padded = pad(data, self._cipher.block_bytes)
        answer = build(CRYPTOGRAM_TAG, PADDED + self._cipher.encrypt(self._session_key, padded))
        if len(answer) > command.le:
            raise _Refused(StatusWord.WRONG_LENGTH)
        return answer

    def _addressed(self, command: CommandApdu) -> tuple[StoredFile, int]:
        if not command.p1 & _SHORT_ID_FLAG:
            if self._file is None:
                raise _Refused(StatusWord.NO_CURRENT_FILE)
            return self._file, command.p1 << 8 | command.p2
        if command.p1 & 0x60:
            raise _Refused(StatusWord.WRONG_P1_P2)
        if self._folder is None:
            raise _Refused(StatusWord.NO_CURRENT_FILE)
        file = self._folder.get(command.p1 & 0x1F)
        if file is None:
            raise _Refused(StatusWord.FILE_NOT_FOUND)
        self._file = file
        return file, command.p2


def _secured_value(data: bytes, tag: int) -> bytes:
    try:
        found = parse_one(data)
    except TlvFormatError:
        raise _Refused(_BAD_SECURE_MESSAGING) from None
    if found.tag != tag:
        raise _Refused(_BAD_SECURE_MESSAGING)
    return found.value


def _cut(file: StoredFile, offset: int, length: int) -> bytes:
    if offset >= len(file.content):
        raise _Refused(StatusWord.OFFSET_OUTSIDE_FILE)
    return file.content[offset : offset + length]

"""A virtual card 模擬カード: command bytes in, answer bytes out, by the rules of 個人番号カード.

Grade of the rules: observed in soltia48/myna-card on test cards, unless a line says otherwise.
"""

import hashlib
import secrets
from collections.abc import Mapping

from kakanai.cardreader.apdu import SHORT_LE_MAX, CommandApdu, ResponseApdu
from kakanai.cardreader.errors import ApduFormatError, SimulatorStateError
from kakanai.cardreader.simulator.file_system import (
    CardFile,
    DataFile,
    FileSystem,
    KeyFile,
    PinFile,
    RecordFile,
)
from kakanai.cardreader.simulator.retry_counters import RetryCounters
from kakanai.cardreader.simulator.signing import KNOWN_P1, signature_block
from kakanai.cardreader.status_words import StatusWord, with_attempts

# Contact ATR of 個人番号カード (observed: OpenSC card-jpki.c).
MY_NUMBER_CARD_ATR = bytes.fromhex("3BE000FF8131FE4514")
# Selecting the Issuer Security Domain (GlobalPlatform, given) restores the state after power-on.
CARD_MANAGER_AID = bytes.fromhex("A0000001510000")

_GET_UID = bytes.fromhex("FFCA0000")
_CURRENT_FILE = 0x80
_DEFAULT_KEY = 0x00
_AUTHENTICATION_ALGORITHM = 0x00
_CHALLENGE_BYTES_MAX = 255
_RECORD_NOT_FOUND = 0x6A83
_OBJECT_NOT_FOUND = 0x6A88


class _Refused(Exception):
    def __init__(self, sw: int) -> None:
        self.sw = sw
        super().__init__(f"{sw:04X}")


class VirtualCard:
    """A card with power, files and counters; one thread at a time may use it.

    `data_objects` are what GET DATA gives by tag while no application is selected, `uid` what a reader tells.
    What was verified is forgotten when power is lost or another application selected, not at a warm reset.
    """

    def __init__(
        self,
        file_system: FileSystem,
        counters: RetryCounters,
        *,
        atr: bytes = MY_NUMBER_CARD_ATR,
        data_objects: Mapping[int, bytes] | None = None,
        uid: bytes = b"",
    ) -> None:
        self._atr = atr
        self._files = file_system
        self._counters = counters
        self._data_objects = dict(data_objects or {})
        self._uid = uid

    @property
    def atr(self) -> bytes:
        """Answer to reset ATR."""
        return self._atr

    def power_on(self) -> None:
        """Give it power: verified PINs are forgotten, counters are taken as last written down.

        Raises:
            SimulatorStateError: the counters' file cannot be used.
        """
        self._counters.load()
        self.power_off()

    def power_off(self) -> None:
        """Take its power: verified PINs and the selection are forgotten."""
        self._files.power_off()

    def reset(self) -> None:
        """Warm reset: verified PINs stay."""

    def transmit(self, raw: bytes) -> bytes:
        """The answer to any bytes at all."""
        try:
            command = CommandApdu.parse(raw)
            return ResponseApdu(self._answer(command), StatusWord.OK).to_bytes()
        except ApduFormatError:
            return ResponseApdu(b"", StatusWord.WRONG_LENGTH).to_bytes()
        except SimulatorStateError:
            return ResponseApdu(b"", StatusWord.MEMORY_FAILURE).to_bytes()
        except _Refused as refused:
            return ResponseApdu(b"", refused.sw).to_bytes()

    def _answer(self, command: CommandApdu) -> bytes:
        if command.header == _GET_UID and self._uid:
            return self._uid  # a reader answers this itself (given: PC/SC part 3); here there is none between
        _check_class(command)
        match (command.cla, command.ins):
            case (0x00, 0xA4):
                return self._select(command)
            case (0x00, 0xB0):
                return self._read_binary(command)
            case (0x00, 0xB2):
                return self._read_record(command)
            case (0x00, 0xCA):
                return self._get_data(command)
            case (0x00, 0x20):
                return self._verify(command)
            case (0x00, 0x84):
                return _get_challenge(command)
            case (0x00, 0x88):
                return self._authenticate(command)
            case (0x80, 0x2A):
                return self._sign(command)
        raise _Refused(StatusWord.UNKNOWN_INS)

    # --- selecting ----------------------------------------------------------------------

    def _select(self, command: CommandApdu) -> bytes:
        match (command.p1, command.p2):
            case (0x04, p2):
                return self._select_application(command.data, p2)
            case (0x02, 0x0C):
                return self._select_file(command.data)
            case (0x00, _):
                return self._select_master_file(command.data)
        raise _Refused(StatusWord.WRONG_P1_P2)

    def _select_application(self, aid: bytes, p2: int) -> bytes:
        if p2 != 0x0C:
            # With 6A82 a program that probes foreign AIDs passes on; a known AID needs P2 0C (assumed).
            raise _Refused(StatusWord.FILE_NOT_FOUND)
        if self._data_objects and aid == CARD_MANAGER_AID:
            self._files.power_off()
        elif not self._files.select_application(aid):
            raise _Refused(StatusWord.FILE_NOT_FOUND)
        return b""

    def _select_file(self, file_id: bytes) -> bytes:
        if not self._files.has_application:
            raise _Refused(StatusWord.NO_CURRENT_FILE)
        if len(file_id) != 2:
            raise _Refused(StatusWord.WRONG_LENGTH)
        if self._files.select_file(int.from_bytes(file_id)) is None:
            raise _Refused(StatusWord.FILE_NOT_FOUND)
        return b""

    def _select_master_file(self, file_id: bytes) -> bytes:
        if file_id:
            raise _Refused(StatusWord.FILE_NOT_FOUND)
        if not self._files.has_application:
            raise _Refused(StatusWord.WRONG_P1_P2)
        return b""

    def _by_short_id(self, short_id: int) -> CardFile:
        if not 1 <= short_id <= 0x1E:
            raise _Refused(StatusWord.WRONG_P1_P2)
        if not self._files.has_application:
            raise _Refused(StatusWord.NO_CURRENT_FILE)
        file = self._files.select_file(short_id)
        if file is None:
            raise _Refused(StatusWord.FILE_NOT_FOUND)
        return file

    def _current_file(self) -> CardFile:
        file_id = self._files.current_file_id
        file = self._files.select_file(file_id) if file_id is not None else None
        if file is None:
            raise _Refused(StatusWord.NO_CURRENT_FILE)
        return file

    def _referenced(self, reference: int) -> CardFile:
        if not reference & 0x80 or reference & 0x60:
            raise _Refused(StatusWord.WRONG_P1_P2)
        return self._current_file() if reference == _CURRENT_FILE else self._by_short_id(reference & 0x1F)

    # --- reading ------------------------------------------------------------------------

    def _read_binary(self, command: CommandApdu) -> bytes:
        if command.le is None or command.data:
            raise _Refused(StatusWord.WRONG_LENGTH)
        if command.p1 & 0x80:
            if command.p1 & 0x60:
                raise _Refused(StatusWord.WRONG_P1_P2)
            file = self._by_short_id(command.p1 & 0x1F)
            offset = command.p2
        else:
            file = self._current_file()
            offset = command.p1 << 8 | command.p2
        if not isinstance(file, DataFile):
            raise _Refused(StatusWord.INCOMPATIBLE_FILE)
        if not self._files.may_read(file):
            raise _Refused(StatusWord.SECURITY_STATUS_NOT_SATISFIED)
        if offset >= len(file.content):
            raise _Refused(StatusWord.OFFSET_OUTSIDE_FILE)
        return file.content[offset : offset + command.le]

    def _read_record(self, command: CommandApdu) -> bytes:
        """One record by its number (P2 b3-b1 100), of the current file or by short id (P2 b8-b4)."""
        if command.le is None or command.data:
            raise _Refused(StatusWord.WRONG_LENGTH)
        if command.p2 & 0x07 != 0x04:
            raise _Refused(StatusWord.FUNCTION_NOT_SUPPORTED)
        short_id = command.p2 >> 3
        file = self._by_short_id(short_id) if short_id else self._current_file()
        if not isinstance(file, RecordFile):
            raise _Refused(StatusWord.INCOMPATIBLE_FILE)
        if not self._files.may_read(file):
            raise _Refused(StatusWord.SECURITY_STATUS_NOT_SATISFIED)
        if not 1 <= command.p1 <= len(file.records):
            raise _Refused(_RECORD_NOT_FOUND)
        return file.records[command.p1 - 1][: command.le]

    def _get_data(self, command: CommandApdu) -> bytes:
        if command.le is None or command.data:
            raise _Refused(StatusWord.WRONG_LENGTH)
        found = self._data_objects.get(command.p1 << 8 | command.p2)
        if found is None or self._files.has_application:
            raise _Refused(_OBJECT_NOT_FOUND)
        if command.le < len(found) and not command.extended:
            raise _Refused(StatusWord.WRONG_LENGTH)
        return found[: command.le]

    # --- keys ---------------------------------------------------------------------------

    def _verify(self, command: CommandApdu) -> bytes:
        if command.p1:
            raise _Refused(StatusWord.WRONG_P1_P2)
        file = self._referenced(command.p2)
        file_id = self._files.current_file_id
        if not isinstance(file, PinFile) or file_id is None:
            raise _Refused(StatusWord.INCOMPATIBLE_FILE)
        remaining = self._files.attempts_remaining(file)
        if not command.data:
            # 63Cx even after a right PIN: OpenSC's jpki driver refuses the card otherwise (observed).
            raise _Refused(with_attempts(remaining))
        if remaining == 0:
            raise _Refused(StatusWord.LOCKED)
        if not self._files.verify(file_id, file, command.data):
            raise _Refused(with_attempts(remaining - 1))
        return b""

    def _sign(self, command: CommandApdu) -> bytes:
        file: CardFile | None
        if command.p2 == _DEFAULT_KEY:
            file = self._files.default_key
            if file is None:
                raise _Refused(StatusWord.WRONG_P1_P2)
        else:
            file = self._referenced(command.p2)
        if not isinstance(file, KeyFile) or file.authenticates:
            raise _Refused(StatusWord.INCOMPATIBLE_FILE)
        if not self._files.may_sign(file):
            raise _Refused(StatusWord.SECURITY_STATUS_NOT_SATISFIED)
        if command.p1 not in KNOWN_P1:
            raise _Refused(StatusWord.WRONG_P1_P2)
        block = signature_block(command.data, file.key.size, command.p1)
        if block is None or command.le is None or command.le < file.key.size:
            raise _Refused(StatusWord.WRONG_LENGTH)
        return file.key.raw(block)

    def _authenticate(self, command: CommandApdu) -> bytes:
        """INTERNAL AUTHENTICATE: a signature with SHA-256 over the challenge, no PIN."""
        if command.p1 != _AUTHENTICATION_ALGORITHM:
            raise _Refused(StatusWord.WRONG_P1_P2)
        file = self._referenced(command.p2)
        if not isinstance(file, KeyFile) or not file.authenticates:
            raise _Refused(StatusWord.INCOMPATIBLE_FILE)
        if not 1 <= len(command.data) <= _CHALLENGE_BYTES_MAX:
            raise _Refused(StatusWord.WRONG_LENGTH)
        if command.le is None or command.le < file.key.size:
            raise _Refused(StatusWord.WRONG_LENGTH)
        return file.key.sign_digest(hashlib.sha256(command.data).digest())


def _check_class(command: CommandApdu) -> None:
    if command.cla & 0x70 or command.cla & 0x0C not in (0x00, 0x08):
        raise _Refused(StatusWord.UNKNOWN_CLA)
    if command.cla & 0x03:
        raise _Refused(StatusWord.CHANNEL_NOT_SUPPORTED)
    if command.cla & 0x08:
        raise _Refused(StatusWord.SECURE_MESSAGING_NOT_SUPPORTED)


def _get_challenge(command: CommandApdu) -> bytes:
    if command.p1 or command.p2:
        raise _Refused(StatusWord.WRONG_P1_P2)
    if command.le is None or command.data:
        raise _Refused(StatusWord.WRONG_LENGTH)
    if command.extended or command.le > SHORT_LE_MAX:
        raise _Refused(StatusWord.CONDITIONS_NOT_SATISFIED)
    return secrets.token_bytes(command.le)

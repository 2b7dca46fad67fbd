"""A virtual card 模擬カード: command bytes in, answer bytes out, by the rules of 個人番号カード.

Grade of the rules: observed in soltia48/myna-card on test cards, unless a line says otherwise.
"""

import dataclasses
import secrets

from kakanai.cardreader.apdu import SHORT_LE_MAX, CommandApdu, ResponseApdu
from kakanai.cardreader.errors import ApduFormatError, SimulatorStateError
from kakanai.cardreader.simulator.file_system import CardFile, DataFile, FileSystem, KeyFile, PinFile
from kakanai.cardreader.simulator.retry_counters import RetryCounters
from kakanai.cardreader.simulator.signing import signature_block
from kakanai.cardreader.status_words import StatusWord, with_attempts

# Contact ATR of 個人番号カード (observed: OpenSC card-jpki.c).
MY_NUMBER_CARD_ATR = bytes.fromhex("3BE000FF8131FE4514")

_CURRENT_FILE = 0x80


@dataclasses.dataclass(frozen=True)
class CardQuirks:
    """Ways in which cards differ: the answer to VERIFY when locked, and 6F00 to the first command."""

    locked_sw: int = StatusWord.LOCKED
    first_command_6f00: bool = False


class _Refused(Exception):
    def __init__(self, sw: int) -> None:
        self.sw = sw
        super().__init__(f"{sw:04X}")


class VirtualCard:
    """A card with power, files and counters; one thread at a time may use it."""

    def __init__(
        self,
        file_system: FileSystem,
        counters: RetryCounters,
        *,
        atr: bytes = MY_NUMBER_CARD_ATR,
        quirks: CardQuirks | None = None,
    ) -> None:
        self.atr = atr
        self._files = file_system
        self._counters = counters
        self._quirks = quirks or CardQuirks()
        self._is_first_command = True

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
        self._is_first_command = True

    def reset(self) -> None:
        """Warm reset: verified PINs stay (observed: soltia48/myna-card)."""

    def transmit(self, raw: bytes) -> bytes:
        """The answer to any bytes at all."""
        if self._is_first_command:
            self._is_first_command = False
            if self._quirks.first_command_6f00:
                return ResponseApdu(b"", StatusWord.NO_DIAGNOSIS).to_bytes()
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
        _check_class(command)
        match (command.cla, command.ins):
            case (0x00, 0xA4):
                return self._select(command)
            case (0x00, 0xB0):
                return self._read_binary(command)
            case (0x00, 0x20):
                return self._verify(command)
            case (0x00, 0x84):
                return _get_challenge(command)
            case (0x80, 0x2A):
                return self._sign(command)
        raise _Refused(StatusWord.UNKNOWN_INS)

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
        if not self._files.select_application(aid):
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

    def _read_binary(self, command: CommandApdu) -> bytes:
        if command.le is None or command.data:
            raise _Refused(StatusWord.WRONG_LENGTH)
        if command.p1 & 0x80:
            file = self._by_short_id(command.p1)
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

    def _by_short_id(self, reference: int) -> CardFile:
        short_id = reference & 0x1F
        if reference & 0x60 or not 1 <= short_id <= 0x1E:
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

    def _referenced(self, p2: int) -> CardFile:
        if not p2 & 0x80:
            raise _Refused(StatusWord.WRONG_P1_P2)
        return self._current_file() if p2 == _CURRENT_FILE else self._by_short_id(p2)

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
            raise _Refused(self._quirks.locked_sw)
        if not self._files.verify(file_id, file, command.data):
            raise _Refused(with_attempts(remaining - 1))
        return b""

    def _sign(self, command: CommandApdu) -> bytes:
        file = self._referenced(command.p2)
        if not isinstance(file, KeyFile):
            raise _Refused(StatusWord.INCOMPATIBLE_FILE)
        if not self._files.may_sign(file):
            raise _Refused(StatusWord.SECURITY_STATUS_NOT_SATISFIED)
        if command.p1 not in (0x00, 0x02):
            raise _Refused(StatusWord.WRONG_P1_P2)
        block = signature_block(command.data, file.size, is_hash=command.p1 == 0x02)
        if block is None or command.le is None or command.le < file.size:
            raise _Refused(StatusWord.WRONG_LENGTH)
        return file.sign_block(block)


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

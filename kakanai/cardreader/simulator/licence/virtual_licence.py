"""A virtual 運転免許証: command bytes in, answer bytes out.

Grade of the rules: given by the specification as hmpow/JpDrvLicNfcCommand, soft-studio's and the Java reader
rely on it, unless a line says otherwise.
"""

from typing import Final

from kakanai.cardreader.apdu import CommandApdu, ResponseApdu
from kakanai.cardreader.errors import ApduFormatError, SimulatorStateError
from kakanai.cardreader.simulator.licence.directories import LicenceDirectories, LicenceFile, LicencePinFile
from kakanai.cardreader.simulator.retry_counters import RetryCounters
from kakanai.cardreader.status_words import StatusWord, with_attempts

# Contactless ATR, made by the reader (observed: smartcard_list.txt of pcsc-tools).
LICENCE_ATR: Final = bytes.fromhex("3B888001000000009181C100D8")

_CURRENT_FILE: Final = 0x80
_MASTER_FILE: Final = (b"", b"\x3f\x00")


class _Refused(Exception):
    def __init__(self, sw: int) -> None:
        self.sw = sw
        super().__init__(f"{sw:04X}")


class VirtualLicence:
    """A SimulatedCard with power, files and counters; one thread at a time may use it."""

    atr = LICENCE_ATR

    def __init__(self, directories: LicenceDirectories, counters: RetryCounters) -> None:
        self._directories = directories
        self._counters = counters

    def power_on(self) -> None:
        """Give it power: nothing is verified, MF is current, counters are as last written down.

        Raises:
            SimulatorStateError: the counters' file cannot be used.
        """
        self._counters.load()
        self._directories.power_off()

    def power_off(self) -> None:
        """Take its power: what was verified is forgotten, counters stay."""
        self._directories.power_off()

    def reset(self) -> None:
        """Warm reset: taken for a loss of power (assumed: a contactless card knows no other reset)."""
        self._directories.power_off()

    def transmit(self, raw: bytes) -> bytes:
        """The answer to any bytes at all."""
        try:
            return ResponseApdu(self._answer(CommandApdu.parse(raw)), StatusWord.OK).to_bytes()
        except ApduFormatError:
            return ResponseApdu(b"", StatusWord.WRONG_LENGTH).to_bytes()
        except SimulatorStateError:
            return ResponseApdu(b"", StatusWord.MEMORY_FAILURE).to_bytes()
        except _Refused as refused:
            return ResponseApdu(b"", refused.sw).to_bytes()

    def _answer(self, command: CommandApdu) -> bytes:
        if command.cla:
            raise _Refused(StatusWord.UNKNOWN_CLA)
        match command.ins:
            case 0xA4:
                return self._select(command)
            case 0xB0:
                return self._read_binary(command)
            case 0x20:
                return self._verify(command)
        raise _Refused(StatusWord.UNKNOWN_INS)

    def _select(self, command: CommandApdu) -> bytes:
        match (command.p1, command.p2):
            case (0x00, 0x00 | 0x0C):
                is_found = command.data in _MASTER_FILE
                if is_found:
                    self._directories.select_master()
            case (0x04, 0x0C):
                is_found = self._directories.select_directory(command.data)
            case (0x02, 0x0C) if len(command.data) == 2:
                is_found = self._directories.select_file(int.from_bytes(command.data))
            case _:
                raise _Refused(StatusWord.WRONG_P1_P2)
        if not is_found:
            raise _Refused(StatusWord.FILE_NOT_FOUND)
        return b""

    def _select_short_id(self, reference: int) -> None:
        short_id = reference & 0x1F
        if reference & 0x60 or not 1 <= short_id <= 0x1E:
            raise _Refused(StatusWord.WRONG_P1_P2)
        if not self._directories.select_file(short_id):
            raise _Refused(StatusWord.FILE_NOT_FOUND)

    def _read_binary(self, command: CommandApdu) -> bytes:
        if command.le is None or command.data:
            raise _Refused(StatusWord.WRONG_LENGTH)
        offset = command.p2
        if command.p1 & 0x80:
            self._select_short_id(command.p1)
        else:
            offset |= command.p1 << 8
        file = self._directories.current_file
        if file is None:
            raise _Refused(StatusWord.NO_CURRENT_FILE)
        if not isinstance(file, LicenceFile):
            raise _Refused(StatusWord.INCOMPATIBLE_FILE)
        if not self._directories.may_read(file):
            raise _Refused(StatusWord.SECURITY_STATUS_NOT_SATISFIED)
        if offset >= len(file.content):
            raise _Refused(StatusWord.OFFSET_OUTSIDE_FILE)
        return file.content[offset : offset + command.le]

    def _verify(self, command: CommandApdu) -> bytes:
        if command.p1 or not command.p2 & 0x80:
            raise _Refused(StatusWord.WRONG_P1_P2)
        if command.p2 != _CURRENT_FILE:
            self._select_short_id(command.p2)
        file = self._directories.current_file
        if file is None:
            raise _Refused(StatusWord.NO_CURRENT_FILE)
        if not isinstance(file, LicencePinFile):
            raise _Refused(StatusWord.INCOMPATIBLE_FILE)
        remaining = self._directories.attempts_remaining(file)
        if not command.data:
            raise _Refused(with_attempts(remaining))
        if remaining == 0:
            raise _Refused(StatusWord.LOCKED)
        if not self._directories.verify(file, command.data):
            raise _Refused(with_attempts(remaining - 1))
        return b""

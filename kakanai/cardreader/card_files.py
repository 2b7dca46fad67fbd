"""Files and keys of the selected カードAP, in the fewest exchanges that this card and this reader allow.

Three things differ in the field: some cards refuse short file ids (SFI), some readers pass no extended APDU,
and a reading is now and then cut by the radio link. All three are met here, once for all kinds of card.
"""

from typing import Final

from kakanai.cardreader import commands
from kakanai.cardreader.apdu import EXTENDED_LE_MAX, SHORT_LE_MAX, CommandApdu, ResponseApdu
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
from kakanai.cardreader.status_words import READ_OK, StatusWord, attempts_in
from kakanai.cardreader.tlv import parse_header

FILE_BYTES_MAX: Final = 8192
"""More than any file read here holds (the largest, a licence's WEF02, has 5845): longer is a broken card."""

_OFFSET_MAX: Final = 0x7FFF
_READ_RETRIES: Final = 3
_SFI_FLAG: Final = 0x80
# How a card says that it knows no short file ids (assumed: ISO/IEC 7816-4 leaves the choice).
_SFI_REFUSED: Final = frozenset(
    {
        StatusWord.WRONG_P1_P2,
        StatusWord.FUNCTION_NOT_SUPPORTED,
        StatusWord.NO_CURRENT_FILE,
        StatusWord.OFFSET_OUTSIDE_FILE,
    }
)
_EXTENDED_REFUSED: Final = frozenset(
    {StatusWord.WRONG_LENGTH, StatusWord.UNKNOWN_INS, StatusWord.NO_DIAGNOSIS}
)
READER_GAVE_UP: Final = frozenset({"80100013", "8010001F"})
"""How a reader that passes no extended APDU fails (given: CCID drivers; 80100013 F_COMM_ERROR, 8010001F
UNEXPECTED). Any other loss may be the radio link or another program: it counts for one card."""


class CardFiles:
    """Reads files and presents keys over one connection; knows no order of steps and no contents.

    A READ whose answer was lost is repeated, three times at most in the life of this object: it changes
    nothing on the card. VERIFY is never repeated, and no command is after the card was reset.
    """

    def __init__(self, connection: CardConnection) -> None:
        self.connection = connection
        self._knows_sfi = True
        self._may_be_extended = True
        self._retries_left = _READ_RETRIES

    def select(self, aid: bytes) -> bool:
        """Whether the card has this カードAP, which is then selected; see commands.select_application."""
        return commands.select_application(self.connection, aid)

    def transmit(self, command: CommandApdu) -> ResponseApdu:
        """The card's answer to any other command; sent once."""
        return self.connection.transmit(command)

    # --- keys ---------------------------------------------------------------------------

    def attempts_remaining(self, file_id: int) -> int:
        """Tries left 残り試行回数 of the key in this file, 0 for locked; asking uses up none.

        Raises:
            CardStatusError: the answer tells no counter; its `sw` is 6A82 where there is no such file.
        """
        sw = self._ask_counter(file_id)
        if self._knows_sfi and sw in _SFI_REFUSED and self._fall_back(file_id):
            sw = self._ask_counter(file_id, is_current=True)
        attempts = attempts_in(sw)
        if attempts is None:
            raise CardStatusError(command="VERIFY", sw=sw)
        return attempts

    def _ask_counter(self, file_id: int, *, is_current: bool = False) -> int:
        p2 = self._key_reference(file_id, is_current=is_current)
        return self.connection.transmit(CommandApdu(0x00, 0x20, 0x00, p2)).sw

    def verify(self, file_id: int, value: bytes, key: CardKey) -> None:
        """Present a key once; returning means it was right. Never sent a second time, in no other form.

        Ask `attempts_remaining` first: it finds out which form this card takes, at no cost.

        Raises:
            WrongPinError, PinLockedError: with this `key`.
            CardStatusError: an answer that tells neither.
        """
        commands.verify(self.connection, self._key_reference(file_id), value, key)

    def _key_reference(self, file_id: int, *, is_current: bool = False) -> int:
        if self._knows_sfi:
            return _SFI_FLAG | file_id
        if not is_current:
            self._select_file(file_id)
        return _SFI_FLAG

    def _fall_back(self, file_id: int) -> bool:
        """Whether the file can be selected, so that it was the short id that the card refused."""
        if not commands.select_file(self.connection, file_id):
            return False
        self._knows_sfi = False
        return True

    def _select_file(self, file_id: int) -> None:
        if not commands.select_file(self.connection, file_id):
            raise CardStatusError(command="SELECT", sw=StatusWord.FILE_NOT_FOUND)

    # --- files --------------------------------------------------------------------------

    def read_object(self, file_id: int, *, free: bool = False, at_most: int = FILE_BYTES_MAX) -> bytes:
        """The one TLV object a file holds, its header included, filler behind it left out.

        `free` says that no key protects the file: then it also serves to find out whether the reader passes
        extended APDUs, when that is not known yet; where it does, this costs no exchange more.

        Raises:
            PinRequiredError: SW 6982.
            CardDataError: no object starts there, it is larger than `at_most`, or the file ends before it.
            CardStatusError: any other refusal; its `sw` is 6A82 where there is no such file.
        """
        data, _ = self._read_start(file_id, free=free)
        name = f"{file_id:04X}"
        try:
            _, length, start = parse_header(data)
        except TlvFormatError as error:
            raise CardDataError(file=name, reason="no-object") from error
        end = start + length
        if end > at_most:
            raise CardDataError(file=name, reason="too-large")
        data = self._read_on(data, end, at_least=end)
        if len(data) < end:
            raise CardDataError(file=name, reason="cut-off")
        return data[:end]

    def read_bytes(
        self, file_id: int, *, free: bool = False, at_most: int = FILE_BYTES_MAX, size: int | None = None
    ) -> bytes:
        """A whole file to its physical end, filler included; `free` as in `read_object`.

        `size` is what its specification says: then a shorter answer is not taken for the end of the file,
        lest a reader with a small buffer hides what comes later, and `at_most` is that size.

        Raises:
            PinRequiredError: SW 6982.
            CardDataError: the file is longer than `at_most`.
            CardStatusError: any other refusal; its `sw` is 6A82 where there is no such file.
        """
        at_most = at_most if size is None else size
        data, is_all = self._read_start(file_id, free=free)
        if len(data) < (size or 0) or (len(data) == SHORT_LE_MAX and not is_all):
            # One byte more than allowed: to tell a file that is too long from one that just fits.
            data = self._read_on(data, at_most + 1, at_least=size or 0)
        if len(data) > at_most:
            raise CardDataError(file=f"{file_id:04X}", reason="too-large")
        return data

    def _read_start(self, file_id: int, *, free: bool) -> tuple[bytes, bool]:
        """The file from its start, and whether all of it was asked for: by one extended APDU."""
        limits = self.connection.limits
        is_wanted = limits.extended or (limits.extended is None and free)
        if is_wanted and self._may_be_extended:
            data = self._try_extended(file_id)
            if data is not None:
                return data, True
        return self._start(file_id, SHORT_LE_MAX), False

    def _try_extended(self, file_id: int) -> bytes | None:
        """The file by extended APDU; None where the reader or this card refuses, which is not tried again."""
        limits = self.connection.limits
        try:
            data = self._start(file_id, EXTENDED_LE_MAX)
        except CommunicationError as error:
            self._may_be_extended = False
            if error.details["status"] in READER_GAVE_UP:
                limits.extended = False
            if isinstance(error, CardResetError) or not self._retries_left:
                raise
            self._retries_left -= 1
            return None
        except CardStatusError as error:
            if error.sw not in _EXTENDED_REFUSED:
                raise
            self._may_be_extended = False
            if error.sw == StatusWord.WRONG_LENGTH:
                limits.extended = False
            return None
        limits.extended = True
        return data

    def _start(self, file_id: int, length: int) -> bytes:
        if self._knows_sfi:
            command = CommandApdu(0x00, 0xB0, _SFI_FLAG | file_id, 0x00, b"", length)
            response = self._transmit_read(command)
            if response.sw not in _SFI_REFUSED or not self._fall_back(file_id):
                return _content(response)
        else:
            self._select_file(file_id)
        return _content(self._transmit_read(CommandApdu(0x00, 0xB0, 0x00, 0x00, b"", length)))

    def _read_on(self, data: bytes, end: int, *, at_least: int) -> bytes:
        """`data` and what follows it in the current file, up to `end` or to where the file ends.

        An answer shorter than asked for ends it, unless `at_least` bytes must come: then it is asked on, for
        as many exchanges as full answers would need and eight more.
        """
        exchanges_left = (end - len(data)) // SHORT_LE_MAX + 1 + (8 if at_least else 0)
        while len(data) < end and len(data) <= _OFFSET_MAX and exchanges_left:
            exchanges_left -= 1
            offset, length = len(data), min(end - len(data), SHORT_LE_MAX)
            command = CommandApdu(0x00, 0xB0, offset >> 8, offset & 0xFF, b"", length)
            more = _content(self._transmit_read(command))[:length]
            data += more
            if not more or (len(more) < length and len(data) >= at_least):
                break
        return data

    def _transmit_read(self, command: CommandApdu) -> ResponseApdu:
        while True:
            try:
                return self.connection.transmit(command)
            except CardResetError:
                raise
            except CommunicationError:
                if command.extended or not self._retries_left:
                    raise
                self._retries_left -= 1


def _content(response: ResponseApdu) -> bytes:
    if response.sw in READ_OK:
        return response.data
    if response.sw == StatusWord.OFFSET_OUTSIDE_FILE:
        return b""
    if response.sw == StatusWord.SECURITY_STATUS_NOT_SATISFIED:
        raise PinRequiredError
    raise CardStatusError(command="READ BINARY", sw=response.sw)

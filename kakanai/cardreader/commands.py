"""SELECT, VERIFY and READ BINARY over a connection, status words turned into errors.

Source: observed: soltia48/myna-card, jpki/myna and OpenSC card-jpki.c send these forms to real cards.
"""

from kakanai.cardreader.apdu import SHORT_LE_MAX, CommandApdu
from kakanai.cardreader.connection import CardConnection
from kakanai.cardreader.errors import (
    CardDataError,
    CardStatusError,
    PinLockedError,
    PinRequiredError,
    TlvFormatError,
    WrongPinError,
)
from kakanai.cardreader.status_words import LOCKED, NOT_THIS_CARD, READ_OK, StatusWord, attempts_in
from kakanai.cardreader.tlv import parse_header

# 基本4情報 with the longest name and address stay far below; more is a broken or hostile card.
_FILE_BYTES_MAX = 8192
_SFI_FLAG = 0x80


def select_application(connection: CardConnection, aid: bytes) -> bool:
    """Whether the card has this カードAP, which is then selected; P2 0C asks for no answer data.

    The very first command after power-on may draw 6F00 from one kind of card (observed: soltia48/myna-card);
    then SELECT is sent a second time.

    Raises:
        CardStatusError: the card answered neither yes nor no.
    """
    command = CommandApdu(0x00, 0xA4, 0x04, 0x0C, aid)
    is_first = connection.exchanges == 0
    sw = connection.transmit(command).sw
    if sw == StatusWord.NO_DIAGNOSIS and is_first:
        sw = connection.transmit(command).sw
    return _is_selected(sw)


def select_file(connection: CardConnection, file_id: int) -> bool:
    """Whether the selected カードAP has this elementary file, which is then the current one.

    Raises:
        CardStatusError: the card answered neither yes nor no.
    """
    return _is_selected(
        connection.transmit(CommandApdu(0x00, 0xA4, 0x02, 0x0C, file_id.to_bytes(2))).sw,
    )


def _is_selected(sw: int) -> bool:
    if sw == StatusWord.OK:
        return True
    if sw in NOT_THIS_CARD:
        return False
    raise CardStatusError(command="SELECT", sw=sw)


def attempts_remaining(connection: CardConnection, sfi: int) -> int:
    """Tries left 残り試行回数 of the PIN in this file, 0 for locked; asking uses up none.

    Raises:
        CardStatusError: the answer tells no counter.
    """
    sw = connection.transmit(CommandApdu(0x00, 0x20, 0x00, _SFI_FLAG | sfi)).sw
    attempts = attempts_in(sw)
    if attempts is None:
        raise CardStatusError(command="VERIFY", sw=sw)
    return attempts


def verify(connection: CardConnection, sfi: int, value: bytes) -> None:
    """Present a PIN once; returning means it was right. Never sends it a second time.

    Raises:
        WrongPinError: wrong, tries are left.
        PinLockedError: wrong and now locked (63C0), or locked before (6983, 6984).
        CardStatusError: an answer that tells neither.
    """
    sw = connection.transmit(CommandApdu(0x00, 0x20, 0x00, _SFI_FLAG | sfi, value)).sw
    if sw == StatusWord.OK:
        return
    attempts = attempts_in(sw)
    if attempts is None:
        raise CardStatusError(command="VERIFY", sw=sw)
    if attempts == 0 or sw in LOCKED:
        raise PinLockedError
    raise WrongPinError(attempts)


def read_binary(connection: CardConnection, offset: int, length: int) -> bytes:
    """At most `length` (1 to 256) bytes of the current file from `offset` (0 to 7FFF); b"" at its end.

    Raises:
        PinRequiredError: SW 6982.
        CardStatusError: any other refusal.
    """
    command = CommandApdu(0x00, 0xB0, offset >> 8 & 0x7F, offset & 0xFF, b"", length)
    return _read(connection, command)


def read_binary_sfi(connection: CardConnection, sfi: int, length: int = SHORT_LE_MAX) -> bytes:
    """At most `length` bytes from the start of the file with this short id, which becomes the current one.

    Raises:
        PinRequiredError: SW 6982.
        CardStatusError: any other refusal.
    """
    return _read(connection, CommandApdu(0x00, 0xB0, _SFI_FLAG | sfi, 0x00, b"", length))


def _read(connection: CardConnection, command: CommandApdu) -> bytes:
    response = connection.transmit(command)
    if response.sw in READ_OK:
        return response.data
    if response.sw == StatusWord.OFFSET_OUTSIDE_FILE:
        return b""
    if response.sw == StatusWord.SECURITY_STATUS_NOT_SATISFIED:
        raise PinRequiredError
    raise CardStatusError(command="READ BINARY", sw=response.sw)


def read_object_file(connection: CardConnection, sfi: int) -> bytes:
    """The whole file holding one TLV object, in as few exchanges as its length allows.

    One exchange for up to 256 bytes; then READ BINARY of the current file for the rest that the object's
    length promises, 256 bytes at a time, since some readers pass no longer answers. Filler may follow.

    Raises:
        PinRequiredError: SW 6982.
        CardDataError: no object starts there, it is too large, or the file ends before it.
        CardStatusError: any other refusal.
    """
    data = read_binary_sfi(connection, sfi)
    file = f"{sfi:04X}"
    try:
        _, length, start = parse_header(data)
    except TlvFormatError as error:
        raise CardDataError(file=file, reason="no-object") from error
    end = start + length
    if end > _FILE_BYTES_MAX:
        raise CardDataError(file=file, reason="too-large")
    while len(data) < end:
        more = read_binary(connection, len(data), min(end - len(data), SHORT_LE_MAX))
        if not more:
            raise CardDataError(file=file, reason="cut-off")
        data += more
    return data

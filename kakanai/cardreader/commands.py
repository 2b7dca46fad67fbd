"""SELECT and VERIFY over a connection, status words turned into errors; files are read by card_files.py.

Source: observed: soltia48/myna-card, jpki/myna and OpenSC card-jpki.c send these forms to real cards.
"""

from kakanai.cardreader.apdu import CommandApdu
from kakanai.cardreader.connection import CardConnection
from kakanai.cardreader.errors import CardStatusError, PinLockedError, WrongPinError
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.status_words import LOCKED, NOT_THIS_CARD, StatusWord, attempts_in


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


def verify(connection: CardConnection, reference: int, value: bytes, key: CardKey) -> None:
    """Present a key once; returning means it was right. Never sends it a second time.

    `reference` is P2: 80 for the current file, 80 plus the short file id for another.

    Raises:
        WrongPinError: wrong, tries are left.
        PinLockedError: wrong and now locked (63C0), or locked before (6983, 6984).
        CardStatusError: an answer that tells neither.
    """
    sw = connection.transmit(CommandApdu(0x00, 0x20, 0x00, reference, value)).sw
    if sw == StatusWord.OK:
        return
    attempts = attempts_in(sw)
    if attempts is None:
        raise CardStatusError(command="VERIFY", sw=sw)
    if attempts == 0 or sw in LOCKED:
        raise PinLockedError(key)
    raise WrongPinError(attempts, key)

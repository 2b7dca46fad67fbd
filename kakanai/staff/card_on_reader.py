"""The number of a staff card 職員証 that lies on a reader, and never that of a visitor's card."""

from collections.abc import Iterable
from typing import Final

from kakanai.cardreader.apdu import SHORT_LE_MAX, CommandApdu
from kakanai.cardreader.connection import CardConnection, Reader
from kakanai.cardreader.detect import detect_card_kind
from kakanai.cardreader.driver_licence.errors import LicenceBlockedError
from kakanai.cardreader.errors import NoCardError
from kakanai.cardreader.kinds import CardKind
from kakanai.cardreader.status_words import StatusWord
from kakanai.errors import KakanaiError
from kakanai.staff.errors import (
    SeveralStaffCardsError,
    StaffCardError,
    StaffCardUnreadableError,
    VisitorsCardError,
)
from kakanai.staff.staff_card import CardUid

# PC/SC part 3 (given): the reader itself answers with the UID of a contactless card, whatever the card is.
_GET_UID: Final = CommandApdu(0xFF, 0xCA, 0x00, 0x00, b"", SHORT_LE_MAX)
_RANDOM_UID: Final = 0x08
"""First of four bytes that a card of ISO 14443 type A makes up anew each time (given: ISO/IEC 14443-3)."""
_SINGLE_SIZE: Final = 4


def read_card_uid(connection: CardConnection) -> CardUid:
    """The UID of the card; the connection is disconnected afterwards, whatever happens.

    What the card is gets asked first, by SELECT alone; of a card that visitors bring no UID is read.

    Raises:
        VisitorsCardError: a マイナンバーカード, 運転免許証, 在留カード or 住基カード.
        StaffCardUnreadableError: the reader tells none, or one that is another the next time.
        CardError: as the card or the reader answers.
    """
    try:
        if _kind(connection) is not CardKind.UNKNOWN:
            raise VisitorsCardError
        answer = connection.transmit(_GET_UID)
        if answer.sw != StatusWord.OK:
            raise StaffCardUnreadableError
        if len(answer.data) == _SINGLE_SIZE and answer.data[0] == _RANDOM_UID:
            raise StaffCardUnreadableError
        try:
            return CardUid(answer.data.hex())
        except StaffCardError:
            raise StaffCardUnreadableError from None
    finally:
        connection.disconnect()


def read_one_card_uid(readers: Iterable[Reader]) -> CardUid:
    """The UID of the only staff card on any of these readers; cards of visitors beside it are passed over.

    Raises:
        SeveralStaffCardsError: two lie there, and nobody can tell whose turn it is.
        VisitorsCardError, StaffCardUnreadableError, CardError: of the last card, where none could be used.
        NoCardError: no card lies there.
    """
    found: list[CardUid] = []
    failure: KakanaiError = NoCardError()
    for reader in readers:
        if not reader.is_card_present():
            continue
        try:
            found.append(read_card_uid(reader.connect()))
        except KakanaiError as error:
            failure = error
    if not found:
        raise failure
    if len(found) > 1:
        raise SeveralStaffCardsError
    return found[0]


def _kind(connection: CardConnection) -> CardKind:
    try:
        return detect_card_kind(connection)
    except LicenceBlockedError:
        return CardKind.DRIVER_LICENCE

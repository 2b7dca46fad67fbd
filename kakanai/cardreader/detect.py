"""Which card lies on the reader, asked by SELECT and never by ATR: 個人番号カード has many ATRs.

No VERIFY is ever sent here. Source: observed: jpki/myna dropped its ATR check after field reports; AIDs
of 運転免許証 given by 警察庁 運転免許証及び運転免許証作成システム等仕様書, of 在留カード by 出入国在留管理庁
在留カード等仕様書, both seen only through programs that implement them.
"""

from kakanai.cardreader.apdu import CommandApdu
from kakanai.cardreader.commands import select_application
from kakanai.cardreader.connection import CardConnection
from kakanai.cardreader.driver_licence.errors import LicenceBlockedError
from kakanai.cardreader.errors import CardStatusError
from kakanai.cardreader.kinds import CardKind
from kakanai.cardreader.mynumber.files import INPUT_SUPPORT_AID, JPKI_AID
from kakanai.cardreader.status_words import READ_OK, StatusWord

_LICENCE_DF1_AID = bytes.fromhex("A0000002310100000000000000000000")
_SELECT_MASTER_FILE = CommandApdu(0x00, 0xA4, 0x00, 0x00, bytes.fromhex("3F00"))
_READ_RESIDENCE_CARD_TYPE = CommandApdu(0x00, 0xB0, 0x8A, 0x00, b"", 256)
_RESIDENCE_CARD_TYPE_TAG = 0xC1


def detect_card_kind(connection: CardConnection) -> CardKind:
    """The kind of card; for a 個人番号カード its 券面事項入力補助AP is selected afterwards.

    Raises:
        CardRemovedError, CommunicationError: as the connection does.
    """
    try:
        if select_application(connection, INPUT_SUPPORT_AID):
            return CardKind.MY_NUMBER
    except CardStatusError:
        return CardKind.UNKNOWN
    return detect_other_kind(connection)


def detect_other_kind(connection: CardConnection) -> CardKind:
    """The kind of a card that is already known to have no 券面事項入力補助AP.

    Raises:
        LicenceBlockedError: a 運転免許証 that the police blocked.
        CardRemovedError, CommunicationError: as the connection does.
    """
    try:
        if _is_licence(connection):
            return CardKind.DRIVER_LICENCE
        if _is_residence_card(connection):
            return CardKind.RESIDENCE_CARD
        # 公的個人認証AP without 券面 APs is the card of before (assumed: its label in EF 0006 differs).
        if select_application(connection, JPKI_AID):
            return CardKind.JUKI_CARD
    except CardStatusError:
        return CardKind.UNKNOWN
    return CardKind.UNKNOWN


def _is_licence(connection: CardConnection) -> bool:
    try:
        return select_application(connection, _LICENCE_DF1_AID)
    except CardStatusError as error:
        if error.sw == StatusWord.DF_LOCKED:
            raise LicenceBlockedError from error
        raise


def _is_residence_card(connection: CardConnection) -> bool:
    if connection.transmit(_SELECT_MASTER_FILE).sw != StatusWord.OK:
        return False
    response = connection.transmit(_READ_RESIDENCE_CARD_TYPE)
    return response.sw in READ_OK and response.data[:1] == bytes((_RESIDENCE_CARD_TYPE_TAG,))

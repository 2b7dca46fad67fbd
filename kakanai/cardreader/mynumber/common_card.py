"""共通カードAP: which town issued the card and when it expires, without any key."""

import dataclasses

from kakanai.cardreader.apdu import CommandApdu
from kakanai.cardreader.card_files import CardFiles
from kakanai.cardreader.commands import select_file
from kakanai.cardreader.errors import CardDataError
from kakanai.cardreader.mynumber.files import CARD_DATA_FILE
from kakanai.cardreader.status_words import StatusWord

_FILE = f"common-{CARD_DATA_FILE:04X}"
_READ_BY_SHORT_ID = CommandApdu(0x00, 0xB2, 0x01, CARD_DATA_FILE << 3 | 0x04, b"", 256)
_READ_CURRENT = CommandApdu(0x00, 0xB2, 0x01, 0x04, b"", 256)
_RECORD_TAG = 0x01
_SERIAL_DIGITS = 15
_MUNICIPALITY_DIGITS = 5
_RECORD_DIGITS = 28
_FILLERS = b"\xff\x00"


@dataclasses.dataclass(frozen=True, repr=False)
class CommonReading:
    """`municipality_code` 市区町村コード of five digits, `expires_on` 有効期限 YYYYMMDD; `repr` is masked.

    The card's serial number lies beside them and is not kept. No signature covers any of it.
    """

    municipality_code: str
    expires_on: str

    def __repr__(self) -> str:
        return "CommonReading(****)"


def read_card_data(files: CardFiles) -> CommonReading | None:
    """Record 1 of EF 0001 of the selected 共通カードAP; None where the card refuses it.

    By short file id as jpki/myna does, else after SELECT EF (observed: soltia48/myna-card).

    Raises:
        CardDataError: the record is not what it should be.
        CardRemovedError, CommunicationError: as the connection does.
    """
    response = files.transmit(_READ_BY_SHORT_ID)
    if response.sw != StatusWord.OK and select_file(files.connection, CARD_DATA_FILE):
        response = files.transmit(_READ_CURRENT)
    return parse_card_data(response.data) if response.sw == StatusWord.OK else None


def parse_card_data(record: bytes) -> CommonReading:
    """Town and expiry from the record: 01 1C, then serial (15), 市区町村コード (5), YYYYMMDD (8).

    Raises:
        CardDataError: another tag or length, or anything but digits.
    """
    if record[:2] != bytes((_RECORD_TAG, _RECORD_DIGITS)):
        raise CardDataError(_FILE, "record-header")
    digits, rest = record[2 : 2 + _RECORD_DIGITS], record[2 + _RECORD_DIGITS :]
    if len(digits) != _RECORD_DIGITS or rest.strip(_FILLERS):
        raise CardDataError(_FILE, "record-length")
    if not digits.isdigit():
        raise CardDataError(_FILE, "digits")
    town_end = _SERIAL_DIGITS + _MUNICIPALITY_DIGITS
    return CommonReading(
        municipality_code=digits[_SERIAL_DIGITS:town_end].decode("ascii"),
        expires_on=digits[town_end:].decode("ascii"),
    )

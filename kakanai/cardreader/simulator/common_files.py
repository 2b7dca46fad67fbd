"""What a specimen says at card level, in 共通カードAP and in 住基AP (observed: soltia48/myna-card)."""

import hashlib

from kakanai.cardreader.mynumber import files
from kakanai.cardreader.simulator.file_system import (
    Application,
    CardFile,
    KeyFile,
    PinFile,
    RecordFile,
)
from kakanai.cardreader.simulator.issuers import IssuedKeys, key_id
from kakanai.cardreader.simulator.specimen_types import GRANTED_ATTEMPTS, MyNumberSpecimen
from kakanai.cardreader.simulator.virtual_card import MY_NUMBER_CARD_ATR

_KEY_REFERENCE_FILE = 0x0002
_AUTHENTICATION_KEY_FILE = 0x0019
_CARD_DATA_TAG = 0x01

_CARD_ISSUER_ID = "9000020/001"
_CARD_INTERMEDIATE_ID = "9000021/001"
# Card recognition data of GlobalPlatform (given: GlobalPlatform Card Specification, appendix H): its OID arc.
_CARD_RECOGNITION = bytes.fromhex("660B730906072A864886FC6B01")


def common_application(specimen: MyNumberSpecimen, keys: IssuedKeys) -> Application:
    """共通カードAP; record 1 of EF 0001 and the key of INTERNAL AUTHENTICATE are free."""
    held: dict[int, CardFile] = {
        files.CARD_DATA_FILE: RecordFile((card_data_record(specimen),)),
        _KEY_REFERENCE_FILE: RecordFile((_key_reference(),)),
        _AUTHENTICATION_KEY_FILE: KeyFile(keys.cards["common"], authenticates=True),
        files.COMMON_PIN_FILE: PinFile(
            specimen.pins["common"].encode(), GRANTED_ATTEMPTS["common"], "common"
        ),
    }
    return Application(files.COMMON_CARD_AID, held)


def juki_application(specimen: MyNumberSpecimen) -> Application:
    """住基AP: its key reference and its PIN; what that PIN opens is unpublished and left out."""
    held: dict[int, CardFile] = {
        _KEY_REFERENCE_FILE: RecordFile((_key_reference(),)),
        files.JUKI_PIN_FILE: PinFile(specimen.pins["juki"].encode(), GRANTED_ATTEMPTS["juki"], "juki"),
    }
    return Application(files.JUKI_AID, held)


def card_data_record(specimen: MyNumberSpecimen) -> bytes:
    """01 1C, then serial (15 digits), 市区町村コード (5) and expiry YYYYMMDD."""
    digits = serial_digits(specimen) + specimen.municipality_code + specimen.expires_on
    return bytes((_CARD_DATA_TAG, len(digits))) + digits.encode("ascii")


def serial_digits(specimen: MyNumberSpecimen) -> str:
    """The card's serial number: invented, and always the same for one specimen."""
    drawn = int.from_bytes(hashlib.sha256(specimen.id.encode()).digest())
    return f"9{drawn % 10**14:014}"


def data_objects(specimen: MyNumberSpecimen, keys: IssuedKeys) -> dict[int, bytes]:
    """What GET DATA gives at card level, by tag."""
    return {
        0x0042: key_id(_CARD_ISSUER_ID),
        0x0045: serial_digits(specimen).encode("ascii"),
        0x0066: _CARD_RECOGNITION,
        0x00F0: specimen.municipality_code.encode("ascii"),
        0x00F2: specimen.expires_on.encode("ascii"),
        0x00F7: key_id(_CARD_INTERMEDIATE_ID),
        # The chain of the card level is another than that of the applications; here the latter stands for it.
        0x00F8: keys.issuers[specimen.issuer].text_ap.cv_certificate(),
        0x5F51: MY_NUMBER_CARD_ATR[1:],
    }


def _key_reference() -> bytes:
    # A simple TLV as in EF 0001; its tag is assumed.
    reference = key_id("9000010/001")
    return bytes((0x01, len(reference))) + reference

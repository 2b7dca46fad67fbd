"""The picture 写真 in a licence: where in a field its JPEG 2000 begins. It is not decoded here."""

from typing import Final

from kakanai.cardreader.driver_licence.files import PHOTO_TAG
from kakanai.cardreader.errors import CardDataError, TlvFormatError
from kakanai.cardreader.tlv import parse_one

_JP2: Final = bytes.fromhex("0000000C6A5020200D0A870A")  # given: ISO/IEC 15444-1 Annex I, signature box
_CODESTREAM: Final = bytes.fromhex("FF4FFF51")  # SOC and SIZ, given: the same, Annex A


def parse_photo(data: bytes) -> bytes | None:
    """The JPEG 2000 of DF2/EF01, None where none is recorded.

    Raises:
        CardDataError: it is no such file, or holds no JPEG 2000.
    """
    file = "DF2/EF01"
    try:
        found = parse_one(data, filler=True)
    except TlvFormatError as error:
        raise CardDataError(file=file, reason="tlv") from error
    if found.tag != PHOTO_TAG:
        raise CardDataError(file=file, reason="outer-tag")
    return jpeg2000_in(found.value, file=file)


def jpeg2000_in(value: bytes, *, file: str) -> bytes | None:
    """JPEG 2000 from where it begins, as JP2 or bare codestream; None for a field with filler or nothing.

    Something may stand before it (observed: soft-studio/NFC_DriversLicenseReader searches for it).

    Raises:
        CardDataError: no JPEG 2000 is in there.
    """
    if not value.strip(b"\x00") or not value.strip(b"\xff"):
        return None
    starts = [start for start in (value.find(_JP2), value.find(_CODESTREAM)) if start >= 0]
    if not starts:
        raise CardDataError(file=file, reason="no-image")
    return value[min(starts) :]

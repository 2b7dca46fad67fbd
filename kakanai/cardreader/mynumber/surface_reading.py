"""What the card's face 券面 holds: EF 0002 of 券面事項確認AP taken apart, its pictures not yet decoded."""

import dataclasses
from typing import Final

from kakanai.cardreader.errors import CardDataError, TlvFormatError
from kakanai.cardreader.mynumber import files
from kakanai.cardreader.mynumber.proof import SurfaceProof
from kakanai.cardreader.tlv import parse_all, parse_first

SURFACE_APPLICATION: Final = "surface-"
"""Before a file id in an error, since 券面事項入力補助AP has files of the same ids."""

_FILE = f"{SURFACE_APPLICATION}{files.SURFACE_FILE:04X}"
_PNG_START = bytes.fromhex("89504E470D0A1A0A")  # given: ISO/IEC 15948
_JPEG_2000_START = bytes.fromhex("FF4FFF51")  # SOC and SIZ of the codestream, given: ISO/IEC 15444-1


@dataclasses.dataclass(frozen=True, repr=False)
class SurfaceReading:
    """The card's face as the chip holds it; `repr` is masked.

    `birth_date` and `expires_on` 有効期限 are YYYYMMDD, `sex` is one digit of ISO 5218. The images are PNG,
    the `photo` 顔写真 is JPEG 2000, in a JP2 container as a rule; nothing but their beginning was looked at.
    `expires_on` and `security_code_image` are not covered by the card's signature. `proof` is there when it
    was asked for.
    """

    birth_date: str
    sex: str
    name_image: bytes
    address_image: bytes
    photo: bytes
    expires_on: str
    security_code_image: bytes
    proof: SurfaceProof | None = None

    def __repr__(self) -> str:
        return "SurfaceReading(****)"


def parse_surface(data: bytes) -> SurfaceReading:
    """The face from the bytes of EF 0002: found by tags, filler after the object ignored.

    The table of offsets DF21 is not followed, wherever it points: neither does the signature cover it, nor is
    it needed. Card key DF24 and signature DF28 must be there, since no genuine face lacks them; what they are
    worth is judged elsewhere.

    Raises:
        CardDataError: not such a file, a part missing or twice, digits that are none, or no picture.
    """
    values = _parts(data)
    for tag in (files.SURFACE_CARD_KEY_TAG, files.SURFACE_SIGNATURE_TAG):
        _part(values, tag)
    return SurfaceReading(
        birth_date=_digits(values, files.SURFACE_BIRTH_DATE_TAG, 8),
        sex=_digits(values, files.SURFACE_SEX_TAG, 1),
        name_image=_png(values, files.NAME_IMAGE_TAG),
        address_image=_png(values, files.ADDRESS_IMAGE_TAG),
        photo=_jpeg_2000(values, files.PHOTO_TAG),
        expires_on=_digits(values, files.EXPIRY_TAG, 8),
        security_code_image=_png(values, files.SECURITY_CODE_IMAGE_TAG),
    )


def _parts(data: bytes) -> dict[int, bytes]:
    try:
        outer, _ = parse_first(data)
        inner = parse_all(outer.value)
    except TlvFormatError as error:
        raise CardDataError(_FILE, "tlv") from error
    if outer.tag != files.SURFACE_TAG:
        raise CardDataError(_FILE, "outer-tag")
    values = {one.tag: one.value for one in inner}
    if len(values) != len(inner):
        raise CardDataError(_FILE, "tag-twice")
    return values


def _part(values: dict[int, bytes], tag: int) -> bytes:
    value = values.get(tag)
    if not value:
        raise CardDataError(_FILE, f"no-{tag:X}")
    return value


def _digits(values: dict[int, bytes], tag: int, count: int) -> str:
    value = _part(values, tag)
    if len(value) != count or not value.isdigit():
        raise CardDataError(_FILE, f"digits-{tag:X}")
    return value.decode("ascii")


def _png(values: dict[int, bytes], tag: int) -> bytes:
    value = _part(values, tag)
    if not value.startswith(_PNG_START):
        raise CardDataError(_FILE, f"image-{tag:X}")
    return value


def _jpeg_2000(values: dict[int, bytes], tag: int) -> bytes:
    value = _part(values, tag)
    if _JPEG_2000_START not in value:
        raise CardDataError(_FILE, f"image-{tag:X}")
    return value

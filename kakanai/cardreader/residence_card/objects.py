"""The data objects in a file of 在留カード: BER-TLV, but with one tag that breaks its rules."""

from collections.abc import Iterator
from typing import Final

from kakanai.cardreader.errors import CardDataError, TlvFormatError
from kakanai.cardreader.residence_card.files import ADDRESS_IMAGE_TAG
from kakanai.cardreader.tlv import Tlv, parse_first

_FILLER: Final = b"\x00"
_ADDRESS_IMAGE: Final = ADDRESS_IMAGE_TAG.to_bytes(2)


def parse_objects(data: bytes, file: str) -> dict[int, bytes]:
    """Values by tag, in the file's order; NUL filler after the last object is left out.

    Raises:
        CardDataError: the data does not divide into whole objects, or a tag stands there twice.
    """
    found: dict[int, bytes] = {}
    try:
        for one in _objects(data):
            if one.tag in found:
                raise CardDataError(file=file, reason="tag-twice")
            found[one.tag] = one.value
    except TlvFormatError as error:
        raise CardDataError(file=file, reason="tlv") from error
    return found


def has_objects(data: bytes, count: int) -> bool:
    """Whether that many whole objects stand at the start of the data."""
    objects = _objects(data)
    try:
        return all(next(objects, None) is not None for _ in range(count))
    except TlvFormatError:
        return False


def _objects(data: bytes) -> Iterator[Tlv]:
    offset, end = 0, len(data.rstrip(_FILLER))
    while offset < end:
        if data.startswith(_ADDRESS_IMAGE, offset):
            # By BER the second byte D1 would announce a third; the specification means a tag of two.
            one, offset = parse_first(data, offset + 1)
            yield Tlv(ADDRESS_IMAGE_TAG, one.value)
        else:
            one, offset = parse_first(data, offset)
            yield one

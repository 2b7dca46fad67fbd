"""BER-TLV objects as the cards write them (ISO/IEC 8825-1, given; lengths up to three bytes)."""

import dataclasses

from kakanai.cardreader.errors import TlvFormatError

_FILLERS = (0xFF, 0x00)
_TAG_BYTES_MAX = 3
_LENGTH_BYTES_MAX = 3


@dataclasses.dataclass(frozen=True, repr=False)
class Tlv:
    """A tag (as one number, 0xFF20) and its value; `repr` shows the length, never the value."""

    tag: int
    value: bytes

    def __repr__(self) -> str:
        return f"Tlv({self.tag:X} length={len(self.value)})"


def parse_header(data: bytes, offset: int = 0) -> tuple[int, int, int]:
    """Tag, length of the value, and where the value starts; the value itself may not be there yet.

    Raises:
        TlvFormatError: the header is cut off, or a form no card uses.
    """
    tag, offset = _parse_tag(data, offset)
    length, offset = _parse_length(data, offset)
    return tag, length, offset


def _parse_tag(data: bytes, offset: int) -> tuple[int, int]:
    first = _byte(data, offset)
    tag = first
    offset += 1
    if first & 0x1F != 0x1F:
        return tag, offset
    for _ in range(_TAG_BYTES_MAX - 1):
        following = _byte(data, offset)
        tag = tag << 8 | following
        offset += 1
        if not following & 0x80:
            return tag, offset
    raise TlvFormatError(reason="long-tag")


def _parse_length(data: bytes, offset: int) -> tuple[int, int]:
    first = _byte(data, offset)
    offset += 1
    if first < 0x80:
        return first, offset
    count = first & 0x7F
    if not 1 <= count <= _LENGTH_BYTES_MAX:
        raise TlvFormatError(reason="length-form")
    if offset + count > len(data):
        raise TlvFormatError(reason="cut-off")
    return int.from_bytes(data[offset : offset + count]), offset + count


def _byte(data: bytes, offset: int) -> int:
    if offset >= len(data):
        raise TlvFormatError(reason="cut-off")
    return data[offset]


def parse_first(data: bytes, offset: int = 0) -> tuple[Tlv, int]:
    """The object at the offset, and the offset after it; whatever follows is not looked at.

    Raises:
        TlvFormatError: no whole object lies there.
    """
    tag, length, start = parse_header(data, offset)
    if start + length > len(data):
        raise TlvFormatError(reason="cut-off")
    return Tlv(tag, bytes(data[start : start + length])), start + length


def parse_one(data: bytes, *, filler: bool = False) -> Tlv:
    """The only object in the data.

    With `filler`, bytes FF or 00 may follow to the end, as on the card's files with fixed size.

    Raises:
        TlvFormatError: it is not one whole object, or something else follows.
    """
    found, end = parse_first(data)
    _refuse_rest(data[end:], filler=filler)
    return found


def parse_all(data: bytes, *, filler: bool = False) -> list[Tlv]:
    """All objects in the data, in their order; none for no data.

    With `filler`, bytes FF or 00 may follow the last object to the end.

    Raises:
        TlvFormatError: the data does not divide into whole objects.
    """
    found: list[Tlv] = []
    offset = 0
    while offset < len(data):
        if filler and all(byte in _FILLERS for byte in data[offset:]):
            break
        one, offset = parse_first(data, offset)
        found.append(one)
    return found


def _refuse_rest(rest: bytes, *, filler: bool) -> None:
    if rest and not (filler and all(byte in _FILLERS for byte in rest)):
        raise TlvFormatError(reason="trailing-bytes")


def build(tag: int, value: bytes, *, like_the_card: bool = False) -> bytes:
    """The bytes of one object.

    Lengths take the shortest form; `like_the_card` writes `82 hh ll` for everything from 80 on, as
    個人番号カード does (observed: soltia48/myna-card fixtures).
    """
    tag_bytes = tag.to_bytes((tag.bit_length() + 7) // 8 or 1)
    return tag_bytes + _build_length(len(value), like_the_card=like_the_card) + value


def _build_length(length: int, *, like_the_card: bool) -> bytes:
    if length < 0x80:
        return bytes((length,))
    count = max((length.bit_length() + 7) // 8, 2 if like_the_card else 1)
    if count > _LENGTH_BYTES_MAX:
        raise ValueError("a value of more than 16777215 bytes")
    return bytes((0x80 | count,)) + length.to_bytes(count)

"""The objects inside a file of a 券面AP, each with the very bytes a signature covers."""

import dataclasses
from typing import Final

from kakanai.cardreader.authenticity.rsa_block import RsaPublicKey, is_plausible
from kakanai.cardreader.errors import TlvFormatError
from kakanai.cardreader.tlv import parse_first, parse_one

_EXPONENT_TAG: Final = 0x90
_MODULUS_TAG: Final = 0x91
_CARD_KEY_BITS: Final = 2048


@dataclasses.dataclass(frozen=True, repr=False)
class SignedObject:
    """One object: its tag, its value, and `raw`, the bytes as written, header included. `repr` is masked."""

    tag: int
    value: bytes
    raw: bytes

    def __repr__(self) -> str:
        return f"SignedObject({self.tag:X} length={len(self.value)})"


def objects_in(data: bytes, tag: int) -> tuple[SignedObject, ...]:
    """The objects inside the one object `tag` that the file is; filler after it is ignored.

    Raises:
        TlvFormatError: another tag, broken objects, or a tag twice (which of both was meant?).
    """
    outer = parse_one(data, filler=True)
    if outer.tag != tag:
        raise TlvFormatError(reason="outer-tag")
    found = split_objects(outer.value)
    if len({one.tag for one in found}) != len(found):
        raise TlvFormatError(reason="tag-twice")
    return found


def split_objects(data: bytes) -> tuple[SignedObject, ...]:
    """All objects in the data, one after the other.

    Raises:
        TlvFormatError: the data does not divide into whole objects.
    """
    found: list[SignedObject] = []
    offset = 0
    while offset < len(data):
        one, end = parse_first(data, offset)
        found.append(SignedObject(one.tag, one.value, bytes(data[offset:end])))
        offset = end
    return tuple(found)


def exactly(objects: tuple[SignedObject, ...], tags: tuple[int, ...]) -> tuple[SignedObject, ...]:
    """The objects, which must bear these tags in this order and no others.

    Raises:
        TlvFormatError: they do not.
    """
    if tuple(one.tag for one in objects) != tags:
        raise TlvFormatError(reason="tags")
    return objects


def parse_card_key(data: bytes) -> RsaPublicKey:
    """The RSA key written `90 <exponent> 91 <modulus>`, of 2048 bits (observed: every key on a card).

    Raises:
        TlvFormatError: anything else.
    """
    exponent, modulus = exactly(split_objects(data), (_EXPONENT_TAG, _MODULUS_TAG))
    key = RsaPublicKey(int.from_bytes(modulus.value), int.from_bytes(exponent.value))
    if not is_plausible(key, _CARD_KEY_BITS):
        raise TlvFormatError(reason="card-key")
    return key

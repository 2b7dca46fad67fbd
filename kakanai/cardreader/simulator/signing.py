"""What COMPUTE DIGITAL SIGNATURE of a virtual card pads, for each P1 (observed: soltia48/myna-card)."""

import hashlib
import secrets

# AlgorithmIdentifier of SHA-256 inside DigestInfo (RFC 8017 § 9.2, note 1, given).
_SHA256_ALGORITHM = bytes.fromhex("300D06096086480165030402010500")

_PADDING_BYTES_MIN = 11
_HASH_BYTES = 32
_SALT_BYTES = 32  # assumed: as long as the hash, the common choice

P1_AS_IS = 0x00
P1_MESSAGE_BARE_HASH = 0x01
P1_HASH = 0x02
P1_MESSAGE = 0x03
P1_HASH_PSS = 0x04
P1_MESSAGE_PSS = 0x05
_TAKES_HASH = frozenset({P1_HASH, P1_HASH_PSS})
_TAKES_MESSAGE = frozenset({P1_MESSAGE_BARE_HASH, P1_MESSAGE, P1_MESSAGE_PSS})
_PSS = frozenset({P1_HASH_PSS, P1_MESSAGE_PSS})
KNOWN_P1 = frozenset({P1_AS_IS}) | _TAKES_HASH | _TAKES_MESSAGE


def signature_block(data: bytes, size: int, p1: int) -> int | None:
    """The padded block as a number, or None when the data has a length the card refuses.

    `size` is that of the key in bytes; `p1` one of KNOWN_P1: data to be padded as it is, a hash, or a message
    that the card hashes itself.
    """
    if not data or (p1 in _TAKES_HASH and len(data) != _HASH_BYTES):
        return None
    if p1 in _TAKES_MESSAGE:
        data = hashlib.sha256(data).digest()
    if p1 in _PSS:
        return _pss_block(data, size, secrets.token_bytes(_SALT_BYTES))
    return padded_block(data if p1 in (P1_AS_IS, P1_MESSAGE_BARE_HASH) else digest_info(data), size)


def digest_info(digest: bytes) -> bytes:
    """DigestInfo that names SHA-256 and holds this digest, of at most 110 bytes."""
    content = _SHA256_ALGORITHM + bytes((0x04, len(digest))) + digest
    return bytes((0x30, len(content))) + content


def padded_block(data: bytes, size: int) -> int | None:
    """EMSA-PKCS1-v1_5 around 1 to size - 11 bytes (RFC 8017 § 9.2, given); None for any other length."""
    if not 1 <= len(data) <= size - _PADDING_BYTES_MIN:
        return None
    return int.from_bytes(b"\x00\x01" + b"\xff" * (size - len(data) - 3) + b"\x00" + data)


def _pss_block(digest: bytes, size: int, salt: bytes) -> int:
    """EMSA-PSS with SHA-256 and MGF1 for a modulus of 8 * size bits (RFC 8017 § 9.1.1, given)."""
    hashed = hashlib.sha256(bytes(8) + digest + salt).digest()
    data = bytes(size - len(salt) - len(hashed) - 2) + b"\x01" + salt
    mask = _mask(hashed, len(data))
    masked = bytes(one ^ other for one, other in zip(data, mask, strict=True))
    return int.from_bytes(bytes((masked[0] & 0x7F,)) + masked[1:] + hashed + b"\xbc")


def _mask(seed: bytes, length: int) -> bytes:
    blocks = (hashlib.sha256(seed + index.to_bytes(4)).digest() for index in range(length // _HASH_BYTES + 1))
    return b"".join(blocks)[:length]

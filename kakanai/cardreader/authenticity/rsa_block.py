"""RSA signatures as 個人番号カード makes them: the whole padded block is recomputed and compared.

EMSA-PKCS1-v1_5 (RFC 8017 § 8.2.2 and § 9.2, given): nothing is parsed out of the recovered block, so there
is no place where a lenient reader could be deceived.
"""

import dataclasses
import hashlib
from typing import Final

# AlgorithmIdentifier of SHA-256 inside DigestInfo (RFC 8017 § 9.2, note 1, given).
_SHA256_ALGORITHM: Final = bytes.fromhex("300d06096086480165030402010500")
_PADDING_BYTES_MIN: Final = 8
_SHORT_LENGTH_MAX: Final = 0x7F


@dataclasses.dataclass(frozen=True)
class RsaPublicKey:
    """A public key 公開鍵; `size` is the length of its modulus and of every signature, in bytes."""

    modulus: int
    exponent: int

    @property
    def size(self) -> int:
        """Bytes of the modulus."""
        return (self.modulus.bit_length() + 7) // 8


def is_plausible(key: RsaPublicKey, bits: int) -> bool:
    """Whether the numbers can be a key of `bits` bits at all: odd, and an exponent that does something."""
    return (
        key.modulus.bit_length() == bits
        and key.modulus % 2 == 1
        and key.exponent % 2 == 1
        and 3 <= key.exponent < 1 << 64
    )


def sha256(data: bytes) -> bytes:
    """The 32 bytes of SHA-256 (FIPS 180-4, given)."""
    return hashlib.sha256(data).digest()


def digest_info(digest: bytes) -> bytes:
    """DigestInfo that names SHA-256 and holds `digest`, of up to 110 bytes.

    32 bytes everywhere but in 券面事項確認AP EF 0002, which holds three digests in one (observed:
    soltia48/myna-card tests/signatures.rs).
    """
    octets = b"\x04" + bytes((len(digest),)) + digest
    content = _SHA256_ALGORITHM + octets
    if len(content) > _SHORT_LENGTH_MAX:
        raise ValueError("a digest of more than 110 bytes")
    return b"\x30" + bytes((len(content),)) + content


def is_signature_of(digest: bytes, signature: bytes, key: RsaPublicKey) -> bool:
    """Whether `signature` is that of exactly this digest (32 or 96 bytes) by `key`."""
    if len(signature) != key.size:
        return False
    number = int.from_bytes(signature)
    if number >= key.modulus:
        return False
    content = digest_info(digest)
    padding = key.size - len(content) - 3
    if padding < _PADDING_BYTES_MIN:
        return False
    expected = b"\x00\x01" + b"\xff" * padding + b"\x00" + content
    return pow(number, key.exponent, key.modulus).to_bytes(key.size) == expected

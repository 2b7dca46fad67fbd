"""RSA keys of specimens: published with this program, so they protect nothing."""

import dataclasses
import functools
import hashlib

from kakanai.cardreader.simulator.signing import digest_info, padded_block
from kakanai.cardreader.tlv import build

PUBLIC_EXPONENT = 65537

_EXPONENT_TAG = 0x90
_MODULUS_TAG = 0x91


@dataclasses.dataclass(frozen=True, repr=False)
class RsaKey:
    """A private key by its two primes; the public exponent is 65537."""

    p: int
    q: int

    @functools.cached_property
    def modulus(self) -> int:
        """The product of the primes."""
        return self.p * self.q

    @functools.cached_property
    def private_exponent(self) -> int:
        """The inverse of the public exponent."""
        return pow(PUBLIC_EXPONENT, -1, (self.p - 1) * (self.q - 1))

    @property
    def size(self) -> int:
        """Bytes of the modulus."""
        return (self.modulus.bit_length() + 7) // 8

    def raw(self, block: int) -> bytes:
        """The block raised to the private exponent, as many bytes as the modulus has.

        By the remainders of both primes (RFC 8017 § 5.1.2, given). Not in constant time: for specimens only.
        """
        by_p = pow(block % self.p, self.private_exponent % (self.p - 1), self.p)
        by_q = pow(block % self.q, self.private_exponent % (self.q - 1), self.q)
        factor = (by_p - by_q) * pow(self.q, -1, self.p) % self.p
        return (by_q + factor * self.q).to_bytes(self.size)

    def sign(self, data: bytes) -> bytes:
        """RSASSA-PKCS1-v1_5 with SHA-256 over the data."""
        return self.sign_digest(hashlib.sha256(data).digest())

    def sign_digest(self, digest: bytes) -> bytes:
        """The same over a digest already made, of 32 bytes or of the 96 of 券面事項確認AP EF 0002."""
        return _sign_digest(self, digest)

    def public_object(self) -> bytes:
        """`90 <exponent> 91 <modulus>` as the cards write a public key, 265 bytes for RSA-2048."""
        return build(_EXPONENT_TAG, PUBLIC_EXPONENT.to_bytes(3), like_the_card=True) + build(
            _MODULUS_TAG, self.modulus.to_bytes(self.size), like_the_card=True
        )


@functools.lru_cache(maxsize=512)
def _sign_digest(key: RsaKey, digest: bytes) -> bytes:
    # The padding has nothing random in it, so the same file always bears the same signature; cards are built
    # over and over in tests.
    block = padded_block(digest_info(digest), key.size)
    if block is None:
        raise ValueError("a digest too long for the key")
    return key.raw(block)

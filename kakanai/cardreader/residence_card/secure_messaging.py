"""Ciphers of セキュアメッセージング: 3DES and retail MAC (1st generation), AES-128 and CMAC (2nd generation).

Source: 在留カード等仕様書, appendix 1 (grade as in files.py); ISO/IEC 7816-4 padding, ISO/IEC 9797-1
algorithm 3, NIST SP 800-38B (given). These keys come from a printed number and keep a radio link private;
what proves the card genuine is its signature, see judge.py.
"""

import abc
import hashlib
import hmac
from typing import Final

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, CipherAlgorithm
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.cmac import CMAC

KEY_BYTES: Final = 16
MAC_BYTES: Final = 8

_PADDING_START: Final = b"\x80"
_KEY_FROM_SECRET: Final = b"\x00\x00\x00\x01"
_DES_KEY_BYTES: Final = 8


class MessageCipher(abc.ABC):
    """One generation's cipher and MAC; the initial vector is always zero, every key has 16 bytes."""

    block_bytes: int

    def encrypt(self, key: bytes, data: bytes) -> bytes:
        """CBC of whole blocks."""
        encryptor = Cipher(self._algorithm(key), CBC(bytes(self.block_bytes))).encryptor()
        return encryptor.update(data) + encryptor.finalize()

    def decrypt(self, key: bytes, data: bytes) -> bytes | None:
        """The other way; None for data that is not whole blocks."""
        if len(data) % self.block_bytes:
            return None
        decryptor = Cipher(self._algorithm(key), CBC(bytes(self.block_bytes))).decryptor()
        return decryptor.update(data) + decryptor.finalize()

    def has_mac(self, key: bytes, data: bytes, mac: bytes) -> bool:
        """Whether `mac` is the MAC of the data."""
        return hmac.compare_digest(self.mac(key, data), mac)

    @abc.abstractmethod
    def mac(self, key: bytes, data: bytes) -> bytes:
        """The first eight bytes of the MAC."""

    @abc.abstractmethod
    def _algorithm(self, key: bytes) -> CipherAlgorithm: ...


class _TripleDes(MessageCipher):
    """3DES with two keys, and the retail MAC over padded data."""

    block_bytes = 8

    def _algorithm(self, key: bytes) -> CipherAlgorithm:
        return TripleDES(key + key[:_DES_KEY_BYTES])

    def mac(self, key: bytes, data: bytes) -> bytes:
        first, second = _single_des(key[:_DES_KEY_BYTES]), _single_des(key[_DES_KEY_BYTES:])
        zero = CBC(bytes(self.block_bytes))
        chained = Cipher(first, zero).encryptor().update(pad(data, self.block_bytes))
        # Of one block, CBC after zero is the bare cipher.
        middle = Cipher(second, zero).decryptor().update(chained[-self.block_bytes :])
        return Cipher(first, zero).encryptor().update(middle)


def _single_des(key: bytes) -> CipherAlgorithm:
    return TripleDES(key * 3)  # encrypt, decrypt, encrypt with one key: DES


class _Aes(MessageCipher):
    """AES-128 and CMAC, cut to eight bytes."""

    block_bytes = 16

    def _algorithm(self, key: bytes) -> CipherAlgorithm:
        return AES(key)

    def mac(self, key: bytes, data: bytes) -> bytes:
        cmac = CMAC(AES(key))
        cmac.update(data)
        return cmac.finalize()[:MAC_BYTES]


TRIPLE_DES: Final[MessageCipher] = _TripleDes()
AES_128: Final[MessageCipher] = _Aes()


def cipher_of(generation: int) -> MessageCipher:
    """The cipher of that generation 世代, 1 or 2; a card is never tried with the other one."""
    return TRIPLE_DES if generation == 1 else AES_128


def key_of_number(number: bytes) -> bytes:
    """Kenc and Kmac, which are one: from the card number in ASCII."""
    return hashlib.sha1(number, usedforsecurity=False).digest()[:KEY_BYTES]


def session_key(ours: bytes, theirs: bytes) -> bytes:
    """KSenc from the two secrets that reader and card told each other."""
    secret = bytes(one ^ other for one, other in zip(ours, theirs, strict=True))
    return hashlib.sha1(secret + _KEY_FROM_SECRET, usedforsecurity=False).digest()[:KEY_BYTES]


def pad(data: bytes, block_bytes: int) -> bytes:
    """The data, 80, and as many 00 as fill the last block."""
    padded = data + _PADDING_START
    return padded + bytes(-len(padded) % block_bytes)


def unpad(padded: bytes, block_bytes: int) -> bytes | None:
    """What `pad` was given; None for anything that it cannot have made."""
    data = padded.rstrip(b"\x00")
    if not data.endswith(_PADDING_START) or len(padded) - len(data) >= block_bytes:
        return None
    return data[:-1]

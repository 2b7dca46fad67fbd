"""The one file that carries a set-up to the next PC: AES-256-GCM under a key that scrypt makes.

First line `KAKANAI-SETUP`, second line a head of JSON (format, program, scrypt's numbers and salt, nonce),
then the ciphertext with its tag. Both lines are associated data: a head that was touched does not open. The
content is JSON, deflated; the key is made of a passphrase.
"""

import hashlib
import json
import secrets
import unicodedata
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from kakanai import __version__
from kakanai.setup.errors import (
    NewerSetupError,
    NoSetupFileError,
    PassphraseError,
    SetupContentError,
    SetupSealError,
)

MAGIC: Final = b"KAKANAI-SETUP\n"
FORMAT: Final = 1
LEAST_LETTERS: Final = 10
LARGEST: Final = 64 << 20
"""Bytes of the content; a town with all of its forms, fonts left out, has a hundredth of it."""
_LONGEST_HEAD: Final = 1000
_SALT: Final = 16
_NONCE: Final = 12
# 128 MiB and a fifth of a second; twice what the office's key takes, for this file leaves the house.
_SCRYPT = {"n": 1 << 17, "r": 8, "p": 1}
_SCRYPT_MEMORY: Final = 256 << 20


@dataclass(frozen=True)
class Opened:
    """What a set-up file held, and the version of the program that wrote it."""

    content: dict[str, Any]
    program: str


def seal(content: Mapping[str, Any], passphrase: str) -> bytes:
    """The whole file; every call gives another salt and nonce.

    Raises:
        PassphraseError: it is too short.
        SetupContentError: it is too large.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(passphrase) < LEAST_LETTERS:
        raise PassphraseError(least=LEAST_LETTERS)
    plain = json.dumps(content, ensure_ascii=True, sort_keys=True).encode("ascii")
    if len(plain) > LARGEST:
        raise SetupContentError(file="", problem="様式などが大きすぎます（64MB まで）")
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    told = {
        "format": FORMAT,
        "program": __version__,
        "scrypt": {**_SCRYPT, "salt": salt.hex()},
        "nonce": nonce.hex(),
    }
    head = MAGIC + json.dumps(told, sort_keys=True).encode("ascii") + b"\n"
    key = _key(passphrase, salt)
    return head + AESGCM(key).encrypt(nonce, zlib.compress(plain, 9), head)


def unseal(data: bytes, passphrase: str, file: str) -> Opened:
    """What the file holds.

    Raises:
        NoSetupFileError: it is none of ours.
        NewerSetupError: its format is newer than this program knows.
        SetupSealError: the passphrase is another, or the file is not as it was written.
        SetupContentError: what was sealed cannot be a set-up.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    head, told, salt, nonce = _head(data, file)
    try:
        packed = AESGCM(_key(passphrase, salt)).decrypt(nonce, data[len(head) :], head)
    except InvalidTag as error:
        raise SetupSealError(file=file) from error
    inflate = zlib.decompressobj()
    try:
        plain = inflate.decompress(packed, LARGEST)
        content = json.loads(plain)
    except (zlib.error, ValueError, RecursionError):
        raise SetupContentError(file=file, problem="中身が読めません") from None
    if inflate.unconsumed_tail or not isinstance(content, dict):
        raise SetupContentError(file=file, problem="中身が大きすぎるか、形が違います")
    return Opened(content, str(told["program"]))


def is_newer(theirs: str, ours: str = __version__) -> bool:
    """Whether a version of the program came after another; what is no version did not."""
    return _parts(theirs) > _parts(ours)


def _head(data: bytes, file: str) -> tuple[bytes, dict[str, Any], bytes, bytes]:
    end = data.find(b"\n", len(MAGIC), len(MAGIC) + _LONGEST_HEAD)
    if not data.startswith(MAGIC) or end < 0:
        raise NoSetupFileError(file=file, reason="foreign")
    try:
        told = json.loads(data[len(MAGIC) : end])
        number, program = int(told["format"]), str(told["program"])
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):  # int() of 1e999
        raise NoSetupFileError(file=file, reason="foreign") from None
    if number > FORMAT:
        raise NewerSetupError(file=file, theirs=program[:16] if program.isascii() else "?", ours=__version__)
    try:
        scrypt = told["scrypt"]
        salt, nonce = bytes.fromhex(scrypt["salt"]), bytes.fromhex(told["nonce"])
        numbers = {name: scrypt[name] for name in _SCRYPT}
    except (ValueError, TypeError, KeyError):
        raise NoSetupFileError(file=file, reason="foreign") from None
    # Other numbers than ours could make this PC work for hours.
    if number != FORMAT or numbers != _SCRYPT or (len(salt), len(nonce)) != (_SALT, _NONCE):
        raise SetupSealError(file=file)
    return data[: end + 1], told, salt, nonce


def _key(passphrase: str, salt: bytes) -> bytes:
    # A passphrase may be typed by another keyboard on the next PC: one form of its letters counts.
    secret = unicodedata.normalize("NFKC", passphrase).encode()
    return hashlib.scrypt(secret, salt=salt, dklen=32, maxmem=_SCRYPT_MEMORY, **_SCRYPT)


def _parts(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    return tuple(map(int, parts)) if all(part.isascii() and part.isdigit() for part in parts) else ()

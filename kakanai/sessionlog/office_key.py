"""The key with which an office signs the end of a day: Ed25519, the private half sealed in a file.

The file is JSON: `format`, `public` (hex), `wrapped_by` and what that way of wrapping needs. The private half
is sealed with AES-256-GCM under a key that the operating system's keyring keeps, or under one that scrypt
makes of a passphrase; where there is neither, it lies open in the file, which only this account can read.
"""

import contextlib
import errno
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

from kakanai.sessionlog.seal_errors import (
    OfficeKeyError,
    OfficeKeyExistsError,
    OfficeKeyLockedError,
    OfficeKeyMissingError,
)

FORMAT: Final = "kakanai-office-key-1"
_SEED: Final = 32
_SALT: Final = 16
_NONCE: Final = 12
# 64 MiB and about a tenth of a second: RFC 7914 with the parameters OWASP names (given).
_SCRYPT: Final = {"n": 1 << 16, "r": 8, "p": 1}
_SCRYPT_MEMORY: Final = 128 << 20
_LARGEST: Final = 4096
# RFC 8410: SubjectPublicKeyInfo of Ed25519 is these 12 bytes and the 32 of the key.
_SPKI: Final = bytes.fromhex("302a300506032b6570032100")


class KeyKeeper(Protocol):
    """A keyring, as far as it is needed here: one secret of 32 bytes."""

    def read(self) -> bytes | None:
        """The secret, None when there is none or the keyring does not answer."""

    def write(self, secret: bytes) -> bool:
        """Keep the secret; whether it can be read back."""


class Wrapping(StrEnum):
    """What keeps others from the private half."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a way, no secret
    FILE = "file"


@dataclass(frozen=True)
class PublicKey:
    """The half that everybody may have: 32 bytes."""

    raw: bytes

    def __post_init__(self) -> None:
        """Refuse another length."""
        if len(self.raw) != _SEED:
            raise ValueError("an Ed25519 public key has 32 bytes")

    @property
    def digest(self) -> str:
        """SHA-256 in hex: what is printed and compared."""
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def key_id(self) -> str:
        """The first 16 digits of the digest: what a day close names."""
        return self.digest[:16]

    def pem(self) -> str:
        """The key as a PEM file, which OpenSSL and the stand-alone verifier read."""
        from base64 import b64encode

        body = b64encode(_SPKI + self.raw).decode("ascii")
        return f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n"

    def holds(self, signature: bytes, text: bytes) -> bool:
        """Whether the signature is of this key over this text."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, text)
        except InvalidSignature:
            return False
        return True


class OfficeKey:
    """An open key; `repr` shows only the public half's id."""

    def __init__(self, seed: bytes) -> None:
        # The library is loaded by the first day close, not by the start of the program.
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = PublicKey(self._key.public_key().public_bytes_raw())

    def __repr__(self) -> str:
        return f"OfficeKey({self.public.key_id})"

    def sign(self, text: bytes) -> bytes:
        """The 64 bytes of the signature."""
        return self._key.sign(text)


@dataclass(frozen=True)
class OfficeKeyReport:
    """How the key is kept and its public half; both None when this machine has none that can be read."""

    wrapped_by: Wrapping | None
    public: PublicKey | None


class OfficeKeyFile:
    """The file of the key on this machine, and how it is opened."""

    def __init__(self, path: Path, keeper: KeyKeeper | None = None) -> None:
        self._path = path
        self._keeper = keeper

    def report(self) -> OfficeKeyReport:
        """What `doctor` says of the key; opens nothing, asks for nothing, never raises."""
        try:
            told = self._read()
            return OfficeKeyReport(Wrapping(told["wrapped_by"]), PublicKey(bytes.fromhex(told["public"])))
        except (OfficeKeyError, ValueError, KeyError):
            return OfficeKeyReport(None, None)

    def make(self, passphrase: str | None = None) -> OfficeKey:
        """A new key of this machine, kept in the best way there is; it is on disk when this returns.

        Args:
            passphrase: Asked for at every day close, if the town wants that; else the keyring, else the file.

        Raises:
            OfficeKeyExistsError: There is one; nothing was changed.
            OfficeKeyError: It could not be kept.
        """
        seed = secrets.token_bytes(_SEED)
        key = OfficeKey(seed)
        told = {"format": FORMAT, "public": key.public.raw.hex(), **self._wrapped(seed, passphrase)}
        data = json.dumps(told).encode("ascii")
        part = self._path.with_name(f"{self._path.name}.{secrets.token_hex(4)}.part")
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            try:
                os.write(file, data)
                os.fsync(file)
            finally:
                os.close(file)
            is_put = _put_if_free(part, self._path)
        except OSError as error:
            raise self._failure(error) from error
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        if not is_put:
            raise OfficeKeyExistsError(file=str(self._path))
        return key

    def open(self, passphrase: str | None = None) -> OfficeKey:
        """The key, opened.

        Raises:
            OfficeKeyMissingError: There is none; `make` makes one.
            OfficeKeyLockedError: The passphrase is wrong or was not given, or the keyring lost its part.
            OfficeKeyError: The file cannot be read or is none of ours.
        """
        told = self._read()
        try:
            seed = self._unwrapped(told, passphrase)
            key = OfficeKey(seed)
        except (ValueError, KeyError, TypeError) as error:
            raise OfficeKeyError(file=str(self._path), reason="form") from error
        if key.public.raw.hex() != told["public"]:
            raise OfficeKeyError(file=str(self._path), reason="form")
        return key

    def _wrapped(self, seed: bytes, passphrase: str | None) -> dict[str, str]:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce, salt = secrets.token_bytes(_NONCE), secrets.token_bytes(_SALT)
        if passphrase is not None:
            way, secret = Wrapping.PASSPHRASE, _stretched(passphrase, salt)
        else:
            secret = self._kept_secret()
            way = Wrapping.KEYRING if secret else Wrapping.FILE
        if way is Wrapping.FILE:
            return {"wrapped_by": way.value, "seed": seed.hex()}
        sealed = AESGCM(secret).encrypt(nonce, seed, _bound(way))
        told = {"wrapped_by": way.value, "nonce": nonce.hex(), "sealed": sealed.hex()}
        return told | ({"salt": salt.hex()} if way is Wrapping.PASSPHRASE else {})

    def _kept_secret(self) -> bytes:
        """The keyring's secret, made if there is none; empty when no keyring keeps one."""
        if self._keeper is None:
            return b""
        secret = self._keeper.read()
        if secret is None:
            secret = secrets.token_bytes(_SEED)
            if not self._keeper.write(secret):
                return b""
        return secret

    def _unwrapped(self, told: dict[str, str], passphrase: str | None) -> bytes:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        way = Wrapping(told["wrapped_by"])
        if way is Wrapping.FILE:
            return bytes.fromhex(told["seed"])
        if way is Wrapping.PASSPHRASE:
            if not passphrase:
                raise OfficeKeyLockedError(reason="passphrase")
            secret = _stretched(passphrase, bytes.fromhex(told["salt"]))
        else:
            secret = (self._keeper.read() if self._keeper else None) or b""
            if not secret:
                raise OfficeKeyLockedError(reason="keyring")
        try:
            return AESGCM(secret).decrypt(
                bytes.fromhex(told["nonce"]), bytes.fromhex(told["sealed"]), _bound(way)
            )
        except InvalidTag as error:
            raise OfficeKeyLockedError(reason=way.value) from error

    def _read(self) -> dict[str, str]:
        try:
            with self._path.open("rb") as file:
                told = json.loads(file.read(_LARGEST))
        except FileNotFoundError as error:
            raise OfficeKeyMissingError(file=str(self._path)) from error
        except OSError as error:
            raise self._failure(error) from error
        except (ValueError, RecursionError) as error:
            raise OfficeKeyError(file=str(self._path), reason="form") from error
        is_ours = isinstance(told, dict) and all(isinstance(value, str) for value in told.values())
        if not is_ours or told.get("format") != FORMAT or "public" not in told:
            raise OfficeKeyError(file=str(self._path), reason="form")
        return {str(name): str(value) for name, value in told.items()}

    def _failure(self, error: OSError) -> OfficeKeyError:
        return OfficeKeyError(file=str(self._path), reason=errno.errorcode.get(error.errno or 0, "EIO"))


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        passphrase.encode("utf-8"), salt=salt, maxmem=_SCRYPT_MEMORY, dklen=_SEED, **_SCRYPT
    )


def _bound(way: Wrapping) -> bytes:
    return f"{FORMAT} {way.value}".encode("ascii")


def _put_if_free(part: Path, place: Path) -> bool:
    """Whether the file got its place: there was none, also none that somebody made meanwhile."""
    try:
        os.link(part, place)  # unlike a rename, it takes nobody's place
    except FileExistsError:
        return False
    except OSError:  # a file system without links, such as FAT
        if place.exists():
            return False
        part.replace(place)
    if os.name == "posix":
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    return True

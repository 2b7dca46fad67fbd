"""Files that only the holder of a key can read: AES-256-GCM, written whole or not at all.

A file is `KKD1` (the format), 8 bytes that name the key, 12 bytes of nonce, and the ciphertext with its tag.
Everything before the nonce is associated data: a file of another format or key does not open.
"""

import contextlib
import errno
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kakanai.drafts.errors import (
    DraftDamagedError,
    DraftDiskFullError,
    DraftError,
    DraftKeyMismatchError,
    DraftUnwritableError,
)

FORMAT: Final = b"KKD1"
_KEY_ID: Final = 8
_NONCE: Final = 12
_TAG: Final = 16
_HEAD: Final = len(FORMAT) + _KEY_ID
_PART: Final = ".part"
KEY_BYTES: Final = 32


@dataclass(frozen=True, repr=False)
class SealKey:
    """A key of 256 bits; `repr` shows nothing of it."""

    secret: bytes

    def __post_init__(self) -> None:
        """Refuse anything but 256 bits."""
        if len(self.secret) != KEY_BYTES:
            raise ValueError("a key has 32 bytes")

    def __repr__(self) -> str:
        return "SealKey(****)"

    @classmethod
    def new(cls) -> "SealKey":
        """A key that nobody ever had."""
        return cls(secrets.token_bytes(KEY_BYTES))

    @property
    def id(self) -> bytes:
        """Eight bytes by which a file knows its key; they tell nothing of the key."""
        return self.keyed(b"kakanai draft key id")[:_KEY_ID]

    def keyed(self, *parts: bytes) -> bytes:
        """HMAC-SHA-256 of the parts, each told apart from the next by its length."""
        told = hmac.new(self.secret, digestmod=hashlib.sha256)
        for part in parts:
            told.update(len(part).to_bytes(4, "big") + part)
        return told.digest()


def seal(key: SealKey, content: bytes) -> bytes:
    """The content as a sealed file holds it, under a nonce of its own."""
    # The library is loaded by the first draft, not by the start of the program.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    head, nonce = FORMAT + key.id, secrets.token_bytes(_NONCE)
    return head + nonce + AESGCM(key.secret).encrypt(nonce, content, head)


def unseal(keys: Iterable[SealKey], data: bytes) -> bytes:
    """The content of a sealed file.

    Raises:
        DraftDamagedError: it is not whole, or not as it was written.
        DraftKeyMismatchError: none of the keys is its key.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(data) < _HEAD + _NONCE + _TAG or not data.startswith(FORMAT):
        raise DraftDamagedError(count=1)
    head, nonce, sealed = data[:_HEAD], data[_HEAD : _HEAD + _NONCE], data[_HEAD + _NONCE :]
    key = next((key for key in keys if key.id == head[len(FORMAT) :]), None)
    if key is None:
        raise DraftKeyMismatchError(count=1)
    try:
        return AESGCM(key.secret).decrypt(nonce, sealed, head)
    except InvalidTag as error:
        raise DraftDamagedError(count=1) from error


def write_whole(path: Path, data: bytes) -> None:
    """Put the data in place of the file, readable by this account only; on disk when this returns.

    Whatever happens on the way, the file is either as it was or as it shall be.

    Raises:
        DraftDiskFullError, DraftUnwritableError: the file is as it was.
    """
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{_PART}")
    with told_as_draft_errors(path.parent):
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            file = os.open(part, flags, 0o600)
            try:
                left = memoryview(data)
                while left:
                    left = left[os.write(file, left) :]
                os.fsync(file)
            finally:
                os.close(file)
            part.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def remove(path: Path) -> None:
    """Take the file away; that it was not there is no failure.

    It is not overwritten before: it is ciphertext, an SSD and a journal keep earlier blocks whatever is
    written over them, and what makes all of it unreadable is that the key of the day is destroyed.

    Raises:
        DraftUnwritableError: it is still there.
    """
    with told_as_draft_errors(path.parent):
        path.unlink(missing_ok=True)
        sync_folder(path.parent)


def remove_parts(folder: Path) -> None:
    """Remove half-written files of a process that was killed; they are ciphertext, and of no use."""
    with contextlib.suppress(OSError):
        for part in folder.glob(f"*{_PART}"):
            part.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have the folder's names on disk, where the system can be asked for that."""
    if os.name != "posix":
        return  # NTFS keeps its names in its journal; a folder cannot be opened there
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # some network folders know no such thing
            raise
    finally:
        os.close(handle)


@contextlib.contextmanager
def told_as_draft_errors(folder: Path) -> Iterator[None]:
    """Turns an OSError into what the clerk is told."""
    try:
        yield
    except DraftError:
        raise
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DraftDiskFullError(folder=str(folder)) from error
        reason = errno.errorcode.get(error.errno or 0, "EIO")
        raise DraftUnwritableError(folder=str(folder), reason=reason) from error

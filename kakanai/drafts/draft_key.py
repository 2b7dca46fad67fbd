"""The key of the drafts: in the operating system's keyring, or in a file that only this account can read."""

import binascii
import contextlib
import errno
import os
import stat
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kakanai.drafts.errors import DraftError, DraftKeyError
from kakanai.drafts.sealed_file import SealKey, write_whole
from kakanai.drafts.system_keyring import SystemKeyring


class KeyPlace(StrEnum):
    """Where the key lies."""

    KEYRING = "keyring"
    FILE = "file"


@dataclass(frozen=True)
class KeyReport:
    """Where the key lies or would lie; `detail`: kind of keyring, or the file; `reason`: why no keyring."""

    place: KeyPlace
    detail: str
    reason: str = ""


class KeyChain:
    """Finds the key, makes it, and puts another in its place once nothing is left that needs it."""

    def __init__(self, file: Path, keyring: SystemKeyring) -> None:
        self._file = file
        self._keyring = keyring

    def report(self) -> KeyReport:
        """Where the key lies, or would lie if it were made now; makes nothing."""
        state = self._keyring.state
        if state.name:
            return KeyReport(KeyPlace.KEYRING, state.name)
        return KeyReport(KeyPlace.FILE, str(self._file), state.reason)

    def keys(self) -> tuple[SealKey, ...]:
        """Every key there is, the one to write with first; a new one when there was none.

        A file that others could read (copied back from somewhere) is closed to them.

        Raises:
            DraftKeyError: there is none and none can be made, or the file cannot be read.
        """
        found = self.found()
        self._close_to_others()
        return found or (self.renew(),)

    def found(self) -> tuple[SealKey, ...]:
        """Every key there is; makes none.

        Raises:
            DraftKeyError: the file is there and cannot be read.
        """
        return tuple(key for key in (self._keyring.read(), self._read_file()) if key is not None)

    def renew(self) -> SealKey:
        """A new key in place of the old one, which is destroyed: whatever it sealed is lost for good.

        On POSIX the old file is overwritten where it lies before it goes. On an SSD or a journalling file
        system that may leave its bytes in blocks that nobody can address; a keyring is the better place.

        Raises:
            DraftKeyError: no key could be kept; the old one is as it was.
        """
        key = SealKey.new()
        if self._keyring.write(key):
            with contextlib.suppress(OSError), self._old_file():
                self._file.unlink(missing_ok=True)
            return key
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._old_file():
                write_whole(self._file, b64encode(key.secret) + b"\n")
        except OSError as error:
            raise self._failure(error) from error
        except DraftError as error:
            reason = str(error.details.get("reason", "ENOSPC"))
            raise DraftKeyError(file=str(self._file), reason=reason) from error
        return key

    def _close_to_others(self) -> None:
        if os.name != "posix":
            return  # Windows has the access list of the profile
        with contextlib.suppress(OSError):
            if self._file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                self._file.chmod(stat.S_IRUSR | stat.S_IWUSR)

    def _read_file(self) -> SealKey | None:
        try:
            return SealKey(b64decode(self._file.read_bytes().strip(), validate=True))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._failure(error) from error
        except (binascii.Error, ValueError):
            return None  # damaged, and so no key: a new one takes its place, and the drafts tell the rest

    @contextlib.contextmanager
    def _old_file(self) -> Iterator[None]:
        """Meanwhile the file may be replaced; the bytes it had are overwritten then."""
        if os.name != "posix" or not self._file.exists():  # Windows replaces no file that is open
            yield
            return
        with self._file.open("r+b", buffering=0) as old:
            yield
            old.write(b"\0" * os.fstat(old.fileno()).st_size)
            os.fsync(old.fileno())

    def _failure(self, error: OSError) -> DraftKeyError:
        return DraftKeyError(file=str(self._file), reason=errno.errorcode.get(error.errno or 0, "EIO"))

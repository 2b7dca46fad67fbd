"""The file in which an account of this machine keeps the token of its session, for commands in scripts."""

import contextlib
import errno
import json
import os
import secrets
import stat
from pathlib import Path
from typing import Final

from kakanai.staff.errors import SessionFileError

_PRIVATE: Final = 0o600
_LONGEST: Final = 4_096  # bytes; what is longer is none of ours
_FIELD: Final = "token"


class SessionFile:
    """`<account>.json` in the folder of sessions; only this account of the operating system can read it."""

    def __init__(self, folder: Path, account: str) -> None:
        # Not the account's name, which may be a person's; a part of the hash that the database knows it by.
        self._path = folder / f"{account[:16]}.json"

    def read(self) -> str:
        """The token; empty when there is none, or no text of ours.

        Raises:
            SessionFileError: others may have read it (`reason` open), or it cannot be read.
        """
        try:
            with os.fdopen(os.open(self._path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
                self._require_private(os.fstat(file.fileno()))
                told = file.read(_LONGEST)
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise self._failure(error) from error
        try:
            token = json.loads(told).get(_FIELD, "")
        except (ValueError, AttributeError):
            return ""
        return token if isinstance(token, str) else ""

    def write(self, token: str) -> None:
        """Keep a token in place of the last one, whole or not at all.

        Raises:
            SessionFileError: it cannot be written; the file is as it was.
        """
        part = self._path.with_name(f"{self._path.name}.{secrets.token_hex(4)}.part")
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "wb") as file:
                file.write(json.dumps({_FIELD: token}).encode("ascii"))
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._path)
        except OSError as error:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise self._failure(error) from error

    def remove(self) -> None:
        """Take the token away; that there was none is no failure.

        Raises:
            SessionFileError: it is still there.
        """
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise self._failure(error) from error

    def _require_private(self, found: os.stat_result) -> None:
        if os.name != "posix":
            return  # Windows has the access list of the profile
        is_ours = found.st_uid == os.getuid() and stat.S_ISREG(found.st_mode)
        if not is_ours or found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise SessionFileError(file=self._path.name, reason="open")

    def _failure(self, error: OSError) -> SessionFileError:
        return SessionFileError(file=self._path.name, reason=errno.errorcode.get(error.errno or 0, "EIO"))

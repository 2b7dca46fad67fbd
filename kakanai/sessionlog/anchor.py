"""What this machine remembers of the log's end, so that an older copy in its place is noticed.

The anchor lies beside the database, not in it: whoever puts yesterday's database back would have to change
this file as well, and the heads printed on the 日報 besides. It is no secret: a number, a hash and a time.
"""

import contextlib
import json
import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kakanai.sessionlog.seal_errors import LogRolledBackError

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_AT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


@dataclass(frozen=True)
class Anchor:
    """An entry of the chain: place, hash and time, as the table `entry` has them.

    Raises:
        ValueError: A part is not of its form.
    """

    seq: int
    hash: str
    at: str

    def __post_init__(self) -> None:
        """Refuse what no entry can have."""
        if type(self.seq) is not int or self.seq < 1:
            raise ValueError("seq is no place in a chain")
        if not isinstance(self.hash, str) or not _HASH.fullmatch(self.hash):
            raise ValueError("hash is no SHA-256")
        if not isinstance(self.at, str) or not _AT.fullmatch(self.at):
            raise ValueError("at is no time of an entry")


class AnchorFile:
    """The file with the anchor (0600). Never raises: a log is not stopped by what only watches over it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Anchor | None:
        """The anchor, None when there is none or it cannot be read as one."""
        try:
            told = json.loads(self._path.read_bytes())
            return Anchor(told["seq"], told["hash"], told["at"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def is_damaged(self) -> bool:
        """Whether a file is there that is no anchor: said by `doctor`, for it would guard nothing."""
        return self._path.exists() and self.read() is None

    def write(self, anchor: Anchor) -> bool:
        """Put the anchor in place of the last one; whether that worked.

        Whole or not at all, and without waiting for the disk: after a power cut an older anchor serves too.
        """
        part = self._path.with_name(f"{self._path.name}.{secrets.token_hex(4)}.part")
        told = json.dumps({"seq": anchor.seq, "hash": anchor.hash, "at": anchor.at}) + "\n"
        try:
            file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            try:
                os.write(file, told.encode("ascii"))
            finally:
                os.close(file)
            part.replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            return False
        return True


def require_held(anchor: Anchor | None, holds: Callable[[int, str], bool]) -> None:
    """Nothing, when the chain holds the anchor or there is none.

    Args:
        anchor: What this machine remembers.
        holds: Whether the entry in that place of the chain has that hash (`SessionLog.holds`).

    Raises:
        LogRolledBackError: The chain is shorter, or another entry stands in that place.
    """
    if anchor is not None and not holds(anchor.seq, anchor.hash):
        raise LogRolledBackError(seq=anchor.seq)

"""Passwords as the database keeps them: argon2id, in the PHC form that carries its own parameters."""

import secrets
from base64 import b64encode
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kakanai.staff.password import Password

if TYPE_CHECKING:
    from argon2 import PasswordHasher


@dataclass(frozen=True)
class HashCost:
    """What one hash costs: passes, memory in KiB, lanes. RFC 9106's second choice, argon2-cffi's default."""

    passes: int = 3
    memory_kib: int = 65_536
    lanes: int = 4


class PasswordHashing:
    """Makes hashes and compares with them; somebody unknown costs as much as somebody known."""

    def __init__(self, cost: HashCost | None = None) -> None:
        self._cost = cost or HashCost()

    def hash(self, password: Password) -> str:
        """A hash with a salt of its own; about a tenth of a second."""
        return self._hasher.hash(password.encoded())

    def fits(self, kept: str, password: Password) -> bool:
        """Whether the hash is of this password; False also for what is no hash of ours."""
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            return self._hasher.verify(kept, password.encoded())
        except (VerificationError, InvalidHashError):
            return False

    def fits_nobody(self, password: Password) -> None:
        """Spend what `fits` spends, for a number that is nobody's."""
        self.fits(self._nobodys, password)

    def is_outdated(self, kept: str) -> bool:
        """Whether a hash was made with other parameters than those of today."""
        return self._hasher.check_needs_rehash(kept)

    @cached_property
    def _hasher(self) -> "PasswordHasher":
        # Loaded by the first password, not by the start of the program.
        from argon2 import PasswordHasher

        return PasswordHasher(self._cost.passes, self._cost.memory_kib, self._cost.lanes)

    @cached_property
    def _nobodys(self) -> str:
        # Of the form of a hash, so that nothing has to be hashed beforehand, which would cost twice.
        from argon2.low_level import ARGON2_VERSION

        cost = self._cost

        def part(size: int) -> str:
            return b64encode(secrets.token_bytes(size)).decode("ascii").rstrip("=")

        form = f"m={cost.memory_kib},t={cost.passes},p={cost.lanes}"
        return f"$argon2id$v={ARGON2_VERSION}${form}${part(16)}${part(32)}"

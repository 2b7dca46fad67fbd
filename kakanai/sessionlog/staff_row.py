"""A registered staff number and a session, as the store gives them."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum

from kakanai.sessionlog.chain import time_text
from kakanai.sessionlog.entry import ClerkId, LoggedRole


@dataclass(frozen=True, repr=False)
class StaffRow:
    """One staff number 職員番号. Times are UTC; `password_hash` is argon2id in PHC form."""

    number: ClerkId
    role: LoggedRole
    password_hash: str
    created_at: dt.datetime
    card_uid_hash: str | None = None
    disabled_at: dt.datetime | None = None
    must_change: bool = False

    @property
    def is_active(self) -> bool:
        """Whether the number may sign in."""
        return self.disabled_at is None

    @property
    def digest(self) -> str:
        """SHA-256 of the row, which the entry about its last change bears (docs/log-format.md)."""
        disabled = "" if self.disabled_at is None else time_text(self.disabled_at)
        parts = (
            "kakanai-staff-1",
            str(self.number),
            self.role.value,
            self.password_hash,
            self.card_uid_hash or "",
            time_text(self.created_at),
            disabled,
            "1" if self.must_change else "0",
        )
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def __repr__(self) -> str:
        return f"StaffRow({self.number}, {self.role.value}, ****)"


class SessionPlace(StrEnum):
    """Where somebody signed in."""

    WINDOW = "window"
    SCRIPT = "script"


@dataclass(frozen=True)
class StaffSession:
    """One signing-in. `token_hash` is the SHA-256 of a random token that only its holder has."""

    token_hash: str
    number: ClerkId
    place: SessionPlace
    account: str
    started_at: dt.datetime
    ends_at: dt.datetime
    ended_at: dt.datetime | None = None

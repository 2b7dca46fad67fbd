"""Who is signed in, as a value."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from kakanai.sessionlog.entry import UNREGISTERED, ClerkId
from kakanai.staff.act import Act
from kakanai.staff.role import Role


@dataclass(frozen=True)
class SignedIn:
    """Who acts: staff number 職員番号, role, and until when (UTC).

    `role` is None while no administrator is registered 未登録: everything is allowed then, and `number` is
    `-`, or what somebody claims. `must_change`: the password was given by somebody else, and nothing but
    changing it is allowed. `session` is the hash of the session's token, empty where there is none.
    `is_away`: signed in while the log's server was away, which does not know of it yet.
    """

    number: ClerkId
    role: Role | None = None
    until: dt.datetime | None = None
    must_change: bool = False
    session: str = ""
    is_away: bool = False

    @property
    def is_registered(self) -> bool:
        """Whether this is a registered number that proved to be who it is."""
        return self.role is not None


NOBODY: Final = SignedIn(UNREGISTERED)
"""未登録: no administrator is registered yet."""


@dataclass(frozen=True)
class Confirmed:
    """That somebody with the right to it gave their password for this very act, at `at` (UTC).

    Only Guard.confirm makes one; a function that signs something takes it as proof. It is for one use at
    once, not to be kept.
    """

    number: ClerkId
    role: Role | None
    act: Act
    at: dt.datetime

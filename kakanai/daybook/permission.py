"""Whoever is asked whether somebody may read or judge the log."""

from typing import Protocol

from kakanai.sessionlog.case_number import ClerkId
from kakanai.staff.act import Act
from kakanai.staff.signed_in import SignedIn


class Permission(Protocol):
    """The guard of a window or of a command (kakanai.staff.guard)."""

    def require(self, act: Act, *, of: ClerkId | None = None) -> SignedIn:
        """Who is signed in, when they may do the act; `of` is who opened the case that it is about.

        Raises:
            StaffError: nobody is signed in, or they may not.
        """

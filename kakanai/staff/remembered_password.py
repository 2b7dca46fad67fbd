"""Unlocking a window while the log's server is out of reach: by the hash that was good at the sign-in."""

import datetime as dt
import math

from kakanai.sessionlog.entry import EntryKind
from kakanai.sessionlog.spool_kinds import AWAY_NAME
from kakanai.sessionlog.staff_row import StaffRow
from kakanai.staff.errors import SignInRefusedError, SignInThrottledError
from kakanai.staff.password import Password
from kakanai.staff.roster import Roster
from kakanai.staff.sign_in import entry_of
from kakanai.staff.throttle import BY_NUMBER

AWAY: tuple[str, ...] = ("sign_in.window", AWAY_NAME)
"""What an entry of unlocking names when the server could not be asked."""


class RememberedPassword:
    """The row of who is signed in here, as it was then: in memory alone, as long as the window is theirs.

    It opens nothing but the lock of this one window, and only where the log takes the entry that says so.
    """

    def __init__(self, row: StaffRow) -> None:
        self.row = row
        self._failures: list[dt.datetime] = []

    def require(self, password: Password, roster: Roster) -> None:
        """Nothing, when this is the password; logged either way.

        Raises:
            SignInRefusedError: it is not.
            SignInThrottledError: it is too early; nothing was compared or logged.
            LogStorageError: In one of its kinds; the window stays locked.
        """
        now = roster.now()
        if wait := BY_NUMBER.remaining(self._failures, now):
            raise SignInThrottledError(seconds=math.ceil(wait.total_seconds()))
        # It counts as failed from before it is compared, as at the door itself.
        self._failures.append(now)
        row = self.row
        if not roster.hashing.fits(row.password_hash, password):
            codes = (SignInRefusedError.code,)
            roster.store.append(
                entry_of(roster, EntryKind.SIGN_IN_FAILED, row.number, about=row.number, codes=codes)
            )
            raise SignInRefusedError
        roster.store.append(entry_of(roster, EntryKind.UNLOCKED, row.number, role=row.role.value, names=AWAY))
        self._failures.clear()

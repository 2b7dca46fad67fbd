"""What signing in and permissions work with: the store, the clock, the town's rules, this machine."""

import datetime as dt
from collections.abc import Callable

from kakanai.sessionlog.errors import LogConnectionLostError, LogUnreachableError
from kakanai.sessionlog.staff_row import StaffRow
from kakanai.sessionlog.staff_store import StaffStore
from kakanai.sessionlog.store import SessionLog
from kakanai.staff.errors import StaffLostError
from kakanai.staff.machine import account_key, machine_key
from kakanai.staff.password_hash import PasswordHashing
from kakanai.staff.rules import StaffRules

_CARD_SECRET = "staff-card"  # noqa: S105 - the name under which the database keeps it


class Roster:
    """The registered staff 職員 of one database, seen from one account of one machine."""

    def __init__(
        self,
        log: SessionLog,
        now: Callable[[], dt.datetime],
        rules: StaffRules | None = None,
        *,
        hashing: PasswordHashing | None = None,
        machine: str = "",
        account: str = "",
        counter: str = "",
    ) -> None:
        self.store = StaffStore(log)
        self.now = now
        self.rules = rules or StaffRules()
        self.hashing = hashing or PasswordHashing()
        self.machine = machine or machine_key()
        self.account = account or account_key()
        self.counter = counter
        self._is_open = True
        self._was_asked = False

    @property
    def is_open(self) -> bool:
        """Whether no administrator is registered yet 未登録; once one is, it stays so.

        Raises:
            StaffLostError: the chain tells of staff, and the table has none: somebody removed them.
            LogStorageError: In one of its kinds; not once somebody was found, nor while a server that
                was asked before is out of reach: the counter goes on as it was.
        """
        if self._is_open:
            try:
                self._look_who_is_there()
            except (LogUnreachableError, LogConnectionLostError):
                if not self._was_asked:
                    raise
        return self._is_open

    def note_somebody(self) -> None:
        """Somebody signed in, so there is an administrator, also when the database cannot be asked."""
        self._is_open = False

    def _look_who_is_there(self) -> None:
        with self.store.reading() as view:
            is_open = view.administrators() == 0
            if is_open and view.was_anybody_added():
                raise StaffLostError
        self._is_open, self._was_asked = is_open, True

    def find(self, number: str) -> StaffRow | None:
        """The row of a number, disabled or not."""
        with self.store.reading() as view:
            return view.find(number)

    def card_secret(self) -> bytes:
        """The key under which this database keeps the UIDs of staff cards."""
        with self.store.reading() as view:
            found = view.secret(_CARD_SECRET)
        if found is None:
            with self.store.changing() as change:
                found = change.made_secret(_CARD_SECRET)
        return found

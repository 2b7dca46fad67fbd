"""Who is at a window: signed in, locked, or nobody; the state that a guard asks and changes."""

import threading

from kakanai.sessionlog.entry import UNREGISTERED, ClerkId
from kakanai.sessionlog.staff_row import StaffRow
from kakanai.staff.errors import LockedError, NotSignedInError, SessionEndedError
from kakanai.staff.remembered_password import RememberedPassword
from kakanai.staff.roster import Roster
from kakanai.staff.signed_in import NOBODY, SignedIn


class Presence:
    """The part of a Guard that knows who is here, without asking the database anything but 未登録."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self._signed_in: SignedIn | None = None
        self._is_locked = False
        self._remembered: RememberedPassword | None = None
        # Acts of the counter, the daybook and the paper are asked for on threads of their own.
        self._changing = threading.Lock()

    @property
    def is_open(self) -> bool:
        """Whether no administrator is registered yet 未登録."""
        return self.roster.is_open

    @property
    def is_locked(self) -> bool:
        """Whether the window is locked."""
        return self._is_locked

    @property
    def is_anybody_here(self) -> bool:
        """Whether somebody signed in here; perhaps their session has ended since."""
        return self._signed_in is not None

    @property
    def is_away(self) -> bool:
        """Whether who is here signed in without the database, which has not been asked about them since."""
        return self._signed_in is not None and self._signed_in.is_away

    @property
    def who(self) -> SignedIn:
        """Who is signed in, as they were when last looked at; 未登録 while that is so.

        Raises:
            NotSignedInError: nobody is.
        """
        if self.is_open:
            return NOBODY
        if self._signed_in is None:
            raise NotSignedInError
        return self._signed_in

    # --- inside -------------------------------------------------------------------------

    @property
    def _here(self) -> ClerkId:
        return UNREGISTERED if self._signed_in is None else self._signed_in.number

    def _locked_for(self) -> SignedIn:
        if self._signed_in is None:
            raise NotSignedInError
        return self._signed_in

    def _take(self, who: SignedIn, row: StaffRow) -> SignedIn:
        with self._changing:
            self._signed_in, self._is_locked = who, False
            self._remembered = RememberedPassword(row)
        self.roster.note_somebody()
        return who

    def _require_still_here(self, who: SignedIn) -> None:
        """Nothing, when nobody signed out, locked or took over while `who` was looked up."""
        self._require_session(who)
        if self._is_locked:
            raise LockedError

    def _require_session(self, who: SignedIn) -> None:
        if self._signed_in is None:
            raise NotSignedInError
        if self._signed_in.session != who.session:
            raise SessionEndedError(reason="ended")

    def _lasts(self, who: SignedIn) -> bool:
        return who.until is not None and self.roster.now() < who.until

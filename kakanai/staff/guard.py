"""The one place that is asked whether somebody may do something."""

import threading

from kakanai.sessionlog.entry import UNREGISTERED, ClerkId, EntryKind
from kakanai.sessionlog.errors import LogConnectionLostError, LogUnreachableError
from kakanai.sessionlog.staff_row import SessionPlace, StaffRow
from kakanai.staff.act import Act
from kakanai.staff.errors import (
    ConfirmationNeededError,
    LockedError,
    NotAllowedError,
    NotSignedInError,
    OwnCaseError,
    PasswordChangeDueError,
    SessionEndedError,
    StaffError,
)
from kakanai.staff.password import Password
from kakanai.staff.permissions import AT_THE_COUNTER, FOUR_EYES, may
from kakanai.staff.remembered_password import RememberedPassword
from kakanai.staff.role import Role
from kakanai.staff.roster import Roster
from kakanai.staff.session_end import why_ended
from kakanai.staff.sign_in import Opened, Proof, SignInDoor, entry_of, signed_in_as, token_hash
from kakanai.staff.signed_in import NOBODY, Confirmed, SignedIn
from kakanai.staff.staff_card import CardUid


class Guard:
    """Who is signed in here, and what they may do. One for each window, one for each run of a command.

    While no administrator is registered 未登録, everything is allowed and nobody is signed in.
    """

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.door = SignInDoor(roster)
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

    def look(self) -> SignedIn:
        """Who is signed in, looked up anew; 未登録 while that is so.

        Raises:
            NotSignedInError, LockedError, SessionEndedError: nobody is here.
            LogStorageError: In one of its kinds.
        """
        who = self.who
        if not who.is_registered:
            return who
        if self._is_locked:
            raise LockedError
        found = self._looked_up(who)
        with self._changing:
            self._require_still_here(who)
            self._signed_in = found
        return found

    # --- permissions --------------------------------------------------------------------

    def may(self, act: Act, *, of: ClerkId | None = None) -> bool:
        """Whether `require` would pass; for showing what can be done, never instead of `require`."""
        try:
            self.require(act, of=of)
        except StaffError:
            return False
        return True

    def require(self, act: Act, *, of: ClerkId | None = None) -> SignedIn:
        """Who is signed in, when they may do the act; `of` is who opened the case that it is about.

        Number, role and session are looked up anew: what an administrator took away is gone at once. Acts
        at the counter go on with what was known last while the database cannot be reached.

        Raises:
            NotSignedInError, LockedError, SessionEndedError: nobody is here.
            PasswordChangeDueError, NotAllowedError, OwnCaseError: they may not.
            LogStorageError: In one of its kinds.
        """
        try:
            who = self.look()
        except (LogUnreachableError, LogConnectionLostError):
            who = self.who
            if act not in AT_THE_COUNTER or not self._lasts(who):
                raise
            if self._is_locked:
                raise LockedError from None
        if not who.is_registered:
            return who
        _require_permission(who.role, act, must_change=who.must_change)
        self._require_other_eyes(who.number, act, of)
        return who

    def confirm(
        self, number: str, password: Password | None, act: Act, *, of: ClerkId | None = None
    ) -> Confirmed:
        """That the holder of a number, who may do this act, gave their password now.

        It need not be who is signed in: a supervisor confirms at a clerk's window. While nobody is
        registered 未登録 nothing is asked.

        Raises:
            ConfirmationNeededError: no password was given.
            SignInRefusedError, SignInThrottledError: as SignInDoor.prove.
            PasswordChangeDueError, NotAllowedError, OwnCaseError: they may not do the act.
            LogStorageError: In one of its kinds.
        """
        if self.is_open:
            return Confirmed(NOBODY.number, None, act, self.roster.now())
        if password is None:
            raise ConfirmationNeededError(act=act.label)
        proof = self.door.prove(number, password, self._here)
        with self.roster.store.changing() as change:
            row = self.door.settle(proof, change)
        role = Role(row.role)
        _require_permission(role, act, must_change=row.must_change)
        self._require_other_eyes(row.number, act, of)
        return Confirmed(row.number, role, act, self.roster.now())

    def _require_other_eyes(self, number: ClerkId, act: Act, of: ClerkId | None) -> None:
        if self.roster.rules.four_eyes and act in FOUR_EYES and of == number:
            raise OwnCaseError

    # --- signing in ---------------------------------------------------------------------

    def sign_in(self, number: str, password: Password) -> SignedIn:
        """Sign in at this window; whoever was signed in here is signed out.

        Raises:
            SignInRefusedError, SignInThrottledError: as SignInDoor.prove; all is as it was.
            LogStorageError: In one of its kinds; all is as it was.
        """
        return self._begin(self.door.prove(number, password, self._here))

    def sign_in_by_card(self, uid: CardUid) -> SignedIn:
        """Sign in at this window by staff card 職員証; raises as SignInDoor.prove_by_card and `sign_in`."""
        return self._begin(self.door.prove_by_card(uid, self._here))

    def sign_in_for_script(self, number: str, password: Password) -> Opened:
        """A session for this account of the machine, for commands; its token is the caller's to keep."""
        opened = self.door.begin(self.door.prove(number, password, self._here), SessionPlace.SCRIPT)
        self._signed_in = opened.signed_in
        return opened

    def resume(self, token: str) -> None:
        """Take up the session of a token; that it has ended is told by `require`.

        Raises:
            NotSignedInError: there is no such session.
        """
        with self.roster.store.reading() as view:
            session = view.session(token_hash(token))
            row = None if session is None else view.find(session.number)
        if session is None or row is None:
            raise NotSignedInError
        self._signed_in = signed_in_as(row, session)

    def sign_out(self) -> None:
        """End the session, logged; nothing when nobody is signed in.

        Raises:
            LogStorageError: In one of its kinds; nobody is signed in here any more all the same.
        """
        with self._changing:
            who, self._signed_in, self._is_locked = self._signed_in, None, False
            self._remembered = None
        if who is None:
            return
        with self.roster.store.changing() as change:
            change.end_session(who.session, self.roster.now())
            change.append(entry_of(self.roster, EntryKind.SIGNED_OUT, who.number))

    def lock(self) -> None:
        """Lock the window; what is in hand there stays. Nothing while 未登録 or when nobody is signed in.

        Raises:
            LogStorageError: the log could not be told; the window is locked all the same.
        """
        with self._changing:
            who = self._signed_in
            if who is None or self._is_locked:
                return
            self._is_locked = True
        self.roster.store.append(entry_of(self.roster, EntryKind.LOCKED, who.number))

    def unlock(self, password: Password) -> SignedIn:
        """Go on as who was signed in, also after the session ran out; raises as `sign_in`.

        While the database cannot be reached, the password counts that was good at the sign-in.
        """
        who = self._locked_for()
        try:
            return self._begin(self.door.prove(who.number, password, self._here), EntryKind.UNLOCKED)
        except (LogUnreachableError, LogConnectionLostError):
            if self._remembered is None or not self._lasts(who):
                raise
            self._remembered.require(password, self.roster)
        with self._changing:
            self._require_session(who)
            self._is_locked = False
        return who

    def unlock_by_card(self, uid: CardUid) -> SignedIn:
        """Go on by the staff card of who was signed in; anybody else's is refused and logged.

        Raises:
            SignInRefusedError: it is another's card.
            CardSignInOffError, SignInThrottledError, LogStorageError: as `sign_in_by_card`.
        """
        here = self._locked_for().number
        return self._begin(self.door.prove_by_card(uid, here, only=here), EntryKind.UNLOCKED)

    def remember(self, row: StaffRow) -> None:
        """Whoever is signed in here changed their password: the new one unlocks, the one before no more."""
        with self._changing:
            if self._remembered is not None and row.number == self._here:
                self._remembered = RememberedPassword(row)

    # --- inside -------------------------------------------------------------------------

    @property
    def _here(self) -> ClerkId:
        return UNREGISTERED if self._signed_in is None else self._signed_in.number

    def _locked_for(self) -> SignedIn:
        if self._signed_in is None:
            raise NotSignedInError
        return self._signed_in

    def _begin(self, proof: Proof, kind: EntryKind = EntryKind.SIGNED_IN) -> SignedIn:
        opened = self.door.begin(proof, SessionPlace.WINDOW, kind, instead_of=self._signed_in)
        with self._changing:
            self._signed_in, self._is_locked = opened.signed_in, False
            self._remembered = RememberedPassword(proof.row)
        self.roster.note_somebody()
        return opened.signed_in

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

    def _looked_up(self, who: SignedIn) -> SignedIn:
        with self.roster.store.reading() as view:
            session, row = view.session(who.session), view.find(who.number)
        reason = why_ended(session, row, self.roster.account, self.roster.now())
        if session is None or row is None or reason:
            raise SessionEndedError(reason=reason)
        return signed_in_as(row, session)


def _require_permission(role: Role | None, act: Act, *, must_change: bool) -> None:
    if must_change and act is not Act.CHANGE_OWN_PASSWORD:
        raise PasswordChangeDueError
    if role is None or not may(role, act):
        raise NotAllowedError(act=act.label, role=role.label if role else "")

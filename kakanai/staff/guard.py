"""The one place that is asked whether somebody may do something."""

from kakanai.sessionlog.entry import ClerkId, EntryKind
from kakanai.sessionlog.errors import LogConnectionLostError, LogUnreachableError
from kakanai.sessionlog.staff_row import SessionPlace, StaffRow
from kakanai.staff.act import Act
from kakanai.staff.away_door import AwayDoor
from kakanai.staff.away_staff import AwayStaff
from kakanai.staff.errors import (
    ConfirmationNeededError,
    LockedError,
    NotSignedInError,
    OwnCaseError,
    SessionEndedError,
    SignInRefusedError,
    StaffError,
)
from kakanai.staff.password import Password
from kakanai.staff.permissions import AT_THE_COUNTER, FOUR_EYES
from kakanai.staff.presence import Presence
from kakanai.staff.remembered_password import RememberedPassword
from kakanai.staff.role import Role
from kakanai.staff.roster import Roster
from kakanai.staff.session_look import looked_up, require_permission
from kakanai.staff.sign_in import Opened, Proof, SignInDoor, entry_of, signed_in_as, token_hash
from kakanai.staff.signed_in import NOBODY, Confirmed, SignedIn
from kakanai.staff.staff_card import CardUid


class Guard(Presence):
    """Who is signed in here, and what they may do. One for each window, one for each run of a command.

    While no administrator is registered 未登録, everything is allowed and nobody is signed in.
    """

    def __init__(self, roster: Roster, away: AwayStaff | None = None) -> None:
        """Nobody is signed in; `away` are the staff who may sign in while the log's server is away."""
        super().__init__(roster)
        self.door = SignInDoor(roster)
        self._away_door = None if away is None else AwayDoor(roster, away)

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
        require_permission(who.role, act, must_change=who.must_change)
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
        require_permission(role, act, must_change=row.must_change)
        self._require_other_eyes(row.number, act, of)
        return Confirmed(row.number, role, act, self.roster.now())

    def _require_other_eyes(self, number: ClerkId, act: Act, of: ClerkId | None) -> None:
        if self.roster.rules.four_eyes and act in FOUR_EYES and of == number:
            raise OwnCaseError

    # --- signing in ---------------------------------------------------------------------

    def sign_in(self, number: str, password: Password) -> SignedIn:
        """Sign in at this window; whoever was signed in here is signed out.

        While the database cannot be reached, whoever this PC remembers may do so, for acts at the counter.

        Raises:
            SignInRefusedError, SignInThrottledError: as SignInDoor.prove; all is as it was.
            AwaySignInError: as AwayDoor.prove; all is as it was.
            LogStorageError: In one of its kinds; all is as it was.
        """
        try:
            return self._begin(self.door.prove(number, password, self._here))
        except SignInRefusedError:
            self.refresh_away()  # perhaps somebody was disabled whom this PC remembers
            raise
        except (LogUnreachableError, LogConnectionLostError):
            door = self._away_door
            if door is None or not door.is_anybody_known:
                raise
        row = door.prove(number, password, self._here)
        return self._take(door.begin(row, self._signed_in), row)

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
        try:
            with self.roster.store.changing() as change:
                change.end_session(who.session, self.roster.now())
                change.append(entry_of(self.roster, EntryKind.SIGNED_OUT, who.number))
        except (LogUnreachableError, LogConnectionLostError):
            if not self.is_away_possible or self._away_door is None:
                raise
            self._away_door.tell_signed_out(who.number)

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
        if self._away_door is not None:
            self._away_door.note(row.number)

    @property
    def is_away_possible(self) -> bool:
        """Whether anybody could sign in here while the database is away."""
        return self._away_door is not None and self._away_door.is_anybody_known

    def refresh_away(self) -> None:
        """Forget here whoever the database knows otherwise by now; nothing while it is away. Never raises."""
        if self._away_door is not None:
            self._away_door.refresh()

    # --- inside -------------------------------------------------------------------------

    def _begin(self, proof: Proof, kind: EntryKind = EntryKind.SIGNED_IN) -> SignedIn:
        opened = self.door.begin(proof, SessionPlace.WINDOW, kind, instead_of=self._signed_in)
        if self._away_door is not None:
            self._away_door.note(proof.row.number)
        return self._take(opened.signed_in, proof.row)

    def _looked_up(self, who: SignedIn) -> SignedIn:
        return self._settled(who) if who.is_away else looked_up(self.roster, who)

    def _settled(self, who: SignedIn) -> SignedIn:
        """Who signed in while the database was away, as it knows them; they are gone if it does not."""
        if self._away_door is None or self._remembered is None:
            raise SessionEndedError(reason="ended")
        try:
            return self._away_door.settle(who, self._remembered.row)
        except SessionEndedError:
            with self._changing:
                if self._signed_in == who:
                    self._signed_in, self._remembered, self._is_locked = None, None, False
            raise

"""Signing in while the log's server is away, and what becomes of that once it is back."""

import contextlib
import datetime as dt
import math
import secrets
from typing import Final

from kakanai.errors import KakanaiError
from kakanai.sessionlog.entry import ClerkId, EntryKind
from kakanai.sessionlog.errors import LogStorageError
from kakanai.sessionlog.spool_kinds import AWAY_NAME
from kakanai.sessionlog.staff_row import SessionPlace, StaffRow, StaffSession
from kakanai.staff.away_staff import AwayStaff
from kakanai.staff.errors import AwaySignInError, SessionEndedError, SignInThrottledError
from kakanai.staff.password import Password
from kakanai.staff.role import Role
from kakanai.staff.roster import Roster
from kakanai.staff.sign_in import WINDOW_LASTS, entry_of, signed_in_as, token_hash
from kakanai.staff.signed_in import SignedIn
from kakanai.staff.throttle import BY_MACHINE, BY_NUMBER

_AWAY: Final = ("sign_in.window", AWAY_NAME)


class AwayDoor:
    """The way in for whoever this PC remembers; with the rights that a counter has without the server."""

    def __init__(self, roster: Roster, staff: AwayStaff) -> None:
        self._roster = roster
        self._staff = staff

    @property
    def is_anybody_known(self) -> bool:
        """Whether anybody could sign in here without the server."""
        return self._staff.is_anybody_known(self._roster.now())

    def prove(self, typed: str, password: Password, by: ClerkId) -> StaffRow:
        """That the password of a remembered number was given; `by` is who is signed in meanwhile.

        As at the door itself, the attempt counts as failed from before the password is compared.

        Raises:
            AwaySignInError: it was not, or the number is not remembered; logged.
            SignInThrottledError: it is too early; nothing was compared or logged.
            LogStorageError: in one of its kinds.
        """
        roster, now = self._roster, self._roster.now()
        state = self._staff.state(now)
        found = state.staff.get(typed)
        waits = [BY_MACHINE.remaining(state.failures, now)]
        waits.append(BY_NUMBER.remaining(found.failures if found else (), now))
        if wait := max(waits):
            raise SignInThrottledError(seconds=math.ceil(wait.total_seconds()))
        is_counted = self._staff.count_attempt(typed, now)
        if found is None:
            roster.hashing.fits_nobody(password)
        elif is_counted and roster.hashing.fits(found.password_hash, password):
            self._staff.forget_attempts(typed, now)
            return found.to_row()
        about = None if found is None else found.number
        codes = (AwaySignInError.code,)
        roster.store.append(
            entry_of(roster, EntryKind.SIGN_IN_FAILED, by, about=about, codes=codes, names=_AWAY)
        )
        raise AwaySignInError

    def begin(self, row: StaffRow, instead_of: SignedIn | None) -> SignedIn:
        """Let in whoever was proven, logged; `instead_of` is signed out.

        Raises:
            LogStorageError: in one of its kinds; nobody was let in.
        """
        roster = self._roster
        if instead_of is not None and instead_of.is_registered and instead_of.number != row.number:
            self.tell_signed_out(instead_of.number)
        roster.store.append(
            entry_of(roster, EntryKind.SIGNED_IN, row.number, role=row.role.value, names=_AWAY)
        )
        # The server knows nothing of this session until it is back: settle.
        session = token_hash(secrets.token_urlsafe())
        until = roster.now() + WINDOW_LASTS
        return SignedIn(row.number, Role(row.role), until, session=session, is_away=True)

    def tell_signed_out(self, number: ClerkId) -> None:
        """Tell the log that somebody left without the server; raises as `begin`."""
        self._roster.store.append(entry_of(self._roster, EntryKind.SIGNED_OUT, number, names=_AWAY))

    def settle(self, who: SignedIn, remembered: StaffRow) -> SignedIn:
        """The server is back: the session becomes one of its own, if the number is still what was remembered.

        Raises:
            SessionEndedError: it was disabled, or has another role or password (`reason` disabled, changed);
                logged, and forgotten here. Or the session is over (`reason` ended, expired).
            LogStorageError: in one of its kinds; all is as it was.
        """
        roster = self._roster
        with roster.store.changing() as change:
            now = roster.now()
            row = change.find(who.number)
            there = change.session(who.session)  # another thread of this window may have asked first
            session = there or StaffSession(
                who.session, who.number, SessionPlace.WINDOW, roster.account, now, who.until or now
            )
            reason = _why_not(row, remembered, session, now)
            if reason in {"disabled", "changed"}:
                told = entry_of(
                    roster,
                    EntryKind.SIGN_IN_FAILED,
                    who.number,
                    about=who.number,
                    codes=(SessionEndedError.code,),
                    names=_AWAY,
                )
                change.append(told)
            elif not reason and there is None:
                change.end_sessions(now, SessionPlace.WINDOW, number=who.number)
                change.begin_session(session)
        self.refresh()
        if reason or row is None:
            raise SessionEndedError(reason=reason)
        return signed_in_as(row, session)

    def note(self, number: ClerkId) -> None:
        """The number proved itself to the server; remember it. Never raises: it is a service for later."""
        with contextlib.suppress(LogStorageError):
            self._staff.note(number, self._everybody(), self._roster.now())

    def refresh(self) -> None:
        """Forget whoever the server knows otherwise by now; nothing while it is away. Never raises."""
        with contextlib.suppress(KakanaiError):
            self._staff.refresh(self._everybody(), self._roster.now())

    def _everybody(self) -> list[StaffRow]:
        with self._roster.store.reading() as view:
            return view.all()


def _why_not(row: StaffRow | None, remembered: StaffRow, session: StaffSession, now: dt.datetime) -> str:
    if row is None or not row.is_active:
        return "disabled"
    is_same = (row.role, row.password_hash) == (remembered.role, remembered.password_hash)
    if not is_same or row.must_change:
        return "changed"
    if session.ended_at is not None:
        return "ended"  # it is there already, and the number signed in at another window since
    return "expired" if now >= session.ends_at else ""

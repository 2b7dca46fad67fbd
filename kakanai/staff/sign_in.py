"""Proving who one is, throttled and logged, and the session that begins then."""

import dataclasses
import datetime as dt
import hashlib
import math
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kakanai.errors import KakanaiError
from kakanai.sessionlog.entry import JST, UNREGISTERED, ClerkId, EntryKind, LogEntry
from kakanai.sessionlog.staff_row import SessionPlace, StaffRow, StaffSession
from kakanai.sessionlog.staff_store import StaffChange, StaffView
from kakanai.staff.errors import CardSignInOffError, SignInRefusedError, SignInThrottledError
from kakanai.staff.password import Password
from kakanai.staff.role import Role
from kakanai.staff.roster import Roster
from kakanai.staff.signed_in import SignedIn
from kakanai.staff.staff_card import CardUid
from kakanai.staff.throttle import BY_MACHINE, BY_NUMBER

WINDOW_LASTS: Final = dt.timedelta(hours=12)
SCRIPT_LASTS: Final = dt.timedelta(hours=8)
_KEPT: Final = dt.timedelta(days=30)
"""How long a session that is over stays in its table; the chain keeps that it was."""
_TOKEN_BYTES: Final = 32


@dataclass(frozen=True, repr=False)
class Proof:
    """That somebody is who they say. Only SignInDoor makes one; `attempt` is taken back when it is used."""

    row: StaffRow
    attempt: str
    new_hash: str = ""
    by_card: bool = False


@dataclass(frozen=True, repr=False)
class Opened:
    """A session that has begun. The token is nowhere else: the database has only its hash."""

    signed_in: SignedIn
    token: str


class SignInDoor:
    """The one way in. What was typed as a number is looked up, and kept only if it is registered."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster

    def prove(self, typed: str, password: Password, by: ClerkId = UNREGISTERED) -> Proof:
        """That the number's password was given; `by` is who is signed in meanwhile.

        The attempt counts as failed from before the password is compared: many tries at once, or a program
        that is killed, gain nothing.

        Raises:
            SignInRefusedError: number or password are wrong, or the number is disabled; logged.
            SignInThrottledError: it is too early; nothing was compared or logged.
            LogStorageError: In one of its kinds; nobody is signed in.
        """
        number = _number(typed)
        row, attempt = self._begin_attempt(lambda view: None if number is None else view.find(number))
        hashing = self._roster.hashing
        if row is None:
            hashing.fits_nobody(password)
            raise self._refused(None, by)
        if not hashing.fits(row.password_hash, password) or not row.is_active:
            raise self._refused(row, by)
        is_outdated = hashing.is_outdated(row.password_hash)
        return Proof(row, attempt, hashing.hash(password) if is_outdated else "")

    def prove_by_card(
        self, uid: CardUid, by: ClerkId = UNREGISTERED, *, only: ClerkId | None = None
    ) -> Proof:
        """That a staff card 職員証 lies there; `only` that of this number.

        Raises:
            CardSignInOffError: the town does not want it.
            SignInRefusedError, SignInThrottledError, LogStorageError: as `prove`.
        """
        if not self._roster.rules.sign_in_by_card:
            raise CardSignInOffError
        keyed = uid.keyed(self._roster.card_secret())
        row, attempt = self._begin_attempt(lambda view: view.find_by_card(keyed))
        if row is None or not row.is_active or only not in {None, row.number}:
            raise self._refused(row, by)
        return Proof(row, attempt, by_card=True)

    def settle(self, proof: Proof, change: StaffChange) -> StaffRow:
        """The row as it is now, its failures forgotten, its hash renewed if need be.

        Raises:
            SignInRefusedError: it was disabled or its password changed since it was proven.
        """
        row = change.find(proof.row.number)
        if row != proof.row:
            raise SignInRefusedError
        change.forget_failures(row.number, proof.attempt)
        if proof.new_hash:
            row = dataclasses.replace(row, password_hash=proof.new_hash)
            put_row(change, row, EntryKind.STAFF_CHANGED, row.number, self._roster, names=("staff.rehash",))
        return row

    def begin(
        self,
        proof: Proof,
        place: SessionPlace,
        kind: EntryKind = EntryKind.SIGNED_IN,
        *,
        instead_of: SignedIn | None = None,
    ) -> Opened:
        """A session, logged; it ends others that would be shared or forgotten.

        At a window the number's session at any other window ends: nobody is at two of them. In a script the
        last session of this account ends. `instead_of` is signed out.

        Raises:
            SignInRefusedError: as `settle`.
            LogStorageError: In one of its kinds; no session has begun.
        """
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        roster = self._roster
        with roster.store.changing() as change:
            row = self.settle(proof, change)
            now = roster.now()
            if instead_of is not None and instead_of.is_registered:
                change.end_session(instead_of.session, now)
                if instead_of.number != row.number:
                    change.append(entry_of(roster, EntryKind.SIGNED_OUT, instead_of.number))
            if place is SessionPlace.WINDOW:
                change.end_sessions(now, place, number=row.number)
            else:
                change.end_sessions(now, place, account=roster.account)
            change.forget_sessions(now - _KEPT)
            session = StaffSession(
                token_hash(token), row.number, place, roster.account, now, _end_of(place, now)
            )
            change.begin_session(session)
            names = (f"sign_in.{place.value}", *(("sign_in.card",) if proof.by_card else ()))
            change.append(entry_of(roster, kind, row.number, role=row.role.value, names=names))
        return Opened(signed_in_as(row, session), token)

    def _begin_attempt(self, look: Callable[[StaffView], StaffRow | None]) -> tuple[StaffRow | None, str]:
        roster = self._roster
        with roster.store.changing() as change:
            now = roster.now()
            row = look(change)
            waits = [BY_MACHINE.remaining(change.failures_of_machine(roster.machine), now)]
            if row is not None:
                waits.append(BY_NUMBER.remaining(change.failures_of_number(row.number), now))
            if wait := max(waits):
                raise SignInThrottledError(seconds=math.ceil(wait.total_seconds()))
            change.forget_failures_before(now - BY_NUMBER.memory)
            return row, change.note_failure(None if row is None else row.number, roster.machine, now)

    def _refused(self, row: StaffRow | None, by: ClerkId) -> SignInRefusedError:
        # A number that is not registered is not logged: it may be a password, typed into the wrong field.
        self._roster.store.append(
            entry_of(
                self._roster,
                EntryKind.SIGN_IN_FAILED,
                by,
                about=None if row is None else row.number,
                codes=(SignInRefusedError.code,),
            )
        )
        return SignInRefusedError()


def token_hash(token: str) -> str:
    """What the database keeps of a token; it has 256 random bits, so a quick hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def signed_in_as(row: StaffRow, session: StaffSession) -> SignedIn:
    """The value of a session."""
    return SignedIn(row.number, Role(row.role), session.ends_at, row.must_change, session.token_hash)


def entry_of(
    roster: Roster,
    kind: EntryKind,
    clerk: ClerkId,
    *,
    about: ClerkId | None = None,
    role: str | None = None,
    digest: str = "",
    names: tuple[str, ...] = (),
    codes: tuple[str, ...] = (),
) -> LogEntry:
    """An entry about staff, as of now."""
    return LogEntry(
        kind,
        None,
        clerk,
        roster.now(),
        codes=codes,
        counter=roster.counter,
        about=about,
        role=role,
        digest=digest,
        names=names,
    )


def put_row(
    change: StaffChange,
    row: StaffRow,
    kind: EntryKind,
    by: ClerkId,
    roster: Roster,
    *,
    names: tuple[str, ...] = (),
) -> None:
    """Keep a row, and tell the chain of it with the row's digest, in one transaction."""
    change.put(row)
    change.append(
        entry_of(roster, kind, by, about=row.number, role=row.role.value, digest=row.digest, names=names)
    )


def _number(typed: str) -> ClerkId | None:
    try:
        return ClerkId(typed)
    except KakanaiError:
        return None


def _end_of(place: SessionPlace, now: dt.datetime) -> dt.datetime:
    if place is SessionPlace.WINDOW:
        return now + WINDOW_LASTS
    tomorrow = now.astimezone(JST).date() + dt.timedelta(days=1)
    return min(now + SCRIPT_LASTS, dt.datetime.combine(tomorrow, dt.time(), JST).astimezone(dt.UTC))

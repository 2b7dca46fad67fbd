"""The register of staff 職員名簿: who is added, disabled, given another role or password; each act logged."""

import dataclasses
from dataclasses import dataclass
from typing import Final

from kakanai.sessionlog.entry import UNREGISTERED, ClerkId, EntryKind, LoggedRole
from kakanai.sessionlog.staff_row import StaffRow
from kakanai.sessionlog.staff_store import StaffChange
from kakanai.staff.act import Act
from kakanai.staff.errors import (
    FirstIsAdministratorError,
    LastAdministratorError,
    NotSignedInError,
    PasswordRuleError,
    SetUpDoneError,
    StaffCardTakenError,
    StaffExistsError,
    StaffNumberError,
    UnknownStaffError,
)
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.role import Role
from kakanai.staff.sign_in import put_row
from kakanai.staff.staff_card import CardUid

_PASSWORD: Final = ("staff.password",)
_ROLE: Final = ("staff.role",)
_CARD: Final = ("staff.card",)


@dataclass(frozen=True)
class StaffMember:
    """A registered number as the list shows it."""

    number: ClerkId
    role: Role
    is_active: bool
    must_change: bool
    has_card: bool


class StaffRegister:
    """Everything that changes who may sign in. The row and its entry are one transaction.

    Passwords that an administrator gives are good for signing in and changing them, and for nothing else.
    Numbers are never removed: what a number did years ago is not to become somebody else's.
    """

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._roster = guard.roster

    def members(self) -> list[StaffMember]:
        """Everybody, by number.

        Raises:
            StaffError: who is signed in may not see it.
            LogStorageError: In one of its kinds.
        """
        self._guard.require(Act.LIST_STAFF)
        with self._roster.store.reading() as view:
            return [
                StaffMember(
                    row.number,
                    Role(row.role),
                    row.is_active,
                    row.must_change,
                    row.card_uid_hash is not None,
                )
                for row in view.all()
            ]

    def set_up(self, number: str, password: Password) -> None:
        """Register the first administrator; from now on everybody has to sign in.

        Raises:
            SetUpDoneError: there is one.
            ClerkIdError, StaffNumberError, PasswordRuleError: number or password cannot be.
            LogStorageError: In one of its kinds; nobody is registered.
        """
        row = self._new_row(number, Role.ADMINISTRATOR, password, must_change=False)
        with self._roster.store.changing() as change:
            if change.administrators():
                raise SetUpDoneError
            put_row(change, row, EntryKind.STAFF_ADDED, UNREGISTERED, self._roster)

    def require_managing(self) -> None:
        """Nothing, when who is signed in may change staff; asked before a password is typed.

        Raises:
            StaffError: they may not.
            LogStorageError: In one of its kinds.
        """
        self._guard.require(Act.MANAGE_STAFF)

    def require_addable(self, number: str, role: Role) -> None:
        """Nothing, when `add` could be asked for this; before a password is typed.

        Raises:
            ClerkIdError, StaffNumberError, FirstIsAdministratorError, StaffExistsError, StaffError: why not.
            LogStorageError: In one of its kinds.
        """
        who = self._guard.require(Act.MANAGE_STAFF)
        clerk = _clerk(number)
        if not who.is_registered and role is not Role.ADMINISTRATOR:
            raise FirstIsAdministratorError
        if self._roster.find(clerk) is not None:
            raise StaffExistsError(number=str(clerk))

    def add(self, number: str, role: Role, password: Password) -> None:
        """Register a number, with a password that its holder changes first of all.

        While nobody is registered this is `set_up`.

        Raises:
            StaffError: not allowed, or the number is registered already.
            FirstIsAdministratorError: nobody is registered yet, and this is no administrator.
            ClerkIdError, PasswordRuleError: number or password cannot be.
            LogStorageError: In one of its kinds; nothing was changed.
        """
        who = self._guard.require(Act.MANAGE_STAFF)
        if not who.is_registered:
            if role is not Role.ADMINISTRATOR:
                raise FirstIsAdministratorError
            self.set_up(number, password)
            return
        row = self._new_row(number, role, password, must_change=True)
        with self._roster.store.changing() as change:
            if change.find(row.number) is not None:
                raise StaffExistsError(number=str(row.number))
            put_row(change, row, EntryKind.STAFF_ADDED, who.number, self._roster)

    def disable(self, number: str) -> None:
        """Let a number sign in no more; its sessions end at once. `reset` lets it in again.

        Raises:
            LastAdministratorError: nobody would be left to manage staff.
            UnknownStaffError, StaffError, LogStorageError: as `add`; nothing was changed.
        """
        who = self._guard.require(Act.MANAGE_STAFF)
        with self._roster.store.changing() as change:
            row = _active(change, number)
            _require_another_administrator(change, row)
            now = self._roster.now()
            gone = dataclasses.replace(row, disabled_at=now)
            change.end_sessions(now, number=row.number)
            put_row(change, gone, EntryKind.STAFF_DISABLED, who.number, self._roster)
        self._guard.refresh_away()

    def reset(self, number: str, password: Password) -> None:
        """Give a number, also a disabled one, a password that its holder changes first of all.

        Its sessions end, its failures are forgotten.

        Raises:
            UnknownStaffError: there is no such number.
            PasswordRuleError, StaffError, LogStorageError: as `add`; nothing was changed.
        """
        who = self._guard.require(Act.MANAGE_STAFF)
        password.require_good(number)
        kept = self._roster.hashing.hash(password)
        with self._roster.store.changing() as change:
            row = _known(change, number)
            change.end_sessions(self._roster.now(), number=row.number)
            change.forget_failures(row.number)
            renewed = dataclasses.replace(row, password_hash=kept, disabled_at=None, must_change=True)
            put_row(change, renewed, EntryKind.STAFF_RESET, who.number, self._roster)
        self._guard.refresh_away()

    def change_role(self, number: str, role: Role) -> None:
        """Give a number another role; it counts from the next act on.

        Raises:
            LastAdministratorError, UnknownStaffError, StaffError, LogStorageError: as `disable`.
        """
        who = self._guard.require(Act.MANAGE_STAFF)
        with self._roster.store.changing() as change:
            row = _active(change, number)
            if row.role.value == role.value:
                return
            _require_another_administrator(change, row)
            changed = dataclasses.replace(row, role=LoggedRole(role.value))
            put_row(change, changed, EntryKind.STAFF_CHANGED, who.number, self._roster, names=_ROLE)
        self._guard.refresh_away()

    def set_card(self, number: str, uid: CardUid | None) -> None:
        """Let a number sign in by this staff card 職員証; None: by none.

        Raises:
            StaffCardTakenError: the card is another's.
            UnknownStaffError, StaffError, LogStorageError: as `add`; nothing was changed.
        """
        who = self._guard.require(Act.MANAGE_STAFF)
        keyed = None if uid is None else uid.keyed(self._roster.card_secret())
        with self._roster.store.changing() as change:
            row = _active(change, number)
            holder = None if keyed is None else change.find_by_card(keyed)
            if holder is not None and holder.number != row.number:
                raise StaffCardTakenError
            changed = dataclasses.replace(row, card_uid_hash=keyed)
            put_row(change, changed, EntryKind.STAFF_CHANGED, who.number, self._roster, names=_CARD)

    def change_own_password(self, old: Password, new: Password) -> None:
        """Another password for who is signed in; whatever else is signed in with the number stays so.

        Raises:
            PasswordRuleError: the new one breaks a rule, or is the old one (`reason` same).
            SignInRefusedError, SignInThrottledError: the old one is wrong.
            StaffError, LogStorageError: not signed in; the database. Nothing was changed.
        """
        who = self._guard.require(Act.CHANGE_OWN_PASSWORD)
        if not who.is_registered:
            raise NotSignedInError
        if new.is_same(old):
            raise PasswordRuleError(reason="same")
        new.require_good(who.number)
        proof = self._guard.door.prove(who.number, old, who.number)
        kept = self._roster.hashing.hash(new)
        with self._roster.store.changing() as change:
            row = self._guard.door.settle(proof, change)
            changed = dataclasses.replace(row, password_hash=kept, must_change=False)
            put_row(change, changed, EntryKind.STAFF_CHANGED, who.number, self._roster, names=_PASSWORD)
        self._guard.remember(changed)

    def _new_row(self, number: str, role: Role, password: Password, *, must_change: bool) -> StaffRow:
        clerk = _clerk(number)
        password.require_good(clerk)
        return StaffRow(
            clerk,
            LoggedRole(role.value),
            self._roster.hashing.hash(password),
            self._roster.now(),
            must_change=must_change,
        )


def _clerk(number: str) -> ClerkId:
    clerk = ClerkId(number)
    if clerk == UNREGISTERED:
        raise StaffNumberError
    return clerk


def _known(change: StaffChange, number: str) -> StaffRow:
    row = change.find(ClerkId(number))
    if row is None:
        raise UnknownStaffError(number=str(number))
    return row


def _active(change: StaffChange, number: str) -> StaffRow:
    row = _known(change, number)
    if not row.is_active:
        raise UnknownStaffError(number=str(number))
    return row


def _require_another_administrator(change: StaffChange, row: StaffRow) -> None:
    if row.role is LoggedRole.ADMINISTRATOR and change.administrators() < 2:
        raise LastAdministratorError

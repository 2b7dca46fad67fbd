"""Permissions at one place: asked anew each time, whatever was allowed a moment ago."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from kakanai.sessionlog.entry import UNREGISTERED, ClerkId, EntryKind
from kakanai.sessionlog.errors import LogDiskFullError, LogUnreachableError
from kakanai.sessionlog.staff_store import StaffStore, StaffView
from kakanai.sessionlog.store import SessionLog
from kakanai.staff.act import Act
from kakanai.staff.errors import (
    ConfirmationNeededError,
    LockedError,
    NotAllowedError,
    NotSignedInError,
    OwnCaseError,
    PasswordChangeDueError,
    SessionEndedError,
    SignInRefusedError,
    StaffLostError,
)
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.permissions import may
from kakanai.staff.register import StaffRegister
from kakanai.staff.role import Role
from kakanai.staff.rules import StaffRules
from kakanai.staff.signed_in import SignedIn
from tests.staff.conftest import (
    ADMIN,
    AUDITOR,
    CLERK,
    SUPERVISOR,
    Clock,
    MakeGuard,
    last_seq,
    links_since,
    secret,
)

ROLES = {CLERK: Role.CLERK, SUPERVISOR: Role.SUPERVISOR, ADMIN: Role.ADMINISTRATOR, AUDITOR: Role.AUDITOR}


def why_ended(guard: Guard) -> object:
    with pytest.raises(SessionEndedError) as caught:
        guard.require(Act.VIEW_DAY)
    return caught.value.details["reason"]


def test_without_an_administrator_everything_may_be_done_by_nobody(guard: Guard, log: SessionLog) -> None:
    for act in Act:
        who = guard.require(act)
        assert (who.number, who.role) == (UNREGISTERED, None)
    assert guard.confirm("1001", None, Act.CLOSE_DAY).number == UNREGISTERED
    guard.lock()
    guard.sign_out()
    assert not guard.is_locked
    assert last_seq(log) == 0


def test_an_open_window_has_to_sign_in_once_there_is_an_administrator(guard: Guard, admin: Guard) -> None:
    """The first look was before, and is not remembered."""
    assert not guard.may(Act.VIEW_DAY)
    with pytest.raises(NotSignedInError):
        guard.require(Act.VIEW_DAY)
    assert admin.may(Act.VIEW_DAY)


@pytest.mark.parametrize("number", ROLES)
def test_each_role_may_do_what_the_table_says_and_nothing_else(
    staff: Guard, guard_at: MakeGuard, number: str
) -> None:
    guard = guard_at("a")
    guard.sign_in(number, secret(number))
    for act in Act:
        assert guard.may(act) is may(ROLES[number], act), act
        if not may(ROLES[number], act):
            with pytest.raises(NotAllowedError) as caught:
                guard.require(act)
            assert caught.value.details == {"act": act.label, "role": ROLES[number].label}


def test_what_an_administrator_takes_away_is_gone_at_once(staff: Guard, guard: Guard) -> None:
    guard.sign_in(SUPERVISOR, secret(SUPERVISOR))
    guard.require(Act.CLOSE_DAY)
    StaffRegister(staff).change_role(SUPERVISOR, Role.CLERK)
    assert not guard.may(Act.CLOSE_DAY)
    assert guard.require(Act.USE_COUNTER).role is Role.CLERK
    StaffRegister(staff).disable(SUPERVISOR)
    assert why_ended(guard) == "disabled"


def test_a_session_ends_with_time_and_goes_on_with_the_password(
    staff: Guard, guard: Guard, clock: Clock
) -> None:
    guard.sign_in(CLERK, secret(CLERK))
    clock.pass_by(hours=12, seconds=-1)
    guard.require(Act.USE_COUNTER)
    clock.pass_by(seconds=1)
    assert why_ended(guard) == "expired"
    with pytest.raises(SignInRefusedError):
        guard.unlock(secret(SUPERVISOR))
    guard.unlock(secret(CLERK))
    guard.require(Act.USE_COUNTER)


@pytest.mark.parametrize(
    ("signed_in_at", "lasts"),
    [
        ("08:30", dt.timedelta(hours=8)),
        ("16:00", dt.timedelta(hours=8)),
        ("22:15", dt.timedelta(minutes=105)),
    ],
)
def test_a_script_is_signed_in_for_eight_hours_or_until_midnight_in_japan(
    staff: Guard, guard_at: MakeGuard, clock: Clock, signed_in_at: str, lasts: dt.timedelta
) -> None:
    clock.at = dt.datetime.fromisoformat(f"2026-11-22T{signed_in_at}:00+09:00").astimezone(dt.UTC)
    token = guard_at("a").sign_in_for_script(CLERK, secret(CLERK)).token
    command = guard_at("a")
    command.resume(token)
    assert command.who.until == clock.at + lasts
    clock.at += lasts - dt.timedelta(seconds=1)
    command.require(Act.VIEW_DAY)
    clock.pass_by(seconds=1)
    assert why_ended(command) == "expired"


def test_a_token_is_good_for_its_account_alone_and_for_its_own_session(
    staff: Guard, guard_at: MakeGuard
) -> None:
    first = guard_at("a").sign_in_for_script(CLERK, secret(CLERK)).token
    elsewhere, command = guard_at("b"), guard_at("a")
    elsewhere.resume(first)
    assert why_ended(elsewhere) == "account"
    command.resume(first)
    command.require(Act.VIEW_DAY)
    guard_at("a").sign_in_for_script(SUPERVISOR, secret(SUPERVISOR))
    assert why_ended(command) == "ended"
    for token in ("", "x", first[:-1]):
        with pytest.raises(NotSignedInError):
            guard_at("a").resume(token)


def test_a_clock_set_far_back_ends_a_session(staff: Guard, guard: Guard, clock: Clock) -> None:
    guard.sign_in(CLERK, secret(CLERK))
    clock.pass_by(minutes=-5)
    guard.require(Act.USE_COUNTER)
    clock.pass_by(days=-1)
    assert why_ended(guard) == "clock"


def test_a_locked_window_does_nothing_until_its_own_clerk_is_back(
    staff: Guard, guard: Guard, log: SessionLog
) -> None:
    guard.sign_in(CLERK, secret(CLERK))
    before = last_seq(log)
    guard.lock()
    guard.lock()
    with pytest.raises(LockedError):
        guard.require(Act.USE_COUNTER)
    with pytest.raises(SignInRefusedError):
        guard.unlock(secret(SUPERVISOR))
    assert guard.is_locked
    guard.unlock(secret(CLERK))
    guard.require(Act.USE_COUNTER)
    kinds = [(link.kind, link.staff, link.to_entry().about) for link in links_since(log, before)]
    assert kinds == [
        (EntryKind.LOCKED, CLERK, None),
        (EntryKind.SIGN_IN_FAILED, CLERK, CLERK),
        (EntryKind.UNLOCKED, CLERK, None),
    ]


def test_a_window_locks_also_when_the_log_cannot_be_told(
    staff: Guard, guard: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard.sign_in(CLERK, secret(CLERK))

    def full(*_: object) -> None:
        raise LogDiskFullError(path="log")

    monkeypatch.setattr(StaffStore, "append", full)
    with pytest.raises(LogDiskFullError):
        guard.lock()
    assert guard.is_locked
    assert not guard.may(Act.USE_COUNTER)


def test_a_password_given_by_somebody_else_is_good_for_changing_it(admin: Guard, guard: Guard) -> None:
    given = Password("given by an administrator")
    StaffRegister(admin).add(CLERK, Role.CLERK, given)
    assert guard.sign_in(CLERK, given).must_change
    with pytest.raises(PasswordChangeDueError):
        guard.require(Act.USE_COUNTER)
    with pytest.raises(PasswordChangeDueError):
        guard.confirm(CLERK, given, Act.USE_COUNTER)
    StaffRegister(guard).change_own_password(given, secret(CLERK))
    assert guard.require(Act.USE_COUNTER).must_change is False


def test_a_supervisor_confirms_at_a_clerks_window(staff: Guard, guard: Guard, log: SessionLog) -> None:
    guard.sign_in(CLERK, secret(CLERK))
    confirmed = guard.confirm(SUPERVISOR, secret(SUPERVISOR), Act.OVERRIDE_MISMATCH)
    assert (confirmed.number, confirmed.role, confirmed.act) == (
        SUPERVISOR,
        Role.SUPERVISOR,
        Act.OVERRIDE_MISMATCH,
    )
    assert guard.who.number == CLERK
    before = last_seq(log)
    with pytest.raises(ConfirmationNeededError):
        guard.confirm(SUPERVISOR, None, Act.OVERRIDE_MISMATCH)
    with pytest.raises(NotAllowedError):
        guard.confirm(CLERK, secret(CLERK), Act.OVERRIDE_MISMATCH)
    with pytest.raises(SignInRefusedError):
        guard.confirm(SUPERVISOR, secret(CLERK), Act.OVERRIDE_MISMATCH)
    (failed,) = links_since(log, before)
    assert (failed.kind, failed.staff, failed.to_entry().about) == (
        EntryKind.SIGN_IN_FAILED,
        CLERK,
        SUPERVISOR,
    )


def test_with_four_eyes_nobody_approves_a_case_of_their_own(staff: Guard, guard_at: MakeGuard) -> None:
    strict, loose = guard_at("a", StaffRules(four_eyes=True)), guard_at("b")
    strict.sign_in(SUPERVISOR, secret(SUPERVISOR))
    own, other = ClerkId(SUPERVISOR), ClerkId(CLERK)
    strict.require(Act.APPROVE, of=other)
    strict.require(Act.SEND_BACK, of=own)
    with pytest.raises(OwnCaseError):
        strict.require(Act.APPROVE, of=own)
    with pytest.raises(OwnCaseError):
        strict.confirm(SUPERVISOR, secret(SUPERVISOR), Act.APPROVE, of=own)
    loose.sign_in(SUPERVISOR, secret(SUPERVISOR))
    loose.require(Act.APPROVE, of=own)


def test_the_counter_goes_on_while_the_database_is_out_of_reach(
    staff: Guard, guard: Guard, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard.sign_in(SUPERVISOR, secret(SUPERVISOR))
    guard.require(Act.USE_COUNTER)

    def away(_self: StaffStore) -> AbstractContextManager[StaffView]:
        raise LogUnreachableError(path="db", reason="refused")

    monkeypatch.setattr(StaffStore, "reading", away)
    assert guard.require(Act.USE_COUNTER).number == SUPERVISOR
    with pytest.raises(LogUnreachableError):
        guard.require(Act.APPROVE)
    guard.lock()
    with pytest.raises(LockedError):
        guard.require(Act.USE_COUNTER)
    monkeypatch.undo()
    guard.unlock(secret(SUPERVISOR))
    monkeypatch.setattr(StaffStore, "reading", away)
    clock.pass_by(hours=13)
    with pytest.raises(LogUnreachableError):
        guard.require(Act.USE_COUNTER)


def test_a_register_that_was_emptied_does_not_open_the_door(
    staff: Guard, guard: Guard, log: SessionLog
) -> None:
    with log.writing() as writing:
        writing.connection.exec_driver_sql("DELETE FROM staff")
    with pytest.raises(StaffLostError):
        guard.require(Act.USE_COUNTER)


MEANWHILE = [
    (lambda guard: guard.sign_out(), NotSignedInError),
    (lambda guard: guard.lock(), LockedError),
    (lambda guard: guard.sign_in(SUPERVISOR, secret(SUPERVISOR)), SessionEndedError),
]


@pytest.mark.parametrize(("meanwhile", "refused"), MEANWHILE, ids=["signed-out", "locked", "taken-over"])
def test_who_left_while_they_were_looked_up_does_not_come_back(
    staff: Guard, meanwhile: Callable[[Guard], object], refused: type[Exception]
) -> None:
    looked_up = staff._looked_up

    def slow(who: SignedIn) -> SignedIn:
        found = looked_up(who)
        meanwhile(staff)  # as the window's thread does while the paper's thread asks
        return found

    staff._looked_up = slow
    with pytest.raises(refused):
        staff.require(Act.USE_COUNTER)
    if refused is NotSignedInError:
        assert not staff.is_anybody_here
    elif refused is SessionEndedError:
        assert staff.who.number == SUPERVISOR
    else:
        assert staff.is_locked


def test_two_threads_that_look_at_once_are_both_let_in(staff: Guard) -> None:
    looked_up = staff._looked_up
    inner = []

    def twice(who: SignedIn) -> SignedIn:
        found = looked_up(who)
        staff._looked_up = looked_up
        inner.append(staff.require(Act.VIEW_DAY))
        return found

    staff._looked_up = twice
    assert staff.require(Act.VIEW_DAY).number == inner[0].number

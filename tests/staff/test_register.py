"""The register of staff: each change with its entry, and never without an administrator."""

import threading
from collections.abc import Callable

import pytest

from kakanai.sessionlog.entry import UNREGISTERED, EntryKind
from kakanai.sessionlog.errors import ClerkIdError, LogDiskFullError
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.writing import Writing
from kakanai.staff.act import Act
from kakanai.staff.errors import (
    FirstIsAdministratorError,
    LastAdministratorError,
    NotAllowedError,
    NotSignedInError,
    PasswordRuleError,
    SessionEndedError,
    SetUpDoneError,
    SignInRefusedError,
    SignInThrottledError,
    StaffCardTakenError,
    StaffError,
    StaffExistsError,
    StaffNumberError,
    UnknownStaffError,
)
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.register import StaffMember, StaffRegister
from kakanai.staff.role import Role
from kakanai.staff.staff_card import CardUid
from tests.staff.conftest import ADMIN, AUDITOR, CLERK, SUPERVISOR, MakeGuard, last_seq, links_since, secret

GIVEN = Password("given by an administrator")
CARD = CardUid("04A1B2C3D4E5F6")


def test_the_first_to_be_registered_is_an_administrator_and_only_once(guard: Guard, log: SessionLog) -> None:
    register = StaffRegister(guard)
    with pytest.raises(FirstIsAdministratorError):
        register.add(CLERK, Role.CLERK, secret(CLERK))
    assert last_seq(log) == 0
    register.add(ADMIN, Role.ADMINISTRATOR, secret(ADMIN))
    entry = links_since(log)[0].to_entry()
    assert (entry.kind, entry.clerk, entry.about, entry.role) == (
        EntryKind.STAFF_ADDED,
        UNREGISTERED,
        ADMIN,
        "administrator",
    )
    with pytest.raises(SetUpDoneError):
        register.set_up("2002", secret("2002"))
    with pytest.raises(NotSignedInError):
        register.add("2002", Role.ADMINISTRATOR, secret("2002"))
    assert not guard.sign_in(ADMIN, secret(ADMIN)).must_change


def test_two_first_administrators_at_once_are_one(guard_at: MakeGuard) -> None:
    done: list[str] = []

    def set_up(number: str) -> None:
        try:
            StaffRegister(guard_at("a")).set_up(number, secret(number))
            done.append(number)
        except SetUpDoneError:
            pass

    threads = [threading.Thread(target=set_up, args=(f"20{n:02}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1


def test_members_are_told_by_number_and_role(staff: Guard) -> None:
    register = StaffRegister(staff)
    register.add("4001", Role.CLERK, GIVEN)
    register.disable(AUDITOR)
    register.set_card(CLERK, CARD)
    assert register.members() == [
        StaffMember(SUPERVISOR, Role.SUPERVISOR, True, False, False),
        StaffMember(CLERK, Role.CLERK, True, False, True),
        StaffMember(ADMIN, Role.ADMINISTRATOR, True, False, False),
        StaffMember(AUDITOR, Role.AUDITOR, False, False, False),
        StaffMember("4001", Role.CLERK, True, True, False),
    ]


@pytest.mark.parametrize("number", [CLERK, SUPERVISOR, AUDITOR])
def test_nobody_but_an_administrator_changes_staff(
    staff: Guard, guard: Guard, number: str, log: SessionLog
) -> None:
    guard.sign_in(number, secret(number))
    register = StaffRegister(guard)
    before = last_seq(log)
    acts: list[Callable[[], None]] = [
        lambda: register.add("4001", Role.ADMINISTRATOR, GIVEN),
        lambda: register.disable(ADMIN),
        lambda: register.reset(ADMIN, GIVEN),
        lambda: register.change_role(number, Role.ADMINISTRATOR),
        lambda: register.set_card(number, CARD),
    ]
    for act in acts:
        with pytest.raises(NotAllowedError):
            act()
    assert last_seq(log) == before
    assert guard.roster.find("4001") is None


def test_every_change_of_a_row_is_told_with_its_digest(staff: Guard, log: SessionLog, guard: Guard) -> None:
    register = StaffRegister(staff)
    acts: list[tuple[Callable[[], None], EntryKind]] = [
        (lambda: register.add("4001", Role.CLERK, GIVEN), EntryKind.STAFF_ADDED),
        (lambda: register.change_role("4001", Role.AUDITOR), EntryKind.STAFF_CHANGED),
        (lambda: register.set_card("4001", CARD), EntryKind.STAFF_CHANGED),
        (lambda: register.disable("4001"), EntryKind.STAFF_DISABLED),
        (lambda: register.reset("4001", secret("4001")), EntryKind.STAFF_RESET),
    ]
    for act, kind in acts:
        before = last_seq(log)
        act()
        row = staff.roster.find("4001")
        assert row is not None
        (link,) = links_since(log, before)
        entry = link.to_entry()
        assert (entry.kind, entry.clerk, entry.about) == (kind, ADMIN, "4001")
        assert (entry.role, entry.digest) == (row.role, row.digest)
    guard.sign_in("4001", secret("4001"))
    before = last_seq(log)
    StaffRegister(guard).change_own_password(secret("4001"), Password("quite another one"))
    row = guard.roster.find("4001")
    assert row is not None
    assert [(link.staff, link.to_entry().digest) for link in links_since(log, before)] == [
        ("4001", row.digest)
    ]


def test_the_last_administrator_stays(staff: Guard, log: SessionLog) -> None:
    register = StaffRegister(staff)
    before = last_seq(log)
    for act in (lambda: register.disable(ADMIN), lambda: register.change_role(ADMIN, Role.CLERK)):
        with pytest.raises(LastAdministratorError):
            act()
    assert last_seq(log) == before
    register.change_role(ADMIN, Role.ADMINISTRATOR)  # nothing changes, nothing is told
    assert last_seq(log) == before
    register.add("2002", Role.ADMINISTRATOR, GIVEN)
    register.disable(ADMIN)
    with pytest.raises(SessionEndedError):
        register.members()


def test_two_administrators_cannot_disable_each_other_at_once(staff: Guard, guard_at: MakeGuard) -> None:
    StaffRegister(staff).add("2002", Role.ADMINISTRATOR, GIVEN)
    other = guard_at("b")
    other.sign_in("2002", GIVEN)
    StaffRegister(other).change_own_password(GIVEN, secret("2002"))
    outcomes: list[Exception | None] = []
    start = threading.Barrier(2)

    def disable(by: Guard, number: str) -> None:
        start.wait()
        try:
            StaffRegister(by).disable(number)
            outcomes.append(None)
        except StaffError as error:
            outcomes.append(error)

    threads = [
        threading.Thread(target=disable, args=(staff, "2002")),
        threading.Thread(target=disable, args=(other, ADMIN)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(None) == 1
    with staff.roster.store.reading() as view:
        assert view.administrators() == 1


def test_a_reset_ends_sessions_and_waits_and_lets_a_disabled_number_in(
    staff: Guard, guard: Guard, guard_at: MakeGuard
) -> None:
    guard.sign_in(CLERK, secret(CLERK))
    for _ in range(5):
        with pytest.raises(SignInRefusedError):
            guard_at("b").sign_in(CLERK, GIVEN)
    StaffRegister(staff).disable(CLERK)
    StaffRegister(staff).reset(CLERK, GIVEN)
    with pytest.raises(SessionEndedError):
        guard.require(Act.USE_COUNTER)
    with pytest.raises(SignInRefusedError):
        guard.sign_in(CLERK, secret(CLERK))
    assert guard.sign_in(CLERK, GIVEN).must_change


@pytest.mark.parametrize(
    ("number", "password", "error"),
    [
        (CLERK, GIVEN, StaffExistsError),
        ("-", GIVEN, StaffNumberError),
        ("山田", GIVEN, ClerkIdError),
        ("", GIVEN, ClerkIdError),
        ("4001", Password("short"), PasswordRuleError),
        ("4001-4001-4001", Password("4001-4001-4001"), PasswordRuleError),
    ],
)
def test_what_cannot_be_registered(
    staff: Guard, log: SessionLog, number: str, password: Password, error: type[Exception]
) -> None:
    before = last_seq(log)
    with pytest.raises(error):
        StaffRegister(staff).add(number, Role.CLERK, password)
    assert last_seq(log) == before


def test_a_disabled_number_is_not_given_to_somebody_else(staff: Guard) -> None:
    register = StaffRegister(staff)
    register.disable(CLERK)
    with pytest.raises(StaffExistsError):
        register.add(CLERK, Role.CLERK, GIVEN)
    for act in (lambda: register.disable(CLERK), lambda: register.change_role(CLERK, Role.AUDITOR)):
        with pytest.raises(UnknownStaffError):
            act()
    with pytest.raises(UnknownStaffError):
        register.reset("7777", GIVEN)


def test_one_card_is_one_persons(staff: Guard) -> None:
    register = StaffRegister(staff)
    register.set_card(CLERK, CARD)
    register.set_card(CLERK, CARD)
    with pytest.raises(StaffCardTakenError):
        register.set_card(SUPERVISOR, CARD)
    register.set_card(CLERK, None)
    register.set_card(SUPERVISOR, CARD)


def test_ones_own_password_needs_the_old_one(staff: Guard, guard: Guard) -> None:
    guard.sign_in(CLERK, secret(CLERK))
    register = StaffRegister(guard)
    with pytest.raises(PasswordRuleError) as caught:
        register.change_own_password(secret(CLERK), secret(CLERK))
    assert caught.value.details["reason"] == "same"
    with pytest.raises(PasswordRuleError):
        register.change_own_password(secret(CLERK), Password("short"))
    for _ in range(5):
        with pytest.raises(SignInRefusedError):
            register.change_own_password(GIVEN, secret("new"))
    with pytest.raises(SignInThrottledError):
        register.change_own_password(secret(CLERK), secret("new"))


def test_a_change_that_the_log_does_not_take_is_not_made(
    staff: Guard, guard: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise LogDiskFullError(path="log")

    monkeypatch.setattr(Writing, "append", full)
    register = StaffRegister(staff)
    acts: list[Callable[[], object]] = [
        lambda: register.add("4001", Role.CLERK, GIVEN),
        lambda: register.disable(CLERK),
        lambda: register.reset(CLERK, GIVEN),
        lambda: register.change_role(CLERK, Role.ADMINISTRATOR),
        lambda: register.set_card(CLERK, CARD),
        lambda: guard.sign_in(CLERK, secret(CLERK)),
    ]
    before = staff.roster.find(CLERK)
    for act in acts:
        with pytest.raises(LogDiskFullError):
            act()
    assert staff.roster.find(CLERK) == before
    assert staff.roster.find("4001") is None
    assert not guard.may(Act.USE_COUNTER)

"""The counter, the settings and the supervisor's decision once staff are registered."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from kakanai.counter import Counter
from kakanai.counter.town_keeper import TownKeeper
from kakanai.identity.errors import SupervisorRefusedError
from kakanai.identity.evidence import MismatchReason
from kakanai.reception.case import Step
from kakanai.sessionlog.entry import ClerkId, EntryKind
from kakanai.settings import Paths
from kakanai.staff.errors import (
    AnotherClerkError,
    ConfirmationNeededError,
    LockedError,
    NotAllowedError,
    NotSignedInError,
    SessionEndedError,
    SignInRefusedError,
)
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.password_hash import PasswordHashing
from kakanai.staff.register import StaffRegister
from kakanai.staff.role import Role
from kakanai.staff.roster import Roster
from tests.office import make_counter, read_specimen
from tests.staff.conftest import ADMIN, CHEAP, CLERK, SUPERVISOR, secret

NAMED = "1777"
"""A supervisor of the town's file, who is not registered."""


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """A counter at which the clerk is signed in."""
    text = f'[counter]\nsupervisors = ["{NAMED}"]\nadministrators = ["{CLERK}"]\n'
    (tmp_path / "town.toml").write_text(text, encoding="utf-8")
    counter = make_counter(tmp_path, CLERK)
    office = counter.office
    guard = Guard(Roster(office.log, office.now, hashing=PasswordHashing(CHEAP)))
    register = StaffRegister(guard)
    register.set_up(ADMIN, secret(ADMIN))
    for number, role in ((CLERK, Role.CLERK), (SUPERVISOR, Role.SUPERVISOR)):
        guard.sign_in(ADMIN, secret(ADMIN))
        given = Password(f"given by hand to {number}")
        register.add(number, role, given)
        guard.sign_in(number, given)
        register.change_own_password(given, secret(number))
    guard.sign_in(CLERK, secret(CLERK))
    counter.office = dataclasses.replace(office, guard=guard)
    yield counter
    office.log.close()


def guard_of(counter: Counter) -> Guard:
    assert counter.office.guard is not None
    return counter.office.guard


def kinds(counter: Counter, number: str) -> list[str]:
    return [link.kind for link in counter.office.log.links() if link.case_number == number]


def test_an_office_asks_who_is_there_unless_it_is_practice(tmp_path: Path) -> None:
    real, practice = make_counter(tmp_path), make_counter(tmp_path, watermark="見本")
    assert real.office.guard is not None
    assert practice.office.guard is None
    StaffRegister(real.office.guard).set_up(ADMIN, secret(ADMIN))
    with pytest.raises(NotSignedInError):
        real.open_case()
    practice.open_case()
    for counter in (real, practice):
        counter.office.log.close()


def test_a_case_is_opened_by_who_is_signed_in_and_by_nobody_else(counter: Counter) -> None:
    counter.open_case()
    with pytest.raises(AnotherClerkError):
        Counter(counter.office, ClerkId(SUPERVISOR)).open_case()
    guard_of(counter).sign_in(ADMIN, secret(ADMIN))
    with pytest.raises(NotAllowedError):
        Counter(counter.office, ClerkId(ADMIN)).open_case()
    guard_of(counter).sign_out()
    with pytest.raises(NotSignedInError):
        counter.open_case()
    opened = [link for link in counter.office.log.links() if link.kind == EntryKind.CASE_OPENED]
    assert [link.staff for link in opened] == [CLERK]
    assert counter.office.log.next_case_number(counter.office.now().date()).endswith("0002")


def test_no_paper_comes_out_of_a_locked_window_and_the_case_is_kept(counter: Counter) -> None:
    case = counter.open_case()
    guard_of(counter).lock()
    with pytest.raises(LockedError):
        counter.release(case, [], printer=None)  # type: ignore[arg-type]  # never asked
    with pytest.raises(LockedError):
        counter.resume(case)
    assert case.step is Step.OPEN
    assert kinds(counter, case.number) == [EntryKind.CASE_OPENED]
    guard_of(counter).unlock(secret(CLERK))
    assert counter.resume(case)


def test_the_clerk_who_was_disabled_meanwhile_prints_nothing(counter: Counter) -> None:
    case = counter.open_case()
    office = counter.office
    admin = Guard(Roster(office.log, office.now, hashing=PasswordHashing(CHEAP)))
    admin.sign_in(ADMIN, secret(ADMIN))
    StaffRegister(admin).disable(CLERK)
    with pytest.raises(SessionEndedError):
        counter.release(case, [], printer=None)  # type: ignore[arg-type]  # never asked


def test_a_mismatch_is_decided_by_a_registered_supervisor_with_the_password(counter: Counter) -> None:
    case, reading = counter.open_case(), read_specimen("forged", verify=True)
    reason = MismatchReason.OTHER_DOCUMENT
    for number, password, error in (
        (SUPERVISOR, None, ConfirmationNeededError),
        (SUPERVISOR, secret(CLERK), SignInRefusedError),
        (NAMED, secret(NAMED), SignInRefusedError),
        (ADMIN, secret(ADMIN), NotAllowedError),
        (CLERK, secret(CLERK), SupervisorRefusedError),
    ):
        with pytest.raises(error):
            counter.decide_mismatch(case, reading, number, reason, password)
    assert not case.has_accepted(reading)
    assert kinds(counter, case.number) == [EntryKind.CASE_OPENED]
    counter.decide_mismatch(case, reading, SUPERVISOR, reason, secret(SUPERVISOR))
    assert case.has_accepted(reading)
    last = list(counter.office.log.links())[-1]
    assert (last.kind, last.staff) == (EntryKind.MISMATCH_ACCEPTED, SUPERVISOR)


def test_settings_are_changed_by_the_registered_administrator_and_no_trainer(
    counter: Counter, tmp_path: Path
) -> None:
    office, guard = counter.office, guard_of(counter)
    keeper = TownKeeper(Paths(tmp_path), office.log, office.now, trainer="9900", guard=guard)
    for number in (CLERK, "9900"):
        with pytest.raises(NotAllowedError):
            keeper.change({"town.name": "架空町"}, number)
    guard.sign_in(ADMIN, secret(ADMIN))
    with pytest.raises(AnotherClerkError):
        keeper.change({"town.name": "架空町"}, CLERK)
    assert keeper.change({"town.name": "架空町"}, ADMIN)[1] == ("town.name",)

"""A window whose server is out of reach: who is here stays, may lock and unlock, and nobody else comes in."""

import pytest

from kakanai.sessionlog.entry import UNREGISTERED, EntryKind
from kakanai.sessionlog.errors import LogConnectionLostError, LogUnreachableError
from kakanai.sessionlog.spool_place import SpoolPlace
from kakanai.sessionlog.store import SessionLog
from kakanai.staff.act import Act
from kakanai.staff.errors import LockedError, NotSignedInError, SignInRefusedError, SignInThrottledError
from kakanai.staff.password import Password
from kakanai.staff.register import StaffRegister
from tests.sessionlog.cable import Cable
from tests.sessionlog.spooling import merged
from tests.staff.conftest import ADMIN, CLERK, links_since, secret

WRONG = Password("not the password of anybody")


@pytest.fixture
def cable(postgres):
    with Cable(postgres.port) as cable:
        yield cable


@pytest.fixture
def log(cable, postgres, tmp_path, clock, monkeypatch):
    monkeypatch.setattr("kakanai.sessionlog.spool.ASK_EVERY_S", 0.05)
    url = cable.url(postgres.new_database().database)
    spool = SpoolPlace(tmp_path / "spool.sqlite3", "a" * 64, clock)
    with SessionLog.open(url, counter="3", spool=spool) as log:
        yield log


def test_who_is_signed_in_locks_and_unlocks(staff, guard_at, log, cable):
    window = guard_at()
    window.sign_in(CLERK, secret(CLERK))
    before = log.head().seq
    cable.cut()
    window.lock()
    with pytest.raises(SignInRefusedError):
        window.unlock(WRONG)
    with pytest.raises(LockedError):
        window.require(Act.USE_COUNTER)
    assert window.unlock(secret(CLERK)).number == CLERK
    assert window.require(Act.USE_COUNTER).number == CLERK
    cable.mend()
    merged(log)
    told = [link.to_entry() for link in links_since(log, before)]
    kinds = [EntryKind.LOCKED, EntryKind.SIGN_IN_FAILED, EntryKind.UNLOCKED, EntryKind.SPOOL_MERGED]
    assert [entry.kind for entry in told] == kinds
    assert told[2].names == ("sign_in.window", "sign_in.away")
    assert {entry.clerk for entry in told[:3]} == {CLERK}
    window.lock()
    assert window.unlock(secret(CLERK)).number == CLERK


def test_a_password_changed_at_this_window_is_the_one_that_unlocks_it(staff, guard_at, cable):
    window = guard_at()
    window.sign_in(CLERK, secret(CLERK))
    new = Password("yoru no mado 1024!")
    StaffRegister(window).change_own_password(secret(CLERK), new)
    cable.cut()
    window.lock()
    with pytest.raises(SignInRefusedError):
        window.unlock(secret(CLERK))
    assert window.unlock(new).number == CLERK


def test_guessing_is_slowed_down(admin, log, cable, clock):
    cable.cut()
    admin.lock()
    for _ in range(5):
        with pytest.raises(SignInRefusedError):
            admin.unlock(WRONG)
    with pytest.raises(SignInThrottledError):
        admin.unlock(secret(ADMIN))
    clock.pass_by(seconds=31)
    admin.unlock(secret(ADMIN))


def test_nobody_comes_in_and_a_session_that_ran_out_is_over(admin, guard_at, cable, clock):
    cable.cut()
    with pytest.raises((LogUnreachableError, LogConnectionLostError)):
        guard_at("b").sign_in(ADMIN, secret(ADMIN))
    admin.lock()
    clock.pass_by(hours=13)
    with pytest.raises(LogUnreachableError):
        admin.unlock(secret(ADMIN))
    with pytest.raises(LogUnreachableError):
        admin.sign_out()
    with pytest.raises(NotSignedInError):
        admin.unlock(secret(ADMIN))


def test_an_office_without_staff_goes_on_as_it_was(guard, guard_at, cable):
    assert guard.require(Act.USE_COUNTER).number == UNREGISTERED
    cable.cut()
    assert guard.require(Act.USE_COUNTER).number == UNREGISTERED
    assert guard.is_open
    with pytest.raises(LogUnreachableError):
        guard_at("b").require(Act.USE_COUNTER)
    cable.mend()


def test_somebody_registered_elsewhere_is_seen_once_the_server_is_back(guard, guard_at, log, cable):
    assert guard.is_open
    cable.cut()
    assert guard.is_open
    cable.mend()
    merged(log)
    StaffRegister(guard_at("f")).set_up(ADMIN, secret(ADMIN))
    assert not guard.is_open
    with pytest.raises(NotSignedInError):
        guard.require(Act.USE_COUNTER)

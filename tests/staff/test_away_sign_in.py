"""A hall whose server is down in the morning: who served here lately signs in, and serves, and no more."""

import datetime as dt

import pytest

from kakanai.sessionlog.entry import EntryKind
from kakanai.sessionlog.errors import LogConnectionLostError, LogUnreachableError
from kakanai.sessionlog.spool_place import SpoolPlace
from kakanai.sessionlog.store import SessionLog
from kakanai.staff.act import Act
from kakanai.staff.away_staff import AwayStaff
from kakanai.staff.errors import (
    AwaySignInError,
    NotSignedInError,
    SessionEndedError,
    SignInThrottledError,
)
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.password_hash import PasswordHashing
from kakanai.staff.register import StaffRegister
from kakanai.staff.role import Role
from kakanai.staff.roster import Roster
from kakanai.staff.rules import StaffRules
from tests.sessionlog.cable import Cable
from tests.sessionlog.spooling import merged
from tests.staff.conftest import ADMIN, CHEAP, CLERK, SUPERVISOR, links_since, secret

WRONG = Password("not the password of anybody")
AWAY = (LogUnreachableError, LogConnectionLostError)


class MemoryBook:
    """A sealed file, without file and seal."""

    content = None

    def read(self):
        return self.content

    def write(self, content, *, is_rekeyed=False):
        self.content = content
        return True

    def clear(self):
        self.content = None


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


@pytest.fixture
def start(log, clock):
    """The window of this PC, as a program that was started anew has it."""
    book = MemoryBook()

    def make():
        rules, hashing = StaffRules(away=dt.timedelta(days=7)), PasswordHashing(CHEAP)
        roster = Roster(log, clock, rules, hashing=hashing, machine="a" * 64, account="a" * 64)
        return Guard(roster, AwayStaff(book, "a" * 64, "a" * 64, lambda: roster.rules.away))

    return make


@pytest.fixture
def morning(staff, start, log, cable):
    """A clerk and a supervisor were here yesterday; in the morning the server is away."""
    window = start()
    for number in (SUPERVISOR, CLERK):
        window.sign_in(number, secret(number))
    window.sign_out()
    log.seen = log.head().seq
    cable.cut()
    return start()


def told_since(log):
    return [link.to_entry() for link in links_since(log, log.seen)]


def test_who_was_here_lately_serves_and_the_log_knows_it_afterwards(morning, log, cable):
    who = morning.sign_in(CLERK, secret(CLERK))
    assert (who.number, who.role, who.is_away) == (CLERK, Role.CLERK, True)
    assert morning.require(Act.USE_COUNTER).number == CLERK
    morning.lock()
    morning.unlock(secret(CLERK))
    for act in (Act.VIEW_DAY, Act.REPRINT, Act.CHANGE_OWN_PASSWORD):
        with pytest.raises(LogUnreachableError):
            morning.require(act)
    morning.sign_in(SUPERVISOR, secret(SUPERVISOR))
    for act in (Act.CLOSE_DAY, Act.APPROVE, Act.OVERRIDE_MISMATCH, Act.EXPORT):
        with pytest.raises(LogUnreachableError):
            morning.require(act)
    cable.mend()
    merged(log)
    assert morning.require(Act.CLOSE_DAY).number == SUPERVISOR
    assert not morning.who.is_away
    assert morning.require(Act.USE_COUNTER) == morning.who
    told = [(entry.kind, entry.clerk, entry.names) for entry in told_since(log) if entry.spool]
    names = ("sign_in.window", "sign_in.away")
    assert told == [
        (EntryKind.SIGNED_IN, CLERK, names),
        (EntryKind.LOCKED, CLERK, ()),
        (EntryKind.UNLOCKED, CLERK, names),
        (EntryKind.SIGNED_OUT, CLERK, names),
        (EntryKind.SIGNED_IN, SUPERVISOR, names),
    ]
    morning.sign_out()
    with pytest.raises(NotSignedInError):
        morning.require(Act.USE_COUNTER)


def test_nobody_else_comes_in_and_no_answer_tells_who_is_known(morning, log, cable, clock):
    assert morning.is_away_possible
    for number, password in ((CLERK, WRONG), (ADMIN, secret(ADMIN)), ("9999", WRONG), (CLERK, WRONG)):
        with pytest.raises(AwaySignInError):
            morning.sign_in(number, password)
    with pytest.raises(AwaySignInError):
        morning.sign_in("9999", WRONG)
    with pytest.raises(SignInThrottledError):
        morning.sign_in(CLERK, secret(CLERK))
    clock.pass_by(seconds=31)
    morning.sign_in(CLERK, secret(CLERK))
    morning.sign_out()
    with pytest.raises(NotSignedInError):
        morning.require(Act.USE_COUNTER)
    clock.pass_by(days=7)
    assert not morning.is_away_possible
    with pytest.raises(AWAY):
        morning.sign_in(CLERK, secret(CLERK))
    cable.mend()
    merged(log)
    failed = [entry for entry in told_since(log) if entry.kind is EntryKind.SIGN_IN_FAILED]
    assert [entry.about for entry in failed] == [CLERK, None, None, CLERK, None]
    assert {entry.codes for entry in failed} == {("A-028",)}


def test_two_threads_that_ask_at_once_make_one_session(morning, log, cable):
    away = morning.sign_in(CLERK, secret(CLERK))
    row = morning._remembered.row
    cable.mend()
    merged(log)
    first, second = (morning._away_door.settle(away, row) for _ in range(2))
    assert first == second
    assert morning.require(Act.VIEW_DAY).session == away.session
    with morning.roster.store.changing() as change:  # as signing in at another window does
        change.end_session(away.session, morning.roster.now())
    with pytest.raises(SessionEndedError) as caught:
        morning._away_door.settle(away, row)
    assert caught.value.details == {"reason": "ended"}
    assert EntryKind.SIGN_IN_FAILED not in {entry.kind for entry in told_since(log)}


def disable(admin):
    StaffRegister(admin).disable(CLERK)


def demote(admin):
    StaffRegister(admin).change_role(CLERK, Role.AUDITOR)


def reset(admin):
    StaffRegister(admin).reset(CLERK, Password("kari no kotoba 77"))


@pytest.mark.parametrize(
    ("change", "reason"), [(disable, "disabled"), (demote, "changed"), (reset, "changed")]
)
def test_who_was_changed_meanwhile_is_out_as_soon_as_the_server_is_back(
    morning, log, cable, postgres, clock, start, change, reason
):
    morning.sign_in(CLERK, secret(CLERK))
    with SessionLog.open(postgres.url(log.target.database)) as direct:
        roster = Roster(direct, clock, hashing=PasswordHashing(CHEAP), machine="f" * 64, account="f" * 64)
        admin = Guard(roster)
        admin.sign_in(ADMIN, secret(ADMIN))
        change(admin)
    morning.require(Act.USE_COUNTER)  # nobody here can know it yet
    cable.mend()
    merged(log)
    with pytest.raises(SessionEndedError) as caught:
        morning.require(Act.USE_COUNTER)
    assert caught.value.details == {"reason": reason}
    with pytest.raises(NotSignedInError):
        morning.require(Act.USE_COUNTER)
    (failed,) = [entry for entry in told_since(log) if entry.kind is EntryKind.SIGN_IN_FAILED]
    assert (failed.about, failed.codes) == (CLERK, ("A-004",))
    cable.cut()
    with pytest.raises(AwaySignInError):
        start().sign_in(CLERK, secret(CLERK))
    assert start().sign_in(SUPERVISOR, secret(SUPERVISOR)).is_away


def test_who_is_disabled_at_this_pc_is_forgotten_at_once(staff, start, cable):
    window = start()
    window.sign_in(CLERK, secret(CLERK))
    assert window.is_away_possible
    desk = start()
    desk.sign_in(ADMIN, secret(ADMIN))
    disable(desk)
    assert not desk.is_away_possible
    cable.cut()
    with pytest.raises(AWAY):
        start().sign_in(CLERK, secret(CLERK))

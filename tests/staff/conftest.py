"""Staff in a database of the test's own, a clock that the test sets, and hashes that cost nothing."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kakanai.sessionlog.chain import Link
from kakanai.sessionlog.store import SessionLog
from kakanai.settings.database_url import DatabaseUrl
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.password_hash import HashCost, PasswordHashing
from kakanai.staff.register import StaffRegister
from kakanai.staff.role import Role
from kakanai.staff.roster import Roster
from kakanai.staff.rules import StaffRules
from tests.postgres import PrivatePostgres

NOON = dt.datetime(2026, 11, 21, 3, 0, tzinfo=dt.UTC)
CHEAP = HashCost(passes=1, memory_kib=8, lanes=1)
ADMIN, SUPERVISOR, CLERK, AUDITOR = "2001", "1001", "1024", "3001"


def secret(number: str) -> Password:
    """The password that a number has in these tests."""
    return Password(f"mado no yoake {number}!")


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> dt.datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        self.at += dt.timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SessionLog]:
    """The log that staff are registered in, on each database."""
    if request.param == "sqlite":
        target: Path | DatabaseUrl = tmp_path / "log.sqlite3"
    else:
        server: PrivatePostgres = request.getfixturevalue("postgres")
        target = server.new_database()
    with SessionLog.open(target) as opened:
        yield opened


in_a_file = pytest.mark.parametrize("log", ["sqlite"], indirect=True)
"""For tests that look into the database's own bytes."""


MakeGuard = Callable[..., Guard]


@pytest.fixture
def guard_at(log: SessionLog, clock: Clock) -> MakeGuard:
    """A guard of its own at a machine of that name, as another window or command would have."""

    def make(machine: str = "a", rules: StaffRules | None = None, cost: HashCost = CHEAP) -> Guard:
        return Guard(
            Roster(
                log,
                clock,
                rules,
                hashing=PasswordHashing(cost),
                machine=machine * 64,
                account=machine * 64,
            )
        )

    return make


@pytest.fixture
def guard(guard_at: MakeGuard) -> Guard:
    return guard_at()


@pytest.fixture
def admin(guard_at: MakeGuard) -> Guard:
    """The window of the only administrator, signed in, at a machine of its own."""
    guard = guard_at("f")
    StaffRegister(guard).set_up(ADMIN, secret(ADMIN))
    guard.sign_in(ADMIN, secret(ADMIN))
    return guard


@pytest.fixture
def staff(admin: Guard, guard_at: MakeGuard) -> Guard:
    """One of each role, each with a password of their own; the administrator's window."""
    for number, role in ((SUPERVISOR, Role.SUPERVISOR), (CLERK, Role.CLERK), (AUDITOR, Role.AUDITOR)):
        given = Password(f"given by hand to {number}")
        StaffRegister(admin).add(number, role, given)
        own = guard_at("e")
        own.sign_in(number, given)
        StaffRegister(own).change_own_password(given, secret(number))
        own.sign_out()
    return admin


def links_since(log: SessionLog, seq: int = 0) -> list[Link]:
    """The entries after that place in the chain."""
    return list(log.links(seq + 1))


def last_seq(log: SessionLog) -> int:
    head = log.head()
    return 0 if head is None else head.seq


def everything_in(folder: Path) -> bytes:
    """All bytes of all files there, the database's side files among them."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())

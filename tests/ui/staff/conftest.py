"""A window where staff are registered: cheap hashes, a clock that the test sets, one of each role."""

import dataclasses
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt

from kakanai.drafts.draft_shelf import DraftPlaces, DraftShelf
from kakanai.sessionlog.entry import EntryKind
from kakanai.settings import Paths
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.password_hash import PasswordHashing
from kakanai.staff.register import StaffRegister
from kakanai.staff.role import Role
from kakanai.staff.roster import Roster
from kakanai.staff.rules import StaffRules
from kakanai.ui.desk import Desk
from kakanai.ui.staff.door_page import DoorPage
from tests.drafts.conftest import NoKeyring
from tests.staff.conftest import ADMIN, AUDITOR, CHEAP, CLERK, SUPERVISOR, Clock
from tests.ui.conftest import Clerk

OTHER = "1025"
ROLES = {
    SUPERVISOR: Role.SUPERVISOR,
    CLERK: Role.CLERK,
    OTHER: Role.CLERK,
    AUDITOR: Role.AUDITOR,
}
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def words_of(number: str) -> str:
    """The password of a number, as it is typed."""
    return f"mado no yoake {number}!"


@pytest.fixture
def clock() -> Clock:
    return Clock()


MakeGuard = Callable[[str], Guard]


@pytest.fixture
def guard_at(desk: Desk, clock: Clock) -> MakeGuard:
    def make(machine: str) -> Guard:
        return Guard(
            Roster(
                desk.office.log,
                clock,
                StaffRules(),
                hashing=PasswordHashing(CHEAP),
                machine=machine * 64,
                account=machine * 64,
            )
        )

    return make


@pytest.fixture
def guard(guard_at: MakeGuard) -> Guard:
    """The guard of the window; nobody is registered yet."""
    return guard_at("a")


@pytest.fixture
def open_desk(desk: Desk, guard: Guard, clock: Clock) -> Desk:
    return dataclasses.replace(desk, office=dataclasses.replace(desk.office, guard=guard, now=clock))


@pytest.fixture
def admin(guard_at: MakeGuard) -> Guard:
    """The only administrator's window, at a machine of its own; there is nobody beside them."""
    guard = guard_at("f")
    StaffRegister(guard).set_up(ADMIN, Password(words_of(ADMIN)))
    guard.sign_in(ADMIN, Password(words_of(ADMIN)))
    return guard


@pytest.fixture
def staff(admin: Guard, guard_at: MakeGuard) -> Guard:
    """One of each role and a second clerk, each with a password of their own."""
    for number, role in ROLES.items():
        given = Password(f"given by hand to {number}")
        StaffRegister(admin).add(number, role, given)
        own = guard_at("e")
        own.sign_in(number, given)
        StaffRegister(own).change_own_password(given, Password(words_of(number)))
        own.sign_out()
    return admin


@pytest.fixture
def keeping_desk(open_desk: Desk, paths: Paths, clock: Clock) -> Desk:
    places = DraftPlaces(paths.drafts_dir, paths.draft_key_file)
    return dataclasses.replace(open_desk, drafts=lambda: DraftShelf(places, clock, keyring=NoKeyring()))


@pytest.fixture
def door(staff: Guard, make_clerk: Callable[[Desk], Clerk], keeping_desk: Desk) -> Iterator[Clerk]:
    """The window as it opens where staff are registered: the page that asks who is here."""
    clerk = make_clerk(keeping_desk)
    yield clerk
    clerk.window.pauses.work.close()
    clerk.window.staff.close()


@pytest.fixture
def signed_in(door: Clerk) -> Clerk:
    sign_in(door, CLERK)
    return door


def page_of(clerk: Clerk) -> DoorPage | None:
    """The page that covers the window."""
    return clerk.window.staff.cover.page


def send(clerk: Clerk, *lines: str) -> None:
    """Type the lines, each with Enter, and wait until they were checked."""
    for line in lines:
        clerk.type(line)
        clerk.enter()
    clerk.wait(lambda: not clerk.window.staff.work.is_busy)


def sign_in(clerk: Clerk, number: str, password: str = "") -> None:
    send(clerk, number, password or words_of(number))


def lock(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_L, CTRL_SHIFT)
    assert page_of(clerk) is clerk.window.staff.lock_page


def kinds(clerk: Clerk) -> list[tuple[EntryKind, str]]:
    """What the log tells of this window, with the number that each entry bears."""
    return [(link.kind, str(link.staff)) for link in clerk.flow.counter.office.log.links(1)]

"""What a PC remembers of its staff for days without the server: sealed, bound to it, and soon forgotten."""

import dataclasses
import datetime as dt

import pytest

from kakanai.drafts.draft_key import KeyChain
from kakanai.drafts.errors import DraftKeyError
from kakanai.drafts.sealed_book import SealedBook
from kakanai.sessionlog.entry import ClerkId, LoggedRole
from kakanai.sessionlog.staff_row import StaffRow
from kakanai.staff.away_staff import AwayStaff
from tests.drafts.conftest import NoKeyring
from tests.staff.conftest import NOON

DAY = dt.timedelta(days=1)
MACHINE = "a" * 64
ROW = StaffRow(ClerkId("1024"), LoggedRole.CLERK, "$argon2id$secret-of-1024", NOON - 90 * DAY)
OTHER = dataclasses.replace(ROW, number=ClerkId("1001"), role=LoggedRole.SUPERVISOR)


@pytest.fixture
def files(tmp_path):
    return tmp_path / "away-staff.sealed", tmp_path / "keys" / "away-staff.key"


@pytest.fixture
def book(files):
    return SealedBook(*files, keyring=NoKeyring())


@pytest.fixture
def staff_at(book):
    def make(machine=MACHINE, days=7):
        return AwayStaff(book, machine, machine, lambda: days * DAY)

    return make


@pytest.fixture
def staff(staff_at):
    return staff_at()


def known(staff, now=NOON):
    return sorted(staff.state(now).staff)


def test_whoever_signed_in_is_remembered_for_so_many_days(staff, files):
    assert known(staff) == []
    staff.note("1024", [ROW, OTHER], NOON)
    assert (known(staff), known(staff, NOON + 6 * DAY)) == (["1024"], ["1024"])
    assert known(staff, NOON + 7 * DAY) == []
    staff.note("1001", [ROW, OTHER], NOON + 5 * DAY)
    assert known(staff, NOON + 7 * DAY) == ["1001"]
    row = staff.state(NOON + 5 * DAY).staff["1024"].to_row()
    assert (row.number, row.role, row.password_hash) == ("1024", LoggedRole.CLERK, ROW.password_hash)


def test_nothing_of_it_can_be_read_in_the_file(staff, files):
    staff.note("1024", [ROW], NOON)
    content = files[0].read_bytes()
    assert b"1024" not in content
    assert b"argon2id" not in content
    assert "secret" not in repr(staff.state(NOON))
    assert "secret" not in repr(staff.state(NOON).staff["1024"])


def test_another_machine_or_account_opens_nothing(staff, staff_at):
    staff.note("1024", [ROW], NOON)
    assert known(staff_at("b" * 64)) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"role": LoggedRole.ADMINISTRATOR},
        {"password_hash": "$argon2id$another"},
        {"disabled_at": NOON},
        {"must_change": True},
    ],
    ids=["role", "password", "disabled", "reset"],
)
def test_whoever_the_server_knows_otherwise_is_forgotten_and_no_older_file_comes_back(staff, files, changed):
    staff.note("1024", [ROW], NOON)
    staff.note("1001", [ROW, OTHER], NOON)
    older = files[0].read_bytes()
    staff.refresh([dataclasses.replace(ROW, **changed), OTHER], NOON)
    assert known(staff) == ["1001"]
    files[0].write_bytes(older)
    assert known(staff) == []


def test_whoever_is_to_be_forgotten_is_so_on_a_full_disk_too(staff, monkeypatch):
    def full(_chain):
        raise DraftKeyError(file="away-staff.key", reason="ENOSPC")

    staff.note("1024", [ROW], NOON)
    staff.note("1001", [ROW, OTHER], NOON)
    monkeypatch.setattr(KeyChain, "renew", full)
    staff.refresh([dataclasses.replace(ROW, disabled_at=NOON), OTHER], NOON)
    assert "1024" not in known(staff)


def test_whoever_does_not_serve_or_has_a_given_password_is_not_remembered(staff):
    rows = [
        dataclasses.replace(ROW, role=LoggedRole.ADMINISTRATOR),
        dataclasses.replace(OTHER, must_change=True),
        dataclasses.replace(ROW, number=ClerkId("3001"), role=LoggedRole.AUDITOR),
    ]
    for row in rows:
        staff.note(row.number, rows, NOON)
    assert known(staff) == []


def test_a_town_that_wants_nobody_keeps_nothing(staff, staff_at, files):
    staff.note("1024", [ROW], NOON)
    off = staff_at(days=0)
    assert known(off) == []
    off.note("1024", [ROW], NOON)
    assert not files[0].exists()
    assert known(staff) == []


def test_a_clock_that_is_set_back_makes_nobody_last_longer(staff):
    staff.note("1024", [ROW], NOON)
    assert known(staff, NOON - dt.timedelta(minutes=4)) == ["1024"]
    assert known(staff, NOON - dt.timedelta(minutes=6)) == []
    staff.count_attempt("9999", NOON + 5 * DAY)
    assert known(staff, NOON + 4 * DAY) == []


def test_a_clock_that_ran_ahead_makes_nobody_last_longer(staff):
    staff.note("1024", [ROW, OTHER], NOON + 400 * DAY)
    staff.note("1001", [ROW, OTHER], NOON)  # the clock is right again, and so is what was seen last
    assert known(staff) == ["1001"]
    assert known(staff, NOON + 400 * DAY) == []


def test_failures_outlive_the_program(staff, staff_at):
    staff.note("1024", [ROW], NOON)
    assert staff.count_attempt("1024", NOON)
    assert staff.count_attempt("9999", NOON + DAY / 24)
    again = staff_at().state(NOON + DAY / 24)
    assert again.staff["1024"].failures == (NOON,)
    assert again.failures == (NOON, NOON + DAY / 24)
    staff.forget_attempts("1024", NOON)
    after = staff_at().state(NOON + DAY / 24)
    assert (after.staff["1024"].failures, after.failures) == ((), (NOON + DAY / 24,))


@pytest.mark.parametrize("content", [b"", b"nothing of ours", b"KKD1" + bytes(60)])
def test_a_file_that_is_none_of_ours_remembers_nobody(staff, files, content):
    staff.note("1024", [ROW], NOON)
    files[0].write_bytes(content)
    assert known(staff) == []
    staff.note("1024", [ROW], NOON)
    assert known(staff) == ["1024"]


def test_where_nothing_can_be_written_no_attempt_is_counted(staff, files):
    staff.note("1024", [ROW], NOON)
    files[0].unlink()
    files[0].mkdir()
    assert not staff.count_attempt("1024", NOON)

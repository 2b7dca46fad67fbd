"""`kakanai staff`, and what the other verbs ask of who is signed in."""

import contextlib
import datetime as dt
import io
import json
import os
import sqlite3
import stat

import pytest

from kakanai.app.places import draft_places
from kakanai.drafts.draft_shelf import DraftShelf
from kakanai.sessionlog.entry import JST, CaseNumber, ClerkId, EntryKind, LogEntry
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Paths
from kakanai.staff import roster
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.password_hash import HashCost, PasswordHashing
from kakanai.staff.register import StaffRegister
from kakanai.staff.role import Role
from tests.cli.conftest import code_of, log_of
from tests.drafts.conftest import NOON, draft
from tests.staff.conftest import everything_in

ADMIN, SUPERVISOR, CLERK = "2001", "1001", "1024"
NUMBER = "R8-1121-0001"


def word(number):
    return f"mado no yoake {number}!"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch):
    cheap = HashCost(passes=1, memory_kib=8, lanes=1)
    monkeypatch.setattr("kakanai.staff.roster.PasswordHashing", lambda: PasswordHashing(cheap))


@pytest.fixture
def staff(kakanai):
    """`kakanai staff` with lines for standard input; gives exit code, JSON object, standard error."""

    def call(*arguments, lines=()):
        told = ["--password-stdin"] if lines else []
        status, out, err = kakanai(
            "staff", *arguments, *told, "--json", stdin="".join(f"{x}\n" for x in lines)
        )
        return status, json.loads(out) if out else {}, err

    return call


@pytest.fixture
def sign_in(staff):
    def call(number):
        status, told, err = staff("sign-in", number, lines=[word(number)])
        assert status == 0, err
        return told

    return call


@pytest.fixture
def registered(home):
    """An administrator, a supervisor and a clerk; nobody is signed in."""
    with SessionLog.open(home / "sessionlog.sqlite3") as log:
        guard = Guard(roster.Roster(log, lambda: dt.datetime.now(dt.UTC)))
        register = StaffRegister(guard)
        register.set_up(ADMIN, Password(word(ADMIN)))
        guard.sign_in(ADMIN, Password(word(ADMIN)))
        for number, role in ((SUPERVISOR, Role.SUPERVISOR), (CLERK, Role.CLERK)):
            given = Password(f"given by hand {number}")
            register.add(number, role, given)
            guard.sign_in(number, given)
            register.change_own_password(given, Password(word(number)))
            guard.sign_in(ADMIN, Password(word(ADMIN)))
        guard.sign_out()


def acts_in(home, kind=None):
    with SessionLog.open(home / "sessionlog.sqlite3") as log:
        entries = [link.to_entry() for link in log.links()]
    return [entry for entry in entries if kind in {None, entry.kind}]


def test_nobody_needs_to_sign_in_until_there_is_an_administrator(staff, kakanai, home):
    unregistered = {"number": "-", "role": None, "until": None, "must_change_password": False}
    assert staff("whoami")[:2] == (0, unregistered)
    assert staff("sign-in", CLERK)[:2] == (0, unregistered)
    assert staff("list")[1] == {"staff": []}
    assert kakanai("log", "day")[0] == 0
    assert [entry.clerk for entry in acts_in(home, EntryKind.LOG_VIEWED)] == ["-"]
    status, told, _ = staff("add", CLERK, "--role", "clerk", lines=[word(CLERK)])
    assert (status, told["error"]["code"]) == (2, "A-020")
    assert "未登録" in kakanai("staff", "whoami")[1]


def test_the_first_administrator_signs_in_and_registers_others(staff, sign_in, home):
    assert staff("add", ADMIN, "--role", "administrator", lines=[word(ADMIN)])[0] == 0
    assert staff("list")[1]["error"]["code"] == "A-003"
    sign_in(ADMIN)
    for number, role in ((SUPERVISOR, "supervisor"), (CLERK, "clerk")):
        given = f"given by hand {number}"
        assert staff("add", number, "--role", role, lines=[given])[0] == 0
        assert staff("sign-in", number, lines=[given])[1]["must_change_password"]
        assert staff("password", lines=[given, word(number)])[0] == 0
        sign_in(ADMIN)
    told = sign_in(ADMIN)
    assert (told["number"], told["role"], told["must_change_password"]) == (ADMIN, "administrator", False)
    assert staff("whoami")[1] == told
    until = dt.datetime.fromisoformat(told["until"])
    assert until <= dt.datetime.now(JST) + dt.timedelta(hours=8)
    members = {member["number"]: member for member in staff("list")[1]["staff"]}
    assert [members[number]["role"] for number in (ADMIN, SUPERVISOR, CLERK)] == [
        "administrator",
        "supervisor",
        "clerk",
    ]
    assert not any(member["must_change_password"] or member["card"] for member in members.values())
    added = acts_in(home, EntryKind.STAFF_ADDED)
    assert [(entry.clerk, entry.about) for entry in added] == [
        ("-", ADMIN),
        (ADMIN, SUPERVISOR),
        (ADMIN, CLERK),
    ]


def test_a_session_is_a_file_for_this_account_alone(registered, sign_in, staff, home):
    sign_in(CLERK)
    (file,) = (home / "session").iterdir()
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    token = json.loads(file.read_text(encoding="utf-8"))["token"]
    with sqlite3.connect(home / "sessionlog.sqlite3") as database:
        assert token not in "\n".join(database.iterdump())
    database.close()
    assert staff("sign-out")[1] == {"signed_out": True}
    assert not file.exists()
    assert staff("sign-out")[1] == {"signed_out": False}
    file.write_text(json.dumps({"token": token}), encoding="utf-8")
    file.chmod(0o600)
    status, told, _ = staff("whoami")
    assert (status, told["error"]["code"]) == (15, "A-004")
    assert [entry.kind for entry in acts_in(home)][-2:] == [EntryKind.SIGNED_IN, EntryKind.SIGNED_OUT]


def test_a_session_that_ran_out_is_told(registered, sign_in, staff, home, kakanai):
    sign_in(CLERK)
    with contextlib.closing(sqlite3.connect(home / "sessionlog.sqlite3")) as database, database:
        database.execute("UPDATE staff_session SET ends_at = '2026-01-01T00:00:00.000000Z'")
    assert staff("whoami")[1]["error"]["code"] == "A-004"
    status, out, err = kakanai("log", "day", "--json")
    assert (status, code_of(out)) == (15, "A-004")
    assert "A-004" in err
    sign_in(CLERK)
    assert kakanai("log", "day")[0] == 0


def test_wrong_passwords_are_throttled_across_commands(registered, staff, home):
    for _ in range(5):
        status, told, _ = staff("sign-in", CLERK, lines=["not the password"])
        assert (status, told["error"]["code"]) == (15, "A-001")
    status, told, _ = staff("sign-in", CLERK, lines=[word(CLERK)])
    assert (status, told["error"]["code"]) == (15, "A-002")
    failed = acts_in(home, EntryKind.SIGN_IN_FAILED)
    assert [(entry.clerk, entry.about, entry.codes) for entry in failed] == [("-", CLERK, ("A-001",))] * 5


def test_a_clerk_is_no_administrator(registered, sign_in, staff, home):
    sign_in(CLERK)
    before = len(acts_in(home))
    refused = [
        ("add", "4001", "--role", "clerk"),
        ("list",),
        ("disable", ADMIN),
        ("reset", ADMIN),
        ("role", CLERK, "--role", "administrator"),
        ("card", CLERK, "--remove"),
    ]
    for arguments in refused:
        status, told, err = staff(*arguments)
        assert (status, told["error"]["code"]) == (15, "A-005"), arguments
        assert "Traceback" not in err
    assert len(acts_in(home)) == before


def test_what_an_administrator_does_to_a_number(registered, sign_in, staff, kakanai):
    sign_in(ADMIN)
    assert staff("role", CLERK, "--role", "auditor")[0] == 0
    assert staff("disable", CLERK)[0] == 0
    assert staff("role", CLERK, "--role", "clerk")[1]["error"]["code"] == "A-009"
    assert staff("disable", ADMIN)[1]["error"]["code"] == "A-008"
    assert staff("sign-in", CLERK, lines=[word(CLERK)])[1]["error"]["code"] == "A-001"
    assert staff("reset", CLERK, lines=["given once more 77"])[0] == 0
    assert kakanai("staff", "card", SUPERVISOR, stdin="04:a1:b2:c3\n")[0] == 0
    assert kakanai("staff", "card", CLERK, "--json", stdin="04a1b2c3\n")[0] == 15
    assert kakanai("staff", "card", CLERK, stdin="見本\n")[0] == 2
    members = {member["number"]: member for member in staff("list")[1]["staff"]}
    assert members[SUPERVISOR]["card"]
    assert members[CLERK] == {
        "number": CLERK,
        "role": "auditor",
        "active": True,
        "must_change_password": True,
        "card": False,
    }
    assert kakanai("staff", "card", SUPERVISOR, "--remove")[0] == 0
    assert "職員 3 人" in kakanai("staff", "list")[1]
    assert staff("sign-in", CLERK, lines=["given once more 77"])[1]["must_change_password"]
    status, out, _ = kakanai("log", "day", "--json")
    assert (status, code_of(out)) == (15, "A-007")


@pytest.mark.parametrize(
    ("arguments", "stdin", "status", "code"),
    [
        (["add", "4001", "--role", "clerk"], "", 2, "A-013"),
        (["add", "4001", "--role", "clerk", "--password-stdin"], "", 2, "A-013"),
        (["add", "4001", "--role", "clerk", "--password-stdin"], "mijikai\n", 2, "A-006"),
        (["add", "4001", "--role", "clerk", "--password-stdin"], "password123\n", 2, "A-006"),
        (["add", "4001", "--role", "clerk", "--password-stdin"], "tab\there and there\n", 2, "A-006"),
        (["add", "4001", "--role", "boss", "--password-stdin"], "good enough 123\n", 2, "U-001"),
        (["add", "-", "--role", "clerk", "--password-stdin"], "good enough 123\n", 2, "A-021"),
        (["add", "山田太郎", "--role", "clerk", "--password-stdin"], "good enough 123\n", 2, "L-021"),
        (["add", CLERK, "--role", "clerk", "--password-stdin"], "good enough 123\n", 15, "A-010"),
        (["add", "4001", "--password=good enough 123", "--role", "clerk"], "", 2, "U-001"),
        (["reset", "7777", "--password-stdin"], "good enough 123\n", 15, "A-009"),
        (["password", "--password-stdin"], f"{word(ADMIN)}\n{word(ADMIN)}\n", 2, "A-006"),
        (["password", "--password-stdin"], f"{word(ADMIN)}\n", 2, "A-013"),
        (["password", "--password-stdin"], f"wrong one\n{word('new')}\n", 15, "A-001"),
    ],
)
def test_bad_input_changes_nothing_and_is_not_repeated(
    registered, sign_in, kakanai, home, arguments, stdin, status, code
):
    sign_in(ADMIN)
    before = [entry for entry in acts_in(home) if entry.kind is not EntryKind.SIGN_IN_FAILED]
    found, out, err = kakanai("staff", *arguments, "--json", stdin=stdin)
    assert (found, code_of(out)) == (status, code)
    after = [entry for entry in acts_in(home) if entry.kind is not EntryKind.SIGN_IN_FAILED]
    assert after == before
    for typed in ("山田太郎", *stdin.splitlines()):
        assert typed not in out + err + log_of(home)


def test_standard_input_that_is_no_text_or_closed(registered, sign_in, kakanai):
    broken = io.TextIOWrapper(io.BytesIO(b"\xff\xfe\xfd not utf-8\n"), encoding="utf-8")
    status, out, _ = kakanai("staff", "sign-in", CLERK, "--password-stdin", "--json", stdin=broken)
    assert (status, code_of(out)) == (2, "A-006")
    closed = io.StringIO()
    closed.close()
    for stream in (closed, None):
        status, out, _ = kakanai("staff", "sign-in", CLERK, "--password-stdin", "--json", stdin=stream)
        assert (status, code_of(out)) == (2, "A-013")


def test_at_a_terminal_a_new_password_is_asked_for_twice(registered, sign_in, kakanai, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    typed = iter(["good enough 123", "good enough 124", "good enough 123", "good enough 123", word(ADMIN)])
    monkeypatch.setattr("kakanai.cli.signed_in.getpass", lambda _prompt: next(typed))
    sign_in(ADMIN)
    status, out, _ = kakanai("staff", "add", "4001", "--role", "clerk", "--json", stdin=Terminal())
    assert (status, code_of(out)) == (2, "A-022")
    assert kakanai("staff", "add", "4001", "--role", "clerk", stdin=Terminal())[0] == 0
    assert kakanai("staff", "sign-in", ADMIN, stdin=Terminal())[0] == 0
    assert list(typed) == []


def test_no_password_and_no_token_is_anywhere(registered, sign_in, staff, home):
    sign_in(CLERK)
    staff("sign-in", word(SUPERVISOR), lines=[CLERK])  # the fields mixed up
    (file,) = (home / "session").iterdir()
    token = json.loads(file.read_text(encoding="utf-8"))["token"]
    file.unlink()
    kept = everything_in(home)
    assert b"SIGNED" in kept.upper()
    for secret in (token, *map(word, (ADMIN, SUPERVISOR, CLERK)), f"given by hand {CLERK}"):
        assert secret.encode() not in kept


# --- the other verbs ------------------------------------------------------------------------


def test_the_day_is_shown_to_who_is_signed_in_and_that_is_logged(registered, sign_in, kakanai, home):
    for arguments in (("log", "day"), ("town", "set", "town.name", "架空町"), ("cases", "discard", NUMBER)):
        status, out, _ = kakanai(*arguments, "--json")
        assert (status, code_of(out)) == (15, "A-003"), arguments
    sign_in(CLERK)
    assert kakanai("log", "day", "2026-11-20")[0] == 0
    (viewed,) = acts_in(home, EntryKind.LOG_VIEWED)
    assert (viewed.clerk, viewed.on) == (CLERK, dt.date(2026, 11, 20))


def test_settings_are_changed_by_a_registered_administrator_alone(registered, sign_in, kakanai, home):
    (home / "town.toml").write_text(f'[counter]\nadministrators = ["{CLERK}"]\n', encoding="utf-8")
    change = ("town", "set", "town.name", "架空町", "--json")
    sign_in(CLERK)
    for arguments in (change, (*change, "--clerk", CLERK)):
        status, out, _ = kakanai(*arguments)
        assert (status, code_of(out)) == (15, "A-005")
    sign_in(ADMIN)
    status, out, _ = kakanai(*change, "--clerk", CLERK)
    assert (status, code_of(out)) == (2, "A-012")
    assert json.loads(kakanai(*change)[1])["changed"]
    changed = acts_in(home, EntryKind.SETTINGS_CHANGED)
    assert [(entry.clerk, entry.names) for entry in changed] == [(ADMIN, ("town.name",))]


def test_forms_are_filled_in_the_name_of_who_is_signed_in(
    registered, sign_in, kakanai, home, person, tmp_path
):
    fill = ("fill", "--forms", "F05", "--person", person, "--out", tmp_path / "out", "--json")
    assert code_of(kakanai(*fill)[1]) == "A-003"
    sign_in(ADMIN)
    assert code_of(kakanai(*fill)[1]) == "A-005"
    sign_in(CLERK)
    assert code_of(kakanai(*fill, "--clerk", SUPERVISOR)[1]) == "A-012"
    assert not (tmp_path / "out").exists()
    assert acts_in(home, EntryKind.CASE_OPENED) == []
    assert kakanai(*fill, "--clerk", CLERK)[0] == 0
    (opened,) = acts_in(home, EntryKind.CASE_OPENED)
    assert opened.clerk == CLERK


@pytest.mark.parametrize(
    ("opened_by", "signed_in", "code"),
    [(CLERK, CLERK, ""), (SUPERVISOR, CLERK, "A-005"), (CLERK, SUPERVISOR, "")],
)
def test_anothers_case_is_ended_by_a_supervisor(
    registered, sign_in, kakanai, home, opened_by, signed_in, code
):
    shelf = DraftShelf(draft_places(Paths(home)), lambda: NOON)
    shelf.store.save(draft(NUMBER))
    shelf.close()
    with SessionLog.open(home / "sessionlog.sqlite3") as log:
        now = dt.datetime.now(dt.UTC)
        log.append(LogEntry(EntryKind.CASE_OPENED, CaseNumber(NUMBER), ClerkId(opened_by), now))
    sign_in(signed_in)
    status, out, _ = kakanai("cases", "discard", NUMBER, "--json")
    assert (status, out and json.loads(out).get("error", {}).get("code", "")) == (15 if code else 0, code)
    cancelled = acts_in(home, EntryKind.CASE_CANCELLED)
    assert [entry.clerk for entry in cancelled] == ([] if code else [signed_in])


def test_a_demo_needs_nobody(registered, kakanai, home, tmp_path):
    assert kakanai("demo", "--out", tmp_path / "demo")[0] == 0
    assert {entry.clerk for entry in acts_in(home) if entry.case_number} == {"training"}


def test_doctor_counts_staff_without_their_numbers(kakanai, home, registered):
    checks = {check["name"]: check for check in json.loads(kakanai("doctor", "--json")[1])["checks"]}
    staff, supervisors = checks["staff"], checks["supervisors"]
    assert (staff["ok"], staff["detail"]) == (True, "担当者 1 人、責任者 1 人、管理者 1 人、監査 0 人")
    assert "1人だけ" in staff["cost"]
    assert (supervisors["ok"], supervisors["cost"]) == (True, "")
    with contextlib.closing(sqlite3.connect(home / "sessionlog.sqlite3")) as database, database:
        database.execute("DELETE FROM staff")
    checks = {check["name"]: check for check in json.loads(kakanai("doctor", "--json")[1])["checks"]}
    assert not checks["staff"]["ok"]
    assert checks["staff"]["detail"].startswith("[A-024]")


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE staff SET role = 'administrator' WHERE number = '1024'",
        "UPDATE staff SET password_hash = (SELECT password_hash FROM staff WHERE number = '1024')",
        "UPDATE staff SET must_change = 1 WHERE number = '1024'",
        "DELETE FROM staff WHERE number = '1024'",
    ],
)
def test_a_row_that_another_program_changed_is_found(registered, sign_in, kakanai, home, tampering):
    sign_in(SUPERVISOR)
    assert kakanai("log", "verify")[0] == 0
    with contextlib.closing(sqlite3.connect(home / "sessionlog.sqlite3")) as database, database:
        database.execute(tampering)
    status, out, _ = kakanai("log", "verify", "--json")
    assert status == 16
    assert "staff_" in out

"""`kakanai db`: roles, words, what is logged, and what stands when something goes wrong."""

import contextlib
import datetime as dt
import json
import sqlite3

import pytest

from kakanai.sessionlog.entry import JST, ClerkId, LogEntry
from kakanai.sessionlog.seals import DaySeals
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.words import EntryKind
from kakanai.settings import Paths
from kakanai.staff.password_hash import HashCost, PasswordHashing
from tests.cli.conftest import code_of
from tests.sessionlog.sample_log import KEY
from tests.sessionlog.verifying import check

K = EntryKind
ADMIN, SUPERVISOR = "2001", "1001"
OLD = dt.datetime(2019, 11, 20, 10, tzinfo=JST)


def word(number):
    return f"mado no yoake {number}!"


SUPERVISORS_WORD = word(SUPERVISOR) + "!"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch):
    cheap = HashCost(passes=1, memory_kib=8, lanes=1)
    monkeypatch.setattr("kakanai.staff.roster.PasswordHashing", lambda: PasswordHashing(cheap))


@pytest.fixture
def db(kakanai):
    """`kakanai db … --json`; gives exit code, JSON object, standard error."""

    def call(*arguments, stdin=""):
        status, out, err = kakanai("db", *arguments, "--json", stdin=stdin)
        return status, json.loads(out) if out else {}, err

    return call


@pytest.fixture
def place(home):
    return Paths(home).log_database


@pytest.fixture
def filled(place):
    """A log with an old case and a fresh one, both days closed."""
    with SessionLog.open(place) as log:
        for at in (OLD, dt.datetime.now(JST) - dt.timedelta(days=2)):
            number = log.next_case_number(at.date())
            for kind in (K.CASE_OPENED, K.PRINT_DONE, K.CASE_CLOSED):
                log.append(LogEntry(kind, number, ClerkId("1024"), at))
            log.append(LogEntry(K.SIGNED_OUT, None, ClerkId("1024"), at))
            DaySeals(log).close(at.date(), ClerkId(SUPERVISOR), at, KEY)
    return place


@pytest.fixture
def registered(kakanai, filled):
    """Staff are registered, and the administrator is signed in."""
    for number, role in ((ADMIN, "administrator"), (SUPERVISOR, "supervisor")):
        told = ("staff", "add", number, "--role", role, "--password-stdin")
        assert kakanai(*told, stdin=f"{word(number)}\n")[0] == 0
        sign_in(kakanai, number)
        if number == SUPERVISOR:  # what an administrator gave has to be changed first
            lines = f"{word(number)}\n{word(number)}!\n"
            assert kakanai("staff", "password", "--password-stdin", stdin=lines)[0] == 0
    sign_in(kakanai, ADMIN)
    return filled


def sign_in(kakanai, number, password=None):
    lines = f"{password or word(number)}\n"
    assert kakanai("staff", "sign-in", number, "--password-stdin", stdin=lines)[0] == 0


def entries(place, kind=None):
    with SessionLog.open(place) as log:
        return [link.to_entry() for link in log.links() if link.body and kind in {None, link.kind}]


# ---- who may


@pytest.mark.parametrize(
    "verb", [["upgrade"], ["backup", "b"], ["check", "--rebuild"], ["purge"], ["restore"]]
)
def test_a_supervisor_may_not_look_after_the_database(kakanai, registered, tmp_path, monkeypatch, verb):
    monkeypatch.chdir(tmp_path)
    if verb == ["restore"]:
        assert kakanai("db", "backup", "saved")[0] == 0
        verb = ["restore", "saved", "--password-stdin"]
    if verb == ["purge"]:
        verb = ["purge", "--password-stdin"]
    sign_in(kakanai, SUPERVISOR, SUPERVISORS_WORD)
    before = len(entries(registered))
    status, out, _ = kakanai("db", *verb, "--json", stdin=f"{SUPERVISORS_WORD}\n")
    assert (status, code_of(out)) == (15, "A-005")
    assert len(entries(registered)) == before
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize(("stdin", "code"), [("wrong password\n", "A-001"), ("", "A-")])
def test_a_purge_asks_for_the_password_at_the_moment_itself(db, registered, stdin, code):
    status, told, _ = db("purge", "--password-stdin", stdin=stdin)
    assert status != 0
    assert told["error"]["code"].startswith(code)
    assert not entries(registered, "purged")


def test_whoever_is_signed_in_may_not_claim_to_be_somebody_else(db, registered, tmp_path):
    status, told, _ = db("backup", tmp_path / "b", "--clerk", SUPERVISOR)
    assert status == 2
    assert told["error"]["code"].startswith("A-")
    assert not (tmp_path / "b").exists()


# ---- purge


def test_a_purge_is_counted_told_and_proven(db, registered):
    status, planned, _ = db("purge", "--dry-run")
    assert (status, planned["purged"], planned["entries"]) == (0, False, 4)
    assert not entries(registered, "purged")
    status, told, _ = db("purge", "--password-stdin", stdin=f"{word(ADMIN)}\n")
    assert status == 0
    assert told["kinds"] == planned["kinds"]
    assert told["kinds"]["cases"]["cases"] == 1
    assert [str(one.clerk) for one in entries(registered, "purged")] == [ADMIN] * 2
    assert check(registered).findings == []
    assert db("purge", "--password-stdin", stdin=f"{word(ADMIN)}\n")[1]["entries"] == 0


def test_a_purge_in_words(kakanai, filled):
    status, out, _ = kakanai("db", "purge")
    assert status == 0
    assert "受付: 2021-03-31 まで  3 件(受付 1 件)の中身を消しました。" in out
    assert "消した件数と証明の値は、操作ログに残りました。" in out


def test_the_town_decides_for_how_long(kakanai, db, filled):
    town = filled.parent / "town.toml"
    town.write_text("[retention]\ncases = 10\n", encoding="utf-8")
    status, told, _ = db("purge")
    assert status == 0
    assert (told["kinds"]["cases"]["entries"], told["kinds"]["staff"]["entries"]) == (0, 1)
    town.write_text("[retention]\ncases = 0\n", encoding="utf-8")
    assert db("purge")[0] == 9


def test_no_more_is_purged_than_the_town_lets_go(db, filled):
    tomorrow = dt.datetime.now(JST).date() + dt.timedelta(days=1)
    status, told, _ = db("purge", "--before", tomorrow)
    assert (status, told["error"]["code"]) == (2, "L-041")
    assert db("purge", "--before", "2019-11-20")[1]["entries"] == 0
    assert db("purge", "--before", "2019-11-21")[1]["entries"] == 4


def test_nothing_is_purged_before_a_day_was_closed(db, place):
    with SessionLog.open(place) as log:
        log.append(LogEntry(K.SIGNED_OUT, None, ClerkId("1024"), OLD))
    status, told, _ = db("purge")
    assert (status, told["error"]["code"]) == (8, "L-040")


def test_traces_that_stay_are_told_and_the_purge_stands(db, filled):
    reader = sqlite3.connect(filled, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM entry").fetchone()
    status, told, _ = db("purge")
    reader.close()
    assert (status, told["error"]["code"], told["entries"]) == (13, "L-042", 4)
    assert db("purge")[0] == 0
    assert check(filled).findings == []


# ---- backup and restore


def test_a_backup_is_made_and_told(db, registered, tmp_path):
    status, told, _ = db("backup", tmp_path / "saved")
    assert status == 0
    assert check(tmp_path / "saved").findings == []
    last = entries(registered)[-1]
    assert (last.kind, last.digest, last.ref) == ("backed_up", told["sha256"], told["entries"])
    assert last.clerk == ADMIN
    status, again, _ = db("backup", tmp_path / "saved")
    assert (status, again["error"]["code"]) == (2, "L-043")


def test_a_restore_brings_back_what_was_saved_and_the_anchor_agrees(kakanai, db, registered, tmp_path):
    db("backup", tmp_path / "saved")
    db("check")
    status, told, _ = db("restore", tmp_path / "saved", "--password-stdin", stdin=f"{word(ADMIN)}\n")
    assert status == 0
    assert (registered.parent / told["kept_as"]).exists()
    assert told["entries_only_in_kept"] == 2
    assert entries(registered)[-1].kind == "restored"
    sign_in(kakanai, ADMIN)  # whoever was signed in is not any more
    assert kakanai("log", "verify", "--json")[0] == 0


def test_nobody_is_signed_in_after_a_restore(db, registered, tmp_path):
    db("backup", tmp_path / "saved")
    assert db("restore", tmp_path / "saved", "--password-stdin", stdin=f"{word(ADMIN)}\n")[0] == 0
    assert db("backup", tmp_path / "again")[0] == 15


@pytest.mark.parametrize("loss", ["gone", "damaged"])
def test_where_nothing_is_left_the_staff_of_the_backup_decide(db, registered, tmp_path, loss):
    db("backup", tmp_path / "saved")
    for end in ("-wal", "-shm"):
        registered.with_name(registered.name + end).unlink(missing_ok=True)
    if loss == "gone":
        registered.unlink()
    else:
        registered.write_bytes(b"SQLite format 3\0" + bytes(8000))
    restore = ("restore", tmp_path / "saved", "--password-stdin")
    status, told, _ = db(*restore, stdin=f"{word(ADMIN)}\n")
    assert (status, told["error"]["code"]) == (2, "U-001")
    for number, password in ((SUPERVISOR, SUPERVISORS_WORD), (ADMIN, "something else")):
        assert db(*restore, "--clerk", number, stdin=f"{password}\n")[0] == 15
    status, told, _ = db(*restore, "--clerk", ADMIN, stdin=f"{word(ADMIN)}\n")
    assert status == 0
    assert check(registered).findings == []
    assert entries(registered)[-1].clerk == ADMIN


def spoil_number(path):
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("INSERT INTO case_code VALUES ('Z-999', '2026-11-20', 1)")


def test_a_backup_with_findings_is_put_back_only_when_asked_for(db, filled, tmp_path):
    db("backup", tmp_path / "saved")
    spoil_number(tmp_path / "saved")
    before = filled.read_bytes()
    status, told, _ = db("restore", tmp_path / "saved")
    assert (status, told["error"]["code"]) == (13, "L-045")
    assert filled.read_bytes() == before
    status, told, _ = db("restore", tmp_path / "saved", "--despite-findings")
    assert (status, told["findings"]) == (0, 1)
    assert entries(filled)[-1].codes == ("L-030",)


@pytest.mark.parametrize(("name", "code"), [("sessionlog.sqlite3", "L-046"), ("nowhere", "L-045")])
def test_what_is_no_backup_is_told(db, filled, name, code):
    status, told, _ = db("restore", filled.parent / name)
    assert told["error"]["code"] == code
    assert status != 0


def test_a_log_in_use_is_not_replaced(db, filled, tmp_path):
    db("backup", tmp_path / "saved")
    with SessionLog.open(filled) as log:
        log.head()
        status, told, _ = db("restore", tmp_path / "saved")
    assert (status, told["error"]["code"]) == (8, "L-046")


# ---- check, rescue, upgrade


def test_a_check_is_logged(db, registered):
    status, told, _ = db("check")
    assert (status, told["derived_differing"]) == (0, [])
    last = entries(registered)[-1]
    assert (last.kind, last.clerk, last.counts["entries"]) == ("log_verified", ADMIN, told["entries"])


def test_tables_that_differ_are_told_and_made_anew(db, filled):
    spoil_number(filled)
    status, told, _ = db("check")
    assert (status, told["error"]["code"], told["derived_differing"]) == (13, "L-023", ["case_code"])
    assert db("check", "--rebuild")[0] == 0
    assert db("check")[0] == 0


def test_a_damaged_file_is_rescued_and_left_as_it_is(kakanai, db, filled, tmp_path):
    seqs = len(entries(filled))
    data = bytearray(filled.read_bytes())
    data[100:4096] = bytes(3996)
    filled.write_bytes(data)
    status, told, err = db("check", "--rescue", tmp_path / "rescued.jsonl")
    assert (status, told["error"]["code"]) == (13, "L-014")
    assert (told["rescue"]["entries"], told["rescue"]["missing"]) == (seqs, [])
    assert filled.read_bytes() == data
    assert "記録していません" in err
    lines = [json.loads(line) for line in (tmp_path / "rescued.jsonl").read_text("ascii").splitlines()]
    assert len([line for line in lines if line.get("t") == "entry"]) == seqs
    assert kakanai("db", "check")[0] == 13


def test_a_file_that_was_kept_aside_can_be_rescued(kakanai, db, registered, tmp_path):
    db("backup", tmp_path / "saved")
    db("restore", tmp_path / "saved", "--password-stdin", stdin=f"{word(ADMIN)}\n")
    aside = next(registered.parent.glob("*.aside-*"))
    rescue = ("check", "--rescue", tmp_path / "out", "--db", aside)
    assert db(*rescue)[0] == 15  # the restore signed everybody out
    assert not (tmp_path / "out").exists()
    sign_in(kakanai, ADMIN)
    status, told, _ = db(*rescue)
    assert (status, told["rescue"]["missing"]) == (0, [])


def test_a_rescue_of_a_sound_log_is_told(db, registered, tmp_path):
    status, told, _ = db("check", "--rescue", tmp_path / "out")
    assert status == 0
    exported = entries(registered, "log_exported")[-1]
    assert exported.counts == {"entries": told["rescue"]["entries"], "missing": 0}
    assert exported.digest


def test_a_rescue_needs_its_file_free(db, filled, tmp_path):
    (tmp_path / "out").touch()
    status, told, _ = db("check", "--rescue", tmp_path / "out")
    assert (status, told["error"]["code"]) == (2, "U-014")
    assert db("check", "--db", filled)[1]["error"]["code"] == "U-001"


def test_an_upgrade_tells_what_it_did(db, place):
    from tests.sessionlog import legacy_files

    place.parent.mkdir(exist_ok=True)
    legacy_files.make(place, 2)
    status, told, _ = db("upgrade")
    assert (status, told["upgraded"], len(told["copies"])) == (0, True, 1)
    assert (place.parent / told["copies"][0]).exists()
    assert db("upgrade")[1]["upgraded"] is False


# ---- doctor


@pytest.fixture
def doctor(kakanai):
    def look():
        _, out, _ = kakanai("doctor", "--json")
        return {one["name"]: one for one in json.loads(out)["checks"]}

    return look


def test_doctor_tells_of_database_backup_disk_anchor_and_key(doctor, db, filled, tmp_path):
    told = doctor()
    assert "SQLite" in told["database"]["detail"]
    assert "記録 11 件" in told["database"]["detail"]
    assert not told["backup"]["ok"]
    assert "空き" in told["disk"]["detail"]
    assert told["office_key"]["detail"] == "日締めの鍵はまだありません"
    db("backup", tmp_path / "saved")
    assert doctor()["backup"]["ok"]


def test_doctor_says_that_a_log_was_set_back(doctor, filled):
    Paths(filled.parent).anchor_file.write_text(
        json.dumps({"seq": 9999, "hash": "a" * 64, "at": "2026-11-20T01:00:00.000000Z"}), encoding="utf-8"
    )
    told = doctor()["anchor"]
    assert (told["ok"], "9999" in told["detail"]) == (False, True)


def test_doctor_says_that_the_disk_is_low(doctor, filled, monkeypatch):
    monkeypatch.setattr("kakanai.sessionlog.disk_watch._free_bytes", lambda _: 10 * 1024 * 1024)
    told = doctor()["disk"]
    assert (told["ok"], told["detail"]) == (False, "[L-049] 空き 10 MiB")

"""Restoring: checked before anything is touched, what was there kept, nobody's number given twice."""

import contextlib
import datetime as dt
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from kakanai.sessionlog import restore as module
from kakanai.sessionlog.backup import write_backup
from kakanai.sessionlog.case_number import ClerkId
from kakanai.sessionlog.entry import JST
from kakanai.sessionlog.restore import restore_file, restore_server, staged
from kakanai.sessionlog.staff_tables import STAFF_SESSION
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.upkeep_errors import BackupUnusableError, RestorePlaceError
from kakanai.sessionlog.words import EntryKind
from tests.sessionlog import legacy_files
from tests.sessionlog.acts import entry
from tests.sessionlog.sample_log import Office, folded_up
from tests.sessionlog.verifying import check

ADMIN = ClerkId("9001")
NOW = dt.datetime(2026, 11, 20, 18, tzinfo=JST)
TODAY = NOW.date()
ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path):
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def place(home):
    return home / "sessionlog.sqlite3"


@pytest.fixture
def saved(place, tmp_path):
    """A log with a backup, and two more cases that came after it."""
    target = tmp_path / "backup.sqlite3"
    with Office(place) as office:
        office.register_staff()
        office.work(3)
        write_backup(office.log, target)
        office.work(2)
    return target


def put_back(backup, place, now=NOW):
    with staged(backup, place.parent) as new:
        return restore_file(new, place, ADMIN, now)


def names(home):
    return sorted(path.name for path in home.iterdir())


def test_a_backup_comes_back_and_the_chain_says_so(saved, place, home):
    before = folded_up(place).read_bytes()
    with SessionLog.open(saved) as copy:
        links = list(copy.links())
    told = put_back(saved, place)
    assert (home / told.aside).read_bytes() == before
    assert names(home) == sorted([place.name, told.aside])
    with SessionLog.open(place) as log:
        assert list(log.links())[:-1] == links
        last = log.link(told.head.seq)
        assert last.head == log.head() == told.head
        assert last.kind == "restored"
        assert last.to_entry().ref == links[-1].seq
        assert last.to_entry().counts == {"entries": len(links), "later": told.later}
        assert told.later > 0
        with log.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    report = check(folded_up(place))
    assert report.findings == []
    assert "restored" in {note["kind"] for note in report.notes}


def test_a_backup_comes_to_an_empty_place(saved, place, home):
    folded_up(place).unlink()
    told = put_back(saved, place)
    assert (told.aside, told.later, told.numbers) == ("", None, 0)
    assert names(home) == [place.name]
    assert check(place).findings == []


def test_numbers_given_today_after_the_backup_are_not_given_again(place, tmp_path):
    with SessionLog.open(place) as log:
        log.append(entry(number=log.next_case_number(TODAY)))
        write_backup(log, tmp_path / "backup")
        log.append(entry(number=log.next_case_number(TODAY)))
        third = log.next_case_number(TODAY)
        log.next_case_number(TODAY - dt.timedelta(days=1))
    assert put_back(tmp_path / "backup", place).numbers == 2
    with SessionLog.open(place) as log:
        assert log.next_case_number(TODAY) > third
    assert check(folded_up(place)).findings == []


def test_not_even_when_the_file_is_damaged(place, tmp_path):
    with SessionLog.open(place) as log:
        log.append(entry(number=log.next_case_number(TODAY)))
        write_backup(log, tmp_path / "backup")
        last = [log.next_case_number(TODAY) for _ in range(3)][-1]
    folded_up(place)
    data = bytearray(place.read_bytes())
    data[100:4096] = bytes(3996)
    place.write_bytes(data)
    told = put_back(tmp_path / "backup", place)
    assert (told.later, told.numbers) == (None, 3)
    assert (place.parent / told.aside).read_bytes() == bytes(data)
    with SessionLog.open(place) as log:
        assert log.next_case_number(TODAY) > last


@pytest.mark.parametrize("lost", [(0, 100), (0, 4096), (4096, 12288)])
def test_what_only_the_wal_of_a_damaged_file_has_is_kept_with_it(saved, place, tmp_path, lost):
    copy = tmp_path / "crashed"
    with SessionLog.open(place) as log:
        log.append(entry(EntryKind.SIGNED_OUT, None, at=NOW, codes=("Z-123",)))
        shutil.copy(place, copy)  # as a power cut leaves it
        shutil.copy(f"{place}-wal", f"{copy}-wal")
    folded_up(place)
    shutil.copy(copy, place)
    shutil.copy(f"{copy}-wal", f"{place}-wal")
    data = bytearray(place.read_bytes())
    data[slice(*lost)] = bytes(lost[1] - lost[0])
    place.write_bytes(data)
    assert b"Z-123" not in data
    told = put_back(saved, place)
    kept = b"".join(path.read_bytes() for path in place.parent.glob(f"{told.aside}*"))
    assert b"Z-123" in kept
    assert check(folded_up(place)).findings == []


def test_nobody_is_signed_in_after_a_restore(place, tmp_path):
    row = {"token_hash": "a" * 64, "number": "1024", "place": "script", "account": "b" * 64, "ended_at": None}
    times = {"started_at": "2026-11-20T00:00:00.000000Z", "ends_at": "2026-11-20T08:00:00.000000Z"}
    with SessionLog.open(place) as log:
        with log.writing() as writing:
            writing.connection.execute(insert(STAFF_SESSION), row | times)
            writing.append(entry(EntryKind.SIGNED_IN, None))
        write_backup(log, tmp_path / "backup")
    put_back(tmp_path / "backup", place)
    with SessionLog.open(place) as log, log.reading() as connection:
        assert connection.execute(select(STAFF_SESSION.c.ended_at)).scalar_one() is not None


def test_a_log_that_somebody_uses_is_left_alone(saved, place, home):
    with SessionLog.open(place) as log:
        head = log.head()
        with pytest.raises(RestorePlaceError) as caught:
            put_back(saved, place)
        assert caught.value.details["reason"] == "open"
        log.append(entry(EntryKind.SIGNED_OUT, None, at=NOW))
        assert log.head().seq == head.seq + 1
    assert names(home) == [place.name]


def cut(path):
    path.write_bytes(path.read_bytes()[:20000])


def forged(path):
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as raw:
        triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("UPDATE entry SET body = '{}' WHERE kind = 'procedures_chosen'")
        for _, sql in triggers:
            raw.execute(sql)


def newer(path):
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA user_version = 99")


def foreign(path):
    path.unlink()
    with contextlib.closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE something (a)")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (cut, "damaged"),
        (forged, "chain"),
        (newer, "version"),
        (foreign, "damaged"),
        (lambda path: path.write_bytes(b"a letter"), "foreign"),
        (lambda path: path.write_bytes(b""), "foreign"),
        (Path.unlink, "missing"),
    ],
)
def test_a_backup_that_is_none_touches_nothing(saved, place, home, spoil, reason):
    before = folded_up(place).read_bytes()
    spoil(saved)
    with pytest.raises(BackupUnusableError) as caught:
        put_back(saved, place)
    assert caught.value.details["reason"] == reason
    assert place.read_bytes() == before
    assert names(home) == [place.name]


def test_a_backup_without_an_entry_is_none(place, home, tmp_path):
    with SessionLog.open(tmp_path / "empty"):
        pass
    with pytest.raises(BackupUnusableError) as caught:
        put_back(tmp_path / "empty", place)
    assert caught.value.details["reason"] == "empty"


def test_a_copy_of_a_log_in_use_with_its_wal_is_a_backup_too(saved, place, tmp_path):
    copy = tmp_path / "copied"
    with SessionLog.open(place) as log:
        log.append(entry(EntryKind.SIGNED_OUT, None, at=NOW))
        head = log.head()
        shutil.copy(place, copy)
        shutil.copy(f"{place}-wal", f"{copy}-wal")
    wal = Path(f"{copy}-wal").read_bytes()
    put_back(copy, place)
    with SessionLog.open(place) as log:
        assert log.holds(head.seq, head.hash)
    assert Path(f"{copy}-wal").read_bytes() == wal


def test_a_backup_of_an_older_version_is_brought_to_this_one(home, place, tmp_path):
    old = tmp_path / "old.sqlite3"
    legacy_files.make(old, 1)
    folded_up(old)
    before = old.read_bytes()
    put_back(old, place)
    with SessionLog.open(place) as log:
        assert log.head().seq > 2
        assert "schema_upgraded" in {link.kind for link in log.links()}
    assert old.read_bytes() == before
    assert names(home) == [place.name]


@pytest.mark.parametrize("name", ["sqlite_full", "os"])
def test_no_room_for_the_copy_is_told(saved, place, home, monkeypatch, name):
    before = folded_up(place).read_bytes()

    def full(*_arguments, **_named):
        if name == "os":
            raise OSError(28, "no space")
        error = sqlite3.OperationalError("full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(module.shutil, "copyfile", full)
    with pytest.raises(RestorePlaceError) as caught:
        put_back(saved, place)
    assert caught.value.details["reason"] == "full"
    assert place.read_bytes() == before
    assert names(home) == [place.name]


KILLED = """
import datetime as dt, os, pathlib, signal, sys
from pathlib import Path
from kakanai.sessionlog import restore, store
from kakanai.sessionlog.case_number import ClerkId
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
where = {"swap": (restore, "_swap"), "finish": (restore, "_finish"), "replace": (pathlib.Path, "replace")}
setattr(*where[sys.argv[3]], die)
place = Path(sys.argv[1])
with restore.staged(Path(sys.argv[2]), place.parent) as new:
    restore.restore_file(new, place, ClerkId("9001"), dt.datetime.now(dt.UTC))
"""


@pytest.mark.parametrize("where", ["swap", "finish", "replace"])
def test_a_restore_that_is_killed_leaves_the_log_as_it_was(saved, place, where):
    with SessionLog.open(place) as log:
        links = list(log.links())
    done = subprocess.run([sys.executable, "-c", KILLED, place, saved, where], cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    with SessionLog.open(place) as log:
        assert list(log.links()) == links
        with log.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    put_back(saved, place)
    assert check(folded_up(place)).findings == []


# ---- servers


def test_a_backup_comes_to_an_empty_server_and_back(saved, place, postgres, tmp_path):
    with SessionLog.open(postgres.new_database()) as log:
        with staged(saved, tmp_path) as new:
            told = restore_server(new, log, ADMIN, NOW)
        assert log.head() == told.head
        assert log.compare_derived() == []
        write_backup(log, tmp_path / "again.sqlite3")
        links = list(log.links())
    assert check(tmp_path / "again.sqlite3").findings == []
    put_back(tmp_path / "again.sqlite3", place)
    with SessionLog.open(place) as log:
        assert list(log.links())[:-1] == links


def test_a_server_with_entries_is_left_alone(saved, postgres, tmp_path):
    with SessionLog.open(postgres.new_database()) as log:
        log.append(entry())
        with staged(saved, tmp_path) as new, pytest.raises(RestorePlaceError) as caught:
            restore_server(new, log, ADMIN, NOW)
        assert caught.value.details["reason"] == "occupied"
        assert log.head().seq == 1

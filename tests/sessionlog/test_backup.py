"""Backups: whole, of one moment, of either database, never over a file, never half."""

import contextlib
import datetime as dt
import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kakanai.sessionlog import backup as module
from kakanai.sessionlog.backup import write_backup
from kakanai.sessionlog.case_number import ClerkId
from kakanai.sessionlog.errors import LogDamagedError
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.upkeep_errors import BackupFailedError, BackupPlaceError
from tests.sessionlog.acts import TEN, walk
from tests.sessionlog.sample_log import Office, make
from tests.sessionlog.verifying import check

ROOT = Path(__file__).parents[2]


@pytest.fixture
def filled(place):
    with Office(place) as office:
        office.register_staff()
        office.work(4)
        office.next_day()
        office.work(2)
    with SessionLog.open(place) as log:
        yield log


@pytest.fixture
def target(tmp_path):
    (tmp_path / "usb").mkdir()
    return tmp_path / "usb" / "backup.sqlite3"


def beside(target):
    return [path.name for path in target.parent.iterdir()]


def test_a_backup_is_one_whole_file_that_the_verifier_accepts(filled, target):
    made = write_backup(filled, target)
    assert beside(target) == ["backup.sqlite3"]
    assert target.stat().st_mode & 0o777 == 0o600
    assert made.head == filled.head()
    assert made.digest == hashlib.sha256(target.read_bytes()).hexdigest()
    report = check(target)
    assert report.findings == []
    assert report.signed == 1
    assert beside(target) == ["backup.sqlite3"]
    with SessionLog.open(target) as copy:
        assert list(copy.links()) == list(filled.links())
        assert copy.compare_derived() == []


def test_a_backup_is_told_in_the_log(filled, target):
    made = write_backup(filled, target)
    entry = filled.link(
        filled.append(made.to_entry(ClerkId("9001"), TEN + dt.timedelta(days=999)))
    ).to_entry()
    assert (entry.ref, entry.digest) == (made.head.seq, made.digest)
    assert entry.counts == {"entries": made.entries, "kib": -(-target.stat().st_size // 1024)}


def test_others_write_while_a_backup_is_made(path, target):
    make(path, days=2, cases=20)
    stop = threading.Event()

    def write():
        with SessionLog.open(path) as other:
            while not stop.is_set():
                other.append_all(walk(at=dt.datetime(2026, 11, 30, tzinfo=dt.UTC)))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with SessionLog.open(path) as log:
            made = write_backup(log, target)
            assert log.head().seq >= made.entries
            assert log.holds(made.head.seq, made.head.hash)
    finally:
        stop.set()
        writer.join()
    assert check(target).counts.keys() <= {"number_missing"}  # the writer took a number that nobody gave


def test_a_backup_is_never_written_over_a_file(filled, target):
    target.write_bytes(b"mine")
    with pytest.raises(BackupPlaceError) as caught:
        write_backup(filled, target)
    assert caught.value.details["reason"] == "exists"
    assert target.read_bytes() == b"mine"
    assert beside(target) == ["backup.sqlite3"]


def test_nor_over_one_that_somebody_puts_there_meanwhile(filled, target, monkeypatch):
    def late(*arguments):
        target.write_bytes(b"theirs")
        return REQUIRE_WHOLE(*arguments)

    monkeypatch.setattr(module, "_require_whole", late)
    with pytest.raises(BackupPlaceError) as caught:
        write_backup(filled, target)
    assert caught.value.details["reason"] == "exists"
    assert target.read_bytes() == b"theirs"
    assert beside(target) == ["backup.sqlite3"]


REQUIRE_WHOLE = module._require_whole


def test_a_file_system_without_links_gets_its_backup_too(filled, target, monkeypatch):
    def refuse(*_):
        raise OSError(1, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    write_backup(filled, target)
    assert beside(target) == ["backup.sqlite3"]
    assert check(target).findings == []


def test_a_folder_that_is_not_there_is_told(filled, target):
    with pytest.raises(BackupPlaceError) as caught:
        write_backup(filled, target.parent / "nowhere" / "backup.sqlite3")
    assert caught.value.details["reason"] == "folder"


@pytest.mark.parametrize("pages", [1, 8])
def test_a_full_disk_leaves_no_backup(path, target, monkeypatch, pages):
    make(path, days=1, cases=6)

    class Small(sqlite3.Connection):
        def __init__(self, *arguments, **named):
            super().__init__(*arguments, **named)
            if str(arguments[0]).endswith(".part"):
                self.execute(f"PRAGMA max_page_count = {pages}").close()

    def connect(*arguments, **named):
        return REAL_CONNECT(*arguments, factory=Small, **named)

    monkeypatch.setattr(sqlite3, "connect", connect)
    with SessionLog.open(path) as log, pytest.raises(BackupPlaceError) as caught:
        write_backup(log, target)
    assert caught.value.details["reason"] == "full"
    assert beside(target) == []


REAL_CONNECT = sqlite3.connect


def test_too_little_room_is_told_before_anything_is_written(path, target, monkeypatch):
    make(path, days=1, cases=2)
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1000}))
    with SessionLog.open(path) as log, pytest.raises(BackupPlaceError) as caught:
        write_backup(log, target)
    assert caught.value.details["reason"] == "full"


def test_a_folder_that_takes_nothing_is_told(filled, target, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "read-only")

    monkeypatch.setattr(module.os, "open", refuse)
    with pytest.raises(BackupPlaceError) as caught:
        write_backup(filled, target)
    assert caught.value.details["reason"] == "unwritable"


def test_a_copy_that_does_not_read_back_is_no_backup(filled, target, monkeypatch):
    def spoil(part):
        CLOSE_UP(part)
        with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as raw:
            triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                raw.execute(f"DROP TRIGGER {name}")
            raw.execute("UPDATE entry SET staff = '6666' WHERE seq = 7")
            for _, sql in triggers:
                raw.execute(sql)

    monkeypatch.setattr(module, "_close_up", spoil)
    with pytest.raises(BackupFailedError) as caught:
        write_backup(filled, target)
    assert caught.value.details["seq"] == 7
    assert beside(target) == []


CLOSE_UP = module._close_up


def test_a_damaged_log_is_told_as_such(path, target):
    make(path, days=1, cases=30)
    with SessionLog.open(path) as log:
        with sqlite3.connect(path) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
        data = bytearray(path.read_bytes())
        half = len(data) // 8192 * 4096
        data[half : half + 4096] = b"\xff" * 4096
        path.write_bytes(data)
        with pytest.raises((LogDamagedError, BackupFailedError)):
            write_backup(log, target)
    assert beside(target) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from kakanai.sessionlog import backup
from kakanai.sessionlog.store import SessionLog
setattr(backup, sys.argv[3], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
with SessionLog.open(Path(sys.argv[1])) as log:
    backup.write_backup(log, Path(sys.argv[2]))
"""


@pytest.mark.parametrize("where", ["_close_up", "_require_whole", "put_if_free"])
def test_a_backup_that_is_killed_leaves_none_and_is_in_nobodys_way(path, target, where):
    make(path, days=1, cases=3)
    done = subprocess.run([sys.executable, "-c", KILLED, path, target, where], cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    assert not target.exists()
    with SessionLog.open(path) as log:
        write_backup(log, target)
    assert beside(target) == ["backup.sqlite3"]

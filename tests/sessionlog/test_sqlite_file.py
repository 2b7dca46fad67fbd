"""The log in a file: its mode, its shape, full disks, locks, other programs."""

import os
import sqlite3
import subprocess
import sys

import pytest

from kakanai.sessionlog.chain import Link
from kakanai.sessionlog.entry import CaseNumber
from kakanai.sessionlog.errors import (
    LogDamagedError,
    LogDiskFullError,
    LogLockedError,
    LogNewerSchemaError,
    LogUnwritableError,
)
from kakanai.sessionlog.guards import sqlite_guards
from kakanai.sessionlog.sqlite_file import storage_failures
from kakanai.sessionlog.store import SessionLog
from tests.fakes.disk_full import full_for_sqlite
from tests.sessionlog.acts import DAY, FULL, entry


@pytest.fixture
def log(path):
    """An open log in a file."""
    with SessionLog.open(path) as log:
        yield log


def run_sql(path, sql):
    raw = sqlite3.connect(path, isolation_level=None)
    try:
        raw.executescript(sql)
    finally:
        raw.close()


def test_an_entry_is_on_disk_when_append_returns(log, path):
    log.append(FULL)
    # A second program sees it while the first still holds the log open.
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT count(*) FROM entry").fetchone() == (1,)
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.close()
    with log.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


DRAW_NUMBERS = """
import datetime as dt, sys
from pathlib import Path
from kakanai.sessionlog.store import SessionLog
with SessionLog.open(Path(sys.argv[1])) as log:
    for _ in range(20):
        print(log.next_case_number(dt.date(2026, 11, 20)), flush=True)
"""


def test_two_processes_never_get_the_same_number(path):
    # Both also race to make the file and its tables.
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", DRAW_NUMBERS, str(path)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        for _ in range(2)
    ]
    given = [program.communicate(timeout=60)[0].split() for program in programs]
    assert [program.returncode for program in programs] == [0, 0]
    assert [len(numbers) for numbers in given] == [20, 20]
    assert sorted(given[0] + given[1]) == [f"R8-1120-{serial:04d}" for serial in range(1, 41)]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permission bits")
def test_the_files_are_for_this_account_alone(log, path):
    log.append(FULL)
    assert {f.name: f.stat().st_mode & 0o777 for f in path.parent.iterdir()} == {
        path.name: 0o600,
        f"{path.name}-wal": 0o600,
        f"{path.name}-shm": 0o600,
    }
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_full_disk_loses_nothing_that_was_written(path):
    with SessionLog.open(path) as log:
        log.append(FULL)
    with full_for_sqlite(spare_pages=1), SessionLog.open(path) as log:
        written = 1 + _append_until_failure(log)
    with SessionLog.open(path) as log:
        assert len(log.day(DAY)) == 1
        assert len(list(log.links())) == written
        assert log.compare_derived() == []
        log.check()


def _append_until_failure(log):
    for written in range(2000):
        try:
            log.append(FULL)
        except LogDiskFullError:
            return written
    pytest.fail("the disk never filled")


def test_no_room_for_a_new_log(path):
    with full_for_sqlite(), pytest.raises(LogDiskFullError):
        SessionLog.open(path)
    with SessionLog.open(path) as log:
        assert log.day(DAY) == []


def test_another_program_holding_the_log_is_told(path, monkeypatch):
    monkeypatch.setattr("kakanai.sessionlog.sqlite_file._LOCK_WAIT_S", 0.05)
    with SessionLog.open(path) as log:
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        try:
            with pytest.raises(LogLockedError):
                log.append(FULL)
            with pytest.raises(LogLockedError):
                log.next_case_number(DAY)
            assert log.day(DAY) == []
        finally:
            holder.close()
        log.append(FULL)
        assert len(log.day(DAY)) == 1


@pytest.mark.parametrize("content", [b"not a database, but long enough to look at" * 40, b"x"])
def test_a_file_that_is_no_database_is_left_alone(tmp_path, content):
    path = tmp_path / "log"
    path.write_bytes(content)
    with pytest.raises(LogDamagedError) as caught:
        SessionLog.open(path)
    assert caught.value.details == {"path": str(path)}
    assert path.read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path):
    path = tmp_path / "other.sqlite3"
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE theirs (x)")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(LogDamagedError):
        SessionLog.open(path)
    assert path.read_bytes() == before


def test_a_newer_log_is_left_alone(path):
    SessionLog.open(path).close()
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    with pytest.raises(LogNewerSchemaError) as caught:
        SessionLog.open(path)
    assert caught.value.details["version"] == 99


SPOILING = {
    "a table is gone": "DROP TABLE case_code",
    "a table too many": "CREATE TABLE theirs (x)",
    "a view": "CREATE VIEW theirs AS SELECT 1",
    "a guard is gone": "DROP TRIGGER entry_no_update",
    "a guard does nothing": """
        DROP TRIGGER entry_no_delete;
        CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT 1; END""",
    "a trigger too many": "CREATE TRIGGER theirs AFTER INSERT ON entry BEGIN SELECT 1; END",
    "a column is gone": "ALTER TABLE entry DROP COLUMN body",
    "a column too many": "ALTER TABLE entry ADD COLUMN name TEXT",
    "a column of another name": "ALTER TABLE case_code RENAME COLUMN code TO word",
}


@pytest.mark.parametrize("sql", SPOILING.values(), ids=SPOILING)
def test_a_log_that_lost_its_shape_is_not_written_on(path, sql):
    with SessionLog.open(path) as log:
        log.append(FULL)
    run_sql(path, sql)
    before = path.read_bytes()
    with pytest.raises(LogDamagedError) as caught:
        SessionLog.open(path)
    assert caught.value.details == {"path": str(path)}
    assert path.read_bytes() == before


def test_an_index_or_statistics_of_an_administrator_do_no_harm(path):
    with SessionLog.open(path) as log:
        log.append(FULL)
    run_sql(path, "CREATE INDEX theirs ON entry (staff); ANALYZE; VACUUM")
    with SessionLog.open(path) as log:
        log.check()
        assert len(log.day(DAY)) == 1


def test_the_shape_is_looked_at_while_the_log_is_open_too(log, path):
    log.check()
    run_sql(path, "DROP TRIGGER entry_no_update")
    with pytest.raises(LogDamagedError):
        log.check()


def add_time(path, at):
    """An entry at that time, as another program may add one."""
    link = Link.after(None, entry())
    raw = sqlite3.connect(path, isolation_level=None)
    body = (link.body, link.salt, link.body_hash)
    columns = ("2026-11-20", link.kind, link.case_number, link.staff, "", *body, link.prev, link.hash)
    raw.execute("INSERT INTO entry VALUES (9, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (at, *columns))
    raw.close()


@pytest.mark.parametrize(
    "at",
    [
        "xx",
        "",
        "2026-11-20",
        "2026-11-20T03:00:00.000000",
        "2026-11-20 03:00:00.000000Z",
        "2026-13-20T03:00:00.000000Z",
    ],
)
def test_a_time_in_no_form_is_found_by_the_check(log, path, at):
    add_time(path, at)
    with pytest.raises(LogDamagedError):
        log.check()
    with pytest.raises(LogDamagedError):
        log.rebuild_derived()


def test_the_shape_is_that_of_the_guards():
    assert {name.rpartition("_no_")[0] for name in sqlite_guards()} == {
        "day_close",
        "entry",
        "given_number",
        "merged_spool",
        "office_key",
    }


def test_scrambled_pages_are_found_by_the_check(path):
    with SessionLog.open(path) as log:
        log.append_all(entry(number=CaseNumber.build(DAY, number)) for number in range(1, 400))
    run_sql(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    content[-4096:] = bytes(byte ^ 0x55 for byte in content[-4096:])
    path.write_bytes(content)
    with SessionLog.open(path) as log, pytest.raises(LogDamagedError):
        log.check()


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(LogUnwritableError):
        SessionLog.open(tmp_path / "file" / "log.sqlite3")
    with pytest.raises(LogUnwritableError):
        SessionLog.open(tmp_path)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_folder_is_told(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(LogUnwritableError):
            SessionLog.open(tmp_path / "log.sqlite3")
    finally:
        tmp_path.chmod(0o700)


def test_a_read_only_database_is_told_by_sqlites_own_word(log, path):
    # Root may write where the mode forbids it, so SQLite is asked to refuse.
    def add_row(connection):
        with storage_failures(path):
            connection.exec_driver_sql("INSERT INTO given_number VALUES ('2026-11-20', 1, 'x')")

    with log.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(LogUnwritableError):
            add_row(connection)
        connection.exec_driver_sql("PRAGMA query_only = OFF")

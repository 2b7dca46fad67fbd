import datetime as dt
import os
import sqlite3
import subprocess
import sys
import threading

import pytest
from sqlalchemy.exc import StatementError

from kakanai.errors import KakanaiError
from kakanai.sessionlog.entry import JST, CaseNumber, ClerkId, EntryKind, FormRecord, LogEntry
from kakanai.sessionlog.errors import (
    CaseNumberError,
    LogDamagedError,
    LogDiskFullError,
    LogLockedError,
    LogNewerSchemaError,
    LogUnwritableError,
)
from kakanai.sessionlog.sqlite_file import storage_failures
from kakanai.sessionlog.sqlite_schema import trigger_statements
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.tables import EntryRow
from tests.fakes.disk_full import full_for_sqlite

DAY = dt.date(2026, 11, 21)
NUMBER = CaseNumber("R8-1121-0001")


def entry(number=NUMBER, at=None, **told):
    at = at or dt.datetime(2026, 11, 21, 10, tzinfo=JST)
    return LogEntry(
        **{"kind": EntryKind.CASE_OPENED, "case_number": number, "clerk": ClerkId("0123"), "at": at, **told}
    )


FULL = entry(
    kind=EntryKind.FORMS_FILLED,
    card_kind="mynumber",
    read_by="pin",
    procedures=("b", "a"),
    forms=(FormRecord("F09", "2026.10", 2), FormRecord("F01", "2026.10", 1)),
    codes=("C-010", "C-002"),
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "home" / "sessionlog.sqlite3"


@pytest.fixture
def log(path):
    with SessionLog.open(path) as log:
        yield log


def test_what_was_appended_is_there_after_opening_again(path):
    with SessionLog.open(path) as log:
        log.append(FULL)
    with SessionLog.open(path) as log:
        (told,) = log.day(DAY)
    assert (told.procedures, told.codes, told.forms) == (FULL.procedures, FULL.codes, FULL.forms)
    assert told.started_at == FULL.at
    assert told.started_at.utcoffset() == dt.timedelta(0)


def test_an_entry_is_on_disk_when_append_returns(log, path):
    log.append(FULL)
    # A second program sees it while the first still holds the log open.
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT count(*) FROM entry").fetchone() == (1,)
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.close()
    with log._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_a_day_is_japans_and_a_case_belongs_to_the_day_it_opened(log):
    before, first, last, after = (CaseNumber(f"R8-1121-000{i}") for i in range(1, 5))
    midnight = dt.datetime(2026, 11, 21, tzinfo=JST)
    log.append(entry(before, midnight - dt.timedelta(microseconds=1)))
    log.append(entry(first, midnight))
    log.append(entry(last, midnight + dt.timedelta(days=1, microseconds=-1)))
    log.append(entry(after, midnight + dt.timedelta(days=1)))
    log.append(entry(last, midnight + dt.timedelta(days=1, hours=1), kind=EntryKind.CASE_CLOSED))
    log.append(entry(before, midnight + dt.timedelta(hours=1), kind=EntryKind.CASE_CLOSED))
    told = log.day(DAY)
    assert [case.case_number for case in told] == [first, last]
    assert told[1].finished_at == midnight + dt.timedelta(days=1, hours=1)
    assert [case.case_number for case in log.day(DAY - dt.timedelta(days=1))] == [before]


@pytest.mark.parametrize("table", ["entry", "entry_procedure", "entry_form", "entry_code", "given_number"])
def test_nothing_is_changed_deleted_or_replaced_by_any_program(log, path, table):
    log.next_case_number(DAY)
    log.append(FULL)
    raw = sqlite3.connect(path, isolation_level=None)
    try:
        read_all = f"SELECT * FROM {table}"  # noqa: S608
        rows = raw.execute(read_all).fetchall()
        assert rows
        column = raw.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()[-1][0]
        marks = ",".join("?" * len(rows[0]))
        for statement, values in [
            (f"UPDATE {table} SET {column} = {column}", ()),  # noqa: S608
            (f"DELETE FROM {table}", ()),  # noqa: S608
            (f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows[0]),  # noqa: S608
        ]:
            with pytest.raises(sqlite3.IntegrityError, match="append only"):
                raw.execute(statement, values)
        assert raw.execute(read_all).fetchall() == rows
    finally:
        raw.close()


def test_the_column_type_refuses_a_time_without_zone(log):
    row = EntryRow(kind="case_opened", case_number="x", clerk="x", at=dt.datetime(2026, 11, 21))  # noqa: DTZ001
    with pytest.raises(StatementError, match="without zone"), log._writing.begin() as connection:
        connection.execute(
            EntryRow.__table__.insert(), {"kind": row.kind, "case_number": "x", "clerk": "x", "at": row.at}
        )
    assert log.day(DAY) == []


def test_numbers_run_by_day(log):
    assert [log.next_case_number(DAY) for _ in range(2)] == ["R8-1121-0001", "R8-1121-0002"]
    assert log.next_case_number(DAY + dt.timedelta(days=1)) == "R8-1122-0001"
    with pytest.raises(CaseNumberError):
        log.next_case_number(dt.date(2000, 1, 1))
    assert log.next_case_number(DAY) == "R8-1121-0003"


def test_a_full_day_gives_no_further_number(log, path):
    with sqlite3.connect(path) as raw:
        raw.execute("INSERT INTO given_number VALUES ('2026-11-21', 9999, 'R8-1121-9999')")
    raw.close()
    with pytest.raises(CaseNumberError) as caught:
        log.next_case_number(DAY)
    assert caught.value.details == {"reason": "serial"}


DRAW_NUMBERS = """
import datetime as dt, sys
from pathlib import Path
from kakanai.sessionlog.sqlite_file import storage_failures
from kakanai.sessionlog.store import SessionLog
with SessionLog.open(Path(sys.argv[1])) as log:
    for _ in range(20):
        print(log.next_case_number(dt.date(2026, 11, 21)), flush=True)
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
    assert sorted(given[0] + given[1]) == [f"R8-1121-{serial:04d}" for serial in range(1, 41)]


def test_threads_never_get_the_same_number(log):
    given = []
    threads = [
        threading.Thread(target=lambda: given.extend(log.next_case_number(DAY) for _ in range(10)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == len(set(given)) == 40


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
        with log._engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM entry").scalar_one() == written
            assert connection.exec_driver_sql("SELECT count(*) FROM entry_form").scalar_one() == 2 * written


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


def test_a_row_that_no_entry_allows_is_damage_and_is_not_repeated(log, path):
    with sqlite3.connect(path) as raw:
        raw.execute(
            "INSERT INTO entry (kind, case_number, clerk, at) VALUES (?, ?, ?, ?)",
            ("case_opened", "R8-1121-0001", "黒桐", "2026-11-21 03:00:00.000000"),
        )
    raw.close()
    with pytest.raises(LogDamagedError) as caught:
        log.day(DAY)
    assert "黒桐" not in repr(caught.value.details)


SPOILING = {
    "a table is gone": "DROP TABLE entry_code",
    "a table too many": "CREATE TABLE theirs (x)",
    "a view": "CREATE VIEW theirs AS SELECT 1",
    "a guard is gone": "DROP TRIGGER entry_no_update",
    "a guard does nothing": """
        DROP TRIGGER entry_no_delete;
        CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT 1; END""",
    "a trigger too many": "CREATE TRIGGER theirs AFTER INSERT ON entry BEGIN SELECT 1; END",
    "a column is gone": "ALTER TABLE entry DROP COLUMN read_by",
    "a column too many": "ALTER TABLE entry ADD COLUMN name TEXT",
    "a column of another name": "ALTER TABLE entry_code RENAME COLUMN code TO word",
}


def run_sql(path, sql):
    raw = sqlite3.connect(path, isolation_level=None)
    try:
        raw.executescript(sql)
    finally:
        raw.close()


def set_times(path, at):
    raw = sqlite3.connect(path, isolation_level=None)
    try:
        raw.execute("DROP TRIGGER entry_no_update")
        raw.execute("UPDATE entry SET at = ?", (at,))
        raw.execute(trigger_statements()["entry_no_update"])
    finally:
        raw.close()


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
    run_sql(path, "CREATE INDEX theirs ON entry (clerk); ANALYZE; VACUUM")
    with SessionLog.open(path) as log:
        log.check()
        assert len(log.day(DAY)) == 1


def test_the_shape_is_looked_at_while_the_log_is_open_too(log, path):
    log.check()
    run_sql(path, "DROP TRIGGER entry_no_update")
    with pytest.raises(LogDamagedError):
        log.check()


@pytest.mark.parametrize(
    "at", ["xx", "", "20261121", "2026-11-21", "2026-11-21T03:00:00.000000", "2026-13-21 03:00:00.000000"]
)
def test_an_entry_without_a_readable_time_is_damage_and_not_passed_over(log, path, at):
    log.append(FULL)
    set_times(path, at)
    for day in (DAY, DAY - dt.timedelta(days=1)):
        with pytest.raises(LogDamagedError) as caught:
            log.day(day)
        assert caught.value.details == {"path": str(path)}


def test_an_entry_of_a_day_in_no_calendar_is_damage(log, path):
    log.append(FULL)
    set_times(path, "2026-02-30 03:00:00.000000")
    with pytest.raises(LogDamagedError):
        log.day(dt.date(2026, 3, 1))


def test_a_time_in_no_form_is_found_by_the_check(log, path):
    log.append(FULL)
    set_times(path, "xx")
    with pytest.raises(LogDamagedError):
        log.check()


def test_a_part_without_its_entry_is_found_by_the_check(log, path):
    run_sql(path, "PRAGMA foreign_keys = OFF; INSERT INTO entry_code VALUES (77, 0, 'C-010')")
    with pytest.raises(LogDamagedError):
        log.check()


def test_scrambled_pages_are_found_by_the_check(path):
    with SessionLog.open(path) as log:
        for number in range(1, 400):
            log.append(entry(CaseNumber(f"R8-1121-{number:04d}")))
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
            connection.exec_driver_sql("INSERT INTO given_number VALUES ('2026-11-21', 1, 'x')")

    with log._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(LogUnwritableError):
            add_row(connection)
        connection.exec_driver_sql("PRAGMA query_only = OFF")


def test_the_errors_belong_to_the_family():
    for error in (LogDamagedError, LogDiskFullError, LogLockedError, LogNewerSchemaError, LogUnwritableError):
        assert issubclass(error, KakanaiError)

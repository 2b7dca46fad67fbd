"""Changes of the town's settings in the log, and a log of the version that did not know them."""

import datetime as dt
import sqlite3

import pytest

from kakanai.sessionlog.entry import JST, CaseNumber, ClerkId, EntryKind, LogEntry
from kakanai.sessionlog.errors import ClerkIdError, LogDamagedError
from kakanai.sessionlog.settings_change import SettingsChange
from kakanai.sessionlog.store import SessionLog

DAY = dt.date(2026, 11, 21)
MORNING = dt.datetime(2026, 11, 21, 9, tzinfo=JST)
VERSION_1 = """
    CREATE TABLE given_number (
        day DATE NOT NULL,
        serial INTEGER NOT NULL,
        case_number VARCHAR(16) NOT NULL,
        PRIMARY KEY (day, serial)
        );
    CREATE TABLE entry (
        id INTEGER NOT NULL,
        kind VARCHAR(24) NOT NULL,
        case_number VARCHAR(16) NOT NULL,
        clerk VARCHAR(16) NOT NULL,
        at DATETIME NOT NULL,
        card_kind VARCHAR(16),
        read_by VARCHAR(8),
        PRIMARY KEY (id)
        );
    CREATE INDEX ix_entry_at ON entry (at);
    CREATE INDEX ix_entry_case_number ON entry (case_number);
    CREATE TABLE entry_procedure (
        entry_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        procedure VARCHAR(40) NOT NULL,
        PRIMARY KEY (entry_id, position),
        FOREIGN KEY(entry_id) REFERENCES entry (id)
        );
    CREATE TABLE entry_form (
        entry_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        form VARCHAR(10) NOT NULL,
        version VARCHAR(16) NOT NULL,
        pages INTEGER NOT NULL,
        PRIMARY KEY (entry_id, position),
        FOREIGN KEY(entry_id) REFERENCES entry (id)
        );
    CREATE TABLE entry_code (
        entry_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        code VARCHAR(5) NOT NULL,
        PRIMARY KEY (entry_id, position),
        FOREIGN KEY(entry_id) REFERENCES entry (id)
        );
"""
"""What the first version of the program made (its own words, but for the guards)."""


def guard(table, name, moment):
    return f"CREATE TRIGGER {table}_{name} {moment} BEGIN SELECT RAISE(ABORT, 'append only'); END"


def make_version_1(path):
    raw = sqlite3.connect(path)
    raw.executescript(VERSION_1)
    keys = {
        "entry": ["id"],
        "given_number": ["day", "serial"],
        "entry_code": ["entry_id", "position"],
        "entry_form": ["entry_id", "position"],
        "entry_procedure": ["entry_id", "position"],
    }
    for table, key in keys.items():
        same = " AND ".join(f"{name} = NEW.{name}" for name in key)
        raw.execute(guard(table, "no_update", f"BEFORE UPDATE ON {table}"))
        raw.execute(guard(table, "no_delete", f"BEFORE DELETE ON {table}"))
        when = f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608
        raw.execute(guard(table, "no_replace", when))
    raw.execute(
        "INSERT INTO entry VALUES (1, 'case_opened', 'R8-1121-0001', '0123',"
        " '2026-11-21 01:00:00.000000', NULL, NULL)"
    )
    raw.execute(f"PRAGMA application_id = {0x4B4B4E49}")
    raw.execute("PRAGMA user_version = 1")
    raw.commit()
    raw.close()


def change(names=("fees.seal_certificate",), at=MORNING, clerk="2001"):
    return SettingsChange(ClerkId(clerk), at, names)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "sessionlog.sqlite3"


def test_a_change_is_there_after_opening_again_on_its_day_alone(path):
    late = change(("my_number.forms", "counters"), MORNING.replace(hour=23, minute=59))
    with SessionLog.open(path) as log:
        log.note_settings_change(change())
        log.note_settings_change(late)
        log.note_settings_change(change(at=MORNING + dt.timedelta(days=1)))
    with SessionLog.open(path) as log:
        assert log.settings_changes(DAY) == [change(), late]
        assert log.day(DAY) == []  # a change is no case
        log.check()


def test_a_change_tells_names_and_no_values():
    told = change(("town.name", "counters")).to_mapping()
    assert told == {"clerk": "2001", "at": "2026-11-21T09:00:00+09:00", "names": ["town.name", "counters"]}


@pytest.mark.parametrize(
    "names", [(), ("見本町",), ("town.name = 見本町",), ("Town.name",), ("a.b.c",), ("a" * 31,)]
)
def test_only_names_of_settings_can_be_logged(names):
    with pytest.raises(ValueError, match="alphabet"):
        change(names)


def test_a_time_without_zone_and_a_name_as_clerk_are_refused():
    with pytest.raises(ValueError, match="zone"):
        change(at=MORNING.replace(tzinfo=None))
    with pytest.raises(ClerkIdError):
        change(clerk="山田")


def test_a_row_of_another_program_is_damage(path):
    with SessionLog.open(path) as log:
        log.note_settings_change(change())
    raw = sqlite3.connect(path)
    raw.execute("INSERT INTO settings_change_name VALUES (1, 1, '山田　太郎')")
    raw.commit()
    raw.close()
    with SessionLog.open(path) as log, pytest.raises(LogDamagedError):
        log.settings_changes(DAY)


def test_rows_cannot_be_changed_or_deleted(path):
    with SessionLog.open(path) as log:
        log.note_settings_change(change())
    raw = sqlite3.connect(path)
    for statement in (
        "UPDATE settings_change SET clerk = 'x'",
        "DELETE FROM settings_change_name",
        "INSERT OR REPLACE INTO settings_change_name VALUES (1, 0, 'town.name')",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append only"):
            raw.execute(statement)
    raw.close()


def test_a_log_of_the_first_version_keeps_its_cases_and_takes_changes(path):
    make_version_1(path)
    with SessionLog.open(path) as log:
        assert [case.case_number for case in log.day(DAY)] == ["R8-1121-0001"]
        assert log.settings_changes(DAY) == []
        log.note_settings_change(change())
        log.append(LogEntry(EntryKind.CASE_CLOSED, CaseNumber("R8-1121-0001"), ClerkId("0123"), MORNING))
        log.check()
    with SessionLog.open(path) as log:
        assert log.settings_changes(DAY) == [change()]
        assert log.day(DAY)[0].finished_at == MORNING
    assert sqlite3.connect(path).execute("PRAGMA user_version").fetchone() == (2,)


def test_a_damaged_log_of_the_first_version_is_left_as_it_is(path):
    make_version_1(path)
    raw = sqlite3.connect(path)
    raw.execute("DROP TRIGGER entry_no_delete")
    raw.commit()
    raw.close()
    before = path.read_bytes()
    with pytest.raises(LogDamagedError):
        SessionLog.open(path)
    assert path.read_bytes() == before

"""A log of an older version keeps everything, in a chain; it is copied first, and it is all or nothing."""

import datetime as dt
import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from kakanai.sessionlog import upgrade
from kakanai.sessionlog.database import SCHEMA
from kakanai.sessionlog.entry import ClerkId, Outcome
from kakanai.sessionlog.errors import LogDamagedError, LogDiskFullError, LogUpgradeError
from kakanai.sessionlog.schema import VERSION_TABLE
from kakanai.sessionlog.settings_change import SettingsChange
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.tables import METADATA
from tests.sessionlog import legacy_files
from tests.sessionlog.acts import DAY, K, entry, is_intact
from tests.sessionlog.sample_log import folded_up
from tests.sessionlog.verifying import check

MIGRATIONS = Path(upgrade.__file__).with_name("migrations")


def backups(path):
    return sorted(path.parent.glob(f"{path.name}.before-*"))


def schema_of(path):
    """Everything that a file is made of, without the order it was made in."""
    with sqlite3.connect(path) as raw:
        rows = raw.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    raw.close()
    return {(kind, name, "".join((sql or "").split()).replace('"', "")) for kind, name, sql in rows}


@pytest.mark.parametrize("version", [1, 2])
def test_everything_comes_over_in_its_order(path, version):
    legacy_files.make(path, version)
    with SessionLog.open(path) as log:
        links = list(log.links())
        first, second = log.day(DAY)
        changes = log.settings_changes(DAY)
        assert log.compare_derived() == []
        log.check()
        assert log.next_case_number(DAY) == "R8-1120-0003"
    assert is_intact(links)
    assert check(folded_up(path)).findings == []
    kinds = [link.kind for link in links]
    cases = ["case_opened", "card_read", "case_opened"]
    rest = ["procedures_chosen", "forms_filled", "print_done"]
    changed = ["settings_changed"] if version == 2 else []
    assert kinds == [*cases, *changed, *rest, *changed, "schema_upgraded"]
    assert [link.at for link in links if link.kind == "forms_filled"] == ["2026-11-20T00:30:00.000000Z"]
    assert (first.case_number, first.clerk, first.card_kind, first.read_by) == (
        "R8-1120-0001",
        "0123",
        "mynumber",
        "pin",
    )
    assert (first.procedures, first.codes) == (("seal-certificate", "water"), ("V-001",))
    assert [(form.form, form.pages) for form in first.forms] == [("F09", 2), ("F01", 1)]
    assert first.outcome is Outcome.PRINTED
    assert (second.case_number, second.clerk, second.outcome) == ("R8-1120-0002", "0124", Outcome.OPEN)
    moment = dt.datetime(2026, 11, 20, 1, 2, 30, tzinfo=dt.UTC)
    told = [
        SettingsChange(ClerkId("2001"), moment, ("town.name", "fees.seal_certificate")),
        SettingsChange(ClerkId("2001"), moment.replace(hour=2, minute=0, second=0), ("counters",)),
    ]
    assert changes == (told if version == 2 else [])


@pytest.mark.parametrize("version", [1, 2])
def test_the_upgrade_is_told_and_the_log_goes_on(path, version):
    legacy_files.make(path, version)
    with SessionLog.open(path) as log:
        told = list(log.links())[-1]
        assert (told.kind, told.staff, told.case_number) == ("schema_upgraded", "-", "")
        assert json.loads(told.body) == {"counts": {"from_version": version, "to_version": 3}}
        log.append(entry(K.CASE_CLOSED, at=dt.datetime.now(dt.UTC)))
        assert log.day(DAY)[0].finished_at is not None
    with SessionLog.open(path) as log:
        assert len(log.day(DAY)) == 2
        assert is_intact(list(log.links()))
    assert len(backups(path)) == 1


@pytest.mark.parametrize("version", [1, 2])
def test_the_tables_are_those_of_a_new_log(path, version):
    legacy_files.make(path, version)
    new = path.with_name("new.sqlite3")
    SessionLog.open(path).close()
    SessionLog.open(new).close()
    # Until 0002 is released, v0002_tables.sql follows the tables in *_tables.py.
    assert schema_of(path) == schema_of(new)


def test_the_copy_is_the_file_as_it_was_and_for_this_account_alone(path):
    legacy_files.make(path, 2)
    before = "\n".join(sqlite3.connect(path).iterdump())
    SessionLog.open(path).close()
    (backup,) = backups(path)
    assert "\n".join(sqlite3.connect(backup).iterdump()) == before
    if os.name == "posix":
        assert backup.stat().st_mode & 0o777 == 0o600


BREAKS = ["kakanai.sessionlog.upgrade.rebuild", "kakanai.sessionlog.upgrade.put_mark", "sqlalchemy.text"]


@pytest.mark.parametrize("place", BREAKS)
def test_an_upgrade_that_fails_half_way_leaves_the_log_as_it_was(path, monkeypatch, place):
    legacy_files.make(path, 2)
    before = "\n".join(sqlite3.connect(path).iterdump())

    def fail(*_args):
        raise RuntimeError("half-way")

    with monkeypatch.context() as patched:
        patched.setattr(place, fail)
        with pytest.raises(LogUpgradeError) as caught:
            SessionLog.open(path)
    (backup,) = backups(path)
    assert caught.value.details == {"path": str(path), "backup": backup.name, "version": "2"}
    assert "\n".join(sqlite3.connect(path).iterdump()) == before
    with SessionLog.open(path) as log:
        assert len(log.day(DAY)) == 2


KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event
from kakanai.sessionlog.store import SessionLog
left = int(sys.argv[2])
def count(*_):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(Engine, "before_cursor_execute", count)
SessionLog.open(Path(sys.argv[1])).close()
print(left)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
@pytest.mark.parametrize("statements", [12, 40, 75, 110])
def test_a_program_killed_in_the_middle_of_it_leaves_the_log_as_it_was(path, statements):
    legacy_files.make(path, 2)
    before = "\n".join(sqlite3.connect(path).iterdump())
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), str(statements)],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert run.returncode == -signal.SIGKILL, run
    assert "\n".join(sqlite3.connect(path).iterdump()) == before
    with SessionLog.open(path) as log:
        assert is_intact(list(log.links()))
        assert len(log.day(DAY)) == 2


def test_no_room_for_the_copy_leaves_the_log_as_it_was(path, monkeypatch):
    legacy_files.make(path, 2)
    before = path.read_bytes()

    class Full:
        def __init__(self, *_args):
            raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("kakanai.sessionlog.upgrade.sqlite3.connect", Full)
    with pytest.raises(LogDiskFullError):
        SessionLog.open(path)
    assert path.read_bytes() == before
    assert backups(path) == []


@pytest.mark.parametrize("guard", ["entry_no_delete", "settings_change_no_update"])
def test_a_damaged_log_of_an_older_version_is_left_as_it_is(path, guard):
    legacy_files.make(path, 2)
    raw = sqlite3.connect(path)
    raw.execute(f"DROP TRIGGER {guard}")
    raw.commit()
    raw.close()
    before = path.read_bytes()
    with pytest.raises(LogDamagedError):
        SessionLog.open(path)
    assert path.read_bytes() == before
    assert backups(path) == []


def test_two_programs_at_once_upgrade_it_once(path):
    legacy_files.make(path, 2)
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", KILLED, str(path), "9999"],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdout=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for program in programs:
        program.communicate(timeout=60)
    assert [program.returncode for program in programs] == [0, 0]
    with SessionLog.open(path) as log:
        assert [link.kind for link in log.links()].count("schema_upgraded") == 1


def test_an_entry_of_another_program_stops_the_upgrade(path):
    legacy_files.make(path, 1)
    raw = sqlite3.connect(path)
    raw.execute("INSERT INTO entry VALUES (7, 'x', 'R8-1120-0001', '山田', 'yesterday', NULL, NULL)")
    raw.commit()
    raw.close()
    with pytest.raises(LogUpgradeError) as caught:
        SessionLog.open(path)
    assert "山田" not in str(caught.value)


def test_the_head_of_the_migrations_is_the_schema_of_the_program():
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert scripts.get_current_head() == SCHEMA
    assert [script.revision for script in scripts.walk_revisions()] == ["0002", "0001"]


def test_alembic_finds_nothing_to_change(log):
    with log.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        found = compare_metadata(context, METADATA)
    # The version table is Alembic's own, and left out by it.
    assert [change for change in found if getattr(change[1], "name", "") != VERSION_TABLE] == []


def test_migrations_say_nothing_and_change_nothing_at_the_head(path):
    with SessionLog.open(path) as log, log.writing() as writing:
        before = [tuple(row) for row in writing.connection.exec_driver_sql("SELECT * FROM schema_version")]
        upgrade.run_migrations(writing.connection)
        after = [tuple(row) for row in writing.connection.exec_driver_sql("SELECT * FROM schema_version")]
    assert before == after == [(SCHEMA,)]

"""The verifier on databases at rest, in use, damaged and foreign; it changes none of them."""

import contextlib
import hashlib
import os
import shutil
import sqlite3

import pytest

from tests.sessionlog.sample_log import Office
from tests.sessionlog.verifying import check, forge, kinds, verifier


@pytest.fixture
def log(two_days, tmp_path):
    return shutil.copy(two_days, tmp_path / "sessionlog.sqlite3")


@pytest.fixture
def export(two_days_exported, tmp_path):
    return shutil.copy(two_days_exported, tmp_path / "log.jsonl")


def state_of(folder):
    """Every file with its content and times."""
    return {
        path.name: (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
            path.stat().st_mode,
        )
        for path in folder.iterdir()
    }


def test_a_database_at_rest_is_not_touched(log):
    before = state_of(log.parent)
    log.parent.chmod(0o500)
    try:
        assert check(log).findings == []
    finally:
        log.parent.chmod(0o700)
    assert state_of(log.parent) == before


def test_what_stands_only_in_the_wal_is_seen_and_the_wal_stays_as_it_is(log):
    with Office(log) as office:
        entries = check(log).entries
        office.sign_out()
        with contextlib.closing(sqlite3.connect(log)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM entry").fetchone()
            folder = log.parent / "copy"
            folder.mkdir()
            for end in ("", "-wal"):
                shutil.copy(log.with_name(log.name + end), folder)
    copy = folder / log.name
    assert copy.with_name(copy.name + "-wal").stat().st_size > 0
    before = state_of(folder)
    report = check(copy)
    assert report.findings == []
    assert report.entries >= entries
    assert state_of(folder) == before


def test_a_log_in_use_can_be_verified_in_place(log):
    with Office(log) as office:
        office.sign_out()
        report = verifier.Report()
        with contextlib.closing(verifier.Database(log, report, live=True)) as source:
            office.work(2)
            verifier.verify(source, report)
            assert report.findings == []
            office.sign_out()
        with contextlib.closing(sqlite3.connect(log)) as db:
            assert report.entries < db.execute("SELECT max(seq) FROM entry").fetchone()[0]


def test_commits_that_sqlite_would_leave_out_behind_damage_in_the_wal_are_told(log):
    with Office(log) as office, contextlib.closing(sqlite3.connect(log)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entry").fetchone()  # nothing is moved out of the WAL meanwhile
        for _ in range(5):
            office.sign_out()
        folder = log.parent / "copy"
        folder.mkdir()
        for end in ("", "-wal"):
            shutil.copy(log.with_name(log.name + end), folder)
    copy = folder / log.name
    wal = copy.with_name(copy.name + "-wal")
    whole = wal.read_bytes()
    assert kinds(check(copy)) == set()
    wal.write_bytes(whole[:300] + bytes([whole[300] ^ 1]) + whole[301:])
    assert "wal_damaged" in kinds(check(copy))
    wal.write_bytes(whole[:-1000])  # what a power cut in the middle of a write leaves
    assert kinds(check(copy)) == set()


def test_a_page_that_was_overwritten_is_told_and_does_not_stop_the_rest(log):
    data = bytearray(log.read_bytes())
    pages = range(4096, len(data), 4096)
    found = 0
    for page in pages:
        spoiled = log.with_name("spoiled.sqlite3")
        spoiled.write_bytes(data[:page] + bytes(4096) + data[page + 4096 :])
        try:
            report = check(spoiled)
        except verifier.UnreadableError:
            found += 1
            continue
        found += report.total > 0
    assert found == len(pages)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "missing"),
        (b"", "foreign"),
        (b"SQLite format 3\0 and no more", "foreign"),
        (b"x" * 9000, "foreign"),
    ],
)
def test_what_is_no_log_is_unreadable(tmp_path, content, reason):
    path = tmp_path / "log.sqlite3"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(verifier.UnreadableError) as caught:
        check(path)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("tables", "reason"),
    [("CREATE TABLE t (x)", "foreign"), ("CREATE TABLE entry (id INTEGER PRIMARY KEY, kind)", "schema")],
)
def test_another_programs_database_and_an_older_version_are_told_apart(tmp_path, tables, reason):
    with contextlib.closing(sqlite3.connect(tmp_path / "log.sqlite3")) as db:
        db.execute(tables)
    with pytest.raises(verifier.UnreadableError) as caught:
        check(tmp_path / "log.sqlite3")
    assert caught.value.reason == reason


def test_a_newer_version_is_not_judged(log, export):
    forge(log, "UPDATE schema_version SET version_num = '0003'")
    export.write_bytes(export.read_bytes().replace(b'"schema":"0002"', b'"schema":"0003"'))
    for path, is_export in ((log, False), (export, True)):
        with pytest.raises(verifier.UnreadableError) as caught:
            check(path, export=is_export)
        assert caught.value.reason == "schema"


def test_a_file_written_to_meanwhile_is_no_evidence(log):
    report = verifier.Report()
    with contextlib.closing(verifier.Database(log, report)) as source:
        os.utime(log, ns=(1, 1))
        with pytest.raises(verifier.UnreadableError) as caught:
            verifier.verify(source, report)
    assert caught.value.reason == "busy"

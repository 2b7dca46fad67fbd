"""The log on either database: numbers, entries, days, and what no program can do to it."""

import contextlib
import datetime as dt
import sqlite3
import threading

import psycopg
import pytest
from sqlalchemy import event

from kakanai.errors import KakanaiError
from kakanai.sessionlog.case_tables import CASE_LINE
from kakanai.sessionlog.entry import JST, CaseNumber, Outcome
from kakanai.sessionlog.errors import (
    CaseNumberError,
    LogDamagedError,
    LogDiskFullError,
    LogLockedError,
    LogNewerSchemaError,
    LogUnwritableError,
)
from kakanai.sessionlog.store import SessionLog
from tests.sessionlog.acts import DAY, FULL, NUMBER, TEN, K, entry, is_intact, walk


def test_what_was_appended_is_there_after_opening_again(place):
    with SessionLog.open(place) as log:
        assert log.append(FULL) == 1
    with SessionLog.open(place) as log:
        (told,) = log.day(DAY)
        (link,) = log.links()
    assert link.to_entry() == FULL
    assert (told.procedures, told.codes, told.forms) == (FULL.procedures, FULL.codes, FULL.forms)
    assert told.started_at == FULL.at
    assert told.started_at.utcoffset() == dt.timedelta(0)


def test_entries_are_a_chain_from_the_first_to_the_head(log):
    assert log.head() is None
    for number in range(1, 4):
        log.append_all(walk(CaseNumber.build(DAY, number), TEN + dt.timedelta(hours=number)))
    links = list(log.links())
    assert [link.seq for link in links] == list(range(1, 22))
    assert is_intact(links)
    assert log.head() == links[-1].head
    assert log.link(3) == links[2]
    assert log.link(22) is None
    assert list(log.links(3, 5)) == links[2:5]
    assert list(log.links(22)) == []
    assert log.holds(3, links[2].hash)
    assert not log.holds(4, links[2].hash)
    assert not log.holds(22, links[2].hash)


def test_the_chain_is_told_in_batches_without_gap(log, monkeypatch):
    monkeypatch.setattr("kakanai.sessionlog.log_reading._BATCH", 3)
    log.append_all(walk())
    for first in (1, 3, 4):
        assert [link.seq for link in log.links(first)] == list(range(first, 8))
    assert [link.seq for link in log.links(2, 7)] == [2, 3, 4, 5, 6, 7]


def test_a_day_is_japans_and_a_case_belongs_to_the_day_it_opened(log):
    before, first, last, after = (CaseNumber(f"R8-1120-000{i}") for i in range(1, 5))
    midnight = dt.datetime(2026, 11, 20, tzinfo=JST)
    log.append(entry(number=before, at=midnight - dt.timedelta(microseconds=1)))
    log.append(entry(number=first, at=midnight))
    log.append(entry(number=last, at=midnight + dt.timedelta(days=1, microseconds=-1)))
    log.append(entry(number=after, at=midnight + dt.timedelta(days=1)))
    log.append(entry(K.CASE_CLOSED, last, midnight + dt.timedelta(days=1, hours=1)))
    log.append(entry(K.CASE_CLOSED, before, midnight + dt.timedelta(days=1, hours=1)))
    told = log.day(DAY)
    assert [case.case_number for case in told] == [first, last]
    assert told[1].finished_at == midnight + dt.timedelta(days=1, hours=1)
    assert [case.case_number for case in log.day(DAY - dt.timedelta(days=1))] == [before]


def test_acts_without_a_case_are_in_the_chain_and_in_no_day(log):
    log.append(entry(K.SIGNED_IN, None))
    log.append_all(walk())
    log.append(entry(K.LOG_VIEWED, NUMBER, TEN + dt.timedelta(hours=1), clerk="9000"))
    (told,) = log.day(DAY)
    assert (told.clerk, told.outcome) == ("0123", Outcome.PRINTED)
    assert [link.kind for link in log.timeline(NUMBER)][-2:] == ["case_closed", "log_viewed"]
    assert log.count_of(NUMBER, K.LOG_VIEWED) == 1
    assert log.count_of(NUMBER, K.PRINT_FAILED) == 0


APPEND_ONLY = ["entry", "given_number", "day_close", "merged_spool"]


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_nothing_is_changed_or_deleted_by_any_program(log, raw, table):
    log.next_case_number(DAY)
    log.append(FULL)
    if table == "day_close":
        raw("INSERT INTO day_close VALUES ('2026-11-20', 1, 1, 'a', 1, '1', 'x', 'k', 's', 'p')")
    if table == "merged_spool":
        raw("INSERT INTO merged_spool VALUES ('a', 1)")
    rows = raw(f"SELECT * FROM {table}")  # noqa: S608
    assert len(rows) == 1
    column = {"entry": "hash", "given_number": "serial", "day_close": "head", "merged_spool": "seq"}[table]
    statements = [f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"]  # noqa: S608
    if log.backend == "sqlite":
        statements.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608
    else:
        statements.append(f"TRUNCATE {table}")
    for statement in statements:
        with pytest.raises((sqlite3.IntegrityError, psycopg.errors.IntegrityError), match="append only"):
            raw(statement)
    assert raw(f"SELECT * FROM {table}") == rows  # noqa: S608


def test_numbers_run_by_day(log):
    assert [log.next_case_number(DAY) for _ in range(2)] == ["R8-1120-0001", "R8-1120-0002"]
    assert log.next_case_number(DAY + dt.timedelta(days=1)) == "R8-1121-0001"
    with pytest.raises(CaseNumberError):
        log.next_case_number(dt.date(2000, 1, 1))
    assert log.next_case_number(DAY) == "R8-1120-0003"


def test_a_full_day_gives_no_further_number(log, raw):
    last = 9999 if log.backend == "sqlite" else 4999  # the rest is for counters without connection
    raw(f"INSERT INTO given_number VALUES ('2026-11-20', {last}, 'x')")  # noqa: S608
    with pytest.raises(CaseNumberError) as caught:
        log.next_case_number(DAY)
    assert caught.value.details == {"reason": "serial"}


def test_threads_never_get_the_same_number_or_place(log):
    given, places = [], []

    def work():
        for _ in range(10):
            number = log.next_case_number(DAY)
            given.append(number)
            places.append(log.append(entry(number=number)))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == len(set(given)) == 40
    assert sorted(places) == list(range(1, 41))
    assert is_intact(list(log.links()))


def test_all_of_several_entries_or_none(log):
    with pytest.raises(ValueError, match="ref"):
        log.append_all([entry(), entry(K.CASE_CLOSED, ref=2)])
    assert log.head() is None
    assert log.day(DAY) == []
    assert log.append_all([entry(), entry(K.CASE_CLOSED, ref=1)]) == [1, 2]


def write_and_fail(log, one):
    """A failure of the caller's own, in the middle of a transaction."""
    with log.writing() as writing:
        writing.append(one)
        raise KeyError


def test_a_failure_of_the_callers_own_leaves_nothing(log):
    with pytest.raises(KeyError):
        write_and_fail(log, entry())
    assert log.head() is None
    assert log.compare_derived() == []


def test_whoever_wants_to_know_of_the_head_is_told_after_the_commit(log):
    told = []
    log.after_commit.append(lambda head: told.append((head, log.head())))
    log.append_all(walk())
    with log.writing():
        pass
    with pytest.raises(KeyError):
        write_and_fail(log, entry(at=TEN + dt.timedelta(hours=1)))
    assert told == [(log.head(), log.head())]


def test_a_case_costs_this_many_statements(log):
    log.append(entry(number=CaseNumber("R8-1120-0009")))
    statements = []
    event.listen(log._database.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    counts = []
    for one in walk(at=TEN + dt.timedelta(minutes=1)):
        statements.clear()
        log.append(one)
        counts.append(len(statements))
    # Begin or lock, the chain's end, the entry, the case's line read and written; and as far as they change:
    # the sums, and what the case is found by (codes, procedures, forms).
    assert counts == [6, 6, 7, 7, 5, 6, 6]
    statements.clear()
    log.append(entry(K.SIGNED_OUT, None, TEN + dt.timedelta(hours=1)))
    assert len(statements) == 3


def test_a_line_that_no_entry_allows_is_damage_and_is_not_repeated(log, raw):
    log.append_all(walk())
    raw("UPDATE case_line SET staff = '黒桐'")
    with pytest.raises(LogDamagedError) as caught:
        log.day(DAY)
    assert "黒桐" not in repr(caught.value.details)
    with pytest.raises(LogDamagedError):
        log.append(entry(K.CASE_COMMENTED, at=TEN + dt.timedelta(hours=1)))
    assert log.compare_derived() == ["case_line"]
    log.rebuild_derived()
    assert log.day(DAY)[0].clerk == "0123"


def test_only_narrow_columns_are_in_the_tables(log):
    """Nothing in the case tables is wider than the entry it comes from lets it be."""
    assert {column.name for column in CASE_LINE.columns if column.type.python_type is str} == {
        "case_number",
        "opened_at",
        "finished_at",
        "staff",
        "counter",
        "card_kind",
        "read_by",
        "authenticity",
        "procedures",
        "chosen_at",
        "forms",
        "codes",
        "outcome",
        "review",
        "running_since",
        "last_at",
    }


def test_the_errors_belong_to_the_family():
    for error in (LogDamagedError, LogDiskFullError, LogLockedError, LogNewerSchemaError, LogUnwritableError):
        assert issubclass(error, KakanaiError)


@pytest.mark.parametrize("version", ["0003", "9999"])
def test_a_newer_log_is_left_alone(place, raw, version):
    SessionLog.open(place).close()
    raw(f"UPDATE schema_version SET version_num = '{version}'")  # noqa: S608
    with pytest.raises(LogNewerSchemaError) as caught:
        SessionLog.open(place)
    assert caught.value.details["version"] == version


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE case_code",
        "ALTER TABLE case_line DROP COLUMN read_by",
        "ALTER TABLE entry ADD COLUMN name TEXT",
        "ALTER TABLE entry RENAME COLUMN staff TO clerk",
        "UPDATE schema_version SET version_num = '0001'",
        "DELETE FROM schema_version",
        "DROP TABLE schema_version",
    ],
)
def test_a_log_that_lost_its_shape_is_not_written_on(place, raw, statement):
    with SessionLog.open(place) as log:
        log.append(FULL)
        raw(statement)
        if "schema_version SET" not in statement and "DELETE" not in statement:
            with pytest.raises(LogDamagedError):
                log.check()
    with pytest.raises(LogDamagedError):
        SessionLog.open(place)


def test_the_check_finds_nothing_wrong_with_a_log_of_ours(log):
    log.append_all(walk())
    log.check()


def test_an_administrators_index_does_no_harm(place, raw):
    with SessionLog.open(place) as log:
        log.append(FULL)
    raw("CREATE INDEX theirs ON entry (staff)")
    with contextlib.closing(SessionLog.open(place)) as log:
        log.check()
        assert len(log.day(DAY)) == 1

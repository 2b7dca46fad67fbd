"""Purging: what goes, what stays, that the verifier accepts just that, and that the bytes are gone."""

import dataclasses
import datetime as dt
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from kakanai.sessionlog.case_number import ClerkId
from kakanai.sessionlog.case_sums import Dimension
from kakanai.sessionlog.case_tables import DERIVED
from kakanai.sessionlog.chain_export import write_export
from kakanai.sessionlog.entry import JST, FormRecord, LogEntry
from kakanai.sessionlog.errors import LogDiskFullError, LogLockedError
from kakanai.sessionlog.guards import sqlite_guards
from kakanai.sessionlog.purge import older_copies, plan, purge, wipe
from kakanai.sessionlog.retention import PURGEABLE, RecordKind, Retention
from kakanai.sessionlog.seals import DaySeals
from kakanai.sessionlog.staff_tables import STAFF_SESSION
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.tables import MERGED_SPOOL
from kakanai.sessionlog.upkeep_errors import PurgeUnsealedError, TracesLeftError
from kakanai.sessionlog.words import EntryKind
from tests.fakes.disk_full import full_for_sqlite
from tests.sessionlog.acts import WALK
from tests.sessionlog.sample_log import KEY
from tests.sessionlog.verifying import check

K = EntryKind
ADMIN = ClerkId("9001")
OLD = dt.date(2020, 11, 20)
NEW = dt.date(2026, 11, 20)
NOW = dt.datetime(2026, 11, 21, 12, tzinfo=JST)
LIMITS = dict.fromkeys(RecordKind, dt.date(2021, 3, 31))
OLD_PROCEDURE, OLD_FORM = "ZZ-vanishing-procedure", "ZQ77"


def at(day, hour=10, minute=0):
    return dt.datetime.combine(day, dt.time(hour, minute), JST)


def act(kind, day, number=None, hour=10, **told):
    return LogEntry(kind, number, ClerkId("1024"), at(day, hour), **told)


def a_case(log, day, procedure, form):
    """One walk of a case; its number."""
    number = log.next_case_number(day)
    forms = (FormRecord(form, "9.9", 2),)
    for minute, (kind, told) in enumerate(WALK):
        more = dict(told)
        if "procedures" in more:
            more["procedures"] = (procedure,)
        if "forms" in more:
            more["forms"] = forms
        log.append(LogEntry(kind, number, ClerkId("1024"), at(day, 10, minute), **more))
    return number


def fill(log, *, close=True):
    """Two days, six years apart, with acts of every kind of record; the numbers of their cases."""
    log.append(act(K.SIGNED_IN, OLD, hour=8))
    old = a_case(log, OLD, OLD_PROCEDURE, OLD_FORM)
    log.append(act(K.SETTINGS_CHANGED, OLD, hour=11, names=("fees.zz_old_fee",)))
    log.append(act(K.LOG_VIEWED, OLD, old, hour=12, codes=("Z-777",)))
    # Approved in the morning after, as is usual.
    log.append(act(K.CASE_APPROVED, OLD + dt.timedelta(days=1), old))
    if close:
        DaySeals(log).close(
            OLD + dt.timedelta(days=1), ClerkId("2001"), at(OLD + dt.timedelta(days=1), 18), KEY
        )
    log.append(act(K.SIGNED_IN, NEW, hour=8))
    new = a_case(log, NEW, "living-procedure", "F01")
    if close:
        DaySeals(log).close(NEW, ClerkId("2001"), at(NEW, 18), KEY)
    return old, new


@pytest.fixture
def filled(log):
    return log, *fill(log)


def report_on(log, tmp_path):
    """The stand-alone verifier's findings, on a file or on the export of a server's log."""
    if isinstance(log.target, Path):
        with sqlite3.connect(log.target) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
        return check(log.target)
    path = tmp_path / "export.jsonl"
    with path.open("wb") as file:
        write_export(log, file, NOW)
    return check(path, export=True)


def test_old_bodies_go_new_ones_stay_and_the_verifier_accepts_it(filled, tmp_path):
    log, old, new = filled
    before = list(log.links())
    assert report_on(log, tmp_path).findings == []
    taken = purge(log, LIMITS, ADMIN, NOW)
    assert {one.kind: one.entries for one in taken} == {
        RecordKind.CASES: len(WALK) + 1,
        RecordKind.STAFF: 1,
        RecordKind.LOOKS: 1,
        RecordKind.SETTINGS: 1,
    }
    after = list(log.links())
    changed = [one for one, other in zip(before, after, strict=False) if one != other]
    assert {one.day.year for one in changed} == {2020}
    assert [dataclasses.replace(one, body=None, salt=None) for one in changed] == [
        link for link in after if link.body is None
    ]
    report = report_on(log, tmp_path)
    assert report.findings == []
    assert report.purged == len(changed) == sum(one.entries for one in taken)
    assert log.case(old) is None
    assert log.case(new) is not None
    assert log.timeline(old)[0].kind == "case_opened"
    log.check()


def test_each_kind_of_record_has_its_own_proof(filled):
    log, *_ = filled
    purge(log, LIMITS, ADMIN, NOW)
    proofs = [link.to_entry() for link in log.links() if link.kind == "purged"]
    assert [proof.names for proof in proofs] == [
        tuple(sorted(kind.value for kind in PURGEABLE[one])) for one in RecordKind
    ]
    assert {proof.on for proof in proofs} == {dt.date(2021, 3, 31)}
    assert {proof.clerk for proof in proofs} == {ADMIN}
    assert proofs[0].counts == {"entries": len(WALK) + 1, "cases": 1}
    assert len({proof.digest for proof in proofs}) == 4


def test_nothing_tells_of_a_purged_case_any_more(filled):
    log, old, _ = filled
    purge(log, LIMITS, ADMIN, NOW)
    with log.reading() as connection:
        for table in DERIVED:
            for row in connection.execute(select(table)):
                assert not set(row) & {OLD_PROCEDURE, OLD_FORM, OLD, str(old)}, table.name
    assert log.compare_derived() == []
    assert log.totals(OLD, OLD, Dimension.ALL) == []
    assert [one.cases for one in log.totals(NEW, NEW, Dimension.ALL)] == [1]


def test_a_number_is_not_given_again_after_its_case_was_purged(filled):
    log, old, _ = filled
    purge(log, LIMITS, ADMIN, NOW)
    assert log.next_case_number(OLD) > old


def test_kinds_are_kept_for_years_of_their_own(filled, tmp_path):
    log, *_ = filled
    limits = LIMITS | {RecordKind.CASES: dt.date(2019, 3, 31)}
    taken = {one.kind: one.entries for one in purge(log, limits, ADMIN, NOW)}
    assert taken == {RecordKind.CASES: 0, RecordKind.STAFF: 1, RecordKind.LOOKS: 1, RecordKind.SETTINGS: 1}
    assert report_on(log, tmp_path).findings == []
    later = {one.kind: one.entries for one in purge(log, LIMITS, ADMIN, NOW)}
    assert later == {RecordKind.CASES: 8, RecordKind.STAFF: 0, RecordKind.LOOKS: 0, RecordKind.SETTINGS: 0}
    assert report_on(log, tmp_path).findings == []


def test_a_second_purge_finds_nothing_and_writes_nothing(filled):
    log, *_ = filled
    purge(log, LIMITS, ADMIN, NOW)
    head = log.head()
    assert not any(one.entries for one in purge(log, LIMITS, ADMIN, NOW))
    assert log.head() == head


def test_a_plan_tells_what_a_purge_takes_and_changes_nothing(filled):
    log, *_ = filled
    links = list(log.links())
    told = plan(log, LIMITS)
    assert list(log.links()) == links
    assert purge(log, LIMITS, ADMIN, NOW) == told


def test_what_nobody_signed_for_is_not_purged(log):
    fill(log, close=False)
    links = list(log.links())
    for attempt in (lambda: purge(log, LIMITS, ADMIN, NOW), lambda: plan(log, LIMITS)):
        with pytest.raises(PurgeUnsealedError):
            attempt()
    assert list(log.links()) == links


def test_what_came_after_the_last_close_stays_and_is_counted(filled, tmp_path):
    log, old, _ = filled
    late = [
        act(K.SIGNED_OUT, OLD, hour=19, spool="ab" * 16),
        act(K.CASE_CLOSED, OLD, old, hour=19, spool="cd" * 16),
    ]
    with log.writing() as writing:
        for entry in late:
            seq = writing.append(entry)
            writing.connection.execute(insert(MERGED_SPOOL), {"spool": entry.spool, "seq": seq})
    assert report_on(log, tmp_path).findings == []
    taken = purge(log, LIMITS, ADMIN, NOW)
    assert {one.kind: one.unsealed for one in taken if one.unsealed} == {
        RecordKind.CASES: 1,
        RecordKind.STAFF: 1,
    }
    # What is left of the case is told of it alone, until the next close and purge.
    assert log.case(old).entries == 1
    assert report_on(log, tmp_path).findings == []
    DaySeals(log).close(NEW + dt.timedelta(days=1), ClerkId("2001"), NOW, KEY)
    purge(log, LIMITS, ADMIN, NOW)
    assert log.case(old) is None
    with log.reading() as connection:
        assert connection.execute(select(MERGED_SPOOL)).all() == []
    assert report_on(log, tmp_path).findings == []


def test_a_case_goes_as_a_whole_by_the_day_of_its_number(log, tmp_path):
    on = dt.date(2021, 3, 31)
    number = log.next_case_number(on)
    log.append(act(K.CASE_OPENED, on, number, hour=23))
    log.append(act(K.PRINT_DONE, on + dt.timedelta(days=1), number, hour=1))
    log.append(act(K.SIGNED_OUT, on + dt.timedelta(days=1), hour=2))
    fill_day = on + dt.timedelta(days=1)
    DaySeals(log).close(fill_day, ClerkId("2001"), at(fill_day, 18), KEY)
    purge(log, LIMITS, ADMIN, NOW)
    assert [link.body is None for link in log.links()][:3] == [True, True, False]
    assert log.case(number) is None
    assert report_on(log, tmp_path).findings == []


def test_sessions_of_purged_days_go_too(filled):
    log, *_ = filled
    row = {"number": "1024", "place": "window", "account": "a" * 64, "ended_at": None}
    times = ("2020-11-20T00:00:00.000000Z", "2026-11-20T00:00:00.000000Z")
    with log.writing() as writing:
        for number, time in enumerate(times):
            told = row | {"token_hash": str(number) * 64, "started_at": time, "ends_at": time}
            writing.connection.execute(insert(STAFF_SESSION), told)
    purge(log, LIMITS, ADMIN, NOW)
    with log.reading() as connection:
        assert connection.execute(select(STAFF_SESSION.c.started_at)).scalars().all() == [times[1]]


def test_the_guards_are_back_when_a_purge_ends(filled, raw):
    log, *_ = filled
    purge(log, LIMITS, ADMIN, NOW)
    for statement in ("UPDATE entry SET body = NULL", "DELETE FROM entry WHERE seq = 1"):
        with pytest.raises(Exception, match="append only"):
            raw(statement)
    with SessionLog.open(log.target) as again:  # the shape is whole
        again.check()


def test_every_kind_of_entry_is_purged_by_one_rule_or_kept_for_ever():
    listed = [kind for kinds in PURGEABLE.values() for kind in kinds]
    assert len(listed) == len(set(listed))
    kept = {
        K.DAY_CLOSED,
        K.OFFICE_KEY_MADE,
        K.PURGED,
        K.STAFF_ADDED,
        K.STAFF_CHANGED,
        K.STAFF_DISABLED,
        K.STAFF_RESET,
        K.BACKED_UP,
        K.RESTORED,
        K.SCHEMA_UPGRADED,
        K.CLOCK_SET_BACK,
        K.ROLLED_BACK_SEEN,
        K.ROLLED_BACK_ACKNOWLEDGED,
        K.SPOOL_MERGED,
        K.DISK_LOW,
        K.NUMBER_DOUBLED,
        K.CASE_RENUMBERED,
        K.DOWNTIME_PRINTED,
        K.DOWNTIME_TAKEN,
        K.DOWNTIME_VOIDED,
    }
    assert kept.isdisjoint(listed)
    assert {kind.value for kind in set(EntryKind) - kept - set(listed)} <= {"number_given"}


@pytest.mark.parametrize(
    ("today", "years", "last"),
    [
        ("2026-11-21", 5, "2021-03-31"),
        ("2027-03-31", 5, "2021-03-31"),
        ("2027-04-01", 5, "2022-03-31"),
        ("2026-04-01", 1, "2025-03-31"),
        ("2026-03-31", 1, "2024-03-31"),
    ],
)
def test_years_are_counted_from_the_april_after_the_fiscal_year(today, years, last):
    keeping = Retention({RecordKind.CASES: years})
    day = dt.date.fromisoformat
    assert keeping.last_day(RecordKind.CASES, day(today)) == day(last)
    assert (day(today) - day(last)).days >= 365 * years


@pytest.mark.parametrize("years", [0, 31, -1, True])
def test_no_rule_purges_this_year(years):
    with pytest.raises(ValueError, match="1 to 30"):
        Retention({RecordKind.CASES: years})


# ---- bytes


@pytest.fixture
def in_file(path):
    with SessionLog.open(path) as log:
        fill(log)
        for day in range(40):  # pages are rebuilt, and leave copies behind
            a_case(log, OLD + dt.timedelta(days=2 + day), OLD_PROCEDURE, OLD_FORM)
        close_day = OLD + dt.timedelta(days=60)
        log.append(act(K.SIGNED_OUT, NEW, hour=19))
        DaySeals(log).close(NEW + dt.timedelta(days=1), ClerkId("2001"), NOW, KEY)
        assert close_day < NEW
        yield log


def bytes_of(path):
    files = [path.with_name(path.name + end) for end in ("", "-wal", "-journal")]
    return b"".join(file.read_bytes() for file in files if file.exists())


def test_the_bytes_of_what_was_purged_are_gone_from_file_and_wal(in_file, path):
    words = (OLD_PROCEDURE.encode(), OLD_FORM.encode(), b"zz_old_fee", b"Z-777")
    assert all(word in bytes_of(path) for word in words)
    purge(in_file, LIMITS, ADMIN, NOW)
    wipe(in_file)
    assert not [word for word in words if word in bytes_of(path)]
    assert b"living-procedure" in bytes_of(path)
    assert not path.with_name(path.name + "-wal").stat().st_size
    assert check(path).findings == []
    with SessionLog.open(path) as again:
        again.check()


def test_bodies_are_overwritten_at_once_even_if_the_file_cannot_be_made_anew(in_file, path):
    purge(in_file, LIMITS, ADMIN, NOW)
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    entry_bodies = re.compile(
        rb'\{"names":\["fees\.zz_old_fee"\]\}|"procedures":\["ZZ-vanishing-procedure"\]'
    )
    assert not entry_bodies.search(bytes_of(path))


def test_a_reader_that_holds_the_file_keeps_traces_and_is_told(in_file, path):
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM entry").fetchone()
    purge(in_file, LIMITS, ADMIN, NOW)
    with pytest.raises(TracesLeftError) as caught:
        wipe(in_file)
    assert caught.value.details["reason"] == "open"
    reader.close()
    wipe(in_file)
    assert OLD_PROCEDURE.encode() not in bytes_of(path)


def test_copies_beside_the_log_are_named(in_file, path):
    for end in (".before-0002-20261121T000000000000Z", ".aside-20261121T000000000000Z"):
        path.with_name(path.name + end).touch()
    path.with_name("restoring.sqlite3").touch()  # a restore was killed
    assert [name.split("sqlite3")[1][:7] for name in older_copies(in_file)] == ["", ".aside-", ".before"]


# ---- what comes between


def test_a_locked_log_is_told_and_left_as_it_was(in_file, path, monkeypatch):
    links = list(in_file.links())
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr("kakanai.sessionlog.purge._LOCK_WAIT_S", 0.1)
        with SessionLog.open(path) as hasty:
            with hasty.reading() as connection:
                connection.exec_driver_sql("PRAGMA busy_timeout = 50")
            with pytest.raises(LogLockedError):
                purge(hasty, LIMITS, ADMIN, NOW)
        with pytest.raises(TracesLeftError):
            wipe(in_file)
        other.execute("ROLLBACK")
    other.close()
    assert list(in_file.links()) == links


KILLED = """
import datetime as dt, os, signal, sys
from pathlib import Path
from kakanai.sessionlog import purge as module, writing
from kakanai.sessionlog.case_number import ClerkId
from kakanai.sessionlog.retention import RecordKind
from kakanai.sessionlog.store import SessionLog
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
setattr({"writing": writing.Writing, "purge": module}[sys.argv[2]], sys.argv[3], die)
limits = dict.fromkeys(RecordKind, dt.date(2021, 3, 31))
with SessionLog.open(Path(sys.argv[1])) as log:
    module.purge(log, limits, ClerkId("9001"), dt.datetime.now(dt.UTC))
"""


@pytest.mark.parametrize("where", [("writing", "append"), ("purge", "create_guards"), ("purge", "forget")])
def test_a_purge_that_is_killed_in_the_middle_leaves_everything_as_it_was(path, where):
    with SessionLog.open(path) as log:
        fill(log)
        links = list(log.links())
    done = subprocess.run([sys.executable, "-c", KILLED, path, *where], cwd=Path(__file__).parents[2])
    assert done.returncode == -signal.SIGKILL
    with SessionLog.open(path) as log:
        assert list(log.links()) == links
        log.check()
        assert log.compare_derived() == []
        with log.reading() as connection:
            found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            assert set(found.scalars()) == set(sqlite_guards())
    assert check(path).findings == []


def use_up(log):
    """Write until there is no room for one more entry."""
    for _ in range(1000):
        log.append(act(K.SIGNED_OUT, NEW, hour=21))


def test_a_full_disk_is_told_and_leaves_everything_as_it_was(path):
    with SessionLog.open(path) as log:
        fill(log)
    with full_for_sqlite(), SessionLog.open(path) as log:
        with pytest.raises(LogDiskFullError):
            use_up(log)
        links = list(log.links())
        with pytest.raises(LogDiskFullError):
            purge(log, {RecordKind.SETTINGS: LIMITS[RecordKind.SETTINGS]}, ADMIN, NOW)
        assert list(log.links()) == links
        log.check()
    assert check(path).findings == []


@pytest.mark.parametrize(
    ("result", "reason"), [(sqlite3.SQLITE_FULL, "full"), (sqlite3.SQLITE_IOERR, "other")]
)
def test_no_room_to_make_the_file_anew_is_told(in_file, path, monkeypatch, result, reason):
    class Full(sqlite3.Connection):
        def execute(self, sql, *arguments):
            if sql == "VACUUM":
                error = sqlite3.OperationalError("no")
                error.sqlite_errorcode = result
                raise error
            return super().execute(sql, *arguments)

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **named: connect(*a, factory=Full, **named))
    purge(in_file, LIMITS, ADMIN, NOW)
    with pytest.raises(TracesLeftError) as caught:
        wipe(in_file)
    assert caught.value.details["reason"] == reason
    monkeypatch.undo()
    wipe(in_file)
    assert OLD_PROCEDURE.encode() not in bytes_of(path)


def test_a_server_that_vacuums_for_long_ends_nothing_of_ours(postgres, monkeypatch):
    url = postgres.new_database()
    SessionLog.open(url).close()  # makes the tables, for which a busy machine may take longer than the limit
    monkeypatch.setattr("kakanai.sessionlog.postgres_server._IDLE_WAIT", "400ms")
    with SessionLog.open(url) as log, postgres.connect(url.database) as other:
        other.execute("BEGIN")
        other.execute("LOCK TABLE entry IN SHARE UPDATE EXCLUSIVE MODE")  # VACUUM waits for it
        threading.Timer(1.0, lambda: other.execute("COMMIT")).start()
        wipe(log)

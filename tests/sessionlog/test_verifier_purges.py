# ruff: noqa: S608 - statements of a forger
"""Purged entries: with proof they are no finding, and any other emptied entry is one."""

import datetime as dt
import hashlib
import shutil

import pytest

from kakanai.sessionlog.chain import body_hash_of
from kakanai.sessionlog.retention import PURGEABLE, RecordKind
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.words import EntryKind
from tests.sessionlog.sample_log import Office, folded_up, make
from tests.sessionlog.verifying import check, forge, kinds, opened_by_a_forger, verifier


@pytest.fixture
def log(two_days, tmp_path):
    return shutil.copy(two_days, tmp_path / "sessionlog.sqlite3")


CASES = tuple(sorted(PURGEABLE[RecordKind.CASES]))
STAFF_ACTS = (EntryKind.SIGNED_IN, EntryKind.SIGNED_OUT, EntryKind.LOG_VIEWED)


def purge(db, on, names=CASES, *, at="2028-04-03T00:00:00.000000Z", says=()):
    """Purge as docs/log-format.md says, and append the entry about it, which may say something else."""
    (ref,) = db.execute("SELECT max(last_seq) FROM day_close").fetchone()
    marks = ", ".join("?" * len(names))
    rows = db.execute(
        "SELECT seq, at, kind, case_number, staff, counter, prev, hash FROM entry"
        f" WHERE day <= ? AND body IS NOT NULL AND seq <= ? AND kind IN ({marks}) ORDER BY seq",
        (on, ref, *names),
    ).fetchall()
    told = "".join("\t".join(map(str, row)) + "\n" for row in rows)
    db.executemany("UPDATE entry SET body = NULL, salt = NULL WHERE seq = ?", [(row[0],) for row in rows])
    body = {
        "counts": {"entries": len(rows)},
        "digest": hashlib.sha256(told.encode()).hexdigest(),
        "names": sorted(names),
        "on": on,
        "ref": ref,
    } | dict(says)
    seq, prev = db.execute("SELECT seq + 1, hash FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
    text, salt = verifier.compact(body), "0f" * 16
    row = (seq, at, at[:10], "purged", "", "3001", "", text, salt, body_hash_of(salt, text), prev, "")
    marks = ", ".join("?" * len(row))
    db.execute(f"INSERT INTO entry VALUES ({marks})", (*row[:-1], verifier.hash_of(row)))
    return rows


@pytest.fixture
def purged(log):
    """A log whose first day was purged, with what is derived of the rest."""
    with opened_by_a_forger(log) as db:
        rows = purge(db, "2026-11-16")
        assert len(rows) > 20
    with SessionLog.open(log) as opened:
        opened.rebuild_derived()
    folded_up(log)
    return log, rows


def test_entries_purged_with_proof_are_no_finding(purged):
    report = check(purged[0])
    assert report.findings == []
    assert report.purged == len(purged[1])
    assert "purged" in {note["kind"] for note in report.notes}


def test_a_body_taken_out_without_a_purge_is_found(log):
    forge(log, "UPDATE entry SET body = NULL, salt = NULL WHERE kind = 'signed_in'")
    assert "purge_uncovered" in kinds(check(log))


@pytest.mark.parametrize("column", ["body", "salt"])
def test_body_and_salt_go_together(log, column):
    forge(log, f"UPDATE entry SET {column} = NULL WHERE kind = 'signed_in'")
    assert "entry_form" in kinds(check(log))


def test_a_guess_at_what_was_purged_confirms_itself_nowhere(purged):
    """Without its salt a body that is known word by word gives none of the hashes that stayed."""
    path, rows = purged
    with opened_by_a_forger(path) as db:
        opened = [row for row in rows if row[2] == "case_opened"]
        told = dict(db.execute("SELECT seq, body_hash FROM entry"))
    assert len({told[row[0]] for row in opened}) == len(opened) > 2
    assert not {told[row[0]] for row in opened} & {
        hashlib.sha256(one).hexdigest() for one in (b"{}", b"\n{}")
    }


@pytest.mark.parametrize(
    "column", ["at", "kind", "case_number", "staff", "counter", "body_hash", "prev", "hash"]
)
def test_what_stayed_of_a_purged_entry_is_still_proven(purged, column):
    path, rows = purged
    forge(path, (f"UPDATE entry SET {column} = ? WHERE seq = ?", ("R8-1116-0001x", rows[7][0])))
    assert "entry_changed" in kinds(check(path))


@pytest.mark.parametrize("says", [{"digest": "a" * 64}, {"counts": {"entries": 3}}, {"on": "2026-11-15"}])
def test_a_purge_that_says_something_else_than_it_did_is_found(log, says):
    with opened_by_a_forger(log) as db:
        purge(db, "2026-11-16", says=says)
    assert kinds(check(log)) & {"purge_differs", "purge_uncovered"}


@pytest.mark.parametrize(
    "how",
    [
        {"at": "2027-11-15T00:00:00.000000Z"},  # a day too early
        {"says": {"names": [*CASES, EntryKind.DAY_CLOSED]}},
        {"says": {"names": [*CASES, EntryKind.STAFF_ADDED]}},
        {"says": {"ref": 30}},  # no close covers up to there
    ],
)
def test_a_purge_of_what_must_be_kept_is_found(log, how):
    with opened_by_a_forger(log) as db:
        purge(db, "2026-11-16", **how)
    assert "purge_not_allowed" in kinds(check(log))


def test_the_acts_of_a_case_go_with_the_day_of_its_number(tmp_path):
    path = tmp_path / "log.sqlite3"
    with Office(path) as office:
        office.work(1)
        office.now += dt.timedelta(days=1)
        office.carry_on()
        office.next_day()
    with opened_by_a_forger(folded_up(path)) as db:
        left = db.execute(
            "SELECT count(*) FROM entry WHERE day = '2026-11-17' AND case_number <> ''"
        ).fetchone()
        assert left[0] > 0
        db.execute("UPDATE entry SET day = '2026-11-16' WHERE day = '2026-11-17' AND case_number <> ''")
        purge(db, "2026-11-16")
        db.execute("UPDATE entry SET day = '2026-11-17' WHERE at > '2026-11-16T15' AND case_number <> ''")
    with SessionLog.open(path) as opened:
        opened.rebuild_derived()
    assert check(folded_up(path)).findings == []


def test_what_the_program_itself_purges_is_proven(tmp_path):
    path = tmp_path / "log.sqlite3"
    make(path, days=2, cases=4, purged=True)
    report = check(folded_up(path))
    assert report.findings == []
    assert report.purged > 20


def test_the_kinds_that_may_be_purged_are_those_of_the_program():
    assert {kind.value for kinds in PURGEABLE.values() for kind in kinds} == verifier.PURGEABLE


def test_purges_of_several_kinds_of_record_are_told_apart(log):
    with opened_by_a_forger(log) as db:
        assert purge(db, "2026-11-17", names=STAFF_ACTS)
        assert purge(db, "2026-11-16")
    with SessionLog.open(log) as opened:
        opened.rebuild_derived()
    assert check(folded_up(log)).findings == []

# ruff: noqa: S608, S311 - statements of a forger; chances that are the same each time
"""The stand-alone verifier finds what was changed in a database, and nothing in one that was not."""

import contextlib
import datetime as dt
import random
import shutil
import sqlite3

import pytest

from kakanai.sessionlog.entry import ClerkId, EntryKind, FormRecord, LogEntry
from kakanai.sessionlog.store import SessionLog
from tests.sessionlog.sample_log import KEY, folded_up, make
from tests.sessionlog.verifying import check, forge, kinds, opened_by_a_forger, verifier


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("log") / "sessionlog.sqlite3"
    make(path, days=3, cases=6)
    return folded_up(path)


@pytest.fixture
def log(made, tmp_path):
    """A copy of the sample, for each test to spoil."""
    return shutil.copy(made, tmp_path / "sessionlog.sqlite3")


def cell(path, query):
    with contextlib.closing(sqlite3.connect(path)) as db:
        return db.execute(query).fetchone()[0]


def last_seq(path):
    return cell(path, "SELECT max(seq) FROM entry")


def test_nothing_is_found_in_a_log_as_it_was_written(log):
    report = check(log)
    assert report.findings == []
    assert report.status == verifier.INTACT
    assert report.entries == last_seq(log) > 150
    assert report.closes == report.signed == 2
    assert {note["kind"] for note in report.notes} == {
        "unclosed",
        "own_key",
        "spool_merged",
        "numbers_unused",
    }


@pytest.mark.parametrize("seed", range(2, 8))
def test_what_the_program_derives_is_what_the_verifier_derives(tmp_path, seed):
    make(tmp_path / "log.sqlite3", days=2, cases=12, seed=seed)
    assert check(folded_up(tmp_path / "log.sqlite3")).findings == []


@pytest.mark.parametrize("seed", range(6))
def test_acts_in_any_order_are_folded_alike(tmp_path, seed):
    chance = random.Random(seed)
    at = dt.datetime(2026, 11, 20, 20, tzinfo=dt.UTC)
    entries = []
    with SessionLog.open(tmp_path / "log.sqlite3") as log:
        numbers = [log.next_case_number(dt.date(2026, 11, 21)) for _ in range(5)]
        for _ in range(250):
            at += dt.timedelta(microseconds=chance.randrange(-500_000, 900_000_000))
            told = {
                "card_kind": chance.choice(("mynumber", "juki_card")),
                "read_by": chance.choice(("pin", "hand")),
                "procedures": tuple(chance.sample(("move_in", "move_out", "pension"), chance.randint(0, 3))),
                "forms": tuple(
                    FormRecord(form, "1", chance.randint(1, 9))
                    for form in chance.choices(("F01", "F02"), k=2)
                ),
                "codes": tuple(chance.choices(("V-001", "V-002", "N-001", "C-010"), k=2)),
            }
            kept = {name: value for name, value in told.items() if chance.random() < 0.3}
            kind, number = chance.choice(list(EntryKind)), chance.choice([None, *numbers])
            if kind not in NOT_AT_RANDOM and (kind is not EntryKind.CASE_OPENED or number is None):
                counter = chance.choice(("", "1", "99"))
                entries.append(LogEntry(kind, number, ClerkId("1024"), at, counter=counter, **kept))
        log.append_all(entries)
    report = check(folded_up(tmp_path / "log.sqlite3"))
    assert report.findings == []
    assert report.entries >= len(entries) > 150


NOT_AT_RANDOM = {
    kind
    for kind in EntryKind
    if kind.startswith("staff_")
    or kind in {EntryKind.DAY_CLOSED, EntryKind.OFFICE_KEY_MADE, EntryKind.PURGED, EntryKind.CLOCK_SET_BACK}
}
"""Acts that something beside the chain must stand for."""


def test_cases_that_do_not_fit_in_memory_are_folded_alike(log, monkeypatch):
    monkeypatch.setattr(verifier, "_KEPT_IN_MEMORY", 2)
    assert check(log).findings == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2026-11-16T00:00:00.000000Z"),
        ("kind", "hand_entered"),
        ("case_number", "R8-1116-0099"),
        ("staff", "9999"),
        ("counter", "9"),
        ("body", '{"codes":["X-999"]}'),
        ("salt", "0" * 32),
        ("body_hash", "0" * 64),
        ("hash", "0" * 64),
        ("prev", "f" * 64),
    ],
)
def test_a_changed_entry_is_told_with_its_place(log, column, value):
    forge(log, (f"UPDATE entry SET {column} = ? WHERE seq = 40", (value,)))
    report = check(log)
    assert "entry_changed" in kinds(report)
    first = next(one for one in report.findings if one["kind"] == "entry_changed")
    assert first["seq"] == 40
    assert "40" in first["what"]
    assert first["next_step"]


def test_a_changed_day_is_found(log):
    forge(log, "UPDATE entry SET day = '2026-11-20' WHERE seq = 40")
    assert kinds(check(log)) == {"day_wrong"}


@pytest.mark.parametrize("column", ["at", "day", "kind", "case_number", "staff", "counter", "prev", "hash"])
def test_a_cell_of_another_type_is_found(log, column):
    forge(log, f"UPDATE entry SET {column} = CAST({column} AS BLOB) WHERE seq = 40")
    assert ("entry_form", 40) in {(one["kind"], one["seq"]) for one in check(log).findings}


def test_bytes_that_are_no_text_are_found_and_stop_nothing(log):
    forge(log, "UPDATE entry SET staff = CAST(x'FFFE41' AS TEXT) WHERE seq = 40")
    assert "entry_changed" in kinds(check(log))


def test_an_entry_removed_from_the_middle_is_told(log):
    forge(log, "DELETE FROM entry WHERE seq BETWEEN 40 AND 42")
    missing = next(one for one in check(log).findings if one["kind"] == "entry_missing")
    assert (missing["first"], missing["last"]) == (40, 42)


def test_a_gap_that_was_closed_up_again_is_found(log):
    end = last_seq(log)
    forge(
        log,
        "DELETE FROM entry WHERE seq = 40",
        *(f"UPDATE entry SET seq = {seq - 1} WHERE seq = {seq}" for seq in range(41, end + 1)),
    )
    assert "entry_moved" in kinds(check(log))


def test_an_inserted_entry_is_found(log):
    end = last_seq(log)
    forge(
        log,
        *(f"UPDATE entry SET seq = {seq + 1} WHERE seq = {seq}" for seq in range(end, 40, -1)),
        "INSERT INTO entry SELECT 41, at, day, kind, case_number, staff, counter, body, salt, body_hash,"
        " prev, hash FROM entry WHERE seq = 40",
    )
    assert {"entry_moved"} <= kinds(check(log))


def test_two_entries_in_each_others_place_are_told_to_be_moved(log):
    forge(
        log,
        "UPDATE entry SET seq = -1 WHERE seq = 40",
        "UPDATE entry SET seq = 40 WHERE seq = 44",
        "UPDATE entry SET seq = 44 WHERE seq = -1",
    )
    moved = {one["seq"]: one["detail"] for one in check(log).findings if one["kind"] == "entry_moved"}
    assert moved == {40: 44, 44: 40}


def test_a_chain_forged_anew_does_not_fit_its_day_close(log):
    """Whoever can compute hashes can rewrite the chain; what was signed stands against it."""
    with opened_by_a_forger(log) as db:
        prev = db.execute("SELECT prev FROM entry WHERE seq = 40").fetchone()[0]
        db.execute("UPDATE entry SET staff = '9999' WHERE seq = 40")
        for row in db.execute("SELECT * FROM entry WHERE seq >= 40 ORDER BY seq").fetchall():
            row = (*row[:10], prev, "")
            prev = verifier.hash_of(row)
            db.execute("UPDATE entry SET prev = ?, hash = ? WHERE seq = ?", (row[10], prev, row[0]))
    found = kinds(check(log))
    assert "head_differs" in found
    assert not {"entry_changed", "link_broken"} & found


def test_a_chain_and_its_closes_forged_anew_need_another_key(log):
    forge(log, "UPDATE day_close SET head = replace(head, 'a', 'b')")
    assert {"head_differs", "close_signature"} <= kinds(check(log))


def test_the_end_cut_off_is_found_by_a_day_close(log):
    cut = cell(log, "SELECT max(last_seq) FROM day_close")
    forge(log, f"DELETE FROM entry WHERE seq >= {cut}")
    assert "head_missing" in kinds(check(log))


def test_the_end_cut_off_after_the_last_close_is_found_by_what_is_known_outside(log):
    end = last_seq(log)
    head = cell(log, f"SELECT hash FROM entry WHERE seq = {end}")
    at_end = [(end, head, "日報")]
    assert kinds(check(log, heads=at_end)) == set()
    forge(log, f"DELETE FROM entry WHERE seq = {end}")
    report = check(log, heads=at_end)
    assert "head_missing" in kinds(report)
    assert "日報" in next(one["what"] for one in report.findings if one["kind"] == "head_missing")


def test_the_first_digits_of_a_head_are_enough_and_must_be_right(log):
    end = last_seq(log)
    head = cell(log, f"SELECT hash FROM entry WHERE seq = {end}")
    assert kinds(check(log, heads=[(end, head[:16], "日報")])) == set()
    assert kinds(check(log, heads=[(end - 1, head[:16], "日報")])) == {"head_differs"}


def test_without_a_close_and_without_a_head_it_is_said_that_the_end_is_not_proven(tmp_path):
    make(tmp_path / "log.sqlite3", days=1, cases=2)
    report = check(folded_up(tmp_path / "log.sqlite3"))
    assert report.findings == []
    assert "no_mark" in {note["kind"] for note in report.notes}


DERIVED_CELLS = [(table, column) for table, (columns, _) in verifier.DERIVED.items() for column in columns]


@pytest.mark.parametrize(("table", "column"), DERIVED_CELLS)
def test_a_derived_cell_that_does_not_follow_from_the_chain_is_found(log, table, column):
    one = f"SELECT rowid FROM {table} LIMIT 1" if table in {"case_line", "merged_spool"} else None
    where = f"rowid = ({one})" if one else f"case_seq = (SELECT min(case_seq) FROM {table})"
    if table == "case_sum":
        where = "dimension = 'form' AND member = (SELECT min(member) FROM case_sum WHERE dimension = 'form')"
    value = cell(log, f"SELECT {column} FROM {table} WHERE {where}")
    other = value + 9000 if isinstance(value, int) else f"{value or ''}x"
    with opened_by_a_forger(log) as db:
        changed = db.execute(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {where}", (other,)).rowcount
    assert changed >= 1
    report = check(log)
    assert {one["table"] for one in report.findings if one["kind"].startswith("derived_")} == {table}
    assert kinds(report) <= {"derived_changed", "derived_missing", "derived_added", "derived_form"}


@pytest.mark.parametrize("table", list(verifier.DERIVED))
def test_a_derived_row_taken_out_or_put_in_is_found(log, table):
    columns, key = verifier.DERIVED[table]
    with opened_by_a_forger(log) as db:
        row = db.execute(f"SELECT {', '.join(columns)} FROM {table} LIMIT 1").fetchone()
        where = " AND ".join(f"{name} = ?" for name in key)
        at = tuple(row[columns.index(name)] for name in key)
        db.execute(f"DELETE FROM {table} WHERE {where}", at)
    found = check(log)
    assert kinds(found) == {"derived_missing"}
    new = tuple(
        (value + 9000 if isinstance(value, int) else f"{value}9") if name in {*key, "case_number"} else value
        for name, value in zip(columns, row, strict=True)
    )
    with opened_by_a_forger(log) as db:
        for values in (row, new):
            db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)
    assert "derived_added" in kinds(check(log))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("day", "2026-11-15"),
        ("first_seq", 2),
        ("last_seq", 30),
        ("head", "a" * 64),
        ("entries", 3),
        ("staff", "9999"),
        ("at", "2026-11-16T09:00:00.000000Z"),
        ("key_id", "0" * 16),
        ("signature", "0" * 128),
        ("previous", "1" * 64),
    ],
)
def test_a_changed_day_close_is_found(log, column, value):
    forge(log, (f"UPDATE day_close SET {column} = ? WHERE day = '2026-11-16'", (value,)))
    found = kinds(check(log))
    assert found & {"close_signature", "close_key"}, found


@pytest.mark.parametrize("day", ["2026-11-16", "2026-11-17"])
def test_a_removed_day_close_is_found_wherever_it_stood(log, day):
    forge(log, f"DELETE FROM day_close WHERE day = '{day}'")
    assert "close_missing" in kinds(check(log))


def test_a_day_close_that_nobody_logged_is_found(log):
    forge(
        log,
        "INSERT INTO day_close SELECT '2026-11-18', last_seq + 1, last_seq + 2, head, 2, staff, at,"
        " key_id, signature, previous FROM day_close WHERE day = '2026-11-17'",
    )
    assert "close_unlogged" in kinds(check(log))


def test_a_known_public_key_unmasks_closes_signed_with_another(log):
    assert kinds(check(log, public_keys={KEY.public.key_id: KEY.public.raw})) == set()
    assert kinds(check(log, public_keys={"0" * 16: bytes(32)})) == {"close_key"}
    assert kinds(check(log, public_keys={KEY.public.key_id: bytes(32)})) == {"close_signature"}


@pytest.mark.parametrize("column", ["key_id", "public", "made_at", "staff"])
def test_a_changed_public_key_is_found(log, column):
    forge(log, f"UPDATE office_key SET {column} = replace({column}, substr({column}, 1, 1), '7')")
    assert kinds(check(log)) & {"key_form", "key_unlogged"}


def test_a_key_that_nobody_made_and_a_key_that_is_gone_are_found(log):
    forge(
        log,
        (
            "INSERT INTO office_key SELECT ?, ?, made_at, staff FROM office_key",
            (verifier.key_digest(bytes(32))[:16], "0" * 64),
        ),
    )
    assert kinds(check(log)) == {"key_unlogged"}
    forge(log, "DELETE FROM office_key")
    assert {"key_missing", "close_key"} <= kinds(check(log))


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "DELETE FROM given_number WHERE serial = 2 AND day = '2026-11-16'",
            {"number_missing", "number_gone"},
        ),
        (
            "UPDATE given_number SET case_number = 'R8-1116-0077' WHERE case_number = 'R8-1116-0002'",
            {"number_form"},
        ),
        ("UPDATE given_number SET serial = 77 WHERE case_number = 'R8-1116-0002'", {"number_form"}),
        ("UPDATE given_number SET day = '2026-11-15' WHERE case_number = 'R8-1116-0002'", {"number_form"}),
    ],
)
def test_the_book_of_given_numbers_is_checked(log, statement, found):
    forge(log, statement)
    assert found <= kinds(check(log))


UNUSED = "case_number NOT IN (SELECT case_number FROM entry)"


def test_numbers_given_for_nothing_are_listed(log):
    number = cell(log, f"SELECT case_number FROM given_number WHERE {UNUSED}")
    told = next(note for note in check(log).notes if note["kind"] == "numbers_unused")
    assert (told["count"], told["detail"]) == (1, number)
    assert number in told["text"]


def test_a_number_given_for_nothing_cannot_be_taken_out_of_the_book(log):
    """A day close tells how many there were."""
    day = cell(log, f"SELECT day FROM given_number WHERE {UNUSED}")
    forge(log, f"DELETE FROM given_number WHERE {UNUSED}")
    told = [one for one in check(log).findings if one["kind"] == "number_fewer"]
    assert [(one["day"], one["detail"]) for one in told] == [(day, 1)]


def test_numbers_are_given_without_a_gap(log):
    last = cell(log, "SELECT max(serial) FROM given_number WHERE day = '2026-11-16' AND serial < 5000")
    number = f"R8-1116-{last + 3:04d}"
    forge(log, f"INSERT INTO given_number VALUES ('2026-11-16', {last + 3}, '{number}')")
    told = [one for one in check(log).findings if one["kind"] == "number_gone"]
    assert [one["detail"] for one in told] == [f"R8-1116-{last + 1:04d} - R8-1116-{last + 2:04d}"]


@pytest.mark.parametrize("serial", [4999, 5000, 5100])
def test_counters_without_connection_have_numbers_of_their_own(log, serial):
    day = cell(log, "SELECT max(day) FROM given_number")
    number = f"R8-{day[5:7]}{day[8:]}-{serial:04d}"
    forge(log, f"INSERT INTO given_number VALUES ('{day}', {serial}, '{number}')")
    assert ("number_gone" in kinds(check(log))) == (serial < 5000)


def test_a_number_given_twice_and_a_number_of_two_cases_are_told(log):
    with opened_by_a_forger(log) as db:
        db.execute("CREATE TABLE more AS SELECT * FROM given_number")
        db.execute("DROP TABLE given_number")
        db.execute("ALTER TABLE more RENAME TO given_number")
        db.execute("INSERT INTO given_number SELECT * FROM given_number LIMIT 1")
    assert "number_doubled" in kinds(check(log))
    with opened_by_a_forger(log) as db:
        db.execute(
            "UPDATE entry SET kind = 'case_opened' WHERE seq = (SELECT last_seq FROM case_line LIMIT 1)"
        )
    assert "number_doubled" in kinds(check(log))


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE staff SET role = 'administrator' WHERE number = '1024'", {"staff_differs"}),
        ("UPDATE staff SET password_hash = 'x' WHERE number = '1024'", {"staff_differs"}),
        ("UPDATE staff SET disabled_at = created_at WHERE number = '1024'", {"staff_differs"}),
        ("UPDATE staff SET must_change = 1 - must_change WHERE number = '1024'", {"staff_differs"}),
        ("UPDATE staff SET card_uid_hash = 'x' WHERE number = '1024'", {"staff_differs"}),
        ("UPDATE staff SET disabled_at = '' WHERE number = '1024'", {"staff_differs"}),
        ("UPDATE staff SET card_uid_hash = '' WHERE number = '1024'", {"staff_differs"}),
        ("UPDATE staff SET must_change = 0.5 WHERE number = '1024'", {"staff_differs"}),
        ("UPDATE staff SET number = '1999' WHERE number = '1024'", {"staff_unlogged", "staff_missing"}),
        ("DELETE FROM staff WHERE number = '1024'", {"staff_missing"}),
    ],
)
def test_staff_changed_behind_the_log_is_found(log, statement, found):
    forge(log, statement)
    assert kinds(check(log)) == found


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DROP TRIGGER entry_no_update", "guard_missing"),
        ("DROP TRIGGER day_close_no_delete", "guard_missing"),
        ("CREATE TABLE more (x)", "schema_added"),
        ("CREATE VIEW more AS SELECT 1", "schema_added"),
        ("CREATE TRIGGER more AFTER INSERT ON case_line BEGIN SELECT 1; END", "schema_added"),
        ("CREATE INDEX more ON entry (at)", "schema_added"),
        ("DROP INDEX ix_entry_day", "index_changed"),
        ("ALTER TABLE entry ADD COLUMN note TEXT", "schema_changed"),
        ("ALTER TABLE staff_session RENAME COLUMN account TO person", "schema_changed"),
        ("DROP TABLE secret", "schema_missing"),
        ("UPDATE schema_version SET version_num = '0001'", "schema_changed"),
        ("PRAGMA user_version = 9", "schema_changed"),
    ],
)
def test_what_the_shape_of_the_database_lacks_or_has_too_much_is_told(log, statement, found):
    with contextlib.closing(sqlite3.connect(log)) as db:
        db.execute(statement)
        db.commit()
    folded_up(log)
    assert kinds(check(log)) == {found}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sqlite_master SET tbl_name = 'staff' WHERE name = 'sqlite_autoindex_office_key_1'",
        "UPDATE sqlite_master SET sql = replace(sql, 'schema_version_pkc', 'another')"
        " WHERE name = 'schema_version'",
    ],
)
def test_the_schema_is_looked_at_word_by_word(log, statement):
    with contextlib.closing(sqlite3.connect(log, isolation_level=None)) as db:
        db.execute("PRAGMA writable_schema = ON")
        assert db.execute(statement).rowcount == 1
    assert "schema_changed" in kinds(check(folded_up(log)))


def test_a_guard_that_guards_nothing_is_found(log):
    with contextlib.closing(sqlite3.connect(log)) as db:
        db.execute("DROP TRIGGER entry_no_update")
        db.execute("CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT 1; END")
        db.commit()
    assert kinds(check(folded_up(log))) == {"guard_changed"}


def test_findings_beyond_the_limit_are_counted(log):
    forge(log, "UPDATE entry SET staff = '9999'")
    report = verifier.Report(limit=3)
    with contextlib.closing(verifier.Database(log, report)) as source:
        verifier.verify(source, report)
    assert len(report.findings) == 3
    assert report.total > 100
    assert f"ほかに {report.total - 3} 件" in "\n".join(report.lines())


def test_no_cell_is_repeated_in_what_is_told(log):
    """A forged cell may hold anything, a name too."""
    forge(
        log,
        "UPDATE entry SET staff = '個人太郎' WHERE seq = 40",
        "UPDATE staff SET number = '個人太郎' WHERE number = '1024'",
        "UPDATE case_form SET form = '個人太郎' WHERE form = 'F01'",
        "UPDATE day_close SET day = '個人太郎' WHERE day = '2026-11-16'",
    )
    report = check(log)
    told = "\n".join(report.lines()) + verifier.compact(report.to_mapping())
    assert report.total > 3
    assert "個人" not in told
    assert "\\u500b" not in told

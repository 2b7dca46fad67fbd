# ruff: noqa: S608 - statements of a forger
"""What the verifier takes: databases at rest and in use, exports; and that it changes none of them."""

import ast
import contextlib
import datetime as dt
import hashlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys

import pytest

from kakanai.sessionlog.chain_export import write_export
from kakanai.sessionlog.retention import PURGEABLE, RecordKind
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.words import EntryKind
from tests.sessionlog.sample_log import Office, folded_up, make
from tests.sessionlog.verifying import PROGRAM, check, forge, kinds, opened_by_a_forger, verifier
from tests.tools.make_log_schema import with_shape


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("log") / "sessionlog.sqlite3"
    make(path, days=2, cases=4)
    return folded_up(path)


@pytest.fixture
def log(made, tmp_path):
    return shutil.copy(made, tmp_path / "sessionlog.sqlite3")


@pytest.fixture(scope="module")
def exported(made, tmp_path_factory):
    path = tmp_path_factory.mktemp("export") / "log.jsonl"
    copy = shutil.copy(made, path.with_name("copy.sqlite3"))
    with SessionLog.open(copy) as log, path.open("wb") as file, Office(copy) as office:
        write_export(log, file, office.now)
    return path


@pytest.fixture
def export(exported, tmp_path):
    return shutil.copy(exported, tmp_path / "log.jsonl")


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


def run(*arguments, without_cryptography=False):
    start = "import sys, runpy; sys.argv = sys.argv[1:];"
    if without_cryptography:
        start += "sys.modules['cryptography'] = None;"
    code = f"{start} runpy.run_path(sys.argv[0], run_name='__main__')"
    return subprocess.run(
        [sys.executable, "-I", "-W", "error", "-c", code, str(PROGRAM), *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


# ---- databases


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


# ---- purged entries


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
    db.executemany("UPDATE entry SET body = NULL WHERE seq = ?", [(row[0],) for row in rows])
    body = {
        "counts": {"entries": len(rows)},
        "digest": hashlib.sha256(told.encode()).hexdigest(),
        "names": sorted(names),
        "on": on,
        "ref": ref,
    } | dict(says)
    seq, prev = db.execute("SELECT seq + 1, hash FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
    row = (seq, at, at[:10], "purged", "", "3001", "", verifier.compact(body), prev, "")
    db.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row[:9], verifier.hash_of(row)))
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
    forge(log, "UPDATE entry SET body = NULL WHERE kind = 'signed_in'")
    assert "purge_uncovered" in kinds(check(log))


@pytest.mark.parametrize("column", ["at", "kind", "case_number", "staff", "counter", "prev", "hash"])
def test_what_stayed_of_a_purged_entry_is_still_proven(purged, column):
    path, rows = purged
    forge(path, (f"UPDATE entry SET {column} = ? WHERE seq = ?", ("R8-1116-0001x", rows[7][0])))
    assert kinds(check(path)) & {"purge_differs", "purge_uncovered"}


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


# ---- exports


def test_an_export_is_verified_without_a_database(export, made):
    report = check(export, export=True)
    assert report.findings == []
    assert report.entries == check(made).entries
    assert report.signed == report.closes == 1


def test_either_database_gives_the_same_export(place, made, tmp_path):
    """What is proven of a file can be proven of a server's log, row by row the same."""
    make(place, days=2, cases=4)
    with SessionLog.open(place) as log, (tmp_path / "log.jsonl").open("wb") as file:
        write_export(log, file, dt.datetime(2026, 11, 21, tzinfo=dt.UTC))
    with (
        SessionLog.open(shutil.copy(made, tmp_path / "copy.sqlite3")) as log,
        (tmp_path / "x").open("wb") as file,
    ):
        write_export(log, file, dt.datetime(2026, 11, 21, tzinfo=dt.UTC))
    assert check(tmp_path / "log.jsonl", export=True).findings == []
    # Where numbers of counters without connection begin is the database's own matter.
    both = [(tmp_path / name).read_bytes().splitlines()[1:-1] for name in ("log.jsonl", "x")]
    lines = [[line for line in one if b'"given_number"' not in line] for one in both]
    assert lines[0] == lines[1]
    assert len(lines[0]) > 150


def test_no_password_hash_is_in_an_export(export):
    assert b"argon2" not in export.read_bytes()


def test_each_changed_byte_of_an_export_is_found(export):
    data = export.read_bytes()
    chance = random.Random(3)  # noqa: S311
    for place in chance.sample(range(len(data)), 120):
        spoiled = export.with_name("spoiled.jsonl")
        spoiled.write_bytes(
            data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]
        )
        try:
            assert check(spoiled, export=True).total > 0, place
        except verifier.UnreadableError:
            assert place < data.index(b"\n")


def rewritten(export, change, name_of=lambda line: json.loads(line).get("t")):
    """The export with its lines changed, and a sum and counts that fit them."""
    lines = export.read_bytes().splitlines(keepends=True)[:-1]
    told = json.loads(export.read_bytes().splitlines()[-1])
    lines = change(lines)
    told["sha256"] = hashlib.sha256(b"".join(lines)).hexdigest()
    names = [name_of(line) for line in lines]
    told["lines"] = {name: names.count(name) for name in told["lines"]}
    end = json.dumps(told, separators=(",", ":")).encode() + b"\n"
    export.write_bytes(b"".join(lines) + end)
    return export


def entry_lines(lines):
    return [number for number, line in enumerate(lines) if line.startswith(b'{"t":"entry"')]


def drop_entry(lines):
    del lines[entry_lines(lines)[20]]
    return lines


def swap_entries(lines):
    one, other = entry_lines(lines)[20:22]
    lines[one], lines[other] = lines[other], lines[one]
    return lines


def double_entry(lines):
    place = entry_lines(lines)[20]
    return [*lines[:place], lines[place], *lines[place:]]


def change_entry(lines):
    place = entry_lines(lines)[20]
    lines[place] = lines[place].replace(b'"staff":"', b'"staff":"9')
    return lines


def cut_entries(lines):
    return [line for number, line in enumerate(lines) if number != entry_lines(lines)[-1]]


def drop_derived(lines):
    return [line for line in lines if not line.startswith(b'{"t":"case_sum"')]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (drop_entry, "entry_missing"),
        (swap_entries, "entry_doubled"),
        (double_entry, "entry_doubled"),
        (change_entry, "entry_changed"),
        (cut_entries, "export_count"),
        (drop_derived, "derived_missing"),
        (lambda lines: lines[:1] + lines[2:] + lines[1:2], "export_form"),
        (lambda lines: [*lines[:5], b'{"t":"other"}\n', *lines[5:]], "export_form"),
    ],
)
def test_lines_changed_with_a_sum_that_fits_are_found(export, change, found):
    assert found in kinds(check(rewritten(export, change), export=True))


def test_whatever_stands_in_an_export_whose_sum_fits_is_told_and_stops_nothing(export):
    whole = export.read_bytes()
    chance = random.Random(5)  # noqa: S311
    odd = (b"\\ud800", b"null", b"[[]]", b'"', b"1e400", b"9" * 30, b"true", b"{}", b"\xff", b"-1", b"0")

    def spoil(lines):
        for _ in range(6):
            place = chance.randrange(1, len(lines))
            line, at = lines[place], chance.randrange(6, len(lines[place]) - 1)
            lines[place] = line[:at] + chance.choice(odd) + line[at + chance.randint(0, 12) : -1] + b"\n"
        return lines

    def names_of(line):
        with contextlib.suppress(ValueError):
            return json.loads(line).get("t")
        return None

    for _ in range(60):
        export.write_bytes(whole)
        assert check(rewritten(export, spoil, names_of), export=True).total > 0


@pytest.mark.parametrize("left", [1, 400, 4000])
def test_an_export_cut_off_is_told(export, left):
    export.write_bytes(export.read_bytes()[:-left])
    assert "export_cut" in kinds(check(export, export=True))


def test_what_is_no_export_is_unreadable(made, tmp_path):
    for content in (b"", b"{}\n", made.read_bytes()):
        (tmp_path / "x.jsonl").write_bytes(content)
        with pytest.raises(verifier.UnreadableError):
            check(tmp_path / "x.jsonl", export=True)


# ---- the program itself


def test_it_runs_alone_and_its_exit_status_tells(log, export, tmp_path):
    good = run(log)
    assert (good.returncode, good.stderr) == (verifier.INTACT, "")
    assert "見つかりませんでした" in good.stdout
    assert run("--export", export).returncode == verifier.INTACT
    told = json.loads(run(log, "--json").stdout)
    assert told["result"] == "intact"
    assert told["head"]["seq"] == told["entries"]
    head = told["head"]
    assert run(log, "--head", head["hash"], "--seq", head["seq"]).returncode == verifier.INTACT
    assert run(log, "--head", "0" * 64, "--seq", head["seq"]).returncode == verifier.FINDINGS
    assert run(tmp_path / "none.sqlite3").returncode == verifier.UNREADABLE
    assert json.loads(run(tmp_path / "none.sqlite3", "--json").stdout)["result"] == "unreadable"
    for wrong in (
        (),
        (log, "--export", export),
        (log, "--head", "0" * 64),
        (log, "--head", "x", "--seq", "1"),
    ):
        assert run(*wrong).returncode == verifier.USAGE
    anchor = tmp_path / "anchor.json"
    anchor.write_text(json.dumps({"seq": head["seq"] + 1, "hash": "0" * 64, "at": head["at"]}))
    rolled_back = run(log, "--anchor", anchor)
    assert rolled_back.returncode == verifier.FINDINGS
    assert "head_missing" in rolled_back.stdout


def test_without_cryptography_it_says_that_signatures_were_not_checked(log):
    told = run(log, without_cryptography=True)
    assert told.returncode == verifier.INCOMPLETE
    assert "署名は確かめていません" in told.stdout
    forge(log, "UPDATE entry SET staff = '9999' WHERE seq = 9")
    assert run(log, without_cryptography=True).returncode == verifier.FINDINGS


def test_it_is_one_file_of_the_standard_library_for_python_3_9():
    tree = ast.parse(PROGRAM.read_text(encoding="utf-8"), feature_version=(3, 9))
    named = {
        name.name.split(".")[0] if isinstance(node, ast.Import) else (node.module or "").split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert named - {"cryptography"} <= sys.stdlib_module_names
    assert isinstance(tree.body[1], ast.ImportFrom)
    assert tree.body[1].module == "__future__"


def test_it_carries_the_shape_that_the_tables_have():
    source = PROGRAM.read_text(encoding="utf-8")
    made = {}
    exec(compile(with_shape(source), "shape", "exec"), made)  # noqa: S102 - our own file
    names = ("SCHEMA", "APPLICATION_ID", "USER_VERSION", "TABLES", "UNIQUE", "INDEXES", "GUARDED")
    for name in names:
        assert getattr(verifier, name) == made[name], f"run python -m tests.tools.make_log_schema ({name})"

"""The spool's file keeps what it was told, in order, and notices when it is not what it was."""

import contextlib
import itertools
import sqlite3
import stat
from types import SimpleNamespace

import pytest

from kakanai.sessionlog.spool_errors import SpoolDamagedError
from kakanai.sessionlog.spool_file import SpoolFile
from kakanai.sessionlog.spool_merge import merge_batch
from kakanai.sessionlog.spool_place import holder_of, serials_of
from kakanai.sessionlog.spool_waiting import waiting_in
from kakanai.sessionlog.store import SessionLog
from tests.sessionlog.acts import DAY, FULL, NUMBER, TEN, K, entry, walk


@pytest.fixture
def path(tmp_path):
    return tmp_path / "home" / "spool.sqlite3"


@pytest.fixture
def file(path):
    file = SpoolFile(path)
    yield file
    file.close()


def run(path, *statements):
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def test_what_is_kept_comes_back_as_it_was_and_in_its_order(file, path):
    acts = [FULL, *walk()]
    file.append(acts[:1], (7, "ab" * 32))
    file.append(acts[1:])
    rows = file.batch(100)
    entries = [row.to_entry() for row in rows]
    assert [(e.kind, e.at, e.forms, e.codes) for e in entries] == [
        (e.kind, e.at, e.forms, e.codes) for e in acts
    ]
    assert len({e.spool for e in entries}) == len(acts)
    assert [(row.unsure_seq, row.unsure_hash) for row in rows[:2]] == [(7, "ab" * 32), (0, "")]
    assert file.waiting() == waiting_in(path) == 8
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_settled_goes_and_the_chain_goes_on(file):
    file.append(walk())
    first = file.batch(3)
    file.settle(first[-1].head)
    file.settle(first[0].head)
    assert [row.place for row in file.batch(100)] == [4, 5, 6, 7]
    file.settle(file.batch(100)[-1].head)
    assert (file.waiting(), file.batch(100)) == (0, [])
    file.append([entry()])
    assert [row.place for row in file.batch(100)] == [8]
    file.require_whole()


def test_of_what_was_settled_nothing_is_left_in_the_file(file, path):
    file.append([entry(K.PROCEDURES_CHOSEN, procedures=(f"zz-vanishing-{place}",)) for place in range(40)])
    file.append([entry(K.PROCEDURES_CHOSEN, procedures=("living-procedure",))])
    with file._file.engine.connect() as connection:  # as SQLite is where nobody built it otherwise
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")
    file.settle(file.batch(40)[-1].head)
    file.close()
    told = b"".join(part.read_bytes() for part in path.parent.iterdir())
    assert b"zz-vanishing" not in told
    assert b"living-procedure" in told


def test_numbers_are_given_once_also_by_two_programs(file, path):
    first, last = serials_of(1)
    other = SpoolFile(path)
    with contextlib.closing(other):
        given = [one.give_number(DAY, first, last, TEN, "1") for one in (file, other) * 25]
    assert given == list(range(5050, 5100))
    assert file.give_number(DAY, first, last, TEN, "1") is None
    assert {row.kind for row in file.batch(100)} == {"number_given"}


def test_what_is_used_up_is_not_given(file):
    first, last = serials_of(1)
    file.use_up(DAY, first + 9)
    file.use_up(DAY, first + 9)
    assert file.give_number(DAY, first, last, TEN, "1") == first + 10
    file.use_up(DAY, last)
    assert file.give_number(DAY, first, last, TEN, "1") is None


def test_the_counters_numbers_lie_apart_and_within_four_digits():
    serials = [serial for counter in range(1, 100) for serial in range(*serials_of(counter))]
    assert len(set(serials)) == len(serials)
    assert (min(serials), serials_of(99)[1]) == (5050, 9999)
    for wrong in (0, 100):
        with pytest.raises(ValueError, match="1 to 99"):
            serials_of(wrong)


def test_a_holder_is_neither_another_machine_nor_another_spool():
    assert len({holder_of(machine, spool) for machine in ("a", "b") for spool in ("c", "d")}) == 4


def test_releases_are_counted_by_case(file):
    file.note_release(NUMBER, DAY)
    file.note_release(NUMBER, DAY)
    file.append([entry(K.PRINT_RELEASED), entry(K.PRINT_DONE)])
    assert (file.releases(NUMBER), file.waiting_of(NUMBER, K.PRINT_RELEASED)) == (2, 1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE spooled SET staff = 'x'",
        "DELETE FROM spooled",
        "UPDATE spool_number SET serial = 1",
        "DELETE FROM spool_number",
    ],
)
def test_no_program_changes_or_removes_what_waits(file, path, statement):
    file.give_number(DAY, *serials_of(1), TEN, "1")
    with pytest.raises(sqlite3.IntegrityError, match="append only"):
        run(path, statement)


@pytest.mark.parametrize(
    "statements",
    [
        ["UPDATE spooled SET staff = 'x' WHERE place = 2"],
        ["UPDATE spooled SET unsure_seq = 5, unsure_hash = 'x' WHERE place = 2"],
        ["DELETE FROM spooled WHERE place = 1"],
        ["DELETE FROM spooled WHERE place = 2"],
        ["DELETE FROM spooled WHERE place = 7"],
        ["DELETE FROM spooled"],
        ["DELETE FROM spool_fact WHERE name = 'last'"],
    ],
    ids=lambda statements: statements[0],
)
def test_what_was_changed_behind_its_back_is_damage(path, statements):
    file = SpoolFile(path)
    file.append(walk())
    file.close()
    guards = ("spooled_no_update", "spooled_no_delete")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        sql = [
            db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (guard,)).fetchone()[0]
            for guard in guards
        ]
    run(path, *(f"DROP TRIGGER {guard}" for guard in guards), *statements, *sql)
    with pytest.raises(SpoolDamagedError) as caught:
        SpoolFile(path)
    assert caught.value.details == {"path": str(path)}
    assert path.exists()


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\0" + b"\xff" * 200])
def test_another_file_in_its_place_is_damage_and_stays(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(SpoolDamagedError):
        waiting_in(path)
    assert path.read_bytes() == content


def test_where_there_is_none_nothing_waits_and_none_is_made(path):
    assert waiting_in(path) == 0
    assert not path.exists()


def test_over_a_slow_line_a_transaction_ends_soon_and_each_entry_comes_once(file, tmp_path, monkeypatch):
    ticks = itertools.count()
    monkeypatch.setattr(
        "kakanai.sessionlog.spool_merge.time", SimpleNamespace(monotonic=lambda: next(ticks) * 0.3)
    )
    acts = walk()
    file.append(acts)
    with SessionLog.open(tmp_path / "log.sqlite3") as log:
        left = []
        while merge_batch(file, log.writing, "3", acts[-1].at):
            left.append(file.waiting())
        assert left == [3, 0]
        kinds = [link.kind for link in log.links()]
    assert [kind for kind in kinds if kind != K.SPOOL_MERGED] == [act.kind for act in acts]
    assert kinds.count(K.SPOOL_MERGED) == 2

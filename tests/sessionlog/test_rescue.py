"""Rescue: every entry that can still be read comes out, nothing else, and the file is not touched."""

import io
import json
import random
import shutil
import sqlite3

import pytest

from kakanai.sessionlog import page_reader
from kakanai.sessionlog.entry import FormRecord
from kakanai.sessionlog.page_reader import PageReader
from kakanai.sessionlog.purge import purge
from kakanai.sessionlog.rescue import rescue
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.upkeep_errors import NothingToRescueError
from kakanai.sessionlog.words import EntryKind
from tests.sessionlog.acts import TEN, entry
from tests.sessionlog.sample_log import Office, folded_up, make
from tests.sessionlog.test_purge import ADMIN, LIMITS, NOW, fill
from tests.sessionlog.verifying import check

PAGE = 4096


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("log") / "sessionlog.sqlite3"
    make(path, days=3, cases=12)
    return folded_up(path)


@pytest.fixture
def made(sample, path):
    """A copy of the sample, for each test to spoil."""
    path.parent.mkdir()
    return shutil.copy(sample, path)


def rescued(path, tmp_path, known_last=0):
    """What is told, and the lines by their kind."""
    stream = io.BytesIO()
    told = rescue(path, stream, tmp_path, TEN, known_last)
    assert not list(tmp_path.glob(".rescue-*"))
    lines = {}
    for line in stream.getvalue().splitlines():
        row = json.loads(line)
        lines.setdefault(row.pop("t", "header"), []).append(row)
    return told, lines


def links_of(path):
    with SessionLog.open(path) as log:
        return list(log.links())


def rows_of(links):
    return [{**vars(link), "day": link.day.isoformat()} for link in links]


def test_a_whole_file_comes_out_whole(made, tmp_path):
    links = links_of(made)
    told, lines = rescued(made, tmp_path)
    assert lines["entry"] == rows_of(links)
    assert (told.entries, told.last_seq, told.missing) == (len(links), len(links), ())
    assert len(lines["day_close"]) == 2
    assert len(lines["office_key"]) == 1
    assert len(lines["merged_spool"]) == len([line for line in links if '"spool"' in line.body])


def test_the_verifier_reads_a_rescue(made, tmp_path):
    with (tmp_path / "rescued.jsonl").open("wb") as file:
        rescue(made, file, tmp_path, TEN)
    report = check(tmp_path / "rescued.jsonl", export=True)
    assert report.entries == len(links_of(made))
    assert report.signed == 2
    # Of the chain nothing is found; what is derived of it, and the staff, are not in a rescue.
    assert report.counts.keys() <= {"derived_missing", "staff_missing"}


def test_what_lies_in_the_wal_comes_out_too(path, tmp_path):
    with SessionLog.open(path) as log:
        log.append(entry())
        log.append(entry(EntryKind.CASE_CLOSED))
        assert path.with_name(path.name + "-wal").stat().st_size
        told, lines = rescued(path, tmp_path)
        assert lines["entry"] == rows_of(log.links())
    assert told.missing == ()


def take_back(log):
    """Write so much that SQLite must put it somewhere, and then give up."""
    with log.writing() as writing:
        writing.connection.exec_driver_sql("PRAGMA cache_size = 1")
        for _ in range(400):
            writing.append(entry(EntryKind.CASE_RESUMED))
        raise RuntimeError


def test_what_was_never_committed_does_not(path, tmp_path):
    with SessionLog.open(path) as log:
        log.append(entry())
        with pytest.raises(RuntimeError):
            take_back(log)
        frames = path.with_name(path.name + "-wal").stat().st_size // PAGE
        assert frames > 50  # what was taken back stands there
        assert rescued(path, tmp_path)[0].entries == 1


@pytest.mark.parametrize("seed", range(6))
def test_damaged_pages_cost_their_own_entries_and_no_other(made, tmp_path, seed):
    links = {link.seq: link for link in links_of(made)}
    data = bytearray(made.read_bytes())
    chance = random.Random(seed)  # noqa: S311 - the same each time
    for page in chance.sample(range(len(data) // PAGE), 4):
        data[page * PAGE : (page + 1) * PAGE] = chance.randbytes(PAGE)
    made.write_bytes(data)
    told, lines = rescued(made, tmp_path)
    found = {row["seq"]: row for row in lines["entry"]}
    assert list(found.values()) == rows_of(links[seq] for seq in found)
    gaps = {seq for first, last in told.missing for seq in range(first, last + 1)}
    assert gaps == {seq for seq in links if seq not in found and seq < told.last_seq} | {
        seq for seq in gaps if seq > told.last_seq
    }
    assert len(found) > len(links) // 2
    assert made.read_bytes() == data
    assert lines["end"][0]["missing"] == [list(gap) for gap in told.missing]


def test_a_file_without_its_start_comes_out_but_for_what_lay_there(made, tmp_path):
    links = links_of(made)
    data = made.read_bytes()
    made.write_bytes(bytes(PAGE) + data[PAGE:])
    assert rescued(made, tmp_path)[1]["entry"] == rows_of(links)


def test_a_cut_file_tells_what_is_missing_at_its_end(made, tmp_path):
    links = links_of(made)
    data = made.read_bytes()
    made.write_bytes(data[: len(data) * 9 // 10])
    told, _ = rescued(made, tmp_path, known_last=len(links) + 5)
    assert told.missing[-1][1] == len(links) + 5
    assert told.entries + told.missing_entries == len(links) + 5


def test_a_changed_entry_is_not_told_as_what_was_written(made, tmp_path):
    seq = next(link.seq for link in links_of(made) if "seal" not in link.body and '"pin"' in link.body)
    data = made.read_bytes()
    place = data.index(b'"read_by":"pin"')
    made.write_bytes(data[:place] + b'"read_by":"PIN"' + data[place + 15 :])
    told, lines = rescued(made, tmp_path)
    assert told.missing_entries == 1
    assert seq >= told.missing[0][0]
    assert b"PIN" not in json.dumps(lines).encode()


def test_a_disk_that_does_not_give_a_page_costs_that_page(made, tmp_path, monkeypatch):
    def read(file, offset, size):
        if offset == 5 * PAGE:
            return None
        return READ(file, offset, size)

    monkeypatch.setattr(page_reader, "_read", read)
    told, _ = rescued(made, tmp_path)
    assert told.unreadable == 1
    assert told.entries > 50


READ = page_reader._read


def test_long_bodies_over_several_pages_come_out(path, tmp_path):
    forms = tuple(FormRecord(f"F{number:03d}", "2026.10", 1) for number in range(900))
    with SessionLog.open(path) as log:
        log.append(entry(EntryKind.FORMS_FILLED, forms=forms))
        links = list(log.links())
    assert len(links[0].body) > 3 * PAGE
    assert rescued(folded_up(path), tmp_path)[1]["entry"] == rows_of(links)


def test_what_was_purged_does_not_come_back_from_an_older_page(path, tmp_path):
    with SessionLog.open(path) as log:
        fill(log)
        folder = sqlite3.connect(path)
        folder.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        folder.close()
        purge(log, LIMITS, ADMIN, NOW)
        assert b"ZZ-vanishing" in path.read_bytes()  # the purge stands in the WAL
        _, lines = rescued(path, tmp_path)
        assert "ZZ-vanishing" not in json.dumps(lines)
        assert lines["entry"] == rows_of(log.links())


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "missing"), (b"", "none"), (b"a letter" * 3000, "none"), ("folder", "unreadable")],
)
def test_nothing_to_rescue_is_told(tmp_path, content, reason):
    path = tmp_path / "log"
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    stream = io.BytesIO()
    with pytest.raises(NothingToRescueError) as caught:
        rescue(path, stream, tmp_path, TEN)
    assert caught.value.details["reason"] == reason
    assert stream.getvalue() == b""


def test_another_programs_rows_are_none_of_ours(tmp_path):
    path = tmp_path / "other"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, a, b, c, d, e, f, g, h, i, j, k)")
        hashes = ("2" * 64, "0" * 64, "1" * 64)
        row = (1, "2026-11-20T01:00:00.000000Z", "x", "k", "", "-", "", "{}", "0" * 32, *hashes)
        raw.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    raw.close()
    with pytest.raises(NothingToRescueError):
        rescue(path, io.BytesIO(), tmp_path, TEN)


@pytest.mark.parametrize("page_size", [512, 1024, 65536])
def test_rows_are_those_that_sqlite_reads_whatever_the_page_size(tmp_path, page_size):
    path = tmp_path / "any"
    chance = random.Random(page_size)  # noqa: S311 - the same each time
    rows = [
        (
            chance.randint(-(2 ** chance.randint(1, 62)), 2 ** chance.randint(1, 62)),
            chance.choice([None, 0, 1, -1.5]),
            "あ" * chance.randint(0, 9000),
            chance.randbytes(chance.randint(0, 300)),
        )
        for _ in range(120)
    ]
    with sqlite3.connect(path) as raw:
        raw.execute(f"PRAGMA page_size = {page_size}")
        raw.execute("CREATE TABLE a (b, c, d, e)")
        raw.executemany("INSERT INTO a VALUES (?, ?, ?, ?)", rows)
    raw.close()
    found = dict(row for row in PageReader(path).rows() if len(row[1]) == 4)
    assert [found[number] for number in range(1, 121)] == rows


@pytest.mark.parametrize("seed", range(12))
def test_no_damage_stops_it_or_makes_it_tell_what_was_not_written(made, tmp_path, seed):
    links = links_of(folded_up(made))
    chance = random.Random(seed)  # noqa: S311 - the same each time
    data = bytearray(made.read_bytes())
    for _ in range(100):
        data[chance.randrange(len(data))] = chance.randrange(256)
    made.write_bytes(data[: chance.randrange(len(data) * 3 // 4, len(data))])
    told, lines = rescued(made, tmp_path)
    assert told.entries > 0
    assert lines["entry"] == rows_of(
        link for link in links if link.seq in {row["seq"] for row in lines["entry"]}
    )


def test_the_walk_of_an_office_with_uneven_days_comes_out(path, tmp_path):
    with Office(path, seed=9) as office:
        office.work(3)
        links = list(office.log.links())
        assert rescued(path, tmp_path)[1]["entry"] == rows_of(links)

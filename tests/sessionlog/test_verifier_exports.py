"""The verifier on exports: the same proof without a database, and each changed byte is found."""

import contextlib
import datetime as dt
import hashlib
import json
import random
import re
import shutil

import pytest

from kakanai.sessionlog.chain_export import write_export
from kakanai.sessionlog.store import SessionLog
from tests.sessionlog.sample_log import make
from tests.sessionlog.verifying import check, kinds, verifier


@pytest.fixture
def export(two_days_exported, tmp_path):
    return shutil.copy(two_days_exported, tmp_path / "log.jsonl")


def test_an_export_is_verified_without_a_database(export, two_days):
    report = check(export, export=True)
    assert report.findings == []
    assert report.entries == check(two_days).entries
    assert report.signed == report.closes == 1


def test_either_database_gives_the_same_export(place, two_days, tmp_path):
    """What is proven of a file can be proven of a server's log, row by row the same."""
    make(place, days=2, cases=4)
    with SessionLog.open(place) as log, (tmp_path / "log.jsonl").open("wb") as file:
        write_export(log, file, dt.datetime(2026, 11, 21, tzinfo=dt.UTC))
    with (
        SessionLog.open(shutil.copy(two_days, tmp_path / "copy.sqlite3")) as log,
        (tmp_path / "x").open("wb") as file,
    ):
        write_export(log, file, dt.datetime(2026, 11, 21, tzinfo=dt.UTC))
    assert check(tmp_path / "log.jsonl", export=True).findings == []
    # Where numbers of counters without connection begin is the database's own matter.
    both = [(tmp_path / name).read_bytes().splitlines()[1:-1] for name in ("log.jsonl", "x")]
    # Every entry has a salt of its own, on which all hashes depend.
    lines = [
        [re.sub(b"[0-9a-f]{32,}", b"", line) for line in one if b'"given_number"' not in line] for one in both
    ]
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


def test_what_is_no_export_is_unreadable(two_days, tmp_path):
    for content in (b"", b"{}\n", two_days.read_bytes()):
        (tmp_path / "x.jsonl").write_bytes(content)
        with pytest.raises(verifier.UnreadableError):
            check(tmp_path / "x.jsonl", export=True)

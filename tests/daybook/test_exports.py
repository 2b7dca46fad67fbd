"""Files handed on: CSV, JSON; no formula runs, nothing is dropped, each is logged before it is there."""

import csv
import hashlib
import io
import json
import stat

import pytest

from kakanai.daybook.csv_cells import csv_line, for_cp932, safe_cell
from kakanai.daybook.daybook import Daybook
from kakanai.daybook.errors import HandedOnFileError
from kakanai.daybook.exports import HEADINGS, ExportFormat
from kakanai.daybook.look_purpose import LookPurpose
from kakanai.daybook.new_file import NewFile
from kakanai.sessionlog.case_filter import CaseFilter
from kakanai.sessionlog.errors import LogDiskFullError
from kakanai.sessionlog.words import EntryKind as K
from kakanai.staff.errors import NotAllowedError
from kakanai.staff.role import Role
from tests.daybook.sample_day import DAY


def rows_of(data, encoding):
    return list(csv.DictReader(io.StringIO(data.decode(encoding), newline="")))


def test_a_csv_for_a_spreadsheet(book, sample, tmp_path, log):
    numbers = sample.ordinary(4)
    sample.odd()
    path = tmp_path / "out.csv"
    written = book.export(CaseFilter(), path, ExportFormat.CSV, LookPurpose.AUDIT)
    data = path.read_bytes()
    assert data.startswith("\ufeff受付番号,".encode())
    assert data.count(b"\r\n") == 12 == data.count(b"\n")
    rows = rows_of(data, "utf-8-sig")
    assert tuple(rows[0]) == HEADINGS
    assert [row["受付番号"] for row in rows[:4]] == numbers
    assert (rows[2]["手続"], rows[2]["様式"], rows[2]["枚数"], rows[2]["結果"]) == (
        "転入",
        "F07・F09",
        "3",
        "印刷済",
    )
    assert written.cases == 11
    assert written.digest == hashlib.sha256(data).hexdigest()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    entry = log.link(log.head().seq).to_entry()
    assert (entry.kind, entry.digest, entry.counts["cases"]) == (K.LOG_EXPORTED, written.digest, 11)
    assert "file.csv" in entry.names


def test_the_same_for_old_programs(book, sample, tmp_path):
    sample.ordinary(2)
    path = tmp_path / "out.csv"
    written = book.export(CaseFilter(), path, ExportFormat.CSV_CP932, LookPurpose.AUDIT)
    assert rows_of(path.read_bytes(), "cp932")[1]["手続"] == "印鑑登録証明書"
    assert written.replaced_count == 0


class OddTitles:
    """A town that calls a procedure by a name no old program can hold."""

    def procedure(self, _procedure):
        return "𠮷野町—髙森"


def test_what_cp932_cannot_hold_is_told_and_stands_in_the_file(sample, tmp_path, log, town, guard, clock):
    number = sample.case()
    book = Daybook(log, town, OddTitles(), guard, clock)
    path = tmp_path / "out.csv"
    query = CaseFilter(first_day=DAY, last_day=DAY)
    written = book.export(query, path, ExportFormat.CSV_CP932, LookPurpose.AUDIT)
    (row,) = rows_of(path.read_bytes(), "cp932")
    assert (row["受付番号"], row["手続"]) == (number, "〔U+20BB7〕野町―髙森")
    assert [(one.line, one.column, one.character, one.code_point) for one in written.replaced] == [
        (2, "手続", "𠮷", "U+20BB7"),
        (2, "手続", "—", "U+2014"),
    ]
    assert written.replaced_count == 2
    assert log.link(log.head().seq).to_entry().counts["replaced"] == 2


def test_json_of_the_same(book, sample, tmp_path, log):
    numbers = sample.ordinary(3)
    head = log.head()
    path = tmp_path / "out.json"
    book.export(CaseFilter(staff="1024"), path, ExportFormat.JSON, LookPurpose.AUDIT)
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["format"] == "kakanai-cases-1"
    assert told["head"]["hash"] == head.hash
    assert [case["case_number"] for case in told["cases"]] == [numbers[0]]


def test_json_of_nothing(book, tmp_path):
    path = tmp_path / "out.json"
    book.export(CaseFilter(), path, ExportFormat.JSON, LookPurpose.AUDIT)
    assert json.loads(path.read_text(encoding="utf-8"))["cases"] == []


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(sign):
    cell = f"{sign}HYPERLINK(1)"
    assert safe_cell(cell) == f"'{cell}"
    (row,) = csv.reader(io.StringIO(csv_line([cell, "a,b", 'c"d', "1=1"]), newline=""))
    assert row == [f"'{cell}", "a,b", 'c"d', "1=1"]


def test_the_number_of_somebody_unregistered_is_no_formula(book, sample, tmp_path):
    sample.case(clerk="-")
    path = tmp_path / "out.csv"
    book.export(CaseFilter(), path, ExportFormat.CSV, LookPurpose.AUDIT)
    assert rows_of(path.read_bytes(), "utf-8-sig")[0]["職員番号"] == "'-"


def test_every_character_comes_out_of_cp932():
    text = "".join(chr(code) for code in range(0x20, 0x3000) if chr(code).isprintable()) + "𠮷塡鷗葛󠄀"
    (cell,), told = for_cp932([text], ["手続"], 7)
    assert cell.encode("cp932")
    lost = [character for character in text if character not in cell]
    assert set(lost) == {one.character for one in told}
    assert all(one.line == 7 for one in told)


def test_an_existing_file_is_left_alone(book, sample, tmp_path, log):
    sample.ordinary(1)
    path = tmp_path / "out.csv"
    path.write_text("mine")
    before = log.head()
    with pytest.raises(HandedOnFileError) as caught:
        book.export(CaseFilter(), path, ExportFormat.CSV, LookPurpose.AUDIT)
    assert caught.value.details == {"file": "out.csv", "reason": "exists"}
    assert path.read_text() == "mine"
    assert log.head() == before


def test_no_file_without_its_entry(book, sample, tmp_path, log, monkeypatch):
    sample.ordinary(1)

    def full(_entry):
        raise LogDiskFullError(path="log")

    monkeypatch.setattr(log, "append", full)
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(LogDiskFullError):
        book.export(CaseFilter(), folder / "out.csv", ExportFormat.CSV, LookPurpose.AUDIT)
    with pytest.raises(LogDiskFullError):
        book.write_report(DAY, folder / "out.pdf")
    assert list(folder.iterdir()) == []


def test_nobody_sees_half_a_file(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    seen = []
    with NewFile(folder / "a.txt") as file:
        file.write(b"half")
        seen.append((folder / "a.txt").exists())
        file.complete(lambda: seen.append((folder / "a.txt").exists()))
    assert seen == [False, False]
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("a.txt", b"half")]


def test_somebody_elses_file_of_that_moment_stays(tmp_path):
    path = tmp_path / "a.txt"
    with NewFile(path) as file:
        file.write(b"mine")
        with pytest.raises(HandedOnFileError) as caught:
            file.complete(lambda: path.write_text("theirs") and None)
    assert caught.value.details["reason"] == "exists"
    assert path.read_text() == "theirs"
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(HandedOnFileError) as caught:
        NewFile(tmp_path / "no" / "a.txt")
    assert caught.value.details["reason"] == "ENOENT"


def test_a_clerk_hands_nothing_on(book, sample, tmp_path, guard, log):
    sample.ordinary(1)
    before = log.head()
    guard.role = Role.CLERK
    with pytest.raises(NotAllowedError):
        book.export(CaseFilter(), tmp_path / "a", ExportFormat.CSV, LookPurpose.AUDIT)
    with pytest.raises(NotAllowedError):
        book.write_report(DAY, tmp_path / "a")
    with pytest.raises(NotAllowedError):
        book.report(DAY)
    assert not (tmp_path / "a").exists()
    assert log.head() == before

"""`fill` and `demo`: what is found before the card, what is told after the paper."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from kakanai.cli import way_out
from kakanai.cli.card_reading import read_card
from kakanai.printing import cups
from kakanai.printing.errors import DiskFullError, NoPrintServiceError, PrinterStoppedError
from kakanai.printing.folder import FolderPrinter
from kakanai.sessionlog.entry import EntryKind
from kakanai.sessionlog.errors import LogDiskFullError
from kakanai.sessionlog.store import SessionLog
from tests.cli.conftest import PERSON, code_of, log_of

CARD = ["--reader", "specimen:official-test", "--pin-stdin"]
NUMBER = "123456789018"


def entries(kakanai):
    return json.loads(kakanai("log", "day", "--json")[1])["entries"]


def text_of(path):
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, encoding="utf-8", check=True)
    return re.sub(r"\s", "", done.stdout)


def forbid_card(monkeypatch):
    def touched(*_arguments, **_named):
        raise AssertionError("the card was touched")

    monkeypatch.setattr("kakanai.cli.card_reading.read_card", touched)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"visitor.kana": "みほん"}, "R-011"),
        ({"nobody.knows": "1"}, "R-010"),
        ({"subject.name": "丙川"}, "R-013"),
    ],
)
def test_wrong_answers_are_found_before_the_card(kakanai, monkeypatch, written, tmp_path, answers, code):
    forbid_card(monkeypatch)
    given = ["--answers", written("a.json", answers), "--out", tmp_path / "o", "--json"]
    status, out, _ = kakanai("fill", "--forms", "F01", *CARD, *given, stdin="1234\n")
    assert (status, code_of(out)) == (2, code)
    # Whether an answer reaches a form only a case can tell; the others cost no case number.
    expected = [("cancelled", [code])] if code == "R-013" else []
    assert [(entry["outcome"], entry["codes"]) for entry in entries(kakanai)] == expected


def test_a_way_out_that_is_none_is_found_before_the_card(kakanai, monkeypatch, written, tmp_path):
    forbid_card(monkeypatch)
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "no.sock"))
    file = written("file", "")
    for way, code in ((["--out", file / "o"], "P-011"), (["--printer", "counter"], "P-020")):
        status, out, err = kakanai("fill", "--forms", "F05", *CARD, *way, "--json", stdin="1234\n")
        assert (status, code_of(out)) == (12, code)
        assert "カードはまだ読んでいません" in json.loads(out)["error"]["next_step"]
        assert "残っています" not in out + err
    assert entries(kakanai) == []
    assert "P-011\n" in log_of(tmp_path / "home")


def test_a_font_that_is_missing_is_found_before_the_card(kakanai, monkeypatch, tmp_path):
    forbid_card(monkeypatch)
    monkeypatch.setattr("kakanai.forms.fontfiles._font_folders", lambda _font: [tmp_path])
    arguments = ["fill", "--forms", "F05", *CARD, "--out", tmp_path / "o", "--json"]
    assert code_of(kakanai(*arguments, stdin="1234\n")[1]) == "F-030"


def test_the_folder_is_looked_at_and_left_as_it_was(tmp_path):
    way_out.require_folder(tmp_path / "new" / "folder", 5)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_room_is_told(monkeypatch, tmp_path):
    # A file that answers every write as a full disk does.
    with Path("/dev/full").open("wb", buffering=0) as full:
        monkeypatch.setattr("tempfile.TemporaryFile", lambda **_place: full)
        with pytest.raises(DiskFullError):
            way_out.require_folder(tmp_path, 5)


@pytest.mark.parametrize(
    ("state", "code"), [({}, "P-021"), ({"names": ["counter"], "takes": False}, "P-022"), (None, "P-020")]
)
def test_a_printer_is_asked_whether_it_takes_jobs(kakanai, monkeypatch, person, state, code):
    monkeypatch.setattr(cups, "is_running", lambda: state is not None)
    monkeypatch.setattr(cups, "printer_names", lambda: (state or {}).get("names", []))
    monkeypatch.setattr(cups, "takes_jobs", lambda _name: (state or {}).get("takes", True))
    arguments = ["fill", "--forms", "F05", "--person", person, "--printer", "counter", "--json"]
    assert code_of(kakanai(*arguments)[1]) == code
    if code == "P-021":
        monkeypatch.setattr(cups, "printer_names", lambda: ["-x"])
        assert code_of(kakanai(*arguments[:-3], "--printer=-x", "--json")[1]) == "P-021"


@pytest.mark.parametrize("by_card", [True, False])
@pytest.mark.parametrize(
    ("error", "paper"),
    [
        (DiskFullError(path="o"), False),
        (NoPrintServiceError(), True),
        (PrinterStoppedError(printer="p", printed=1, total=2), True),
        (PrinterStoppedError(printer="p", printed=0, total=2), False),
    ],
)
def test_a_failed_print_promises_nothing(kakanai, monkeypatch, person, tmp_path, error, paper, by_card):
    def failing(_printer, _job):
        raise error

    monkeypatch.setattr(FolderPrinter, "release", failing)
    who = CARD if by_card else ["--person", person]
    arguments = ["fill", "--forms", "F05", *who, "--out", tmp_path / "o", "--json"]
    status, out, err = kakanai(*arguments, stdin="1234\n")
    told = json.loads(out)["error"]
    assert (status, told["code"]) == (12, error.code)
    assert "受付は取り消しました。原因を直してもう一度 fill を実行してください。" in told["next_step"]
    assert ("暗証番号は再入力" in told["next_step"]) == by_card
    assert ("出た紙を確かめて" in told["next_step"]) == paper
    assert told["next_step"] in err
    assert "残っています" not in out + err
    (entry,) = entries(kakanai)
    verdict = ["V-001"] if by_card else []
    assert (entry["outcome"], entry["codes"]) == ("cancelled", [*verdict, error.code])


@pytest.mark.parametrize("verb", ["fill", "demo"])
@pytest.mark.parametrize("lost", [EntryKind.PRINT_DONE, EntryKind.CASE_CLOSED])
@pytest.mark.parametrize("as_json", [True, False])
def test_paper_is_told_when_only_the_log_failed(kakanai, monkeypatch, person, tmp_path, verb, lost, as_json):
    append = SessionLog.append

    def full(log, entry):
        if entry.kind is lost:
            raise LogDiskFullError(path="sessionlog.sqlite3")
        append(log, entry)

    monkeypatch.setattr(SessionLog, "append", full)
    begin = ["fill", "--forms", "F05", "--person", person] if verb == "fill" else ["demo"]
    status, out, err = kakanai(*begin, "--out", tmp_path / "o", *(["--json"] if as_json else []))
    (path, *_) = sorted((tmp_path / "o").glob("*.pdf"))
    assert status == 13
    assert "[L-016]" in err
    assert str(path) in out
    if as_json:
        assert code_of(out) == "L-016"
        assert json.loads(out)["case_number"] == path.name.partition("_")[0]


def test_a_failed_print_is_told_though_the_log_failed_too(kakanai, monkeypatch, person, tmp_path):
    def failing(_printer, _job):
        raise DiskFullError(path="o")

    append = SessionLog.append

    def full(log, entry):
        if entry.kind is EntryKind.CASE_CANCELLED:
            raise LogDiskFullError(path="sessionlog.sqlite3")
        append(log, entry)

    monkeypatch.setattr(FolderPrinter, "release", failing)
    monkeypatch.setattr(SessionLog, "append", full)
    status, out, _ = kakanai("fill", "--forms", "F05", "--person", person, "--out", tmp_path / "o", "--json")
    assert (status, code_of(out)) == (12, "P-012")


@pytest.mark.parametrize(
    ("answers", "is_read"),
    [({}, True), ({"householder.is_visitor": "no", "visitor.is_member": "no"}, False)],
)
def test_the_number_is_read_only_when_a_form_will_bear_it(
    kakanai, monkeypatch, written, tmp_path, answers, is_read
):
    wanted = []

    def watched(reader, asked, output, what):
        wanted.append(what.my_number)
        return read_card(reader, asked, output, what)

    monkeypatch.setattr("kakanai.cli.card_reading.read_card", watched)
    given = ["--answers", written("a.json", answers), "--out", tmp_path / "o", "--json"]
    status, out, err = kakanai("fill", "--forms", "F01,F09", *CARD, *given, stdin="1234\n")
    assert (status, wanted) == (0, [is_read]), err
    for form in json.loads(out)["forms"]:
        assert (NUMBER in text_of(form["path"])) == (is_read and form["form"] == "F09")


def test_a_typed_number_is_dropped_when_no_form_bears_it(kakanai, written, tmp_path):
    person = written("p.json", {**PERSON, "my_number": NUMBER})
    answers = written("a.json", {"householder.is_visitor": "no", "visitor.is_member": "no"})
    given = ["--person", person, "--answers", answers, "--out", tmp_path / "o", "--json"]
    status, out, _ = kakanai("fill", "--forms", "F09", *given)
    assert status == 0
    assert NUMBER not in text_of(json.loads(out)["forms"][0]["path"])


def test_open_findings_say_how_the_command_decides(kakanai, written, tmp_path):
    person = written("p.json", {**PERSON, "name": "葛\U000e0100西　見本"})
    arguments = ["fill", "--forms", "F05", "--person", person, "--out", tmp_path / "o", "--json"]
    status, out, _ = kakanai(*arguments)
    assert (status, code_of(out)) == (11, "F-040")
    assert "--leave-blank" in json.loads(out)["error"]["next_step"]


@pytest.mark.parametrize(("specimen", "code"), [("locked-pin", "C-012"), ("nobody", "C-030")])
def test_a_demo_that_fails_is_logged_with_its_code(kakanai, monkeypatch, tmp_path, specimen, code):
    kinds, append = [], SessionLog.append
    monkeypatch.setattr(SessionLog, "append", lambda log, e: (kinds.append(e.kind), append(log, e)))
    status, out, _ = kakanai("demo", "--specimen", specimen, "--out", tmp_path / "o", "--json")
    assert code_of(out) == code
    assert status != 0
    expected = [("cancelled", [code])] if code == "C-012" else []
    assert [(entry["outcome"], entry["codes"]) for entry in entries(kakanai)] == expected
    assert kinds.pop() is EntryKind.LOG_VIEWED  # by the line above
    assert kinds[-2:] == ([EntryKind.READING_FAILED, EntryKind.CASE_CANCELLED] if expected else [])


def test_a_demo_that_cannot_print_says_so(kakanai, written):
    status, out, _ = kakanai("demo", "--out", written("file", "") / "o", "--json")
    assert (status, code_of(out)) == (12, "P-011")

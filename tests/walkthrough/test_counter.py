"""The whole way without a window: card → identity → case → forms → paper → log."""

import re
import sqlite3
import subprocess

import pytest

from kakanai.forms.errors import FindingsOpenError
from kakanai.identity.by_hand import person_from_mapping
from kakanai.printing.errors import PrinterStoppedError
from kakanai.printing.folder import FolderPrinter
from kakanai.reception.case import Step
from kakanai.sessionlog.errors import LogDiskFullError
from tests.office import NOON, make_counter, read_specimen

ALL_FORMS = ["F01", "F05", "F06", "F07", "F09"]
NAME, ADDRESS, NUMBER = "黒桐　幹也", "東京都清瀬市観布子南１２－７－２０２", "123456789018"


@pytest.fixture
def counter(tmp_path):
    counter = make_counter(tmp_path / "home")
    yield counter
    counter.office.log.close()


class StoppedPrinter:
    name = "stopped"

    def release(self, job):
        raise PrinterStoppedError(printer="stopped", printed=0, total=len(job.documents))


def text_of(path):
    return subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout


def start(counter, forms=ALL_FORMS, specimen="official-test"):
    case = counter.open_case()
    counter.choose(case, counter.procedures_for_forms(forms), forms)
    counter.identify_by_card(
        case, read_specimen(specimen, with_my_number=bool(counter.wants_my_number(case.forms)))
    )
    return case


def test_one_scan_fills_five_forms(counter, tmp_path):
    case = start(counter)
    filled = counter.fill(case)
    assert [form.stopping for form in filled] == [()] * 5
    printed = counter.release(case, filled, FolderPrinter(tmp_path / "out"))
    counter.close(case)
    assert [document.form for document in printed] == ALL_FORMS
    for document in printed:
        text = text_of(document.path)
        assert NAME in text
        assert ADDRESS in text.replace("\n", "")
        digits = re.sub(r"\s", "", text)
        assert (NUMBER in digits) == (document.form == "F09")
    (entry,) = counter.office.log.day(NOON.date())
    told = entry.to_mapping()
    assert told["outcome"] == "printed"
    assert told["started_at"] == "2026-11-21T12:00:00+09:00"
    assert [form["form"] for form in told["forms"]] == ALL_FORMS
    assert told["pages"] == sum(document.pages for document in printed)


def test_my_number_is_wanted_by_f09_alone(counter):
    assert counter.wants_my_number(["F01", "F05", "F06", "F07"]) == []
    assert counter.wants_my_number(ALL_FORMS) == ["F09"]


def test_a_failed_print_keeps_the_case_and_can_be_tried_again(counter, tmp_path):
    case = start(counter, ["F05"])
    filled = counter.fill(case)
    with pytest.raises(PrinterStoppedError):
        counter.release(case, filled, StoppedPrinter())
    assert case.person is not None
    assert counter.release(case, filled, FolderPrinter(tmp_path / "out"))
    counter.close(case)
    (entry,) = counter.office.log.day(NOON.date())
    assert (entry.outcome.value, entry.codes) == ("printed", ("P-022",))


def test_no_paper_without_a_log_entry(counter, tmp_path, monkeypatch):
    case = start(counter, ["F05"])
    filled = counter.fill(case)

    def full(_entry):
        raise LogDiskFullError(path="sessionlog.sqlite3")

    monkeypatch.setattr(counter.office.log, "append", full)
    with pytest.raises(LogDiskFullError):
        counter.release(case, filled, FolderPrinter(tmp_path / "out"))
    assert not (tmp_path / "out").exists()
    assert case.step is Step.OPEN
    monkeypatch.undo()
    assert counter.release(case, filled, FolderPrinter(tmp_path / "out"))


def test_the_release_is_on_disk_before_paper_is_out(counter, tmp_path):
    case = start(counter, ["F05"])
    seen = []

    class Looking(FolderPrinter):
        def release(self, job):
            database = sqlite3.connect(tmp_path / "home" / "sessionlog.sqlite3")
            seen.extend(row for row in database.iterdump() if "print_released" in row)
            database.close()
            return super().release(job)

    counter.release(case, counter.fill(case), Looking(tmp_path / "out"))
    assert seen


def test_a_name_without_a_glyph_stops_the_printing_until_the_clerk_decides(counter, tmp_path):
    case = counter.open_case()
    counter.choose(case, ["seal-certificate"])
    # E0100 is Adobe-Japan1's selector; IPAmj明朝 knows Moji_Joho only (forms.md 4.2).
    person, _ = person_from_mapping(
        {"name": "葛\U000e0100西　見本", "address": "東京都葛飾区架空八丁目８番８号"}
    )
    counter.identify_by_hand(case, person)
    filled = counter.fill(case)
    kinds = {finding.kind.value for form in filled for finding in form.stopping}
    assert kinds == {"no_glyph"}
    with pytest.raises(FindingsOpenError):
        counter.release(case, filled, FolderPrinter(tmp_path / "out"))
    assert not (tmp_path / "out").exists()
    for finding in filled[0].stopping:
        assert "U+845B U+E0100" in finding.detail
        counter.leave_blank(case, finding)
    (document,) = counter.release(case, counter.fill(case), FolderPrinter(tmp_path / "out"))
    text = text_of(document.path)
    assert "西　見本" not in text
    assert "葛飾区架空八丁目" in text


@pytest.mark.parametrize(
    ("specimen", "name"),
    [
        ("hashigo-taka", "髙橋"),
        ("tatsu-saki", "山﨑"),
        ("tsuchi-yoshi", "𠮷田"),
        ("ivs-watanabe", "渡邊\U000e0108"),
        ("ivs-tsuji", "辻\U000e0102"),
    ],
)
def test_names_reach_paper_code_point_for_code_point(counter, tmp_path, specimen, name):
    case = start(counter, specimen=specimen)
    for document in counter.release(case, counter.fill(case), FolderPrinter(tmp_path / "out")):
        assert name in text_of(document.path)


@pytest.mark.parametrize(
    "specimen", ["long-address", "foreign-resident", "unknown-birthday", "child-without-jpki"]
)
def test_hard_cards_fill_all_forms_or_say_why_not(counter, tmp_path, specimen):
    case = start(counter, specimen=specimen)
    filled = counter.fill(case)
    for form in filled:
        for finding in form.stopping:
            counter.leave_blank(case, finding)
    whole = "".join(
        text_of(d.path) for d in counter.release(case, counter.fill(case), FolderPrinter(tmp_path / "out"))
    )
    reading = read_specimen(specimen).basic_four
    squeezed = re.sub(r"\s", "", whole)
    blank = {field for _, field in case.left_blank}
    if "visitor.name" not in blank:
        assert re.sub(r"\s", "", reading.name) in squeezed
    if "visitor.address" not in blank:
        assert re.sub(r"\s", "", reading.address)[:20] in squeezed

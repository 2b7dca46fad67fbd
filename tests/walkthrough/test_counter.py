"""The whole way without a window: card → identity → case → forms → paper → log."""

import re
import sqlite3
import subprocess

import pytest

from kakanai.counter import PrintedUnloggedError
from kakanai.forms.errors import FindingsOpenError
from kakanai.identity.by_hand import person_from_mapping
from kakanai.printing.errors import PrinterStoppedError
from kakanai.printing.folder import FolderPrinter
from kakanai.reception.case import Step
from kakanai.reception.errors import ConflictingProceduresError, ForeignFormsError, UnusedAnswersError
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
        case, read_specimen(specimen, with_my_number=bool(counter.wants_my_number(case)))
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
    case = counter.open_case()
    counter.choose(case, (), ["F01", "F05", "F06", "F07"])
    assert counter.wants_my_number(case) == []
    counter.choose(case, (), ALL_FORMS)
    assert counter.wants_my_number(case) == ["F09"]


def test_a_page_that_is_not_printed_wants_no_number(counter):
    """F24 has the number on a sheet of its own, for other handbooks than 療育手帳 only."""
    case = counter.open_case()
    counter.choose(case, (), ["F24"])
    counter.answer(case, {"handbook.is_visitor": "yes", "handbook.kinds": ["ryoiku"]})
    assert counter.wants_my_number(case) == []
    counter.answer(case, {"handbook.is_visitor": "yes", "handbook.kinds": ["ryoiku", "body"]})
    assert counter.wants_my_number(case) == ["F24"]


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


def by_hand(counter, name, **facts):
    person, number = person_from_mapping({"name": name, "address": "東京都架空町１番", **facts})
    return person, number


def names_in(forms, field):
    return [
        "".join(p.lines)
        for form in forms
        for page in form.pages
        for p in page.placed
        if getattr(p, "field", "") == field
    ]


def test_a_decision_holds_for_the_value_it_was_made_about(counter):
    case = counter.open_case()
    counter.choose(case, ["move-in"])
    person, _ = by_hand(counter, "見本　太郎")
    counter.identify_by_hand(case, person)
    counter.answer(case, {"member": [{"name": "葛\U000e0100子"}, {"name": "甲野　花子"}]})
    (finding,) = counter.fill(case)[0].stopping
    counter.leave_blank(case, finding)
    assert counter.fill(case)[0].stopping == ()
    # The first of the two is taken off the list: the next one moves up and must be printed.
    counter.answer(case, {"member": [{"name": "甲野　花子"}]})
    assert names_in(counter.fill(case), finding.field) == ["甲野　花子"]


def test_a_decision_can_be_taken_back(counter):
    case = counter.open_case()
    counter.choose(case, ["seal-certificate"])
    person, _ = by_hand(counter, "葛\U000e0100西　見本")
    counter.identify_by_hand(case, person)
    findings = counter.fill(case)[0].stopping
    for finding in findings:
        counter.leave_blank(case, finding)
    counter.print_after_all(case, findings[0])
    assert counter.fill(case)[0].stopping == findings[:1]


def test_another_person_takes_none_of_the_answers_before(counter):
    case = counter.open_case()
    counter.choose(case, ["seal-certificate"])
    first, _ = by_hand(counter, "甲野　太郎", birth_date="1980-01-01")
    counter.identify_by_hand(case, first)
    counter.answer(case, {"visitor.kana": "コウノ　タロウ", "visitor.phone": "03-1111-1111"})
    same, _ = by_hand(counter, "甲野　太朗", birth_date="1980-01-01")
    counter.identify_by_hand(case, same)
    assert names_in(counter.fill(case), "visitor.phone") == ["03-1111-1111"]
    counter.identify_by_card(case, read_specimen("official-test"))
    forms = counter.fill(case)
    assert names_in(forms, "visitor.name") == [NAME]
    assert names_in(forms, "visitor.kana") == names_in(forms, "visitor.phone") == []


def test_forms_of_another_case_are_not_printed(counter, tmp_path):
    first, second = start(counter, ["F05"]), start(counter, ["F05"])
    with pytest.raises(ForeignFormsError):
        counter.release(second, counter.fill(first), FolderPrinter(tmp_path / "out"))
    second_forms = counter.fill(second)
    counter.choose(second, ["seal-certificate", "residence-certificate"])
    with pytest.raises(ForeignFormsError):
        counter.release(second, second_forms, FolderPrinter(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_an_agent_has_no_box_for_their_own_number(counter):
    case = counter.open_case()
    counter.choose(case, ["insurance-acquire"])
    assert counter.wants_my_number(case) == ["F09"]
    counter.answer(case, {"householder.is_visitor": "no", "visitor.is_member": "no"})
    assert counter.wants_my_number(case) == []


def test_an_answer_that_reaches_no_form_is_refused_when_nobody_looks(counter):
    case = start(counter, ["F01"])
    with pytest.raises(UnusedAnswersError) as caught:
        counter.answer(case, {"subject.name": "丙川　三郎"}, strict=True)
    assert caught.value.details["fields"] == "subject.name"
    assert case.answers.values == {}
    counter.answer(case, {"subject.name": "丙川　三郎", "subject.relation": "household"}, strict=True)
    assert names_in(counter.fill(case), "subject.name") == ["丙川　三郎"]


def test_procedures_that_contradict_each_other_are_refused(counter):
    case = counter.open_case()
    with pytest.raises(ConflictingProceduresError):
        counter.choose(case, ["insurance-acquire", "insurance-lose"])
    assert case.forms == ()


def test_the_log_is_told_before_the_case_changes(counter, monkeypatch):
    case = counter.open_case()
    person, _ = by_hand(counter, "葛\U000e0100西　見本")
    counter.choose(case, ["seal-certificate"])
    counter.identify_by_hand(case, person)
    finding = counter.fill(case)[0].stopping[0]

    def full(_entry):
        raise LogDiskFullError(path="sessionlog.sqlite3")

    monkeypatch.setattr(counter.office.log, "append", full)
    for act in (
        lambda: counter.leave_blank(case, finding),
        lambda: counter.choose(case, ["tax-certificate"]),
        lambda: counter.identify_by_hand(case, by_hand(counter, "乙山　花子")[0]),
    ):
        with pytest.raises(LogDiskFullError):
            act()
    assert (case.left_blank, case.forms, case.person) == ({}, ("F05",), person)


def test_paper_that_is_out_is_told_even_when_the_log_is_not(counter, tmp_path, monkeypatch):
    case = start(counter, ["F05"])
    filled = counter.fill(case)
    append = counter.office.log.append

    def full_after_release(entry):
        if entry.kind.value == "print_done":
            raise LogDiskFullError(path="sessionlog.sqlite3")
        append(entry)

    monkeypatch.setattr(counter.office.log, "append", full_after_release)
    with pytest.raises(PrintedUnloggedError) as caught:
        counter.release(case, filled, FolderPrinter(tmp_path / "out"))
    (document,) = caught.value.printed
    assert document.path.exists()

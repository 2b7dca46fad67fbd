"""The kit from printing to the log: every number once, all or nothing, nothing of a person."""

import dataclasses
import datetime as dt
import threading
from types import SimpleNamespace

import pytest
import zxingcpp

from kakanai.datafile import DataFileError
from kakanai.daybook.errors import HandedOnFileError
from kakanai.downtime.errors import (
    KitSizeError,
    NoNumberBoxError,
    PaperDayError,
    PaperTakenError,
    PaperVoidError,
    UnknownPaperError,
)
from kakanai.downtime.kit_desk import KitDesk
from kakanai.downtime.kit_drawing import FormCopies, KitArtist, titles_for_kit
from kakanai.downtime.kit_papers import PaperState
from kakanai.downtime.paper_number import PaperNumber, kit_of
from kakanai.errors import KakanaiError
from kakanai.forms.errors import UnknownFormError
from kakanai.forms.template import QrBox
from kakanai.printing.print_plan import PrintSetup
from kakanai.printing.profile import FormRule, PrinterProfile, Sides
from kakanai.sessionlog.entry import EntryKind, LoggedReadBy, Outcome
from tests.forms.poppler import pictures
from tests.office import SHELF, make_counter

DAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """A kit of two forms, two copies each; its papers are used up one after the other."""
    home = tmp_path_factory.mktemp("kit")
    counter = make_counter(home)
    desk = KitDesk(counter.office, counter.clerk)
    kit = desk.print_kit(["F05", "F01"], 3, home / "out", SHELF)
    yield desk, kit
    counter.office.log.close()


@pytest.fixture
def desk(printed):
    return printed[0]


def free(desk, form="F05"):
    return next(p.number for p in desk.papers() if p.state is PaperState.WAITING and p.record.form == form)


def entries(desk):
    return [link.to_entry() for link in desk.office.log.links()]


def test_every_page_bears_the_number_of_its_own_paper(printed):
    desk, kit = printed
    folder = kit.files[0].parent
    assert [path.name for path in kit.files] == [f"{kit.kit}_{end}.pdf" for end in ("F05", "F01", "list")]
    assert sorted(folder.iterdir()) == sorted(kit.files)
    for one, path in zip(kit.forms, kit.files, strict=False):
        pages = pictures(path.read_bytes(), 150)
        read = [PaperNumber.typed(zxingcpp.read_barcodes(page)[0].text) for page in pages]
        each = len(pages) // len(one.numbers)
        assert read == [number for number in one.numbers for _ in range(each)]
    assert [p.number for p in desk.papers()] == [n for one in kit.forms for n in one.numbers]


def test_papers_of_one_visitor_become_a_case_without_the_person(desk):
    numbers = [free(desk, "F05"), free(desk, "F01")]
    taken = desk.take(numbers, DAY, [])
    (line,) = [one for one in desk.office.log.day(DAY) if one.case_number == taken.case_number]
    assert (line.outcome, line.read_by) == (Outcome.PRINTED, LoggedReadBy.HAND)
    assert [record.form for record in line.forms] == ["F05", "F01"]
    assert line.procedures == ("seal-certificate", "residence-certificate")
    assert "E-001" in line.codes
    told = [entry for entry in entries(desk) if entry.kind is EntryKind.DOWNTIME_TAKEN][-2:]
    assert [entry.on for entry in told] == [DAY, DAY]
    assert {desk.office.log.link(entry.ref).case_number for entry in told} == {taken.case_number}
    states = {paper.number: paper.state for paper in desk.papers()}
    assert {states[number] for number in numbers} == {PaperState.TAKEN}


def test_a_number_is_taken_once(desk):
    number = free(desk)
    case = desk.take([number], DAY, ["seal-certificate"]).case_number
    before = len(entries(desk))
    with pytest.raises(PaperTakenError) as refused:
        desk.take([free(desk, "F01"), number], DAY, [])
    assert refused.value.details == {"number": number, "case": case}
    with pytest.raises(PaperTakenError):
        desk.void([number])
    assert len(entries(desk)) == before


def test_two_counters_that_scan_one_paper_at_once_make_one_case_of_it(tmp_path):
    counters = [make_counter(tmp_path) for _ in range(2)]
    desks = [KitDesk(counter.office, counter.clerk) for counter in counters]
    kit = desks[0].print_kit(["F05"], 1, tmp_path / "out", SHELF)
    (number,) = kit.forms[0].numbers
    gate, told = threading.Barrier(2), []

    def scan(desk):
        gate.wait()
        try:
            told.append(desk.take([number], DAY, []).case_number)
        except KakanaiError as error:
            told.append(error.code)

    threads = [threading.Thread(target=scan, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one == "E-012" for one in told) == [False, True]
    assert sum(entry.kind is EntryKind.DOWNTIME_TAKEN for entry in entries(desks[0])) == 1
    for counter in counters:
        counter.office.log.close()


def test_no_two_papers_share_a_sheet_whatever_the_printer_is_set_to(desk):
    making = desk.begin_kit(["F05"], 2, SHELF)
    making.draw_next()
    setup = PrintSetup(PrinterProfile(sides=Sides.LONG_EDGE, two_up=True), {"F05": FormRule(copies=2)})
    (task,) = setup.tasks(making.documents)
    assert (making.documents[0].paper, task.paper, task.sides, task.copies) == ("A5", "A5", Sides.ONE, 1)


class OneIsBroken(dict):
    def __getitem__(self, form):
        if form == "F01":
            raise DataFileError("F01/form.yaml", 3, "x")
        return super().__getitem__(form)


def test_a_form_with_a_mistake_keeps_no_other_from_a_kit(desk):
    templates = {form: desk.office.forms.by_id(form) for form in ("F01", "F05")}
    assert titles_for_kit(OneIsBroken(templates)) == {"F05": templates["F05"].title}


def test_no_kit_gets_the_name_of_another(desk, tmp_path, monkeypatch):
    known = next(paper.mark for paper in desk.papers())
    marks = iter([known, "ab" * 32])
    monkeypatch.setattr("kakanai.downtime.kit_desk.secrets.token_hex", lambda _bytes: next(marks))
    assert desk._new_mark() == "ab" * 32


def test_what_was_destroyed_stays_destroyed(desk):
    number = free(desk, "F01")
    assert [paper.number for paper in desk.void([number])] == [number]
    with pytest.raises(PaperVoidError):
        desk.take([number], DAY, [])
    with pytest.raises(PaperVoidError):
        desk.void([number])


def test_a_number_of_another_office_is_unknown(desk):
    with pytest.raises(UnknownPaperError):
        desk.take([PaperNumber.build("0000", 1)], DAY, [])


@pytest.mark.parametrize("day", [DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)])
def test_the_day_lies_between_the_printing_and_today(desk, day):
    with pytest.raises(PaperDayError):
        desk.take([free(desk, "F01")], day, [])


@pytest.mark.parametrize(
    ("forms", "copies", "refusal"),
    [
        ([], 1, KitSizeError),
        (["F01", "F01"], 1, KitSizeError),
        (["F01"], 0, KitSizeError),
        (["F01"], 1000, KitSizeError),
        (["F01", "F05"], 500, KitSizeError),
        (["X99"], 1, UnknownFormError),
    ],
)
def test_what_cannot_be_a_kit_leaves_neither_files_nor_numbers(desk, tmp_path, forms, copies, refusal):
    before = len(entries(desk))
    with pytest.raises(refusal):
        desk.print_kit(forms, copies, tmp_path / "out", SHELF)
    assert not (tmp_path / "out").exists()
    assert len(entries(desk)) == before


def test_a_form_without_a_place_for_the_number_is_refused(desk):
    template = desk.office.forms.by_id("F05")
    pages = tuple(
        dataclasses.replace(page, elements=tuple(e for e in page.elements if not isinstance(e, QrBox)))
        for page in template.pages
    )
    bare = FormCopies(dataclasses.replace(template, pages=pages), (PaperNumber.build("0000", 1),))
    with pytest.raises(NoNumberBoxError):
        KitArtist(desk.office, SHELF).papers(bare)


def test_a_folder_that_takes_no_file_gets_no_numbers(desk, tmp_path, monkeypatch):
    before = len(entries(desk))
    monkeypatch.setattr("kakanai.downtime.kit_desk.secrets", SimpleNamespace(token_hex=lambda _: "7" * 64))
    there = tmp_path / f"D{kit_of('7' * 64)}_F05.pdf"
    there.touch()
    with pytest.raises(HandedOnFileError):
        desk.print_kit(["F05"], 1, tmp_path, SHELF)
    assert list(tmp_path.iterdir()) == [there]
    assert len(entries(desk)) == before

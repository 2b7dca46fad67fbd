"""What a printer gets of a job: sheets, trays, copies, and what is left out."""

import dataclasses

import pytest

from kakanai.printing.print_plan import PrintSetup, cut_down
from kakanai.printing.profile import Correction, FormRule, PrinterProfile, Sides
from tests.printing.sample_pdf import sample_document

TWO_UP = PrinterProfile(two_up=True, tray="tray-1", sides=Sides.LONG_EDGE)


def plan(setup, *documents):
    return [(task.form, task.paper, task.places) for task in setup.tasks(documents)]


def test_without_settings_each_document_goes_as_it_is():
    documents = [sample_document("F01"), sample_document("F09", 2, "A5")]
    tasks = PrintSetup().tasks(documents)
    assert [task.pdf for task in tasks] == [document.pdf for document in documents]
    assert {(task.tray, task.sides, task.copies) for task in tasks} == {("", Sides.ONE, 1)}


def test_neighbours_on_a5_share_sheets_and_keep_their_order():
    a5 = {form: sample_document(form, paper="A5") for form in ("F08", "F09", "F10")}
    documents = [a5["F08"], a5["F09"], sample_document("F01"), a5["F10"]]
    assert plan(PrintSetup(TWO_UP), *documents) == [
        ("F08+F09", "A4", (0, 1)),
        ("F01", "A4", (2,)),
        ("F10", "A4", (3,)),
    ]


def test_a_form_may_keep_its_own_paper():
    setup = PrintSetup(TWO_UP, {"F09": FormRule(two_up=False, tray="tray-2", sides=Sides.ONE, copies=2)})
    tasks = setup.tasks([sample_document(form, paper="A5") for form in ("F08", "F09")])
    assert [(t.form, t.paper, t.tray, t.sides, t.copies) for t in tasks] == [
        ("F08", "A4", "tray-1", Sides.LONG_EDGE, 1),
        ("F09", "A5", "tray-2", Sides.ONE, 2),
    ]


def test_preprinted_paper_is_one_sheet_on_one_side():
    document = dataclasses.replace(sample_document("F30", paper="A5"), preprinted=True)
    (task,) = PrintSetup(TWO_UP).tasks([document])
    assert (task.paper, task.sides) == ("A5", Sides.ONE)


def test_paper_with_a_number_is_never_printed_twice():
    document = dataclasses.replace(sample_document("F05"), single=True)
    (task,) = PrintSetup(rules={"F05": FormRule(copies=3)}).tasks([document])
    assert task.copies == 1


def test_a_number_and_no_number_share_no_sheet_that_is_printed_twice():
    rules = {form: FormRule(two_up=True, copies=2) for form in ("F08", "F09")}
    single = dataclasses.replace(sample_document("F09", paper="A5"), single=True)
    tasks = PrintSetup(rules=rules).tasks([sample_document("F08", paper="A5"), single])
    assert [(task.form, task.copies) for task in tasks] == [("F08", 2), ("F09", 1)]


def test_the_copy_is_left_out_where_the_rule_says_so():
    document = dataclasses.replace(sample_document("F07", 3), copy_pages=(3,))
    assert PrintSetup().kept(document) is document
    without = PrintSetup(rules={"F07": FormRule(keep_copy=False)}).kept(document)
    assert (without.pages, without.copy_pages) == (2, ())
    # A spoilt 控え that is asked for by itself comes out, whatever the rule of another printer says.
    alone = cut_down(document, {3})
    assert PrintSetup(rules={"F07": FormRule(keep_copy=False)}).kept(alone) is alone


def test_every_page_is_moved_by_the_correction():
    document = sample_document("F01")
    corrected = PrintSetup(PrinterProfile(Correction(offset_x_mm=1.0)))
    assert corrected.tasks([document])[0].pdf != document.pdf


def test_one_sheet_of_a_document_is_cut_out_and_keeps_what_it_is():
    document = dataclasses.replace(sample_document("F07", 3), copy_pages=(3,), single=True, verified=True)
    cut = cut_down(document, {3, 9})
    assert (cut.pages, cut.copy_pages, cut.single, cut.verified) == (1, (1,), True, True)
    with pytest.raises(ValueError, match="no such page"):
        cut_down(document, {4})


def test_a_task_shows_nothing_of_its_document():
    (task,) = PrintSetup().tasks([sample_document("F01")])
    assert repr(task) == "PrintTask(F01, A4, 1 copies)"

"""What a real CUPS is told of paper, tray, sides and copies, what it says of itself, how it is followed."""

import dataclasses
import threading

import pytest

from kakanai.printing.calibration import MARKS, solve
from kakanai.printing.cups import CupsPrinter
from kakanai.printing.errors import (
    OptionRefusedError,
    PaperRefusedError,
    PrinterRemovedError,
    PrinterStoppedError,
)
from kakanai.printing.plane import Affine
from kakanai.printing.print_plan import PrintSetup
from kakanai.printing.printer_facts import printer_facts
from kakanai.printing.profile import Correction, FormRule, Margins, PrinterProfile, Sides
from kakanai.printing.progress import PrintState
from kakanai.printing.sheet_pdf import moved
from tests.printing.cups_server import A4_ONLY, COUNTER, FILTERED, STOPPED
from tests.printing.measured import crosses
from tests.printing.sample_pdf import sample_document, sample_job
from tests.printing.test_cups import pdf_lines, pdf_pages, wait_until

pytestmark = pytest.mark.cups

NEAR_MM = 0.2
"""What a printed box may be off."""


def printer(name, profile=None, rules=None, **more):
    setup = PrintSetup(profile or PrinterProfile(), rules or {})
    return CupsPrinter(name, setup=lambda: setup, **more)


def test_a_printer_says_its_papers_trays_and_sides(cups):
    facts = printer_facts(FILTERED)
    edge = 4.23
    assert facts.papers == {"A4": Margins(edge, edge, edge, edge), "A5": Margins(edge, edge, edge, edge)}
    assert set(facts.trays) == {"auto", "tray-1", "tray-2"}
    assert set(facts.sides) == {"one-sided", "two-sided-long-edge", "two-sided-short-edge"}
    assert facts.reasons == ()
    assert set(printer_facts(A4_ONLY).papers) == {"A4"}


def test_a_raw_queue_says_nothing_and_refuses_nothing(cups):
    facts = printer_facts(COUNTER)
    assert not facts.is_told
    assert not facts.refuses_paper("A5")
    assert facts.refused_option("tray-9", Sides.LONG_EDGE) == ""


def test_tray_sides_and_copies_reach_the_driver(cups):
    profile = PrinterProfile(tray="tray-2", sides=Sides.LONG_EDGE)
    rules = {"F09": FormRule(copies=2, sides=Sides.ONE, tray="tray-1")}
    printer(FILTERED, profile, rules).release(sample_job())
    first, second = cups.arrived()
    options = [set(cups.told(path, "options").split()) for path in (first, second)]
    assert {"InputSlot=Tray2", "PageSize=A4", "Duplex=DuplexNoTumble", "print-scaling=none"} <= options[0]
    assert {"InputSlot=Tray1", "PageSize=A5", "sides=one-sided"} <= options[1]
    assert [cups.told(path, "copies") for path in (first, second)] == ["1", "2"]


def test_a_paper_or_tray_that_the_printer_has_not_is_told_before_anything_is_sent(cups):
    with pytest.raises(PaperRefusedError) as caught:
        printer(A4_ONLY).release(sample_job())
    assert caught.value.details == {"printer": A4_ONLY, "paper": "A5"}
    with pytest.raises(OptionRefusedError) as caught:
        printer(FILTERED, PrinterProfile(tray="tray-9")).release(sample_job())
    assert caught.value.details == {"printer": FILTERED, "option": "tray-9"}
    with pytest.raises(OptionRefusedError):
        printer(A4_ONLY, PrinterProfile(sides=Sides.LONG_EDGE)).release(sample_job(sample_document()))
    assert cups.arrived() == []


def test_a5_two_on_a4_comes_out_of_a_printer_that_has_no_a5(cups):
    job = sample_job(*(sample_document(form, paper="A5") for form in ("F08", "F09", "F10")))
    told = printer(A4_ONLY, PrinterProfile(two_up=True)).release(job)
    (sheets,) = cups.arrived()
    assert pdf_pages(sheets) == (2, 595, 842)
    assert sorted(pdf_lines(sheets)) == [f"{form} page 1 of 1" for form in ("F08", "F09", "F10")]
    assert {one.job_id for one in told} == {f"{A4_ONLY}-{sheets.stem}"}
    assert cups.told(sheets, "title") == "R8-1121-0001 F08+F09+F10"


def test_a_printer_that_is_off_is_calibrated_to_a_fifth_of_a_millimetre(cups, sheet):
    # What this printer does wrong; its paper is what CUPS sends, so moved.
    wrong = Affine(1.003, -0.002, 0.0025, 0.996, 1.4, -0.9)

    def print_and_measure(profile):
        printer(FILTERED, profile).release(sheet)
        return crosses(moved(cups.arrived()[-1].read_bytes(), "A4", wrong))

    seen = print_and_measure(PrinterProfile())
    assert abs(seen["A"][0] - 20) > 1
    readings = {
        mark: (round(x if mark in "AD" else 210 - x, 1), round(y if mark in "AB" else 297 - y, 1))
        for mark, (x, y) in seen.items()
    }
    found = solve(readings, Correction())
    for mark, (x, y) in print_and_measure(PrinterProfile(found.correction)).items():
        assert abs(x - MARKS[mark][0]) < NEAR_MM
        assert abs(y - MARKS[mark][1]) < NEAR_MM


def test_every_state_is_told_on_the_way(cups):
    told = []
    one = printer(COUNTER, timeout_s=30)
    one.told = told.append
    with cups.fault("out-of-paper"):
        thread = threading.Thread(target=one.release, args=[sample_job()])
        thread.start()
        wait_until(lambda: told and told[-1].trouble is PrintState.NO_PAPER)
        assert told[-1].states == (("F01", PrintState.NO_PAPER), ("F09", PrintState.WAITING))
    thread.join(20)  # paper was put in: the print goes on by itself
    assert not thread.is_alive()
    assert told[-1].states == (("F01", PrintState.DONE), ("F09", PrintState.DONE))
    assert len(cups.arrived()) == 2


def test_a_printer_that_is_taken_away_is_not_taken_for_done(cups):
    errors = []

    def release():
        try:
            printer(COUNTER, timeout_s=30).release(sample_job())
        except PrinterRemovedError as error:
            errors.append(error)

    with cups.fault("out-of-paper"):
        thread = threading.Thread(target=release)
        thread.start()
        wait_until(lambda: len(cups.waiting_jobs()) == 2)
        cups.command("lpadmin", "-x", COUNTER)
        thread.join(20)
    assert [error.details for error in errors] == [{"printer": COUNTER, "printed": 0, "total": 2}]
    assert cups.arrived() == []


def test_a_stopped_queue_prints_again_once_it_is_started(cups):
    with pytest.raises(PrinterStoppedError):
        printer(STOPPED).release(sample_job())
    assert "paused" in printer_facts(STOPPED).reasons
    cups.command("cupsenable", STOPPED)
    printer(STOPPED).release(sample_job())
    assert len(cups.arrived()) == 2


def test_a_document_with_a_number_is_printed_once_whatever_is_set(cups):
    document = dataclasses.replace(sample_document("F05"), single=True)
    printer(FILTERED, rules={"F05": FormRule(copies=3)}).release(sample_job(document))
    assert cups.told(cups.arrived()[0], "copies") == "1"

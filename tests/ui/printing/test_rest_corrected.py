"""A set stopped half-way, and then something changed: the case, or the paper that this PC has."""

import dataclasses

import pytest
from PySide6.QtCore import Qt

from kakanai.counter.corrections import CorrectionReason
from kakanai.printing.errors import PrinterStoppedError
from kakanai.printing.folder import FolderPrinter

PROCEDURES = ("residence-certificate", "seal-certificate")


class Stopping(FolderPrinter):
    """Prints the first document and stops in the second, while `is_stopped`; keeps what it was given."""

    is_stopped = True

    def __init__(self, folder):
        super().__init__(folder)
        self.given = []

    def release(self, job):
        self.given.append(job.documents)
        if not self.is_stopped:
            return super().release(job)
        error = PrinterStoppedError(printer="counter", printed=1, total=len(job.documents))
        error.came_out = tuple(super().release(dataclasses.replace(job, documents=job.documents[:1])))
        error.begun = (job.documents[1].form,)
        raise error


@pytest.fixture
def printer(tmp_path):
    return Stopping(tmp_path / "out")


@pytest.fixture
def stock():
    return set()


@pytest.fixture
def stopped(make_clerk, desk, source, printer, stock):
    office = dataclasses.replace(desk.office, stock=lambda: frozenset(stock))
    desk = dataclasses.replace(
        desk, office=office, printers=lambda: ["counter"], printer_for=lambda _name: printer
    )
    clerk = make_clerk(desk)
    clerk.read_card(source)
    clerk.choose(*PROCEDURES, forms=2)
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: clerk.talk.printing.print_button.isEnabled())
    stock.add("F05")
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: clerk.flow.is_part_out)
    return clerk


def test_when_the_rest_is_not_wanted_any_more_the_case_can_be_closed(stopped, printer):
    flow, printing = stopped.flow, stopped.talk.printing
    assert flow.correct(CorrectionReason.VISITOR)
    flow.counter.choose(flow.case, PROCEDURES[:1])
    flow._tell_change()
    stopped.wait(lambda: [form.template.id for form in flow.forms] == ["F01"])
    stopped.window.open_stretch(4)
    stopped.wait(printing.keep_button.isVisible)
    printing.keep_button.click()
    assert [(one.form, one.path is not None) for one in flow.documents] == [("F01", True)]
    assert printing.close_button.isVisible()
    assert len(printer.given) == 1
    flow.close_case()
    assert flow.case is None


def test_the_rest_is_filled_again_for_paper_without_lines(stopped, printer, stock):
    assert [one.preprinted for one in printer.given[0]] == [False, True]
    stock.clear()
    printer.is_stopped = False
    stopped.press(Qt.Key.Key_F8)
    stopped.wait(lambda: stopped.flow.documents)
    (again,) = printer.given[1]
    assert (again.form, again.preprinted) == ("F05", False)
    assert len(again.pdf) > len(printer.given[0][1].pdf)

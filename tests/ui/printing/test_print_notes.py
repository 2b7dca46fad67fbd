"""⑤ with a real printer: what it would cut off, how far it is, and one sheet of the set again."""

import dataclasses
import json

import pytest
from PySide6.QtCore import Qt

from kakanai.app.ways_out import WaysOut
from kakanai.counter.corrections import TO_SHRED_CODE
from kakanai.printing.errors import PrinterStoppedError
from kakanai.printing.folder import FolderPrinter
from kakanai.printing.profile import Margins, PrinterProfile
from kakanai.printing.settings_file import PrinterSettings, write_printer_settings
from kakanai.ui.printing.sheet_panel import sheets_of
from tests.printing.cups_server import COUNTER, FILTERED, PrivateCups
from tests.printing.test_cups import pdf_pages
from tests.ui.printing.test_printer_page import keep_picture

pytestmark = pytest.mark.cups

PROCEDURES = ("seal-certificate", "pension-exemption")


@pytest.fixture(scope="module")
def cups():
    with PrivateCups() as cups:
        yield cups


@pytest.fixture
def clerk(make_clerk, desk, paths, cups):
    ways = WaysOut(paths, dataclasses.replace(desk.office.town, printer=COUNTER), simulated=False)
    return make_clerk(dataclasses.replace(desk, printers=ways.names, printer_for=ways.printer))


def test_a_set_is_told_on_the_way_and_one_sheet_comes_again(clerk, source, cups, paths):
    narrow = PrinterProfile(margins=Margins(30, 5, 5, 5))
    write_printer_settings(paths.printers_file, PrinterSettings({COUNTER: narrow}))
    clerk.read_card(source)
    clerk.choose(*PROCEDURES, forms=2)
    clerk.press(Qt.Key.Key_F8)
    printing = clerk.talk.printing
    clerk.wait(lambda: printing.printers.findText(FILTERED) >= 0 and printing.print_button.isEnabled())
    clerk.wait(lambda: "欠ける" in printing.notes.clipping.text())
    keep_picture(clerk, "print-clipping")
    printing.printers.setCurrentText(FILTERED)
    clerk.wait(lambda: printing.notes.clipping.isHidden())
    with cups.fault("out-of-paper"):
        clerk.press(Qt.Key.Key_F8)
        clerk.wait(lambda: "用紙切れ" in printing.notes.progress.text())
        keep_picture(clerk, "print-out-of-paper")
    clerk.wait(lambda: clerk.flow.documents)
    assert printing.notes.progress.isHidden()
    pages = sum(document.pages for document in clerk.flow.documents)
    assert f"{pages}枚" in printing.missing_button.text()
    before = len(cups.arrived())
    sheets = sheets_of(clerk.flow.documents)
    form = sheets[-1][0]
    assert sheets[-2:] == [(form, 2), (form, 3)]
    printing.missing_button.setFocus()
    clerk.enter()
    assert printing.sheets.isVisible()
    keep_picture(clerk, "print-sheets")
    clerk.type(str(len(sheets)))
    clerk.wait(lambda: len(cups.arrived()) == before + 1 and not clerk.flow.is_printing)
    assert pdf_pages(cups.arrived()[-1])[0] == 1
    (spoilt,) = clerk.flow.to_shred()
    assert (spoilt.form, spoilt.pages) == (form, 1)
    log = clerk.flow.counter.office.log
    bodies = [json.loads(link.body) for link in log.timeline(clerk.flow.case.number)]
    (corrected,) = [body for body in bodies if TO_SHRED_CODE in body.get("codes", ())]
    assert [(*record[::2],) for record in corrected["forms"]] == [(form, 1)]
    # The whole set can still be counted, and another sheet of it asked for.
    assert f"{len(sheets)}枚" in printing.missing_button.text()


def test_after_a_failed_reprint_the_window_says_so_and_prints_no_more_than_the_missing_sheet(
    make_clerk, desk, source, tmp_path
):
    stopped = []

    class Stopping(FolderPrinter):
        def release(self, job):
            if stopped:
                raise PrinterStoppedError(printer="counter", printed=0, total=len(job.documents))
            return super().release(job)

    clerk = make_clerk(
        dataclasses.replace(desk, printers=lambda: ["counter"], printer_for=lambda _name: Stopping(tmp_path))
    )
    clerk.read_card(source)
    clerk.choose(*PROCEDURES, forms=2)
    clerk.press(Qt.Key.Key_F8)
    printing = clerk.talk.printing
    clerk.wait(lambda: printing.print_button.isEnabled())
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: clerk.flow.documents)
    form, page = sheets_of(clerk.flow.documents)[-1]
    stopped.append(True)
    printing.sheets.sheet_wanted.emit(form, page)
    clerk.wait(lambda: "途中で止まりました" in printing._what.text())
    assert not clerk.flow.documents
    stopped.clear()
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: clerk.flow.documents)
    assert [(one.form, one.pages) for one in clerk.flow.documents] == [(form, 1)]

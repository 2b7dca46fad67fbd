"""A PDF on a printer of Qt: true to size at the device's resolution, as Windows prints it."""

import math

import pytest

from kakanai.printing.calibration import MARKS
from kakanai.printing.errors import OptionRefusedError, PrinterNotFoundError, PrintError
from kakanai.printing.profile import Correction, Sides
from kakanai.printing.sheet_pdf import moved
from tests.printing.measured import cross_near, crosses
from tests.printing.test_sheet_pdf import page_with_cross

raster = pytest.importorskip("kakanai.printing.page_raster", reason="needs Qt's print support")

NEAR_MM = 0.2


@pytest.fixture
def printed(qapp, tmp_path):
    """Print a PDF on Qt's own PDF printer; the bytes of its pictures of pages."""
    from PySide6.QtPrintSupport import QPrinter

    def draw(pdf, paper="A4", dpi=300):
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        printer.setResolution(dpi)
        raster.lay_paper(printer, paper)
        raster.draw_pdf(pdf, printer)
        return (tmp_path / "printed.pdf").read_bytes()

    return draw


def test_a_sheet_is_drawn_true_to_size_with_its_correction(printed, sheet):
    correction = Correction(1.2, -0.7, 1.004, 0.997, 0.15, -0.2).plane
    seen = crosses(printed(moved(sheet.documents[0].pdf, "A4", correction)))
    assert all(math.dist(seen[mark], correction.at(MARKS[mark])) < NEAR_MM for mark in MARKS)


def test_a_page_on_its_side_is_turned_as_it_is_for_cups(printed):
    pdf = page_with_cross(210, 148, (30, 40))
    place = (148 - 40, 30)
    assert math.dist(cross_near(printed(pdf, "A5"), place), place) < NEAR_MM


def test_what_is_no_pdf_is_told(printed):
    with pytest.raises(PrintError):
        printed(b"%PDF-1.4 and nothing more")


def test_a_page_that_there_is_no_memory_for_is_told_and_not_printed_blank(printed, sheet, monkeypatch):
    from PySide6.QtGui import QImage

    monkeypatch.setattr(raster.QPdfDocument, "render", lambda *_: QImage())
    with pytest.raises(PrintError):
        printed(sheet.documents[0].pdf)


def test_a_printer_that_is_not_there_is_told(qapp):
    with pytest.raises(PrinterNotFoundError):
        raster.open_printer("no such printer", "A4", "", Sides.ONE, 1, "R8-1121-0001 F01")
    assert raster.driver_margins("no such printer", "A4") is None
    with pytest.raises(PrinterNotFoundError):
        raster.driver_facts("no such printer")


def test_a_tray_is_one_that_we_have_a_word_for_and_the_driver_tells(qapp, monkeypatch):
    # Only on Windows Qt tells the trays of a driver: until it does, any tray that there is a word for may be.
    assert raster.known_trays("any") == tuple(raster.TRAYS)
    told = [raster.TRAYS["upper"], raster.TRAYS["auto"]]
    monkeypatch.setattr(raster.QPrinter, "supportedPaperSources", lambda _self: told, raising=False)
    assert (raster.has_tray("any", "upper"), raster.has_tray("any", "lower")) == (True, False)
    assert not raster.has_tray("any", "tray-2")
    monkeypatch.setattr(raster.QPrinterInfo, "isNull", lambda _self: False)
    with pytest.raises(OptionRefusedError):
        raster.open_printer("any", "A4", "tray-2", Sides.ONE, 1, "R8-1121-0001 F01")

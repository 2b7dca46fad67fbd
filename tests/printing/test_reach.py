"""Where a printer can print, and by how much a box would be cut off."""

import pytest

from kakanai.printing.errors import NoPrintServiceError
from kakanai.printing.folder import FolderPrinter
from kakanai.printing.print_plan import PrintSetup
from kakanai.printing.profile import Correction, Margins, PrinterProfile
from kakanai.printing.reach import make_reach, reach_of

A4 = (210.0, 297.0)
EDGES = Margins(4.0, 5.0, 6.0, 15.0)


def reach(profile=None, paper="A4"):
    return make_reach(PrintSetup(profile or PrinterProfile()), "F01", paper, {"A4": EDGES, "A5": EDGES})


@pytest.mark.parametrize(
    ("place", "cut"),
    [
        ((4, 5, 200, 277), 0),
        ((3, 50, 10, 10), 1),
        ((50, 3, 10, 10), 2),
        ((200, 50, 10, 10), 6),
        ((50, 280, 10, 10), 8),
    ],
)
def test_how_much_is_cut_at_each_edge(place, cut):
    assert reach().cut_mm(A4, place) == pytest.approx(cut)


def test_the_correction_counts():
    moved = reach(PrinterProfile(Correction(offset_y_mm=3)))
    assert moved.cut_mm(A4, (50, 270, 10, 10)) == pytest.approx(1)


def test_a_page_on_its_side_is_looked_at_as_it_is_fed():
    # The right edge of the page is the bottom of the paper.
    assert reach().cut_mm((297.0, 210.0), (280, 100, 10, 10)) == pytest.approx(8)


def test_two_up_looks_at_both_halves():
    two_up = reach(PrinterProfile(two_up=True), "A5")
    assert two_up.sheet == "A4"
    # The left edge of a page is the bottom of its half, so of the sheet on the lower one.
    assert two_up.cut_mm((148.0, 210.0), (10, 100, 10, 10)) == pytest.approx(15 - 10 - 0.25)


def test_a_printer_that_tells_nothing_is_taken_at_its_profile():
    profile = PrinterProfile(margins=Margins(9, 9, 9, 9))
    found = make_reach(PrintSetup(profile), "F01", "A4", {})
    assert found.cut_mm(A4, (5, 50, 10, 10)) == pytest.approx(4)
    assert make_reach(PrintSetup(), "F01", "A4", {}) is None


def test_a_folder_cuts_nothing_off(tmp_path):
    assert reach_of(FolderPrinter(tmp_path), "F01", "A4") is None


def test_a_printer_that_cannot_be_asked_holds_nothing_up():
    class Silent:
        name = "silent"

        def reach(self, form, paper):
            raise NoPrintServiceError

    assert reach_of(Silent(), "F01", "A4") is None

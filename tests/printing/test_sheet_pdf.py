"""Pages moved, laid two on a sheet and taken out, as measured on what they look like."""

import io
import math

import pypdf
import pytest
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from kakanai.printing.calibration import MARKS
from kakanai.printing.plane import Affine
from kakanai.printing.profile import Correction
from kakanai.printing.sheet_pdf import moved, only_pages, two_up
from tests.printing.measured import cross_near, crosses
from tests.printing.sample_pdf import sample_document

SKEWED = Correction(1.2, -0.7, 1.004, 0.997, 0.15, -0.2)
NEAR_MM = 0.05
"""A dot at the resolution that is measured at, and some more."""


def near(point, other, mm=NEAR_MM):
    return math.dist(point, other) < mm


def page_with_cross(width, height, place):
    """A page of that size (mm) with one cross at a place from its top left corner."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(width * mm, height * mm), invariant=1)
    x, y = place[0] * mm, (height - place[1]) * mm
    canvas.setLineWidth(0.15 * mm)
    canvas.line(x - 5 * mm, y, x + 5 * mm, y)
    canvas.line(x, y - 5 * mm, x, y + 5 * mm)
    canvas.save()
    return made.getvalue()


def words(pdf):
    return [page.extract_text().strip() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def sizes(pdf):
    return [
        (round(float(page.mediabox.width) / mm), round(float(page.mediabox.height) / mm))
        for page in pypdf.PdfReader(io.BytesIO(pdf)).pages
    ]


def test_every_cross_is_where_the_correction_puts_it(sheet):
    pdf = moved(sheet.documents[0].pdf, "A4", SKEWED.plane)
    for mark, seen in crosses(pdf).items():
        assert near(seen, SKEWED.plane.at(MARKS[mark])), mark


def test_nothing_moved_is_the_very_same_bytes(sheet):
    pdf = sheet.documents[0].pdf
    assert moved(pdf, "A4", Correction().plane) is pdf


def test_moving_keeps_the_words_and_gives_the_same_bytes_twice(sheet):
    pdf = sheet.documents[0].pdf
    first = moved(pdf, "A4", SKEWED.plane)
    assert first == moved(pdf, "A4", SKEWED.plane)
    assert words(first) == words(pdf)


def test_a_page_on_its_side_is_turned_before_it_is_moved():
    pdf = page_with_cross(210, 148, (30, 40))
    turned = moved(pdf, "A5", Affine(x0=1.0, y0=2.0))
    assert sizes(turned) == [(148, 210)]
    # Its top lies to the right: 40 mm down is 40 mm from the right edge.
    assert near(cross_near(turned, (148 - 40 + 1, 30 + 2)), (148 - 40 + 1, 30 + 2))


@pytest.mark.parametrize(
    ("size", "place", "upper", "lower"),
    [
        # Portrait: its top to the left; 148 mm stand in 148.5, so 0.25 mm above and below.
        ((148, 210), (30, 40), (40, 148.25 - 30), (40, 148.5 + 148.25 - 30)),
        ((210, 148), (30, 40), (30, 40.25), (30, 148.5 + 40.25)),
    ],
)
def test_two_a5_pages_lie_on_the_halves_of_one_a4_sheet(size, place, upper, lower):
    pdf = page_with_cross(*size, place)
    both = two_up([pdf, pdf, pdf])
    assert sizes(both) == [(210, 297), (210, 297)]
    assert near(cross_near(both, upper), upper)
    assert near(cross_near(both, lower), lower)
    assert near(cross_near(both, upper, page=2), upper)


def test_the_line_to_cut_along_is_at_half_the_height():
    both = two_up([sample_document("F01", paper="A5").pdf])
    seen = cross_near(both, (105, 148.5), window=10)
    assert abs(seen[1] - 148.5) < NEAR_MM


def test_pages_are_taken_out_in_order():
    pdf = sample_document("F07", 3).pdf
    assert words(only_pages(pdf, [1, 3])) == ["F07 page 1 of 3", "F07 page 3 of 3"]


def test_two_up_keeps_the_words_of_both():
    both = two_up([sample_document(form, paper="A5").pdf for form in ("F08", "F09")])
    assert words(both) == ["F08 page 1 of 1\nF09 page 1 of 1"]

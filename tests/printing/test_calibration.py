"""Numbers read on a calibration sheet, to a correction that undoes the printer's error."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.printing.calibration import MARKS, solve
from kakanai.printing.errors import ReadingsError
from kakanai.printing.plane import Affine
from kakanai.printing.profile import Correction

PERFECT = {mark: (20.0, 20.0) for mark in MARKS}


def readings(printed, marks="ABCD", digits=6):
    """What a clerk reads on the sheet of a printer that puts each cross where `printed` says."""
    found = {}
    for mark in marks:
        x, y = printed(MARKS[mark])
        across = x if mark in "AD" else 210 - x
        down = y if mark in "AB" else 297 - y
        found[mark] = (round(across, digits), round(down, digits))
    return found


small = st.floats(-1, 1, allow_nan=False)
errors = st.builds(
    lambda x, y, sx, sy, ux, uy: Affine(1 + sx / 100, ux / 100, uy / 100, 1 + sy / 100, 5 * x, 5 * y),
    *[small] * 6,
)


@given(errors)
def test_the_correction_undoes_any_error_of_a_printer(error):
    found = solve(readings(error.at), Correction())
    through = found.correction.plane.then(error)
    for place in ((0.0, 0.0), (210.0, 0.0), (105.0, 148.5), (0.0, 297.0), (210.0, 297.0)):
        assert math.dist(through.at(place), place) < 0.02


@given(errors, errors)
def test_the_second_sheet_improves_what_the_first_found(error, drift):
    before = solve(readings(error.at), Correction()).correction
    now = error.then(Affine(x0=drift.x0 / 10, y0=drift.y0 / 10))
    found = solve(readings(before.plane.then(now).at), before)
    through = found.correction.plane.then(now)
    assert all(math.dist(through.at(place), place) < 0.02 for place in MARKS.values())


def test_two_corners_give_offset_and_scale():
    error = Affine(1.005, 0, 0, 0.996, 1.5, -2.0)
    found = solve(readings(error.at, "AC"), Correction())
    through = found.correction.plane.then(error)
    assert all(math.dist(through.at(place), place) < 0.01 for place in MARKS.values())
    assert (found.correction.slant_x_mm, found.correction.slant_y_mm) == (0, 0)


def test_a_third_corner_gives_the_slant():
    turn = math.radians(0.3)
    error = Affine(math.cos(turn), -math.sin(turn), math.sin(turn), math.cos(turn), 0.4, 0.2)
    found = solve(readings(error.at, "ABC"), Correction())
    assert found.correction.slant_y_mm == pytest.approx(-100 * math.sin(turn), abs=0.01)
    through = found.correction.plane.then(error)
    assert math.dist(through.at(MARKS["D"]), MARKS["D"]) < 0.01


def test_a_sheet_without_error_needs_no_correction():
    found = solve(PERFECT, Correction())
    assert found.correction == Correction()
    assert found.was_good


def test_what_an_office_ruler_tells_is_enough_for_a_fifth_of_a_millimetre():
    error = Affine(1.004, 0.001, -0.002, 0.997, 1.23, -0.87)
    found = solve(readings(error.at, digits=1), Correction())
    through = found.correction.plane.then(error)
    assert all(math.dist(through.at(place), place) < 0.2 for place in MARKS.values())


@pytest.mark.parametrize(
    ("given_readings", "reason"),
    [
        ({"A": (20, 20)}, "few"),
        ({"A": (20, 20), "B": (20, 20)}, "few"),
        ({**PERFECT, "E": (20, 20)}, "few"),
        ({"A": (20, 20), "C": (20, 60)}, "far"),
        ({"A": (45, 20), "C": (20, 20)}, "far"),
        ({"A": (210, 20), "C": (20, 20)}, "far"),
        ({"A": (float("nan"), 20), "C": (20, 20)}, "far"),
        ({"A": (float("inf"), 20), "C": (20, 20)}, "far"),
        ({**PERFECT, "B": (24.0, 20.0)}, "apart"),
    ],
)
def test_numbers_that_cannot_be_are_refused(given_readings, reason):
    with pytest.raises(ReadingsError) as caught:
        solve(given_readings, Correction())
    assert caught.value.details == {"reason": reason}

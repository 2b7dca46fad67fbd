"""Shift+F8: from the first sheet over the numbers to the second, by keys alone; with a real CUPS."""

import dataclasses
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kakanai.app.ways_out import WaysOut, printer_care
from kakanai.printing.profile import Sides
from kakanai.printing.settings_file import read_printer_settings
from tests.printing.cups_server import FILTERED, PrivateCups

pytestmark = pytest.mark.cups


@pytest.fixture(scope="module")
def cups():
    with PrivateCups() as cups:
        yield cups


@pytest.fixture
def at_printers(make_clerk, desk, paths, cups):
    ways = WaysOut(paths, dataclasses.replace(desk.office.town, printer=FILTERED), simulated=False)
    clerk = make_clerk(
        dataclasses.replace(
            desk, printers=ways.names, printer_for=ways.printer, printer_care=printer_care(paths)
        )
    )
    clerk.press(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    page = clerk.window.printer_page
    clerk.wait(lambda: page.printers.count() > 1 and "余白 A4" in page.facts.text())
    return clerk, page


def keep_picture(clerk, name):
    """Keep what the page looks like where KAKANAI_PICTURES says; for those who look at it."""
    if folder := os.environ.get("KAKANAI_PICTURES"):
        clerk.window.grab().save(str(Path(folder) / f"{name}.png"))


def type_readings(clerk, page, values):
    for (mark, place), text in values.items():
        page.readings.fields[mark][place].setFocus()
        clerk.type(text)


def test_a_printer_is_corrected_and_confirmed(at_printers, paths):
    clerk, page = at_printers
    assert page.printers.currentText() == FILTERED
    assert "調整していません" in page.correction.text()
    keep_picture(clerk, "printer-page")
    page.first.setFocus()
    clerk.enter()
    clerk.wait(lambda: "印刷しました" in page.state.text())
    clerk.wait(lambda: clerk.focused is page.readings.fields["A"][0])
    assert not page.solve.isEnabled()
    type_readings(clerk, page, {("A", 0): "21.2", ("A", 1): "19.5", ("C", 0): "18,8", ("C", 1): "20.5"})
    assert page.solve.isEnabled()
    clerk.enter()
    assert "保存しました" in page.state.text()
    profile = read_printer_settings(paths.printers_file).profile(FILTERED)
    assert profile.correction.offset_x_mm == pytest.approx(-1.2, abs=0.01)
    assert clerk.focused is page.second
    page.calibrate()  # the same numbers are not taken twice
    assert read_printer_settings(paths.printers_file).profile(FILTERED) == profile
    page.second.setFocus()
    clerk.enter()
    clerk.wait(lambda: "印刷しました" in page.state.text())
    type_readings(clerk, page, {("A", 0): "20", ("A", 1): "20.1", ("C", 0): "20", ("C", 1): "19.9"})
    clerk.enter()
    assert "合っています" in page.state.text()
    type_readings(clerk, page, {("A", 0): "21", ("A", 1): "20", ("C", 0): "19", ("C", 1): "20"})
    page.printers.setCurrentIndex(1 - page.printers.currentIndex())
    assert page.readings.readings() is None  # nor for another printer
    page.printers.setCurrentText(FILTERED)
    keep_picture(clerk, "printer-page-done")
    assert read_printer_settings(paths.printers_file).profile(FILTERED) == profile
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.window._pages.is_at_counter


def test_tray_and_sides_are_kept_and_a_slip_of_the_pen_is_told(at_printers, paths):
    clerk, page = at_printers
    page.profile.trays.setCurrentText("tray-2")
    page.profile.sides.setCurrentText(Sides.LONG_EDGE.label)
    page.profile.two_up.setChecked(True)
    page.profile.save.click()
    profile = read_printer_settings(paths.printers_file).profile(FILTERED)
    assert (profile.tray, profile.sides, profile.two_up) == ("tray-2", Sides.LONG_EDGE, True)
    type_readings(clerk, page, {("A", 0): "20", ("A", 1): "20", ("C", 0): "20", ("C", 1): "90"})
    clerk.enter()
    assert "P-032" in page.state.text()
    page.readings.fields["B"][0].setFocus()
    clerk.type("2x")
    clerk.enter()
    assert "4つとも" in page.state.text()
    assert read_printer_settings(paths.printers_file).profile(FILTERED) == profile


def test_without_a_printer_the_window_starts_and_says_so(make_clerk, desk, paths, tmp_path, monkeypatch):
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody.sock"))
    ways = WaysOut(paths, desk.office.town, simulated=False)
    clerk = make_clerk(
        dataclasses.replace(
            desk, printers=ways.names, printer_for=ways.printer, printer_care=printer_care(paths)
        )
    )
    clerk.press(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    page = clerk.window.printer_page
    clerk.wait(lambda: "P-028" in page.facts.text())
    assert not page.first.isEnabled()
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: "P-028" in clerk.talk.printing.notes.nowhere.text())
    assert clerk.talk.printing.printers.count() == 1

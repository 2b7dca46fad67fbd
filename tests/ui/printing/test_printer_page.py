"""Shift+F8: from the first sheet over the numbers to the second, by keys alone; with a real CUPS."""

import dataclasses
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kakanai.app.ways_out import WaysOut, printer_care
from kakanai.printing.profile import Correction, FormRule, PrinterProfile, Sides
from kakanai.printing.settings_file import (
    PrinterSettings,
    read_printer_settings,
    write_printer_settings,
)
from kakanai.sessionlog.entry import JST
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
            desk, printers=ways.names, printer_for=ways.printer, printer_care=printer_care(paths, desk.office)
        )
    )
    clerk.press(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    page = clerk.window.printer_page
    clerk.wait(lambda: page.printers.count() > 1 and "余白 A4" in page.facts.text())
    return clerk, page


def keep_picture(clerk, name):
    """Keep what the page looks like where KAKANAI_PICTURES says; for those who look at it."""
    if folder := os.environ.get("KAKANAI_PICTURES"):
        for scale in (100, 200):
            clerk.window.resize(1366 * 100 // scale, 768 * 100 // scale)
            clerk.qtbot.wait(100)
            clerk.window.grab().save(str(Path(folder) / f"{name}-{scale}.png"))
        clerk.window.resize(1366, 768)
        clerk.qtbot.wait(100)


def choose(box, value):
    box.setCurrentIndex(box.findData(value))


def changes(clerk):
    """What the log tells of changed settings."""
    office = clerk.flow.counter.office
    return [change.names for change in office.log.settings_changes(office.now().astimezone(JST).date())]


def type_readings(clerk, page, values):
    for (mark, place), text in values.items():
        page.readings.fields[mark][place].setFocus()
        clerk.type(text)


def test_a_printer_is_corrected_and_confirmed(at_printers, paths):
    clerk, page = at_printers
    assert page.printers.currentText() == FILTERED
    assert "調整していません" in page.correction.text()
    keep_picture(clerk, "printer-page")
    page.calibration.first.setFocus()
    clerk.enter()
    clerk.wait(lambda: "印刷しました" in page.state.text())
    clerk.wait(lambda: clerk.focused is page.readings.fields["A"][0])
    assert not page.calibration.solve.isEnabled()
    type_readings(clerk, page, {("A", 0): "21.2", ("A", 1): "19.5", ("C", 0): "18,8", ("C", 1): "20.5"})
    assert page.calibration.solve.isEnabled()
    clerk.enter()
    assert "保存しました" in page.state.text()
    profile = read_printer_settings(paths.printers_file).profile(FILTERED)
    assert profile.correction.offset_x_mm == pytest.approx(-1.2, abs=0.01)
    assert clerk.focused is page.calibration.second
    page.calibrate()  # the same numbers are not taken twice
    assert read_printer_settings(paths.printers_file).profile(FILTERED) == profile
    page.calibration.second.setFocus()
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
    page.profile.is_default.setChecked(True)
    page.tabs.open(page.profile)
    keep_picture(clerk, "printer-page-profile")
    page.profile.save.setFocus()
    clerk.enter()
    clerk.wait(lambda: "保存しました" in page.state.text())
    names = ("printer_default", "printer_tray", "printer_sides", "printer_two_up")
    assert set(changes(clerk)[-1]) == set(names)
    assert read_printer_settings(paths.printers_file).default == FILTERED
    clerk.wait(lambda: clerk.talk.printing.printers.itemText(0) == FILTERED)
    page.tabs.open(page.calibration)
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


def test_numbers_of_the_second_sheet_stay_so_when_the_page_is_opened_again(at_printers, paths):
    clerk, page = at_printers
    before = Correction(offset_x_mm=1.0)
    settings = PrinterSettings({FILTERED: PrinterProfile(before, calibrated="2026-11-20")})
    write_printer_settings(paths.printers_file, settings)
    page.look()
    clerk.wait(lambda: page.calibration.is_second is None)
    type_readings(clerk, page, {("A", 0): "20", ("A", 1): "20.5", ("C", 0): "20", ("C", 1): "19.5"})
    assert not page.calibration.solve.isEnabled()  # a sheet of another day: nobody but the clerk knows
    clerk.enter()
    assert "1枚目か2枚目か" in page.state.text()
    page.calibration.second.click()
    clerk.wait(lambda: "印刷しました" in page.state.text())
    for _ in range(2):
        clerk.press(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    clerk.wait(lambda: clerk.focused is page.printers)
    assert page.calibration.is_second
    type_readings(clerk, page, {("A", 0): "20", ("A", 1): "20.5", ("C", 0): "20", ("C", 1): "19.5"})
    clerk.enter()
    found = read_printer_settings(paths.printers_file).profile(FILTERED).correction
    assert (found.offset_x_mm, found.offset_y_mm) == pytest.approx((1.0, -0.5), abs=0.01)
    assert changes(clerk) == [("printer_correction",)]


def test_how_a_form_is_printed_is_kept_and_a_tray_that_is_not_there_is_told(at_printers, paths):
    clerk, page = at_printers
    rules = page.rules
    page.tabs.open(rules)
    assert "ありません" in rules.summary.text()
    choose(rules.forms, "F05")
    choose(rules.printers, FILTERED)
    choose(rules.copies, 2)
    choose(rules.two_up, True)
    rules.preprinted.setChecked(True)
    rules.save.setFocus()
    clerk.enter()
    clerk.wait(lambda: "F05" in rules.summary.text())
    keep_picture(clerk, "printer-page-rules")
    kept = read_printer_settings(paths.printers_file)
    assert kept.forms == {"F05": FormRule(FILTERED, two_up=True, copies=2, preprinted=True)}
    assert changes(clerk) == [("printer_form.F05",)]
    printers = clerk.talk.printing.printers
    clerk.wait(lambda: printers.itemText(0).startswith("用紙ごと"))
    assert "様式の決まり: 1" in printers.itemText(0)
    rules.trays.addItem("tray-9", "tray-9")
    choose(rules.trays, "tray-9")
    rules.save.click()
    clerk.wait(lambda: "P-027" in page.state.text())
    assert read_printer_settings(paths.printers_file) == kept
    rules.reset.click()
    clerk.wait(lambda: "ありません" in rules.summary.text())
    assert not read_printer_settings(paths.printers_file).forms


def test_without_a_printer_the_window_starts_and_says_so(make_clerk, desk, paths, tmp_path, monkeypatch):
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody.sock"))
    ways = WaysOut(paths, desk.office.town, simulated=False)
    clerk = make_clerk(
        dataclasses.replace(
            desk, printers=ways.names, printer_for=ways.printer, printer_care=printer_care(paths, desk.office)
        )
    )
    clerk.press(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    page = clerk.window.printer_page
    clerk.wait(lambda: "P-028" in page.facts.text())
    assert not page.calibration.first.isEnabled()
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: "P-028" in clerk.talk.printing.notes.nowhere.text())
    assert clerk.talk.printing.printers.count() == 1

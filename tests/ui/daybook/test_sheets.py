"""Plots, print, files, and that every control of every sheet can be hit, named and reached."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from kakanai.daybook.exports import ExportFormat
from kakanai.sessionlog.entry import EntryKind
from kakanai.ui.style_file import ThemeKind
from kakanai.ui.theme import Theme
from tests.daybook.sample_day import ODD
from tests.ui.daybook.conftest import ORDINARY, Reader
from tests.ui.test_targets import TARGET, controls, told

CASES = ORDINARY + len(ODD)


def test_the_plots_are_drawn_and_told_with_the_minutes_saved(reader: Reader) -> None:
    charts = reader.page.charts
    reader.press(Qt.Key.Key_Z)
    reader.settle()
    assert not charts.plots.is_empty
    assert "様式ごと: F0" in charts.plots.accessibleDescription()
    assert "減った時間（見積もり）" in charts.text.toPlainText()
    assert "仮定: 様式1つを手で書くのに" in charts.text.toPlainText()
    assert f"受付 {CASES}件" in charts.text.toPlainText()
    image = charts.plots.grab().toImage()
    colours = {image.pixelColor(x, image.height() // 4).name() for x in range(image.width())}
    assert "#ffffff" in colours
    assert len(colours) > 2
    charts.group.buttons()[1].click()
    reader.settle()
    assert charts.state.text() == "2026-11-14 〜 2026-11-20"
    assert f"受付 {CASES + 3}件" in charts.text.toPlainText()


def test_the_report_is_printed_by_the_same_printers_as_forms(reader: Reader, tmp_path: Path) -> None:
    reader.press(Qt.Key.Key_P)
    reader.page.take_focus()
    assert reader.focused is reader.page.hand_on.print_button
    reader.press(Qt.Key.Key_Return)
    reader.wait(lambda: "✓ 日報" in reader.page.hand_on.result.toPlainText())
    paper = tmp_path / "printed" / "2026-11-20_NIPPO.pdf"
    assert paper.read_bytes().startswith(b"%PDF-")
    (entry,) = reader.entries(EntryKind.LOG_EXPORTED)
    assert entry.digest in reader.page.hand_on.result.toPlainText()


def test_the_report_as_a_file_never_takes_anothers_place(reader: Reader, tmp_path: Path) -> None:
    sheet = reader.page.hand_on
    reader.press(Qt.Key.Key_P)
    for name in ("日報-2026-11-20.pdf", "日報-2026-11-20-2.pdf"):
        sheet.pdf_button.click()
        reader.settle()
        assert (tmp_path / name).read_bytes().startswith(b"%PDF-")
        assert name in sheet.result.toPlainText()


@pytest.mark.parametrize("form", ExportFormat)
def test_the_cases_of_the_day_as_a_file(reader: Reader, tmp_path: Path, form: ExportFormat) -> None:
    sheet = reader.page.hand_on
    sheet.formats.setCurrentIndex(list(ExportFormat).index(form))
    sheet.export_button.click()
    reader.settle()
    (file,) = tmp_path.glob("受付の一覧-2026-11-20.*")
    told = file.read_bytes()
    match form:
        case ExportFormat.CSV:
            assert told.startswith(b"\xef\xbb\xbf")
            assert told.decode().count("\r\n") == CASES + 1
        case ExportFormat.CSV_CP932:
            assert told.decode("cp932").count("\r\n") == CASES + 1
        case ExportFormat.JSON:
            assert len(json.loads(told)["cases"]) == CASES
    assert f"受付 {CASES}件" in sheet.result.toPlainText()


def test_what_a_search_found_is_what_is_written(reader: Reader, tmp_path: Path) -> None:
    reader.page.query.setText("再印刷")
    reader.page.searching.search("再印刷")
    reader.settle()
    assert "検索「再印刷」" in reader.page.hand_on.what.text()
    reader.page.hand_on.formats.setCurrentIndex(2)
    reader.page.hand_on.export_button.click()
    reader.settle()
    assert len(json.loads((tmp_path / "受付の検索結果.json").read_text())["cases"]) == 1


def test_a_folder_that_is_not_there_is_told(reader: Reader, tmp_path: Path) -> None:
    reader.page.hand_on.folder.setText(str(tmp_path / "none"))
    reader.page.hand_on.export_button.click()
    reader.settle()
    assert "L-064" in reader.page.hand_on.result.toPlainText()


# --- what hands and eyes need ---------------------------------------------------------


def every_sheet(reader: Reader) -> list[str]:
    """Open each sheet; what no scrolling brings into sight, what is too small or has no name."""
    window = reader.page.window()
    wrong = []
    for tab in reader.page.row.tabs:
        tab.click()
        reader.settle()
        reader.qtbot.wait(50)
        for control in controls(window):
            if min(control.width(), control.height()) < TARGET:
                wrong.append(f"{tab.text()}: small {told(control)}")
            if not (control.accessibleName() or (isinstance(control, QAbstractButton) and control.text())):
                wrong.append(f"{tab.text()}: nameless {told(control)}")
            parent = control.parentWidget()
            while parent is not None:
                if isinstance(parent, QScrollArea):
                    middle = control.mapTo(parent.widget(), control.rect().center())
                    across, down = control.width() // 2 + 1, control.height() // 2 + 1
                    parent.ensureVisible(middle.x(), middle.y(), across, down)
                parent = parent.parentWidget()
            QApplication.processEvents()
            shown = control.visibleRegion().boundingRect()
            if shown.width() < control.width() - 2 or shown.height() < min(control.height(), TARGET) - 2:
                corner = control.mapTo(window, QPoint(0, 0))
                wrong.append(f"{tab.text()}: out of reach {told(control)} at {corner.x()},{corner.y()}")
    return wrong


@pytest.mark.parametrize("size", [QSize(1366, 672), QSize(683, 288)], ids=["whole", "half"])
def test_every_control_is_large_named_and_in_reach(reader: Reader, size: QSize) -> None:
    reader.page.window().resize(size)
    reader.qtbot.wait(50)
    assert every_sheet(reader) == []


def test_on_half_a_screen_the_arrow_brings_the_table_into_sight(reader: Reader) -> None:
    reader.page.window().resize(QSize(683, 288))
    reader.qtbot.wait(50)
    assert reader.table.visibleRegion().isEmpty()
    reader.press(Qt.Key.Key_Down)
    QApplication.processEvents()
    assert reader.table.visibleRegion().boundingRect().height() > 2 * TARGET


def test_so_it_is_with_letters_of_twice_the_size(reader: Reader, theme: Theme) -> None:
    try:
        theme.use(ThemeKind.LIGHT, 200)
        assert every_sheet(reader) == []
    finally:
        theme.use(ThemeKind.LIGHT, 100)


def test_an_ordinary_screen_needs_no_scrolling(reader: Reader, qtbot: QtBot) -> None:
    window = reader.page.window()
    assert isinstance(window, QScrollArea)
    qtbot.wait(50)
    assert window.verticalScrollBar().maximum() == 0
    assert window.horizontalScrollBar().maximum() == 0
    assert reader.page.cases.table.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("kind", ThemeKind)
def test_the_texts_have_a_ring_where_the_focus_is(reader: Reader, theme: Theme, kind: ThemeKind) -> None:
    try:
        theme.use(kind, 100)
        reader.press(Qt.Key.Key_K)
        text = reader.page.office.text
        assert reader.focused is text
        QApplication.processEvents()
        image = text.grab().toImage()
        row = [image.pixelColor(x, image.height() // 2) for x in range(6)]
        assert row[:4] == [theme.color("focus")] * 4
        assert row[5] != theme.color("focus")
    finally:
        theme.use(ThemeKind.LIGHT, 100)

"""Bars, help, day log page, large paper, clerk number, unforeseen errors."""

import logging
import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QSpinBox

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.counter import Counter
from kakanai.daybook.concerns import Reason
from kakanai.sessionlog.entry import JST, Outcome
from kakanai.ui.crash_guard import CrashGuard
from kakanai.ui.desk import Desk
from kakanai.ui.main_window import MainWindow
from kakanai.ui.window_run import run_window
from tests.ui.conftest import FIVE_FORMS, Clerk

pytestmark = pytest.mark.usefixtures("no_stray_windows")


def test_no_control_has_the_focus_before_there_is_something_to_do(clerk: Clerk) -> None:
    assert clerk.focused is clerk.talk.person.body


def test_help_opens_and_closes(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_F1)
    assert clerk.window.manual.isVisible()
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.talk.isVisible()
    clerk.press(Qt.Key.Key_F1)
    clerk.press(Qt.Key.Key_F1)
    assert clerk.window.help.isVisible()
    clerk.press(Qt.Key.Key_F1)
    assert clerk.talk.isVisible()


def told_keys(words: str) -> set[str]:
    """The keys of a line of the help or the manual: ・ and 、 part them, 〜 stands for all between."""
    found = set()
    for key in re.split("[・、]", words):
        if match := re.fullmatch(r"(.*)(\d)〜(?:.*)(\d)", key.replace(" ", "")):
            found |= {f"{match[1]}{digit}" for digit in range(int(match[2]), int(match[3]) + 1)}
        else:
            found.add(key.strip())
    return found


def test_help_and_manual_tell_every_key_of_the_window(clerk: Clerk) -> None:
    """Also the other way round: none is told that does nothing."""
    names = {"Down": "↓", "Up": "↑", "Del": "Delete", "PgDown": "PgDown"}
    spare = {"Ctrl+;", "Ctrl+="}  # Ctrl++ of keyboards that have + elsewhere
    bound = {
        re.sub(r"(?<=\+)(Down|Up|Del)$", lambda match: names[match[1]], action.shortcut().toString())
        for action in clerk.window.actions()
    } - spare
    stretches = clerk.talk.question.findChildren(QShortcut)
    bound |= {re.sub(r"Down|Up", lambda match: names[match[0]], one.key().toString()) for one in stretches}
    help_told = {key for rows in clerk.window.help.rows for words, _ in rows for key in told_keys(words)}
    manual = (Path(__file__).parents[2] / "docs" / "manual" / "clerk.md").read_text(encoding="utf-8")
    table = manual.split("## ① 本人")[0]
    manual_told = {
        key
        for line in table.splitlines()
        if line.startswith("|")
        for cell in line.split("|")[1:-1:2]
        for key in told_keys(cell.strip())
    }
    always = bound - {"F1"}  # in the line of keys below the help itself
    assert always - help_told == set()
    assert bound - manual_told == set()
    chords = {key for key in help_told | manual_told if re.fullmatch(r"((Ctrl|Alt|Shift)\+\S+|F\d+)", key)}
    assert chords - bound - {"Alt+M"} == set()  # the label of the list in ④ has that one


def test_alt_and_a_number_open_each_stretch(clerk: Clerk) -> None:
    for number in range(5):
        clerk.press(Qt.Key(Qt.Key.Key_1 + number), Qt.KeyboardModifier.AltModifier)
        assert clerk.talk.stretches[number].is_open
        assert sum(stretch.is_open for stretch in clerk.talk.stretches) == 1


def test_large_paper_gives_the_conversation_back(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.read_card(source)
    clerk.choose("seal-certificate", forms=1)
    clerk.wait(lambda: not clerk.window.paper.view.is_empty)
    width = clerk.window.paper.width()
    clerk.press(Qt.Key.Key_F6)
    clerk.wait(lambda: clerk.window.paper.width() > 2 * width)
    assert not clerk.talk.isVisible()
    clerk.press(Qt.Key.Key_F6)
    clerk.wait(lambda: clerk.window.paper.width() == width)
    assert clerk.talk.isVisible()


def test_the_clerk_number_changes_between_cases_only(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.press(Qt.Key.Key_F7)
    line = clerk.window.top_bar.clerk_line
    clerk.wait(lambda: clerk.focused is line)
    clerk.type("2048")
    clerk.enter()
    assert clerk.flow.counter.clerk == "2048"
    clerk.press(Qt.Key.Key_F7)
    clerk.type("山田")
    clerk.enter()
    assert clerk.flow.counter.clerk == "2048"
    assert "L-021" in clerk.talk.notice.text
    clerk.read_card(source)
    assert not clerk.window.key_bar.keys["F7"].isEnabled()
    clerk.window.top_bar.edit_clerk()
    assert line.isHidden()


def test_an_unforeseen_error_shows_a_reference_and_logs_no_value(
    clerk: Clerk, caplog: pytest.LogCaptureFixture
) -> None:
    guard = CrashGuard()
    guard.crashed.connect(clerk.window.show_crash)
    with caplog.at_level(logging.ERROR, logger="kakanai"):
        try:
            int("黒桐　幹也")
        except ValueError as error:
            guard.report(type(error), error, error.__traceback__)
    assert "X-000 " in clerk.talk.notice.text
    assert "黒桐" not in caplog.text
    assert "黒桐" not in clerk.talk.notice.text
    reference = clerk.talk.notice.text.splitlines()[-1]
    assert reference in caplog.text
    assert "test_window.py" in caplog.text


def test_the_crash_guard_takes_the_place_of_the_hook_and_gives_it_back() -> None:
    before = sys.excepthook
    guard = CrashGuard()
    guard.install()
    assert sys.excepthook == guard.report
    guard.uninstall()
    assert sys.excepthook is sys.__excepthook__
    sys.excepthook = before


def test_an_unforeseen_print_failure_does_not_leave_the_window_waiting(
    clerk: Clerk, source: SimulatedReaderSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.read_card(source)
    clerk.choose("seal-certificate", forms=1)

    def break_down(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Counter, "release", break_down)
    with clerk.qtbot.capture_exceptions() as caught:
        clerk.flow.print_forms("フォルダー")
        clerk.wait(lambda: caught)
        clerk.wait(lambda: not clerk.flow.is_printing)
    assert caught[0][0] is ZeroDivisionError
    assert clerk.flow.case is not None


def test_every_control_has_a_name_for_screen_readers(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.read_card(source)
    clerk.choose(*FIVE_FORMS, forms=5)
    clerk.window.open_stretch(2)
    clerk.talk.question.lists["member"].add.click()
    controls = [
        control
        for kind in (QAbstractButton, QLineEdit, QComboBox, QSpinBox)
        for control in clerk.window.findChildren(kind)
        if not control.objectName().startswith("qt_")
    ]
    assert len(controls) > 150
    unnamed = [
        (type(control).__name__, control.objectName())
        for control in controls
        if not control.accessibleName() and not (isinstance(control, QAbstractButton) and control.text())
    ]
    assert unnamed == []


def test_nothing_is_cut_off_at_1366_by_768(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.read_card(source, "long-address")
    clerk.choose(*FIVE_FORMS, forms=5)
    assert clerk.window.minimumSizeHint().width() <= 1366
    assert clerk.window.minimumSizeHint().height() <= 768
    assert clerk.window.size().width() == 1366
    assert clerk.window.size().height() == 768


def test_the_day_log_tells_of_a_case_that_was_cancelled(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.read_card(source)
    clerk.flow.cancel_case()
    clerk.press(Qt.Key.Key_F11)
    page = clerk.window.day_log
    assert page.isVisible()
    clerk.wait(lambda: page.cases.table.shown.rowCount() == 1)
    assert page.line.edit.lineEdit().width() > 90
    assert page.cases.chips.chips[Reason.LOOKUP].text() == "印刷なしの閲覧 1"
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.talk.isVisible()


def test_f11_brings_the_counter_back_from_every_sheet_of_the_day(clerk: Clerk) -> None:
    for key in (Qt.Key.Key_K, Qt.Key.Key_Z, Qt.Key.Key_P, Qt.Key.Key_J):
        clerk.press(Qt.Key.Key_F11)
        clerk.press(key)
        clerk.wait(lambda: not clerk.window.day_log.link.is_busy)
        clerk.press(Qt.Key.Key_F11)
        assert clerk.talk.isVisible()
    clerk.press(Qt.Key.Key_F11)
    assert clerk.window.day_log.row.sheets.currentIndex() == 0


def test_the_window_runs_until_it_is_closed(desk: Desk, qapp: QApplication) -> None:
    seen: list[str] = []

    def close() -> None:
        window = next(w for w in qapp.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible())
        seen.append(window.windowTitle())
        window.close()

    QTimer.singleShot(300, close)
    assert run_window(desk) == 0
    assert seen == ["書かない窓口　見本町"]
    assert not isinstance(getattr(sys.excepthook, "__self__", None), CrashGuard)


def test_closing_with_an_open_case_asks_first(
    clerk: Clerk, source: SimulatedReaderSource, desk: Desk
) -> None:
    clerk.read_card(source)
    clerk.window.close()
    assert clerk.window.isVisible()
    assert "受付の途中です" in clerk.talk.notice.text
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.flow.person is not None
    clerk.window.close()
    clerk.press(Qt.Key.Key_Tab)
    clerk.enter()
    clerk.wait(lambda: not clerk.window.isVisible())
    assert not clerk.window.card.is_running
    (entry,) = desk.office.log.day(desk.office.now().astimezone(JST).date())
    assert entry.outcome is Outcome.CANCELLED

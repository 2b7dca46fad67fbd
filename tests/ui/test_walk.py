"""The whole way at the window, by keyboard only."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.counter import Office
from kakanai.reception.case import Step
from kakanai.sessionlog.entry import JST, EntryKind, Outcome
from kakanai.settings import Paths
from kakanai.ui.card_pictures import NO_PICTURES
from kakanai.ui.card_told import Taken
from kakanai.ui.daybook.case_model import Column
from tests.office import read_specimen
from tests.ui.conftest import BROKEN, BrokenPrinter, Clerk

pytestmark = pytest.mark.usefixtures("no_stray_windows")


def test_from_the_card_to_the_day_log_by_keyboard(
    clerk: Clerk, source: SimulatedReaderSource, paths: Paths, office: Office
) -> None:
    clerk.read_card(source)
    person = clerk.flow.person
    assert person is not None
    assert person.name in clerk.talk.person.header.text()
    clerk.enter()  # 手続へ
    clerk.wait(lambda: clerk.talk.current == 1)
    clerk.type("05")  # 印鑑登録証明書
    clerk.enter()
    clerk.wait(lambda: [form.template.id for form in clerk.flow.forms] == ["F05"])
    clerk.enter()  # 聞き取りへ
    clerk.wait(lambda: clerk.talk.current == 2)
    before = clerk.flow.unanswered()
    clerk.type("クロギリ　ミキヤ")
    clerk.enter()
    clerk.type("204-0000")
    clerk.enter()
    assert clerk.flow.unanswered() == before - 2
    assert "あと" in clerk.talk.question.header.text()
    clerk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    clerk.wait(lambda: clerk.talk.current == 3 and not clerk.window.paper.view.is_empty)
    clerk.enter()  # 印刷へ
    clerk.wait(lambda: clerk.talk.printing.print_button.isEnabled())
    number = clerk.flow.case.number if clerk.flow.case else ""
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: clerk.flow.documents)
    printed = sorted(path.name for path in paths.output_dir.iterdir())
    assert printed == [f"{number}_F05.pdf"]
    assert printed[0] in clerk.talk.printing._result.text()
    clerk.enter()  # 受付を終わる
    clerk.wait(lambda: clerk.flow.case is None)
    assert "お返しください" in clerk.talk.notice.text
    clerk.press(Qt.Key.Key_F11)
    page = clerk.window.day_log
    table = page.cases.table
    clerk.wait(lambda: table.shown.rowCount() == 1)
    row = [table.shown.index(0, column).data() for column in Column]
    assert row[Column.CASE_NUMBER] == number
    assert row[Column.STAFF] == "1024"
    assert row[Column.PROCEDURES] == "印鑑登録証明書（F05）"
    assert row[Column.OUTCOME] == "✓ 印刷済"
    clerk.press(Qt.Key.Key_Down)
    clerk.press(Qt.Key.Key_Return)
    panel = page.cases.panel
    clerk.wait(lambda: "印刷" in panel.text.toPlainText())
    assert "マイナンバーカード・暗証番号" in panel.facts.text()
    told = "".join(row) + panel.facts.text() + panel.text.toPlainText()
    assert person.name not in told
    assert person.address not in told


def test_the_last_typed_letters_are_on_the_paper(
    clerk: Clerk, source: SimulatedReaderSource, office: Office
) -> None:
    """Printing right after the last key waits for the filling with it."""
    clerk.read_card(source)
    clerk.choose("seal-certificate", forms=1)
    clerk.window.open_stretch(2)
    clerk.talk.question.go_to("seal.card_number")
    clerk.type("7654321")
    clerk.flow.print_forms("フォルダー")
    clerk.wait(lambda: clerk.flow.documents)
    placed = [p for page in clerk.flow.forms[0].pages for p in page.placed]
    assert any(getattr(p, "lines", ()) == ("7654321",) for p in placed)


def test_a_failed_print_keeps_the_case_and_can_be_repeated(
    clerk: Clerk, source: SimulatedReaderSource, broken_printer: BrokenPrinter, paths: Paths, office: Office
) -> None:
    clerk.read_card(source)
    clerk.choose("seal-certificate", forms=1)
    clerk.press(Qt.Key.Key_F8)
    printing = clerk.talk.printing
    clerk.wait(lambda: printing.printers.count() == 2 and printing.print_button.isEnabled())
    printing.printers.setCurrentText(BROKEN)
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: "P-020" in clerk.talk.notice.text)
    case = clerk.flow.case
    assert case is not None
    assert case.step is Step.RELEASED
    assert case.person is not None
    assert not list(paths.output_dir.iterdir())
    clerk.wait(lambda: printing.print_button.isEnabled())
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: clerk.flow.documents)
    assert [path.suffix for path in paths.output_dir.iterdir()] == [".pdf"]
    clerk.wait(lambda: clerk.focused is printing.close_button)
    clerk.enter()
    clerk.wait(lambda: clerk.flow.case is None)
    (entry,) = office.log.day(office.now().astimezone(JST).date())
    assert entry.outcome is Outcome.PRINTED
    assert entry.codes == ("V-001", "P-020")


def test_hand_entry_without_any_card_service(clerk_without_service: Clerk, office: Office) -> None:
    clerk = clerk_without_service
    assert "動いていません" in clerk.window.top_bar.reader.text()
    clerk.press(Qt.Key.Key_F3)
    entry = clerk.talk.person.hand_entry
    clerk.wait(lambda: clerk.focused is entry.name)
    clerk.type("渡邊\U000e0108　仮名")
    clerk.enter()
    clerk.type("京都府京都市見本町９９９番地")
    clerk.enter()
    clerk.type("S24.13.8")
    clerk.enter()
    clerk.press(Qt.Key.Key_Space)
    clerk.enter()
    clerk.enter()
    assert clerk.flow.person is None
    assert "読めません" in entry._notes["birth_date"].text()
    assert clerk.focused is entry.birth_date
    entry.birth_date.selectAll()
    clerk.type("S24.12.8")
    assert "昭和24年12月8日（1949年）" in entry._notes["birth_date"].text()
    clerk.enter()
    clerk.enter()
    clerk.enter()
    clerk.wait(lambda: clerk.flow.person is not None)
    person = clerk.flow.person
    assert person is not None
    assert person.name == "渡邊\U000e0108　仮名"
    assert person.birth_date is not None
    assert person.birth_date.iso == "1949-12-08"
    assert not clerk.flow.is_by_card
    clerk.choose("seal-certificate", forms=1)
    assert not clerk.flow.stopping
    clerk.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    clerk.press(Qt.Key.Key_Tab)
    clerk.enter()
    clerk.wait(lambda: clerk.flow.case is None)
    (entry_,) = office.log.day(office.now().astimezone(JST).date())
    assert entry_.outcome is Outcome.CANCELLED
    assert entry_.read_by == "hand"


def test_cancelling_can_be_taken_back(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.read_card(source)
    clerk.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert "取りやめますか" in clerk.talk.notice.text
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.talk.notice.isHidden()
    assert clerk.flow.person is not None


def test_a_name_without_its_glyph_stops_printing_until_the_clerk_decides(
    clerk: Clerk, office: Office, paths: Paths
) -> None:
    clerk.press(Qt.Key.Key_F3)
    clerk.type("渡邊\U000e01ef　仮名")  # no font has the 240th variant
    clerk.talk.person.hand_entry._done.click()
    clerk.wait(lambda: clerk.flow.person is not None)
    clerk.choose("seal-certificate", forms=1)
    clerk.wait(lambda: clerk.flow.stopping)
    assert not clerk.talk.printing.print_button.isEnabled()
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: clerk.talk.current == 3)
    while clerk.flow.stopping:
        left = len(clerk.flow.stopping)
        assert clerk.focused is clerk.talk.finding.decide_buttons[0]
        clerk.enter()
        clerk.wait(lambda left=left: len(clerk.flow.stopping) < left)
    clerk.wait(lambda: "手書き" in clerk.talk.finding.summary or clerk.talk.finding.is_done)
    undo = [b for b in clerk.talk.finding.findChildren(QPushButton) if b.text() == "やはり印字する"]
    QTest.mouseClick(undo[0], Qt.MouseButton.LeftButton)
    clerk.wait(lambda: clerk.flow.stopping)
    clerk.talk.finding.decide_buttons[0].click()
    clerk.wait(lambda: not clerk.flow.stopping)
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: clerk.talk.printing.print_button.isEnabled())
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: clerk.flow.documents)
    (entry,) = office.log.day(office.now().astimezone(JST).date())
    assert "F-051" in entry.codes


def test_the_log_tells_each_act(clerk: Clerk, source: SimulatedReaderSource, office: Office) -> None:
    clerk.read_card(source)
    clerk.choose("seal-certificate", forms=1)
    (entry,) = office.log.day(office.now().astimezone(JST).date())
    assert entry.card_kind == "mynumber"
    assert entry.procedures == ("seal-certificate",)
    assert EntryKind.PRINT_RELEASED not in entry.codes
    assert entry.outcome is Outcome.OPEN


def test_another_persons_card_takes_none_of_what_was_typed(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_F3)
    clerk.type("甲野　太郎")
    clerk.talk.person.hand_entry._done.click()
    clerk.wait(lambda: clerk.flow.person is not None)
    clerk.choose("seal-certificate", forms=1)
    clerk.flow.answer("visitor.phone", "03-1111-1111")
    assert clerk.flow.facts.values["visitor.phone"] == "03-1111-1111"
    taken = clerk.flow.take_card(read_specimen("official-test"), NO_PICTURES, visit=1)
    assert taken is Taken.IDENTIFIED
    assert "visitor.phone" not in clerk.flow.facts.values
    assert not any(clerk.flow.typed.well_formed().values())

"""Papers of the downtime kit are scanned into the log at the counter, with the keyboard alone."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from kakanai.downtime.kit_desk import KitDesk
from kakanai.downtime.kit_papers import PaperState
from kakanai.sessionlog.entry import JST, EntryKind, LogEntry
from tests.ui.conftest import BROKEN, Clerk

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def kit(clerk: Clerk):
    """Four papers that were printed earlier today; drawing them is another test's matter."""
    office = clerk.flow.counter.office
    records = [office.forms.by_id(form) for form in ("F05", "F01")]
    from kakanai.sessionlog.entry import FormRecord

    entry = LogEntry(
        EntryKind.DOWNTIME_PRINTED,
        None,
        clerk.flow.counter.clerk,
        office.now(),
        forms=tuple(FormRecord(one.id, one.version, 1) for one in records),
        counts={"copies": 2},
        digest="ab" * 32,
    )
    office.log.append(entry)
    return KitDesk(office, clerk.flow.counter.clerk)


def scan(clerk, number, form="F05"):
    clerk.type(f"{number}/{form}/1/1-1")
    clerk.enter()


def test_two_papers_of_a_visitor_are_scanned_into_one_case(clerk, kit):
    first, _, third, _ = [paper.number for paper in kit.papers()]
    clerk.press(Qt.Key.Key_F11, SHIFT)
    page = clerk.window.downtime
    clerk.wait(page.isVisible)
    assert "4 枚" in page.count.text()
    scan(clerk, first)
    scan(clerk, third, "F01")
    scan(clerk, third, "F01")
    assert [paper.number for paper in page.papers] == [first, third]
    assert "印鑑登録証明書" in page.chosen.item(0).text()
    clerk.enter()  # nothing more: on to the day
    assert page.day.line.hasFocus()
    clerk.enter()
    assert page.state.text().startswith("✓ 受付番号 R")
    assert page.papers == []
    assert page.number.line.hasFocus()
    states = {paper.number: paper for paper in kit.papers()}
    assert {states[n].state for n in (first, third)} == {PaperState.TAKEN}
    today = dt.datetime.now(dt.UTC).astimezone(JST).date()
    assert states[first].day == today
    scan(clerk, first)
    assert "E-012" in page.state.text()


def test_what_is_no_paper_is_told_and_the_line_is_free_again(clerk, kit):
    page = clerk.window.downtime
    clerk.press(Qt.Key.Key_F11, SHIFT)
    clerk.wait(page.isVisible)
    scan(clerk, "R8-1121-0001")
    assert "E-010" in page.state.text()
    assert page.number.line.hasFocus()
    assert page.number.typed == ""
    scan(clerk, kit.papers()[0].number)
    page.day.line.setText("abc")
    page.go.click()
    assert page.day.note.text().startswith("×")
    page.day.line.setText("昨日")
    page.go.click()
    assert "E-014" in page.state.text()
    clerk.press(Qt.Key.Key_Escape)
    clerk.wait(lambda: not page.isVisible())


def test_papers_are_destroyed_after_a_second_question_only(clerk, kit):
    page = clerk.window.downtime
    clerk.press(Qt.Key.Key_F11, SHIFT)
    clerk.wait(page.isVisible)
    first, second = (paper.number for paper in kit.papers()[:2])
    scan(clerk, first)
    page.void.click()
    assert page.question.isVisible()
    assert str(first) in page.question.words.text()
    assert "1 枚" in page.question.words.text()
    assert page.question.no.hasFocus()
    scan(clerk, second)  # a scanner's Enter is no consent
    assert not page.question.isVisible()
    assert [paper.number for paper in page.papers] == [first]
    page.void.click()
    clerk.press(Qt.Key.Key_Escape)
    assert page.isVisible()
    assert not page.question.isVisible()
    assert {paper.state for paper in kit.papers()} == {PaperState.WAITING}
    page.void.click()
    clerk.press(Qt.Key.Key_Tab)
    assert page.question.yes.hasFocus()
    clerk.enter()
    assert page.state.text().startswith("✓ 用紙 1 枚を廃棄")
    assert [paper.state for paper in kit.papers()].count(PaperState.VOID) == 1
    assert page.number.line.hasFocus()


def open_kit(clerk):
    clerk.press(Qt.Key.Key_F11, SHIFT)
    page = clerk.window.downtime
    clerk.wait(page.isVisible)
    page.more.click()
    clerk.wait(lambda: page.kit.printers.count() > 0)
    return page


def test_a_kit_is_printed_with_the_keyboard_alone(clerk, paths):
    page = open_kit(clerk)
    panel = page.kit
    assert panel.forms.line.line.hasFocus()
    clerk.type("f05 X99")
    clerk.enter()
    assert "X99" in panel.forms.line.note.text()
    panel.forms.line.begin("F05")
    panel.forms.list.setFocus()
    panel.forms.list.setCurrentRow(4)
    clerk.press(Qt.Key.Key_Space)  # ticked already
    assert panel.forms.chosen == []
    assert not panel.go.isEnabled()
    clerk.press(Qt.Key.Key_Space)
    assert panel.forms.chosen == ["F05"]
    clerk.enter()
    assert panel.copies.line.hasFocus()
    panel.copies.line.setText("1000")
    assert not panel.go.isEnabled()
    panel.copies.line.setText("2")
    clerk.enter()
    assert panel.printers.hasFocus()
    assert "番号 2 個" in panel.told.text()
    panel.go.click()
    assert not panel.go.isEnabled()
    clerk.wait(lambda: panel.state.text().startswith("✓ 束 D"))
    desk = KitDesk(clerk.flow.counter.office, clerk.flow.counter.clerk)
    papers = desk.papers()
    assert [paper.record.form for paper in papers] == ["F05", "F05"]
    kit = papers[0].number[:5]
    found = {path.name for path in paths.output_dir.parent.rglob(f"{kit}_*.pdf")}
    assert found == {f"{kit}_F05.pdf", f"{kit}_LIST.pdf"}
    clerk.press(Qt.Key.Key_Escape)
    assert page.isVisible()
    assert "2 枚" in page.count.text()


def test_numbers_whose_paper_did_not_come_out_can_be_destroyed_at_once(clerk):
    page = open_kit(clerk)
    panel = page.kit
    panel.forms.line.begin("F05")
    panel.copies.line.setText("1")
    panel.printers.setCurrentIndex(panel.printers.findText(BROKEN))
    panel.go.click()
    clerk.wait(lambda: "E-017" in panel.state.text())
    assert panel.void.isVisible()
    panel.void.click()
    assert page.question.isVisible()
    page.question.yes.click()
    desk = KitDesk(clerk.flow.counter.office, clerk.flow.counter.clerk)
    assert [paper.state for paper in desk.papers()] == [PaperState.VOID]


def test_a_kit_that_is_given_up_while_it_is_drawn_comes_to_nothing(clerk):
    page = open_kit(clerk)
    panel = page.kit
    panel.forms.line.begin("F05 G02")
    panel.copies.line.setText("1")
    panel.go.click()
    panel.stop.click()
    assert not panel.is_busy
    page.more.click()
    panel.forms.line.begin("F05")
    panel.go.click()
    clerk.wait(lambda: panel.state.text().startswith("✓ 束 D"))
    desk = KitDesk(clerk.flow.counter.office, clerk.flow.counter.clerk)
    assert [paper.record.form for paper in desk.papers()] == ["F05"]

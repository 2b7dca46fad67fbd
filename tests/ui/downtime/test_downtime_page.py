"""Papers of the downtime kit are scanned into the log at the counter, with the keyboard alone."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from kakanai.downtime.kit_desk import KitDesk
from kakanai.downtime.kit_papers import PaperState
from kakanai.sessionlog.entry import JST, EntryKind, LogEntry
from tests.ui.conftest import Clerk

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
    page.void.click()
    assert kit.papers()[0].state is PaperState.VOID
    clerk.press(Qt.Key.Key_Escape)
    clerk.wait(lambda: not page.isVisible())

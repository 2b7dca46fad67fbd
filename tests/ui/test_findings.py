"""④ with a character that no font has: the card's own picture or the hand, once for all forms."""

import dataclasses

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.counter import Office
from kakanai.forms.filled import FindingKind
from kakanai.forms.placed_picture import PlacedPicture
from kakanai.sessionlog.entry import JST
from kakanai.ui.finding_row import DecidedRow, StoppingRow
from tests.ui.conftest import Clerk

EMOJI = "\U0001f600"


def read_name_without_glyph(clerk: Clerk, source: SimulatedReaderSource, *, with_face: bool) -> None:
    """A card whose name begins with a character that no font has."""
    clerk.put_card(source, "ivs-watanabe")
    if with_face:
        clerk.window.read_by_number()
        clerk.wait(lambda: clerk.talk.shows(clerk.talk.collation))
        clerk.type("S24.12.8")
        clerk.enter()
        clerk.type("6430")
        clerk.enter()
    else:
        clerk.enter_pin()
    clerk.wait(lambda: clerk.flow.person is not None)
    told = clerk.flow.told
    assert told is not None
    basic = told.reading.basic_four
    strange = dataclasses.replace(
        told.reading, basic_four=dataclasses.replace(basic, name=EMOJI + basic.name)
    )
    assert clerk.flow.case is not None
    clerk.flow.counter.identify_by_card(clerk.flow.case, strange)


def kinds(clerk: Clerk) -> set[FindingKind]:
    return {finding.kind for form in clerk.flow.forms for finding in form.findings}


def go_to_findings(clerk: Clerk) -> None:
    clerk.wait(lambda: clerk.flow.stopping)
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: clerk.talk.current == 3)


def test_the_picture_is_one_decision_for_all_forms(
    clerk: Clerk, source: SimulatedReaderSource, office: Office
) -> None:
    read_name_without_glyph(clerk, source, with_face=True)
    clerk.choose("move-in", "child-medical-aid", forms=2)
    go_to_findings(clerk)
    stopping = len(clerk.flow.stopping)
    assert stopping > 1
    row = next(r for r in clerk.talk.finding.findChildren(StoppingRow) if "F07" in r._same.words)
    assert clerk.focused.text() == "券面の画像を印刷する"  # type: ignore[attr-defined]
    assert [button.text() for button in row.decisions] == ["券面の画像を印刷する", "空欄にして手書き"]
    assert len(clerk.talk.finding.decide_buttons) == 2  # one row for all of them
    clerk.enter()
    clerk.wait(lambda: not clerk.flow.stopping)
    assert FindingKind.PICTURE in kinds(clerk)
    drawn = [p for form in clerk.flow.forms for page in form.pages for p in page.placed]
    assert sum(isinstance(p, PlacedPicture) for p in drawn) >= stopping  # a name may stand twice

    def decided() -> list[DecidedRow]:
        return [r for r in clerk.talk.finding.findChildren(DecidedRow) if r.isVisible()]

    clerk.wait(decided)
    decided()[0].undo.click()
    clerk.wait(lambda: clerk.flow.stopping)
    (entry,) = office.log.day(office.now().astimezone(JST).date())
    assert "F-052" in entry.codes


def test_a_reading_by_pin_offers_to_read_the_face(clerk: Clerk, source: SimulatedReaderSource) -> None:
    read_name_without_glyph(clerk, source, with_face=False)
    clerk.choose("seal-certificate", forms=1)
    go_to_findings(clerk)
    assert clerk.focused.text() == "照合番号Bで券面を読む"  # type: ignore[attr-defined]
    clerk.enter()
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.collation))


def test_a_typed_name_is_left_for_the_hand(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_F3)
    clerk.type(f"{EMOJI}見本　太郎")
    clerk.talk.person.hand_entry._done.click()
    clerk.choose("seal-certificate", forms=1)
    go_to_findings(clerk)
    texts = {button.text() for button in clerk.talk.finding.decide_buttons}
    assert texts == {"空欄にして手書き"}
    while clerk.flow.stopping:
        left = len(clerk.flow.stopping)
        clerk.enter()
        clerk.wait(lambda left=left: len(clerk.flow.stopping) < left)
    assert kinds(clerk) >= {FindingKind.LEFT_BLANK}


def test_what_does_not_fit_says_so_and_is_left_for_the_hand(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_F3)
    clerk.type("見" * 120)
    clerk.talk.person.hand_entry._done.click()
    clerk.choose("seal-certificate", forms=1)
    go_to_findings(clerk)
    row = clerk.talk.finding.findChildren(StoppingRow)[0]
    assert any("枠の最小の文字でも入りません" in label.text() for label in row.findChildren(QLabel))
    assert [button.text() for button in row.decisions] == ["空欄にして手書き"]

"""本人確認 in ①, documents in ④, papers beside the forms in ⑤: few keys, and never in the way."""

import pytest
from PySide6.QtCore import Qt

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.reception.checklist import DocumentState
from tests.ui.conftest import Clerk


def enter_person(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_F3)
    for words in ("見本　太郎", "見本町架空一丁目１番１号", "S55.2.17"):
        clerk.type(words)
        clerk.enter()
    clerk.talk.person.hand_entry._done.click()
    clerk.wait(lambda: clerk.flow.person is not None)


def papers_seen(clerk: Clerk) -> tuple[str, ...]:
    check = clerk.flow.identity_check
    return check.papers if check else ()


def test_a_card_needs_no_key(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.read_card(source)
    line = clerk.talk.person.identity
    assert papers_seen(clerk) == ("my_number_card",)
    assert "個人番号カード" in line.words.text()
    assert line.words.text().startswith("✓")
    assert not line.choices.isVisible()


def test_one_digit_is_one_paper_with_a_photo(clerk: Clerk) -> None:
    enter_person(clerk)
    line = clerk.talk.person.identity
    assert line.choices.isVisible()
    assert line.words.text().startswith("▲")
    clerk.press(Qt.Key.Key_2)
    assert papers_seen(clerk) == ("driver_licence",)
    assert not line.choices.isVisible()
    clerk.enter()
    assert clerk.talk.current == 1


def test_two_papers_are_three_digits(clerk: Clerk) -> None:
    enter_person(clerk)
    clerk.press(Qt.Key.Key_8)
    clerk.press(Qt.Key.Key_7)
    assert "足りません" in clerk.talk.person.identity.words.text()
    clerk.press(Qt.Key.Key_1)
    assert papers_seen(clerk) == ("insurance", "student")
    assert "2点" in clerk.talk.person.identity.words.text()
    clerk.talk.person.identity.change.click()
    clerk.press(Qt.Key.Key_3)
    assert papers_seen(clerk) == ("passport",)


def test_questions_are_noted_as_topics_alone(clerk: Clerk) -> None:
    enter_person(clerk)
    clerk.press(Qt.Key.Key_9)
    clerk.press(Qt.Key.Key_2)
    check = clerk.flow.identity_check
    assert check is not None
    assert (check.papers, check.topics) == ((), ("household",))


def test_a_digit_is_no_answer_while_an_address_is_typed(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.read_card(source)
    clerk.talk.person.address.ask_address()
    clerk.type("2")
    assert papers_seen(clerk) == ("my_number_card",)
    assert clerk.talk.person.address.line.text() == "2"


@pytest.fixture
def at_findings(clerk: Clerk) -> Clerk:
    enter_person(clerk)
    clerk.choose("move-in-with-insurance", "seal-certificate", forms=3)
    clerk.window.open_stretch(3)
    clerk.wait(lambda: clerk.talk.finding.documents.isVisible())
    return clerk


def state_of(clerk: Clerk, name: str) -> DocumentState:
    return next(item.state for item in clerk.flow.checklist() if item.id == name)


def test_space_ticks_a_document_and_the_focus_stays(at_findings: Clerk) -> None:
    clerk, documents = at_findings, at_findings.talk.finding.documents
    name = "show:印鑑登録証"
    chip = documents.chips[name]
    chip.setFocus()
    assert "F05" in documents.about.text()
    for state in (DocumentState.SEEN, DocumentState.LATER, DocumentState.UNNEEDED, DocumentState.OPEN):
        clerk.press(Qt.Key.Key_Space)
        clerk.wait(lambda wanted=state: state_of(clerk, name) is wanted)
        assert state.label in documents.chips[name].accessibleName()
        assert clerk.focused is chip


def test_what_the_check_settles_is_told_in_a_line_and_needs_no_tick(at_findings: Clerk) -> None:
    clerk, documents = at_findings, at_findings.talk.finding.documents
    name = "show:窓口に来た人の本人確認書類"
    assert name in documents.chips
    clerk.flow.check_identity(["passport"])
    clerk.wait(lambda: name not in documents.chips)
    clerk.talk.finding.take_focus()
    assert "✓ 窓口に来た人の本人確認書類" in documents.about.text()


def test_what_is_missing_of_the_check_is_told_and_printing_goes_on(at_findings: Clerk) -> None:
    clerk = at_findings
    assert clerk.flow.identity_notes() == ["本人確認の書類が、まだ記録されていません"]
    assert clerk.flow.stopping == []
    clerk.enter()
    assert clerk.talk.current == 4


def test_papers_are_ticked_beside_the_printer_and_printed(at_findings: Clerk) -> None:
    clerk = at_findings
    clerk.window.open_stretch(4)
    papers = clerk.talk.printing.papers
    papers.boxes["G02"].click()
    papers.boxes["G01"].click()
    clerk.wait(lambda: len(clerk.flow.forms) == 5)
    assert "3様式" in clerk.talk.printing.summary
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: bool(clerk.flow.documents))
    assert [document.form for document in clerk.flow.documents][-2:] == ["G01", "G02"]
    assert not papers.boxes["G01"].isEnabled()


def test_what_the_town_may_look_up_itself_is_unneeded_with_the_first_space(clerk: Clerk) -> None:
    enter_person(clerk)
    clerk.flow.choose_event("move_in")
    clerk.flow.answer("guide.move_in_way", "abroad")
    clerk.window.open_stretch(3)
    name = "show:全員の旅券と、戸籍謄本・附票"
    clerk.wait(lambda: name in clerk.talk.finding.documents.chips)
    documents = clerk.talk.finding.documents
    documents.chips[name].setFocus()
    assert "役場で確かめられる" in documents.about.text()
    clerk.press(Qt.Key.Key_Space)
    clerk.wait(lambda: state_of(clerk, name) is DocumentState.UNNEEDED)

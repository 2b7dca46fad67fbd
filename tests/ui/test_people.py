"""More people than the visitor at the window: whose card it is, who is listed, who goes again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kakanai.identity.person import Person
from kakanai.sessionlog.entry import CaseNumber, EntryKind
from tests.office import read_specimen
from tests.ui.conftest import Clerk

pytestmark = pytest.mark.usefixtures("no_stray_windows")

CONTROL = Qt.KeyboardModifier.ControlModifier


def name_of(specimen: str) -> str:
    return read_specimen(specimen).basic_four.name


def begin(clerk: Clerk, source, *procedures: str, forms: int, specimen: str = "family-father") -> None:
    clerk.read_card(source, specimen)
    clerk.choose(*procedures, forms=forms)
    clerk.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    clerk.take_card(source)


def put_next(clerk: Clerk, source, specimen: str) -> None:
    """Put the next card there; the strip asks whose it is."""
    source.insert(specimen)
    clerk.wait(lambda: clerk.talk.notice.topic == "whose-card")


def listed(clerk: Clerk) -> list[str]:
    return clerk.window.column.people.lines


def test_the_next_card_is_asked_about_and_taken_with_one_key_and_its_pin(clerk, source):
    begin(clerk, source, "move-in", forms=1)
    put_next(clerk, source, "family-mother")
    assert clerk.talk.notice.text.startswith("次のカードです。この人はだれですか。")
    clerk.enter()  # the first answer: 世帯員・異動する人
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.pin_pad))
    assert "世帯員" in clerk.talk.notice.text
    assert "法定代理人" in clerk.talk.notice.text
    clerk.enter_pin()
    clerk.wait(lambda: clerk.flow.companions)
    assert listed(clerk) == [
        f"● {name_of('family-father')}　来庁者",
        f"● {name_of('family-mother')}　世帯員・異動する人",
    ]
    assert clerk.flow.person.name == name_of("family-father")
    clerk.wait(lambda: len(clerk.flow.facts.rows["member"]) == 2)
    assert clerk.flow.place == ""


def test_a_digit_chooses_the_place(clerk, source):
    begin(clerk, source, "residence-certificate", forms=1, specimen="proxy")
    put_next(clerk, source, "principal")
    clerk.press(Qt.Key.Key_1)
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.pin_pad))
    clerk.enter_pin()
    clerk.wait(lambda: clerk.flow.companions)
    assert clerk.flow.facts.values["subject.name"] == name_of("principal")
    assert clerk.flow.facts.values["visitor.name"] == name_of("proxy")


def test_typing_is_not_interrupted_by_a_card(clerk, source):
    begin(clerk, source, "move-in", forms=1)
    clerk.press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    clerk.press(Qt.Key.Key_F5)
    editor = clerk.focused
    clerk.type("3")
    put_next(clerk, source, "family-son")
    assert QApplication.focusWidget() is editor
    clerk.press(Qt.Key.Key_F2)  # the strip, now with the focus
    assert clerk.talk.notice.topic == "whose-card"
    clerk.press(Qt.Key.Key_1)
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.pin_pad))


def test_a_card_without_pin_goes_by_collation_number_for_the_same_person(clerk, source):
    begin(clerk, source, "move-in", forms=1)
    put_next(clerk, source, "youth-15")
    clerk.press(Qt.Key.Key_1)
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.pin_pad))
    clerk.press(Qt.Key.Key_F10)
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.collation))
    assert clerk.flow.place == "member"
    clerk.press(Qt.Key.Key_F3)
    clerk.wait(lambda: clerk.talk.person.is_typing_companion)
    clerk.type("見本　若葉")
    for _ in range(4):
        clerk.enter()
    clerk.enter()
    clerk.wait(lambda: clerk.flow.companions)
    assert clerk.flow.companions["c1"].person == Person("見本　若葉", "", None, None)
    assert clerk.flow.person.name == name_of("family-father")


def test_the_visitors_own_card_put_back_is_still_the_visitor(clerk, source):
    begin(clerk, source, "move-in", forms=1)
    put_next(clerk, source, "family-father")
    clerk.enter()
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.pin_pad))
    clerk.enter_pin()
    clerk.wait(lambda: not clerk.talk.is_on_card_page)
    assert clerk.flow.companions == {}
    assert clerk.flow.person.name == name_of("family-father")


def test_no_tried_pin_stays_for_the_next_card(clerk, source):
    begin(clerk, source, "move-in", forms=1)
    put_next(clerk, source, "family-mother")
    clerk.enter()
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.pin_pad))
    clerk.enter_pin("9999")
    clerk.wait(lambda: "ちがいます" in clerk.talk.pin_pad.state.text())
    assert clerk.talk.pin_pad.pad.entered == 0
    source.remove()
    clerk.wait(lambda: not clerk.talk.is_on_card_page)
    assert clerk.flow.place == ""
    assert clerk.flow.companions == {}


def test_somebody_goes_out_again_with_what_was_typed(clerk, source):
    begin(clerk, source, "move-in", forms=1)
    for specimen in ("family-mother", "family-son"):
        put_next(clerk, source, specimen)
        clerk.enter()
        clerk.wait(lambda: clerk.talk.shows(clerk.talk.pin_pad))
        before = len(clerk.flow.companions)
        clerk.enter_pin()
        clerk.wait(lambda before=before: len(clerk.flow.companions) > before)
        clerk.take_card(source)
    clerk.flow.answer_rows("member", [{"member.key": "c1", "member.kana": "ミホン"}, {"member.key": "c2"}])
    clerk.press(Qt.Key.Key_Delete, CONTROL)
    assert clerk.talk.notice.topic == "remove-person"
    clerk.press(Qt.Key.Key_1)
    clerk.wait(lambda: list(clerk.flow.companions) == ["c2"])
    assert [row["member.key"] for row in clerk.flow.facts.rows["member"]] == ["visitor", "c2"]
    assert clerk.flow.typed.rows["member"] == [{"member.key": "c2"}]
    log, number = clerk.flow.counter.office.log, CaseNumber(clerk.flow.case.number)
    assert log.count_of(number, EntryKind.PERSON_ADDED) == 2
    assert log.count_of(number, EntryKind.PERSON_REMOVED) == 1


def test_a_person_by_hand_without_a_card(clerk, source):
    begin(clerk, source, "move-in", forms=1)
    clerk.press(Qt.Key.Key_N, CONTROL)
    clerk.press(Qt.Key.Key_1)
    clerk.wait(lambda: clerk.talk.person.is_typing_companion)
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.flow.place == ""
    assert clerk.flow.companions == {}
    assert not clerk.talk.person.is_typing_companion


def test_a_protected_address_leaves_the_window(clerk, source):
    begin(clerk, source, "move-in", forms=1)
    address = clerk.flow.person.address
    clerk.window.card_talk.people.ask_protect()
    clerk.press(Qt.Key.Key_Tab)
    clerk.enter()
    clerk.wait(lambda: clerk.flow.is_protected)
    shown = [label.text() for label in clerk.window.findChildren(type(clerk.talk.person.card.values["name"]))]
    assert not any(address in text for text in shown)
    assert clerk.talk.person.card.values["address"].text() == "支援措置のため出しません"
    assert clerk.flow.pictures.address is None
    clerk.wait(lambda: clerk.flow.forms and any(f.kind == "protected" for f in clerk.flow.forms[0].findings))


def test_another_persons_card_is_no_way_to_the_visitors_number(clerk, source):
    begin(clerk, source, "insurance-acquire", forms=1)
    before = clerk.flow.case.answers
    clerk.flow.case.my_number = None
    source.insert("tatsu-saki")
    clerk.wait(lambda: "カードがあります" in clerk.window.top_bar.reader.text())
    clerk.window.card_talk.people.read_visitor()
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.pin_pad))
    clerk.enter_pin()
    clerk.wait(lambda: "R-032" in clerk.talk.notice.text)
    assert clerk.flow.person.name == name_of("family-father")
    assert clerk.flow.case.my_number is None
    assert clerk.flow.case.answers is before

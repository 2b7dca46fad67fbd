"""What was typed about somebody goes with them; no undo brings it back. Addresses under 支援措置 alike."""

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.person import Person, Sex
from tests.office import read_specimen
from tests.ui.conftest import Clerk
from tests.ui.test_people import begin, put_next


def person(name: str, year: int) -> Person:
    return Person(name, "見本町架空１", BirthDate(year, 5, 5), Sex.MALE)


def take(clerk: Clerk, place: str, name: str, year: int) -> None:
    clerk.flow.place = place
    assert clerk.flow.add_by_hand(person(name, year))


def test_undo_brings_no_row_of_somebody_who_left(clerk, source):
    begin(clerk, source, "move-in", forms=1)
    take(clerk, "member", "架空　花子", 1982)
    clerk.flow.answer_rows("member", [{"member.key": "c1", "member.kana": "カクウ　ハナコ"}])
    assert clerk.flow.remove_person("c1")
    clerk.flow.take_back()
    assert clerk.flow.typed.rows["member"] == []
    assert [row["member.key"] for row in clerk.flow.facts.rows["member"]] == ["visitor"]


def test_who_takes_a_place_has_no_half_typed_answer_of_the_one_before(clerk, source):
    begin(clerk, source, "residence-certificate", forms=1)
    take(clerk, "subject", "架空　一郎", 1950)
    clerk.flow.answer("subject.kana", "カクウ　イチロウ")
    clerk.flow.answer("subject.phone", "03-????")  # not well formed, so the case has never seen it
    take(clerk, "subject", "架空　花子", 1960)
    clerk.flow.answer("visitor.phone", "03-0000-0001")
    assert clerk.flow.facts.values["subject.name"] == "架空　花子"
    assert "subject.kana" not in clerk.flow.facts.values
    assert clerk.flow.typed.values == {"visitor.phone": "03-0000-0001"}
    clerk.flow.take_back()
    clerk.flow.take_back()
    assert clerk.flow.typed.values == {}


def test_undo_brings_no_address_back_under_protection(clerk, source):
    begin(clerk, source, "move-in", forms=1)
    clerk.flow.answer("move.new_address", "見本町秘密１")
    clerk.flow.answer("visitor.phone", "03-0000-0001")
    assert clerk.flow.protect_address()
    clerk.flow.take_back()
    clerk.flow.take_back()
    assert "move.new_address" not in clerk.flow.typed.values


def test_a_residence_card_shows_no_address_under_protection(clerk, source):
    begin(clerk, source, "move-in", forms=1)
    assert clerk.flow.protect_address()
    put_next(clerk, source, "residence-back-address")
    clerk.enter()
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.card_number))
    clerk.type("AB12345678CD")
    clerk.enter()
    entry = clerk.talk.residence_entry
    clerk.wait(lambda: clerk.talk.shows(entry))
    assert entry.face.is_empty
    assert entry.address.is_empty
    assert entry.entry.address.text() == ""
    assert not entry.photo.is_empty


def type_address(clerk: Clerk, typed: str) -> None:
    clerk.window.open_stretch(0)
    clerk.talk.person.address.ask_address()
    clerk.talk.person.address.line.setText(typed)


def test_an_address_half_typed_is_not_offered_for_the_next_visitor(clerk, source):
    begin(clerk, source, "move-in", forms=1)
    type_address(clerk, "見本町架空９")
    clerk.flow.changed.emit()
    assert clerk.talk.person.address.line.text() == "見本町架空９"
    clerk.flow.counter.identify_by_card(clerk.flow.case, read_specimen("official-test"))
    clerk.flow.changed.emit()
    assert not clerk.talk.person.address.is_typing
    assert clerk.talk.person.address.line.text() == ""


def test_an_address_half_typed_goes_under_protection(clerk, source):
    begin(clerk, source, "move-in", forms=1)
    type_address(clerk, "見本町秘密９")
    clerk.talk.person.hand_entry.address.setText("見本町秘密８")
    assert clerk.flow.protect_address()
    assert clerk.talk.person.address.line.text() == ""
    assert clerk.talk.person.hand_entry.address.text() == ""

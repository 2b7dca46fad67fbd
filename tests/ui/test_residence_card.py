"""在留カード・特別永住者証明書 at the window: the number, then the name from its picture."""

import pytest
from PySide6.QtCore import Qt

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.counter import Office
from kakanai.identity.evidence import Fact, FactSource
from kakanai.sessionlog.entry import JST
from tests.ui.conftest import Clerk


def put_residence_card(clerk: Clerk, source: SimulatedReaderSource, specimen: str, number: str) -> None:
    clerk.put_card(source, specimen, clerk.talk.card_number)
    clerk.type(number)
    clerk.enter()


def test_the_name_of_a_residence_card_is_typed_from_its_picture(
    clerk: Clerk, source: SimulatedReaderSource, office: Office
) -> None:
    put_residence_card(clerk, source, "residence-second-generation", "ef34567890gh")
    entry = clerk.talk.residence_entry
    clerk.wait(lambda: clerk.talk.shows(entry))
    assert clerk.flow.person is None
    assert clerk.focused is entry.entry.name
    for picture in (entry.photo, entry.name, entry.address):
        assert not picture.is_empty
    assert entry.entry.birth_date.text() == "平成10年5月5日"
    assert entry.entry.signs["birth_date"].text() == "●"
    assert entry.entry.signs["sex"].text() == "●"
    assert entry.entry.signs["name"].text() == ""
    clerk.type("SHRESTHA MIHON ANITA")
    for _ in range(4):
        clerk.enter()
    clerk.enter()
    clerk.wait(lambda: clerk.flow.person is not None)
    evidence = clerk.flow.case.evidence
    assert evidence.source_of(Fact.NAME) is FactSource.HAND
    assert evidence.source_of(Fact.BIRTH_DATE) is FactSource.CARD
    assert clerk.talk.person.card.signs["name"].text() == "✎"
    assert clerk.talk.person.card.signs["birth_date"].text() == "●"
    assert not clerk.talk.person.card.photo.is_empty
    assert entry.photo.is_empty
    assert entry.entry.name.text() == ""
    (log,) = office.log.day(office.now().astimezone(JST).date())
    assert (log.card_kind, log.read_by) == ("residence_card", "number")


def test_an_address_written_on_the_back_is_filled_in(clerk: Clerk, source: SimulatedReaderSource) -> None:
    put_residence_card(clerk, source, "residence-back-address", "AB12345678CD")
    entry = clerk.talk.residence_entry
    clerk.wait(lambda: clerk.talk.shows(entry))
    assert not entry.face.is_empty
    assert entry.entry.address.text() == "群馬県邑楽郡大泉町架空九丁目９９番地"
    assert entry.entry.signs["address"].text() == "●"


def test_an_empty_name_is_not_taken(clerk: Clerk, source: SimulatedReaderSource) -> None:
    put_residence_card(clerk, source, "residence-front-address", "CD23456789EF")
    entry = clerk.talk.residence_entry
    clerk.wait(lambda: clerk.talk.shows(entry))
    entry.entry._done.click()
    assert clerk.flow.person is None
    assert "氏名を入力" in entry.entry._notes["name"].text()


def test_a_wrong_card_number_can_be_typed_again_without_limit(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    put_residence_card(clerk, source, "residence-front-address", "AB12345678CD")
    page = clerk.talk.card_number
    clerk.wait(lambda: "合いません" in page.state.text())
    assert page.number.line.text() == "AB12345678CD"
    page.number.line.setText("CD23456789EF")
    clerk.enter()
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.residence_entry))


def test_what_is_no_card_number_is_not_sent(clerk: Clerk, source: SimulatedReaderSource) -> None:
    put_residence_card(clerk, source, "residence-front-address", "AB1234567")
    page = clerk.talk.card_number
    assert page.number.note.text() == "あと 3 文字"
    page.number.line.setText("AB1234567890")
    assert "英字2・数字8・英字2" in page.number.note.text()
    assert not page.confirm.isEnabled()
    page.number.line.setText("ＣＤ２３４５６７８９ｅｆ")
    assert page.confirm.isEnabled()


@pytest.mark.parametrize("typed", ["", "CD2345"])
def test_removal_at_the_card_number(clerk: Clerk, source: SimulatedReaderSource, typed: str) -> None:
    clerk.put_card(source, "residence-front-address", clerk.talk.card_number)
    clerk.type(typed)
    source.remove()
    clerk.wait(lambda: not clerk.talk.is_on_card_page)
    assert "カードが離れました" in clerk.talk.notice.text
    assert clerk.talk.card_number.number.line.text() == ""


def test_removal_after_the_reading_does_not_disturb_the_typing(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    put_residence_card(clerk, source, "residence-front-address", "CD23456789EF")
    entry = clerk.talk.residence_entry
    clerk.wait(lambda: clerk.talk.shows(entry))
    clerk.type("MARTINEZ")
    clerk.take_card(source)
    assert clerk.talk.shows(entry)
    assert entry.entry.name.text() == "MARTINEZ"
    entry.entry._done.click()
    clerk.wait(lambda: clerk.flow.person is not None)


def test_giving_up_forgets_card_and_pictures(clerk: Clerk, source: SimulatedReaderSource) -> None:
    put_residence_card(clerk, source, "residence-front-address", "CD23456789EF")
    entry = clerk.talk.residence_entry
    clerk.wait(lambda: clerk.talk.shows(entry))
    clerk.press(Qt.Key.Key_Escape)
    assert not clerk.talk.is_on_card_page
    assert entry.face.is_empty
    assert clerk.flow.pending is None


def test_going_elsewhere_forgets_the_card_and_the_next_one_is_read(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    put_residence_card(clerk, source, "residence-front-address", "CD23456789EF")
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.residence_entry))
    clerk.press(Qt.Key.Key_F4)
    assert clerk.flow.pending is None
    assert clerk.talk.residence_entry.face.is_empty
    clerk.put_card(source, "licence-plain", clerk.talk.licence)

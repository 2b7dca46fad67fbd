"""運転免許証 at the window: two PINs, of which the second may be left out."""

import pytest
from PySide6.QtCore import Qt

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.counter import Office
from kakanai.sessionlog.entry import JST
from tests.ui.conftest import Clerk, at_command, lose_answer, reset_by_another

VERIFY_PIN1 = "0020008104"
VERIFY_PIN2 = "0020008204"


def put_licence(clerk: Clerk, source: SimulatedReaderSource, specimen: str = "licence-plain") -> None:
    clerk.put_card(source, specimen, clerk.talk.licence)


def test_a_licence_is_read_by_both_pins_with_its_photo(
    clerk: Clerk, source: SimulatedReaderSource, office: Office
) -> None:
    put_licence(clerk, source)
    assert clerk.talk.licence.tries.text() == "暗証番号1　残り 3 回"
    assert clerk.talk.licence._second_tries.text() == "暗証番号2　残り 3 回"
    clerk.enter_pin("1234")
    assert clerk.talk.licence.is_at_second
    clerk.enter_pin("5678")
    clerk.wait(lambda: clerk.flow.person is not None)
    card = clerk.talk.person.card
    assert card.values["name"].text() == "見本　免子"
    assert card.values["sex"].text() == "カードにありません"
    assert not card.photo.is_empty
    assert card.verdict.text() == "－ 発行者鍵なし(データのみ)"
    assert card.revocation.text() == "失効は確認していません"
    assert "2028年3月10日" in card.expiry.text()
    (entry,) = office.log.day(office.now().astimezone(JST).date())
    assert entry.card_kind == "driver_licence"


def test_the_second_pin_may_be_left_out(clerk: Clerk, source: SimulatedReaderSource) -> None:
    put_licence(clerk, source)
    clerk.enter_pin("1234")
    assert clerk.talk.licence.pad.confirm.text() == "2なしで読む（Enter）"
    clerk.enter()
    clerk.wait(lambda: clerk.flow.person is not None)
    assert clerk.talk.person.card.photo.is_empty


def test_a_wrong_second_pin_is_asked_again_without_the_first(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    put_licence(clerk, source)
    clerk.enter_pin("1234")
    clerk.enter_pin("0000")
    page = clerk.talk.licence
    clerk.wait(lambda: page._second_tries.text() == "暗証番号2　残り 2 回")
    assert "暗証番号2がちがいます" in page.state.text()
    assert page.tries.text() == "暗証番号1　残り 3 回"
    assert page.is_at_second
    clerk.enter()  # 2なしで読む
    clerk.wait(lambda: clerk.flow.person is not None)


def test_the_second_pin_is_not_tried_when_the_first_is_wrong(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    put_licence(clerk, source)
    clerk.enter_pin("0000")
    clerk.enter_pin("5678")
    page = clerk.talk.licence
    clerk.wait(lambda: page.tries.text() == "暗証番号1　残り 2 回")
    assert page._second_tries.text() == "暗証番号2　残り 3 回"
    assert not page.is_at_second
    assert "暗証番号1がちがいます" in page.state.text()


def test_a_locked_licence_says_where_to_go_and_offers_other_ways(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    put_licence(clerk, source, "licence-locked")
    page = clerk.talk.licence
    assert page.tries.text() == "× 暗証番号1　ロックされています"
    assert "警察署" in page._which.text()
    clerk.type("1234")
    assert page.pad.entered == 0
    clerk.press(Qt.Key.Key_F3)
    clerk.wait(lambda: clerk.focused is clerk.talk.person.hand_entry.name)


def test_a_licence_without_pins_is_read_only_when_the_clerk_says_so(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    put_licence(clerk, source, "licence-no-pin")
    assert "設定されていません" in clerk.talk.licence._which.text()
    assert clerk.flow.person is None
    clerk.enter()
    clerk.wait(lambda: clerk.flow.person is not None)


def test_an_address_changed_on_the_licence_shows_the_front_too(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    put_licence(clerk, source, "licence-moved")
    clerk.enter_pin("1234")
    clerk.enter()
    clerk.wait(lambda: clerk.flow.person is not None)
    card = clerk.talk.person.card
    assert "岡山県倉敷市架空町４丁目５番６号" in card.card_address.text()
    assert card.values["address"].text() != "岡山県倉敷市架空町４丁目５番６号"


def test_a_character_the_licence_has_only_as_a_picture_is_pointed_at(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    put_licence(clerk, source, "licence-gaiji")
    clerk.enter_pin("1234")
    clerk.enter()
    clerk.wait(lambda: clerk.flow.person is not None)
    assert "字形の違い" in clerk.talk.person.card.compare.text()


@pytest.mark.parametrize("typed", [(), ("12",), ("1234\r",), ("1234\r", "56")])
def test_removal_at_each_stage_of_the_licence_page(
    clerk: Clerk, source: SimulatedReaderSource, typed: tuple[str, ...]
) -> None:
    put_licence(clerk, source)
    for keys in typed:
        clerk.type(keys.strip())
        if keys.endswith("\r"):
            clerk.enter()
    source.remove()
    clerk.wait(lambda: not clerk.talk.is_on_card_page)
    assert "カードが離れました" in clerk.talk.notice.text
    assert clerk.talk.licence.pad.entered == 0
    assert clerk.talk.licence._first is None


@pytest.mark.parametrize("command", [VERIFY_PIN1, VERIFY_PIN2, "00B081"])
def test_removal_while_a_licence_is_read(clerk: Clerk, source: SimulatedReaderSource, command: str) -> None:
    put_licence(clerk, source)
    at_command(source, command, lambda carry_out: source.remove() or carry_out())
    clerk.enter_pin("1234")
    clerk.enter_pin("5678")
    clerk.wait(lambda: "待機中" in clerk.window.top_bar.reader.text())
    clerk.wait(lambda: clerk.talk.notice.text)
    assert clerk.flow.person is None


def test_a_lost_answer_of_a_licence_is_not_sent_again(clerk: Clerk, source: SimulatedReaderSource) -> None:
    put_licence(clerk, source)
    at_command(source, VERIFY_PIN1, lose_answer)
    clerk.enter_pin("0000")
    clerk.enter()
    page = clerk.talk.licence
    clerk.wait(lambda: "送り直していません" in page.state.text())
    assert page.tries.text() == "暗証番号1　残り 2 回"


def test_a_licence_reset_by_another_program_is_opened_anew(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    put_licence(clerk, source)
    at_command(source, "00B081", reset_by_another)
    clerk.enter_pin("1234")
    clerk.enter()
    clerk.wait(lambda: "リセット" in clerk.talk.licence.state.text())
    assert clerk.flow.person is None
    clerk.enter_pin("1234")
    clerk.enter()
    clerk.wait(lambda: clerk.flow.person is not None)

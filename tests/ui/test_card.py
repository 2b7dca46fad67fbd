"""What the window says and does at each event of the card."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.counter import Office
from kakanai.sessionlog.entry import JST
from kakanai.ui.card_page import Rung
from tests.ui.conftest import Clerk, at_command, lose_answer


def codes_of_today(office: Office) -> tuple[str, ...]:
    day = office.now().astimezone(JST).date()
    return tuple(code for entry in office.log.day(day) for code in entry.codes if code.startswith("C-"))


def texts_below(widget: QWidget) -> list[str]:
    return [
        text
        for child in [widget, *widget.findChildren(QWidget)]
        for text in (
            child.accessibleName(),
            child.accessibleDescription(),
            child.toolTip(),
            child.text() if isinstance(child, QLabel | QLineEdit) else "",
        )
    ]


def test_putting_a_card_asks_for_the_pin_with_the_tries_left(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    clerk.put_card(source, "official-test")
    assert clerk.talk.pin_pad.tries.text() == "残り 3 回"
    assert "個人番号は読みません" in clerk.talk.pin_pad._number.text()
    assert clerk.focused is clerk.talk.pin_pad.pad


def test_the_digits_are_in_no_widget(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.put_card(source, "official-test")
    # Four different digits in an order that no other text of the window has.
    clerk.type("8305")
    assert clerk.talk.pin_pad.pad.entered == 4
    assert clerk.talk.pin_pad.pad.dots.text() == "● ● ● ●"
    assert not [text for text in texts_below(clerk.window) if "8305" in text]
    clerk.press(Qt.Key.Key_Backspace)
    assert clerk.talk.pin_pad.pad.entered == 3
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.talk.pin_pad.pad.entered == 0
    assert clerk.talk.pin_pad.pad._digits == bytearray()


def test_a_wrong_pin_says_how_many_tries_are_left_and_asks_again(
    clerk: Clerk, source: SimulatedReaderSource, office: Office
) -> None:
    clerk.put_card(source, "official-test")
    clerk.enter_pin("9999")
    clerk.wait(lambda: clerk.talk.pin_pad.tries.text() == "残り 2 回")
    assert "ちがいます" in clerk.talk.pin_pad.state.text()
    clerk.enter_pin("9998")
    clerk.wait(lambda: clerk.talk.pin_pad.tries.text() == "残り 1 回")
    clerk.enter_pin("1234")
    clerk.wait(lambda: clerk.flow.person is not None)
    assert codes_of_today(office) == ("C-011",)


def test_a_pin_locked_by_the_last_try_offers_the_collation_number_first(
    clerk: Clerk, source: SimulatedReaderSource, office: Office
) -> None:
    clerk.put_card(source, "official-test")
    for digits, words in (("9999", "残り 2 回"), ("9998", "残り 1 回"), ("9997", "× ロックされています")):
        clerk.enter_pin(digits)
        clerk.wait(lambda words=words: clerk.talk.pin_pad.tries.text() == words)
    assert clerk.focused is clerk.talk.pin_pad.rungs[Rung.COLLATION]
    clerk.press(Qt.Key.Key_F3)
    clerk.wait(lambda: clerk.focused is clerk.talk.person.hand_entry.name)
    assert "C-012" in codes_of_today(office)


def test_a_card_locked_before_takes_no_digit(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.put_card(source, "locked-pin")
    pad = clerk.talk.pin_pad
    assert pad.tries.text() == "× ロックされています"
    assert "解除できません" in pad.state.text()
    pad.setFocus()
    clerk.type("1234")
    assert pad.pad.entered == 0


def test_removal_at_the_pin_pad_keeps_what_was_chosen(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.choose("seal-certificate", forms=1)
    clerk.put_card(source, "official-test")
    clerk.type("12")
    source.remove()
    clerk.wait(lambda: not clerk.talk.is_asking_pin)
    assert "カードが離れました。置き直してください" in clerk.talk.notice.text
    assert clerk.talk.pin_pad.pad.entered == 0
    assert clerk.flow.case is not None
    assert clerk.flow.case.forms == ("F05",)
    clerk.read_card(source)
    assert clerk.talk.notice.isHidden()
    assert clerk.flow.case.forms == ("F05",)


def test_removal_while_reading_is_an_ordinary_event(
    clerk: Clerk, source: SimulatedReaderSource, office: Office
) -> None:
    at_command(source, "00B082", lambda _carry_out: source.remove() or lose_answer(_carry_out))
    clerk.put_card(source, "official-test")
    clerk.enter_pin()
    clerk.wait(lambda: "C-010" in clerk.talk.notice.text)
    assert clerk.flow.person is None
    assert not clerk.talk.is_asking_pin
    clerk.wait(lambda: "待機中" in clerk.window.top_bar.reader.text())
    clerk.read_card(source)
    assert codes_of_today(office) == ("C-010",)


def test_a_lost_answer_to_the_pin_is_not_sent_again(
    clerk: Clerk, source: SimulatedReaderSource, office: Office
) -> None:
    at_command(source, "0020009104", lose_answer)
    clerk.put_card(source, "official-test")
    clerk.enter_pin("9999")
    pad = clerk.talk.pin_pad
    clerk.wait(lambda: "送り直していません" in pad.state.text())
    assert pad.tries.text() == "残り 2 回"  # read again, and one try was used up
    clerk.enter_pin("1234")
    clerk.wait(lambda: clerk.flow.person is not None)
    assert codes_of_today(office) == ("C-013",)


def test_the_number_is_read_with_the_pin_when_a_form_needs_it(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    clerk.choose("insurance-acquire", forms=1)
    clerk.put_card(source, "official-test")
    assert clerk.talk.pin_pad._number.text() == "個人番号も読みます（F09）"
    clerk.enter_pin()
    clerk.wait(lambda: clerk.flow.person is not None)
    assert clerk.flow.case is not None
    assert clerk.flow.case.my_number is not None
    assert not any("123456789018" in text for text in texts_below(clerk.window))
    assert clerk.talk.notice.isHidden()


def test_the_number_can_be_read_later_without_another_pin(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    clerk.read_card(source)
    case = clerk.flow.case
    assert case is not None
    assert case.my_number is None
    clerk.choose("insurance-acquire", forms=1)
    assert "F09 に個人番号の欄があります" in clerk.talk.notice.text
    clerk.talk.notice.focus_action()
    clerk.enter()
    clerk.wait(lambda: case.my_number is not None)
    assert clerk.talk.notice.isHidden()
    assert not clerk.talk.is_asking_pin


def test_the_number_can_stay_unread(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.read_card(source)
    clerk.choose("insurance-acquire", forms=1)
    clerk.talk.notice.focus_action()
    clerk.press(Qt.Key.Key_Tab)
    clerk.enter()
    assert clerk.talk.notice.isHidden()
    clerk.choose("residence-certificate", forms=2)
    assert clerk.talk.notice.isHidden()
    assert clerk.flow.case is not None
    assert clerk.flow.case.my_number is None


def test_the_number_after_the_card_went_asks_for_the_pin_again(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    clerk.read_card(source)
    source.remove()
    clerk.wait(lambda: "待機中" in clerk.window.top_bar.reader.text())
    source.insert("official-test")
    clerk.wait(lambda: "カードがあります" in clerk.window.top_bar.reader.text())
    clerk.choose("insurance-acquire", forms=1)
    clerk.talk.notice.focus_action()
    clerk.enter()
    clerk.wait(lambda: clerk.talk.is_asking_pin)
    clerk.enter_pin()
    clerk.wait(lambda: clerk.flow.case is not None and clerk.flow.case.my_number is not None)


def test_the_last_visitors_card_starts_no_new_case(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.read_card(source)
    clerk.flow.cancel_case()
    clerk.wait(lambda: "お返しください" in clerk.talk.notice.text)
    assert not clerk.talk.is_asking_pin
    assert clerk.flow.case is None
    source.remove()
    clerk.wait(lambda: clerk.talk.notice.isHidden())
    clerk.put_card(source, "tsuchi-yoshi")


@pytest.mark.parametrize(
    "specimen",
    ["ivs-watanabe", "hashigo-taka", "tatsu-saki", "tsuchi-yoshi", "unknown-birthday", "long-address"],
)
def test_the_person_is_shown_code_point_for_code_point(
    clerk: Clerk, source: SimulatedReaderSource, specimen: str
) -> None:
    clerk.read_card(source, specimen)
    person = clerk.flow.person
    assert person is not None
    assert clerk.talk.person.card.values["name"].text() == person.name
    assert QLabel.text(clerk.talk.person.card.values["name"]) == person.name
    assert QLabel.text(clerk.talk.person.card.values["address"]) == person.address


def test_practice_cards_are_put_and_taken_at_the_window(clerk: Clerk) -> None:
    table = clerk.window.card_table
    table.cards.setCurrentIndex(table.cards.findData("official-test"))
    table.put.click()
    clerk.wait(lambda: clerk.talk.is_asking_pin)
    table.take.click()
    clerk.wait(lambda: not clerk.talk.is_asking_pin)


def test_a_reading_that_ends_after_the_case_was_cancelled_is_dropped(
    clerk: Clerk, source: SimulatedReaderSource, office: Office
) -> None:
    clerk.choose("seal-certificate", forms=1)
    clerk.put_card(source, "official-test")
    clerk.enter_pin()
    clerk.flow.cancel_case()  # before the answer of the card thread can arrive
    clerk.wait(lambda: clerk.window.card.state.phase == "card_present")
    assert clerk.flow.case is None
    assert len(office.log.day(office.now().astimezone(JST).date())) == 1

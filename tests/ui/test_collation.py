"""照合番号B at the window: the way on when the PIN is forgotten or locked."""

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.counter import Office
from kakanai.forms.catalog import FormCatalog
from kakanai.sessionlog.entry import JST
from kakanai.ui.collation_page import CollationPage
from kakanai.ui.desk import Desk
from tests.ui.conftest import Clerk, at_command, lose_answer, reset_by_another

VERIFY_TEXT_B = "002000950E"
VERIFY_SURFACE_B = "002000920E"


def page(clerk: Clerk) -> CollationPage:
    return clerk.talk.collation


def open_page(clerk: Clerk, source: SimulatedReaderSource, specimen: str) -> None:
    clerk.put_card(source, specimen)
    clerk.press(Qt.Key.Key_F10)
    clerk.wait(lambda: clerk.talk.shows(page(clerk)))


def type_number(clerk: Clerk, born: str, code: str) -> None:
    """Birth date and code; the expiry year came from the chip. The last Enter sends."""
    clerk.type(born)
    clerk.enter()
    clerk.type(code)
    clerk.enter()


def test_a_locked_pin_goes_on_by_the_number_on_the_face_and_keeps_the_case(
    clerk: Clerk, source: SimulatedReaderSource, office: Office
) -> None:
    clerk.choose("seal-certificate", forms=1)
    clerk.put_card(source, "locked-pin")
    assert "照合番号B（F10）" in clerk.talk.pin_pad._advice.text()
    clerk.enter()  # the focus is on 照合番号B already
    clerk.wait(lambda: clerk.talk.shows(page(clerk)))
    assert page(clerk).tries.text() == "残り 10 回"
    assert page(clerk).expiry.line.text() == "2032"
    assert page(clerk).expiry.note.text() == "● カードのチップから"
    assert clerk.focused is page(clerk).born.line
    type_number(clerk, "S55.1.15", "7541")
    clerk.wait(lambda: clerk.flow.person is not None)
    assert clerk.flow.person.name == "見本　太郎"
    assert clerk.flow.case.forms == ("F05",)
    assert not clerk.talk.person.card.photo.is_empty
    assert not clerk.talk.person.card.glyphs["name"].is_empty
    assert "照合番号Bで読み取り" in clerk.talk.person.card.read_by.text()
    (entry,) = office.log.day(office.now().astimezone(JST).date())
    assert entry.read_by == "code_b"
    assert entry.codes == ("V-001",)


def test_what_no_card_can_bear_is_told_and_not_sent(clerk: Clerk, source: SimulatedReaderSource) -> None:
    open_page(clerk, source, "official-test")
    clerk.type("R40.1.1")
    clerk.enter()
    assert "今日より後" in page(clerk).born.note.text()
    clerk.type("2285")
    clerk.enter()
    assert not page(clerk).confirm.isEnabled()
    page(clerk).born.line.setText("S55.2.17")
    assert "= 昭和55年2月17日（1980年）" in page(clerk).born.note.text()
    assert page(clerk).confirm.isEnabled()
    page(clerk).expiry.line.setText("2099")
    assert "合いません" in page(clerk).expiry.note.text()
    assert not page(clerk).confirm.isEnabled()
    page(clerk).expiry.line.setText("2035")
    page(clerk).code.line.setText("22a5")
    assert "数字4けた" in page(clerk).code.note.text()
    assert not page(clerk).confirm.isEnabled()


def test_a_wrong_number_uses_up_one_try_and_stays_to_be_compared(
    clerk: Clerk, source: SimulatedReaderSource, office: Office
) -> None:
    open_page(clerk, source, "official-test")
    type_number(clerk, "S55.2.17", "2286")
    clerk.wait(lambda: page(clerk).tries.text() == "残り 9 回")
    assert "ちがいます" in page(clerk).state.text()
    assert page(clerk).born.line.text() == "S55.2.17"
    page(clerk).code.line.setText("2285")
    page(clerk).code.take_focus()
    clerk.enter()
    clerk.wait(lambda: clerk.flow.person is not None)


def test_a_western_birth_date_needs_the_switch(clerk: Clerk, source: SimulatedReaderSource) -> None:
    open_page(clerk, source, "foreign-resident")
    type_number(clerk, "1979/9/19", "3107")
    clerk.wait(lambda: page(clerk).tries.text() == "残り 9 回")
    assert "西暦" in page(clerk).state.text()
    page(clerk).is_western.setChecked(True)
    page(clerk).code.take_focus()
    clerk.enter()
    clerk.wait(lambda: clerk.flow.person is not None)


def test_a_card_without_any_pin_is_read(clerk: Clerk, source: SimulatedReaderSource) -> None:
    open_page(clerk, source, "no-pins")
    type_number(clerk, "S13.10.18", "6180")
    clerk.wait(lambda: clerk.flow.person is not None)


def test_the_face_after_a_pin_asks_for_the_missing_code_alone(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    clerk.read_card(source)
    assert clerk.talk.person.card.photo.is_empty
    clerk.talk.person._photo.click()
    clerk.wait(lambda: clerk.talk.shows(page(clerk)))
    assert page(clerk).born.isHidden()
    assert "昭和55年2月17日" in page(clerk)._hint.text()
    assert clerk.focused is page(clerk).code.line
    clerk.type("2285")
    clerk.enter()
    clerk.wait(lambda: not clerk.talk.person.card.photo.is_empty)
    assert clerk.talk.person._photo.isHidden()
    assert clerk.flow.is_by_pin
    assert clerk.talk.person.card.verdict.text() == "✓ 検証済"


def test_the_face_of_another_card_is_never_put_beside_this_person(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    clerk.read_card(source)
    clerk.take_card(source)
    source.insert("tatsu-saki")
    clerk.wait(lambda: "カードがあります" in clerk.window.top_bar.reader.text())
    clerk.talk.person._photo.click()
    clerk.wait(lambda: clerk.talk.shows(page(clerk)))
    # A reading of its own begins, with nothing of the person before.
    assert not page(clerk).born.isHidden()
    assert page(clerk).born.line.text() == ""


def test_the_face_is_not_read_when_the_code_is_wrong(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.read_card(source)
    clerk.talk.person._photo.click()
    clerk.wait(lambda: clerk.talk.shows(page(clerk)))
    clerk.type("0000")
    clerk.enter()
    clerk.wait(lambda: page(clerk).tries.text() == "残り 9 回")
    assert clerk.flow.person is not None
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.talk.person.card.photo.is_empty
    assert page(clerk).code.line.text() == ""


def test_removal_at_the_page_keeps_the_case(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.choose("seal-certificate", forms=1)
    open_page(clerk, source, "official-test")
    clerk.type("S55.2.17")
    source.remove()
    clerk.wait(lambda: not clerk.talk.is_on_card_page)
    assert "カードが離れました" in clerk.talk.notice.text
    assert page(clerk).born.line.text() == ""
    assert clerk.flow.case.forms == ("F05",)


@pytest.mark.parametrize("command", [VERIFY_TEXT_B, "00B08200", VERIFY_SURFACE_B, "00B0820000"])
def test_removal_in_the_middle_of_the_reading(
    clerk: Clerk, source: SimulatedReaderSource, command: str
) -> None:
    open_page(clerk, source, "official-test")
    at_command(source, command, lambda carry_out: source.remove() or carry_out())
    type_number(clerk, "S55.2.17", "2285")
    clerk.wait(lambda: "待機中" in clerk.window.top_bar.reader.text())
    clerk.wait(lambda: clerk.talk.notice.text)
    assert clerk.flow.person is None
    assert clerk.flow.pictures.photo is None


def test_a_lost_answer_is_not_sent_again(clerk: Clerk, source: SimulatedReaderSource) -> None:
    open_page(clerk, source, "official-test")
    at_command(source, VERIFY_TEXT_B, lose_answer)
    type_number(clerk, "S55.2.17", "9999")
    clerk.wait(lambda: "送り直していません" in page(clerk).state.text())
    assert page(clerk).tries.text() == "残り 9 回"


def test_a_reset_by_another_program_starts_over_and_keeps_what_was_typed(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    open_page(clerk, source, "official-test")
    at_command(source, "00B082", reset_by_another)
    type_number(clerk, "S55.2.17", "2285")
    clerk.wait(lambda: "リセット" in page(clerk).state.text())
    assert clerk.flow.person is None
    assert page(clerk).code.line.text() == "2285"
    page(clerk).confirm.click()
    clerk.wait(lambda: clerk.flow.person is not None)


def test_a_reset_asks_the_pin_again_and_sends_none_by_itself(
    clerk: Clerk, source: SimulatedReaderSource, office: Office
) -> None:
    clerk.put_card(source, "official-test")
    at_command(source, "00B082", reset_by_another)
    clerk.enter_pin()
    clerk.wait(lambda: "リセット" in clerk.talk.pin_pad.state.text())
    assert clerk.talk.is_asking_pin
    assert clerk.talk.pin_pad.pad.entered == 0
    assert clerk.talk.pin_pad.tries.text() == "残り 3 回"
    clerk.enter_pin()
    clerk.wait(lambda: clerk.flow.person is not None)
    (entry,) = office.log.day(office.now().astimezone(JST).date())
    assert "C-017" in entry.codes


def test_the_number_of_a_form_can_be_read_by_pin_afterwards(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    open_page(clerk, source, "official-test")
    type_number(clerk, "S55.2.17", "2285")
    clerk.wait(lambda: clerk.flow.person is not None)
    clerk.choose("insurance-acquire", forms=1)
    assert "F09 に個人番号の欄があります" in clerk.talk.notice.text
    clerk.talk.notice.focus_action()
    clerk.enter()
    clerk.wait(lambda: clerk.talk.is_asking_pin)
    clerk.enter_pin()
    clerk.wait(lambda: clerk.flow.case.my_number is not None)


@pytest.fixture
def desk_without_reset_form(desk: Desk) -> Desk:
    """An office that does not have F28."""
    office = desk.office
    forms = {form: office.forms.templates[form] for form in ("F01", "F05")}
    return dataclasses.replace(desk, office=dataclasses.replace(office, forms=FormCatalog(forms)))


def test_a_locked_pin_offers_the_form_for_a_new_one_where_the_office_has_it(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    clerk.choose("seal-certificate", forms=1)
    clerk.put_card(source, "locked-pin")
    button = clerk.talk.pin_pad._reset_form
    assert button.isVisible()
    button.setFocus()
    clerk.enter()
    assert clerk.flow.case.forms == ("F05", "F28")
    assert "F28 を手続に加えました" in clerk.talk.pin_pad.state.text()
    clerk.enter()  # 照合番号B
    clerk.wait(lambda: clerk.talk.shows(page(clerk)))
    assert clerk.flow.case.forms == ("F05", "F28")


def test_without_that_form_the_way_is_told_in_words(
    make_clerk: Callable[[Desk], Clerk], desk_without_reset_form: Desk, source: SimulatedReaderSource
) -> None:
    clerk = make_clerk(desk_without_reset_form)
    clerk.put_card(source, "locked-pin")
    assert clerk.talk.pin_pad._reset_form.isHidden()
    assert "市区町村の窓口で申請" in clerk.talk.pin_pad._advice.text()


def test_the_day_log_says_how_the_card_was_read(clerk: Clerk, source: SimulatedReaderSource) -> None:
    open_page(clerk, source, "official-test")
    type_number(clerk, "S55.2.17", "2285")
    clerk.wait(lambda: clerk.flow.person is not None)
    clerk.press(Qt.Key.Key_F11)
    cases = clerk.window.day_log.cases
    clerk.wait(lambda: cases.table.shown.rowCount() == 1)
    clerk.press(Qt.Key.Key_Down)
    assert "照合番号B" in cases.panel.facts.text()

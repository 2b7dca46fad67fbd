"""Cards that are not read, and another card in place of the first, at the window."""

import pytest
from PySide6.QtCore import Qt

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from tests.ui.conftest import Clerk

pytestmark = pytest.mark.usefixtures("no_stray_windows")


@pytest.mark.parametrize(("specimen", "code"), [("juki-card", "C-021"), ("blank-card", "C-020")])
def test_other_cards_are_told_and_asked_for_no_pin(
    clerk: Clerk, source: SimulatedReaderSource, specimen: str, code: str
) -> None:
    source.insert(specimen)
    clerk.wait(lambda: code in clerk.talk.notice.text)
    assert "対象外" in clerk.talk.notice.text
    assert not clerk.talk.is_on_card_page
    clerk.talk.notice.focus_action()
    clerk.enter()
    clerk.wait(lambda: clerk.focused is clerk.talk.person.hand_entry.name)


def test_another_card_in_place_of_a_forgotten_pin_keeps_the_case(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    clerk.choose("seal-certificate", forms=1)
    clerk.put_card(source, "official-test")
    clerk.press(Qt.Key.Key_Escape)
    clerk.wait(lambda: "別のカード" in clerk.talk.person._hint.text())
    clerk.put_card(source, "licence-plain", clerk.talk.licence)
    clerk.enter_pin("1234")
    clerk.enter()
    clerk.wait(lambda: clerk.flow.person is not None)
    assert clerk.flow.case.forms == ("F05",)

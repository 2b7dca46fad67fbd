"""Somebody half typed beside the visitor when the case was put aside: the fields come back as theirs."""

from PySide6.QtCore import Qt

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from tests.ui.conftest import Clerk


def test_a_companion_half_typed_does_not_become_the_visitor(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    clerk.read_card(source, "family-father")
    clerk.choose("move-in", forms=1)
    clerk.take_card(source)
    visitor = clerk.flow.person
    clerk.flow.place = "member"
    clerk.window.open_stretch(0)
    clerk.talk.person.start_hand_entry()
    entry = clerk.talk.person.hand_entry
    entry.name.setText("架空　花子")
    clerk.press(Qt.Key.Key_F9)
    assert clerk.flow.case is None
    clerk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert entry.name.text() == "架空　花子"
    assert clerk.talk.person.is_typing_companion
    entry._done.click()
    clerk.wait(lambda: clerk.flow.companions)
    assert clerk.flow.person == visitor
    assert [one.person.name for one in clerk.flow.companions.values()] == ["架空　花子"]

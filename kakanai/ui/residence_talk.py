"""在留カード・特別永住者証明書 at the window: the card's number, then the name from its picture."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from kakanai.cardreader.residence_card.card_number import CardNumber
from kakanai.cardreader.residence_card.errors import WrongCardNumberError
from kakanai.cardreader.residence_card.readings import ResidenceCardReading
from kakanai.errors import KakanaiError
from kakanai.identity.from_card import person_from_residence_card
from kakanai.identity.person import Person
from kakanai.ui.card_orders import Failed, ReadResidenceCard

if TYPE_CHECKING:
    from kakanai.ui.card_talk import CardTalk


class ResidenceTalk(QObject):
    """The part of CardTalk that knows 在留カード and 特別永住者証明書."""

    def __init__(self, talk: "CardTalk") -> None:
        super().__init__(talk)
        self._talk = talk
        self._page = talk.view.card_number
        self._entry = talk.view.residence_entry
        self._page.number_entered.connect(self._send)
        self._entry.entered.connect(self._take_name)
        self._entry.given_up.connect(talk.leave_card)

    def ask(self, *, was_reset: bool) -> None:
        """Show the page of the card's number; after a reset what was typed is still there."""
        if was_reset and self._talk.view.shows(self._page):
            self._page.say_again()
            return
        self._talk.view.show_page(self._page)
        self._page.ask()

    @Slot(object)
    def _send(self, number: CardNumber) -> None:
        self._talk.give(ReadResidenceCard(number))

    def take_failure(self, failed: Failed) -> None:
        """Say what failed on the page, or in the strip."""
        if isinstance(failed.error, WrongCardNumberError):
            self._page.say_wrong()
        else:
            self._talk.give_up(failed.error)

    def ask_name(self) -> None:
        """Show the pictures and the fields."""
        pending = self._talk.flow.pending
        if pending is None or not isinstance(pending.reading, ResidenceCardReading):
            return
        try:
            told = person_from_residence_card(pending.reading)
        except KakanaiError as error:
            self._talk.view.notice.tell_error(error)
            told = Person("", "", None, None)
        if self._talk.flow.is_protected:
            told = replace(told, address="")
        self._talk.view.show_page(self._entry)
        self._entry.begin(told, self._talk.flow.shown_pictures(pending.pictures))

    @Slot(object)
    def _take_name(self, person: Person) -> None:
        self._talk.settle(self._talk.flow.take_name(person))

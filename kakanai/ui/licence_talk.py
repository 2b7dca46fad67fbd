"""運転免許証 at the window: two PINs, of which the second may be left out."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from kakanai.cardreader.driver_licence.pin import LicencePin
from kakanai.cardreader.errors import PinLockedError, PinStateUnknownError, WrongPinError
from kakanai.ui.card_orders import Failed, OpenedCard, ReadLicence

if TYPE_CHECKING:
    from kakanai.ui.card_talk import CardTalk


class LicenceTalk(QObject):
    """The part of CardTalk that knows 運転免許証."""

    def __init__(self, talk: "CardTalk") -> None:
        super().__init__(talk)
        self._talk = talk
        self._page = talk.view.licence
        self._page.pins_entered.connect(self._send)
        self._page.recheck_wanted.connect(talk.start_reading)

    def ask(self, opened: OpenedCard, *, was_reset: bool) -> None:
        """Show the page of the two PINs."""
        self._talk.view.show_page(self._page)
        self._page.ask(opened.tries, opened.second_tries, needs_pins=opened.needs_pins)
        if was_reset and opened.tries > 0:
            self._page.say_reset()

    @Slot(object, object)
    def _send(self, pin1: LicencePin | None, pin2: LicencePin | None) -> None:
        self._talk.give(ReadLicence(pin1, pin2))

    def take_failure(self, failed: Failed) -> None:
        """Say what failed on the page, or in the strip."""
        match failed.error:
            case WrongPinError(key=key) | PinLockedError(key=key):
                self._page.say_wrong(key, failed.tries, failed.second_tries)
            case PinStateUnknownError() if self._talk.view.shows(self._page):
                self._page.say_unknown(failed.tries, failed.second_tries)
            case error:
                self._talk.give_up(error)

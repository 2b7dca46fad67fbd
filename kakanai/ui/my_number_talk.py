"""マイナンバーカード at the window: PIN, 照合番号B, the face after a PIN, and 個人番号."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from kakanai.cardreader.errors import (
    CommunicationError,
    PinLockedError,
    PinRequiredError,
    PinStateUnknownError,
    WrongPinError,
)
from kakanai.cardreader.mynumber.collation import CollationNumberB
from kakanai.cardreader.mynumber.errors import CollationFormatError
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.readings import MyNumberReading
from kakanai.cardreader.mynumber.surface_reading import SurfaceReading
from kakanai.ui.card_orders import (
    AskCollationTries,
    Done,
    Failed,
    OpenedCard,
    ReadByCollation,
    ReadByPin,
    ReadNumber,
    ReadSurface,
)
from kakanai.ui.card_page import Rung
from kakanai.ui.card_told import Taken
from kakanai.ui.case_people import VISITOR_PLACE
from kakanai.ui.collation_page import CollationAsk

if TYPE_CHECKING:
    from kakanai.ui.card_talk import CardTalk

_NUMBER = "my-number"
RESET_FORM = "F28"
"""暗証番号初期化の申請: offered on a locked PIN where the office has it."""


class MyNumberTalk(QObject):
    """The part of CardTalk that knows マイナンバーカード."""

    def __init__(self, talk: "CardTalk") -> None:
        super().__init__(talk)
        self._talk = talk
        self._flow = talk.flow
        self._view = talk.view
        self._notice = talk.view.notice
        self._number_declined = False
        self._photo_visit = 0  # the visit whose face alone is wanted; 0: a whole reading
        self._was_reset = False
        pad, page = talk.view.pin_pad, talk.view.collation
        pad.pin_entered.connect(self._send_pin)
        pad.recheck_wanted.connect(talk.start_reading)
        pad.reset_form_wanted.connect(self._choose_reset_form)
        page.number_entered.connect(self._send_number)
        page.recheck_wanted.connect(talk.start_collation)
        talk.view.person.photo_wanted.connect(self.start_photo)
        talk.view.finding.face_wanted.connect(self.start_photo)
        self._flow.changed.connect(self._offer_my_number)
        self._flow.ended.connect(self._end)

    # --- PIN ----------------------------------------------------------------------------

    def ask_pin(self, opened: OpenedCard, *, was_reset: bool) -> None:
        """Show the PIN page."""
        self._talk.view.show_page(self._view.pin_pad)
        self._view.pin_pad.ask(
            opened.tries, self._flow.numbered_forms(), has_reset_form=self._flow.has_form(RESET_FORM)
        )
        if was_reset and opened.tries > 0:
            self._view.pin_pad.say_reset()

    @Slot(object)
    def _send_pin(self, pin: Pin) -> None:
        self._talk.give(ReadByPin(pin, with_my_number=bool(self._flow.numbered_forms())))

    @Slot()
    def _choose_reset_form(self) -> None:
        self._flow.choose_form(RESET_FORM)
        self._view.pin_pad.say_form_chosen()

    # --- 照合番号B -----------------------------------------------------------------------

    def start_collation(self, *, was_reset: bool) -> None:
        """Ask the tries of 照合番号B, then show its page."""
        self._was_reset = was_reset
        self._photo_visit = 0
        self._talk.give(AskCollationTries())

    @Slot()
    def start_photo(self) -> None:
        """Read the face of the card that was read by PIN, if it still lies there; else read it anew."""
        told, opened = self._flow.told, self._talk.opened
        if told is None or opened is None or opened.visit != told.visit:
            self._talk.open_for(VISITOR_PLACE, Rung.COLLATION)
            return
        self._was_reset = False
        self._photo_visit = told.visit
        self._talk.give(AskCollationTries(for_surface=True))

    def _ask_collation(self, tries: int) -> None:
        person, opened = self._flow.person, self._talk.opened
        born = person.birth_date.as_date() if self._photo_visit and person and person.birth_date else None
        year = opened.expires_on[:4] if opened else ""
        if self._was_reset and self._view.shows(self._view.collation):
            self._view.collation.say_reset(tries)  # what was typed from the card's face stays
            return
        self._talk.view.show_page(self._view.collation)
        self._view.collation.ask(
            CollationAsk(tries, self._flow.today, int(year) if year.isdigit() else None, born)
        )

    @Slot(object)
    def _send_number(self, number: CollationNumberB) -> None:
        if self._photo_visit:
            self._talk.give(ReadSurface(number, self._photo_visit))
        else:
            self._talk.give(ReadByCollation(number))

    # --- answers ------------------------------------------------------------------------

    def take_done(self, done: Done) -> bool:
        """Whether the answer was one of those that are no reading of a person."""
        match done.result:
            case int() as tries:
                self._ask_collation(tries)
            case SurfaceReading() as surface:
                self._photo_visit = 0
                self._talk.settle(self._flow.add_surface(surface, done.pictures))
            case MyNumberReading() as number:
                self._notice.drop(_NUMBER)
                taken = self._flow.add_my_number(number)
                if taken is Taken.MISMATCH:
                    self._talk.settle(taken)
                self._view.take_focus()
            case _:
                return False
        return True

    def take_closed(self, failed: Failed) -> None:
        """The visit that an order was for is over: begin again, with the tries read again."""
        self._photo_visit = 0
        match failed.order:
            case ReadNumber():
                self._talk.people.read_visitor()
            case ReadSurface() | AskCollationTries():
                self._talk.open_for(self._flow.place, Rung.COLLATION)
            case _:
                self._talk.tell_removed()

    def take_failure(self, failed: Failed) -> None:
        """Say what failed where the clerk entered it, or in the strip."""
        match failed.order:
            case ReadByPin():
                self._take_pin_failure(failed)
            case ReadByCollation() | ReadSurface():
                self._take_collation_failure(failed)
            case ReadNumber() if isinstance(failed.error, PinRequiredError):
                self._talk.people.read_visitor()  # the card was used otherwise meanwhile, and forgot the PIN
            case ReadNumber():
                self._notice.tell_error(failed.error)
            case _:
                self._talk.give_up(failed.error)

    def _take_pin_failure(self, failed: Failed) -> None:
        pad = self._view.pin_pad
        match failed.error:
            case WrongPinError():
                pad.say_wrong(failed.tries)
            case PinLockedError():
                pad.say_locked()
            case PinStateUnknownError() if self._view.is_asking_pin:
                pad.say_unknown(failed.tries)
            case error:
                self._talk.give_up(error)

    def _take_collation_failure(self, failed: Failed) -> None:
        page = self._view.collation
        match failed.error:
            case WrongPinError(attempts_remaining=tries):
                page.say_wrong(tries)
            case PinLockedError():
                page.say_locked()
            case PinStateUnknownError(attempts_remaining=tries) if self._view.shows(page):
                page.say_unknown(tries)
            case CollationFormatError():
                page.say_implausible()
            case error:
                if isinstance(error, CommunicationError):
                    self._photo_visit = 0
                self._talk.give_up(error)

    # --- 個人番号 ------------------------------------------------------------------------

    @Slot()
    def _offer_my_number(self) -> None:
        if not self._flow.lacks_my_number():
            self._notice.drop(_NUMBER)
            if not self._flow.my_number_forms():
                self._number_declined = False
            return
        if self._number_declined or self._view.is_on_card_page or self._notice.topic == _NUMBER:
            return
        forms = "・".join(self._flow.my_number_forms())
        read = (
            (self.tr("カードから読む"), self._read_number)
            if self._flow.is_by_pin
            else (self.tr("暗証番号で読む"), self._talk.people.read_visitor)
        )
        self._notice.tell(
            "accent",
            self.tr("{forms} に個人番号の欄があります。").format(forms=forms),
            topic=_NUMBER,
            actions=(read, (self.tr("空欄のまま（手書き）"), self._decline_number)),
            closable=False,
        )

    @Slot()
    def _read_number(self) -> None:
        told = self._flow.told
        if told is not None:
            self._talk.give(ReadNumber(told.visit))
        else:  # the case goes on from a draft: the card was another visit's
            self._talk.people.read_visitor()

    def _decline_number(self) -> None:
        self._number_declined = True
        self._notice.drop(_NUMBER)
        self._view.take_focus()

    @Slot()
    def _end(self) -> None:
        self._number_declined = False
        self._photo_visit = 0

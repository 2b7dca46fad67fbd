"""What each event of the card means on the window: ask the PIN, take the person, say what to do next."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from kakanai.cardreader.errors import (
    CardRemovedError,
    NoCardError,
    PinLockedError,
    PinRequiredError,
    PinStateUnknownError,
    SessionClosedError,
    WrongPinError,
)
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.readings import MyNumberCardReading, MyNumberReading
from kakanai.errors import KakanaiError
from kakanai.ui.card_link import CardLink
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.conversation import Conversation
from kakanai.ui.reader_state import ReaderPhase, ReaderState

_REMOVED = "removed"
_NUMBER = "my-number"
_RETURN = "return-card"
_SEVERAL = "several"


class CardTalk(QObject):
    """Between CardLink and the conversation; removal is an ordinary event at every step.

    Signals:
        identified(): a card's person is in the case.
    """

    identified = Signal()

    def __init__(self, link: CardLink, flow: CaseFlow, conversation: Conversation) -> None:
        super().__init__(conversation)
        self._link = link
        self._flow = flow
        self._view = conversation
        self._notice = conversation.notice
        self._number_declined = False
        self._is_expecting = False  # a reading asked for in this case is under way
        link.state_changed.connect(self._take_state)
        link.card_inserted.connect(self._take_inserted)
        link.card_left.connect(self._take_left)
        link.card_opened.connect(self._ask_pin)
        link.opening_failed.connect(self._take_opening_failure)
        link.reading_finished.connect(self._take_reading)
        link.reading_failed.connect(self._take_reading_failure)
        link.my_number_finished.connect(self._take_my_number)
        link.my_number_failed.connect(self._take_my_number_failure)
        conversation.pin_pad.pin_entered.connect(self._send_pin)
        conversation.pin_pad.recheck_wanted.connect(self.start_reading)
        conversation.person.card_wanted.connect(self.start_reading)
        flow.changed.connect(self._offer_my_number)
        flow.ended.connect(self._end)

    # --- the reader ---------------------------------------------------------------------

    @Slot(object)
    def _take_state(self, state: ReaderState) -> None:
        self._view.person.show_reader(state)
        if state.phase is ReaderPhase.SEVERAL:
            self._notice.tell(
                "caution",
                self.tr("カードが2枚以上のリーダーにあります。"),
                self.tr("使うリーダーを選んでください。"),
                topic=_SEVERAL,
                actions=tuple((name, partial(self._link.use_reader, name)) for name in state.names[:3]),
            )
        else:
            self._notice.drop(_SEVERAL)

    @Slot()
    def _take_inserted(self) -> None:
        self._notice.drop(_REMOVED, _RETURN, NoCardError.code, CardRemovedError.code)
        if self._flow.is_open and self._flow.person is None:
            self._link.open_card()

    @Slot()
    def start_reading(self) -> None:
        """Read the card that lies there (F2): first the tries left, then the PIN."""
        if not self._flow.is_open:
            return
        if not self._link.state.has_card:
            error = self._link.state.error
            if error is not None and self._link.state.phase is not ReaderPhase.SEVERAL:
                self._notice.tell_error(error)
            elif error is None:
                self._notice.tell(
                    "accent",
                    self.tr("マイナンバーカードをリーダーに置いてもらってください。"),
                    topic=_REMOVED,
                )
            return
        self._link.open_card()

    @Slot()
    def _take_left(self) -> None:
        self._notice.drop(_RETURN)
        if self._view.is_asking_pin:
            self._view.show_stretches()
            self._say_removed()

    def _say_removed(self) -> None:
        self._notice.tell(
            "caution",
            self.tr("カードが離れました。置き直してください。"),
            self.tr("入力した内容は残っています。暗証番号はもう一度入力します。回数は読み直します。"),
            code=CardRemovedError.code,
            topic=_REMOVED,
        )

    @Slot(object)
    def _take_opening_failure(self, error: KakanaiError) -> None:
        self._view.show_stretches()
        if isinstance(error, CardRemovedError | NoCardError):
            self._say_removed()
        else:
            self._notice.tell_error(error)

    # --- the PIN ------------------------------------------------------------------------

    @Slot(int)
    def _ask_pin(self, tries: int) -> None:
        if not self._flow.is_open:
            self._link.release_card()
            return
        self._notice.dismiss()
        self._view.ask_pin(tries, self._flow.my_number_forms())

    @Slot(object)
    def _send_pin(self, pin: Pin) -> None:
        self._is_expecting = True
        self._link.read(pin, with_my_number=bool(self._flow.my_number_forms()))

    @Slot(object, int)
    def _take_reading_failure(self, error: KakanaiError, tries: int) -> None:
        if not self._is_expecting:
            return
        self._is_expecting = False
        self._flow.note_failed_reading(error)
        pad = self._view.pin_pad
        match error:
            case WrongPinError():
                pad.say_wrong(tries)
            case PinLockedError():
                pad.say_locked()
            case PinStateUnknownError():
                if self._view.is_asking_pin:
                    pad.say_unknown(tries)
                else:
                    self._notice.tell_error(error)
            case CardRemovedError() | SessionClosedError():
                self._view.show_stretches()
                self._say_removed()
            case _:
                self._view.show_stretches()
                self._notice.tell_error(error)

    @Slot(object)
    def _take_reading(self, reading: MyNumberCardReading) -> None:
        if not self._is_expecting:
            # The case was cancelled meanwhile: this person belongs to no case.
            self._link.release_card()
            return
        self._is_expecting = False
        self._view.show_stretches()
        if self._flow.identify_by_card(reading):
            self.identified.emit()

    # --- 個人番号 ------------------------------------------------------------------------

    @Slot()
    def _offer_my_number(self) -> None:
        if not self._flow.lacks_my_number():
            self._notice.drop(_NUMBER)
            if not self._flow.my_number_forms():
                self._number_declined = False
            return
        if self._number_declined or self._view.is_asking_pin or self._notice.topic == _NUMBER:
            return
        forms = "・".join(self._flow.my_number_forms())
        self._notice.tell(
            "accent",
            self.tr("{forms} に個人番号の欄があります。").format(forms=forms),
            topic=_NUMBER,
            actions=(
                (self.tr("カードから読む"), self._link.read_my_number),
                (self.tr("空欄のまま（手書き）"), self._decline_number),
            ),
            closable=False,
        )

    def _decline_number(self) -> None:
        self._number_declined = True
        self._notice.drop(_NUMBER)
        self._view.stretches[self._view.current].take_focus()

    @Slot(object)
    def _take_my_number(self, number: MyNumberReading) -> None:
        if self._flow.is_open:
            self._notice.drop(_NUMBER)
            self._flow.add_my_number(number)
            self._view.stretches[self._view.current].take_focus()

    @Slot(object)
    def _take_my_number_failure(self, error: KakanaiError) -> None:
        if isinstance(error, PinRequiredError | SessionClosedError):
            # The card forgot the PIN or went away meanwhile: ask again, with the tries read again.
            self.start_reading()
            return
        self._flow.note_failed_reading(error)
        if isinstance(error, CardRemovedError):
            self._say_removed()
        else:
            self._notice.tell_error(error)

    # --- end ----------------------------------------------------------------------------

    @Slot(bool)
    def _end(self, served: bool) -> None:
        self._number_declined = self._is_expecting = False
        self._link.release_card()
        self._view.show_stretches()
        self._notice.dismiss()
        if self._link.state.has_card:
            words = self.tr("受付を終わりました。") if served else self.tr("受付を取りやめました。")
            self._notice.tell("ok", words, self.tr("カードをお返しください。"), topic=_RETURN)

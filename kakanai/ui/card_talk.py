"""What each event of the card means on the window: which key to ask for, whom to take, what to do next."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from kakanai.cardreader.driver_licence.readings import LicenceReading
from kakanai.cardreader.errors import (
    CardRemovedError,
    CardResetError,
    NoCardError,
    SessionClosedError,
    UnsupportedCardError,
)
from kakanai.cardreader.kinds import CardKind
from kakanai.cardreader.mynumber.readings import MyNumberCardReading
from kakanai.cardreader.residence_card.readings import ResidenceCardReading
from kakanai.errors import KakanaiError
from kakanai.ui.card_link import CardLink
from kakanai.ui.card_orders import (
    Done,
    Failed,
    OpenedCard,
    Order,
    ReadLicence,
    ReadResidenceCard,
)
from kakanai.ui.card_page import Rung
from kakanai.ui.card_told import Taken
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.case_people import VISITOR_PLACE
from kakanai.ui.conversation import Conversation
from kakanai.ui.licence_talk import LicenceTalk
from kakanai.ui.mismatch_talk import TOPIC as MISMATCH_TOPIC
from kakanai.ui.mismatch_talk import MismatchTalk
from kakanai.ui.my_number_talk import MyNumberTalk
from kakanai.ui.notice import Action
from kakanai.ui.people_talk import PeopleTalk
from kakanai.ui.reader_state import ReaderPhase, ReaderState
from kakanai.ui.residence_talk import ResidenceTalk

_REMOVED = "removed"
_RETURN = "return-card"
_SEVERAL = "several"


class CardTalk(QObject):
    """Between CardLink and the conversation; removal is an ordinary event at every step.

    One order is under way at a time; the answer to one that nobody waits for any more is dropped.

    Signals:
        identified(): a card's person is in the case.
    """

    identified = Signal()

    def __init__(self, link: CardLink, flow: CaseFlow, conversation: Conversation) -> None:
        super().__init__(conversation)
        self.link = link
        self.flow = flow
        self.view = conversation
        self._notice = conversation.notice
        self._rung = Rung.PIN
        self._order: Order | None = None
        self._is_after_reset = False
        self.opened: OpenedCard | None = None
        self.my_number = MyNumberTalk(self)
        self.licence = LicenceTalk(self)
        self.residence = ResidenceTalk(self)
        self.mismatch = MismatchTalk(self)
        self.people = PeopleTalk(self)
        link.state_changed.connect(self._take_state)
        link.card_inserted.connect(self._take_inserted)
        link.card_left.connect(self._take_left)
        link.card_opened.connect(self._ask_key)
        link.opening_failed.connect(self._take_opening_failure)
        link.order_done.connect(self._take_done)
        link.order_failed.connect(self._take_failure)
        conversation.person.card_wanted.connect(self.start_reading)
        conversation.person.collation_wanted.connect(self.start_collation)
        conversation.stretch_opened.connect(self._take_stretch)
        flow.ended.connect(self._end)

    # --- the reader ---------------------------------------------------------------------

    @Slot(object)
    def _take_state(self, state: ReaderState) -> None:
        self.view.person.show_reader(state)
        if state.phase is ReaderPhase.SEVERAL:
            self._notice.tell(
                "caution",
                self.tr("カードが2枚以上のリーダーにあります。"),
                self.tr("使うリーダーを選んでください。"),
                topic=_SEVERAL,
                actions=tuple((name, partial(self.link.use_reader, name)) for name in state.names[:3]),
            )
        else:
            self._notice.drop(_SEVERAL)

    @Slot()
    def _take_inserted(self) -> None:
        self._notice.drop(_REMOVED, _RETURN, NoCardError.code, CardRemovedError.code)
        is_typing = self.view.is_on_card_page and not self.view.is_asking_key
        if self.flow.is_open and self.flow.person is None and not is_typing:
            self.flow.drop_pending()
            self._open(Rung.PIN)
        elif not self.view.is_on_card_page:
            self.people.take_inserted()

    @Slot()
    def _take_stretch(self) -> None:
        """The clerk went elsewhere: a reading that waited for its name is not used any more."""
        if self._notice.topic != MISMATCH_TOPIC:
            self.flow.drop_pending()
            if self.view.current:
                self.flow.place = VISITOR_PLACE

    @Slot()
    def start_reading(self) -> None:
        """Read the card that lies there (F2): first the tries left, then its key."""
        self._start(Rung.PIN)

    @Slot()
    def start_collation(self) -> None:
        """Read the card that lies there by 照合番号B (F10)."""
        self._start(Rung.COLLATION)

    def _start(self, rung: Rung) -> None:
        if not self.flow.is_open:
            return
        state = self.link.state
        if state.has_card:
            self._open(rung)
        elif state.error is not None and state.phase is not ReaderPhase.SEVERAL:
            self._notice.tell_error(state.error)
        elif state.error is None:
            words = self.tr("マイナンバーカードをリーダーに置いてもらってください。")
            self._notice.tell("accent", words, topic=_REMOVED)

    def open_for(self, place: str, rung: Rung) -> None:
        """Read the card that lies there for whoever stands in a place of the case."""
        self.flow.place = place
        self.people.drop_question()
        self._start(rung)

    def _open(self, rung: Rung) -> None:
        if self.people.holds_back(rung):
            return
        self._rung = rung
        self._order = None
        self.link.open_card()

    @Slot()
    def leave_card(self) -> None:
        """Put the card's page away and power the card off: another card may take its place (Esc)."""
        self._order = None
        self.flow.drop_pending()
        self.flow.place = VISITOR_PLACE
        self.link.release_card()
        self.view.show_stretches()

    @Slot()
    def _take_left(self) -> None:
        self._notice.drop(_RETURN)
        self.opened = None
        self.people.take_left()
        if self.view.is_asking_key:
            self.view.show_stretches()
            self._say_removed()

    def tell_removed(self) -> None:
        """Leave the card's page and say that the card went."""
        self.view.show_stretches()
        self._say_removed()

    def _say_removed(self) -> None:
        self._notice.tell(
            "caution",
            self.tr("カードが離れました。置き直してください。"),
            self.tr("入力した内容は残っています。暗証番号はもう一度入力します。回数は読み直します。"),
            code=CardRemovedError.code,
            topic=_REMOVED,
        )

    # --- opening ------------------------------------------------------------------------

    @Slot(object)
    def _take_opening_failure(self, error: KakanaiError) -> None:
        self._is_after_reset = False
        self.opened = None
        self.view.show_stretches()
        if isinstance(error, CardRemovedError | NoCardError):
            self._say_removed()
            return
        by_hand: Action = (self.tr("手入力で進める（F3）"), self.view.person.start_hand_entry)
        self._notice.tell_error(error, (by_hand,) if isinstance(error, UnsupportedCardError) else ())

    @Slot(object)
    def _ask_key(self, opened: OpenedCard) -> None:
        was_reset, self._is_after_reset = self._is_after_reset, False
        if not self.flow.is_open:
            self.link.release_card()
            return
        self._notice.dismiss()
        self.opened = opened
        match opened.kind:
            case CardKind.DRIVER_LICENCE:
                self.licence.ask(opened, was_reset=was_reset)
            case CardKind.RESIDENCE_CARD:
                self.residence.ask(was_reset=was_reset)
            case _ if self._rung is Rung.COLLATION:
                self.my_number.start_collation(was_reset=was_reset)
            case _:
                self.my_number.ask_pin(opened, was_reset=was_reset)
        self.people.tell_whose()

    # --- orders -------------------------------------------------------------------------

    def give(self, order: Order) -> None:
        """Have an order carried out; its answer is taken here as long as this case waits for it."""
        self._order = order
        self.link.give(order)

    @Slot(object)
    def _take_done(self, done: Done) -> None:
        if done.order is not self._order:
            # The case was cancelled meanwhile: this person belongs to no case.
            self.link.release_card()
            return
        self._order = None
        if not self.my_number.take_done(done):
            self.take_reading(done)

    def take_reading(self, done: Done) -> None:
        """Take the person of a reading into the case, or ask for what is missing."""
        if isinstance(done.result, MyNumberCardReading | LicenceReading | ResidenceCardReading):
            self.settle(self.flow.take_card(done.result, done.pictures, done.visit))

    def settle(self, taken: Taken) -> None:
        """Go where an identification leads."""
        match taken:
            case Taken.IDENTIFIED:
                self.view.show_stretches()
                self.identified.emit()
            case Taken.ADDED:
                self.view.show_stretches()
                self.people.tell_added()
            case Taken.MISMATCH:
                self.view.show_stretches()
                self.mismatch.ask()
            case Taken.NAME_WANTED:
                self.residence.ask_name()
            case Taken.REFUSED:
                self.view.show_stretches()

    @Slot(object)
    def _take_failure(self, failed: Failed) -> None:
        if failed.order is not self._order:
            return
        self._order = None
        if not isinstance(failed.error, SessionClosedError):
            self.flow.note_failed_reading(failed.error)
        match failed.error, failed.order:
            case CardResetError(), _:
                # Start over from SELECT; a key is asked for again, never sent again.
                self._is_after_reset = True
                self.link.open_card()
            case (CardRemovedError(), _):
                self.tell_removed()
            case (SessionClosedError(), _):
                self.my_number.take_closed(failed)
            case (_, ReadLicence()):
                self.licence.take_failure(failed)
            case (_, ReadResidenceCard()):
                self.residence.take_failure(failed)
            case _:
                self.my_number.take_failure(failed)

    def give_up(self, error: KakanaiError) -> None:
        """Leave the card's page and tell what happened."""
        self.view.show_stretches()
        self._notice.tell_error(error)

    # --- end ----------------------------------------------------------------------------

    @Slot(bool)
    def _end(self, served: bool) -> None:
        self._order = None
        self._is_after_reset = False
        self.link.release_card()
        self.view.show_stretches()
        self._notice.dismiss()
        if self.link.state.has_card:
            words = self.tr("受付を終わりました。") if served else self.tr("受付を取りやめました。")
            if self.flow.was_suspended:
                words = self.tr("受付を保留にしました。")
            self._notice.tell("ok", words, self.tr("カードをお返しください。"), topic=_RETURN)

"""The only object that touches readers and cards; it lives on the card thread."""

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from kakanai.cardreader.connection import ReaderSource
from kakanai.cardreader.errors import (
    CardRemovedError,
    CommunicationError,
    NoCardError,
    NoReaderError,
    NoServiceError,
    PinStateUnknownError,
    ReaderGoneError,
    ReaderNotFoundError,
    SessionClosedError,
    SeveralReadersError,
)
from kakanai.cardreader.open_card import CardSession, open_card
from kakanai.cardreader.reader_choice import choose_reader
from kakanai.errors import KakanaiError
from kakanai.staff.card_on_reader import read_one_card_uid
from kakanai.ui.card_orders import (
    UNKNOWN_TRIES,
    AskCollationTries,
    Done,
    Failed,
    Order,
    ReadNumber,
    ReadSurface,
    carry_out,
    describe,
    tries_left,
)
from kakanai.ui.card_pictures import pictures_of
from kakanai.ui.reader_state import ReaderPhase, ReaderState

_SLICE_S = 0.2  # a stop request or a PIN waits at most this long behind the watch (limit: 0.5 s)
_SESSION_OVER = (CardRemovedError, CommunicationError, ReaderGoneError, NoServiceError, SessionClosedError)


class CardWorker(QObject):
    """Watches the readers in short slices and carries out requests between them.

    Requests are slots, called by queued signals of CardLink. VERIFY is sent once per `read`.

    Signals:
        state_changed(ReaderState): how the reader stands now.
        card_inserted(): a card was put on the reader.
        card_left(): the card that lay there is gone.
        card_opened(OpenedCard): a card is ready for its key.
        opening_failed(KakanaiError): the card cannot be used.
        order_done(Done): the card gave what was ordered.
        order_failed(Failed): it did not.
        staff_card_read(CardUid): a staff card 職員証 lies there.
        staff_card_failed(KakanaiError): none does, or it cannot be read.
    """

    state_changed = Signal(object)
    card_inserted = Signal()
    card_left = Signal()
    card_opened = Signal(object)
    opening_failed = Signal(object)
    order_done = Signal(object)
    order_failed = Signal(object)
    staff_card_read = Signal(object)
    staff_card_failed = Signal(object)

    def __init__(self, source: ReaderSource, *, verify: bool) -> None:
        super().__init__()
        self._source = source
        self._verify = verify
        self._chosen: str | None = None
        self._session: CardSession | None = None
        self._visit = 0
        self._state = ReaderState(ReaderPhase.STARTING)
        self._card_reader = ""
        self._timer: QTimer | None = None

    @Slot()
    def start(self) -> None:
        """Begin to watch; runs on the card thread."""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._watch)
        self._timer.start(0)

    @Slot()
    def stop(self) -> None:
        """Power the card off and end the thread."""
        if self._timer is not None:
            self._timer.stop()
        self._end_session()
        QThread.currentThread().quit()

    @Slot()
    def _watch(self) -> None:
        assert QThread.currentThread() is self.thread()  # noqa: S101  # the door of the card thread
        if self._source.wait_for_change(_SLICE_S):
            self._look()

    def _look(self) -> None:
        """Compare the readers with what was known, and tell."""
        try:
            reader = choose_reader(self._source, self._chosen)
        except ReaderNotFoundError:
            self._chosen = None  # the chosen reader was unplugged; the others count again
            self._look()
            return
        except NoCardError:
            self._be_without_card(ReaderState(ReaderPhase.WAITING))
        except NoServiceError as error:
            self._be_without_card(ReaderState(ReaderPhase.NO_SERVICE, error=error))
        except NoReaderError as error:
            self._be_without_card(ReaderState(ReaderPhase.NO_READER, error=error))
        except SeveralReadersError as error:
            self._be_without_card(ReaderState(ReaderPhase.SEVERAL, names=tuple(error.names), error=error))
        except KakanaiError as error:
            self._be_without_card(ReaderState(ReaderPhase.TROUBLE, error=error))
        else:
            if not reader.is_card_present():
                self._be_without_card(ReaderState(ReaderPhase.WAITING, reader.name))
            elif self._card_reader != reader.name:
                self._be_without_card(ReaderState(ReaderPhase.WAITING, reader.name))
                self._card_reader = reader.name
                self._tell(ReaderState(ReaderPhase.CARD_PRESENT, reader.name))
                self.card_inserted.emit()

    def _be_without_card(self, state: ReaderState) -> None:
        self._end_session()
        had_card, self._card_reader = bool(self._card_reader), ""
        self._tell(state)
        if had_card:
            self.card_left.emit()

    def _tell(self, state: ReaderState) -> None:
        self._state = state
        self.state_changed.emit(state)

    def _phase(self, phase: ReaderPhase, error: KakanaiError | None = None) -> None:
        self._tell(ReaderState(phase, self._card_reader, error=error))

    def _end_session(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None

    @Slot(object)
    def use_reader(self, name: str | None) -> None:
        """Use the reader of that name from now on; None: the only one with a card."""
        self._chosen = name
        self._look()

    @Slot()
    def open_card(self) -> None:
        """Connect, find out what lies there, and read the tries left; uses up none."""
        self._end_session()
        try:
            reader = choose_reader(self._source, self._chosen)
            self._session = open_card(reader.connect())
            self._visit += 1
            opened = describe(self._session, self._visit)
        except KakanaiError as error:
            self._end_session()
            if self._card_reader:
                self._phase(ReaderPhase.TROUBLE, error)
            self.opening_failed.emit(error)
            return
        self._card_reader = reader.name
        self._phase(ReaderPhase.CARD_OPEN)
        self.card_opened.emit(opened)

    @Slot(object)
    def carry_out(self, order: Order) -> None:
        """Carry out an order on the open card; a key in it is presented once, whatever happens."""
        session = self._session
        visit = order.visit if isinstance(order, ReadSurface | ReadNumber) else self._visit
        if session is None or visit != self._visit:
            self.order_failed.emit(Failed(order, SessionClosedError()))
            return
        self._phase(ReaderPhase.READING)
        try:
            result = carry_out(session, order, verify=self._verify)
        except KakanaiError as error:
            self._take_failure(error)
            left = (UNKNOWN_TRIES, UNKNOWN_TRIES) if self._session is None else tries_left(session, order)
            self.order_failed.emit(Failed(order, error, *left))
            return
        is_question = isinstance(order, AskCollationTries)
        self._phase(ReaderPhase.CARD_OPEN if is_question else ReaderPhase.CARD_READ)
        self.order_done.emit(Done(order, result, self._visit, pictures_of(result)))

    @Slot()
    def release_card(self) -> None:
        """Power the card off; it may stay on the reader."""
        if self._session is not None:
            self._end_session()
            self._phase(ReaderPhase.CARD_PRESENT)

    @Slot()
    def read_staff_card(self) -> None:
        """Ask which staff card 職員証 lies on any reader; a visitor's open card is left alone."""
        busy = self._card_reader if self._session is not None else None
        try:
            readers = [reader for reader in self._source.readers() if reader.name != busy]
            uid = read_one_card_uid(readers)
        except KakanaiError as error:
            self.staff_card_failed.emit(error)
            return
        self.staff_card_read.emit(uid)

    def _take_failure(self, error: KakanaiError) -> None:
        lost = isinstance(error, PinStateUnknownError) and error.attempts_remaining == UNKNOWN_TRIES
        if lost or isinstance(error, _SESSION_OVER):
            self._end_session()
            self._phase(ReaderPhase.TROUBLE, error)
        else:
            self._phase(ReaderPhase.CARD_OPEN)

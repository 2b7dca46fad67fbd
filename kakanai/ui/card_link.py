"""The window's end of the card thread: requests go in by method, facts come out by signal."""

from PySide6.QtCore import QObject, QThread, Signal, Slot

from kakanai.cardreader.connection import ReaderSource
from kakanai.ui.card_orders import Order
from kakanai.ui.card_worker import CardWorker
from kakanai.ui.reader_state import ReaderPhase, ReaderState


class CardLink(QObject):
    """Owns the card thread and its worker; widgets know only this object.

    Signals: as CardWorker, repeated on the GUI thread.
        felt_at_rest(): a card was put down while the window is locked.
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
    felt_at_rest = Signal()

    _stop_wanted = Signal()
    _reader_wanted = Signal(object)
    _opening_wanted = Signal()
    _order_given = Signal(object)
    _release_wanted = Signal()
    _staff_card_wanted = Signal()

    def __init__(self, source: ReaderSource, parent: QObject | None = None, *, verify: bool = True) -> None:
        super().__init__(parent)
        self.state = ReaderState(ReaderPhase.STARTING)
        self._is_resting = False
        self._is_untold = False
        self._thread = QThread()
        self._thread.setObjectName("card")
        self._worker = CardWorker(source, verify=verify)
        self._worker.moveToThread(self._thread)
        self._thread.started.connect(self._worker.start)
        self._stop_wanted.connect(self._worker.stop)
        self._reader_wanted.connect(self._worker.use_reader)
        self._opening_wanted.connect(self._worker.open_card)
        self._order_given.connect(self._worker.carry_out)
        self._release_wanted.connect(self._worker.release_card)
        self._staff_card_wanted.connect(self._worker.read_staff_card)
        self._worker.state_changed.connect(self._take_state)
        self._worker.card_inserted.connect(self._take_inserted)
        for name in (
            "card_left", "card_opened", "opening_failed", "order_done", "order_failed",
            "staff_card_read", "staff_card_failed",
        ):  # fmt: skip
            # Signal to signal: the repetition is emitted on this object's thread.
            getattr(self._worker, name).connect(getattr(self, name))

    def start(self) -> None:
        """Start to watch the readers."""
        self._thread.start()

    def close(self) -> None:
        """Power the card off and wait until the thread has ended; within half a second."""
        if self._thread.isRunning():
            self._stop_wanted.emit()
            self._thread.wait()

    @property
    def is_running(self) -> bool:
        """Whether the card thread still runs."""
        return self._thread.isRunning()

    @Slot(object)
    def _take_state(self, state: ReaderState) -> None:
        assert QThread.currentThread() is self.thread()  # noqa: S101  # the door of the GUI thread
        self.state = state
        self.state_changed.emit(state)
        if self._is_resting and state.phase is ReaderPhase.SEVERAL:
            self.felt_at_rest.emit()  # on a second reader, beside the card of a visitor

    @Slot()
    def _take_inserted(self) -> None:
        if self._is_resting:
            self._is_untold = True
            self.felt_at_rest.emit()
        else:
            self.card_inserted.emit()

    def rest(self, *, is_resting: bool) -> None:
        """While the window is locked, tell of no card that is put down; afterwards of one that still lies."""
        self._is_resting = is_resting
        if not is_resting and self._is_untold:
            self._is_untold = False
            if self.state.has_card:
                self.card_inserted.emit()

    def tell_again(self) -> None:
        """Tell of the card that lies there once more, when the rest is over."""
        self._is_untold = True

    def pass_over(self) -> None:
        """The card that lies there is a staff card 職員証: it is told to nobody when the rest is over."""
        self._is_untold = False

    def ask_staff_card(self) -> None:
        """Ask which staff card lies there; answered by staff_card_read or staff_card_failed."""
        self._staff_card_wanted.emit()

    def use_reader(self, name: str | None) -> None:
        """Choose a reader by name; None: the only one with a card."""
        self._reader_wanted.emit(name)

    def open_card(self) -> None:
        """Ask what lies there, and for its tries left; answered by card_opened or opening_failed."""
        self._opening_wanted.emit()

    def give(self, order: Order) -> None:
        """Have an order carried out on the open card; answered by order_done or order_failed."""
        self._order_given.emit(order)

    def release_card(self) -> None:
        """Power the card off; the next reading asks for the PIN again."""
        self._release_wanted.emit()

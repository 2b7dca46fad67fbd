"""The one thread that reads and judges the log: the window never waits for a database."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

from kakanai.errors import KakanaiError

_Take = Callable[[Any], object]
_Refuse = Callable[[KakanaiError], object]


@dataclass(frozen=True, repr=False)
class _Order:
    """Something to do on the thread. A later one of the same topic makes it void, unless it has none."""

    number: int
    topic: str
    act: Callable[[], object]


class _BookWorker(QObject):
    """Lives on the thread; see BookLink."""

    done = Signal(object, object)
    refused = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.newest: dict[str, int] = {}  # written by the window's thread; looked up in one piece

    @Slot(object)
    def run(self, order: _Order) -> None:
        if order.topic and self.newest.get(order.topic) != order.number:
            return
        try:
            result = order.act()
        except KakanaiError as error:
            self.refused.emit(order, error)
            return
        except BaseException:
            # The page must not wait for ever; the crash guard tells what this was.
            self.refused.emit(order, None)
            raise
        self.done.emit(order, result)

    @Slot()
    def stop(self) -> None:
        QThread.currentThread().quit()


class BookLink(QObject):
    """Owns the thread, which begins with the first order; answers arrive on the window's thread.

    Signals:
        busy_changed(bool): whether anything is under way.
        failed(KakanaiError): an order without a `refuse` of its own was refused.
    """

    busy_changed = Signal(bool)
    failed = Signal(object)

    _wanted = Signal(object)
    _stop_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread()
        self._thread.setObjectName("daybook")
        self._worker = _BookWorker()
        self._worker.moveToThread(self._thread)
        self._wanted.connect(self._worker.run)
        self._stop_wanted.connect(self._worker.stop)
        self._worker.done.connect(self._take)
        self._worker.refused.connect(self._refuse)
        self._waiting: dict[int, tuple[_Take, _Refuse | None]] = {}
        self._number = 0

    def ask(self, topic: str, act: Callable[[], object], take: _Take, refuse: _Refuse | None = None) -> None:
        """Do this on the thread; `take` its result here. Earlier orders of a topic that is named are void."""
        if not self._thread.isRunning():
            self._thread.start()
        self._number += 1
        if topic:
            self.drop(topic)
            self._worker.newest[topic] = self._number
        order = _Order(self._number, topic, act)
        self._waiting[order.number] = (take, refuse)
        self.busy_changed.emit(True)
        self._wanted.emit(order)

    def drop(self, topic: str) -> None:
        """Let no answer of this topic arrive any more."""
        self._waiting.pop(self._worker.newest.pop(topic, 0), None)
        self._tell_rest()

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._waiting)

    @property
    def is_running(self) -> bool:
        """Whether the thread runs."""
        return self._thread.isRunning()

    def close(self) -> None:
        """Wait until what is under way is settled and the thread has ended."""
        self._waiting.clear()
        self._worker.newest.clear()
        if self._thread.isRunning():
            self._stop_wanted.emit()
            self._thread.wait()

    @Slot(object, object)
    def _take(self, order: _Order, result: object) -> None:
        take, _ = self._waiting.pop(order.number, (None, None))
        if take is not None:
            take(result)
        self._tell_rest()

    @Slot(object, object)
    def _refuse(self, order: _Order, error: KakanaiError | None) -> None:
        take, refuse = self._waiting.pop(order.number, (None, None))
        if take is not None and error is not None:
            (refuse or self.failed.emit)(error)
        self._tell_rest()

    def _tell_rest(self) -> None:
        if not self._waiting:
            self.busy_changed.emit(False)

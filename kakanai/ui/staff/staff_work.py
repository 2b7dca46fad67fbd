"""Work beside the window's thread: one hash of a password takes a tenth of a second, a database may wait."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QThread, Signal, Slot

from kakanai.errors import KakanaiError


@dataclass(frozen=True, repr=False, eq=False)
class _Job:
    """What is to be done, and who is told on the window's thread. `act` may hold a password."""

    act: Callable[[], object]
    then: Callable[[object], None]
    refused: Callable[[KakanaiError], None]


class _Hands(QObject):
    """Lives on the thread; see StaffWork."""

    done = Signal(object, object)
    failed = Signal(object, object)
    broken = Signal(object)

    @Slot(object)
    def carry_out(self, job: _Job) -> None:
        try:
            result = job.act()
        except KakanaiError as error:
            self.failed.emit(job, error)
        except BaseException:
            # The page must not wait for ever; the crash guard tells what this was.
            self.broken.emit(job)
            raise
        else:
            self.done.emit(job, result)


class StaffWork(QObject):
    """Owns the thread, which begins with the first work; one thing at a time.

    Signals:
        ended(): what was under way is over, well or not.
    """

    ended = Signal()

    _given = Signal(object)

    def __init__(self, parent: QObject | None = None, name: str = "staff") -> None:
        super().__init__(parent)
        self._job: _Job | None = None
        self._thread = QThread()
        self._thread.setObjectName(name)
        self._hands = _Hands()
        self._hands.moveToThread(self._thread)
        self._given.connect(self._hands.carry_out)
        self._hands.done.connect(self._take_done)
        self._hands.failed.connect(self._take_failure)
        self._hands.broken.connect(self._end)

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return self._job is not None

    @property
    def is_running(self) -> bool:
        """Whether the thread still runs."""
        return self._thread.isRunning()

    def do(
        self,
        act: Callable[[], object],
        then: Callable[[object], None],
        refused: Callable[[KakanaiError], None],
    ) -> bool:
        """Do it beside the window, then tell `then` its result or `refused` why not; False when busy."""
        if self._job is not None:
            return False
        self._thread.start()
        self._job = _Job(act, then, refused)
        self._given.emit(self._job)
        return True

    def close(self) -> None:
        """Wait until what is under way is over; nobody is told of it any more."""
        self._job = None
        if self._thread.isRunning():
            self._thread.quit()
            self._thread.wait()

    @Slot(object, object)
    def _take_done(self, job: _Job, result: object) -> None:
        if self._end(job):
            job.then(result)

    @Slot(object, object)
    def _take_failure(self, job: _Job, error: KakanaiError) -> None:
        if self._end(job):
            job.refused(error)

    @Slot(object)
    def _end(self, job: _Job) -> bool:
        if job is not self._job:
            return False
        self._job = None
        self.ended.emit()
        return True

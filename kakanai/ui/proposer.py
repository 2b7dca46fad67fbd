"""Readings and postal codes to propose, looked up beside the window's own thread."""

import contextlib
from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, SignalInstance, Slot

from kakanai.reception.postal import code_of
from kakanai.reception.reading_proposal import ReadingDictionary


class Wanted(Enum):
    """What is looked up."""

    READING = auto()  # フリガナ of a name
    POSTAL = auto()  # 郵便番号 of an address


class Proposer(QObject):
    """Keeps what was found until the case ends; names and addresses are keys, so `forget` must be called.

    Signals:
        found(): more can be proposed now.
    """

    found = Signal()

    _told = Signal(int, object, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readings = ReadingDictionary()
        self._look_up: dict[Wanted, Callable[[str], str]] = {
            Wanted.READING: self._readings.reading_of,
            Wanted.POSTAL: code_of,
        }
        self._known: dict[tuple[Wanted, str], str] = {}
        self._case = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._told.connect(self._take)

    def ask(self, wanted: Wanted, text: str) -> str:
        """What may be proposed for a name or an address; "" when nothing, or not yet."""
        if not text:
            return ""
        if (wanted, text) not in self._known:
            self._known[wanted, text] = ""
            self._pool.start(_Lookup(self._told, self._case, wanted, text, self._look_up[wanted]))
        return self._known[wanted, text]

    @Slot(int, object, str, str)
    def _take(self, case: int, wanted: Wanted, text: str, answer: str) -> None:
        if case == self._case and answer:
            self._known[wanted, text] = answer
            self.found.emit()

    def forget(self) -> None:
        """Forget every name and address of the case, and what is still being looked up."""
        self._case += 1
        self._pool.clear()
        self._known.clear()

    def wait(self) -> None:
        """Wait until nothing is being looked up any more."""
        self._pool.waitForDone()


class _Lookup(QRunnable):
    def __init__(
        self, told: SignalInstance, case: int, wanted: Wanted, text: str, look_up: Callable[[str], str]
    ) -> None:
        super().__init__()
        self._told = told
        self._order = (case, wanted, text)
        self._look_up = look_up

    def run(self) -> None:
        found = self._look_up(self._order[2])
        # The window may have gone while the dictionary was searched: then nobody asks any more.
        with contextlib.suppress(RuntimeError):
            self._told.emit(*self._order, found)

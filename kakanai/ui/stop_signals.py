"""SIGTERM and SIGHUP: the system or an administrator ends the program while a case may be open."""

import signal
from types import FrameType

from PySide6.QtCore import QObject, QTimer, Signal, Slot

_LOOK_EVERY_MS = 250
_SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name))


class StopSignals(QObject):
    """Turns a stop signal of the system into an ordinary event of the window.

    Signals:
        stop_wanted(): the program was told to stop; emitted once.
    """

    stop_wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._told = False
        # Python runs a signal's handler only between its own instructions, and Qt's loop runs none while it
        # waits; the timer lets Python have a look.
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_EVERY_MS)
        self._look.timeout.connect(self._tell)

    def watch(self) -> None:
        """Watch from now on."""
        for number in _SIGNALS:
            signal.signal(number, self._hear)
        self._look.start()

    def ignore(self) -> None:
        """Leave signals to the system again."""
        self._look.stop()
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_DFL)

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self._told = True

    @Slot()
    def _tell(self) -> None:
        if self._told:
            self._told = False
            self.stop_wanted.emit()

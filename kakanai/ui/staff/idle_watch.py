"""Whether a hand was on the window lately; a window that nobody touches for so long locks itself."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget

_LOOK_EVERY_MS: Final = 5_000
_HANDS: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """Looks at what the system sends to the clerk's window alone: a visitor's touch is no clerk's hand.

    Signals:
        idle(): nobody touched the window for `limit()`; told at every look until somebody does.
    """

    idle = Signal()

    def __init__(
        self, window: QWidget, now: Callable[[], dt.datetime], limit: Callable[[], dt.timedelta]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._now = now
        self._limit = limit
        self._watched: QWindow | None = None
        self._since = QElapsedTimer()
        self._last = now()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Watch from now on."""
        self.note_hand()
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()

    def note_hand(self) -> None:
        """Somebody is here."""
        self._since.start()
        self._last = self._now()

    @Slot()
    def look(self) -> None:
        """Tell, if nobody was here for too long."""
        handle = self._window.windowHandle()
        if handle is not None and handle is not self._watched:
            # Not the application: each of its events would come through here.
            handle.installEventFilter(self)
            self._watched = handle
        # The clock of the wall as well: the other one stands still while the machine sleeps.
        idle = max(dt.timedelta(milliseconds=self._since.elapsed()), self._now() - self._last)
        if idle >= self._limit():
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note keys, mouse and touch; everything goes on to where it belongs."""
        if event.type() in _HANDS:
            self.note_hand()
        return super().eventFilter(watched, event)

"""Python's cycle collector, run on the window's thread alone."""

import gc
from types import TracebackType
from typing import Final, Self

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS: Final = 200


class CycleCollector(QObject):
    """Collects cycles on the thread it was made on; a context manager, outside of which Python does as ever.

    Left to itself Python collects on whichever thread happens to make the next object, and with a widget that
    is part of a cycle a card or paper thread would destroy what belongs to the window's thread. Observed: a
    segmentation fault in the paper thread while it collected, after a hundred windows in one process.
    """

    def __init__(self) -> None:
        super().__init__()
        self._was_enabled = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def __enter__(self) -> Self:
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.stop()
        gc.collect()
        if self._was_enabled:
            gc.enable()

    @Slot()
    def look(self) -> None:
        """Collect the generations that have grown past Python's own limits, the oldest of them once."""
        grown = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if grown[0]:
            gc.collect(2 if all(grown) else 1 if grown[1] else 0)

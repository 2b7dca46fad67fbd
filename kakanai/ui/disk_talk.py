"""The disk is nearly full: told in the window before it is full, and logged once a day."""

import contextlib
import datetime as dt
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from kakanai.counter import Office
from kakanai.errors import KakanaiError
from kakanai.messages import message_for
from kakanai.sessionlog.disk_watch import DiskLevel, DiskState, DiskWatch
from kakanai.sessionlog.entry import JST, UNREGISTERED
from kakanai.settings import Town
from kakanai.ui.office_line import OfficeLine
from kakanai.ui.staff.staff_work import StaffWork

TOPIC: Final = "disk"
LOOK_EVERY_MS: Final = 60_000


class DiskTalk(QObject):
    """Looks once a minute, and whenever a case is over, beside the window's thread: a disk may hang."""

    def __init__(
        self, disk_of: Callable[[Town], DiskWatch], office: Callable[[], Office], line: OfficeLine
    ) -> None:
        super().__init__(line)
        self._disk_of = disk_of
        self._office = office
        self._line = line
        self.work = StaffWork(self, "disk")
        self._noted_on: dt.date | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look now, and again and again."""
        self._timer.start()
        self.look()

    def close(self) -> None:
        """The window closes."""
        self._timer.stop()
        self.work.close()

    @Slot()
    def look(self) -> None:
        """See how much is free; nothing while the last look is under way."""
        office = self._office()
        watch = self._disk_of(office.town)
        self.work.do(lambda: self._looked(watch, office), self._show, self._pass_over)

    def _looked(self, watch: DiskWatch, office: Office) -> DiskState:
        state, at = watch.state(), office.now()
        if state.warning is not None and self._noted_on != at.astimezone(JST).date():
            # A disk that is full takes no entry; that it is full is worth more than that the log knows.
            with contextlib.suppress(KakanaiError):
                watch.note(office.log, UNREGISTERED, at)  # nobody did it: the program saw it
                self._noted_on = at.astimezone(JST).date()
        return state

    def _show(self, state: object) -> None:
        warning = state.warning if isinstance(state, DiskState) else None
        if not isinstance(state, DiskState) or warning is None:
            self._line.drop(TOPIC)
            return
        message = message_for(warning)
        tone = "danger" if state.level is DiskLevel.CRITICAL else "caution"
        self._line.say(TOPIC, f"{message.what}{message.next_step}（{warning.code}）", tone)

    def _pass_over(self, _error: KakanaiError) -> None:
        """Looking never fails; see DiskWatch.state."""

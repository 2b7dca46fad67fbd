"""Forms kept for a reprint, on the window: deleted with their days, and told when they could not be kept."""

import datetime as dt
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from kakanai.counter.kept_papers import forget_expired
from kakanai.counter.office import Office
from kakanai.errors import KakanaiError
from kakanai.messages import message_for
from kakanai.sessionlog.entry import JST, UNREGISTERED
from kakanai.sessionlog.errors import LogStorageError
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.office_line import OfficeLine
from kakanai.ui.staff.staff_work import StaffWork

TOPIC: Final = "kept"
LOOK_EVERY_MS: Final = 60_000


class KeptTalk(QObject):
    """Deletes at the start, when the day changes and when the town changes its mind, beside the window."""

    def __init__(self, flow: CaseFlow, line: OfficeLine) -> None:
        super().__init__(line)
        self._flow = flow
        self._line = line
        self._done_for: tuple[dt.date, int] | None = None
        self.work = StaffWork(self, "kept")
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        flow.printed.connect(self._tell)
        flow.ended.connect(self.look)

    def start(self) -> None:
        """Delete what is of earlier days, and again whenever a day is over."""
        self._timer.start()
        self.look()

    def close(self) -> None:
        """The window closes; what is under way is carried out."""
        self._timer.stop()
        self.work.close()

    @Slot()
    def look(self) -> None:
        """Delete what is kept no longer, once for each day and number of days."""
        office: Office = self._flow.counter.office
        now = (office.now().astimezone(JST).date(), office.town.kept_form_days)
        if office.kept is None or not office.kept.is_there or self._done_for == now:
            return

        def take(_count: object) -> None:
            self._done_for = now

        # Nobody deletes them: their time is over.
        self.work.do(lambda: forget_expired(office, UNREGISTERED), take, self._show)

    @Slot()
    def _tell(self) -> None:
        error = self._flow.counter.not_kept
        if error is None:
            self._line.drop(TOPIC)
        else:
            self._show(error)

    def _show(self, error: KakanaiError) -> None:
        if isinstance(error, LogStorageError):
            return  # they are gone; the log is told in a minute, and what is wrong with it others tell
        message = message_for(error)
        self._line.say(TOPIC, f"{message.what}{message.next_step}（{error.code}）")

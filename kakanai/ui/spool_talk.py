"""How it stands with the log's server: out of reach, coming back, or kept from it by a failure."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kakanai.counter import Office
from kakanai.messages import message_for
from kakanai.sessionlog.spool_state import LinkState
from kakanai.ui.office_line import OfficeLine

TOPIC: Final = "spool"
LOOK_EVERY_MS: Final = 2000


class SpoolTalk(QObject):
    """Looks every two seconds, in the window's thread: the network is not asked for it.

    `came_back` is emitted when the server is there that was not.
    """

    came_back = Signal()

    def __init__(self, office: Callable[[], Office], line: OfficeLine) -> None:
        super().__init__(line)
        self._office = office
        self._line = line
        self._was_connected = True
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look now and again, where the log is on a server."""
        if self._office().log.backend == "postgresql":
            self._timer.start()
            self.look()

    def close(self) -> None:
        """The window closes."""
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """See how it stands, and tell it."""
        log = self._office().log
        state = log.link_state()
        words, tone = self._told(state, has_spool=log.has_spool)
        if words:
            self._line.say(TOPIC, words, tone)
        else:
            self._line.drop(TOPIC)
        was_connected, self._was_connected = self._was_connected, state.is_connected
        if state.is_connected and not was_connected:
            self.came_back.emit()

    def _told(self, state: LinkState, *, has_spool: bool) -> tuple[str, str]:
        if state.trouble is not None:
            message = message_for(state.trouble)
            # What may be cut off at the end of the line stands there in full when it is pointed at.
            kept = (
                self.tr("（預かっている記録 {count}件）").format(count=state.waiting) if state.waiting else ""
            )
            return f"{state.trouble.code}{kept} {message.what}{message.next_step}", "danger"
        if not state.is_connected:
            words = self.tr(
                "記録サーバーに接続できません。記録はこのPCに預かっています（{count}件）。受付は続けられます。"
            )
            return words.format(count=state.waiting), "caution"
        if state.waiting:
            words = self.tr("預かった記録を記録サーバーに送っています（残り{count}件）。")
            return words.format(count=state.waiting), "caution"
        if not has_spool:
            return self.tr(
                "このPCに窓口番号がないので、記録サーバーが止まると受付できません（kakanai db counter）。"
            ), "caution"
        return "", "caution"

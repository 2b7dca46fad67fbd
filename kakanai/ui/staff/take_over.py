"""Somebody else comes to the window: the case of who was there is put aside first, and that is told."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot

from kakanai.errors import KakanaiError
from kakanai.staff.act import Act
from kakanai.staff.permissions import may
from kakanai.staff.signed_in import SignedIn
from kakanai.ui.staff.door_page import DoorPage

if TYPE_CHECKING:
    from kakanai.ui.main_window import MainWindow

TOPIC: Final = "staff"


class TakeOver(QObject):
    """Puts aside what one clerk had in hand before another has the window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._flow = window.flow
        self._pauses = window.pauses
        self._notice = window.conversation.notice
        self.failure: KakanaiError | None = None
        window.flow.failed.connect(self._note_failure)

    @Slot(object)
    def _note_failure(self, error: KakanaiError) -> None:
        self.failure = error

    def put_aside(self, who: SignedIn) -> bool:
        """Whether nothing of who was here is open any more; if not, `failure` may tell why."""
        counter = self._flow.counter
        self.failure = None
        # It is the newcomer who puts the case aside, and the log says so.
        before, counter.clerk = counter.clerk, who.number
        self._pauses.work.suspend()
        if self._flow.case is not None:
            counter.clerk = before
            return False
        counter.forget_remembered()
        return True

    def may_leave(self, page: DoorPage) -> bool:
        """Whether the window may close behind this page: a case is ended, or put aside where it is kept."""
        flow = self._flow
        if flow.is_printing:
            page.tell(self.tr("▲ 印刷しています。終わってから閉じてください。"))
            return False
        if flow.documents:
            flow.close_case()
        elif self._pauses.link is not None:
            self._pauses.work.suspend()
        if flow.case is not None:
            page.tell(self.tr("▲ 途中の受付があります。続けてから、受付を終えて閉じてください。"))
        return flow.case is None

    def tell(self, who: SignedIn, number: str) -> None:
        """Say what became of the case of that number, or what a role without a counter can do."""
        self._notice.dismiss()
        if number:
            self._notice.tell(
                "caution",
                self.tr("前の職員の受付 {number} を保留にしました。").format(number=number),
                self.tr("続きは、左の受付か Alt+↑↓ で始めます。"),
                topic=TOPIC,
            )
        elif who.role is not None and not may(who.role, Act.USE_COUNTER):
            self._notice.tell(
                "accent",
                self.tr("{role}でサインインしました。受付はできません。").format(role=who.role.label),
                self.tr("職員は Shift+F7、日報は F11、町の設定は Shift+F12 です。"),
                topic=TOPIC,
            )

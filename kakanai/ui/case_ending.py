"""Ending a case before its time: asked in the strip above the conversation, never in a dialog."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.notice import Notice

_CANCEL = "cancel"
_CLOSING = "closing"
_PRINTING = "printing"


class CaseEnding(QObject):
    """Asks whether the case is given up (Shift+F9), and whether the window may close.

    `suspend` puts the case aside so that it is there when the window opens again, False when it cannot;
    without it a case that is open when the window closes is cancelled.

    Signals:
        resumed(): back to the conversation, where the question stands or was answered with no.
    """

    resumed = Signal()

    def __init__(
        self,
        flow: CaseFlow,
        notice: Notice,
        window: QWidget,
        suspend: Callable[[], bool] | None = None,
    ) -> None:
        super().__init__(window)
        self._suspend = suspend
        self._flow = flow
        self._notice = notice
        self._window = window

    @Slot()
    def ask_cancel(self) -> None:
        """Shift+F9."""
        if self._flow.case is None or self._flow.is_printing:
            return
        self.resumed.emit()
        self._notice.tell(
            "caution",
            self.tr("この受付を取りやめますか。"),
            self.tr("入力した内容は消えます。取りやめたことは日報に残ります。"),
            topic=_CANCEL,
            actions=(
                (self.tr("続ける（Esc）"), self._go_on),
                (self.tr("取りやめる"), self._flow.cancel_case),
            ),
            closable=False,
        )
        self._notice.focus_action()

    def may_close(self) -> bool:
        """Whether the window may close now; an open case is asked about first and ended the second time."""
        flow = self._flow
        if flow.is_printing:
            self.resumed.emit()
            words = self.tr("印刷しています。終わってから閉じてください。")
            self._notice.tell("caution", words, topic=_PRINTING)
            return False
        if flow.case is not None and self._notice.topic != _CLOSING:
            self._ask_close()
            return False
        self._end()
        return True

    def end_now(self) -> None:
        """End the case and close the window without asking: the system is shutting down.

        Paper on its way is waited for; the case is then closed, put aside or cancelled, and the log says so.
        """
        if self._flow.is_printing:
            self._flow.changed.connect(self._end_after_printing)
            return
        self._end()
        self._window.close()

    def _end(self) -> None:
        """Close a served case; put another aside, or cancel it where nothing can be kept."""
        if self._flow.documents:
            self._flow.close_case()
        if self._flow.case is not None and (self._suspend is None or not self._suspend()):
            self._flow.cancel_case()

    @Slot()
    def _end_after_printing(self) -> None:
        if not self._flow.is_printing:
            self._flow.changed.disconnect(self._end_after_printing)
            self.end_now()

    def _ask_close(self) -> None:
        self.resumed.emit()
        self._notice.tell(
            "caution",
            self.tr("受付の途中です。"),
            self.tr("閉じると、この受付を終わります。")
            if self._flow.documents
            else self.tr("閉じると、この受付は保留になります。きょうのうちは、続きから始められます。")
            if self._suspend
            else self.tr("閉じると、この受付は取りやめになり、入力した内容は消えます。"),
            topic=_CLOSING,
            actions=((self.tr("続ける（Esc）"), self._go_on), (self.tr("閉じる"), self._window.close)),
            closable=False,
        )
        self._notice.focus_action()

    def _go_on(self) -> None:
        self._notice.dismiss()
        self.resumed.emit()

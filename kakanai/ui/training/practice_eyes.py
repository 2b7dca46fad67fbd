"""Watches the clerk's window for the training mode: states and counts, nothing that was typed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kakanai.errors import KakanaiError
from kakanai.identity.errors import AuthenticityMismatchError
from kakanai.training.observed import Observed
from kakanai.training.practice import Practice
from kakanai.ui.card_orders import Failed
from kakanai.ui.mismatch_talk import TOPIC as MISMATCH_TOPIC

if TYPE_CHECKING:
    from kakanai.ui.main_window import MainWindow


class PracticeEyes(QObject):
    """Tells whenever something was done.

    Signals:
        seen(Observed): how the counter stands now.
    """

    seen = Signal(object)

    def __init__(self, practice: Practice, window: "MainWindow") -> None:
        super().__init__(window)
        self._practice = practice
        self._flow = window.flow
        self._notice = window.conversation.notice
        self._codes: set[str] = set()
        self._served = self._cancelled = 0
        self._card = self._who = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._tell)
        flow, card = window.flow, window.card
        for moved in (flow.changed, flow.asked, flow.filled, flow.printed):
            moved.connect(self._soon.start)
        card.state_changed.connect(self._take_state)
        flow.failed.connect(self._take_failure)
        card.opening_failed.connect(self._take_failure)
        card.order_failed.connect(self._take_order_failure)
        window.card_talk.identified.connect(self._take_identified)
        flow.ended.connect(self._take_end)

    @Slot()
    def begin(self) -> None:
        """Forget what was seen before: a lesson or an exercise begins."""
        self._codes.clear()
        self._served = self._cancelled = 0
        self._soon.start()

    def _observed(self) -> Observed:
        flow = self._flow
        case = flow.case
        if self._notice.topic == MISMATCH_TOPIC:
            self._codes.add(AuthenticityMismatchError.code)
        person = flow.person
        return Observed(
            card=self._practice.table.inserted() or "",
            who=self._who if person is not None and flow.is_by_card else "",
            is_by_hand=person is not None and not flow.is_by_card,
            has_case=case is not None,
            event=flow.life_event,
            forms=len(flow.forms),
            unanswered=flow.unanswered(),
            stopping=len(flow.stopping),
            is_released=flow.is_released,
            has_paper=bool(flow.documents),
            codes=frozenset(self._codes),
            served=self._served,
            cancelled=self._cancelled,
        )

    @Slot()
    def _tell(self) -> None:
        self.seen.emit(self._observed())

    @Slot()
    def _take_state(self) -> None:
        self._card = self._practice.table.inserted() or self._card
        self._soon.start()

    @Slot()
    def _take_identified(self) -> None:
        self._who = self._card
        self._soon.start()

    @Slot(object)
    def _take_failure(self, error: KakanaiError) -> None:
        self._codes.add(error.code)
        self._soon.start()

    @Slot(object)
    def _take_order_failure(self, failed: Failed) -> None:
        self._take_failure(failed.error)

    @Slot(bool)
    def _take_end(self, served: bool) -> None:
        self._served += served
        self._cancelled += not served
        self._who = ""
        self._soon.start()

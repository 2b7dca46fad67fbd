"""不一致 at the window: nothing of the card is used unless a supervisor decides, and that stays in sight."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from kakanai.cardreader.authenticity.verdict import REVOCATION_NOT_CHECKED
from kakanai.errors import KakanaiError
from kakanai.identity.errors import AuthenticityMismatchError
from kakanai.identity.evidence import MismatchReason
from kakanai.staff.password import Password
from kakanai.ui.verdict_words import failed_checks

if TYPE_CHECKING:
    from kakanai.ui.card_talk import CardTalk
    from kakanai.ui.card_told import CardTold
    from kakanai.ui.staff.staff_work import StaffWork

TOPIC = "mismatch"


class MismatchTalk(QObject):
    """The part of CardTalk that deals with a card that does not fit."""

    def __init__(self, talk: "CardTalk") -> None:
        super().__init__(talk)
        self._talk = talk
        self._notice = talk.view.notice
        self._page = talk.view.supervisor
        self._page.decided.connect(self._decide)
        self._work: StaffWork | None = None
        self._asks_password: Callable[[], bool] = lambda: False

    def join(self, work: "StaffWork", asks_password: Callable[[], bool]) -> None:
        """Where passwords are checked, and whether one is asked for: once staff are registered."""
        self._work, self._asks_password = work, asks_password

    @property
    def _failed(self) -> list[str]:
        pending = self._talk.flow.pending
        return failed_checks(pending.authenticity) if pending and pending.authenticity else []

    @Slot()
    def ask(self) -> None:
        """Tell what does not fit, with the two ways on."""
        self._notice.tell(
            "danger",
            self.tr("不一致　このカードの内容は使っていません。"),
            "".join(self._failed) + REVOCATION_NOT_CHECKED + "。",
            code=AuthenticityMismatchError.code,
            topic=TOPIC,
            actions=(
                (self.tr("使わない（手入力）"), self._refuse),
                (self.tr("責任者の判断を記録"), self._ask_supervisor),
            ),
            closable=False,
        )
        self._notice.focus_action()

    @Slot()
    def _refuse(self) -> None:
        self._notice.drop(TOPIC)
        place = self._talk.flow.place
        self._talk.leave_card()
        self._talk.view.open(0)
        self._talk.flow.place = place
        self._talk.view.person.start_hand_entry()

    @Slot()
    def _ask_supervisor(self) -> None:
        failed = self._failed
        self._notice.drop(TOPIC)
        self._talk.view.show_page(self._page)
        self._page.ask(failed, asks_password=self._asks_password())

    @Slot(str, object, object)
    def _decide(self, supervisor: str, reason: MismatchReason, password: Password | None) -> None:
        try:
            act = self._talk.flow.mismatch_decision(supervisor, reason, password)
            if self._work is None or password is None:
                act()
        except KakanaiError as error:
            self._page.refuse(error)
            return
        waiting = self._talk.flow.pending
        if self._work is None or password is None:
            self._settle(waiting)
        elif self._work.do(act, lambda _: self._settle(waiting), self._page.refuse):
            self._page.be_busy(is_busy=True)

    def _settle(self, waiting: "CardTold | None") -> None:
        self._page.be_busy(is_busy=False)
        if waiting is not None and self._talk.flow.pending is waiting:  # else the card was left meanwhile
            self._talk.settle(self._talk.flow.take_pending())

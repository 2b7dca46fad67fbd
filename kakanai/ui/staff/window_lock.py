"""離席: locking by key or after a while, and covering the window when nobody is here any more."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from kakanai.errors import KakanaiError
from kakanai.staff.errors import LockedError, NotSignedInError, SessionEndedError
from kakanai.ui.reader_state import ReaderPhase
from kakanai.ui.staff.door_page import DoorPage
from kakanai.ui.staff.idle_watch import IdleWatch
from kakanai.ui.staff.take_over import TOPIC

if TYPE_CHECKING:
    from kakanai.ui.main_window import MainWindow
    from kakanai.ui.staff.staff_talk import StaffTalk

GONE = (NotSignedInError, SessionEndedError, LockedError)
"""What is refused because nobody is here any more."""


class WindowLock(QObject):
    """The part of StaffTalk that locks; the case stays behind the page as it is."""

    def __init__(self, talk: "StaffTalk", window: "MainWindow") -> None:
        super().__init__(talk)
        self._talk = talk
        self._window = window
        self._flow = window.flow
        self.idle = IdleWatch(
            window,
            lambda: self._flow.counter.office.now(),
            lambda: talk.guard.roster.rules.idle_lock,
        )
        self.idle.idle.connect(self._take_idle)
        self._flow.failed.connect(self.take_failure)

    def lock(self) -> None:
        """Cover the window, or say why that is of no use."""
        if not self._talk.cover.is_on and self._is_anybody_needed():
            self._lock()

    def _is_anybody_needed(self) -> bool:
        if self._talk.is_registered:
            return True
        self._window.conversation.notice.tell(
            "accent",
            self.tr("職員が未登録なので、ロックできません。"),
            self.tr("Shift+F7 で管理者を登録すると、サインインとロックが使えます。"),
            topic=TOPIC,
        )
        return False

    def _lock(self, why: str = "") -> None:
        window = self._window
        window.pauses.work.save_now()
        if window.conversation.is_asking_key and window.card.state.phase is not ReaderPhase.READING:
            window.card_talk.leave_card()  # a PIN that is typed in half is not kept
            window.card.tell_again()
        refused = None
        try:
            self._talk.guard.lock()
        except KakanaiError as error:
            refused = error
        page = self._ask_unlock(why)
        if refused is not None:
            page.refuse(refused)

    def _ask_unlock(self, why: str = "") -> DoorPage:
        talk = self._talk
        if not talk.guard.is_anybody_here:
            talk.ask_sign_in(why)
            return talk.sign_in
        has_case = self._flow.case is not None
        number = str(talk.guard.who.number)
        talk.lock_page.ask(number, why, has_case=has_case, by_card=talk.cards.is_wanted)
        talk.cover.put_on(talk.lock_page)
        return talk.lock_page

    @Slot()
    def _take_idle(self) -> None:
        talk = self._talk
        page = talk.cover.page
        if page is talk.passwords.page:
            # Who went away from a password that is to be changed has left it to whoever comes by.
            talk.leave_door()
        elif page is None and talk.guard.is_anybody_here:
            self._lock(self.tr("しばらく操作がなかったので、ロックしました。"))

    @Slot(object)
    def take_failure(self, error: KakanaiError) -> None:
        """An act was refused because nobody is here any more: cover the window."""
        if isinstance(error, GONE) and not self._talk.cover.is_on:
            self._ask_unlock().refuse(error)

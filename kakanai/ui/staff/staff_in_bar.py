"""Who serves, in the bar on top: shown there, and changed, registered or locked by a press on it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from kakanai.errors import KakanaiError

if TYPE_CHECKING:
    from kakanai.ui.main_window import MainWindow
    from kakanai.ui.staff.staff_talk import StaffTalk

_CLERK = "clerk"


class StaffInBar(QObject):
    """Between the top bar and StaffTalk."""

    def __init__(self, talk: "StaffTalk", window: "MainWindow") -> None:
        super().__init__(talk)
        self._talk = talk
        self._bar = window.top_bar
        self._notice = window.conversation.notice
        self._bar.clerk_pressed.connect(talk.change_clerk)
        self._bar.staff_pressed.connect(self._press)
        self._bar.clerk_refused.connect(self._refuse_clerk)
        self._bar.clerk_settled.connect(window.show_counter)

    def show_who(self) -> None:
        """Show who is signed in, or that nobody is registered 未登録."""
        who = self._talk.guard.who
        self._bar.show_who(who.role.label if who.role else "", is_registered=who.is_registered)

    @Slot()
    def _press(self) -> None:
        """Register staff while nobody is, lock afterwards."""
        if self._talk.is_registered:
            self._talk.lock()
        else:
            self._talk.toggle_page()

    @Slot(object)
    def _refuse_clerk(self, error: KakanaiError) -> None:
        self._notice.tell_error(error)
        self._notice.topic = _CLERK

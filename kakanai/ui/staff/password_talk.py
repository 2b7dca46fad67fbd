"""Changing one's own password at the window: by wish, or first of all where somebody else gave it."""

from PySide6.QtCore import QObject, Signal, Slot

from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.register import StaffRegister
from kakanai.staff.signed_in import SignedIn
from kakanai.ui.staff.change_password_page import ChangePasswordPage
from kakanai.ui.staff.staff_work import StaffWork
from kakanai.ui.staff.window_cover import WindowCover
from kakanai.ui.theme import Theme


class PasswordTalk(QObject):
    """Covers the window with the page, and has the register change the password.

    Signals:
        changed(SignedIn): it was changed by who is signed in.
        left(was_due): it was not; True where nothing else is allowed before.
    """

    changed = Signal(object)
    left = Signal(bool)

    def __init__(
        self, theme: Theme, register: StaffRegister, guard: Guard, work: StaffWork, cover: WindowCover
    ) -> None:
        super().__init__(cover)
        self._register = register
        self._guard = guard
        self._work = work
        self._cover = cover
        self.page = ChangePasswordPage(theme)
        cover.add(self.page)
        self.page.wanted.connect(self._change)
        self.page.left.connect(self._leave)

    @Slot()
    def ask(self) -> None:
        """Change it by wish."""
        self.page.ask()
        self._cover.put_on(self.page)

    def ask_due(self, given: Password | None) -> None:
        """It has to be changed; `given` is what was typed a moment ago."""
        self.page.ask(given)
        self._cover.put_on(self.page)

    def forget(self) -> None:
        """Keep no password."""
        self.page.forget()

    @Slot(object, object)
    def _change(self, old: Password, new: Password) -> None:
        def act() -> SignedIn:
            self._register.change_own_password(old, new)
            return self._guard.look()

        if self._work.do(act, self._take_changed, self.page.refuse):
            self.page.be_busy(is_busy=True)

    def _take_changed(self, who: object) -> None:
        self.forget()
        self.changed.emit(who)

    @Slot()
    def _leave(self) -> None:
        was_due = self.page.is_due
        self.forget()
        self.left.emit(was_due)

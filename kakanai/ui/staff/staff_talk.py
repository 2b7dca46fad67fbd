"""Who is at the window: signing in, locking, somebody else taking over, and the register of staff."""

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from kakanai.errors import KakanaiError
from kakanai.settings import Town
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.register import StaffRegister
from kakanai.staff.roster import Roster
from kakanai.staff.rules import StaffRules
from kakanai.staff.signed_in import SignedIn
from kakanai.ui.staff.card_door import CardDoor
from kakanai.ui.staff.door_page import DoorPage
from kakanai.ui.staff.first_admin_page import FirstAdminPage
from kakanai.ui.staff.lock_page import LockPage
from kakanai.ui.staff.password_talk import PasswordTalk
from kakanai.ui.staff.sign_in_page import SignInPage
from kakanai.ui.staff.staff_in_bar import StaffInBar
from kakanai.ui.staff.staff_page import StaffPage
from kakanai.ui.staff.staff_work import StaffWork
from kakanai.ui.staff.take_over import TOPIC, TakeOver
from kakanai.ui.staff.window_cover import WindowCover
from kakanai.ui.staff.window_lock import GONE, WindowLock
from kakanai.ui.theme import Theme

if TYPE_CHECKING:
    from kakanai.ui.main_window import MainWindow


class StaffTalk(QObject):
    """Stands between the guard and the window. Without a guard the window is as it was before staff.

    While nobody is registered 未登録 the window is open to everybody; afterwards a page covers it until
    somebody signed in. Whoever comes after somebody else never has their case: it is put aside first.
    """

    def __init__(self, theme: Theme, window: "MainWindow", cover: WindowCover) -> None:
        super().__init__(window)
        office = window.flow.counter.office
        self.guard = office.guard or Guard(Roster(office.log, office.now, StaffRules.of(office.town)))
        self.cover = cover
        self.work = StaffWork(self)
        self._window = window
        self._flow = window.flow
        self._notice = window.conversation.notice
        self._take_over = TakeOver(window)
        self._given: Password | None = None
        self.sign_in = SignInPage(theme)
        self.lock_page = LockPage(theme)
        self.first = FirstAdminPage(theme)
        self._register = StaffRegister(self.guard)
        self.passwords = PasswordTalk(theme, self._register, self.guard, self.work, cover)
        self.page = StaffPage(theme, self._register, self.work)
        self.cards = CardDoor(self, window)
        self.locking = WindowLock(self, window)
        for page in (self.sign_in, self.lock_page, self.first):
            cover.add(page)
        cover.changed.connect(self._take_cover)
        self.sign_in.wanted.connect(self._sign_in)
        self.lock_page.wanted.connect(self._unlock)
        self.lock_page.other_wanted.connect(self._ask_other)
        self.first.wanted.connect(self._set_up)
        self.first.left.connect(cover.take_off)
        self.passwords.changed.connect(self._take_changed)
        self.passwords.left.connect(self._leave_change)
        self.page.own_password_wanted.connect(self.passwords.ask)
        self.page.failed.connect(self.locking.take_failure)
        self.page.left.connect(window.show_counter)
        window.card_talk.mismatch.join(self.work, lambda: self.is_registered)
        if window.town_link.page is not None:
            window.town_link.page.unlock.join(self.work)
        self._bar = StaffInBar(self, window)
        self.show_town(office.town)

    # --- how it stands ------------------------------------------------------------------

    @property
    def is_registered(self) -> bool:
        """Whether staff are registered, so that somebody has to be signed in; also when nobody can tell."""
        try:
            return not self.guard.is_open
        except KakanaiError:
            return True

    def show_town(self, town: Town) -> None:
        """Whose counter this is."""
        for page in (self.sign_in, self.lock_page, self.first, self.passwords.page):
            page.show_place(f"{town.name}　{town.counter_name}")

    @Slot(bool)
    def _take_cover(self, is_on: bool) -> None:
        self._window.card.rest(is_resting=is_on)
        self._window.visitor.rest(is_resting=is_on)
        if not is_on and QApplication.focusWidget() is None:
            self._window.conversation.take_focus()

    # --- the window opens and closes ----------------------------------------------------

    def start(self) -> None:
        """Cover the window, if somebody has to sign in; called once everything is in its place."""
        self.locking.idle.start()
        try:
            is_open = self.guard.is_open
        except KakanaiError as error:
            self.ask_sign_in()
            if not self.guard.is_away_possible:
                self.sign_in.refuse(error)
            return
        if is_open:
            self._bar.show_who()
        else:
            self.ask_sign_in()

    @Slot()
    def look_again(self) -> None:
        """The log's server is back: where it turns out that no staff are registered, nobody signs in."""
        self.sign_in.come_back()
        if self.cover.page is self.sign_in and not self.guard.is_anybody_here and not self.is_registered:
            self.cover.take_off()
            self._bar.show_who()
        if not self.cover.is_on and self.guard.is_away:
            # Who signed in without the server goes on only if it knows them as they were.
            self.work.do(self.guard.look, lambda _who: self._bar.show_who(), self.locking.take_failure)

    def may_close(self) -> bool:
        """Whether the window may close: a case behind a locked window is put aside, or keeps it open."""
        page = self.cover.page
        return page is None or self._take_over.may_leave(page)

    def close(self) -> None:
        """The window closes: whoever is signed in is signed out."""
        self.locking.idle.stop()
        self.work.close()
        page = self.cover.page
        if page is not None:
            page.begin()  # nothing that was typed outlives the window
            page.setFocus()  # or the line would go with the focus on it, which whoever follows it cannot
        with contextlib.suppress(KakanaiError):  # the session ends by itself
            self.guard.sign_out()

    @Slot()
    def lock(self) -> None:
        """Ctrl+Shift+L: cover the window; the case stays as it is."""
        self.locking.lock()

    # --- signing in ---------------------------------------------------------------------

    @Slot()
    def change_clerk(self) -> None:
        """F7: another staff number between two cases, or another person where staff are registered."""
        if not self.is_registered:
            self._window.top_bar.edit_clerk()
        elif self._flow.case is None and not self.cover.is_on:
            if self._is_connected or self.guard.is_away_possible:
                self.leave_door()
            else:
                self._tell_to_stay()

    @property
    def _is_connected(self) -> bool:
        return self._flow.counter.office.log.link_state().is_connected

    def _tell_to_stay(self) -> None:
        """Nobody could sign in while the log's server is away: who signs out would shut the counter."""
        self._notice.tell(
            "caution",
            self.tr("記録サーバーにつながるまで、サインアウトできません。"),
            self.tr("サインアウトすると、だれも入れなくなります。離れるときは Ctrl+Shift+L でロックします。"),
            topic=TOPIC,
        )

    @Slot()
    def _ask_other(self) -> None:
        kept = self.tr("ほかの職員がサインインすると、途中の受付は保留になります。")
        self.ask_sign_in(kept if self._flow.case is not None else "")

    def ask_sign_in(self, words: str = "") -> None:
        """Cover the window with the page that asks who is here."""
        is_away = not self._is_connected and self.guard.is_away_possible
        self.sign_in.ask(words, by_card=self.cards.is_wanted, is_away=is_away)
        self.cover.put_on(self.sign_in)

    def leave_door(self) -> None:
        """Sign out, and wait for the next."""
        self.passwords.forget()
        self._given = None
        refused = None
        try:
            self.guard.sign_out()
        except KakanaiError as error:
            refused = error
        self.ask_sign_in()
        if refused is not None:
            self.sign_in.refuse(refused)

    @Slot(str, object)
    def _sign_in(self, number: str, password: Password) -> None:
        if self._flow.is_printing:
            self.sign_in.tell(self.tr("▲ 印刷しています。終わってからサインインしてください。"))
            return
        self._begin(self.sign_in, password, lambda: self.guard.sign_in(number, password))

    @Slot(object)
    def _unlock(self, password: Password) -> None:
        self._begin(self.lock_page, password, lambda: self.guard.unlock(password))

    @Slot(str, object)
    def _set_up(self, number: str, password: Password) -> None:
        def act() -> SignedIn:
            self._register.set_up(number, password)
            return self.guard.sign_in(number, password)

        self._begin(self.first, password, act)

    def _begin(self, page: DoorPage, password: Password, act: Callable[[], SignedIn]) -> None:
        if self.work.do(act, self._take_signed_in, page.refuse):
            self._given = password
            page.be_busy(is_busy=True)

    def begin_by_card(
        self, page: DoorPage, act: Callable[[], SignedIn], refused: Callable[[KakanaiError], None]
    ) -> None:
        """Let in whoever a staff card 職員証 proves."""
        if self._flow.is_printing:
            page.tell(self.tr("▲ 印刷しています。終わってからサインインしてください。"))
        elif self.work.do(act, self._take_signed_in_by_card, refused):
            page.be_busy(is_busy=True)

    def _take_signed_in_by_card(self, who: object) -> None:
        self.cards.pass_over()
        self._take_signed_in(who)
        if not self.cover.is_on:
            self.cards.tell_return()

    def _take_signed_in(self, who: object) -> None:
        given, self._given = self._given, None
        if not isinstance(who, SignedIn):
            return
        if who.must_change:
            self.passwords.ask_due(given)
            return
        self._let_in(who, is_first=self.cover.page is self.first)

    def _let_in(self, who: SignedIn, *, is_first: bool = False) -> None:
        is_same = who.number == self._flow.counter.clerk
        number = self._flow.case.number if self._flow.case else ""
        if not is_same and not self._take_over.put_aside(who):
            self.leave_door()
            if self._take_over.failure is not None:
                self.sign_in.refuse(self._take_over.failure)
            return
        self._flow.set_clerk(who.number)
        self._bar.show_who()
        self._notice.drop(*(error.code for error in GONE))
        self.cover.take_off()
        if not is_same:
            self._window.show_counter()
            self._take_over.tell(who, number)
        if is_first:
            self.toggle_page()

    @Slot(object)
    def _take_changed(self, who: SignedIn) -> None:
        self._let_in(who)
        self._notice.tell("ok", self.tr("パスワードを変えました。"), topic=TOPIC)

    @Slot(bool)
    def _leave_change(self, was_due: bool) -> None:
        if was_due:
            self.leave_door()
        else:
            self.cover.take_off()

    # --- the register -------------------------------------------------------------------

    @Slot()
    def toggle_page(self) -> None:
        """Shift+F7: the register of staff, or back; the first administrator while nobody is registered."""
        if self.cover.is_on:
            return
        if not self.is_registered:
            if self._flow.case is None:
                self.first.begin()
                self.cover.put_on(self.first)
            return
        self._window.toggle_page(self.page, self.page.open)

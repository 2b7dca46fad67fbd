"""Signing in and unlocking by staff card 職員証: a card that is put down while the door is shut."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot

from kakanai.cardreader.errors import CardRemovedError, NoCardError
from kakanai.errors import KakanaiError
from kakanai.messages import message_for
from kakanai.staff.errors import SignInRefusedError, SignInThrottledError
from kakanai.staff.staff_card import CardUid
from kakanai.ui.staff.lock_page import LockPage
from kakanai.ui.staff.sign_in_page import SignInPage
from kakanai.ui.staff.take_over import TOPIC

if TYPE_CHECKING:
    from kakanai.ui.main_window import MainWindow
    from kakanai.ui.staff.staff_talk import StaffTalk

PRACTICE_CARD: Final = "staff-card"
"""The specimen that is a staff card."""
_TAKEN_AWAY_MS: Final = 500
"""Until the reader has surely noticed that the card before is gone; it looks five times a second."""


class CardDoor(QObject):
    """Asks for a staff card only while somebody is to sign in, so no visitor's card is ever looked at for it.

    A card that lay there before the door was shut is not asked: it would open what was just locked.
    """

    def __init__(self, talk: "StaffTalk", window: "MainWindow") -> None:
        super().__init__(talk)
        self._talk = talk
        self._link = window.card
        self._is_asking = False
        self._notice = window.conversation.notice
        self._table = window.practice_cards
        for page in (talk.sign_in, talk.lock_page):
            page.card.has_practice_card = self._table is not None
            page.card.practice_wanted.connect(self._take_practice_card)
        self._link.felt_at_rest.connect(self._ask)
        self._link.staff_card_read.connect(self._take)
        self._link.staff_card_failed.connect(self._refuse)

    @property
    def is_wanted(self) -> bool:
        """Whether the town lets staff sign in by card."""
        return self._talk.guard.roster.rules.sign_in_by_card

    @property
    def _page(self) -> SignInPage | LockPage | None:
        page = self._talk.cover.page
        return page if isinstance(page, SignInPage | LockPage) else None

    @Slot()
    def _ask(self) -> None:
        if self.is_wanted and self._page is not None and not self._talk.work.is_busy and not self._is_asking:
            self._is_asking = True
            self._link.ask_staff_card()

    @Slot()
    def _take_practice_card(self) -> None:
        """The table with the practice cards lies behind the page."""
        if self._table is not None:
            self._table.remove()
            QTimer.singleShot(_TAKEN_AWAY_MS, self, self._put_practice_card)

    @Slot()
    def _put_practice_card(self) -> None:
        if self._table is None or self._page is None:
            return
        try:
            self._table.insert(PRACTICE_CARD)
        except KakanaiError as error:
            self._refuse(error)

    @Slot(object)
    def _take(self, uid: CardUid) -> None:
        self._is_asking = False
        page, guard = self._page, self._talk.guard
        if page is None:
            return
        prove = guard.unlock_by_card if isinstance(page, LockPage) else guard.sign_in_by_card
        self._talk.begin_by_card(page, partial(prove, uid), self._refuse)

    @Slot(object)
    def _refuse(self, error: KakanaiError) -> None:
        """Say why not; what is typed meanwhile stays."""
        self._is_asking = False
        page = self._page
        if page is None or isinstance(error, NoCardError | CardRemovedError):
            return  # taken away again before it was asked
        page.be_busy(is_busy=False)
        if isinstance(error, SignInThrottledError):
            page.refuse(error)
        elif isinstance(error, SignInRefusedError):
            words = self.tr("× この職員証では入れません（{code}）。職員番号とパスワードを入れてください。")
            page.tell(words.format(code=error.code))
        else:
            message = message_for(error)
            page.tell(f"× {message.what}（{error.code}）{message.next_step}")

    def pass_over(self) -> None:
        """Somebody came in by it: the card that lies there is not told to the counter as a visitor's."""
        self._link.pass_over()

    def tell_return(self) -> None:
        """Ask for the place on the reader."""
        self._notice.tell(
            "ok",
            self.tr("職員証でサインインしました。"),
            self.tr("職員証を取ってから、来庁者のカードを置いてください。"),
            topic=TOPIC,
        )

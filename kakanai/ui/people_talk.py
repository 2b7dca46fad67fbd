"""Whose card is it, who else is there, who goes again: asked in the strip, answered by a number."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QTextEdit

from kakanai.ui.card_page import Rung
from kakanai.ui.case_people import OWN_CARD, VISITOR_PLACE
from kakanai.ui.notice import Action
from kakanai.ui.search_line import SearchLine

if TYPE_CHECKING:
    from kakanai.ui.card_talk import CardTalk

TOPIC = "whose-card"
_HINT = "whose-key"
_ADDED = "person-added"
_REMOVE = "remove-person"
_PROTECT = "protect-address"
_EDITORS = (QLineEdit, QTextEdit, QComboBox, QAbstractSpinBox)


class PeopleTalk(QObject):
    """The part of CardTalk that knows of more people than the visitor.

    Signals:
        added(): somebody is in the case beside the visitor.
    """

    added = Signal()

    def __init__(self, talk: "CardTalk") -> None:
        super().__init__(talk)
        self._talk = talk
        self._flow = talk.flow
        self._view = talk.view
        self._notice = talk.view.notice
        self._is_new_card = False
        person = talk.view.person
        person.person_added.connect(self.tell_added)
        person.protect_wanted.connect(self.ask_protect)
        person.before_wanted.connect(self._show_before)

    # --- a card was put there -----------------------------------------------------------

    def take_inserted(self) -> None:
        """A card beside the visitor's: ask whose it is, unless nobody else has a place on the forms."""
        self._is_new_card = bool(self._flow.places())
        if not self._is_new_card:
            return
        if self._flow.is_for_companion:
            self._talk.open_for(self._flow.place, Rung.PIN)
        else:
            self.ask_whose(Rung.PIN)
            if not _is_typing():
                self._notice.focus_action()

    def take_left(self) -> None:
        """The card went: nobody asks any more whose it was."""
        self._is_new_card = False
        self._notice.drop(TOPIC, _HINT)
        if not self._view.person.is_typing_companion:
            self._flow.place = VISITOR_PLACE

    def holds_back(self, rung: Rung) -> bool:
        """Whether a card waits for somebody to say whose it is; then that is asked, with the focus."""
        if not self._is_new_card or self._flow.place or self._flow.person is None:
            return False
        self.ask_whose(rung)
        self._notice.focus_action()
        return True

    def ask_whose(self, rung: Rung) -> None:
        """Ask whose card lies there."""
        actions: list[Action] = [
            (place.label, partial(self._choose, place.id, rung)) for place in self._flow.places()
        ]
        visitor = (self.tr("来庁者（読み直す・替える）"), partial(self._choose, VISITOR_PLACE, rung))
        words = self.tr("次のカードです。この人はだれですか。")
        self._notice.tell("accent", words, topic=TOPIC, actions=(*actions, visitor), numbered=True)

    @Slot()
    def read_visitor(self) -> None:
        """Read more of the visitor's own card by its PIN; another person's is refused."""
        self._talk.open_for(OWN_CARD, Rung.PIN)

    def drop_question(self) -> None:
        """It is known whose card lies there."""
        self._notice.drop(TOPIC)
        self._is_new_card = False

    def _choose(self, place: str, rung: Rung) -> None:
        self._talk.open_for(place, rung)

    def tell_whose(self) -> None:
        """Say beside the question for a key whose card it is, and who decides on the key."""
        if not self._flow.is_for_companion:
            return
        whose = self._flow.place_label(self._flow.place)
        self._notice.tell(
            "accent",
            self.tr("「{whose}」のカードを読みます。").format(whose=whose),
            self.tr(
                "暗証番号を入れるかは本人（15歳未満の方などは法定代理人）が決めます。"
                "分からないときは試さず、照合番号B（F10）か手入力（F3）にします。"
            ),
            topic=_HINT,
        )

    @Slot()
    def tell_added(self) -> None:
        """Somebody is in the case; the clerk goes on where they were."""
        self._is_new_card = False
        count = len(self._flow.companions) + 1
        words = self.tr("この受付の人に入れました（来庁者を入れて{count}人）。").format(count=count)
        more = self.tr("次の人のカードがあれば置いてください。") if self._flow.places() else ""
        self._notice.tell("ok", words, more, topic=_ADDED)
        self.added.emit()

    # --- without a card -----------------------------------------------------------------

    @Slot()
    def ask_new(self) -> None:
        """Ask who comes into the case (Ctrl+N): from the card that lies there, by hand, or from before."""
        places = self._flow.places()
        if not places:
            words = self.tr("来庁者と手続が決まると、ほかの人を入れられます。")
            self._notice.tell("caution", words, topic=TOPIC)
            return
        actions: tuple[Action, ...] = tuple(
            (place.label, partial(self._choose_new, place.id)) for place in places
        )
        words = self.tr("だれを入れますか。")
        self._notice.tell("accent", words, topic=TOPIC, actions=actions, numbered=True)
        self._notice.focus_action()

    def _choose_new(self, place: str) -> None:
        if self._is_new_card:
            self._choose(place, Rung.PIN)
            return
        self._notice.drop(TOPIC)
        self._flow.place = place
        self._view.open(0)
        self._view.person.start_hand_entry()

    @Slot()
    def _show_before(self) -> None:
        """Offer the people of the case before by name: the clerk asked for it."""
        actions: tuple[Action, ...] = tuple(
            (one.person.name, partial(self._take_before, number))
            for number, one in enumerate(self._flow.remembered())
        )
        words = self.tr("直前の受付の人です。だれですか。")
        self._notice.tell("accent", words, topic=TOPIC, actions=actions, numbered=True)
        self._notice.focus_action()

    def _take_before(self, number: int) -> None:
        self._notice.drop(TOPIC)
        if self._flow.add_remembered(number):
            self._view.person.leave_hand_entry()
            self.tell_added()

    # --- out of the case ----------------------------------------------------------------

    @Slot()
    def ask_remove(self) -> None:
        """Ask who goes out of the case again (Ctrl+Delete)."""
        companions = self._flow.companions
        if not companions or not self._flow.is_open:
            return
        actions: tuple[Action, ...] = tuple(
            (
                f"{one.person.name}（{self._flow.place_label(one.place)}）",
                partial(self.remove, key),
            )
            for key, one in companions.items()
        )
        self._notice.tell(
            "caution",
            self.tr("だれをこの受付から外しますか。"),
            topic=_REMOVE,
            actions=actions,
            numbered=True,
        )
        self._notice.focus_action()

    @Slot(str)
    def remove(self, key: str) -> None:
        """Take a person out of the case."""
        self._notice.drop(_REMOVE)
        self._flow.remove_person(key)
        self._view.take_focus()

    # --- 支援措置 ------------------------------------------------------------------------

    @Slot()
    def ask_protect(self) -> None:
        """Ask before no address is known any more: that cannot be taken back."""
        self._notice.tell(
            "caution",
            self.tr("支援措置の方ですか。この受付では、住所を様式・一覧・画面のどこにも出しません。"),
            self.tr("入力した住所も消えます。元に戻すには、取りやめて受付し直します。"),
            topic=_PROTECT,
            actions=((self.tr("いいえ（Esc）"), self._keep), (self.tr("住所を出さない"), self._protect)),
            closable=False,
        )
        self._notice.focus_action()

    def _keep(self) -> None:
        self._notice.drop(_PROTECT)
        self._view.take_focus()

    def _protect(self) -> None:
        self._notice.drop(_PROTECT)
        self._flow.protect_address()
        self._view.take_focus()


def _is_typing() -> bool:
    """Whether the clerk is in the middle of a text: its keys must not answer the strip."""
    focused = QApplication.focusWidget()
    if isinstance(focused, SearchLine):
        return bool(focused.typed)
    if isinstance(focused, QLineEdit):
        return focused.isModified() and bool(focused.text())
    return isinstance(focused, _EDITORS)

"""① 本人: waiting for a card, or hand entry, or the person with the source of each fact."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kakanai.identity.person import Person
from kakanai.messages import message_for
from kakanai.ui.address_question import AddressQuestion
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.case_people import VISITOR_PLACE
from kakanai.ui.controls import ActionButton, FittingStack, FlowLayout, TextLabel
from kakanai.ui.hand_entry import HandEntry
from kakanai.ui.identity_line import IdentityLine
from kakanai.ui.person_card import PersonCard
from kakanai.ui.reader_state import ReaderPhase, ReaderState
from kakanai.ui.stretch import Stretch
from kakanai.ui.theme import Theme


class PersonStretch(Stretch):
    """Shows who is here; takes the person from the card or by hand.

    Signals:
        card_wanted(): read the card that lies there.
        collation_wanted(): read it by 照合番号B.
        photo_wanted(): read its face too.
        person_added(): somebody typed is in the case beside the visitor.
        protect_wanted(): 支援措置, no address is to be known.
        before_wanted(): somebody of the case before is wanted.
    """

    card_wanted = Signal()
    collation_wanted = Signal()
    photo_wanted = Signal()
    person_added = Signal()
    protect_wanted = Signal()
    before_wanted = Signal()

    def __init__(self, theme: Theme, flow: CaseFlow, parent: QWidget | None = None) -> None:
        super().__init__(theme, "① 本人", parent)
        self._flow = flow
        self._typing_about: object = None
        self.hand_entry = HandEntry(theme, lambda: flow.today)
        self.hand_entry.entered.connect(self._take_typed)
        self.hand_entry.given_up.connect(self.leave_hand_entry)
        self._before = ActionButton(self.tr("直前の受付の人から"))
        self._before.clicked.connect(self.before_wanted)
        self._typing = self._build_typing()
        self._waiting = self._build_waiting(theme)
        self.card = PersonCard(theme, flow)
        self.identity = IdentityLine(theme, flow)
        self.address = AddressQuestion(theme)
        self._person = self._build_person(theme)
        self._pages = FittingStack()
        for page in (self._waiting, self._person, self._typing):
            self._pages.add_page(page)
        self.lay.addWidget(self._pages)
        self.lay.addStretch(1)
        flow.changed.connect(self._refresh)
        flow.ended.connect(self._forget)
        self._refresh()

    def _build_waiting(self, theme: Theme) -> QWidget:
        page = QWidget()
        self._call = TextLabel("", "title", wrap=True)
        self._hint = TextLabel("", wrap=True)
        self._read = ActionButton(self.tr("カードを読む（F2）"), "primary")
        self._read.clicked.connect(self.card_wanted)
        self._by_number = ActionButton(self.tr("照合番号Bで読む（F10）"))
        self._by_number.clicked.connect(self.collation_wanted)
        by_hand = ActionButton(self.tr("手入力で始める（F3）"))
        by_hand.clicked.connect(self.start_hand_entry)
        buttons = FlowLayout(theme.px("space.small"))
        for button in (self._read, self._by_number, by_hand):
            buttons.addWidget(button)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, theme.px("space.small"), 0, 0)
        column.setSpacing(theme.px("space.medium"))
        column.addWidget(self._call)
        column.addWidget(self._hint)
        column.addLayout(buttons)
        column.addStretch(1)
        return page

    def _build_typing(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.hand_entry)
        column.addWidget(self._before, 0, Qt.AlignmentFlag.AlignLeft)
        return page

    def _build_person(self, theme: Theme) -> QWidget:
        page = QWidget()
        self._photo = ActionButton(self.tr("顔写真を読む"))
        self._photo.clicked.connect(self.photo_wanted)
        self._edit = ActionButton(self.tr("入力を直す（F3）"))
        self._edit.clicked.connect(self.start_hand_entry)
        self._protect = ActionButton(self.tr("支援措置"))
        self._protect.setToolTip(self.tr("住所を様式・一覧・画面のどこにも出しません"))
        self._protect.clicked.connect(self.protect_wanted)
        # One line of buttons: to read again (F2) and to type instead of the card (F3) stand in the key bar.
        for button in (self._edit, self.identity.change, self._photo, self._protect):
            self.address.add_beside(button)
        self.address.confirmed.connect(self.finished)
        self.address.address_entered.connect(self._take_address)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.small"))
        column.addWidget(self.card)
        column.addWidget(self.identity)
        column.addWidget(self.address)
        column.addStretch(1)
        return page

    # --- reader -------------------------------------------------------------------------

    def show_reader(self, state: ReaderState) -> None:
        """Say what the reader is waiting for, and what to do when it is missing."""
        self._read.setVisible(state.has_card)
        self._by_number.setVisible(state.has_card)
        hint = ""
        if state.error is not None:
            message = message_for(state.error)
            hint = f"{message.what}{message.next_step}"
        match state.phase:
            case ReaderPhase.NO_SERVICE | ReaderPhase.NO_READER:
                self._call.setText(self.tr("カードリーダーを使えません。手入力で受付できます。"))
            case ReaderPhase.SEVERAL:
                self._call.setText(
                    self.tr("カードが2枚以上のリーダーにあります。使うリーダーを選んでください。")
                )
                hint = "　".join(state.names)
            case ReaderPhase.TROUBLE:
                self._call.setText(self.tr("このカードは使えません。"))
            case ReaderPhase.CARD_OPEN | ReaderPhase.READING:
                self._call.setText(self.tr("カードを確かめています。"))
            case ReaderPhase.CARD_PRESENT | ReaderPhase.CARD_READ:
                self._call.setText(self.tr("カードがリーダーにあります。"))
                hint = self.tr(
                    "F2 で読みます。前の方のカードなら、お返しください。"
                    "別のカード（運転免許証・在留カード・特別永住者証明書）に置き換えても読めます。"
                )
            case _:
                self._call.setText(self.tr("マイナンバーカードをリーダーに置いてもらってください。"))
                hint = self.tr(
                    "置くと、暗証番号の入力に進みます。運転免許証・在留カード・特別永住者証明書も読めます。\n"
                    "先に手続を選ぶこともできます（F4）。カードがないときは手入力で始めます（F3）。"
                )
        self._hint.setText(hint)

    # --- person -------------------------------------------------------------------------

    @Slot()
    def _refresh(self) -> None:
        flow = self._flow
        for button in (self._photo, self._edit, self._protect):
            button.setEnabled(flow.is_open)
        self._protect.setVisible(not flow.is_protected)
        self._photo.setVisible(flow.can_read_photo)
        person = flow.person
        self._forget_half_typed()
        if person is None:
            self.tell(self.tr("まだです"), is_done=False)
            self.card.show_nobody()
        else:
            line = self.card.show_person(person)
            is_corrected = bool(flow.case and flow.case.address_on_card)
            self.address.ask(
                has_card_address=flow.is_by_card and not flow.is_protected,
                is_corrected=is_corrected,
                is_open=flow.is_open,
            )
            self._edit.setVisible(not flow.is_by_card)
            self.tell(line, is_done=True)
        if self._pages.current is not self._typing:
            self.show_current()

    def _forget_half_typed(self) -> None:
        """An address half typed is that of the person who was here, and of nobody under 支援措置."""
        person, is_protected = self._flow.person, self._flow.is_protected
        about = (person and (person.name, person.birth_date), is_protected)
        if about == self._typing_about:
            return
        self._typing_about = about
        if self.address.is_typing:
            self.address.show_question()
        if is_protected:
            self.hand_entry.address.clear()

    @Slot()
    def show_current(self) -> None:
        """Show the person, or the call for a card."""
        has_person = self._flow.person is not None
        page = self._person if has_person else self._waiting
        if page is not self._pages.current:
            self.address.show_question()
        self._pages.show_page(page)
        if self.is_open and not self.address.is_typing:
            self.take_focus()

    @Slot()
    def start_hand_entry(self) -> None:
        """Open the four fields."""
        if not self._flow.is_open:
            return
        self._pages.show_page(self._typing)
        whose = self._flow.place if self._flow.is_for_companion else ""
        self._before.setVisible(bool(whose and self._flow.remembered()))
        self.hand_entry.begin(None if whose or self._flow.is_by_card else self._flow.person)
        if whose:
            self.hand_entry.say_whose(self._flow.place_label(whose))

    def start_hand_entry_for(self, place: str) -> bool:
        """Open the fields for whoever stands in a place, "" for the visitor; False when nobody can there.

        What was typed for a companion must never come to stand in the fields of the visitor.
        """
        if place and place not in {one.id for one in self._flow.places()}:
            return False
        self._flow.place = place
        self.start_hand_entry()
        return True

    @property
    def typing_place(self) -> str:
        """Where the person stands who is being typed in, "" for the visitor."""
        return self._flow.place if self.is_typing_companion else VISITOR_PLACE

    @property
    def is_typing_companion(self) -> bool:
        """Whether somebody besides the visitor is being typed in."""
        return self._flow.is_for_companion and self._pages.current is self._typing

    @Slot()
    def leave_hand_entry(self) -> None:
        """Back from the four fields; what comes next is about the visitor again."""
        self._flow.place = VISITOR_PLACE
        self.hand_entry.wipe()
        self.show_current()

    @Slot(object)
    def _take_typed(self, person: Person) -> None:
        if self._flow.is_for_companion:
            if self._flow.add_by_hand(person):
                self.leave_hand_entry()
                self.person_added.emit()
        elif self._flow.identify_by_hand(person):
            self.hand_entry.wipe()
            self.show_current()

    @Slot(str)
    def _take_address(self, address: str) -> None:
        if self._flow.replace_address(address):
            self.address.show_question()

    @Slot()
    def _forget(self) -> None:
        self.hand_entry.wipe()
        self.address.show_question()
        self._pages.show_page(self._waiting)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit beside the person chooses the papers of the 本人確認."""
        text = event.text()
        is_digit = self._pages.current is self._person and text.isascii() and text.isdigit()
        if not is_digit or not self.identity.take_digit(int(text)):
            super().keyPressEvent(event)

    def take_focus(self) -> None:
        """Focus the button that goes on."""
        if self._pages.current is self._typing:
            self.hand_entry.name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._flow.person is not None:
            self.address.take_focus()
        else:
            super().take_focus()

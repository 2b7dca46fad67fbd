"""① 本人: waiting for a card, or hand entry, or the person with the source of each fact."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kakanai.identity.person import Person
from kakanai.messages import message_for
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.case_state import ASKED_SIGN, CARD_SIGN
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.hand_entry import HandEntry, both_calendars
from kakanai.ui.reader_state import ReaderPhase, ReaderState
from kakanai.ui.stretch import Stretch
from kakanai.ui.theme import Theme


class PersonStretch(Stretch):
    """Shows who is here; takes the person from the card or by hand.

    Signals:
        card_wanted(): read the card that lies there.
    """

    card_wanted = Signal()

    def __init__(self, theme: Theme, flow: CaseFlow, parent: QWidget | None = None) -> None:
        super().__init__(theme, "① 本人", parent)
        self._flow = flow
        self.hand_entry = HandEntry(theme)
        self.hand_entry.entered.connect(self._take_typed)
        self.hand_entry.given_up.connect(self.show_current)
        self._waiting = self._build_waiting(theme)
        self._card = self._build_card(theme)
        self._pages = QStackedWidget()
        for page in (self._waiting, self._card, self.hand_entry):
            self._pages.addWidget(page)
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
        by_hand = ActionButton(self.tr("手入力で始める（F3）"))
        by_hand.clicked.connect(self.start_hand_entry)
        buttons = QHBoxLayout()
        buttons.addWidget(self._read)
        buttons.addWidget(by_hand)
        buttons.addStretch(1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, theme.px("space.small"), 0, 0)
        column.setSpacing(theme.px("space.medium"))
        column.addWidget(self._call)
        column.addWidget(self._hint)
        column.addLayout(buttons)
        column.addStretch(1)
        return page

    def _build_card(self, theme: Theme) -> QWidget:
        page = QWidget()
        panel = QFrame()
        panel.setObjectName("PersonCard")
        grid = QGridLayout(panel)
        grid.setContentsMargins(
            theme.px("space.large"), theme.px("space.small"), theme.px("space.large"), theme.px("space.small")
        )
        grid.setHorizontalSpacing(theme.px("space.medium"))
        grid.setVerticalSpacing(theme.px("space.small"))
        grid.setColumnStretch(2, 1)
        self._values: dict[str, TextLabel] = {}
        self._signs: dict[str, TextLabel] = {}
        rows = (
            ("name", self.tr("氏名"), "name"),
            ("address", self.tr("住所"), "person"),
            ("birth_date", self.tr("生年月日"), ""),
            ("sex", self.tr("性別"), ""),
            ("my_number", self.tr("個人番号"), ""),
        )
        for number, (key, words, role) in enumerate(rows):
            sign, value = TextLabel("", "strong"), TextLabel("", role, wrap=True, exact=True)
            if role:
                value.setFont(theme.personal_font(role))
            value.setAccessibleName(words)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            self._signs[key], self._values[key] = sign, value
            grid.addWidget(TextLabel(words, "small"), number, 0)
            grid.addWidget(sign, number, 1)
            grid.addWidget(value, number, 2)
        self._legend = TextLabel("", "small", wrap=True)
        self._ok = ActionButton(self.tr("来庁者と確かめた。手続へ（Enter）"), "primary")
        self._ok.clicked.connect(self.finished)
        self._again = ActionButton(self.tr("カードを読み直す（F2）"))
        self._again.clicked.connect(self.card_wanted)
        self._edit = ActionButton(self.tr("入力を直す（F3）"))
        self._edit.clicked.connect(self.start_hand_entry)
        buttons = QHBoxLayout()
        for button in (self._ok, self._again, self._edit):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.medium"))
        column.addWidget(panel)
        column.addWidget(self._legend)
        column.addLayout(buttons)
        column.addStretch(1)
        return page

    # --- reader -------------------------------------------------------------------------

    def show_reader(self, state: ReaderState) -> None:
        """Say what the reader is waiting for, and what to do when it is missing."""
        self._read.setVisible(state.has_card)
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
                hint = self.tr("次の方のカードなら F2 で読みます。前の方のカードなら、お返しください。")
            case _:
                self._call.setText(self.tr("マイナンバーカードをリーダーに置いてもらってください。"))
                hint = self.tr(
                    "置くと、暗証番号の入力に進みます。先に手続を選ぶこともできます（F4）。"
                    "カードがないときは手入力で始めます（F3）。"
                )
        self._hint.setText(hint)

    # --- person -------------------------------------------------------------------------

    @Slot()
    def _refresh(self) -> None:
        person = self._flow.person
        self._ok.setEnabled(self._flow.is_open)
        self._again.setEnabled(self._flow.is_open)
        self._edit.setEnabled(self._flow.is_open)
        if person is None:
            self.tell(self.tr("まだです"), is_done=False)
            for label in (*self._values.values(), *self._signs.values()):
                label.clear()
        else:
            self._show_person(person)
        if self._pages.currentWidget() is not self.hand_entry:
            self.show_current()

    def _show_person(self, person: Person) -> None:
        sign = CARD_SIGN if self._flow.is_by_card else ASKED_SIGN
        born = both_calendars(person.birth_date) if person.birth_date else ""
        sex = person.sex.label if person.sex is not None else ""
        case = self._flow.case
        has_number = case is not None and case.my_number is not None
        values = {
            "name": person.name,
            "address": person.address,
            "birth_date": born,
            "sex": sex,
            "my_number": self.tr("読み取りました（画面には出しません）")
            if has_number
            else self.tr("読んでいません"),
        }
        for key, value in values.items():
            self._values[key].setText(value)
            given = bool(value) and (key != "my_number" or has_number)
            self._signs[key].setText(sign if given else "")
        self._legend.setText(
            self.tr("● カードから（文字はカードのとおり。失効は確認していません）")
            if self._flow.is_by_card
            else self.tr("✎ 職員が入力")
        )
        self._edit.setText(
            self.tr("手入力に替える（F3）") if self._flow.is_by_card else self.tr("入力を直す（F3）")
        )
        self.tell(f"{sign} {person.name}　{born}　{sex}".rstrip(), is_done=True)

    @Slot()
    def show_current(self) -> None:
        """Show the person, or the call for a card."""
        has_person = self._flow.person is not None
        self._pages.setCurrentWidget(self._card if has_person else self._waiting)
        if self.is_open:
            self.take_focus()

    @Slot()
    def start_hand_entry(self) -> None:
        """Open the four fields."""
        if not self._flow.is_open:
            return
        self._pages.setCurrentWidget(self.hand_entry)
        self.hand_entry.begin(None if self._flow.is_by_card else self._flow.person)

    @Slot(object)
    def _take_typed(self, person: Person) -> None:
        if self._flow.identify_by_hand(person):
            self.hand_entry.wipe()
            self.show_current()

    @Slot()
    def _forget(self) -> None:
        self.hand_entry.wipe()
        self._pages.setCurrentWidget(self._waiting)

    def take_focus(self) -> None:
        """Focus the button that goes on."""
        if self._pages.currentWidget() is self.hand_entry:
            self.hand_entry.name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._flow.person is not None:
            self._ok.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().take_focus()

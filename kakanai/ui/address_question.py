"""「氏名と住所は今もこのとおりですか」: yes goes on, no asks for the present address."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kakanai.errors import KakanaiError
from kakanai.identity.by_hand import person_from_mapping
from kakanai.ui.controls import ActionButton, FittingStack, FlowLayout, TextLabel, set_property
from kakanai.ui.theme import Theme


class AddressQuestion(QWidget):
    """Asks the visitor's address once the card told one; a changed one is typed here.

    Signals:
        confirmed(): it is as on the card; go on.
        address_entered(str): the visitor lives there now.
    """

    confirmed = Signal()
    address_entered = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.yes = ActionButton("", "primary")
        self.yes.clicked.connect(self.confirmed)
        self.no = ActionButton(self.tr("いいえ"))
        self.no.clicked.connect(self.ask_address)
        self._question = TextLabel("", "strong")
        self.line = QLineEdit()
        self.line.setProperty("role", "personal")
        self.line.setFont(theme.personal_font("large"))
        self.line.setAccessibleName(self.tr("今の住所"))
        self.line.returnPressed.connect(self._take)
        self._note = TextLabel("", "error")
        take = ActionButton(self.tr("この住所にする（Enter）"), "primary")
        take.clicked.connect(self._take)
        back = ActionButton(self.tr("やめる（Esc）"))
        back.clicked.connect(self.show_question)
        small = theme.px("space.small")
        self._asking = asking = QWidget()
        self._buttons = FlowLayout(small)
        for button in (self.yes, self.no):
            self._buttons.addWidget(button)
        column = QVBoxLayout(asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(small)
        column.addWidget(self._question)
        column.addLayout(self._buttons)
        self._typing = typing = QWidget()
        label = TextLabel(
            self.tr("今の住所（届け出るとおりに入力します。カードの住所も画面に残ります）"), "strong"
        )
        label.setBuddy(self.line)
        line = QHBoxLayout()
        line.setSpacing(small)
        line.addWidget(take)
        line.addWidget(back)
        line.addWidget(self._note, 1)
        rows = QVBoxLayout(typing)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(small)
        rows.addWidget(label)
        rows.addWidget(self.line)
        rows.addLayout(line)
        self._pages = FittingStack()
        self._pages.add_page(asking)
        self._pages.add_page(typing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    @property
    def is_typing(self) -> bool:
        """Whether the present address is being typed."""
        return self._pages.current is self._typing

    def add_beside(self, button: ActionButton) -> None:
        """Put another button in the line of the answers."""
        self._buttons.addWidget(button)

    def ask(self, *, has_card_address: bool, is_corrected: bool, is_open: bool) -> None:
        """Put the question as it stands; a person typed by hand is only confirmed."""
        if has_card_address and not is_corrected:
            self._question.setText(self.tr("来庁者に見てもらい、確かめます。住所は今もここですか。"))
            self.yes.setText(self.tr("はい（Enter）"))
            self.no.setText(self.tr("いいえ"))
        else:
            self._question.setText(self.tr("来庁者に見てもらい、確かめます。このとおりですか。"))
            self.yes.setText(self.tr("はい（Enter）"))
            self.no.setText(self.tr("住所を直す"))
        self.yes.setAccessibleName(self.yes.text())
        self.no.setAccessibleName(self.tr("住所が違う {words}").format(words=self.no.text()))
        self.no.setVisible(has_card_address)
        self.yes.setEnabled(is_open)
        self.no.setEnabled(is_open)

    @Slot()
    def ask_address(self) -> None:
        """Let the clerk type the present address."""
        self._note.clear()
        self._pages.show_page(self._typing)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def show_question(self) -> None:
        """Back to the question; what was typed is forgotten."""
        self.line.clear()
        self._note.clear()
        set_property(self.line, "wrong", False)
        was_typing = self.is_typing
        self._pages.show_page(self._asking)
        if was_typing:
            self.take_focus()

    def take_focus(self) -> None:
        """Put the focus where the clerk goes on."""
        target = self.line if self.is_typing else self.yes
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives the typing up."""
        if event.key() == Qt.Key.Key_Escape and self.is_typing:
            self.show_question()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _take(self) -> None:
        address = self.line.text()
        try:
            person_from_mapping({"address": address})
        except KakanaiError:
            self._refuse(self.tr("使えない文字があるか、長すぎます"))
            return
        if not address:
            self._refuse(self.tr("今の住所を入力してください"))
            return
        self.address_entered.emit(address)

    def _refuse(self, words: str) -> None:
        set_property(self.line, "wrong", True)
        self._note.setText(f"× {words}")
        self.take_focus()

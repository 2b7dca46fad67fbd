"""The page of 在留カード・特別永住者証明書: the number printed on it opens the chip, without any PIN."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from kakanai.cardreader.residence_card.card_number import CardNumber
from kakanai.errors import KakanaiError
from kakanai.ui.card_drawing import CardDrawing, Drawing
from kakanai.ui.card_page import CardPage, Rung
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.entry_row import EntryRow
from kakanai.ui.theme import Theme

_LENGTH = 12


class CardNumberPage(CardPage):
    """Asks for 在留カード等番号.

    Signals:
        number_entered(CardNumber): the clerk confirmed.
    """

    number_entered = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(self.tr("在留カード等の番号の入力"))
        self._is_reading = False
        self.title.setText(self.tr("在留カード・特別永住者証明書を読みます"))
        self.number = EntryRow(theme, self.tr("カードの番号（右上の12文字）"), width=260, length=_LENGTH + 4)
        self.number.line.setPlaceholderText(self.tr("AB12345678CD"))
        self.number.line.setInputMethodHints(
            Qt.InputMethodHint.ImhPreferLatin | Qt.InputMethodHint.ImhPreferUppercase
        )
        self.number.changed.connect(self._check)
        self.number.entered.connect(self._send)
        self.confirm = ActionButton(self.tr("この番号で読む（Enter）"), "primary")
        self.confirm.clicked.connect(self._send)
        for widget in (
            TextLabel(
                self.tr("暗証番号は要りません。番号をまちがえても、ロックされることはありません。"), wrap=True
            ),
            TextLabel(
                self.tr("氏名はカードの中に画像しかないので、読んだあとで、画像を見て入力します。"), wrap=True
            ),
            self.state,
            self.number,
        ):
            self.words.addWidget(widget)
        self.words.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignLeft)
        self.words.addStretch(1)
        self.side.addWidget(CardDrawing(theme, Drawing.CARD_NUMBER))
        self.side.addStretch(1)
        self.end_with_ladder(theme, (Rung.OTHER_CARD, Rung.HAND))
        self.tries.setParent(self)
        self.tries.hide()

    def ask(self) -> None:
        """Ask anew."""
        self._is_reading = False
        self.state.clear()
        self.number.line.setEnabled(True)
        self.number.begin()
        self.take_focus()

    def say_wrong(self) -> None:
        """The card does not bear this number; it stays, to be compared once more."""
        self._is_reading = False
        self.number.line.setEnabled(True)
        self.tell(self.tr("× カードの番号と合いません。1文字ずつ見くらべて、直してください。"))
        self._check()
        self.take_focus()

    def say_again(self) -> None:
        """The reading broke off and the card was opened anew; the number stays."""
        self._is_reading = False
        self.number.line.setEnabled(True)
        self.tell(self.tr("▲ 読み取りが途切れました。もう一度「この番号で読む」を押してください。"))
        self._check()
        self.take_focus()

    def forget(self) -> None:
        """See CardPage."""
        self.number.begin()

    def take_focus(self) -> None:
        """See CardPage."""
        self.number.take_focus()

    @property
    def _typed(self) -> str:
        # Typed by hand, so letters and digits of a Japanese keyboard count as narrow ones.
        wide = {code + 0xFEE0: code for code in range(ord("!"), ord("~") + 1)}
        return self.number.typed.translate(wide).replace(" ", "").replace("-", "").upper()

    @Slot()
    def _check(self) -> None:
        typed = self._typed
        number = self._number() if len(typed) == _LENGTH else None
        if len(typed) < _LENGTH:
            left = _LENGTH - len(typed)
            self.number.say(self.tr("あと {left} 文字").format(left=left) if typed else "")
        elif number is None:
            self.number.say(self.tr("英字2・数字8・英字2の12文字です"), is_wrong=True)
        else:
            self.number.say(f"= {typed[:2]} {typed[2:6]} {typed[6:10]} {typed[10:]}")
        self.confirm.setEnabled(number is not None and not self._is_reading)

    def _number(self) -> CardNumber | None:
        try:
            return CardNumber(self._typed)
        except KakanaiError:
            return None

    @Slot()
    def _send(self) -> None:
        number = self._number()
        if number is None or not self.confirm.isEnabled():
            return
        self._is_reading = True
        self.number.line.setEnabled(False)
        self._check()
        self.tell(self.tr("● 読み取っています。カードを動かさないでください。"), "strong")
        self.number_entered.emit(number)

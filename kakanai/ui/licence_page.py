"""The page of 運転免許証: 暗証番号1, then 暗証番号2, which may be left out."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from kakanai.cardreader.driver_licence.pin import LicencePin
from kakanai.cardreader.kinds import CardKey
from kakanai.ui.card_drawing import CardDrawing, Drawing
from kakanai.ui.card_page import CardPage, Rung, tries_text
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.digit_pad import DigitPad
from kakanai.ui.pin_prompt import AskedPin, PinMood, PinPrompt
from kakanai.ui.theme import Theme


class LicencePage(CardPage):
    """Asks for both PINs one after the other and sends them together; the card sees 2 only if 1 is right.

    Signals:
        pins_entered(LicencePin | None, LicencePin | None): the clerk confirmed; they are cleared already.
        recheck_wanted(): read the tries left again.
    """

    pins_entered = Signal(object, object)
    recheck_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(self.tr("運転免許証の暗証番号の入力"))
        self._first: LicencePin | None = None
        self._is_at_second = False
        self._tries = (-1, -1)
        self._mood = PinMood.ASKED
        self._needs_pins = True
        self._which = TextLabel("", "strong", wrap=True)
        self._second_tries = TextLabel("", "tries")
        self._note = TextLabel("", wrap=True)
        self._drawing = CardDrawing(theme, Drawing.LICENCE_PIN1)
        self._recheck = ActionButton(self.tr("残り回数を読み直す"))
        self._recheck.clicked.connect(self.recheck_wanted)
        self._read = ActionButton(self.tr("このまま読む（Enter）"), "primary")
        self._read.clicked.connect(self._send_none)
        self.pad = DigitPad(theme)
        self.pad.confirmed.connect(self._take)
        self.setFocusProxy(self.pad)
        for widget in (
            self._which, self.tries, self._second_tries, self._note, self.state,
        ):  # fmt: skip
            self.words.addWidget(widget)
        self.words.addWidget(self._drawing, 0, Qt.AlignmentFlag.AlignLeft)
        self.words.addStretch(1)
        self.words.addWidget(self._recheck, 0, Qt.AlignmentFlag.AlignLeft)
        self.words.addWidget(self._read, 0, Qt.AlignmentFlag.AlignLeft)
        self.side.addWidget(self.pad)
        self.side.addStretch(1)
        self.end_with_ladder(theme, (Rung.OTHER_CARD, Rung.HAND))

    # --- what is asked ------------------------------------------------------------------

    def ask(self, tries1: int, tries2: int, *, needs_pins: bool) -> None:
        """Ask with these tries left (0 locked, below 0 unknown); a card without PINs is only confirmed."""
        self.forget()
        self._mood = PinMood.ASKED
        self._needs_pins = needs_pins
        self.state.clear()
        self.pad.setVisible(needs_pins)
        self._drawing.setVisible(needs_pins)
        self._read.setVisible(not needs_pins)
        if needs_pins:
            self._show_tries(tries1, tries2)
            return
        for label in (self.tries, self._second_tries):
            label.hide()
        self._recheck.hide()
        self.title.setText(self.tr("運転免許証を読みます"))
        self._which.setText(self.tr("この免許証には暗証番号が設定されていません。"))
        self._note.setText(self.tr("氏名・住所・生年月日・本籍と顔写真を読みます。"))
        self._read.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def prompt(self) -> PinPrompt | None:
        """What the visitor may see of it; None for a card without PINs."""
        if not self._needs_pins:
            return None
        asked = AskedPin.LICENCE_2 if self._is_at_second else AskedPin.LICENCE_1
        pad = self.pad
        return PinPrompt(
            asked, self._tries[self._is_at_second], pad.entered, pad.can_enter, self._mood, pad.may_be_none
        )

    def _show_tries(self, tries1: int, tries2: int) -> None:
        self._tries = (tries1, tries2)
        self.tries.show()
        self._second_tries.show()
        self.tries.setText(tries_text(self.tr("暗証番号1　"), tries1))
        self._second_tries.setText(tries_text(self.tr("暗証番号2　"), tries2))
        self._recheck.setVisible(min(tries1, tries2) < 0)
        self.pad.setVisible(tries1 > 0)
        self._drawing.setVisible(tries1 > 0)
        if tries1 == 0:
            self._say_locked()
            return
        self._ask_first()
        if tries1 == 1:
            self.tell(self.tr("▲ 暗証番号1は、あと1回まちがえるとロックされます。来庁者に確かめてください。"))
        elif tries2 == 0:
            self.tell(
                self.tr("▲ 暗証番号2はロックされています。暗証番号1だけで読みます（顔写真と本籍なし）。")
            )

    def _ask_first(self) -> None:
        self._first, self._is_at_second = None, False
        self.title.setText(self.tr("運転免許証の暗証番号を入れてもらってください"))
        self._which.setText(self.tr("暗証番号1（数字4けた）"))
        self._note.setText(self.tr("氏名・住所・生年月日を読みます。"))
        self._drawing.show_drawing(Drawing.LICENCE_PIN1)
        self.pad.let_enter(is_allowed=self._tries[0] > 0)
        self.take_focus()

    def _ask_second(self) -> None:
        self._is_at_second = True
        is_locked = self._tries[1] == 0
        self._which.setText(self.tr("暗証番号2（数字4けた）　なくても読めます"))
        self._note.setText(self.tr("暗証番号2を入れると、顔写真と本籍も読みます。"))
        self._drawing.show_drawing(Drawing.LICENCE_PIN2)
        self.state.clear()
        if is_locked:
            self._which.setText(self.tr("暗証番号2はロックされています"))
            self._note.setText(self.tr("顔写真と本籍のほかは、暗証番号1だけで読めます。"))
        elif self._tries[1] == 1:
            self.tell(self.tr("▲ 暗証番号2は、あと1回まちがえるとロックされます。"))
        self.pad.let_enter(
            is_allowed=True, words_for_none=self.tr("2なしで読む（Enter）"), is_none_only=is_locked
        )
        self.take_focus()

    def _say_locked(self) -> None:
        self.title.setText(self.tr("運転免許証の暗証番号1がロックされています"))
        self._which.setText(self.tr("警察署か運転免許センターで解除が必要です。"))
        self._note.clear()
        self.tell(
            self.tr(
                "この画面では解除できません。今日の届は、マイナンバーカードなど別のカードか、"
                "手入力で進められます。"
            )
        )
        self.rungs[Rung.OTHER_CARD].setFocus(Qt.FocusReason.OtherFocusReason)

    def say_wrong(self, key: CardKey, tries1: int, tries2: int) -> None:
        """The PIN of `key` was wrong; these tries are left.

        A wrong 暗証番号2 leaves 暗証番号1 right, so only 2 is asked again.
        """
        self._mood = PinMood.WRONG
        self._show_tries(tries1, tries2)
        if key is CardKey.LICENCE_PIN2 and tries1 > 0:
            self._ask_second()
            words = self.tr("× 暗証番号2がちがいます。もう一度入れてもらうか、2なしで読みます。")
            lock = self.tr("× 暗証番号2がちがいます。ロックされました。2なしで読めます。")
            self.tell(words if tries2 else lock)
        elif tries1 > 0:
            self.tell(self.tr("× 暗証番号1がちがいます。もう一度入れてもらってください。"))

    def say_unknown(self, tries1: int, tries2: int) -> None:
        """An answer was lost; the tries as read afterwards, below 0 when that failed too."""
        self._mood = PinMood.AGAIN
        self._show_tries(tries1, tries2)
        if tries1 != 0:
            self.tell(
                self.tr(
                    "▲ 送っている途中で答えが途切れました。送り直していません。"
                    "残り回数を確かめてから、もう一度入れてもらってください。"
                )
            )

    def say_reset(self) -> None:
        """Another program reset the card; it was opened anew, and the PINs are asked again."""
        self._mood = PinMood.AGAIN
        self.tell(
            self.tr(
                "▲ 他のソフトがカードをリセットしました。送り直していません。もう一度入れてもらってください。"
            )
        )

    def forget(self) -> None:
        """See CardPage."""
        self._first = None
        self.pad.wipe()

    # --- what is entered ----------------------------------------------------------------

    @property
    def is_at_second(self) -> bool:
        """Whether 暗証番号2 is asked for."""
        return self._is_at_second

    @Slot()
    def _take(self) -> None:
        digits = self.pad.take()
        if self._is_at_second:
            second = LicencePin(digits, CardKey.LICENCE_PIN2) if digits else None
            first, self._first = self._first, None
            self._send(first, second)
            return
        self._first = LicencePin(digits, CardKey.LICENCE_PIN1)
        self._mood = PinMood.ASKED
        self._ask_second()

    @Slot()
    def _send_none(self) -> None:
        self._send(None, None)

    def _send(self, first: LicencePin | None, second: LicencePin | None) -> None:
        self._mood = PinMood.READING
        self.pad.let_enter(is_allowed=False)
        self._read.hide()
        self.tell(self.tr("● 読み取っています。カードを動かさないでください。"), "strong")
        self.pins_entered.emit(first, second)

"""The PIN page 暗証番号の入力 of マイナンバーカード: which PIN, how many tries are left, no digit shown."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from kakanai.cardreader.mynumber.pin import Pin
from kakanai.ui.card_drawing import CardDrawing, Drawing
from kakanai.ui.card_page import CardPage, Rung, tries_text
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.digit_pad import DigitPad
from kakanai.ui.pin_prompt import AskedPin, PinMood, PinPrompt
from kakanai.ui.theme import Theme


class PinPad(CardPage):
    """Asks for the four digits of 券面事項入力補助用 暗証番号.

    Signals:
        pin_entered(Pin): the clerk confirmed four digits; they are cleared already.
        recheck_wanted(): read the tries left again.
        reset_form_wanted(): the visitor asks for a new PIN today, by F28.
    """

    pin_entered = Signal(object)
    recheck_wanted = Signal()
    reset_form_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(self.tr("暗証番号の入力"))
        self._has_reset_form = False
        self._tries = -1
        self._mood = PinMood.ASKED
        self._which = TextLabel(self.tr("券面事項入力補助用の暗証番号（数字4けた）"), "strong")
        self._number = TextLabel("", wrap=True)
        self._drawing = CardDrawing(theme, Drawing.PIN_SLIP)
        self._note = TextLabel(
            self.tr(
                "数字4けたの3つを同じ番号にした方も多くいます。分からないときは、試さずに照合番号Bで読めます。"
            ),
            "small",
            wrap=True,
        )
        self._advice = TextLabel("", wrap=True)
        self._recheck = ActionButton(self.tr("残り回数を読み直す"))
        self._recheck.clicked.connect(self.recheck_wanted)
        self._reset_form = ActionButton(self.tr("F28 暗証番号初期化の申請書を作る"))
        self._reset_form.clicked.connect(self.reset_form_wanted)
        self.pad = DigitPad(theme)
        self.pad.confirmed.connect(self._send)
        self.setFocusProxy(self.pad)
        for widget in (
            self._which, self.tries, self._number, self.state, self._advice,
        ):  # fmt: skip
            self.words.addWidget(widget)
        self.words.addWidget(self._drawing, 0, Qt.AlignmentFlag.AlignLeft)
        self.words.addWidget(self._note)
        self.words.addStretch(1)
        self.words.addWidget(self._recheck, 0, Qt.AlignmentFlag.AlignLeft)
        self.words.addWidget(self._reset_form, 0, Qt.AlignmentFlag.AlignLeft)
        self.side.addWidget(self.pad)
        self.side.addStretch(1)
        self.end_with_ladder(theme, (Rung.COLLATION, Rung.OTHER_CARD, Rung.HAND))

    # --- what is asked ------------------------------------------------------------------

    def ask(self, tries: int, my_number_forms: list[str], *, has_reset_form: bool = False) -> None:
        """Ask with that many tries left; 0 means locked. `my_number_forms` need 個人番号 as well."""
        self._has_reset_form = has_reset_form
        self._mood = PinMood.ASKED
        self.state.clear()
        if my_number_forms:
            self._number.setText(
                self.tr("個人番号も読みます（{forms}）").format(forms="・".join(my_number_forms))
            )
        else:
            self._number.setText(self.tr("氏名・住所・生年月日・性別を読みます。個人番号は読みません。"))
        self._show_tries(tries)

    @property
    def prompt(self) -> PinPrompt:
        """What the visitor may see of it."""
        pad = self.pad
        return PinPrompt(AskedPin.MY_NUMBER, self._tries, pad.entered, pad.can_enter, self._mood)

    def _show_tries(self, tries: int) -> None:
        self._tries = tries
        self.title.setText(self.tr("暗証番号を入れてもらってください"))
        self.pad.let_enter(is_allowed=tries > 0)
        shown = dict.fromkeys((self.pad, self._drawing, self._note, self._number), tries > 0)
        shown |= {self._advice: tries == 0, self._recheck: tries < 0}
        shown[self._reset_form] = tries == 0 and self._has_reset_form
        # Hide before showing: both together need more height than an office screen has.
        for widget, is_shown in sorted(shown.items(), key=lambda item: item[1]):
            widget.setVisible(is_shown)
        self.tries.setText(tries_text("", tries))
        if tries == 1:
            self.tell(self.tr("▲ あと1回まちがえるとロックされます。来庁者に確かめてから続けてください。"))
        self.take_focus()
        if tries == 0:
            self._say_locked()

    def _say_locked(self) -> None:
        self.title.setText(self.tr("暗証番号がロックされています"))
        words = (
            self.tr("下の申請書で、今日この町の窓口で初期化（再設定）できます（住民登録がこの町の方）。")
            if self._has_reset_form
            else self.tr("初期化（再設定）は、住民登録のある市区町村の窓口で申請します。")
        )
        self.tell(self.tr("この画面では解除できません。"))
        self._advice.setText(
            self.tr(
                "今日の届は、次のどれかで進められます。\n"
                "・照合番号B（F10）　カードの券面の数字で、氏名・住所と顔写真を読みます\n"
                "・別のカード（Esc）　運転免許証、在留カード、特別永住者証明書\n"
                "・手入力（F3）\n\n"
            )
            + words
            + self.tr("\n暗証番号のない「顔認証マイナンバーカード」も、この表示になります。")
        )
        self.rungs[Rung.COLLATION].setFocus(Qt.FocusReason.OtherFocusReason)

    def say_wrong(self, tries: int) -> None:
        """The PIN was wrong; that many tries are left."""
        words = self.tr("× 暗証番号がちがいます。もう一度入れてもらってください。")
        self._mood = PinMood.WRONG
        self.tell(words)
        self._show_tries(tries)
        if tries == 1:
            self.tell(words + self.tr("\n▲ あと1回まちがえるとロックされます。"))

    def say_locked(self) -> None:
        """The PIN is locked now."""
        self._show_tries(0)

    def say_unknown(self, tries: int) -> None:
        """The answer to the PIN was lost; `tries` as read afterwards, below 0 when that failed too."""
        self._mood = PinMood.AGAIN
        self._show_tries(tries)
        if tries < 0:
            self.tell(
                self.tr(
                    "▲ 暗証番号が届いたか分かりません。送り直していません。"
                    "カードを置き直すと残り回数を読み直します。"
                )
            )
        elif tries > 0:
            self.tell(
                self.tr(
                    "▲ 送っている途中で答えが途切れました。送り直していません。"
                    "残り回数を読み直しました。確かめてから、もう一度入れてもらってください。"
                )
            )

    def say_reset(self) -> None:
        """Another program reset the card; it was opened anew, and the PIN is asked again."""
        self._mood = PinMood.AGAIN
        self.tell(
            self.tr(
                "▲ 他のソフトがカードをリセットしました。はじめから読み直します。"
                "送り直していません。もう一度入れてもらってください。"
            )
        )

    def say_form_chosen(self) -> None:
        """F28 is among the procedures now; only the person is still missing."""
        self._reset_form.hide()
        self.tell(
            self.tr(
                "✓ F28 を手続に加えました。\n"
                "氏名などを読むには、照合番号B（F10）・別のカード（Esc）・手入力（F3）を選んでください。"
            ),
            "ok",
        )
        self.rungs[Rung.COLLATION].setFocus(Qt.FocusReason.OtherFocusReason)

    def say_reading(self) -> None:
        """The PIN is on its way; nothing can be entered."""
        self._mood = PinMood.READING
        self.pad.let_enter(is_allowed=False)
        self.tell(self.tr("● 読み取っています。カードを動かさないでください。"), "strong")

    def forget(self) -> None:
        """See CardPage."""
        self.pad.wipe()

    @Slot()
    def _send(self) -> None:
        pin = Pin(self.pad.take())
        self.say_reading()
        self.pin_entered.emit(pin)

"""The PIN pad 暗証番号の入力: which PIN, how many tries are left, digits that are never shown."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kakanai.cardreader.mynumber.pin import Pin
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.theme import Theme

_LENGTH = 4
_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "⌫")


class PinPad(QWidget):
    """Asks for the four digits of 券面事項入力補助用 暗証番号.

    The digits are kept in a bytearray of this widget and nowhere else: no text field, no clipboard, no
    input method. They are overwritten when the PIN is sent, taken back, or the pad is left.

    Signals:
        pin_entered(Pin): the clerk confirmed four digits; they are cleared already.
        hand_entry_wanted(): go on without the card.
        recheck_wanted(): read the tries left again.
        left(): back to the conversation.
    """

    pin_entered = Signal(object)
    hand_entry_wanted = Signal()
    recheck_wanted = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("暗証番号の入力"))
        self._digits = bytearray()
        self._can_enter = False
        self._title = TextLabel(self.tr("暗証番号を入れてもらってください"), "title")
        self._which = TextLabel(self.tr("券面事項入力補助用の暗証番号（数字4けた）"), "strong")
        self._tries = TextLabel("", "tries")
        self._dots = TextLabel("", "dots")
        self._dots.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._state = TextLabel("", "alarm", wrap=True)
        self._number = TextLabel("", wrap=True)
        self._confirm = ActionButton(self.tr("確定（Enter）"), "primary")
        self._confirm.clicked.connect(self._confirm_digits)
        self._recheck = ActionButton(self.tr("残り回数を読み直す"))
        self._recheck.clicked.connect(self.recheck_wanted)
        self._by_hand = ActionButton(self.tr("手入力で進める（F3）"))
        self._by_hand.clicked.connect(self.hand_entry_wanted)
        self._back = ActionButton(self.tr("戻る（Esc）"))
        self._back.clicked.connect(self.left)
        self._keypad = self._build_keypad(theme)
        self._lay(theme)
        self._show_dots()

    def _build_keypad(self, theme: Theme) -> QWidget:
        keypad = QWidget()
        grid = QGridLayout(keypad)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px("space.small"))
        for index, key in enumerate(_KEYS):
            if not key:
                continue
            button = QPushButton(key)
            button.setProperty("role", "keypad")
            button.setFocusPolicy(
                Qt.FocusPolicy.NoFocus
            )  # the keyboard types digits without looking for them
            button.setAccessibleName(self.tr("1字消す") if key == "⌫" else key)
            button.clicked.connect(partial(self._press, key))
            grid.addWidget(button, index // 3, index % 3)
        return keypad

    def _lay(self, theme: Theme) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme.px("space.medium"))
        for widget in (self._title, self._which, self._tries, self._number, self._state):
            words.addWidget(widget)
        words.addStretch(1)
        for button in (self._recheck, self._by_hand, self._back):
            words.addWidget(button)
        pad = QVBoxLayout()
        pad.setSpacing(theme.px("space.medium"))
        pad.addWidget(self._dots)
        pad.addWidget(self._keypad)
        pad.addWidget(self._confirm)
        pad.addStretch(1)
        line = QHBoxLayout(self)
        wide = theme.px("space.wide")
        line.setContentsMargins(wide, wide, wide, wide)
        line.setSpacing(theme.px("space.wide") * 2)
        line.addLayout(words, 1)
        line.addLayout(pad)

    # --- what is asked ------------------------------------------------------------------

    def ask(self, tries: int, my_number_forms: list[str]) -> None:
        """Ask with that many tries left; 0 means locked. `my_number_forms` need 個人番号 as well."""
        self._wipe()
        self._state.clear()
        self._show_tries(tries)
        if my_number_forms:
            self._number.setText(
                self.tr("個人番号も読みます（{forms}）").format(forms="・".join(my_number_forms))
            )
        else:
            self._number.setText(self.tr("氏名・住所・生年月日・性別を読みます。\n個人番号は読みません。"))
        if tries == 0:
            self._say_locked()

    def _show_tries(self, tries: int) -> None:
        self._can_enter = tries > 0
        self._title.setText(self.tr("暗証番号を入れてもらってください"))
        self._keypad.setEnabled(self._can_enter)
        self._keypad.setVisible(self._can_enter)
        self._confirm.setVisible(self._can_enter)
        self._dots.setVisible(self._can_enter)
        self._recheck.setVisible(tries < 0)
        self._confirm.setEnabled(False)
        if tries > 0:
            self._tries.setText(self.tr("残り {tries} 回").format(tries=tries))
        else:
            self._tries.setText(self.tr("× ロックされています") if tries == 0 else self.tr("▲ 残り回数 不明"))
        if tries == 1:
            self._state.setText(
                self.tr("▲ あと1回まちがえるとロックされます。来庁者に確かめてから続けてください。")
            )
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_locked(self) -> None:
        self._title.setText(self.tr("暗証番号がロックされています"))
        self._state.setText(
            self.tr(
                "この画面では解除できません。暗証番号の再設定（初期化）の手続を案内してください。"
                "今日の届は手入力で進められます。"
            )
        )
        self._by_hand.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_wrong(self, tries: int) -> None:
        """The PIN was wrong; that many tries are left."""
        self._wipe()
        self._state.setText(self.tr("× 暗証番号がちがいます。もう一度入れてもらってください。"))
        self._show_tries(tries)

    def say_locked(self) -> None:
        """The PIN is locked now."""
        self._wipe()
        self._show_tries(0)
        self._say_locked()

    def say_unknown(self, tries: int) -> None:
        """The answer to the PIN was lost; `tries` as read afterwards, below 0 when that failed too."""
        self._wipe()
        if tries < 0:
            words = self.tr(
                "▲ 暗証番号が届いたか分かりません。送り直していません。"
                "カードを置き直すと残り回数を読み直します。"
            )
        else:
            words = self.tr(
                "▲ 送っている途中で答えが途切れました。送り直していません。"
                "残り回数を読み直しました。確かめてから、もう一度入れてもらってください。"
            )
        self._show_tries(tries)
        self._state.setText(words)
        if tries == 0:
            self._say_locked()

    def say_reading(self) -> None:
        """The PIN is on its way; nothing can be entered."""
        self._can_enter = False
        self._keypad.setEnabled(False)
        self._confirm.setEnabled(False)
        self._state.setText(self.tr("● 読み取っています。カードを動かさないでください。"))

    # --- digits -------------------------------------------------------------------------

    @property
    def entered(self) -> int:
        """How many digits are in."""
        return len(self._digits)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits, Backspace, Enter and Escape; everything else goes on to the window."""
        key = event.key()
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self._press(chr(key))
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._press("⌫")
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._confirm_digits()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget the digits when the pad is left."""
        self._wipe()
        super().hideEvent(event)

    @Slot()
    def _press(self, key: str) -> None:
        if not self._can_enter:
            return
        if key == "⌫":
            if self._digits:
                self._digits[-1] = 0
                del self._digits[-1]
        elif len(self._digits) < _LENGTH:
            self._digits.append(ord(key))
        self._show_dots()

    @Slot()
    def _confirm_digits(self) -> None:
        if not self._can_enter or len(self._digits) != _LENGTH:
            return
        pin = Pin(self._digits.decode("ascii"))
        self._wipe()
        self.say_reading()
        self.pin_entered.emit(pin)

    def _wipe(self) -> None:
        for index in range(len(self._digits)):
            self._digits[index] = 0
        self._digits.clear()
        self._show_dots()

    def _show_dots(self) -> None:
        count = len(self._digits)
        self._dots.setText(" ".join("●" * count + "○" * (_LENGTH - count)))
        self._dots.setAccessibleName(self.tr("4けたのうち{count}けた").format(count=count))
        self._confirm.setEnabled(self._can_enter and count == _LENGTH)

"""The page of 照合番号B: what is printed on the card is typed in, and checked before a try is spent."""

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from kakanai.cardreader.mynumber.collation import CollationNumberB, plausibility
from kakanai.cardreader.mynumber.errors import CollationDoubt
from kakanai.errors import KakanaiError
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.wareki import parse_counter_date
from kakanai.ui.card_drawing import CardDrawing, Drawing
from kakanai.ui.card_page import CardPage, Rung, tries_text
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.entry_row import EntryRow
from kakanai.ui.hand_entry import both_calendars
from kakanai.ui.theme import Theme

_FIELD_WIDTH = 260


@dataclass(frozen=True, repr=False)
class CollationAsk:
    """What the page starts from. `born` is known after a reading by PIN: then the photo alone is wanted."""

    tries: int
    today: dt.date
    expiry_year: int | None = None
    born: dt.date | None = None


class CollationPage(CardPage):
    """Asks for birth date, expiry year and セキュリティコード, and makes 照合番号B of them.

    Signals:
        number_entered(CollationNumberB): the clerk confirmed; the fields stay until the page is left.
        recheck_wanted(): read the tries left again.
    """

    number_entered = Signal(object)
    recheck_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(self.tr("照合番号Bの入力"))
        self._ask = CollationAsk(-1, dt.date.min)
        self._is_reading = False
        self._hint = TextLabel("", wrap=True)
        self.born = EntryRow(theme, self.tr("① 生年月日"), width=_FIELD_WIDTH)
        self.born.line.setPlaceholderText(self.tr("S55.2.17、1980/2/17"))
        self.is_western = QCheckBox(self.tr("外国人住民（生年月日が西暦の印字）"))
        self.expiry = EntryRow(theme, self.tr("② 有効期限の年（西暦4けた）"), width=_FIELD_WIDTH, length=4)
        self.code = EntryRow(
            theme, self.tr("③ セキュリティコード（写真の下の4けた）"), width=_FIELD_WIDTH, length=4
        )
        self.confirm = ActionButton(self.tr("この番号で読む（Enter）"), "primary")
        self.confirm.clicked.connect(self._send)
        self._recheck = ActionButton(self.tr("残り回数を読み直す"))
        self._recheck.clicked.connect(self.recheck_wanted)
        self._fields = QWidget()
        self._lay(theme)
        for row in (self.born, self.expiry, self.code):
            row.changed.connect(self._check)
            row.entered.connect(self._go_on)
        self.is_western.toggled.connect(self._check)

    def _lay(self, theme: Theme) -> None:
        for widget in (
            self._hint, self.tries, self.state, self.born, self.is_western, self.expiry, self.code,
        ):  # fmt: skip
            self.words.addWidget(widget)
        self.words.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignLeft)
        self.words.addWidget(self._recheck, 0, Qt.AlignmentFlag.AlignLeft)
        self.words.addStretch(1)
        self.side.addWidget(CardDrawing(theme, Drawing.COLLATION))
        self.side.addWidget(
            TextLabel(
                self.tr("カードの券面を見て入れます。ここでは個人番号（裏面）は使いません。"),
                "small",
                wrap=True,
            )
        )
        self.side.addStretch(1)
        self.end_with_ladder(theme, (Rung.PIN, Rung.OTHER_CARD, Rung.HAND))

    # --- what is asked ------------------------------------------------------------------

    def ask(self, ask: CollationAsk) -> None:
        """Ask anew with that many tries left; what the chip or an earlier reading told is filled in."""
        self._ask = ask
        self.state.clear()
        born = BirthDate.from_date(ask.born) if ask.born else None
        self.born.begin(f"{ask.born:%Y/%m/%d}" if ask.born else "", both_calendars(born) if born else "")
        self.born.setVisible(born is None)
        self.is_western.setChecked(False)
        self.expiry.begin(
            str(ask.expiry_year) if ask.expiry_year else "",
            self.tr("● カードのチップから") if ask.expiry_year else "",
        )
        self.code.begin()
        if born:
            self.title.setText(self.tr("顔写真を読む　セキュリティコードを入れます"))
            self._hint.setText(
                self.tr("生年月日 {born} は読み取り済みです。").format(born=both_calendars(born))
            )
        else:
            self.title.setText(self.tr("照合番号Bで読む　暗証番号は要りません"))
            self._hint.setText(self.tr("氏名・住所・生年月日・性別と顔写真を読みます。"))
        self._show_tries(ask.tries)

    def _show_tries(self, tries: int) -> None:
        self._is_reading = False
        self.tries.setText(tries_text("", tries))
        self._recheck.setVisible(tries < 0)
        for row in (self.born, self.expiry, self.code):
            row.setEnabled(tries > 0)
        self.is_western.setEnabled(tries > 0)
        self._check()
        if tries == 0:
            self.title.setText(self.tr("照合番号Bがロックされています"))
            self.tell(
                self.tr(
                    "初期化（再設定）は、住民登録のある市区町村の窓口で申請します。"
                    "今日は、暗証番号、別のカード、手入力で進められます。"
                )
            )
            self.rungs[Rung.PIN].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.take_focus()

    def say_wrong(self, tries: int) -> None:
        """The number was wrong; what was typed stays, to be compared with the card once more."""
        self._ask = CollationAsk(tries, self._ask.today, self._ask.expiry_year, self._ask.born)
        self.born.setVisible(True)  # also the birth date may be what does not fit
        self.tell(
            self.tr(
                "× 照合番号Bがちがいます。①②③を券面と見くらべて、直してください。"
                "西暦のカードは、印を付けます。"
            )
        )
        self._show_tries(tries)

    def say_locked(self) -> None:
        """The number is locked now."""
        self._show_tries(0)

    def say_unknown(self, tries: int) -> None:
        """The answer was lost; `tries` as read afterwards, below 0 when that failed too."""
        self._show_tries(tries)
        if tries > 0:
            self.tell(
                self.tr(
                    "▲ 送っている途中で答えが途切れました。送り直していません。残り回数を確かめてください。"
                )
            )
        elif tries < 0:
            self.tell(self.tr("▲ 届いたか分かりません。送り直していません。カードを置き直してください。"))

    def say_implausible(self) -> None:
        """No card can bear the number; nothing was sent."""
        self.tell(self.tr("× 番号として合いません。カードには送っていません。①②③を見直してください。"))
        self._show_tries(self._ask.tries)

    def say_reset(self, tries: int) -> None:
        """Another program reset the card; it was opened anew, and the clerk confirms the number again."""
        self._show_tries(tries)
        self.tell(
            self.tr("▲ 他のソフトがカードをリセットしました。もう一度「この番号で読む」を押してください。")
        )

    def forget(self) -> None:
        """See CardPage."""
        self._ask = CollationAsk(-1, dt.date.min)
        for row in (self.born, self.expiry, self.code):
            row.begin()

    def take_focus(self) -> None:
        """See CardPage."""
        rows = [row for row in (self.born, self.expiry, self.code) if row.isVisibleTo(self)]
        (next((row for row in rows if not row.typed), rows[-1])).take_focus()

    # --- what is typed ------------------------------------------------------------------

    def _born(self) -> dt.date | None:
        try:
            date = parse_counter_date(self.born.typed)
        except KakanaiError:
            return None
        return date.as_date()

    @Slot()
    def _check(self) -> None:
        """Tell beside each field what cannot be on a card; only what can be may be sent."""
        born = self._born()
        year = self.expiry.typed
        expiry = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0
        is_whole = bool(born and expiry and len(self.code.typed) == 4)
        doubts = (
            plausibility(born, expiry_year=expiry, security_code=self.code.typed, today=self._ask.today)
            if born
            else ()
        )
        self._tell_born(born, doubts)
        if year and len(year) == 4 and (not expiry or CollationDoubt.EXPIRY_YEAR in doubts):
            self.expiry.say(self.tr("有効期限の年として合いません"), is_wrong=True)
        elif len(year) < 4 or self._ask.expiry_year != expiry:
            self.expiry.say("")
        code = self.code.typed
        is_code_wrong = not (code.isascii() and code.isdigit()) if code else False
        self.code.say(self.tr("数字4けたです") if is_code_wrong else "", is_wrong=is_code_wrong)
        self.confirm.setEnabled(is_whole and not doubts and self._ask.tries > 0 and not self._is_reading)

    def _tell_born(self, born: dt.date | None, doubts: tuple[CollationDoubt, ...]) -> None:
        if CollationDoubt.BIRTH_IN_FUTURE in doubts:
            self.born.say(self.tr("今日より後の日付です"), is_wrong=True)
        elif CollationDoubt.BIRTH_TOO_EARLY in doubts:
            self.born.say(self.tr("130年より前の日付です"), is_wrong=True)
        elif born:
            self.born.say(f"= {both_calendars(BirthDate.from_date(born))}")
        elif self.born.typed and not self.born.line.hasFocus():
            self.born.say(self.tr("日付として読めません。S55.2.17 のように入れます"), is_wrong=True)
        else:
            self.born.say("")

    @Slot()
    def _go_on(self) -> None:
        rows = [row for row in (self.born, self.expiry, self.code) if row.isVisibleTo(self)]
        here = next((number for number, row in enumerate(rows) if row.line.hasFocus()), len(rows) - 1)
        empty = next((row for row in [*rows[here + 1 :], *rows] if not row.typed), None)
        if self.confirm.isEnabled():
            self._send()
        elif empty is not None:
            empty.take_focus()
        self._check()

    @Slot()
    def _send(self) -> None:
        born = self._born()
        if not self.confirm.isEnabled() or born is None:
            return
        try:
            number = CollationNumberB.compose(
                born,
                era_year=not self.is_western.isChecked(),
                expiry_year=int(self.expiry.typed),
                security_code=self.code.typed,
            )
        except KakanaiError:
            self.code.say(self.tr("番号として合いません"), is_wrong=True)
            return
        self._is_reading = True
        self._check()
        self.tell(self.tr("● 読み取っています。カードを動かさないでください。"), "strong")
        self.number_entered.emit(number)

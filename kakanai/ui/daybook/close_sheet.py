"""日締め: what a close would cover, the boxes to sign, and the supervisor's password at the moment itself."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kakanai.daybook.case_words import clock, day_words
from kakanai.errors import KakanaiError
from kakanai.messages import message_for
from kakanai.sessionlog.chain import time_of
from kakanai.sessionlog.entry import JST
from kakanai.sessionlog.office_key import Wrapping
from kakanai.sessionlog.seals import DayClose
from kakanai.staff.act import Act
from kakanai.staff.errors import PasswordRuleError
from kakanai.staff.password import Password
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.daybook.open_book import CloseSight
from kakanai.ui.entry_row import EntryRow
from kakanai.ui.theme import Theme

_WIDTH: Final = 280
_TOLD_DAYS: Final = 6
_KEPT: Final = {
    Wrapping.KEYRING: "パソコンの鍵束（キーリング）で守られています",
    Wrapping.PASSPHRASE: "合言葉で守られています",
    Wrapping.FILE: "この利用者だけが読めるファイルにあります",
}


class SignBoxes(QWidget):
    """The boxes to sign: those of the paper 日報, and the signature of the close itself."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QHBoxLayout(self)
        self._line.setSpacing(theme.px("space.large"))
        self._theme = theme
        self.labels: list[TextLabel] = []

    def show_boxes(self, titles: Sequence[str], close: DayClose | None, *, is_genuine: bool) -> None:
        """Show a box for each title, and one for the close."""
        while self._line.count():
            item = self._line.takeAt(0)
            label = item.widget() if item else None
            if label is not None:
                label.hide()
                label.deleteLater()
        if close is None:
            told = self.tr("電子の締め\n○ まだ")
        else:
            at = time_of(close.at).astimezone(JST)
            sign = self.tr("✓ 署名は鍵と合っています") if is_genuine else self.tr("× 署名が鍵と合いません")
            signed = self.tr("電子の締め\n■ 締め済 {at:%Y-%m-%d} {clock}　職員 {staff}\n{sign}（鍵 {key}）")
            told = signed.format(at=at, clock=clock(at), staff=close.staff, sign=sign, key=close.key_id)
        words = [self.tr("{title}\n紙の日報に押印").format(title=title) for title in titles]
        self.labels = [TextLabel(one, "verdict", exact=True) for one in (*words, told)]
        for label in self.labels:
            self._line.addWidget(label)
        self._line.addStretch(1)
        self.setAccessibleName("、".join(one.replace("\n", " ") for one in (*words, told)))


class CloseSheet(QWidget):
    """Closes the day that is chosen.

    Signals:
        close_wanted(staff number, Password or None, passphrase or None): the supervisor signs.
        key_wanted(): make the office's key.
    """

    close_wanted = Signal(str, object, object)
    key_wanted = Signal()

    def __init__(self, theme: Theme, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = titles
        self._sight: CloseSight | None = None
        self._may: Collection[Act] = frozenset()
        self._unreviewed = 0
        self.what = TextLabel("", "strong", wrap=True)
        self.boxes = SignBoxes(theme)
        self.number = EntryRow(theme, self.tr("責任者の職員番号"), width=_WIDTH, length=16)
        self.password = EntryRow(theme, self.tr("責任者のパスワード"), width=_WIDTH, length=128)
        self.passphrase = EntryRow(theme, self.tr("日締めの鍵の合言葉"), width=_WIDTH, length=256)
        for secret in (self.password, self.passphrase):
            secret.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.number.entered.connect(self.password.take_focus)
        self.password.entered.connect(self._go_on)
        self.passphrase.entered.connect(self._sign)
        self.button = ActionButton(self.tr("この日を締める"), "primary")
        self.button.clicked.connect(self._sign)
        self.key_button = ActionButton(self.tr("日締めの鍵を作る"))
        self.key_button.clicked.connect(self.key_wanted)
        self.state = TextLabel("", wrap=True)
        self.state.setAccessibleName(self.tr("日締めの状態"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.small"))
        fields = QHBoxLayout()
        fields.setSpacing(theme.px("space.medium"))
        for row in (self.number, self.password, self.passphrase):
            fields.addWidget(row)
        fields.addStretch(1)
        column.addWidget(self.what)
        column.addWidget(self.boxes)
        column.addLayout(fields)
        for widget in (self.button, self.key_button):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.state)
        column.addStretch(1)
        for part in (self.number, self.password, self.passphrase, self.button, self.key_button):
            part.hide()  # until it is known how the close stands

    def use(self, may: Collection[Act], titles: Sequence[str], unreviewed: int) -> None:
        """Offer what whoever is signed in may do; the boxes are the town's, the count is told before."""
        self._may, self._titles, self._unreviewed = may, titles, unreviewed

    def show_sight(self, sight: CloseSight) -> None:
        """Say how the close of the day stands."""
        self._sight = sight
        self.boxes.show_boxes(self._titles, sight.close, is_genuine=sight.is_genuine)
        self.what.setText("\n".join(self._told(sight)))
        may_close = Act.CLOSE_DAY in self._may
        has_key = sight.wrapped_by is not None
        can_close = may_close and has_key and sight.span is not None
        self.number.begin(sight.number if may_close else "")
        self.password.begin()
        self.passphrase.begin()
        self.number.setVisible(can_close and not sight.is_open)
        self.password.setVisible(can_close and not sight.is_open)
        self.passphrase.setVisible(can_close and sight.wrapped_by is Wrapping.PASSPHRASE)
        self.button.setVisible(can_close)
        self.button.setText(self.tr("{day} を締める").format(day=day_words(sight.day)))
        self.button.setAccessibleName(self.button.text())
        self.key_button.setVisible(not has_key and Act.MANAGE_OFFICE_KEY in self._may)
        self.state.setText("")

    def _told(self, sight: CloseSight) -> list[str]:
        told = []
        if sight.close is not None:
            words = self.tr("■ 締め済: 操作ログ {first:,}〜{last:,} 番（{entries:,} 件）、先頭 {head}")
            close = sight.close
            head = " ".join(close.head[at : at + 4] for at in range(0, 16, 4))
            told.append(
                words.format(first=close.first_seq, last=close.last_seq, entries=close.entries, head=head)
            )
            if close.day != sight.day:
                told.append(self.tr("▲ {day} の締めに含まれています。").format(day=day_words(close.day)))
            if sight.late:
                told.append(self.tr("前の日の記録 {late:,} 件を含みます。").format(late=sight.late))
        elif sight.span is None:
            told.append(self.tr("○ 締める記録がありません。"))
        else:
            words = self.tr(
                "○ まだ締めていません: 操作ログ {first:,}〜{last:,} 番（{entries:,} 件）に署名します。"
            )
            span = sight.span
            told.append(words.format(first=span.first_seq, last=span.last_seq, entries=span.entries))
            if self._unreviewed:
                count = self._unreviewed
                told.append(self.tr("▲ 未確認の受付が {count:,} 件あります。").format(count=count))
            if sight.unclosed:
                told.append(self._earlier(sight.unclosed))
        if sight.wrapped_by is None:
            told.append(self.tr("× このパソコンに日締めの鍵がありません。管理者が作ります（L-036）。"))
        else:
            told.append(self.tr("日締めの鍵は、{kept}。").format(kept=_KEPT[sight.wrapped_by]))
        if sight.close is None and Act.CLOSE_DAY not in self._may:
            told.append(self.tr("日締めは、責任者だけができます（A-005）。"))
        elif sight.close is None and sight.is_open:
            told.append(self.tr("▲ 職員が未登録です。パスワードなしで締め、操作ログに未登録と残ります。"))
        return told

    def _earlier(self, days: Sequence[dt.date]) -> str:
        told = "、".join(f"{day.month}月{day.day}日" for day in days[:_TOLD_DAYS])
        more = (
            "" if len(days) <= _TOLD_DAYS else self.tr(" ほか{count}日").format(count=len(days) - _TOLD_DAYS)
        )
        words = self.tr("▲ 締めていない前の日（{days}{more}）も、この締めに含まれます。")
        return words.format(days=told, more=more)

    @Slot()
    def _go_on(self) -> None:
        if self.passphrase.isHidden():
            self._sign()
        else:
            self.passphrase.take_focus()

    @Slot()
    def _sign(self) -> None:
        if self._sight is None or self.button.isHidden():
            return
        password = passphrase = None
        try:
            if not self._sight.is_open:
                password = Password(self.password.line.text())
            if not self.passphrase.isHidden():
                passphrase = Password(self.passphrase.line.text())
        except PasswordRuleError as error:
            self.refuse(error)
            return
        self.password.begin()
        self.passphrase.begin()
        self.button.setEnabled(False)
        self.state.setText(self.tr("… 確かめて、署名しています"))
        self.close_wanted.emit(self.number.typed, password, passphrase)

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget what was typed."""
        self.password.begin()
        self.passphrase.begin()
        super().hideEvent(event)

    def tell_closed(self, close: DayClose) -> None:
        """Say that the day is closed."""
        self.button.setEnabled(True)
        words = self.tr("✓ {day} を締めました。日報を印刷して、紙でも残してください（P）。")
        self.state.setText(words.format(day=day_words(close.day)))

    def refuse(self, error: KakanaiError) -> None:
        """Say why it was not done."""
        self.button.setEnabled(True)
        self.password.begin()
        message = message_for(error)
        self.state.setText(f"× {message.what}\n{message.next_step}（{error.code}）")
        self.take_focus()

    def take_focus(self) -> bool:
        """Put the focus on what is to be done; False when there is nothing."""
        for widget in (self.password.line, self.passphrase.line, self.button, self.key_button):
            if widget.isVisible():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

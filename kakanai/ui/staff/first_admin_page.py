"""The first administrator 管理者 is registered; from then on everybody signs in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kakanai.ui.controls import ActionButton
from kakanai.ui.entry_row import EntryRow
from kakanai.ui.staff.door_page import DoorPage
from kakanai.ui.staff.secret_row import SecretRow, typed_twice
from kakanai.ui.theme import Theme


class FirstAdminPage(DoorPage):
    """Asks for a number and a password, twice.

    Signals:
        wanted(number, Password): register this administrator.
        left(): not now.
    """

    wanted = Signal(str, object)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.entitle(self.tr("最初の管理者の登録"), self.tr("管理者を登録する（Enter）"))
        self.words.setText(
            self.tr(
                "いまは未登録で、だれでもサインインせずに使えます。"
                "登録すると、これからは全員が職員番号とパスワードでサインインします。"
                "管理者は職員と町の設定を受け持ち、受付はしません。受付をする職員は、このあと登録します。"
            )
        )
        self.number = EntryRow(theme, self.tr("管理者の職員番号"), length=16)
        self.new = SecretRow(theme, self.tr("パスワード（10文字以上）"))
        self.again = SecretRow(theme, self.tr("パスワード（もう一度）"))
        for name, row in (("number", self.number), ("new", self.new), ("again", self.again)):
            self.add_row(name, row)
        back = ActionButton(self.tr("登録せずに戻る（Esc）"))
        back.clicked.connect(self.left)
        self.finish(back)

    def _send(self) -> None:
        self.wanted.emit(self.number.typed, typed_twice(self.new, self.again))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape and not self._is_busy:
            self.left.emit()
        super().keyPressEvent(event)

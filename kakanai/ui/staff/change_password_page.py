"""Another password for who is signed in: because they want it, or because theirs was given by somebody."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kakanai.staff.password import Password
from kakanai.ui.controls import ActionButton
from kakanai.ui.staff.door_page import DoorPage
from kakanai.ui.staff.secret_row import SecretRow, typed_twice
from kakanai.ui.theme import Theme


class ChangePasswordPage(DoorPage):
    """Asks for the new password twice, and for the present one unless it was typed a moment ago.

    Signals:
        wanted(present Password, new Password): change it.
        left(): not now; who has to change it is signed out then.
    """

    wanted = Signal(object, object)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._given: Password | None = None
        self.old = SecretRow(theme, self.tr("いまのパスワード"))
        self.new = SecretRow(theme, self.tr("新しいパスワード（10文字以上）"))
        self.again = SecretRow(theme, self.tr("新しいパスワード（もう一度）"))
        for name, row in (("old", self.old), ("new", self.new), ("again", self.again)):
            self.add_row(name, row)
        self.back = ActionButton("")
        self.back.clicked.connect(self.leave)
        self.finish(self.back)
        self.ask()

    @property
    def is_due(self) -> bool:
        """Whether the password has to be changed before anything else."""
        return self._given is not None

    def ask(self, given: Password | None = None) -> None:
        """Ask anew; `given` is the present password, where it has to be changed."""
        self.begin()
        self._given = given
        self.old.setVisible(given is None)
        go = self.tr("パスワードを変える（Enter）")
        if given is not None:
            self.entitle(self.tr("はじめに、パスワードを変えてください"), go)
            self.words.setText(
                self.tr("いまのパスワードは管理者が決めたものです。本人だけが知るものに変えると、使えます。")
            )
            self.back.setText(self.tr("変えずにサインアウトする（Esc）"))
        else:
            self.entitle(self.tr("自分のパスワードを変える"), go)
            self.words.setText(self.tr("10文字以上で、職員番号やよくある言葉は使えません。"))
            self.back.setText(self.tr("変えずに戻る（Esc）"))
        self.back.setAccessibleName(self.back.text())

    def forget(self) -> None:
        """Keep no password."""
        self._given = None
        self.begin()

    def take_focus(self) -> None:
        """Put the focus on the first line that is asked for."""
        shown = [row for row in self.rows.values() if not row.isHidden()]
        next((row for row in shown if not row.typed), shown[0]).take_focus()

    def _send(self) -> None:
        old = self._given or self.old.password()
        self.wanted.emit(old, typed_twice(self.new, self.again))

    @Slot()
    def leave(self) -> None:
        """Not now."""
        if not self._is_busy:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        super().keyPressEvent(event)

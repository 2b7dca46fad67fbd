"""Before settings can be changed: the password of who is signed in; a number while nobody is registered."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from kakanai.counter.town_keeper import TownKeeper
from kakanai.errors import KakanaiError
from kakanai.staff.password import LONGEST, Password
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.staff.secret_row import SECRET_HINTS
from kakanai.ui.staff.staff_work import StaffWork
from kakanai.ui.theme import Theme

_LONGEST_NUMBER = 16


class TownUnlock(QWidget):
    """One line and a button; Enter in the line presses it.

    Signals:
        unlocked(staff number): who may change the settings now.
        refused(KakanaiError): why not; the password is gone.
    """

    unlocked = Signal(str)
    refused = Signal(object)

    def __init__(self, theme: Theme, keeper: TownKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._work: StaffWork | None = None
        self._is_guarded = False
        self._name = TextLabel()
        self.line = QLineEdit()
        self.line.setFixedWidth(150)
        self.line.returnPressed.connect(self._send)
        self._name.setBuddy(self.line)
        self.button = ActionButton(self.tr("設定を変える"))
        self.button.clicked.connect(self._send)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px("space.small"))
        for widget in (self._name, self.line, self.button):
            line.addWidget(widget)
        self._ask_number()

    def join(self, work: StaffWork) -> None:
        """Where passwords are checked."""
        self._work = work

    def begin(self) -> KakanaiError | None:
        """Ask anew, as is right for who is here; why nobody who is here may change anything."""
        self.line.clear()
        try:
            editor = self._keeper.editor()
        except KakanaiError as error:
            self._ask_password("")
            self.setEnabled(False)
            return error
        if editor is None:
            self._ask_number()
        else:
            self._ask_password(editor)
        self.setEnabled(True)
        return None

    @property
    def asks_password(self) -> bool:
        """Whether it is a password that is asked for."""
        return self._is_guarded

    def _ask_number(self) -> None:
        self._is_guarded = False
        self._name.setText(self.tr("管理者の職員番号(&K)"))
        self.line.setAccessibleName(self.tr("管理者の職員番号"))
        self.line.setEchoMode(QLineEdit.EchoMode.Normal)
        self.line.setMaxLength(_LONGEST_NUMBER)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)

    def _ask_password(self, editor: str) -> None:
        self._is_guarded = True
        self._name.setText(self.tr("{number} のパスワード(&K)").format(number=editor).strip())
        self.line.setAccessibleName(self.tr("管理者のパスワード"))
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(LONGEST + 1)  # what is too long is told, not cut
        self.line.setInputMethodHints(SECRET_HINTS)

    @Slot()
    def _send(self) -> None:
        if not self.line.text():
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            if not self._is_guarded:
                number = self.line.text().strip()
                self._keeper.require_administrator(number)
                self.unlocked.emit(number)
                return
            password = Password(self.line.text())
        except KakanaiError as error:
            self._refuse(error)
            return
        self._check(lambda: self._keeper.confirm(password))

    def _check(self, act: Callable[[], str]) -> None:
        if self._work is not None and self._work.do(act, self._take, self._refuse):
            self.setEnabled(False)

    def _take(self, number: object) -> None:
        self.line.clear()
        self.unlocked.emit(str(number))

    def _refuse(self, error: KakanaiError) -> None:
        self.setEnabled(True)
        if self._is_guarded:
            self.line.clear()
        else:
            self.line.selectAll()
        self.refused.emit(error)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

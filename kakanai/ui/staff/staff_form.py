"""Beside the list of staff: a number, its role, a password to begin with, and what to do with them."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kakanai.errors import KakanaiError
from kakanai.messages import message_for
from kakanai.staff.password import Password
from kakanai.staff.register import StaffMember
from kakanai.staff.role import Role
from kakanai.ui.controls import ActionButton, ChoiceBox, FlowLayout, Hairline, TextLabel, set_property
from kakanai.ui.entry_row import EntryRow
from kakanai.ui.staff.door_page import ROWS_OF
from kakanai.ui.staff.secret_row import SecretRow, typed_twice
from kakanai.ui.theme import Theme


class StaffForm(QWidget):
    """Takes what an administrator wants of one number; a second press is asked for before it is disabled.

    Signals:
        addition_wanted(number, Role, Password), reset_wanted(number, Password), role_wanted(number, Role),
        disabling_wanted(number): do this.
    """

    addition_wanted = Signal(str, object, object)
    reset_wanted = Signal(str, object)
    role_wanted = Signal(str, object)
    disabling_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doomed = ""
        self.number = EntryRow(theme, self.tr("職員番号"), length=16)
        self.role = ChoiceBox()
        self.role.setAccessibleName(self.tr("役割"))
        for role in Role:
            self.role.addItem(role.label, role)
        self.new = SecretRow(theme, self.tr("仮のパスワード（10文字以上）"))
        self.again = SecretRow(theme, self.tr("仮のパスワード（もう一度）"))
        self.rows = {"number": self.number, "new": self.new, "again": self.again}
        self.state = TextLabel("", wrap=True)
        self.add = ActionButton(self.tr("職員を足す"), "primary")
        self.change_role = ActionButton(self.tr("役割を変える"))
        self.reset = ActionButton(self.tr("パスワードを付け直す"))
        self.disable = ActionButton(self.tr("使えなくする"))
        self.add.clicked.connect(self._add)
        self.change_role.clicked.connect(self._change_role)
        self.reset.clicked.connect(self._reset)
        self.disable.clicked.connect(self._disable)
        self._lay(theme)
        self.number.changed.connect(self._take_number)
        self.number.entered.connect(self.role.setFocus)
        self.new.entered.connect(self.again.take_focus)
        self.again.entered.connect(self._focus_first_action)
        self.show_member(None)

    def _lay(self, theme: Theme) -> None:
        role_name = TextLabel(self.tr("役割"), "strong")
        role_name.setBuddy(self.role)
        for row in self.rows.values():
            row.note.setWordWrap(True)
        first, second = FlowLayout(theme.px("space.small")), FlowLayout(theme.px("space.small"))
        for button in (self.add, self.reset):
            first.addWidget(button)
        for button in (self.change_role, self.disable):
            second.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.small"))
        column.addWidget(self.number)
        column.addWidget(role_name)
        column.addWidget(self.role)
        column.addLayout(second)
        column.addWidget(Hairline())
        column.addWidget(self.new)
        column.addWidget(self.again)
        column.addLayout(first)
        column.addWidget(self.state)
        column.addStretch(1)

    # --- what is shown ------------------------------------------------------------------

    def begin(self) -> None:
        """Start anew, with nothing typed."""
        for row in self.rows.values():
            row.begin()
        self._doomed = ""
        self.tell("")

    def show_member(self, member: StaffMember | None) -> None:
        """Offer what can be done with this number; None: it is a new one."""
        self._doomed = ""
        if member is not None:
            self.role.setCurrentIndex(list(Role).index(member.role))
        self.add.setEnabled(member is None)
        self.reset.setEnabled(member is not None)
        for button in (self.change_role, self.disable):
            button.setEnabled(member is not None and member.is_active)

    def tell(self, words: str, role: str = "") -> None:
        """Say what came of it."""
        set_property(self.state, "role", role)
        self.state.setText(words)

    def be_busy(self, *, is_busy: bool) -> None:
        """Nothing can be typed while it is done."""
        self.setEnabled(not is_busy)
        if is_busy:
            self.tell(self.tr("◆ 登録しています"), "small")

    def take_done(self, words: str) -> None:
        """It was done."""
        self.be_busy(is_busy=False)
        self.begin()
        self.tell(f"✓ {words}", "ok")

    def refuse(self, error: KakanaiError) -> None:
        """Say why not, beside the line that it is about."""
        self.be_busy(is_busy=False)
        self._doomed = ""
        for row in (self.new, self.again):
            row.begin()
        message = message_for(error)
        name = next((name for name in ROWS_OF.get(error.code, ()) if name in self.rows), "")
        if name:
            self.rows[name].say(f"{message.what}（{error.code}）", is_wrong=True)
            self.rows[name].take_focus()
            self.tell(message.next_step, "alarm")
        else:
            self.tell(f"× {message.what}（{error.code}）{message.next_step}", "alarm")

    # --- what is wanted -----------------------------------------------------------------

    @property
    def _chosen_role(self) -> Role:
        return list(Role)[self.role.currentIndex()]

    @Slot()
    def _take_number(self) -> None:
        self.number.say("")
        self._doomed = ""

    def _is_missing(self, *rows: EntryRow) -> bool:
        for row in rows:
            if not row.typed:
                row.say(self.tr("入力してください。"), is_wrong=True)
                row.take_focus()
                return True
        return False

    def _new_password(self) -> Password | None:
        """Typed twice for the number in the form; None when it is not, which the form then tells."""
        if self._is_missing(self.number, self.new, self.again):
            return None
        try:
            return typed_twice(self.new, self.again)
        except KakanaiError as error:
            self.refuse(error)
            return None

    @Slot()
    def _add(self) -> None:
        new = self._new_password()
        if new is None:
            return
        self.addition_wanted.emit(self.number.typed, self._chosen_role, new)

    @Slot()
    def _reset(self) -> None:
        new = self._new_password()
        if new is None:
            return
        self.reset_wanted.emit(self.number.typed, new)

    @Slot()
    def _change_role(self) -> None:
        if not self._is_missing(self.number):
            self.role_wanted.emit(self.number.typed, self._chosen_role)

    @Slot()
    def _disable(self) -> None:
        if self._is_missing(self.number):
            return
        if self._doomed != self.number.typed:
            self._doomed = self.number.typed
            words = self.tr("▲ 職員 {number} を使えなくします。よければ、もう一度押します。")
            self.tell(words.format(number=self._doomed), "alarm")
            return
        self.disabling_wanted.emit(self.number.typed)

    @Slot()
    def _focus_first_action(self) -> None:
        (self.add if self.add.isEnabled() else self.reset).setFocus()

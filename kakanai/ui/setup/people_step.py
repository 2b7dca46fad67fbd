"""管理者: the first member of the staff, who registers all others; or nobody for now."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from kakanai.setup.first_run import require_number
from kakanai.staff.errors import PasswordsDifferError
from kakanai.ui.entry_row import EntryRow
from kakanai.ui.setup.setup_step import SetupStep
from kakanai.ui.staff.secret_row import SecretRow, typed_twice
from kakanai.ui.theme import Theme


class AdministratorStep(SetupStep):
    """Number and password, typed twice."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            self.tr("管理者"),
            self.tr("最初の管理者"),
            self.tr(
                "管理者は職員と町の設定を受け持ち、受付はしません。登録すると、これからは全員がサインインして使います。"
                "受付をする職員は、このあと管理者が登録します（Shift+F7）。"
            ),
        )
        self.later = QCheckBox(self.tr("あとで登録する（それまでは、だれでもサインインせずに使えます）"))
        self.number = EntryRow(theme, self.tr("管理者の職員番号（英数字 16字まで）"), length=16)
        self.new = SecretRow(theme, self.tr("パスワード（10文字以上）"))
        self.again = SecretRow(theme, self.tr("パスワード（もう一度）"))
        for widget in (self.number, self.new, self.again, self.later):
            self.column.addWidget(widget)
        self.later.toggled.connect(self._follow)
        self.finish()

    @Slot()
    def _follow(self) -> None:
        for row in (self.number, self.new, self.again):
            row.setEnabled(not self.later.isChecked())

    def told(self) -> dict[str, Any]:
        """See SetupStep."""
        if self.later.isChecked():
            return {"administrator": "", "password": None}
        for row in (self.number, self.new, self.again):
            row.say("")
            if not row.typed:
                row.say(self.tr("入力してください。"), is_wrong=True)
        try:
            password = typed_twice(self.new, self.again)
        except PasswordsDifferError:
            self.again.begin()
            raise
        return {"administrator": require_number(self.number.typed, password), "password": password}

    def forget(self) -> None:
        """No password is kept once it was used."""
        self.new.begin()
        self.again.begin()

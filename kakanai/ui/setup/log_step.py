"""操作ログ: a file on this PC, or the hall's PostgreSQL server; tried before it is taken."""

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QRadioButton

from kakanai.errors import KakanaiError
from kakanai.settings.errors import TownChangeValueError
from kakanai.setup.first_run import check
from kakanai.ui.controls import ActionButton
from kakanai.ui.entry_row import EntryRow
from kakanai.ui.setup.setup_desk import SetupDesk
from kakanai.ui.setup.setup_step import SetupStep
from kakanai.ui.staff.secret_row import SecretRow
from kakanai.ui.theme import Theme


class LogStep(SetupStep):
    """Where the session log is kept.

    Signals:
        trial_wanted(): open the log that is chosen, to see whether it can be.
    """

    trial_wanted = Signal()

    def __init__(self, theme: Theme, desk: SetupDesk) -> None:
        super().__init__(
            theme,
            self.tr("記録"),
            self.tr("操作ログの置き場所"),
            self.tr(
                "窓口が1つなら、この PC のファイルで足ります。窓口が2つ以上で1つの記録にするときは、"
                "庁内の PostgreSQL サーバーを使います。パスワードを聞くサーバーでは下に入れます。"
                "保存のときに、この PC の利用者の鍵束に入ります。町の設定のファイルには入りません。"
            ),
        )
        self.file = QRadioButton(self.tr("この PC のファイル（SQLite）"))
        self.server = QRadioButton(self.tr("庁内のサーバー（PostgreSQL）"))
        both = QButtonGroup(self)
        both.addButton(self.file)
        both.addButton(self.server)
        self.address = EntryRow(theme, self.tr("サーバーの場所"))
        self.address.line.setPlaceholderText("postgresql://サーバー名/データベース名?user=利用者名")
        self.password = SecretRow(theme, self.tr("サーバーのパスワード（聞かれないサーバーでは空のまま）"))
        self.trial = ActionButton(self.tr("つながるか試す"))
        self.trial.clicked.connect(self.trial_wanted)
        line = QHBoxLayout()
        line.addWidget(self.trial)
        line.addStretch(1)
        for widget in (self.file, self.server, self.address, self.password):
            self.column.addWidget(widget)
        self.column.addLayout(line)
        self.server.toggled.connect(self._follow)
        (self.server if desk.database else self.file).setChecked(True)
        self.address.begin(desk.database)
        self._follow()
        self.finish()

    @Slot()
    def _follow(self) -> None:
        is_server = self.server.isChecked()
        self.address.setEnabled(is_server)
        self.password.setEnabled(is_server)
        self.trial.setEnabled(is_server)
        self.tell("")

    def told(self) -> dict[str, Any]:
        """See SetupStep."""
        database = self.address.typed if self.server.isChecked() else ""
        self.address.say("")
        if self.server.isChecked() and not database:
            # An empty address is a sound setting, and means the file: not what was chosen.
            self.address.say(self.tr("入力してください。"), is_wrong=True)
            self.address.take_focus()
            expected = self.tr("postgresql:// で始まるサーバーの場所")
            raise TownChangeValueError(key="log.database", expected=expected)
        check("log.database", database)
        is_needed = bool(database and self.password.typed)
        secret = self.password.password().encoded().decode() if is_needed else ""
        return {"database": database, "server_password": secret}

    def forget(self) -> None:
        """No password is kept once it was used."""
        self.password.begin()

    def begin_trial(self) -> None:
        """Say that it is tried, before the window waits for the server."""
        self.tell(self.tr("◆ 確かめています"), "small")
        QApplication.processEvents()

    def end_trial(self, place: str, error: KakanaiError | None) -> None:
        """Say what came of it."""
        if error is not None:
            self.refuse(error)
        else:
            self.tell(self.tr("✓ つながりました（{place}）").format(place=place), "ok")

"""The first step: set up from the beginning, or take over the file that another PC wrote."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from kakanai.errors import KakanaiError
from kakanai.messages import message_for
from kakanai.sessionlog.errors import LogAccessRefusedError
from kakanai.ui.controls import ActionButton, Hairline, TextLabel
from kakanai.ui.entry_row import EntryRow
from kakanai.ui.setup.setup_step import SetupStep
from kakanai.ui.staff.secret_row import SecretRow
from kakanai.ui.theme import Theme


class ArriveStep(SetupStep):
    """Going on means from the beginning.

    Signals:
        import_wanted(file, passphrase, password of the log's server or ""): take over this file.
    """

    import_wanted = Signal(str, str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            self.tr("はじめに"),
            self.tr("書かない窓口を使い始めます"),
            self.tr(
                "町の名前から順に、7つの画面で決めます。どれもあとで変えられます。"
                "最後に「保存する」を押すまで、何も変わりません。"
            ),
        )
        self.column.addWidget(Hairline())
        self.column.addWidget(TextLabel(self.tr("ほかの PC で書き出したファイルがあるとき"), "group"))
        self.file = EntryRow(theme, self.tr("初期設定のファイルの場所"))
        self.file.line.setPlaceholderText(self.tr("例: E:\\kakanai-setup.kks　/media/usb/kakanai-setup.kks"))
        self.file.entered.connect(self._go_to_passphrase)
        self.passphrase = SecretRow(theme, self.tr("書き出したときの合言葉"))
        self.server = SecretRow(theme, self.tr("操作ログのサーバーのパスワード（鍵束に入ります）"))
        self.server.hide()
        self.server.entered.connect(self._take)
        self.take = ActionButton(self.tr("読み込む"))
        self.take.clicked.connect(self._take)
        self.passphrase.entered.connect(self._take)
        self.column.addWidget(self.file)
        self.column.addWidget(self.passphrase)
        self.column.addWidget(self.server)
        buttons = QHBoxLayout()
        buttons.addWidget(self.take)
        buttons.addStretch(1)
        self.column.addLayout(buttons)
        self.finish()

    @Slot()
    def _go_to_passphrase(self) -> None:
        self.passphrase.take_focus()

    @Slot()
    def _take(self) -> None:
        for row in (self.file, self.passphrase):
            row.say("")
            if not row.typed:
                row.say(self.tr("入力してください。"), is_wrong=True)
                row.take_focus()
                return
        self.import_wanted.emit(self.file.line.text(), self.passphrase.typed, self.server.typed)

    def refuse(self, error: KakanaiError) -> None:
        """Say why not; where the server of the imported settings asks for a password, ask for it here."""
        super().refuse(error)
        if isinstance(error, LogAccessRefusedError):
            words = self.tr("× {what}（{code}）サーバーのパスワードを入れて、もう一度読み込みます。")
            self.tell(words.format(what=message_for(error).what, code=error.code))
            self.server.show()
            self.server.begin()
            self.server.take_focus()

    def forget(self) -> None:
        """No secret is kept once it was used."""
        self.passphrase.begin()
        self.server.begin()

    def show_arrived(self, town: str, counter: str, files: int) -> None:
        """The settings stand; at which counter this PC stands now is not asked here, so it is said."""
        self.forget()
        words = self.tr(
            "✓ {town}の初期設定を読み込みました（様式などのファイル {files} 件）。"
            "この PC は「{counter}」です。違うときは「町の設定」（Shift+F12）の「窓口」で変えます。"
        )
        self.tell(words.format(town=town, counter=counter, files=files), "ok")

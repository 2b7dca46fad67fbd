"""The last step: what will be set, saved by one press; then the file for the next PC."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kakanai.setup.setup_file import LEAST_LETTERS
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.entry_row import EntryRow
from kakanai.ui.setup.setup_step import SetupStep
from kakanai.ui.staff.secret_row import SecretRow, typed_twice
from kakanai.ui.theme import Theme

SUGGESTED_FILE: Final = "kakanai-setup.kks"


class FinishStep(SetupStep):
    """The summary, and after saving the export.

    Signals:
        export_wanted(): write the file for the next PC.
    """

    export_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            self.tr("確かめる"),
            self.tr("確かめて保存"),
            self.tr(
                "この内容でよければ「保存する」を押します。あとから「町の設定」（Shift+F12）で変えられます。"
            ),
        )
        self.summary = TextLabel("", wrap=True)
        self.column.addWidget(self.summary)
        self.carry = QWidget()
        fields = QVBoxLayout(self.carry)
        fields.setContentsMargins(0, 0, 0, 0)
        self.file = EntryRow(theme, self.tr("書き出すファイルの場所（まだないもの）"))
        self.file.begin(str(Path.home() / SUGGESTED_FILE))
        label = self.tr("ほかの PC に運ぶファイルの合言葉（{least}文字以上）").format(least=LEAST_LETTERS)
        self.passphrase = SecretRow(theme, label)
        self.again = SecretRow(theme, self.tr("合言葉（もう一度）"))
        self.export = ActionButton(self.tr("ファイルに書き出す"))
        self.export.clicked.connect(self.export_wanted)
        line = QHBoxLayout()
        line.addWidget(self.export)
        line.addStretch(1)
        fields.addWidget(self.file)
        fields.addWidget(self.passphrase)
        fields.addWidget(self.again)
        fields.addLayout(line)
        self.column.addWidget(self.carry)
        self.carry.hide()
        self.finish()

    def show_answers(self, told: Mapping[str, Any]) -> None:
        """What will be set; no password."""
        counters = "、".join(told.get("counters", {}))
        printers = "、".join(
            f"{p}: {n or self.tr('フォルダー')}" for p, n in told.get("printers", {}).items()
        )
        lines = (
            (self.tr("町"), f"{told['prefecture']}　{told['name']}　{told['code']}"),
            (self.tr("長の職名"), told["mayor_title"]),
            (self.tr("窓口"), self.tr("{all}（この PC は {own}）").format(all=counters, own=told["counter"])),
            (self.tr("操作ログ"), told["database"] or self.tr("この PC のファイル")),
            (self.tr("管理者"), told["administrator"] or self.tr("あとで登録する")),
            (self.tr("プリンター"), printers),
        )
        self.summary.setText("\n".join(f"{name}　{value}" for name, value in lines))

    def show_saved(self) -> None:
        """The settings stand; the file for the next PC can be written."""
        self.tell(self.tr("✓ 保存しました。"), "ok")
        self.carry.show()

    def typed_passphrase(self) -> str:
        """The passphrase that was typed the same both times.

        Raises:
            PasswordRuleError: it is no line of text.
            PasswordsDifferError: the second differs.
        """
        return typed_twice(self.passphrase, self.again).encoded().decode()

    def show_exported(self, file: str, files: int) -> None:
        """The file lies there; its passphrase is forgotten here."""
        self.passphrase.begin()
        self.again.begin()
        words = self.tr("✓ {file} に書き出しました（様式などのファイル {files} 件）。合言葉は別に渡します。")
        self.tell(words.format(file=file, files=files), "ok")

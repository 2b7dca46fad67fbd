"""印刷・書き出し: the 日報 on paper or as a PDF, the cases as CSV or JSON; each is logged with its digest."""

import datetime as dt
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from kakanai.daybook.exports import ExportFormat, Written
from kakanai.printing.print_job import PrintedDocument
from kakanai.ui.controls import ActionButton, ChoiceBox, TextLabel
from kakanai.ui.daybook.reading_text import ReadingText
from kakanai.ui.theme import Theme

_MOST_TOLD: Final = 200
_FORMATS: Final = {
    ExportFormat.CSV: ("CSV（UTF-8・BOM 付き）", ".csv"),
    ExportFormat.CSV_CP932: ("CSV（CP932・Excel の古い版や庁内のシステム用）", ".csv"),
    ExportFormat.JSON: ("JSON", ".json"),
}


class HandOnSheet(QWidget):
    """Where to and in which form; the files go to a folder that is typed, never over another file.

    Signals:
        print_wanted(printer name): the 日報 on paper.
        pdf_wanted(Path): the 日報 as a file.
        export_wanted(Path, ExportFormat): the cases that are shown as a file.
    """

    print_wanted = Signal(str)
    pdf_wanted = Signal(object)
    export_wanted = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._day = dt.date(2026, 1, 1)
        self.printers = ChoiceBox()
        self.printers.setAccessibleName(self.tr("日報の印刷先"))
        self.folder = QLineEdit(_documents())
        self.folder.setAccessibleName(self.tr("保存するフォルダー"))
        self.formats = ChoiceBox()
        self.formats.setAccessibleName(self.tr("書き出す形"))
        for form, (words, _) in _FORMATS.items():
            self.formats.addItem(words, form.value)
        self.print_button = ActionButton(self.tr("日報を印刷"), "primary")
        self.print_button.clicked.connect(self._print)
        self.pdf_button = ActionButton(self.tr("日報を PDF に保存"))
        self.pdf_button.clicked.connect(self._save)
        self.export_button = ActionButton(self.tr("受付の一覧を書き出す"))
        self.export_button.clicked.connect(self._export)
        self.what = TextLabel("", "strong", wrap=True)
        self.result = ReadingText(self.tr("印刷と書き出しの結果"))
        theme.size(self.result, "setMinimumHeight", "measure.two_rows")
        fields: tuple[QWidget, ...] = (self.printers, self.folder, self.formats)
        for field in fields:
            theme.size(field, "setMinimumWidth", "measure.label_width")
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px("space.medium"))
        grid.setVerticalSpacing(theme.px("space.small"))
        labels = (self.tr("日報の印刷先"), self.tr("保存するフォルダー"), self.tr("書き出す形"))
        buttons = (self.print_button, self.pdf_button, self.export_button)
        for number, (words, field, button) in enumerate(zip(labels, fields, buttons, strict=True)):
            label = TextLabel(words)
            label.setBuddy(field)
            grid.addWidget(label, number, 0)
            grid.addWidget(field, number, 1)
            grid.addWidget(button, number, 2)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.small"))
        column.addWidget(self.what)
        column.addLayout(grid)
        column.addWidget(self.result, 1)

    def show_printers(self, names: tuple[str, ...]) -> None:
        """Offer these printers; what was chosen stays."""
        chosen = self.printers.currentText()
        self.printers.clear()
        self.printers.addItems(list(names))
        self.printers.setCurrentIndex(max(self.printers.findText(chosen), 0))

    def show_day(self, day: dt.date, search: str, *, may_export: bool) -> None:
        """Say what would be handed on: the day, and the cases of the day or of a search."""
        self._name = f"受付の一覧-{day.isoformat()}" if not search else "受付の検索結果"
        cases = self.tr("検索「{words}」の受付").format(words=search) if search else self.tr("この日の受付")
        words = self.tr("日報: {day}　一覧: {cases}　氏名・住所・個人番号は、どれにも入りません。")
        self._day = day
        self.what.setText(words.format(day=day.isoformat(), cases=cases))
        for button in (self.print_button, self.pdf_button, self.export_button):
            button.setEnabled(may_export)
        if not may_export:
            self.result.tell(self.tr("× 操作ログの書き出しは、責任者と監査だけができます（A-005）。"))

    def _path(self, name: str, suffix: str) -> Path:
        """A file of that name which is not there yet."""
        folder = Path(self.folder.text().strip()).expanduser()
        path, number = folder / f"{name}{suffix}", 1
        while path.exists():
            number += 1
            path = folder / f"{name}-{number}{suffix}"
        return path

    @Slot()
    def _print(self) -> None:
        self.result.tell(self.tr("… 日報を作り、印刷しています"))
        self.print_wanted.emit(self.printers.currentText())

    @Slot()
    def _save(self) -> None:
        self.result.tell(self.tr("… 日報を作っています"))
        self.pdf_wanted.emit(self._path(f"日報-{self._day.isoformat()}", ".pdf"))

    @Slot()
    def _export(self) -> None:
        form = ExportFormat(self.formats.currentData())
        self.result.tell(self.tr("… 書き出しています"))
        self.export_wanted.emit(self._path(self._name, _FORMATS[form][1]), form)

    def tell_written(self, written: Written) -> None:
        """Say what was written, and what CP932 could not hold."""
        text = self.result
        text.begin()
        words = self.tr("✓ 保存しました: {path}（受付 {cases:,}件、{size} KiB）")
        text.add(words.format(path=written.path, cases=written.cases, size=written.size_kib))
        text.add(self.tr("SHA-256: {digest}（操作ログにも残しました）").format(digest=written.digest))
        if written.replaced_count:
            words = self.tr("▲ CP932 に入らない文字を {count} 字、書き替えました。")
            text.add(words.format(count=written.replaced_count))
            for one in written.replaced[:_MOST_TOLD]:
                text.add(one.words, left=24, below=0)
        text.end()

    def tell_printed(self, printed: list[PrintedDocument], digest: str) -> None:
        """Say where the paper is."""
        where = "、".join(str(one.path) if one.path else self.tr("印刷機") for one in printed)
        pages = sum(one.pages for one in printed)
        text = self.result
        text.begin()
        text.add(self.tr("✓ 日報 {pages}枚を出しました: {where}").format(pages=pages, where=where))
        text.add(self.tr("SHA-256: {digest}（操作ログにも残しました）").format(digest=digest))
        text.end()

    def tell_failure(self, words: str) -> None:
        """Say what went wrong."""
        self.result.tell(words)

    def take_focus(self) -> None:
        """Put the focus on what is most often done here."""
        target = self.print_button if self.print_button.isEnabled() else self.result
        target.setFocus(Qt.FocusReason.OtherFocusReason)


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)

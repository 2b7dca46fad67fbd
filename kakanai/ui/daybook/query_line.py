"""One line to search years by: numbers, ids, titles, days, and words for what is unusual."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from kakanai.ui.theme import Theme


class QueryLine(QLineEdit):
    """Enter searches; Escape gives the day back.

    Signals:
        searched(str): these words are to be searched for.
        given_up(): no search any more.
        moved(): ↓, to the table.
    """

    searched = Signal(str)
    given_up = Signal()
    moved = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("操作ログを探す"))
        self.setAccessibleDescription(
            self.tr(
                "受付番号・職員番号・様式・手続・コード・日付・月・再印刷などのことばを、空けて並べます。"
            )
        )
        self.setPlaceholderText(self.tr("さがす（/）　例: R8-1121　1024　F05　転入　再印刷　2026-11"))
        self.setMaxLength(200)
        theme.size(self, "setMinimumWidth", "measure.query_width")
        self.returnPressed.connect(self._search)

    @Slot()
    def _search(self) -> None:
        if words := self.text().strip():
            self.searched.emit(words)
        else:
            self.given_up.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the line and ends the search; ↓ goes to what was found."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.given_up.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.moved.emit()
        else:
            super().keyPressEvent(event)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()

"""The days that have cases, each with its state in words and a sign."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from kakanai.daybook.day_page import DayState

_SIGNS: Final = {"締め済": "■", "差戻し": "↩", "未確認": "○", "確認済": "✓"}
_WEEKDAYS: Final = "月火水木金土日"


def sign_and_state(state: DayState) -> str:
    """How far a day is, as a sign and words, with what is left to do."""
    words = state.words
    left = [f"未確認 {state.unreviewed}" if state.unreviewed and words != "締め済" else ""]
    left.append(f"差戻し {state.sent_back}" if state.sent_back and words != "締め済" else "")
    told = "・".join(filter(None, left))
    return f"{_SIGNS[words]} {told or words}"


class DayList(QListWidget):
    """The days, newest first.

    Signals:
        day_chosen(date): Enter or a press.
        given_up(): Escape.
    """

    day_chosen = Signal(object)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("受付のあった日"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._take)

    def show_days(self, states: Iterable[DayState], day: dt.date) -> None:
        """Show these days, the present one chosen."""
        self.clear()
        for state in states:
            date = state.day
            when = f"{date.year}-{date.month:02}-{date.day:02}（{_WEEKDAYS[date.weekday()]}）"
            item = QListWidgetItem(f"{when}　{state.cases}件　{sign_and_state(state)}")
            item.setData(Qt.ItemDataRole.UserRole, date.isoformat())
            self.addItem(item)
            if date == day:
                self.setCurrentItem(item)
        if self.currentItem() is None and self.count():
            self.setCurrentRow(0)

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.day_chosen.emit(dt.date.fromisoformat(item.data(Qt.ItemDataRole.UserRole)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, Escape gives up; letters are for the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.text().isalnum():
            event.ignore()
        else:
            super().keyPressEvent(event)

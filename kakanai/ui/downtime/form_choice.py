"""Which forms go into a kit: a line of their numbers, and the list to tick them in; both say the same."""

import re
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from kakanai.ui.entry_row import EntryRow
from kakanai.ui.theme import Theme

_ID: Final = re.compile(r"[A-Z][A-Z0-9]*")
_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


class FormChoice(QWidget):
    """Forms in the order in which they were chosen.

    Signals:
        changed(): others are chosen.
        entered(): Enter, and all that was typed is a form.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles: Mapping[str, str] = {}
        self.line = EntryRow(theme, self.tr("様式の番号（例: F01 F05）。下の一覧では Space で選びます"))
        self.line.changed.connect(self._take_typed)
        self.line.entered.connect(self._take_enter)
        self.list = _TickList()
        self.list.setAccessibleName(self.tr("様式の一覧"))
        self.list.ticked.connect(self._toggle)
        self.list.entered_line.connect(self._take_enter)
        theme.size(self.list, "setMinimumHeight", "measure.two_rows")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.small"))
        column.addWidget(self.line)
        column.addWidget(self.list, 1)

    def offer(self, titles: Mapping[str, str]) -> None:
        """Offer these forms, titles by id; what was chosen stays as far as it is among them."""
        self._titles = titles
        self.list.clear()
        for form in titles:
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, form)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._mark()

    @property
    def typed(self) -> list[str]:
        """All that was typed, once each."""
        text = self.line.line.text().translate(_WIDE).upper()
        return list(dict.fromkeys(_ID.findall(text)))

    @property
    def chosen(self) -> list[str]:
        """The forms that were typed or ticked, as far as there are such."""
        return [form for form in self.typed if form in self._titles]

    @property
    def unknown(self) -> list[str]:
        """What was typed and is no form."""
        return [form for form in self.typed if form not in self._titles]

    def _mark(self) -> None:
        chosen = set(self.chosen)
        for row in range(self.list.count()):
            item = self.list.item(row)
            form = str(item.data(Qt.ItemDataRole.UserRole))
            item.setText(f"{'✓' if form in chosen else '　'} {form}　{self._titles[form]}")
            state = self.tr("選択済み") if form in chosen else self.tr("未選択")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{form} {self._titles[form]} {state}")

    @Slot()
    def _take_typed(self) -> None:
        self.line.say("")
        self._mark()
        self.changed.emit()

    @Slot()
    def _take_enter(self) -> None:
        if self.unknown:
            words = self.tr("番号を刷れる様式ではありません: {forms}")
            self.line.say(words.format(forms="、".join(self.unknown)), is_wrong=True)
            self.line.take_focus()
        else:
            self.entered.emit()

    @Slot(object)
    def _toggle(self, form: str) -> None:
        forms = self.typed
        forms = [one for one in forms if one != form] if form in forms else [*forms, form]
        self.line.begin(" ".join(forms))


class _TickList(QListWidget):
    """Space or a click ticks a line, Enter goes on."""

    ticked = Signal(object)
    entered_line = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.itemClicked.connect(self._tick)

    @Slot(QListWidgetItem)
    def _tick(self, item: QListWidgetItem) -> None:
        self.ticked.emit(item.data(Qt.ItemDataRole.UserRole))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, Enter; arrows as in any list."""
        item = self.currentItem()
        if event.key() == Qt.Key.Key_Space and item is not None:
            self._tick(item)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_line.emit()
        else:
            super().keyPressEvent(event)

"""The residents 練習の住民 by name: a press lays the card on the reader, one more takes it away."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from kakanai.training.residents import Resident, find
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.search_line import SearchLine
from kakanai.ui.theme import Theme

_CARD: Final = Qt.ItemDataRole.UserRole
_ON: Final = "● "


class ResidentsSheet(QWidget):
    """A search line, the list, what the chosen one comes for and which key the card has.

    Signals:
        insert_wanted(str): lay this card on the reader.
        remove_wanted(): take away what lies there.
    """

    insert_wanted = Signal(str)
    remove_wanted = Signal()

    def __init__(self, theme: Theme, residents: Sequence[Resident], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._residents = tuple(residents)
        self._on = ""
        self.search = SearchLine()
        self.search.setPlaceholderText(self.tr("名前・かな・用件で探す"))
        self.search.setAccessibleName(self.tr("練習の住民を探す"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("練習の住民"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.story = TextLabel("", "small", wrap=True)
        self.key = TextLabel("", "strong", wrap=True)
        self.take = ActionButton(self.tr("カードを外す"))
        self.take.clicked.connect(self.remove_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px("space.small"), 0, 0)
        column.setSpacing(theme.px("space.small"))
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.story)
        column.addWidget(self.key)
        column.addWidget(self.take)
        self.search.searched.connect(self.show_words)
        self.search.moved.connect(self._move)
        self.search.taken.connect(self._take_current)
        self.list.itemClicked.connect(self._press)
        self.list.itemActivated.connect(self._press)
        self.list.currentItemChanged.connect(self._tell)
        self.show_words("")

    @Slot(str)
    def show_words(self, words: str) -> None:
        """The residents that fit the words."""
        self.list.clear()
        for resident in find(self._residents, words):
            item = QListWidgetItem(resident.name)
            item.setData(_CARD, resident)
            item.setToolTip(f"{resident.name}　{resident.kana}\n{resident.story}")
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.show_on(self._on)

    @Slot(str)
    def show_on(self, card: str) -> None:
        """Mark whose card lies on the reader."""
        self._on = card
        self.take.setEnabled(bool(card))
        for place in range(self.list.count()):
            item = self.list.item(place)
            resident = item.data(_CARD)
            is_on = resident.card == card
            item.setText(f"{_ON if is_on else ''}{resident.name}")
            font = item.font()
            font.setBold(is_on)
            item.setFont(font)

    @Slot(int)
    def _move(self, step: int) -> None:
        count = self.list.count()
        if count:
            self.list.setCurrentRow((self.list.currentRow() + step) % count)

    @Slot()
    def _take_current(self) -> None:
        if (item := self.list.currentItem()) is not None:
            self._press(item)

    @Slot(QListWidgetItem)
    def _press(self, item: QListWidgetItem) -> None:
        card = item.data(_CARD).card
        if card == self._on:
            self.remove_wanted.emit()
        else:
            self.insert_wanted.emit(card)

    @Slot()
    def _tell(self) -> None:
        item = self.list.currentItem()
        resident = item.data(_CARD) if item is not None else None
        self.story.setText(resident.story if resident else self.tr("見つかりません。短い言葉で探します。"))
        self.key.setText(resident.key if resident else "")

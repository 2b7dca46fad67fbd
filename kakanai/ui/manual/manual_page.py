"""The manual in the window: contents on the left, the chapter on the right, a line to search in all of it."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from kakanai.errors import KakanaiError
from kakanai.manual.chapters import Manual
from kakanai.manual.on_screen import Section, found, page_html, sections
from kakanai.messages import message_for
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.manual.manual_text import ManualText
from kakanai.ui.theme import Theme

_PLACE = Qt.ItemDataRole.UserRole
_INDENT = "　"
_WIDEST_PICTURE = 760
"""Pixels: the words below a picture of a whole window are in sight too."""


class ManualPage(QWidget):
    """Reads the manual when it is first opened, so that a window does not start slower for it.

    Signals:
        left(): back to where the clerk was.
        keys_wanted(): show the list of keys.
    """

    left = Signal()
    keys_wanted = Signal()

    def __init__(
        self, theme: Theme, open_manual: Callable[[], Manual] = Manual, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._open_manual = open_manual
        self._manual: Manual | None = None
        self._chapter = ""
        self.setObjectName("Page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("手引きの中を探す（ことばを空けて並べる）"))
        self.search.setAccessibleName(self.tr("手引きの中を探す"))
        self.contents = QListWidget()
        self.contents.setAccessibleName(self.tr("目次"))
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.size(self.contents, "setFixedWidth", "measure.column_width")
        self.text = ManualText(self.tr("手引きの本文"))
        self._keys = ActionButton(self.tr("キーの一覧（F1）"))
        self._back = ActionButton(self.tr("閉じる（Esc）"), "primary")
        self._lay(theme)
        self._keys.clicked.connect(self.keys_wanted)
        self._back.clicked.connect(self.left)
        self.search.textChanged.connect(self._list)
        self.search.returnPressed.connect(self._open_first)
        self.contents.currentItemChanged.connect(self._take_item)
        self.text.anchorClicked.connect(self._follow)

    def _lay(self, theme: Theme) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.px("space.small"))
        head.addWidget(TextLabel(self.tr("手引き"), "title"))
        head.addWidget(self.search, 1)
        head.addWidget(self._keys)
        head.addWidget(self._back)
        body = QHBoxLayout()
        body.setSpacing(theme.px("space.medium"))
        body.addWidget(self.contents)
        body.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        edge = theme.px("space.large")
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px("space.medium"))
        column.addLayout(head)
        column.addLayout(body, 1)

    # --- opening ------------------------------------------------------------------------

    def open_at(self, place: str) -> None:
        """Open at `chapter.md#anchor`, the text focused; where that is no more, at the beginning."""
        if not self._is_read():
            return
        self.search.clear()
        chapter, _, anchor = place.partition("#")
        self._show(chapter, anchor)
        self._mark(chapter, anchor)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_read(self) -> bool:
        if self._manual is None:
            try:
                self._manual = self._open_manual()
            except KakanaiError as error:
                message = message_for(error)
                self.text.tell(f"{message.what}\n{message.next_step}（{error.code}）")
                self.text.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
            self._list("")
        return True

    def _show(self, name: str, anchor: str) -> None:
        manual = self._manual
        if manual is None:
            return
        names = {chapter.name for chapter in manual.chapters}
        chapter = manual.chapter(name if name in names else manual.chapters[0].name)
        if chapter.name != self._chapter:
            self._chapter = chapter.name
            width = self._picture_width()
            self.text.show_page(page_html(chapter, width), manual.folder, width)
        self.text.go_to(anchor)

    def _picture_width(self) -> int:
        return max(
            240, min(self.text.viewport().width() - 2 * self._theme.px("space.large"), _WIDEST_PICTURE)
        )

    # --- contents -----------------------------------------------------------------------

    @Slot(str)
    def _list(self, words: str) -> None:
        """The contents: all of it, or what holds the words."""
        if self._manual is None:
            return
        shown = found(self._manual, words) if words.split() else self._headings(self._manual)
        self.contents.blockSignals(True)
        self.contents.clear()
        for section in shown:
            deep = 0 if words.split() else section.level - 1
            item = QListWidgetItem(_INDENT * deep + section.title)
            item.setData(_PLACE, f"{section.chapter}#{section.anchor}")
            item.setToolTip(section.title)
            self.contents.addItem(item)
        if not shown:
            nothing = QListWidgetItem(self.tr("見つかりません。ことばを減らしてください。"))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.contents.addItem(nothing)
        self.contents.blockSignals(False)

    @staticmethod
    def _headings(manual: Manual) -> tuple[Section, ...]:
        first = manual.chapters[0].name
        return tuple(one for one in sections(manual) if one.level <= 2 and one.chapter != first)

    @Slot()
    def _open_first(self) -> None:
        if self.contents.count() and self.contents.item(0).data(_PLACE):
            self.contents.setCurrentRow(0)
            self._take_item(self.contents.item(0))
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark(self, chapter: str, anchor: str) -> None:
        """Mark the line of the contents without following it."""
        self.contents.blockSignals(True)
        rows = {self.contents.item(row).data(_PLACE): row for row in range(self.contents.count())}
        begins = next((row for place, row in rows.items() if place.startswith(f"{chapter}#")), -1)
        self.contents.setCurrentRow(rows.get(f"{chapter}#{anchor}", begins))
        self.contents.blockSignals(False)

    @Slot(QListWidgetItem)
    def _take_item(self, item: QListWidgetItem | None) -> None:
        if item is not None and (place := item.data(_PLACE)):
            chapter, _, anchor = str(place).partition("#")
            self._show(chapter, anchor)

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        """A link of the text; only those within the book lead anywhere."""
        if not url.isRelative():
            return
        chapter = url.fileName() or self._chapter
        anchor = url.fragment(QUrl.ComponentFormattingOption.FullyDecoded)
        if self._manual and chapter in {one.name for one in self._manual.chapters}:
            self._show(chapter, anchor)
            self._mark(chapter, anchor)

    # --- keys and size ------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the search and then closes; / goes to the search."""
        if event.key() == Qt.Key.Key_Escape:
            if self.search.text():
                self.search.clear()
            else:
                self.left.emit()
        elif event.text() == "/":
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures are as wide as the page."""
        super().resizeEvent(event)
        if self._chapter and event.size().width() != event.oldSize().width():
            name, self._chapter = self._chapter, ""
            self._show(name, "")

    def sizeHint(self) -> QSize:
        """As large as there is room."""
        return QSize(0, 0)

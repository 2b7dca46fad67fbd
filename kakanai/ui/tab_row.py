"""A row of tabs and the stack of sheets that they choose from."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QWidget

from kakanai.ui.theme import Theme


class TabRow(QWidget):
    """The tabs; `sheets` is laid where its owner wants it, since other things may stand between."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs: list[QPushButton] = []
        self.sheets = QStackedWidget()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme.px("space.tight"))
        self._line.addStretch(1)
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._take_tab)

    def add(self, words: str, sheet: QScrollArea) -> None:
        """Put a tab at the end, with its sheet; the first one is open."""
        tab = QPushButton(words)
        tab.setProperty("role", "tab")
        tab.setCheckable(True)
        tab.setAccessibleName(words)
        self._group.addButton(tab, len(self.tabs))
        self._line.insertWidget(len(self.tabs), tab)
        self.tabs.append(tab)
        self.sheets.addWidget(sheet)
        self.tabs[0].setChecked(True)

    def open_sheet_of(self, widget: QWidget) -> None:
        """Open the sheet that a widget stands on, at that widget."""
        for number, tab in enumerate(self.tabs):
            sheet = self.sheets.widget(number)
            if isinstance(sheet, QScrollArea) and sheet.isAncestorOf(widget):
                tab.setChecked(True)
                sheet.ensureWidgetVisible(widget)

    def take_focus(self) -> None:
        """Put the focus on the tab of the open sheet."""
        self.tabs[self.sheets.currentIndex()].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int, bool)
    def _take_tab(self, number: int, is_chosen: bool) -> None:
        if is_chosen:
            self.sheets.setCurrentIndex(number)

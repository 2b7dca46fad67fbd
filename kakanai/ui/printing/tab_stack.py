"""A row of tabs over the panel that is chosen, which is as tall as it needs; the page round it scrolls."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kakanai.ui.controls import FittingStack
from kakanai.ui.theme import Theme


class TabStack(QWidget):
    """The first panel is open at first."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs: list[QPushButton] = []
        self._panels: list[QWidget] = []
        self._stack = FittingStack()
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._take_tab)
        self._line = QHBoxLayout()
        self._line.setSpacing(theme.px("space.tight"))
        self._line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.small"))
        column.addLayout(self._line)
        column.addWidget(self._stack)

    def add(self, words: str, panel: QWidget) -> None:
        """Put a tab at the end, with its panel."""
        tab = QPushButton(words)
        tab.setProperty("role", "tab")
        tab.setCheckable(True)
        tab.setAccessibleName(words)
        self._group.addButton(tab, len(self.tabs))
        self._line.insertWidget(len(self.tabs), tab)
        self.tabs.append(tab)
        self._panels.append(panel)
        self._stack.add_page(panel)
        self.tabs[0].setChecked(True)

    def open(self, panel: QWidget) -> None:
        """Open the tab of this panel, and put the focus on it."""
        tab = self.tabs[self._panels.index(panel)]
        tab.setChecked(True)
        tab.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int, bool)
    def _take_tab(self, number: int, is_chosen: bool) -> None:
        if is_chosen:
            self._stack.show_page(self._panels[number])

"""The panel at the side of a practice window: lesson, residents, faults; one of them in sight."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from kakanai.training.practice import Practice
from kakanai.ui.theme import Theme
from kakanai.ui.training.faults_sheet import FaultsSheet
from kakanai.ui.training.lesson_sheet import LessonSheet
from kakanai.ui.training.residents_sheet import ResidentsSheet


class PracticePanel(QWidget):
    """Three sheets behind three buttons."""

    def __init__(self, theme: Theme, practice: Practice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("PracticePanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.lesson = LessonSheet(theme)
        self.residents = ResidentsSheet(theme, practice.residents)
        self.faults = FaultsSheet(theme, practice.exercises)
        self._stack = QStackedWidget()
        self.tabs: list[QPushButton] = []
        tabs = QHBoxLayout()
        tabs.setSpacing(theme.px("space.tight"))
        for words, sheet in (
            (self.tr("レッスン"), self.lesson),
            (self.tr("住民"), self.residents),
            (self.tr("困ったとき"), self.faults),
        ):
            tab = QPushButton(words)
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.setProperty("role", "tab")
            tab.clicked.connect(lambda _=False, sheet=sheet: self._stack.setCurrentWidget(sheet))
            self.tabs.append(tab)
            tabs.addWidget(tab, 1)
            self._stack.addWidget(sheet)
        self.tabs[0].setChecked(True)
        column = QVBoxLayout(self)
        space = theme.px("space.small")
        column.setContentsMargins(space, space, space, space)
        column.addLayout(tabs)
        column.addWidget(self._stack, 1)

    def show_sheet(self, sheet: QWidget) -> None:
        """Bring a sheet into sight."""
        self._stack.setCurrentWidget(sheet)
        self.tabs[self._stack.currentIndex()].setChecked(True)

    @property
    def current(self) -> QWidget | None:
        """The sheet in sight."""
        return self._stack.currentWidget()

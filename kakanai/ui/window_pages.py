"""What lies where in the window: case column, conversation and paper, and the pages that take their place."""

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from kakanai.ui.case_column import CaseColumn
from kakanai.ui.conversation import Conversation
from kakanai.ui.day_log_page import DayLogPage
from kakanai.ui.help_page import HelpPage
from kakanai.ui.paper_pane import PaperPane
from kakanai.ui.theme import Theme
from kakanai.ui.town_page import TownPage

_NO_LIMIT = 16777215
"""QWIDGETSIZE_MAX: Qt's own "no limit"."""


class WindowPages(QStackedWidget):
    """The counter 窓口, the day log and the town's settings; help and large paper lie within the counter."""

    def __init__(
        self,
        theme: Theme,
        column: CaseColumn,
        conversation: Conversation,
        paper: PaperPane,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._paper = paper
        self._paper_width = theme.px("measure.paper_width")
        self._middle = QStackedWidget()
        self._middle.addWidget(conversation)
        counter = QWidget()
        counter.setObjectName("Counter")
        line = QHBoxLayout(counter)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(column)
        line.addWidget(self._middle, 1)
        line.addWidget(paper)
        paper.setFixedWidth(self._paper_width)
        self.addWidget(counter)

    def add_pages(self, help_page: HelpPage, day_log: DayLogPage, town: TownPage | None) -> None:
        """Put the other pages behind the counter; without a keeper there are no settings to show."""
        self._middle.addWidget(help_page)
        self.addWidget(day_log)
        if town is not None:
            self.addWidget(town)

    @property
    def is_at_counter(self) -> bool:
        """Whether the counter is in sight, with whatever lies in its middle."""
        return self.currentIndex() == 0

    @property
    def is_paper_large(self) -> bool:
        """Whether the paper has the place of the conversation."""
        return self._middle.isHidden()

    def is_in_sight(self, page: QWidget) -> bool:
        """Whether this page lies on top, in the window or in the middle of the counter."""
        if self.is_at_counter:
            return self._middle.currentWidget() is page
        return self.currentWidget() is page

    def show_counter(self) -> None:
        """Bring the counter into sight; help or conversation stay in its middle as they are."""
        self.setCurrentIndex(0)

    def show_conversation(self) -> None:
        """Bring the counter into sight, with the conversation in its middle."""
        self.show_counter()
        self._middle.setCurrentIndex(0)

    def show_help(self, page: HelpPage) -> None:
        """Bring the counter into sight, with help in its middle."""
        self.show_counter()
        self._middle.setCurrentWidget(page)

    def set_paper_large(self, is_large: bool) -> None:
        """Let the paper take the place of the conversation, or give it back."""
        if is_large == self.is_paper_large:
            return
        self._middle.setVisible(not is_large)
        if is_large:
            self._paper.setMinimumWidth(0)
            self._paper.setMaximumWidth(_NO_LIMIT)
        else:
            self._paper.setFixedWidth(self._paper_width)
        self._paper.set_large(is_large)

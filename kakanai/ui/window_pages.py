"""What lies where in the window: case column, conversation and paper, and the pages that take their place."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kakanai.ui.case_column import CaseColumn
from kakanai.ui.conversation import Conversation
from kakanai.ui.daybook.day_page import DaybookPage
from kakanai.ui.fitting_area import FittingArea
from kakanai.ui.help_page import HelpPage
from kakanai.ui.paper_pane import PaperPane
from kakanai.ui.room import Room, room_in
from kakanai.ui.step_line import StepLine
from kakanai.ui.theme import Theme
from kakanai.ui.town_page import TownPage

_NO_LIMIT = 16777215
"""QWIDGETSIZE_MAX: Qt's own "no limit"."""


class WindowPages(QStackedWidget):
    """The counter 窓口, help, the day log and the town's settings; the large paper lies within the counter.

    Where there is no room for all (a small screen, large letters) the paper is away until it is called, and
    the left column is a line of the five steps over the conversation.
    """

    def __init__(
        self,
        theme: Theme,
        column: CaseColumn,
        conversation: Conversation,
        paper: PaperPane,
        steps: StepLine,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._paper = paper
        self._steps = steps
        self._conversation = conversation
        self._paper_width = theme.px("measure.paper_width")
        self._is_paper_large = False
        self._is_column_called = False
        self.room = Room(has_paper=True, has_column=True)
        self._areas: dict[QWidget, FittingArea] = {}
        self._middle = QStackedWidget()
        self._middle.addWidget(conversation)
        self._column = FittingArea(column)
        theme.size(self._column, "setFixedWidth", "measure.column_width")
        counter = QWidget()
        counter.setObjectName("Counter")
        stack = QVBoxLayout(counter)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self._column)
        line.addWidget(self._middle, 1)
        line.addWidget(paper)
        stack.addWidget(steps)
        stack.addLayout(line, 1)
        steps.hide()
        paper.setFixedWidth(self._paper_width)
        self.addWidget(counter)

    def add_pages(self, help_page: HelpPage, day_log: DaybookPage, town: TownPage | None) -> None:
        """Put the other pages behind the counter; without a keeper there are no settings to show."""
        for page in (help_page, day_log, *([town] if town is not None else [])):
            self.add_page(page)

    def add_page(self, page: QWidget) -> None:
        """Put one more page behind the counter."""
        self.addWidget(self._area(page, is_wide=True))

    def _area(self, page: QWidget, *, is_wide: bool = False) -> FittingArea:
        self._areas[page] = FittingArea(page, is_wide=is_wide)
        return self._areas[page]

    @property
    def is_at_counter(self) -> bool:
        """Whether the counter is in sight, with whatever lies in its middle."""
        return self.currentIndex() == 0

    @property
    def is_paper_large(self) -> bool:
        """Whether the paper has the place of the conversation."""
        return self._is_paper_large

    def is_in_sight(self, page: QWidget) -> bool:
        """Whether this page lies on top, in the window or in the middle of the counter."""
        shown = self._middle.currentWidget() if self.is_at_counter else self.currentWidget()
        return shown is self._areas.get(page, page)

    def show_page(self, page: QWidget) -> None:
        """Bring help, the day log or the town's settings into sight."""
        self.setCurrentWidget(self._areas[page])

    def show_counter(self) -> None:
        """Bring the counter into sight; what lies in its middle stays as it is."""
        self.setCurrentIndex(0)

    def show_conversation(self) -> None:
        """Bring the counter into sight, with the conversation in its middle."""
        self.show_counter()
        self._middle.setCurrentIndex(0)

    def add_to_middle(self, page: QWidget) -> None:
        """Put one more page behind the conversation."""
        self._middle.addWidget(self._area(page))

    def show_in_middle(self, page: QWidget) -> None:
        """Bring the counter into sight, with this page in the place of the conversation."""
        self.set_paper_large(False)
        self.show_counter()
        self._middle.setCurrentWidget(self._areas[page])

    def set_paper_large(self, is_large: bool) -> None:
        """Let the paper take the place of the conversation, or give it back."""
        if is_large == self.is_paper_large:
            return
        self._is_paper_large = is_large
        self._share_out()
        self._paper.set_large(is_large)

    def toggle_column(self) -> None:
        """Where the column is a line, let it take the place of the conversation, or give it back."""
        self._is_column_called = not self._is_column_called and not self.room.has_column
        self._share_out()

    def put_column_away(self) -> None:
        """Give the conversation its place back, if the column had it."""
        if self._is_column_called:
            self.toggle_column()

    def fit(self) -> None:
        """See what there is room for, after the size of the window or of its letters changed."""
        room = room_in(self.size(), self._theme)
        if room != self.room:
            self.room = room
            self._is_column_called = False
            self._steps.setVisible(not room.has_column)
            self._conversation.set_compact(is_compact=not room.has_column)
            self._share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See what there is room for."""
        super().resizeEvent(event)
        self.fit()

    def _share_out(self) -> None:
        is_large, is_called = self._is_paper_large, self._is_column_called
        shown = {
            self._column: is_called or (self.room.has_column),
            self._middle: not is_large and not is_called,
            self._paper: (is_large or self.room.has_paper) and not is_called,
        }
        # Hide before showing: all together would need more room than there is.
        for widget, is_shown in sorted(shown.items(), key=lambda item: item[1]):
            widget.setVisible(is_shown)
        if is_called:
            self._column.setMaximumWidth(_NO_LIMIT)
        else:
            self._column.setFixedWidth(self._theme.px("measure.column_width"))
        if is_large:
            self._paper.setMinimumWidth(0)
            self._paper.setMaximumWidth(_NO_LIMIT)
        else:
            self._paper.setFixedWidth(self._paper_width)

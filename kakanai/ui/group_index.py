"""The groups of questions as a list to jump by, each with what is left to ask in it."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from kakanai.reception.facts import QuestionGroup
from kakanai.reception.variables import LISTS
from kakanai.ui.case_state import CaseState
from kakanai.ui.controls import ChoiceBox
from kakanai.ui.theme import Theme


class GroupIndex(ChoiceBox):
    """Shows the group where the focus is; choosing another one goes there.

    Signals:
        wanted(int): go to the group of this place.
    """

    wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("聞き取りのまとまり"))
        self.setToolTip(self.tr("次のまとまり Ctrl+↓　前のまとまり Ctrl+↑"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        theme.size(self, "setFixedWidth", "measure.group_index_width")
        self.view().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.activated.connect(self.wanted)

    def show_groups(self, state: CaseState) -> None:
        """List the groups of the case; the shown one stays."""
        words = [
            self.tr("{sign} {number}/{count} {left}{title}").format(
                sign="✓" if not group.list_name and not left else "　",
                number=number,
                count=len(state.groups),
                title=title_of(group),
                left=self.tr("あと{left}　").format(left=left) if left else "",
            )
            for number, group in enumerate(state.groups, start=1)
            for left in (state.unanswered_in(group),)
        ]
        if words == [self.itemText(index) for index in range(self.count())]:
            return
        blocker = QSignalBlocker(self)
        shown = self.currentIndex()
        self.clear()
        self.addItems(words)
        self.setCurrentIndex(min(max(shown, 0), len(words) - 1))
        blocker.unblock()
        self.setVisible(bool(words))


def title_of(group: QuestionGroup) -> str:
    """What the group is about: of a list what its rows are."""
    return LISTS[group.list_name] if group.list_name else group.group.label

"""What is worth a look, as buttons with counts: each leaves only its cases in the table."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from kakanai.daybook.concerns import Reason
from kakanai.ui.controls import FlowLayout
from kakanai.ui.theme import Theme

_ALL = -1


class ConcernChips(QWidget):
    """すべて, and one button for each reason that any case of the day has.

    Signals:
        reason_chosen(Reason or None): None for all cases.
    """

    reason_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lay = FlowLayout(theme.px("space.tight"))
        self.setLayout(self._lay)
        self.setAccessibleName(self.tr("見る点で絞る"))
        self.group = QButtonGroup(self)
        self.chips: dict[Reason | None, QPushButton] = {}
        self.group.idClicked.connect(self._take)
        for reason in (None, *Reason):
            chip = QPushButton()
            chip.setProperty("role", "tab")
            chip.setCheckable(True)
            chip.setParent(self)
            self.chips[reason] = chip
            self.group.addButton(chip, _ALL - 1 if reason is None else list(Reason).index(reason))
            self._lay.addWidget(chip)
        self.chips[None].setChecked(True)
        self.show_counts(0, {})

    @property
    def reason(self) -> Reason | None:
        """The reason that is chosen."""
        return next((reason for reason, chip in self.chips.items() if chip.isChecked()), None)

    def show_counts(self, cases: int, counts: Mapping[Reason, int]) -> None:
        """Show how many cases each reason has; those with none are away. What was chosen stays if it can."""
        for reason, chip in self.chips.items():
            count = cases if reason is None else counts.get(reason, 0)
            words = self.tr("すべて") if reason is None else reason.label
            chip.setText(f"{words} {count}")
            chip.setAccessibleName(self.tr("{words} {count}件だけを見る").format(words=words, count=count))
            chip.setVisible(reason is None or count > 0)
        if self.reason is not None and not counts.get(self.reason, 0):
            self.chips[None].setChecked(True)

    def add_at_end(self, button: QPushButton) -> None:
        """Put one more button behind the last chip."""
        self._lay.addWidget(button)

    def choose(self, reason: Reason | None) -> None:
        """Choose a reason as if its button was pressed."""
        self.chips[reason].setChecked(True)
        self.reason_chosen.emit(reason)

    @Slot(int)
    def _take(self, _number: int) -> None:
        self.reason_chosen.emit(self.reason)

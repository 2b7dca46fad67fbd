"""A line of buttons that share its width; those without room stand behind a last button, group by group."""

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget


class FoldingLine(QWidget):
    """Shows as many buttons as fit with all their letters; `more` goes through the rest."""

    def __init__(self, gap: int, more: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = gap
        self._first = 0
        self.buttons: list[QPushButton] = []
        self.more = QPushButton(more)
        self.more.setAccessibleName(more)
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys themselves need no button
        self.more.clicked.connect(self.turn)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(gap)
        self._line.addWidget(self.more, 1)
        self.more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be."""
        return QSize(0, super().minimumSizeHint().height())

    def add(self, button: QPushButton) -> None:
        """Put a button at the end."""
        self._line.insertWidget(len(self.buttons), button, 1)
        self.buttons.append(button)
        self._fit()

    @Slot()
    def turn(self) -> None:
        """Show the next group, round to the first."""
        ends = self._ends()
        later = [end for end in ends if end > self._first]
        self._first = later[0] if later and later[0] < len(self.buttons) else 0
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See what fits."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Other letters need other room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()

    def _ends(self) -> list[int]:
        """Where the groups end, one after the other from the first button."""
        widths = [button.sizeHint().width() + self._gap for button in self.buttons]
        if sum(widths) - self._gap <= self.width():
            return [len(self.buttons)]
        room = self.width() - self.more.sizeHint().width()
        ends, used = [], 0
        for place, width in enumerate(widths):
            if used and used + width > room:
                ends.append(place)
                used = 0
            used += width
        return [*ends, len(self.buttons)]

    def _fit(self) -> None:
        ends = self._ends()
        if self._first not in (0, *ends[:-1]):
            self._first = 0
        end = next(end for end in ends if end > self._first or end == len(self.buttons))
        self.more.setVisible(len(ends) > 1)
        for place, button in enumerate(self.buttons):
            button.setVisible(self._first <= place < end)

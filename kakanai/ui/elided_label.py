"""A label that gives way: what has no room ends in …, and the whole stands in the tool tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from kakanai.ui.controls import TextLabel


class ElidedLabel(TextLabel):
    """One line, as wide as its text where there is room, a letter and … where there is none."""

    def __init__(self, text: str = "", role: str = "") -> None:
        self._shown = ""
        super().__init__(text, role)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self._shown = text
        self.setToolTip("")
        self.updateGeometry()
        self._elide()

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        return self._room_for(self.text())

    def minimumSizeHint(self) -> QSize:
        """Room for a letter."""
        return self._room_for(self.text()[:1] + "…" if len(self.text()) > 1 else self.text())

    def _room_for(self, text: str) -> QSize:
        hint = QLabel.sizeHint(self)
        edges = max(hint.width() - self.fontMetrics().horizontalAdvance(self._shown), 0)
        return QSize(self.fontMetrics().horizontalAdvance(text) + edges, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the new width."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.width() - (self._room_for("").width())
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, max(room, 0))
        if self.width() < self.sizeHint().width() and shown != self._shown:
            self._shown = shown
            QLabel.setText(self, shown)  # text() goes on telling the whole
            self.setToolTip(self.text())
        elif self.width() >= self.sizeHint().width() and self._shown != self.text():
            self._shown = self.text()
            QLabel.setText(self, self._shown)
            self.setToolTip("")

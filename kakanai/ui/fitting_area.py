"""A frame round a page that is shown whole where there is room, and scrolls where there is none."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class FittingArea(QScrollArea):
    """Never scrolls on an ordinary screen at the ordinary text size: pages are made to fit there."""

    def __init__(self, page: QWidget, *, is_wide: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if not is_wide:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(page)

    def minimumSizeHint(self) -> QSize:
        """As good as nothing: what does not fit scrolls."""
        return QSize(0, 0)

"""What all boards of the visitor's screen share: they show a view in a look, with type that fits."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QWidget

from kakanai.ui.visitor.look import STEPS, Look
from kakanai.ui.visitor.visitor_view import VisitorView


class BoardPage(QWidget):
    """One board. Subclasses lay themselves out and say what they show in `fill`.

    `lengths` are how many things of its list it tries to show, before type gets smaller.
    """

    lengths: tuple[int, ...] = (0,)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = VisitorView()
        self._look: Look | None = None

    def show_view(self, view: VisitorView, look: Look) -> None:
        """Show this."""
        self._view, self._look = view, look
        self._fit()

    def forget(self) -> None:
        """Nothing of the view is kept, in no label either."""
        if self._look is not None:
            self._view = VisitorView()
            self.fill(self._view, self._look, self.lengths[0])

    def fill(self, view: VisitorView, look: Look, most: int) -> None:
        """Put the view into the widgets, with at most so many things in its list."""
        raise NotImplementedError

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the size of type anew."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """A board takes the room there is; type gets smaller instead."""
        return QSize(0, 0)

    def _fit(self) -> None:
        look, layout = self._look, self.layout()
        if look is None or layout is None:
            return
        for scale in (scale for scale in STEPS if scale <= look.scale):
            for most in self.lengths:
                self.fill(self._view, look.scaled(scale), most)
                _invalidate(layout)
                if self._needed_height() <= self.height():
                    return

    def _needed_height(self) -> int:
        layout = self.layout()
        if layout is None:
            return 0
        if layout.hasHeightForWidth():
            return layout.totalHeightForWidth(self.width())
        return layout.totalMinimumSize().height()


def _invalidate(layout: QLayout) -> None:
    """Forget every height that was reckoned before, in the layouts within this one too.

    Source:
        Observed: QLayout.invalidate of Qt 6.12 leaves what nested layouts remember.
    """
    for number in range(layout.count()):
        item = layout.itemAt(number)
        inner = item.layout() if item else None
        if inner is not None:
            _invalidate(inner)
        elif item is not None:
            item.invalidate()
    layout.invalidate()

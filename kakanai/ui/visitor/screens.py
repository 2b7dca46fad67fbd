"""On which screen the visitor's window goes, and how it lies there."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

WINDOW_SIZE = QSize(1280, 800)
_FLAGS = Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus
"""The keyboard stays the clerk's, whatever the visitor touches."""


def other_screen(screens: Sequence[QScreen], own: QScreen | None) -> QScreen | None:
    """The first screen that is not the clerk's; None when there is no other."""
    return next((screen for screen in screens if screen is not own), None)


def lay_out(window: QWidget, clerk: QWidget) -> bool:
    """Show the window without taking the focus: all of the second screen, or a window on the only one.

    The answer is whether there is a second screen.
    """
    second = other_screen(QGuiApplication.screens(), clerk.screen())
    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    window.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
    if second is None:
        window.setWindowFlags(_FLAGS)
        window.resize(WINDOW_SIZE.boundedTo(clerk.screen().availableSize()))
        window.show()
        clerk.activateWindow()
        return False
    window.setWindowFlags(_FLAGS | Qt.WindowType.FramelessWindowHint)
    window.setGeometry(second.geometry())
    window.showFullScreen()
    clerk.activateWindow()
    return True

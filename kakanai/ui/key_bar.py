"""The bar at the bottom: what each function key does, as buttons too."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from kakanai.ui.theme import Theme


class KeyBar(QWidget):
    """Buttons of the window's actions, in the order of the keys."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("KeyBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.px("measure.key_bar_height"))
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(theme.px("space.small"), 2, theme.px("space.small"), 2)
        self._line.setSpacing(theme.px("space.tight"))

    def add(self, key: str, words: str) -> QAction:
        """A new action of the window with its key and its button."""
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self.window().addAction(action)
        button = QPushButton(f"{key} {words}")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the key itself is the keyboard's way
        button.setAccessibleName(f"{words} {key}")
        button.clicked.connect(action.trigger)
        action.enabledChanged.connect(button.setEnabled)
        self._line.addWidget(button, 1)
        return action

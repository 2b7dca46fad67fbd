"""A page over the whole window: nothing below it is in sight, and no key or card reaches it."""

from typing import Final

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from kakanai.ui.controls import FittingStack
from kakanai.ui.fitting_area import FittingArea
from kakanai.ui.staff.door_page import DoorPage

_STAY: Final = frozenset({"Ctrl+K", "Ctrl++", "Ctrl+;", "Ctrl+=", "Ctrl+-", "Ctrl+0"})
"""Keys for colours and text size: who has to read the page may need them."""


class WindowCover(QObject):
    """Lays a DoorPage over the work of the window and takes it away again.

    Signals:
        changed(is_on): the work is covered, or is in sight again.
    """

    changed = Signal(bool)

    def __init__(self, window: QMainWindow, work: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._work = work
        self.stack = FittingStack()
        self.stack.add_page(work)
        self.page: DoorPage | None = None
        self._areas: dict[DoorPage, FittingArea] = {}
        self._actions: list[QAction] = []
        self._focus: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._keep_focus)

    @property
    def is_on(self) -> bool:
        """Whether the work is covered."""
        return self.page is not None

    def add(self, page: DoorPage) -> None:
        """A page that may cover the work."""
        self._areas[page] = FittingArea(page, is_wide=True)
        self.stack.add_page(page, self._areas[page])

    def put_on(self, page: DoorPage) -> None:
        """Cover the work with this page, or show it in place of the page that covers it."""
        was_on, self.page = self.is_on, page
        if not was_on:
            self._focus = QApplication.focusWidget()
            self._actions = [a for a in self._window.actions() if a.shortcut().toString() not in _STAY]
            for action in self._actions:
                self._window.removeAction(action)
        self.stack.show_page(page)
        page.take_focus()
        if not was_on:
            self.changed.emit(True)

    def take_off(self) -> None:
        """Bring the work into sight as it was, with the focus where it was or came to meanwhile."""
        if not self.is_on:
            return
        self.page = None
        self._window.addActions(self._actions)
        self._actions = []
        focused = QApplication.focusWidget()
        if focused is not None:
            focused.clearFocus()  # or Qt would pass it on as with Tab, and select all that stands in a line
        self.stack.show_page(self._work)
        focus, self._focus = self._focus, None
        if focus is not None and shiboken6.isValid(focus) and focus.isVisible():
            focus.setFocus()
        self.changed.emit(False)

    @Slot(QWidget, QWidget)
    def _keep_focus(self, _left: QWidget | None, entered: QWidget | None) -> None:
        """What goes on below may call for the focus, and Qt gives it also to what is hidden."""
        if self.page is None or entered is None:
            return
        if self._work.isAncestorOf(entered):
            self._focus = entered
            self.page.take_focus()
        elif self.page.isAncestorOf(entered):
            self._areas[self.page].ensureWidgetVisible(entered)  # on a small screen the page scrolls

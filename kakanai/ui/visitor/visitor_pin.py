"""The PIN that the clerk's window asks for, entered on the visitor's screen: every touch goes to that pad."""

from PySide6.QtCore import Slot

from kakanai.ui.conversation import Conversation
from kakanai.ui.licence_page import LicencePage
from kakanai.ui.pin_pad import PinPad
from kakanai.ui.pin_prompt import PinPrompt


class VisitorPin:
    """Knows which page asks; keeps no digit."""

    def __init__(self, conversation: Conversation) -> None:
        self._view = conversation
        self.pages: tuple[PinPad | LicencePage, ...] = (conversation.pin_pad, conversation.licence)

    @property
    def prompt(self) -> PinPrompt | None:
        """What is asked for now, None when nothing is."""
        page = self._page()
        return page.prompt if page else None

    def _page(self) -> PinPad | LicencePage | None:
        return next((page for page in self.pages if self._view.shows(page) and page.isVisible()), None)

    @Slot(str)
    def press(self, key: str) -> None:
        """A digit, or ⌫."""
        page = self._page()
        if page is not None:
            page.pad.press(key)

    @Slot()
    def confirm(self) -> None:
        """決定, if the clerk's pad could be confirmed too."""
        page = self._page()
        if page is not None:
            page.pad.confirm.click()

"""Going about in the window: which page is in sight, and what the function keys open and start."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from kakanai.ui.card_page import Rung
from kakanai.ui.conversation import FINDING, PERSON, PRINT, QUESTION
from kakanai.ui.manual import manual_places

if TYPE_CHECKING:
    from kakanai.ui.card_talk import CardTalk
    from kakanai.ui.case_flow import CaseFlow
    from kakanai.ui.conversation import Conversation
    from kakanai.ui.daybook.day_page import DaybookPage
    from kakanai.ui.downtime.downtime_page import DowntimePage
    from kakanai.ui.help_page import HelpPage
    from kakanai.ui.manual.manual_page import ManualPage
    from kakanai.ui.paper_pane import PaperPane
    from kakanai.ui.paper_worker import PaperLink
    from kakanai.ui.printing.printer_page import PrinterPage
    from kakanai.ui.staff.staff_talk import StaffTalk
    from kakanai.ui.step_line import StepLine
    from kakanai.ui.town_link import TownLink
    from kakanai.ui.visitor.visitor_link import VisitorLink
    from kakanai.ui.window_pages import WindowPages


class WindowWays(QMainWindow):
    """The ways from page to page; MainWindow puts in place what lies on them."""

    card_talk: "CardTalk"
    conversation: "Conversation"
    day_log: "DaybookPage"
    downtime: "DowntimePage"
    flow: "CaseFlow"
    help: "HelpPage"
    manual: "ManualPage"
    paper: "PaperPane"
    paper_link: "PaperLink"
    printer_page: "PrinterPage | None"
    staff: "StaffTalk"
    steps: "StepLine"
    town_link: "TownLink"
    visitor: "VisitorLink"
    _pages: "WindowPages"

    # --- pages --------------------------------------------------------------------------

    @Slot()
    def show_counter(self) -> None:
        """Back to the conversation from another page."""
        self._pages.show_conversation()
        self.conversation.take_focus()

    @Slot()
    def toggle_help(self) -> None:
        """F1: the manual at what is in sight; once more the list of keys; once more back."""
        if self._pages.is_in_sight(self.manual):
            self.show_keys()
        elif self._pages.is_in_sight(self.help):
            self.show_counter()
        else:
            place = self._place_in_manual()
            self._pages.set_paper_large(False)
            self._pages.show_page(self.manual)
            self.manual.open_at(place)

    @Slot()
    def show_keys(self) -> None:
        """The list of keys."""
        self._pages.show_page(self.help)
        self.help.take_focus()

    def _place_in_manual(self) -> str:
        pages: dict[QWidget | None, str] = {
            self.day_log: manual_places.DAYBOOK,
            self.town_link.page: manual_places.TOWN,
            self.staff.page: manual_places.STAFF,
            self.visitor.panel: manual_places.VISITOR,
            self.printer_page: manual_places.PRINTERS,
            self.downtime: manual_places.DOWNTIME,
        }
        for page, place in pages.items():
            if page is not None and self._pages.is_in_sight(page):
                return place
        return manual_places.place_of(self.conversation)

    @Slot()
    def toggle_printers(self) -> None:
        """Show the page that corrects printers, or go back."""
        if self.printer_page is not None:
            self.toggle_page(self.printer_page, self.printer_page.open)

    @Slot()
    def toggle_day_log(self) -> None:
        """Show the day log, or go back."""
        self.toggle_page(self.day_log, self.day_log.open_today)

    def toggle_page(self, page: QWidget, open_page: Callable[[], None]) -> None:
        """Show one of the other pages, or go back."""
        if self._pages.is_in_sight(page):
            self.show_counter()
        else:
            self._pages.show_page(page)
            open_page()

    @Slot()
    def toggle_town(self) -> None:
        """Show the town's settings, or go back."""
        page = self.town_link.page
        if page is None:
            return
        if self._pages.is_in_sight(page):
            page.leave()
        else:
            self._pages.show_page(page)
            page.open()

    @Slot()
    def open_stretch(self, index: int) -> None:
        """Open ①…⑤, from wherever the clerk is."""
        self._pages.set_paper_large(False)
        self._pages.show_conversation()
        self.conversation.open(index)

    @Slot(int)
    def _take_opened(self, index: int) -> None:
        self.steps.show_current(index)
        self._pages.put_column_away()
        if index != QUESTION:
            self.paper.light("")
        if index == PRINT and not self.flow.is_printing:
            self.paper_link.list_printers()

    # --- keys ---------------------------------------------------------------------------

    @Slot()
    def read_card(self) -> None:
        """F2."""
        self.open_stretch(PERSON)
        self.card_talk.start_reading()

    @Slot()
    def read_by_number(self) -> None:
        """F10: without a PIN, by what is printed on the card."""
        if not self.conversation.is_asking_pin:
            self.open_stretch(PERSON)
        self.card_talk.start_collation()

    @Slot(object)
    def _take_rung(self, rung: Rung) -> None:
        match rung:
            case Rung.PIN:
                self.read_card()
            case Rung.COLLATION:
                self.read_by_number()
            case Rung.OTHER_CARD:
                self.card_talk.leave_card()
            case Rung.HAND:
                self.enter_by_hand()

    @Slot()
    def enter_by_hand(self) -> None:
        """F3."""
        self.open_stretch(PERSON)
        self.conversation.person.start_hand_entry()

    @Slot()
    def go_to_next(self) -> None:
        """F5: the next question without an answer."""
        if self.conversation.current != QUESTION or not self._pages.is_at_counter:
            self.open_stretch(QUESTION)
        else:
            self.conversation.question.go_to_next_open()

    @Slot()
    def toggle_large_paper(self) -> None:
        """F6: the paper takes the place of the conversation, or gives it back."""
        self._pages.show_counter()
        is_large = not self._pages.is_paper_large
        self._pages.set_paper_large(is_large)
        if not is_large:
            self.show_counter()

    @Slot()
    def print_forms(self) -> None:
        """F8: open ⑤, where the printer and the pages are told; from there, print."""
        if self.flow.stopping:
            self.open_stretch(FINDING)
        elif self.conversation.current != PRINT or not self._pages.is_at_counter:
            self.open_stretch(PRINT)
        else:
            self.conversation.printing.release()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what lies on top: notice, large paper, help."""
        if event.key() == Qt.Key.Key_Escape:
            self._pages.set_paper_large(False)
            self.conversation.notice.dismiss()
            self.show_counter()
        else:
            super().keyPressEvent(event)

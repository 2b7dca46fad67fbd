"""The clerk's window: bar, pages (window_pages.py), keys; what they do is decided in counter."""

from functools import partial

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kakanai.settings import Town
from kakanai.ui.box_finder import BoxFinder
from kakanai.ui.card_link import CardLink
from kakanai.ui.card_talk import CardTalk
from kakanai.ui.case_column import CardTablePanel, CaseColumn
from kakanai.ui.case_ending import CaseEnding
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.conversation import PERSON, PRINT, QUESTION, Conversation
from kakanai.ui.daybook.day_page import DaybookPage
from kakanai.ui.daybook.open_book import BookShelf
from kakanai.ui.desk import Desk
from kakanai.ui.disk_talk import DiskTalk
from kakanai.ui.downtime.downtime_page import downtime_page
from kakanai.ui.forms_ahead import FormsAhead
from kakanai.ui.help_page import HelpPage
from kakanai.ui.kept_talk import KeptTalk
from kakanai.ui.key_bar import KeyBar
from kakanai.ui.look_switch import LookSwitch
from kakanai.ui.manual.manual_page import ManualPage
from kakanai.ui.office_line import OfficeLine
from kakanai.ui.paper_pane import PaperPane
from kakanai.ui.paper_worker import PaperLink
from kakanai.ui.pause_talk import PauseTalk
from kakanai.ui.printing.printer_page import PrinterPage
from kakanai.ui.singletons import keep_singletons
from kakanai.ui.spool_talk import SpoolTalk
from kakanai.ui.staff.staff_talk import StaffTalk
from kakanai.ui.staff.window_cover import WindowCover
from kakanai.ui.step_line import StepLine
from kakanai.ui.theme import Theme
from kakanai.ui.top_bar import TopBar
from kakanai.ui.town_link import TownLink
from kakanai.ui.training.practice_frame import PracticeFrame
from kakanai.ui.visitor.visitor_link import VisitorLink
from kakanai.ui.window_keys import bind_keys
from kakanai.ui.window_pages import WindowPages
from kakanai.ui.window_ways import WindowWays

_SMALLEST = QSize(640, 360)


class MainWindow(WindowWays):
    """Owns the two threads; they end when the window closes."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        keep_singletons()
        super().__init__()
        self._desk = desk
        self._theme = theme
        town = desk.office.town
        self._show_title(town)
        self.card = CardLink(desk.source, self, verify=town.verifies_cards)
        self.paper_link = PaperLink(desk, self)
        self.flow = CaseFlow(desk, self.paper_link, self)
        self._forms_ahead = FormsAhead(self.paper_link, lambda: self.flow.counter.office, self)
        self.look = LookSwitch(theme, desk.look_file, self)
        self.office_line = OfficeLine(theme)
        is_practice = desk.card_table is not None
        self.top_bar = TopBar(
            theme, town, self.flow, self.look, is_practice=is_practice, practice_name=desk.clerk_name
        )
        self.conversation = Conversation(theme, self.flow)
        self.column = CaseColumn(theme, self.flow)
        self.paper = PaperPane(theme, self.flow)
        self.boxes = BoxFinder(desk.office.variables, self.conversation, self.paper)
        shelf = BookShelf(lambda: self.flow.counter.office, desk.office_key)
        self.day_log = DaybookPage(theme, shelf, desk.printer_for)
        self.help = HelpPage(theme)
        self.manual = ManualPage(theme)
        self.printer_page = None
        if desk.printer_care is not None:
            self.printer_page = PrinterPage(theme, desk.printer_care, self.flow)
            self.printer_page.left.connect(self.show_counter)
            self.printer_page.changed.connect(self.paper_link.list_printers)
        self.downtime = downtime_page(theme, self.flow)
        self.town_link = TownLink(theme, desk, self.flow, self)
        self.visitor = VisitorLink(theme, town, self.flow, self.conversation)
        self.card_talk = CardTalk(self.card, self.flow, self.conversation)
        self.practice_cards = desk.card_table
        if desk.card_table is not None:
            self.card_table = CardTablePanel(theme, desk.card_table)
            self.card_table.refused.connect(self.conversation.notice.tell_error)
            self.column.column.addWidget(self.card_table)
        self._lay()
        self.pauses = PauseTalk(desk, self.flow, self.conversation)
        suspend = self.pauses.work.suspend if self.pauses.link else None
        self.ending = CaseEnding(self.flow, self.conversation.notice, self, suspend)
        self.ending.resumed.connect(self.show_counter)
        self.staff = StaffTalk(theme, self, self._cover)
        self._pages.add_page(self.staff.page)
        self._pages.add_page(self.manual)
        self._pages.add_page(self.downtime)
        if self.printer_page is not None:
            self._pages.add_page(self.printer_page)
        bind_keys(self, self._pages)
        self._wire()
        self.kept = KeptTalk(self.flow, self.office_line)
        self.disk = None
        if desk.disk_of is not None:
            self.disk = DiskTalk(desk.disk_of, lambda: self.flow.counter.office, self.office_line)
            self.flow.ended.connect(self.disk.look)
        self.spool = SpoolTalk(lambda: self.flow.counter.office, self.office_line)
        self.spool.came_back.connect(self.staff.look_again)
        if desk.practice is not None:
            self.practice = PracticeFrame(theme, desk.practice, self)
        self.conversation.person.take_focus()  # or the first control there is would have it, a practice card
        self.card.start()
        self.paper_link.start()
        self.paper_link.list_printers()
        self._forms_ahead.start()
        self.pauses.work.start()
        self.staff.start()
        self.spool.start()
        self.kept.start()
        if self.disk is not None:
            self.disk.start()

    # --- layout -------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """The size the screens are made for."""
        return QSize(1366, 768)

    def _lay(self) -> None:
        self.steps = StepLine(self._theme, self.flow, self.conversation.stretches)
        self._pages = WindowPages(self._theme, self.column, self.conversation, self.paper, self.steps)
        self._pages.add_pages(self.help, self.day_log, self.town_link.page)
        work = QWidget()
        stack = QVBoxLayout(work)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        self.key_bar = KeyBar(self._theme, self.flow, self)
        stack.addWidget(self.top_bar)
        stack.addWidget(self.office_line)
        stack.addWidget(self._pages, 1)
        stack.addWidget(self.key_bar)
        self._cover = WindowCover(self, work)
        self.setCentralWidget(self._cover.stack)
        self.setMinimumSize(_SMALLEST)  # a screen of 1366 × 768 at 200 %; what has no room there scrolls

    def _wire(self) -> None:
        talk = self.conversation
        self.card.state_changed.connect(self.top_bar.show_reader)
        self.visitor.join(self._pages, self.key_bar)
        self.pauses.join(self._theme, self.column, self.top_bar, self.key_bar)
        self.pauses.stretch_wanted.connect(self.open_stretch)
        self.pauses.cancel_wanted.connect(self.ending.ask_cancel)
        talk.printing.correction_begun.connect(partial(self.open_stretch, QUESTION))
        self.card_talk.identified.connect(partial(self.open_stretch, PERSON))
        self.card_talk.identified.connect(self.visitor.take_identified)
        self.column.people.add_wanted.connect(self.card_talk.people.ask_new)
        self.column.people.removal_wanted.connect(self.card_talk.people.remove)
        self.flow.failed.connect(self.conversation.notice.tell_error)
        self.flow.printed.connect(self._take_printed)
        self.flow.ended.connect(self._take_end)
        talk.stretch_opened.connect(self._take_opened)
        talk.question.noticed.connect(self.paper.light)
        talk.finding.field_wanted.connect(self.boxes.show_field)
        talk.rung_wanted.connect(self._take_rung)
        self.steps.stretch_wanted.connect(self.open_stretch)
        self.steps.column_wanted.connect(self._pages.toggle_column)
        self.look.changed.connect(self._pages.fit)
        self.paper.box_pressed.connect(self.boxes.go_to_variable)
        self.boxes.stretch_wanted.connect(self.open_stretch)
        others = (self.day_log, self.help, self.manual, self.downtime, self.town_link, self.visitor)
        for left in (other.left for other in others):
            left.connect(self.show_counter)
        self.paper_link.printers_listed.connect(self.day_log.show_printers)
        self.town_link.failed.connect(self.conversation.notice.tell_error)
        self.town_link.renewed.connect(self._take_town)

    # --- events -------------------------------------------------------------------------

    @Slot(str)
    def show_crash(self, reference: str) -> None:
        """Say that something unforeseen happened."""
        self.conversation.notice.tell_crash(reference)

    @Slot(object)
    def _take_town(self, town: Town) -> None:
        self.top_bar.show_town(town)
        self.staff.show_town(town)
        self._show_title(town)
        self.visitor.use_town(town)
        self.paper_link.list_printers()

    def _show_title(self, town: Town) -> None:
        self.setWindowTitle(self.tr("書かない窓口　{town}").format(town=town.name))

    @Slot()
    def _take_printed(self) -> None:
        self.conversation.notice.dismiss()
        self.open_stretch(PRINT)

    @Slot(bool)
    def _take_end(self, served: bool) -> None:
        self.open_stretch(PERSON)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End both threads, unless a case is still open and the clerk goes on with it."""
        if not self.staff.may_close() or not self.ending.may_close():
            event.ignore()
            return
        self.visitor.close()
        self.card.close()
        self.paper_link.close()
        self.day_log.link.close()
        self.pauses.work.close()
        self.staff.close()
        self.spool.close()
        self.kept.close()
        if self.disk is not None:
            self.disk.close()
        super().closeEvent(event)

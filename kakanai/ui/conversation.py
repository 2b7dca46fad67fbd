"""The middle of the window: a notice, five stretches of which one is open, or a page about a card."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kakanai.ui.card_number_page import CardNumberPage
from kakanai.ui.card_page import CardPage
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.collation_page import CollationPage
from kakanai.ui.controls import FittingStack
from kakanai.ui.finding_stretch import FindingStretch
from kakanai.ui.fitting_area import FittingArea
from kakanai.ui.licence_page import LicencePage
from kakanai.ui.notice import Notice
from kakanai.ui.person_stretch import PersonStretch
from kakanai.ui.pin_pad import PinPad
from kakanai.ui.print_stretch import PrintStretch
from kakanai.ui.procedure_stretch import ProcedureStretch
from kakanai.ui.question_stretch import QuestionStretch
from kakanai.ui.residence_entry import ResidenceEntry
from kakanai.ui.stretch import Stretch
from kakanai.ui.supervisor_page import SupervisorPage
from kakanai.ui.theme import Theme

PERSON, PROCEDURE, QUESTION, FINDING, PRINT = range(5)
"""The stretches ①…⑤ by their place."""


class Conversation(QWidget):
    """One page, no wizard: any stretch opens at any time.

    Signals:
        stretch_opened(index): that stretch is open now.
        card_page_opened(): a page about a card lies in the place of the stretches, or another than before.
        rung_wanted(Rung): know the person in another way.
    """

    stretch_opened = Signal(int)
    card_page_opened = Signal()
    rung_wanted = Signal(object)

    def __init__(self, theme: Theme, flow: CaseFlow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Conversation")
        self._flow = flow
        self.notice = Notice(theme)
        self.pin_pad = PinPad(theme)
        self.collation = CollationPage(theme)
        self.licence = LicencePage(theme)
        self.card_number = CardNumberPage(theme)
        self.residence_entry = ResidenceEntry(theme, lambda: flow.today)
        self.supervisor = SupervisorPage(theme)
        self.person = PersonStretch(theme, flow)
        self.procedure = ProcedureStretch(theme, flow)
        self.question = QuestionStretch(theme, flow)
        self.finding = FindingStretch(theme, flow)
        self.printing = PrintStretch(theme, flow)
        self.stretches: list[Stretch] = [
            self.person,
            self.procedure,
            self.question,
            self.finding,
            self.printing,
        ]
        page = QWidget()
        page.setObjectName("StretchBody")
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for index, stretch in enumerate(self.stretches):
            self._column.addWidget(stretch)
            stretch.opening_wanted.connect(partial(self.open, index))
            stretch.header.setToolTip(self.tr("Alt+{number}").format(number=index + 1))
            stretch.finished.connect(partial(self._go_on, index))
        self._stack = FittingStack()
        self._page = page
        self._stack.add_page(page)
        self._key_pages: list[CardPage] = [self.pin_pad, self.collation, self.licence, self.card_number]
        for card_page in (*self._key_pages, self.supervisor):
            self._stack.add_page(card_page, FittingArea(card_page))
            card_page.rung_wanted.connect(self.rung_wanted)
        self._stack.add_page(self.residence_entry, FittingArea(self.residence_entry))
        column = QVBoxLayout(self)
        space = theme.px("space.small")
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(space)
        column.addWidget(self.notice)
        column.addWidget(self._stack, 1)
        self.printing.decisions_wanted.connect(partial(self.open, 3))
        self.current = 0
        self.open(0)

    def set_compact(self, *, is_compact: bool) -> None:
        """Leave away the headers of the stretches and the drawings of cards, where room is short."""
        for stretch in self.stretches:
            stretch.set_header(is_shown=not is_compact)
        for page in (*self._key_pages, self.supervisor):
            page.set_compact(is_compact=is_compact)

    @property
    def is_asking_pin(self) -> bool:
        """Whether the PIN page of マイナンバーカード is shown."""
        return self._stack.current is self.pin_pad

    @property
    def is_asking_key(self) -> bool:
        """Whether a page is shown that needs the card to stay where it is."""
        return self._stack.current in self._key_pages

    @property
    def is_on_card_page(self) -> bool:
        """Whether any page is shown in place of the stretches."""
        return self._stack.current is not self._page

    def shows(self, page: QWidget) -> bool:
        """Whether this page is the one in the middle."""
        return self._stack.current is page

    def show_page(self, page: QWidget) -> None:
        """Show a page about a card; what was entered on the page before is forgotten."""
        is_new = not self.shows(page)
        if is_new:
            self._forget_page()
        self._stack.show_page(page)
        if is_new:
            self.card_page_opened.emit()

    @Slot()
    def show_stretches(self) -> None:
        """Leave the page about a card; what was entered there is forgotten."""
        if self.is_on_card_page:
            self._forget_page()
            self._stack.show_page(self._page)
            self.stretches[self.current].take_focus()

    def take_focus(self) -> None:
        """Put the focus where the work is."""
        page = self._stack.current
        if isinstance(page, CardPage | ResidenceEntry):
            page.take_focus()
        else:
            self.stretches[self.current].take_focus()

    def _forget_page(self) -> None:
        page = self._stack.current
        if isinstance(page, CardPage | ResidenceEntry):
            page.forget()

    @Slot()
    def open(self, index: int) -> None:
        """Open one stretch and fold the others; a page about a card goes."""
        self._forget_page()
        self._stack.show_page(self._page)
        self.current = index
        for number, stretch in enumerate(self.stretches):
            stretch.set_open(number == index)
            self._column.setStretch(number, 1 if number == index else 0)
        self.stretches[index].take_focus()
        self.stretch_opened.emit(index)

    @Slot()
    def _go_on(self, index: int) -> None:
        """Open the next thing to do after a finished stretch, wherever it is."""
        if index == 1 and self._flow.person is None:
            self.open(0)
        elif index == 0 and self._flow.case is not None and (self._flow.case.forms or self._flow.life_event):
            self.open(2)
        else:
            self.open(min(index + 1, len(self.stretches) - 1))

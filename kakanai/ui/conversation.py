"""The middle of the window: a notice, five stretches of which one is open, and the PIN pad in their place."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.finding_stretch import FindingStretch
from kakanai.ui.notice import Notice
from kakanai.ui.person_stretch import PersonStretch
from kakanai.ui.pin_pad import PinPad
from kakanai.ui.print_stretch import PrintStretch
from kakanai.ui.procedure_stretch import ProcedureStretch
from kakanai.ui.question_stretch import QuestionStretch
from kakanai.ui.stretch import Stretch
from kakanai.ui.theme import Theme


class Conversation(QWidget):
    """One page, no wizard: any stretch opens at any time.

    Signals:
        stretch_opened(index): that stretch is open now.
    """

    stretch_opened = Signal(int)

    def __init__(self, theme: Theme, flow: CaseFlow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Conversation")
        self._flow = flow
        self.notice = Notice(theme)
        self.pin_pad = PinPad(theme)
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
            stretch.finished.connect(partial(self._go_on, index))
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self._stack.addWidget(self.pin_pad)
        column = QVBoxLayout(self)
        space = theme.px("space.small")
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(space)
        column.addWidget(self.notice)
        column.addWidget(self._stack, 1)
        self.printing.decisions_wanted.connect(partial(self.open, 3))
        self.pin_pad.left.connect(self.show_stretches)
        self.current = 0
        self.open(0)

    @property
    def is_asking_pin(self) -> bool:
        """Whether the PIN pad is shown."""
        return self._stack.currentWidget() is self.pin_pad

    def ask_pin(self, tries: int, my_number_forms: list[str]) -> None:
        """Show the PIN pad."""
        self._stack.setCurrentWidget(self.pin_pad)
        self.pin_pad.ask(tries, my_number_forms)

    @Slot()
    def show_stretches(self) -> None:
        """Leave the PIN pad; its digits are forgotten."""
        if self.is_asking_pin:
            self._stack.setCurrentIndex(0)
            self.stretches[self.current].take_focus()

    @Slot()
    def open(self, index: int) -> None:
        """Open one stretch and fold the others; the PIN pad goes."""
        self._stack.setCurrentIndex(0)
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
        elif index == 0 and self._flow.case is not None and self._flow.case.forms:
            self.open(2)
        else:
            self.open(min(index + 1, len(self.stretches) - 1))

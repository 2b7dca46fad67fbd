"""The left column: this case, its five steps, and the practice cards when cards are simulated."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kakanai.errors import KakanaiError
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.case_state import ASKED_SIGN, CARD_SIGN, DERIVED_SIGN
from kakanai.ui.controls import ActionButton, ChoiceBox, Hairline, TextLabel, set_property
from kakanai.ui.desk import CardTable
from kakanai.ui.stretch import Stretch
from kakanai.ui.theme import Theme


class CaseColumn(QWidget):
    """Shows where the case stands.

    Signals:
        stretch_wanted(index): open that stretch.
    """

    stretch_wanted = Signal(int)

    def __init__(
        self, theme: Theme, flow: CaseFlow, stretches: list[Stretch], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("CaseColumn")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.px("measure.column_width"))
        self._flow = flow
        self._stretches = stretches
        self._current = 0
        self._number = TextLabel()
        self._number.setObjectName("CaseNumber")
        self._state = TextLabel("", "small")
        self.steps: list[QPushButton] = []
        self.column = QVBoxLayout(self)
        space = theme.px("space.small")
        self.column.setContentsMargins(theme.px("space.medium"), theme.px("space.medium"), space, space)
        self.column.setSpacing(theme.px("space.tight"))
        self.column.addWidget(TextLabel(self.tr("受付番号"), "small"))
        self.column.addWidget(self._number)
        self.column.addWidget(self._state)
        self.column.addWidget(Hairline())
        for index, stretch in enumerate(stretches):
            step = QPushButton(stretch.title)
            step.setProperty("role", "step")
            step.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt+number does the same
            step.setToolTip(self.tr("Alt+{number}").format(number=index + 1))
            step.clicked.connect(partial(self._want, index))
            self.steps.append(step)
            self.column.addWidget(step)
        self.column.addWidget(Hairline())
        legend = (
            f"{CARD_SIGN} {self.tr('カード')}",
            f"{ASKED_SIGN} {self.tr('聞き取り・入力')}",
            f"{DERIVED_SIGN} {self.tr('自動')}",
        )
        self.column.addWidget(TextLabel("\n".join(legend), "small"))
        self.column.addStretch(1)
        flow.changed.connect(self.refresh)
        flow.asked.connect(self.refresh)
        flow.filled.connect(self.refresh)
        self.refresh()

    @Slot()
    def _want(self, index: int) -> None:
        self.stretch_wanted.emit(index)

    @Slot(int)
    def show_current(self, index: int) -> None:
        """Mark the open stretch."""
        self._current = index
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the number and the ✓ of each step."""
        case = self._flow.case
        self._number.setText(case.number if case else self.tr("次の方"))
        if case is None:
            self._state.setText(self.tr("受付を始めていません"))
        elif self._flow.is_printing:
            self._state.setText(self.tr("印刷中"))
        else:
            self._state.setText(self.tr("印刷後") if self._flow.is_released else self.tr("受付中"))
        for index, (step, stretch) in enumerate(zip(self.steps, self._stretches, strict=True)):
            is_current = index == self._current
            sign = "▶" if is_current else "✓" if stretch.is_done else "　"
            step.setText(f"{sign} {stretch.title}")
            step.setAccessibleName(f"{stretch.title} {stretch.summary}")
            set_property(step, "state", "current" if is_current else "done" if stretch.is_done else "")


class CardTablePanel(QFrame):
    """The practice cards 見本カード: choose one, put it on the reader, take it away.

    Signals:
        refused(KakanaiError): the card could not be put there.
    """

    refused = Signal(object)

    def __init__(self, theme: Theme, table: CardTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("CardTable")
        self._table = table
        self.cards = ChoiceBox()
        self.cards.setAccessibleName(self.tr("練習用カード"))
        for specimen, label in table.specimens():
            self.cards.addItem(label, specimen)
        self.cards.setMinimumContentsLength(6)
        self.cards.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.put = ActionButton(self.tr("置く"))
        self.put.clicked.connect(self._insert)
        self.take = ActionButton(self.tr("外す"))
        self.take.clicked.connect(self._remove)
        buttons = QHBoxLayout()
        buttons.addWidget(self.put, 1)
        buttons.addWidget(self.take, 1)
        column = QVBoxLayout(self)
        space = theme.px("space.small")
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(theme.px("space.tight"))
        column.addWidget(TextLabel(self.tr("練習用カード"), "small"))
        column.addWidget(self.cards)
        column.addLayout(buttons)

    @Slot()
    def _insert(self) -> None:
        try:
            self._table.insert(str(self.cards.currentData()))
        except KakanaiError as error:
            self.refused.emit(error)

    @Slot()
    def _remove(self) -> None:
        self._table.remove()

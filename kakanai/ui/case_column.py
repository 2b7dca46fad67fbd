"""The left column: this case, who is in it, and the practice cards when cards are simulated."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kakanai.errors import KakanaiError
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.case_state import ASKED_SIGN, CARD_SIGN, DERIVED_SIGN
from kakanai.ui.controls import ActionButton, ChoiceBox, Hairline, TextLabel
from kakanai.ui.desk import CardTable
from kakanai.ui.people_list import PeopleList
from kakanai.ui.theme import Theme


class CaseColumn(QWidget):
    """Shows which case this is, how it stands, and its people; the steps stand in the conversation."""

    def __init__(self, theme: Theme, flow: CaseFlow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("CaseColumn")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._flow = flow
        self._number = TextLabel()
        self._number.setObjectName("CaseNumber")
        self._state = TextLabel("", "small")
        self.column = QVBoxLayout(self)
        space = theme.px("space.small")
        self.column.setContentsMargins(theme.px("space.medium"), theme.px("space.medium"), space, space)
        self.column.setSpacing(theme.px("space.tight"))
        self.column.addWidget(TextLabel(self.tr("受付番号"), "small"))
        self.column.addWidget(self._number)
        self.column.addWidget(self._state)
        self.column.addWidget(Hairline())
        self.people = PeopleList(theme, flow)
        self.column.addWidget(self.people)
        legend = (
            f"{CARD_SIGN} {self.tr('カード')}",
            f"{ASKED_SIGN} {self.tr('聞き取り')}",
            f"{DERIVED_SIGN} {self.tr('自動')}",
        )
        self.column.addWidget(TextLabel(" ".join(legend), "small"))
        self.column.addStretch(1)
        flow.changed.connect(self.refresh)
        self.refresh()

    def add_above_rest(self, widget: QWidget) -> None:
        """Put another block below the people, above the free room."""
        lines = self.column
        free = next(n for n in range(lines.count()) if (item := lines.itemAt(n)) and item.spacerItem())
        lines.insertWidget(free, widget)

    @Slot()
    def refresh(self) -> None:
        """Show the number, and how the case stands."""
        case = self._flow.case
        self._number.setText(case.number if case else self.tr("次の方"))
        if case is None:
            self._state.setText(self.tr("受付を始めていません"))
        elif self._flow.is_printing:
            self._state.setText(self.tr("印刷中"))
        else:
            self._state.setText(self.tr("印刷後") if self._flow.is_released else self.tr("受付中"))


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

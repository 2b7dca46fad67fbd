"""The day-log page 日報 (F11): the cases of a day, filtered by how they ended."""

import datetime as dt

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDateEdit,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kakanai.counter import Office
from kakanai.errors import KakanaiError
from kakanai.identity.wareki import wareki_text
from kakanai.sessionlog.entry import JST, Outcome
from kakanai.ui.controls import ActionButton, ChoiceBox, FlowLayout, TextLabel
from kakanai.ui.day_log_model import Column, DayLogModel, OutcomeFilter, outcome_words
from kakanai.ui.theme import Theme


class DayLogPage(QWidget):
    """Reads the log each time it is shown; nothing on it can be changed.

    Signals:
        left(): back to the counter.
        failed(KakanaiError): the log could not be read.
    """

    left = Signal()
    failed = Signal(object)

    def __init__(self, theme: Theme, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._office = office
        self.model = DayLogModel(office.procedures, self)
        self.filter = OutcomeFilter(self)
        self.filter.setSourceModel(self.model)
        self.table = QTableView()
        self.table.setModel(self.filter)
        self.table.setAccessibleName(self.tr("日報"))
        self.table.setAlternatingRowColors(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        theme.size(self.table.verticalHeader(), "setDefaultSectionSize", "measure.row")
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(Column.PROCEDURES, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.day = QDateEdit()
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setAccessibleName(self.tr("日付"))
        self.day.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.size(self.day, "setFixedSize", "measure.day_width", "measure.target")
        self.day.dateChanged.connect(self.refresh)
        self._wareki = TextLabel()
        self._sum = TextLabel("", "strong")
        self.outcomes = ChoiceBox()
        self.outcomes.setAccessibleName(self.tr("結果で絞る"))
        self.outcomes.addItem(self.tr("すべての結果"), None)
        for outcome in Outcome:
            self.outcomes.addItem(outcome_words(outcome), outcome)
        self.outcomes.currentIndexChanged.connect(self._filter)
        self._lay(theme)

    def _lay(self, theme: Theme) -> None:
        earlier, later = ActionButton(self.tr("◀ 前の日")), ActionButton(self.tr("次の日 ▶"))
        earlier.clicked.connect(self.show_day_before)
        later.clicked.connect(self.show_day_after)
        back = ActionButton(self.tr("受付に戻る（F11・Esc）"), "primary")
        back.clicked.connect(self.left)
        line = FlowLayout(theme.px("space.small"))
        title = TextLabel(self.tr("日報"), "title")
        for label in (title, self._wareki, self._sum):
            theme.size(label, "setMinimumHeight", "measure.target")  # on the line of the buttons beside it
        for widget in (title, back, earlier, self.day, later, self._wareki, self.outcomes, self._sum):
            line.addWidget(widget)
        column = QVBoxLayout(self)
        space = theme.px("space.medium")
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(space)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        column.addWidget(
            TextLabel(
                self.tr(
                    "氏名・住所・生年月日・個人番号・暗証番号は記録されません。行は直すことも消すこともできません。"
                ),
                "small",
                wrap=True,
            )
        )

    def open_today(self) -> None:
        """Show the present day."""
        today = self._office.now().astimezone(JST).date()
        self.day.blockSignals(True)
        self.day.setDate(QDate(today.year, today.month, today.day))
        self.day.blockSignals(False)
        self.refresh()
        self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def show_day_before(self) -> None:
        """One day back."""
        self.day.setDate(self.day.date().addDays(-1))

    @Slot()
    def show_day_after(self) -> None:
        """One day on."""
        self.day.setDate(self.day.date().addDays(1))

    @Slot()
    def refresh(self) -> None:
        """Read the day again."""
        date = self.day.date()
        day = dt.date(date.year(), date.month(), date.day())
        try:
            entries = self._office.log.day(day)
        except KakanaiError as error:
            self.model.show_day([])
            self.failed.emit(error)
            return
        self.model.show_day(entries)
        self._wareki.setText(wareki_text(day))
        self._count()

    @Slot()
    def _filter(self) -> None:
        chosen = self.outcomes.currentData()  # Qt hands a StrEnum back as plain text
        self.filter.show_only(Outcome(chosen) if chosen else None)
        self._count()

    def _count(self) -> None:
        rows = range(self.filter.rowCount())
        pages = sum(int(self.filter.index(row, Column.PAGES).data() or 0) for row in rows)
        self._sum.setText(self.tr("{cases}件　{pages}枚").format(cases=len(rows), pages=pages))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

"""The table of cases: arrows choose a case; one that is rested at is chosen for good."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from kakanai.sessionlog.case_line import CaseLine
from kakanai.ui.daybook.case_model import NUMBER_ROLE, CaseModel, CasesWorthALook, Column
from kakanai.ui.theme import Theme

_REST_MS = 350
"""Who goes past a row does not look at its case: each look is in the log."""
_SIZED_BY = 40  # rows
_MOVING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CaseTable(QTableView):
    """The cases of a day or of a search.

    Signals:
        chosen(CaseLine or None): the row that is on, at once.
        rested(CaseLine): the row that is still on a moment later, or was taken by Enter.
    """

    chosen = Signal(object)
    rested = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._take_rest)
        self.cases = CaseModel(self)
        self.shown = CasesWorthALook(self)
        self.shown.setSourceModel(self.cases)
        self.setModel(self.shown)
        self.setAccessibleName(self.tr("受付の一覧"))
        self.setAlternatingRowColors(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        theme.size(self.verticalHeader(), "setDefaultSectionSize", "measure.row")
        theme.size(self, "setMinimumHeight", "measure.table_height")
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(_SIZED_BY)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (Column.PROCEDURES, Column.REASONS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    @property
    def line(self) -> CaseLine | None:
        """The case that is chosen."""
        rows = self.selectionModel().selectedRows() if self.selectionModel() else []
        return self.cases.line(self.shown.mapToSource(rows[0]).row()) if rows else None

    def choose(self, number: str) -> bool:
        """Choose a case by its number; False when it is not shown."""
        for row in range(self.shown.rowCount()):
            if self.shown.index(row, 0).data(NUMBER_ROLE) == number:
                self.selectRow(row)
                return True
        return False

    def choose_after(self, number: str) -> None:
        """Choose the case below that one, or stay at the last."""
        for row in range(self.shown.rowCount()):
            if self.shown.index(row, 0).data(NUMBER_ROLE) == number:
                self.selectRow(min(row + 1, self.shown.rowCount() - 1))
                return

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell which case is chosen, and again when it is rested at."""
        super().selectionChanged(selected, deselected)
        self.chosen.emit(self.line)
        self._rest.start()

    @Slot()
    def _take_rest(self) -> None:
        if (line := self.line) is not None and self.isVisible():
            self.rested.emit(line)

    def forget_rest(self) -> None:
        """Look at nothing that was only passed by."""
        self._rest.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Enter looks at once; letters are for the page."""
        key = Qt.Key(event.key())
        if key in _MOVING and self.line is None and self.shown.rowCount():
            self.selectRow(max(self.currentIndex().row(), 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._rest.stop()
            self._take_rest()
        elif key == Qt.Key.Key_Escape or (event.text() and event.text().isprintable() and key not in _MOVING):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mark_first(self) -> None:
        """Put the cursor on the first row, which is not looked at by that."""
        if self.shown.rowCount():
            none = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self.shown.index(0, 0), none)

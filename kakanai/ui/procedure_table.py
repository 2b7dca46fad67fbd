"""The procedures 手続 of a shelf or a search, one a line: number, title, forms, whether it is chosen."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from kakanai.reception.procedure import Procedure
from kakanai.ui.theme import Theme

_NUMBER, _TITLE, _FORMS = range(3)


class ProcedureTable(QTableWidget):
    """The line that a key would take is marked; none is while the clerk only looks.

    Signals:
        pressed_line(procedure id): chosen or taken back with the mouse or Space.
        typed(str): letters, for the search line.
        left(): Enter, while the table has the focus.
    """

    pressed_line = Signal(str)
    typed = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(0, 3)
        self._procedures: list[Procedure] = []
        self._chosen: frozenset[str] = frozenset()
        self._notes: Mapping[str, str] = {}
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().hide()
        theme.size(self.verticalHeader(), "setDefaultSectionSize", "measure.list_row")
        header = self.horizontalHeader()
        header.setSectionResizeMode(_NUMBER, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_TITLE, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_FORMS, QHeaderView.ResizeMode.ResizeToContents)
        self.setAccessibleName(self.tr("手続の一覧"))
        self.cellClicked.connect(self._take_click)

    @property
    def shown(self) -> list[Procedure]:
        """The procedures in the table, top to bottom."""
        return list(self._procedures)

    @property
    def current(self) -> Procedure | None:
        """The procedure of the marked line."""
        row = self.currentRow()
        return self._procedures[row] if self.selectedItems() and 0 <= row < len(self._procedures) else None

    def show_procedures(self, procedures: list[Procedure], *, marked: int = -1) -> None:
        """Show these; mark the line `marked`, -1 for none."""
        if procedures != self._procedures:
            self._procedures = procedures
            self.setRowCount(0)
            self.setRowCount(len(procedures))
            for row, procedure in enumerate(procedures):
                self._fill_row(row, procedure)
            self._mark_chosen()
        self.mark(marked)

    def _fill_row(self, row: int, procedure: Procedure) -> None:
        cells = (procedure.number, procedure.title, "・".join(procedure.forms))
        for column, words in enumerate(cells):
            item = QTableWidgetItem(words)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setToolTip(procedure.title)
            self.setItem(row, column, item)

    def mark(self, row: int) -> None:
        """Mark a line and bring it in sight, -1 for none."""
        if 0 <= row < len(self._procedures):
            self.setCurrentCell(row, _TITLE)
            self.scrollTo(self.model().index(row, _TITLE))
        else:
            self.setCurrentCell(-1, -1)
            self.clearSelection()
            self.scrollToTop()

    def move_mark(self, step: int) -> None:
        """Mark the line below or above; the first or last one at the beginning."""
        row = (
            self._procedures.index(self.current)
            if self.current
            else -1
            if step > 0
            else len(self._procedures)
        )
        self.mark(min(max(row + step, 0), len(self._procedures) - 1))

    def show_chosen(self, chosen: Collection[str], notes: Mapping[str, str] | None = None) -> None:
        """Tick the procedures of these ids; `notes` stand before the titles of some."""
        self._chosen = frozenset(chosen)
        self._notes = notes or {}
        self._mark_chosen()

    def _mark_chosen(self) -> None:
        for row, procedure in enumerate(self._procedures):
            is_chosen = procedure.id in self._chosen
            item = self.item(row, _TITLE) or QTableWidgetItem()
            note = self._notes.get(procedure.id, "")
            item.setText(f"{'✓' if is_chosen else '　'} {f'［{note}］' if note else ''}{procedure.title}")
            state = f"{self.tr('選択済み') if is_chosen else self.tr('未選択')} {note}".strip()
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                self.tr("{number} {title} {forms} {state}").format(
                    number=procedure.number,
                    title=procedure.title,
                    forms="・".join(procedure.forms),
                    state=state,
                ),
            )
            font = item.font()
            font.setBold(is_chosen)
            item.setFont(font)

    @Slot(int, int)
    def _take_click(self, row: int, _column: int) -> None:
        self.pressed_line.emit(self._procedures[row].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Enter goes on, letters search; arrows move as in any table."""
        current = self.current
        if event.key() == Qt.Key.Key_Space:
            if current is not None:
                self.pressed_line.emit(current.id)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.text().isprintable() and event.text():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

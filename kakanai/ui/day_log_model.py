"""The day log 日報 as a table: one row for each case, nothing personal in it."""

import datetime as dt
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from kakanai.reception.procedure import ProcedureCatalog
from kakanai.sessionlog.entry import JST, DayEntry, LoggedReadBy, Outcome

Index = QModelIndex | QPersistentModelIndex
OUTCOME_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class Column(IntEnum):
    """The columns in their order."""

    CASE_NUMBER = 0
    CLERK = 1
    STARTED = 2
    FINISHED = 3
    CARD = 4
    READ_BY = 5
    PROCEDURES = 6
    FORMS = 7
    PAGES = 8
    OUTCOME = 9
    CODES = 10


def _words(text: str) -> str:
    return QCoreApplication.translate("DayLog", text)


_TITLES = ("受付番号", "職員", "開始", "終了", "カード", "読取方法", "手続", "様式", "枚数", "結果", "コード")
_CARDS = {
    "mynumber": "マイナンバーカード",
    "driver_licence": "運転免許証",
    "residence_card": "在留カード",
    "unknown": "不明のカード",
}
_READ_BY = {
    LoggedReadBy.PIN.value: "暗証番号",
    LoggedReadBy.COLLATION_B.value: "照合番号B",
    LoggedReadBy.CARD_NUMBER.value: "カードの番号",
    LoggedReadBy.HAND.value: "手入力",
}
_OUTCOMES = {
    Outcome.PRINTED: "✓ 印刷済",
    Outcome.PRINT_FAILED: "× 印刷できず",
    Outcome.CANCELLED: "－ 取りやめ",
    Outcome.OPEN: "○ 受付中",
}


def outcome_words(outcome: Outcome) -> str:
    """Sign and word of an outcome."""
    return _words(_OUTCOMES[outcome])


class DayLogModel(QAbstractTableModel):
    """The cases of one day as the log tells them."""

    def __init__(self, procedures: ProcedureCatalog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._procedures = procedures
        self._entries: list[DayEntry] = []

    def show_day(self, entries: list[DayEntry]) -> None:
        """Show these cases in place of the last ones."""
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """One row for each case."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as above
        """One column for each of Column."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        """The columns' titles."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return _words(_TITLES[section])
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The words of a cell; OUTCOME_ROLE gives the outcome's id for the filter."""
        if not index.isValid():
            return None
        entry, column = self._entries[index.row()], Column(index.column())
        if role == OUTCOME_ROLE:
            return entry.outcome.value
        if role == Qt.ItemDataRole.TextAlignmentRole and column is Column.PAGES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(entry, column)
        return None

    def _text(self, entry: DayEntry, column: Column) -> str:
        return {
            Column.CASE_NUMBER: str(entry.case_number),
            Column.CLERK: str(entry.clerk),
            Column.STARTED: _clock(entry.started_at),
            Column.FINISHED: _clock(entry.finished_at),
            Column.CARD: _words(_CARDS[entry.card_kind]) if entry.card_kind else "－",
            Column.READ_BY: _words(_READ_BY[entry.read_by]) if entry.read_by else "－",
            Column.PROCEDURES: "・".join(self._title(name) for name in entry.procedures),
            Column.FORMS: "・".join(form.form for form in entry.forms),
            Column.PAGES: str(entry.pages) if entry.pages else "",
            Column.OUTCOME: outcome_words(entry.outcome),
            Column.CODES: " ".join(entry.codes),
        }[column]

    def _title(self, procedure: str) -> str:
        known = self._procedures.procedures.get(procedure)
        return known.title if known else procedure


def _clock(time: dt.datetime | None) -> str:
    return f"{time.astimezone(JST):%H:%M:%S}" if time else ""


class OutcomeFilter(QSortFilterProxyModel):
    """Only the cases with one outcome, or all of them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._outcome: Outcome | None = None

    def show_only(self, outcome: Outcome | None) -> None:
        """Filter by an outcome; None shows all."""
        self.beginFilterChange()
        self._outcome = outcome
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Whether the case has the outcome."""
        if self._outcome is None:
            return True
        index = self.sourceModel().index(source_row, 0, source_parent)
        return bool(index.data(OUTCOME_ROLE) == self._outcome.value)

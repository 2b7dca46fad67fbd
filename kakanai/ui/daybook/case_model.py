"""Cases as a table: those of a day, or those a search found, more of which are read as the table scrolls."""

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)

from kakanai.daybook.case_words import clock, ended_words, outcome_sign, review_words
from kakanai.daybook.concerns import Reason
from kakanai.daybook.titles import Titles
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.words import Review

Index = QModelIndex | QPersistentModelIndex
NUMBER_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_REVIEW_SIGNS = {Review.NONE: "○", Review.APPROVED: "✓", Review.SENT_BACK: "↩"}


class Column(IntEnum):
    """The columns in their order."""

    CASE_NUMBER = 0
    TIMES = 1
    STAFF = 2
    PROCEDURES = 3
    PAGES = 4
    OUTCOME = 5
    REASONS = 6
    REVIEW = 7


_TITLES = ("受付番号", "開始–終了", "職員", "手続（様式）", "枚", "結果", "見る点", "確認")


def _words(text: str) -> str:
    return QCoreApplication.translate("CaseModel", text)


def sign_and_outcome(line: CaseLine) -> str:
    """How a case ended, as a sign and words."""
    return f"{outcome_sign(line.outcome)} {ended_words(line.outcome, is_ended=line.finished_at is not None)}"


def sign_and_review(review: Review) -> str:
    """What a supervisor said, as a sign and words."""
    return f"{_REVIEW_SIGNS[review]} {review_words(review)}"


def reasons_in_line(line: CaseLine) -> tuple[Reason, ...]:
    """Why a case is worth a look, as far as its line alone tells; for cases of other days."""
    told = {
        Reason.OVERRIDDEN: line.is_overridden,
        Reason.SENT_BACK: line.review is Review.SENT_BACK,
        Reason.LOOKUP: line.is_lookup,
        Reason.REPRINTED: line.is_reprinted,
        Reason.OFF_HOURS: line.is_unusual_hour,
        Reason.FAILED: line.failures > 0,
    }
    return tuple(reason for reason, is_so in told.items() if is_so)


class CaseModel(QAbstractTableModel):
    """Cases in the order they came.

    Signals:
        more_wanted(): the table reached its end, and there is more to be read.
    """

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles: Titles | None = None
        self._lines: list[CaseLine] = []
        self._reasons: Mapping[str, Sequence[Reason]] | None = None
        self._has_more = False
        self._is_asking = False

    def show_lines(
        self,
        lines: Iterable[CaseLine],
        titles: Titles,
        reasons: Mapping[str, Sequence[Reason]] | None = None,
        *,
        has_more: bool = False,
    ) -> None:
        """Show these cases in place of the last ones; without `reasons` a line's own are told."""
        self.beginResetModel()
        self._titles, self._reasons = titles, reasons
        self._lines = list(lines)
        self._has_more, self._is_asking = has_more, False
        self.endResetModel()

    def clear(self) -> None:
        """Show no case."""
        self.beginResetModel()
        self._lines, self._has_more, self._is_asking = [], False, False
        self.endResetModel()

    def add_lines(self, lines: Sequence[CaseLine], *, has_more: bool) -> None:
        """Put the next cases at the end."""
        self._has_more, self._is_asking = has_more, False
        if lines:
            first = len(self._lines)
            self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
            self._lines += lines
            self.endInsertRows()
        if has_more and not lines:
            self.fetchMore()

    def end_asking(self) -> None:
        """What was asked for last does not come; it can be asked for again."""
        self._is_asking = False

    def put_line(self, line: CaseLine) -> None:
        """Show a case as it is now, if it is among those shown."""
        for row, known in enumerate(self._lines):
            if known.case_number == line.case_number:
                self._lines[row] = line
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def line(self, row: int) -> CaseLine:
        """The case of a row."""
        return self._lines[row]

    def reasons_of(self, line: CaseLine) -> Sequence[Reason]:
        """Why a case is worth a look."""
        if self._reasons is None:
            return reasons_in_line(line)
        return self._reasons.get(str(line.case_number), ())

    # --- as Qt asks ---------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """One row for each case."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as above
        """One column for each of Column."""
        return 0 if parent.isValid() else len(Column)

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008  # as above
        """Whether there is more, and it is not asked for yet."""
        return not parent.isValid() and self._has_more and not self._is_asking

    def fetchMore(self, parent: Index = QModelIndex()) -> None:  # noqa: B008  # as above
        """Ask for the next cases; they come with add_lines."""
        if self.canFetchMore(parent):
            self._is_asking = True
            self.more_wanted.emit()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        """The columns' titles."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return _words(_TITLES[section])
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The words of a cell; NUMBER_ROLE gives the case number."""
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], Column(index.column())
        if role == NUMBER_ROLE:
            return str(line.case_number)
        if role == Qt.ItemDataRole.TextAlignmentRole and column is Column.PAGES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(line, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_words(_TITLES[column])} {self._text(line, column)}"
        return None

    def _text(self, line: CaseLine, column: Column) -> str:  # one line for each column
        match column:
            case Column.CASE_NUMBER:
                return str(line.case_number)
            case Column.TIMES:
                return f"{clock(line.opened_at)}–{clock(line.finished_at)}"
            case Column.STAFF:
                return f"{line.staff}（{line.counter}）" if line.counter else str(line.staff)
            case Column.PROCEDURES:
                return self._what(line)
            case Column.PAGES:
                return str(line.pages) if line.pages else ""
            case Column.OUTCOME:
                return sign_and_outcome(line)
            case Column.REASONS:
                return "・".join(reason.label for reason in self.reasons_of(line))
            case Column.REVIEW:
                return sign_and_review(line.review)

    def _what(self, line: CaseLine) -> str:
        titles = self._titles
        what = "・".join(titles.procedure(one) if titles else one for one in line.procedures)
        forms = " ".join(form.form for form in line.forms)
        return f"{what}（{forms}）" if forms else what


class CasesWorthALook(QSortFilterProxyModel):
    """Only the cases of these numbers, or all of them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers: frozenset[str] | None = None

    def show_only(self, numbers: Iterable[str] | None) -> None:
        """Filter by numbers; None shows all."""
        self.beginFilterChange()
        self._numbers = None if numbers is None else frozenset(numbers)
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Whether the case is one of them."""
        if self._numbers is None:
            return True
        index = self.sourceModel().index(source_row, 0, source_parent)
        return index.data(NUMBER_ROLE) in self._numbers

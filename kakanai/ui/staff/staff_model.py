"""The registered numbers 職員 as a table: number, role, how they stand."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kakanai.staff.register import StaffMember

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class StaffColumn(IntEnum):
    """The columns."""

    NUMBER = 0
    ROLE = 1
    STATE = 2


class StaffModel(QAbstractTableModel):
    """One line for each number that was ever registered."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.members: tuple[StaffMember, ...] = ()

    def show_members(self, members: Sequence[StaffMember]) -> None:
        """Show these."""
        self.beginResetModel()
        self.members = tuple(members)
        self.endResetModel()

    def row_of(self, number: str) -> int:
        """The line of a number, -1 when it has none."""
        return next((row for row, one in enumerate(self.members) if one.number == number), -1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """See QAbstractItemModel."""
        return 0 if parent.isValid() else len(self.members)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """See QAbstractItemModel."""
        return 0 if parent.isValid() else len(StaffColumn)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell."""
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        member = self.members[index.row()]
        match StaffColumn(index.column()):
            case StaffColumn.NUMBER:
                return str(member.number)
            case StaffColumn.ROLE:
                return member.role.label
            case StaffColumn.STATE:
                return self._state(member)

    def _state(self, member: StaffMember) -> str:
        if not member.is_active:
            return self.tr("× 使えません")
        marks = [
            self.tr("▲ 仮のパスワード") if member.must_change else self.tr("✓ 使えます"),
            self.tr("職員証") if member.has_card else "",
        ]
        return "　".join(mark for mark in marks if mark)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The words over a column."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return {
            StaffColumn.NUMBER: self.tr("職員番号"),
            StaffColumn.ROLE: self.tr("役割"),
            StaffColumn.STATE: self.tr("状態"),
        }[StaffColumn(section)]

"""The shelves 棚 of ②: all procedures or what the event brings on top, then those of some life events."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QListWidget

from kakanai.reception.procedure import ProcedureCatalog, Shelf
from kakanai.ui.theme import Theme


class ShelfList(QListWidget):
    """The line's ← and → turn it; Tab goes straight to the procedures."""

    def __init__(self, theme: Theme, catalog: ProcedureCatalog) -> None:
        super().__init__()
        self._catalog = catalog
        self.setAccessibleName(self.tr("できごと"))
        self.addItem("")
        self.addItems([shelf.label for shelf in catalog.shelves])
        self.setFixedWidth(theme.px("measure.shelf_width"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.name_first(is_guided=False)

    @property
    def shelf(self) -> Shelf | None:
        """The shelf that is open, None for the first one."""
        row = self.currentRow()
        return self._catalog.shelves[row - 1] if row > 0 else None

    def name_first(self, *, is_guided: bool) -> None:
        """Name the first one: what the event brings, or all procedures by use."""
        self.item(0).setText(self.tr("この手続の案内") if is_guided else self.tr("よく使う順"))

    @Slot(int)
    def turn(self, step: int) -> None:
        """Open the next one or the one before, round and round."""
        self.setCurrentRow((self.currentRow() + step) % self.count())

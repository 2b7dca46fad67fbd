"""The chosen things as chips: a small button each, which takes its thing back."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QWidget

from kakanai.ui.controls import FlowLayout
from kakanai.ui.theme import Theme

_LINES = 2
_REMOVING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChipBar(QScrollArea):
    """Chips in a line, going on in the next; more than two lines scroll. A chip that stays keeps the focus.

    Signals:
        removed(str): the chip of this key was pressed, or Delete on it.
    """

    removed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.chips: dict[str, QPushButton] = {}
        self._gap = theme.px("space.tight")
        self._lay = FlowLayout(self._gap)
        self._inner = QWidget()
        self._inner.setObjectName("StretchBody")
        self._inner.setLayout(self._lay)
        self.setWidget(self._inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_chips(self, titles: dict[str, str]) -> None:
        """Show a chip for each key, in this order."""
        if list(titles) == list(self.chips):
            return
        for key in [key for key in self.chips if key not in titles]:
            self._drop(key)
        for key, title in titles.items():
            if key not in self.chips:
                self.chips[key] = self._make(key, title)
            # Put at the end one after the other: the order is that of the choice.
            self._lay.removeWidget(self.chips[key])
            self._lay.addWidget(self.chips[key])
        self.chips = {key: self.chips[key] for key in titles}
        self._fit()

    def _fit(self) -> None:
        """As high as the chips are, up to the number of lines."""
        if not self.chips:
            return
        line = next(iter(self.chips.values())).sizeHint().height()
        wanted = self._lay.heightForWidth(self.viewport().width())
        self.setFixedHeight(min(wanted, _LINES * line + (_LINES - 1) * self._gap))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The chips go on in other lines now."""
        super().resizeEvent(event)
        self._fit()

    def _make(self, key: str, title: str) -> QPushButton:
        chip = QPushButton(f"{title}  ×")
        chip.setParent(self._inner)
        chip.setProperty("role", "chip")
        chip.setAccessibleName(self.tr("{title} を外す").format(title=title))
        chip.setToolTip(self.tr("外す（Delete）"))
        chip.clicked.connect(partial(self._remove, key))
        chip.installEventFilter(self)
        return chip

    def _drop(self, key: str) -> None:
        chip = self.chips.pop(key)
        self._lay.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    @Slot()
    def _remove(self, key: str) -> None:
        self.removed.emit(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Delete, Backspace and Enter on a chip take it out; a chip that gets the focus comes in sight."""
        key = next((key for key, chip in self.chips.items() if chip is watched), None)
        if key is not None and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _REMOVING:
                self.removed.emit(key)
                return True
        elif key is not None and event.type() == QEvent.Type.FocusIn:
            self.ensureWidgetVisible(self.chips[key], 0, 0)
        return super().eventFilter(watched, event)

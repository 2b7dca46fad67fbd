"""The numbers read on a calibration sheet 調整用紙: two for each of four crosses."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from kakanai.printing.plane import Point
from kakanai.ui.controls import TextLabel
from kakanai.ui.theme import Theme

_EDGES: Final = {
    "A": ("A 左上", "左の端から", "上の端から"),
    "C": ("C 右下", "右の端から", "下の端から"),
    "B": ("B 右上", "右の端から", "上の端から"),
    "D": ("D 左下", "左の端から", "下の端から"),
}
_NEEDED: Final = ("A", "C")


class ReadingsGrid(QWidget):
    """Fields for A and C, which are needed, and for B and D, which find the slant.

    Signals:
        edited(): something was typed.
        entered(): Enter in a field.
    """

    edited = Signal()
    entered = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, tuple[QLineEdit, QLineEdit]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px("space.small"))
        grid.setVerticalSpacing(theme.px("space.tight"))
        for row, (mark, (name, across, down)) in enumerate(_EDGES.items()):
            words = name if mark in _NEEDED else self.tr("{name}（傾き）").format(name=name)
            grid.addWidget(TextLabel(words, "strong" if mark in _NEEDED else ""), row, 0)
            pair = []
            for place, edge in enumerate((across, down)):
                field = self._field(theme, f"{name} {edge} mm")
                label = TextLabel(edge)
                label.setBuddy(field)
                grid.addWidget(label, row, 1 + 3 * place, Qt.AlignmentFlag.AlignRight)
                grid.addWidget(field, row, 2 + 3 * place)
                grid.addWidget(TextLabel("mm"), row, 3 + 3 * place)
                pair.append(field)
            self.fields[mark] = (pair[0], pair[1])
        grid.setColumnStretch(7, 1)

    def _field(self, theme: Theme, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setMaxLength(6)
        field.setPlaceholderText("20.0")
        field.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        theme.size(field, "setFixedWidth", "measure.count_label_width")
        field.textEdited.connect(self.edited)
        field.returnPressed.connect(self.entered)
        return field

    def clear(self) -> None:
        """Empty all fields."""
        for pair in self.fields.values():
            for field in pair:
                field.clear()

    def readings(self) -> Mapping[str, Point] | None:
        """The numbers of every cross that has any; None while one is half typed or no number."""
        found: dict[str, Point] = {}
        for mark, pair in self.fields.items():
            # Whoever types Japanese has wide digits and points on the keys.
            texts = [field.text().strip().translate(_NARROW) for field in pair]
            if not any(texts):
                continue
            try:
                found[mark] = (float(texts[0]), float(texts[1]))
            except ValueError:
                return None
        return found if set(_NEEDED) <= set(found) else None


_NARROW: Final = str.maketrans("０１２３４５６７８９．，。、,", "0123456789.....")

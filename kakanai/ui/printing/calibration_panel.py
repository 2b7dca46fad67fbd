"""位置合わせ: the first sheet, the numbers read on it, the second sheet that confirms them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kakanai.counter.printer_care import PrinterView
from kakanai.printing.calibration import Calibration
from kakanai.ui.controls import ActionButton, ChoiceBox, TextLabel
from kakanai.ui.printing.readings_grid import ReadingsGrid
from kakanai.ui.theme import Theme

_UNKNOWN = -1


class CalibrationPanel(QWidget):
    """Knows of each printer which sheet was printed last; of an earlier day it asks which one lies there.

    Signals:
        sheet_wanted(is second): print that sheet.
        trial_wanted(): print the test pages.
        solve_wanted(): take the numbers.
        edited(): something was typed or chosen.
    """

    sheet_wanted = Signal(bool)
    trial_wanted = Signal()
    solve_wanted = Signal()
    edited = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last_sheet: dict[str, bool] = {}
        self.first = ActionButton(self.tr("1枚目を印刷する（補正なし）"), "primary")
        self.first.clicked.connect(lambda: self.sheet_wanted.emit(False))
        self.second = ActionButton(self.tr("2枚目を印刷する（確かめ）"))
        self.second.clicked.connect(lambda: self.sheet_wanted.emit(True))
        self.trial = ActionButton(self.tr("試し刷り 2枚"))
        self.trial.clicked.connect(self.trial_wanted)
        self.readings = ReadingsGrid(theme)
        self.readings.edited.connect(self.edited)
        self.readings.entered.connect(self.solve_wanted)
        self.which = ChoiceBox()
        self.which.addItem(self.tr("1枚目（補正なし）"), False)
        self.which.addItem(self.tr("2枚目（補正あり）"), True)
        self.which.setPlaceholderText(self.tr("どの紙か選びます"))
        self.which.setAccessibleName(self.tr("数字を読んだ紙"))
        self.which.currentIndexChanged.connect(self.edited)
        theme.size(self.which, "setMinimumWidth", "measure.label_width")
        self.solve = ActionButton(self.tr("この数字で補正する"))
        self.solve.clicked.connect(self.solve_wanted)
        label = TextLabel(self.tr("読んだ紙"))
        label.setBuddy(self.which)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.small"))
        how = self.tr(
            "1枚目を印刷し、十字（＋）の中心まで紙の端から何ミリかを定規で読んで入れます。"
            "ずれがなければ 20 です。2枚目で確かめます。"
        )
        column.addWidget(TextLabel(how, wrap=True))
        column.addLayout(_row(theme, self.first, self.second, self.trial))
        column.addWidget(self.readings)
        column.addLayout(_row(theme, label, self.which, self.solve))
        column.addStretch(1)

    @property
    def is_second(self) -> bool | None:
        """Whether the numbers are of the second sheet; None when that was not chosen."""
        chosen = self.which.currentData()
        return None if chosen is None else bool(chosen)

    @property
    def can_solve(self) -> bool:
        """Whether all numbers that are needed are there, and the sheet is known."""
        return self.is_second is not None and self.readings.readings() is not None

    def note_sheet(self, printer: str, *, is_second: bool) -> None:
        """This sheet came out of the printer: it lies before the clerk now."""
        self._last_sheet[printer] = is_second
        self._choose(int(is_second))

    def show_view(self, view: PrinterView) -> None:
        """Choose the sheet that can be known: the last one printed, the first while none is corrected."""
        if view.name in self._last_sheet:
            self._choose(int(self._last_sheet[view.name]))
        elif not view.profile.calibrated:
            self._choose(0)
        elif self.readings.readings() is None:
            self._choose(_UNKNOWN)

    def _choose(self, index: int) -> None:
        if self.which.currentIndex() != index:
            self.which.setCurrentIndex(index)

    def enable(self, *, is_any: bool, may_change: bool) -> None:
        """Printing needs a printer; taking the numbers somebody who may."""
        for button in (self.first, self.second, self.trial):
            button.setEnabled(is_any)
        self.solve.setEnabled(is_any and may_change and self.can_solve)

    def found_words(self, found: Calibration, *, is_second: bool) -> str:
        """What was found, in words that begin with their sign."""
        if is_second and found.was_good:
            words = self.tr("✓ 合っています（いちばん大きいずれ {mm} mm）。調整は終わりです。")
        elif is_second:
            words = self.tr("▲ まだ {mm} mm ずれています。補正を直しました。もう一度 2枚目で確かめます。")
        else:
            words = self.tr("✓ 補正を保存しました（ずれ {mm} mm）。2枚目を印刷して確かめます。")
        return words.format(mm=f"{found.worst_mm:.1f}")

    def take_focus(self) -> None:
        """Focus the first number."""
        self.readings.fields["A"][0].setFocus(Qt.FocusReason.OtherFocusReason)


def _row(theme: Theme, *widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(theme.px("space.small"))
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return line

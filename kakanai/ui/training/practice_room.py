"""Shares the window out between the work and the practice panel at its side."""

from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kakanai.ui.theme import Theme
from kakanai.ui.training.practice_band import PracticeBand

_LEAST_WORK: Final = 860
"""Pixels at the ordinary text size that the work needs beside the panel."""
_NO_LIMIT: Final = 16777215
"""QWIDGETSIZE_MAX: Qt's own "no limit"."""


class PracticeRoom(QWidget):
    """The band over both; where there is no room for both side by side, the panel takes the work's place."""

    def __init__(self, theme: Theme, band: PracticeBand, work: QWidget, panel: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._band = band
        self._work = work
        self._panel = panel
        self._was_narrow = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(band)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(work, 1)
        line.addWidget(panel)
        column.addLayout(line, 1)

    @property
    def is_narrow(self) -> bool:
        """Whether only one of the two has room."""
        left = self.width() - self._theme.px("measure.practice_width")
        return left < _LEAST_WORK * self._theme.text_percent // 100

    @Slot()
    def share_out(self) -> None:
        """Show the panel if it is wanted, beside the work or in its place."""
        is_wanted, is_narrow = self._band.panel.isChecked(), self.is_narrow
        width = self._theme.px("measure.practice_width")
        if is_narrow:
            self._panel.setMinimumWidth(0)
            self._panel.setMaximumWidth(_NO_LIMIT)
        else:
            self._panel.setFixedWidth(width)
        # Hide before showing: both together would need more room than there is.
        if not is_wanted:
            self._panel.hide()
        self._work.setVisible(not (is_narrow and is_wanted))
        self._panel.setVisible(is_wanted)

    def make_way(self) -> None:
        """Let the work be seen, where the panel has its place."""
        if self.is_narrow:
            self._band.panel.setChecked(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See what there is room for; the work comes first where it gets narrow."""
        super().resizeEvent(event)
        is_narrow = self.is_narrow
        if is_narrow and not self._was_narrow:
            self._band.panel.setChecked(False)
        self._was_narrow = is_narrow
        self.share_out()

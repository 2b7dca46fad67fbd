"""Tray, one side or two, and A5 two on a sheet, of one printer; and whether it is the usual one."""

import dataclasses

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from kakanai.counter.printer_care import PrinterView
from kakanai.printing.profile import PrinterProfile, Sides
from kakanai.ui.controls import ActionButton, ChoiceBox, FlowLayout, TextLabel
from kakanai.ui.theme import Theme

_ANY_TRAY = ""


class ProfileGrid(QWidget):
    """The fields and the button that saves them.

    Signals:
        save_wanted(): keep what is chosen.
    """

    save_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trays, self.sides = ChoiceBox(), ChoiceBox()
        self.trays.setAccessibleName(self.tr("いつも使うトレイ"))
        self.sides.setAccessibleName(self.tr("片面か両面か"))
        for box in (self.trays, self.sides):
            theme.size(box, "setMinimumWidth", "measure.label_width")
        for one in Sides:
            self.sides.addItem(one.label, one.value)
        self.two_up = QCheckBox(self.tr("A5 は A4 に2面（切り取り線）"))
        self.is_default = QCheckBox(self.tr("このパソコンのふだんのプリンターにする"))
        ticks = (self.two_up, self.is_default)
        for tick in ticks:
            tick.setAccessibleName(tick.text())
        self.save = ActionButton(self.tr("トレイ・面を保存する"), "primary")
        self.save.clicked.connect(self.save_wanted)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px("space.small"))
        grid.setVerticalSpacing(theme.px("space.small"))
        fields = ((self.tr("トレイ"), self.trays), (self.tr("片面・両面"), self.sides))
        for number, (words, field) in enumerate(fields):
            label = TextLabel(words)
            label.setBuddy(field)
            grid.addWidget(label, number, 0)
            grid.addWidget(field, number, 1)
        flow = FlowLayout(theme.px("space.small"))
        for tick in ticks:
            flow.addWidget(tick)
        grid.addLayout(flow, len(fields), 0, 1, 3)
        grid.addWidget(self.save, len(fields) + 1, 0, 1, 2)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(len(fields) + 2, 1)

    def show_view(self, view: PrinterView) -> None:
        """Show what this PC knows of a printer, and offer the trays that it says it has."""
        self.trays.clear()
        self.trays.addItem(self.tr("プリンターまかせ"), _ANY_TRAY)
        for tray in dict.fromkeys((*view.facts.trays, view.profile.tray)):
            if tray:
                self.trays.addItem(tray, tray)
        self.trays.setCurrentIndex(max(self.trays.findData(view.profile.tray), 0))
        self.sides.setCurrentIndex(self.sides.findData(view.profile.sides.value))
        self.two_up.setChecked(view.profile.two_up)
        self.is_default.setChecked(view.is_default)

    def changed(self, profile: PrinterProfile) -> PrinterProfile:
        """The profile with what is chosen."""
        return dataclasses.replace(
            profile,
            tray=str(self.trays.currentData() or _ANY_TRAY),
            sides=Sides(self.sides.currentData()),
            two_up=self.two_up.isChecked(),
        )

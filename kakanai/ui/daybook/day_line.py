"""The first line of the page: which day, how far it is, why it is looked at, and the way back."""

import datetime as dt

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import QDateEdit, QWidget

from kakanai.daybook.case_words import day_words
from kakanai.daybook.look_purpose import LookPurpose
from kakanai.ui.controls import ActionButton, ChoiceBox, FlowLayout, TextLabel
from kakanai.ui.theme import Theme

BUTTON_HEIGHT = 44
"""So high are the buttons of a line at every text size (app.qss)."""


class DayLine(QWidget):
    """The day, to be changed by steps, by typing, or out of the list of days.

    Signals:
        day_changed(date): another day is to be shown.
        days_wanted(): the list of days.
        again_wanted(): read the day once more.
        left(): back to the counter.
    """

    day_changed = Signal(object)
    days_wanted = Signal()
    again_wanted = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QDateEdit()
        self.edit.setDisplayFormat("yyyy-MM-dd")
        self.edit.setAccessibleName(self.tr("日付"))
        self.edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.edit.setKeyboardTracking(False)
        theme.size(self.edit, "setFixedSize", "measure.day_width", "measure.target")
        self.edit.dateChanged.connect(self._take_date)
        self.words = TextLabel("", "strong")
        self.state = TextLabel("")
        for label in (self.words, self.state):
            label.setMinimumHeight(BUTTON_HEIGHT)
        self.purposes = ChoiceBox()
        self.purposes.setAccessibleName(self.tr("閲覧の目的"))
        self.purposes.setToolTip(self.tr("閲覧の目的は、操作ログに残ります。"))
        for purpose in LookPurpose:
            self.purposes.addItem(self.tr("目的: {label}").format(label=purpose.label), purpose.value)
        self.purposes.setCurrentIndex(list(LookPurpose).index(LookPurpose.DAILY_REVIEW))
        earlier, later = ActionButton(self.tr("◀ 前の日")), ActionButton(self.tr("次の日 ▶"))
        earlier.clicked.connect(self.step_back)
        later.clicked.connect(self.step_on)
        self.days = ActionButton(self.tr("日を選ぶ（D）"))
        self.days.clicked.connect(self.days_wanted)
        again = ActionButton(self.tr("再読（R）"))
        again.setAccessibleName(self.tr("読み直す（R）"))
        again.clicked.connect(self.again_wanted)
        back = ActionButton(self.tr("戻る（F11・Esc）"))
        back.setAccessibleName(self.tr("受付に戻る（F11・Esc）"))
        back.clicked.connect(self.left)
        line = FlowLayout(theme.px("space.small"))
        self.setLayout(line)
        controls = (back, earlier, self.edit, later, self.words, self.state, self.days, again, self.purposes)
        for widget in controls:
            line.addWidget(widget)

    @property
    def day(self) -> dt.date:
        """The day that is chosen."""
        date = self.edit.date()
        return dt.date(date.year(), date.month(), date.day())

    @property
    def purpose(self) -> LookPurpose:
        """Why the log is looked at, as whoever sits here says."""
        return LookPurpose(self.purposes.currentData())

    def set_day(self, day: dt.date) -> None:
        """Choose a day without telling of it."""
        self.edit.blockSignals(True)
        self.edit.setDate(QDate(day.year, day.month, day.day))
        self.edit.blockSignals(False)
        self.words.setText(day_words(day))

    def go_to(self, day: dt.date) -> None:
        """Choose a day and tell of it, even if it is the same."""
        self.set_day(day)
        self.day_changed.emit(day)

    @Slot()
    def step_back(self) -> None:
        """One day back."""
        self.go_to(self.day - dt.timedelta(days=1))

    @Slot()
    def step_on(self) -> None:
        """One day on."""
        self.go_to(self.day + dt.timedelta(days=1))

    @Slot()
    def _take_date(self) -> None:
        self.words.setText(day_words(self.day))
        self.day_changed.emit(self.day)

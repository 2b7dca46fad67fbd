"""Between the list of days and the log: the days around the present one, each with its state."""

import datetime as dt
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kakanai.daybook.day_page import DayState
from kakanai.ui.daybook.book_link import BookLink
from kakanai.ui.daybook.cases_sheet import CasesSheet
from kakanai.ui.daybook.day_line import DayLine
from kakanai.ui.daybook.open_book import BookShelf

_BEFORE: Final = dt.timedelta(days=61)
_AFTER: Final = dt.timedelta(days=31)


class DaysTalk(QObject):
    """Shows the list in the place of the case, and goes to the day that is chosen.

    Signals:
        began(): the list was asked for.
    """

    began = Signal()

    def __init__(self, link: BookLink, shelf: BookShelf, line: DayLine, sheet: CasesSheet) -> None:
        super().__init__(sheet)
        self._link = link
        self._shelf = shelf
        self._line = line
        self._sheet = sheet
        line.days_wanted.connect(self.toggle)
        sheet.days.day_chosen.connect(self._choose)
        sheet.days.given_up.connect(self._put_away)

    @Slot()
    def toggle(self) -> None:
        """Show the list of days, or put it away."""
        if self._sheet.is_choosing_day:
            self._put_away()
            return
        self.began.emit()
        opened, day = self._shelf.open(), self._line.day
        last = min(max(opened.today, day), day + _AFTER)
        self._link.ask("days", lambda: opened.book.days(last - _BEFORE, last), partial(self._show, day))

    def _show(self, day: dt.date, states: tuple[DayState, ...]) -> None:
        self._sheet.days.show_days(states, day)
        self._sheet.show_days(are_shown=True)
        self._sheet.days.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _put_away(self) -> None:
        self._sheet.show_days(are_shown=False)
        self._sheet.take_focus()

    @Slot(object)
    def _choose(self, day: dt.date) -> None:
        self._put_away()
        self._line.go_to(day)

"""Between the log and the sheets for plots, for what is handed on, and for the day close."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from kakanai.daybook.exports import ExportFormat, Written
from kakanai.errors import KakanaiError
from kakanai.messages import message_for
from kakanai.printing.print_job import Printer
from kakanai.sessionlog.case_filter import CaseFilter
from kakanai.sessionlog.seals import DayClose
from kakanai.staff.password import Password
from kakanai.ui.daybook.book_link import BookLink
from kakanai.ui.daybook.charts_sheet import ChartsSheet
from kakanai.ui.daybook.close_sheet import CloseSheet
from kakanai.ui.daybook.day_line import DayLine
from kakanai.ui.daybook.hand_on_sheet import HandOnSheet
from kakanai.ui.daybook.open_book import BookShelf, CloseSight
from kakanai.ui.daybook.report_printing import PrintedReport, print_report
from kakanai.ui.daybook.search_talk import SearchTalk


def told_failure(error: KakanaiError) -> str:
    """What happened and what to do next, with the code."""
    message = message_for(error)
    return f"× {message.what}\n{message.next_step}（{error.code}）"


class StatsTalk(QObject):
    """Sums a period up for the plots."""

    def __init__(self, link: BookLink, shelf: BookShelf, sheet: ChartsSheet) -> None:
        super().__init__(sheet)
        self._link = link
        self._shelf = shelf
        self._sheet = sheet
        sheet.period_wanted.connect(self._read)

    @Slot(object, object)
    def _read(self, first: dt.date, last: dt.date) -> None:
        opened = self._shelf.open()
        self._link.ask("stats", lambda: opened.stats(first, last), self._sheet.show_stats, self._refuse)

    def _refuse(self, error: KakanaiError) -> None:
        self._sheet.refuse(told_failure(error))


class HandOnTalk(QObject):
    """Prints the 日報, and writes files."""

    def __init__(
        self,
        link: BookLink,
        shelf: BookShelf,
        line: DayLine,
        searching: SearchTalk,
        sheet: HandOnSheet,
        printer_for: Callable[[str], Printer],
    ) -> None:
        super().__init__(sheet)
        self._link = link
        self._shelf = shelf
        self._line = line
        self._searching = searching
        self._sheet = sheet
        self._printer_for = printer_for
        sheet.print_wanted.connect(self._print)
        sheet.pdf_wanted.connect(self._save)
        sheet.export_wanted.connect(self._export)

    @Slot(str)
    def _print(self, name: str) -> None:
        book, day, why = self._shelf.open().book, self._line.day, self._line.purpose

        def act() -> PrintedReport:
            return print_report(book, day, why, self._printer_for(name))

        self._link.ask("", act, self._tell_printed, self._refuse)

    def _tell_printed(self, printed: PrintedReport) -> None:
        self._sheet.tell_printed(printed.documents, printed.digest)

    @Slot(object)
    def _save(self, path: Path) -> None:
        book, day, why = self._shelf.open().book, self._line.day, self._line.purpose
        self._link.ask("", lambda: book.write_report(day, path, why), self._tell_written, self._refuse)

    @Slot(object, object)
    def _export(self, path: Path, form: ExportFormat) -> None:
        book, day, why = self._shelf.open().book, self._line.day, self._line.purpose
        query = self._searching.filter or CaseFilter(first_day=day, last_day=day)
        self._link.ask("", lambda: book.export(query, path, form, why), self._tell_written, self._refuse)

    def _tell_written(self, written: Written) -> None:
        self._sheet.tell_written(written)

    def _refuse(self, error: KakanaiError) -> None:
        self._sheet.tell_failure(told_failure(error))


class CloseTalk(QObject):
    """Closes a day.

    Signals:
        closed(): the day is closed; it is to be read again.
    """

    closed = Signal()

    def __init__(self, link: BookLink, shelf: BookShelf, sheet: CloseSheet) -> None:
        super().__init__(sheet)
        self._link = link
        self._shelf = shelf
        self._sheet = sheet
        self._day = dt.date(2026, 1, 1)
        sheet.close_wanted.connect(self._close)
        sheet.key_wanted.connect(self._make_key)

    def begin(self, day: dt.date) -> None:
        """Show how the close of a day stands."""
        self._day = day
        self._read(self._sheet.show_sight)

    def _read(self, take: Callable[[CloseSight], object]) -> None:
        opened, day = self._shelf.open(), self._day
        self._link.ask("close", lambda: opened.close_sight(day), take, self._sheet.refuse)

    @Slot(str, object, object)
    def _close(self, number: str, password: Password | None, passphrase: Password | None) -> None:
        act = partial(self._shelf.open().close_day, self._day, number, password, passphrase)
        self._link.ask("", act, self._tell_closed, self._sheet.refuse)

    def _tell_closed(self, close: DayClose) -> None:
        self._read(partial(self._show_closed, close))

    def _show_closed(self, close: DayClose, sight: CloseSight) -> None:
        self._sheet.show_sight(sight)
        self._sheet.tell_closed(close)
        self.closed.emit()

    @Slot()
    def _make_key(self) -> None:
        opened = self._shelf.open()
        self._link.ask("", opened.make_key, self._take_key, self._sheet.refuse)

    def _take_key(self, _done: object) -> None:
        self.begin(self._day)

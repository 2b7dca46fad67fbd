"""Between the search line and the log: what was found takes the place of the day, page after page."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from kakanai.daybook.found import Found
from kakanai.errors import KakanaiError
from kakanai.sessionlog.case_filter import CaseFilter
from kakanai.sessionlog.case_line import CaseLine
from kakanai.ui.daybook.book_link import BookLink
from kakanai.ui.daybook.cases_sheet import CasesSheet
from kakanai.ui.daybook.day_line import DayLine
from kakanai.ui.daybook.open_book import BookShelf
from kakanai.ui.daybook.query_line import QueryLine

_SEARCH, _MORE = "search", "more"


class SearchTalk(QObject):
    """The search of the page; `words` are those that were searched for, empty while the day is shown.

    Signals:
        began(): a search was asked for.
        found(): what was found is on the sheet.
        ended(): the day is on the sheet again.
    """

    began = Signal()
    found = Signal()
    ended = Signal()

    def __init__(
        self, link: BookLink, shelf: BookShelf, line: DayLine, query: QueryLine, sheet: CasesSheet
    ) -> None:
        super().__init__(sheet)
        self._link = link
        self._shelf = shelf
        self._line = line
        self._query = query
        self._sheet = sheet
        self._found: Found | None = None
        self.words = ""
        query.searched.connect(self.search)
        query.given_up.connect(self.end)
        query.moved.connect(sheet.take_focus)
        sheet.table.cases.more_wanted.connect(self._read_more)

    @property
    def filter(self) -> CaseFilter | None:
        """What was searched for; None while the day is shown."""
        return self._found.query if self._found else None

    @Slot(str)
    def search(self, words: str) -> None:
        """Look for cases of any year."""
        book, why = self._shelf.open().book, self._line.purpose
        self.began.emit()
        self._link.drop(_MORE)
        take = partial(self._show, words)
        self._link.ask(_SEARCH, lambda: book.search(book.query_from(words), why, is_hurried=True), take)

    def _show(self, words: str, found: Found) -> None:
        self._found, self.words = found, words
        titles = self._shelf.open().book.titles
        self._sheet.show_found(words, found.lines, titles, has_more=not found.is_complete)
        self._go_on(found)
        self._sheet.take_focus()
        self.found.emit()

    def _go_on(self, found: Found) -> None:
        """Say how far it is; where the page is not full yet, look on without being asked."""
        cases, to = self._sheet.table.cases, found.looked_to if found.is_short else None
        self._sheet.tell_found(self.words, has_more=not found.is_complete, looked_to=to)
        if to is not None:
            cases.fetchMore()

    @Slot()
    def _read_more(self) -> None:
        found = self._found
        if found is not None:
            self._link.ask(_MORE, found.go_on, partial(self._add, found), partial(self._stop, found))

    def _stop(self, found: Found, error: KakanaiError) -> None:
        """Say why it went no further; it goes on when the table is moved."""
        if found is self._found:
            self._sheet.table.cases.end_asking()
            self._sheet.tell_found(self.words, has_more=True)
        self._link.failed.emit(error)

    def _add(self, found: Found, lines: tuple[CaseLine, ...]) -> None:
        if found is not self._found:
            return  # asked for while a later search was under way
        cases = self._sheet.table.cases
        is_first = not cases.rowCount()
        cases.add_lines(lines, has_more=not found.is_complete)
        if is_first:
            self._sheet.table.mark_first()
        self._go_on(found)

    @Slot()
    def end(self) -> None:
        """Back to the cases of the day."""
        self._link.drop(_SEARCH)
        self._link.drop(_MORE)
        self._query.clear()
        if self._found is None:
            return
        self._found, self.words = None, ""
        if self._sheet.sight is not None:
            self._sheet.show_day(self._sheet.sight, self._shelf.open().book.titles)
        self.ended.emit()

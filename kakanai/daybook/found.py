"""What a search of the log found, page by page, and how far it has looked."""

import datetime as dt
from typing import Final

from kakanai.daybook.doubled_numbers import cases_on_such_paper
from kakanai.sessionlog.case_filter import CaseFilter
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.page_place import Place
from kakanai.sessionlog.store import SessionLog

_MOMENT_S: Final = 0.04
_WHILE_S: Final = 0.25
"""How long one look goes on: the first, for which somebody waits, and those that follow it."""


class Found:
    """What a search found, a page at a time; turning its pages is no new search.

    Where few cases fit, a page takes several looks. `lines` are those of all pages so far.
    """

    def __init__(self, log: SessionLog, query: CaseFilter, *, newest_first: bool, size: int) -> None:
        self.query = query
        self.lines: tuple[CaseLine, ...] = ()
        self.is_complete = False
        self._log = log
        self._newest_first = newest_first
        self._size = size
        self._lacking = 0
        self._after: Place | None = None

    @property
    def is_short(self) -> bool:
        """Whether the page that was begun is not full, and `go_on` may find more for it."""
        return not self.is_complete and self._lacking > 0

    @property
    def looked_to(self) -> dt.date | None:
        """The day of the case at which the last look ended; None before the first and after the last."""
        return self._after.day if self._after else None

    def go_on(self) -> tuple[CaseLine, ...]:
        """One look for more of the page, or for the next page: a moment's finds, which may be none.

        Raises:
            LogStorageError: in one of its kinds; it can be asked for again.
        """
        if self.is_complete:
            return ()
        lacking = self._lacking or self._size
        part = self._log.cases(
            self.query,
            after=self._after,
            size=lacking,
            newest_first=self._newest_first,
            patience_s=_WHILE_S if self._after else _MOMENT_S,
        )
        lines = part.lines
        if part.next is None:
            lines += tuple(cases_on_such_paper(self._log, self.query))
        self._lacking = lacking - len(part.lines)
        self._after, self.is_complete = part.next, part.next is None
        self.lines += lines
        return lines

    def next_page(self) -> tuple[CaseLine, ...]:
        """The next cases, as long as that takes; none when `is_complete`.

        Raises:
            LogStorageError: in one of its kinds; what is lacking of the page can be asked for again.
        """
        page = self.go_on()
        while self.is_short:
            page += self.go_on()
        return page

"""What can be looked for in an open session log; every page is quick, however much there is."""

import datetime as dt
from collections.abc import Iterable

from kakanai.sessionlog.case_filter import CaseFilter
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.case_number import CaseNumber
from kakanai.sessionlog.case_search import PATIENCE_S, CasePage, case_line, find_cases
from kakanai.sessionlog.log_reading import LogReading
from kakanai.sessionlog.page_place import Place
from kakanai.sessionlog.search_queries import ActPage, Total, TotalBy, find_acts, sum_cases
from kakanai.sessionlog.words import EntryKind


class LogSearching(LogReading):
    """The searching half of a SessionLog; every method raises LogStorageError in one of its kinds."""

    def cases(
        self,
        wanted: CaseFilter,
        *,
        after: Place | None = None,
        size: int = 50,
        newest_first: bool = False,
        patience_s: float = PATIENCE_S,
    ) -> CasePage:
        """A page of the cases that are as wanted, in the order they were opened.

        Its `next`, given as `after`, gives the page after it. A page may be short, even empty, and have a
        `next`: for each, cases are looked through for `patience_s` and no longer than the last step takes.
        """
        with self.reading() as connection:
            return find_cases(
                connection, wanted, after=after, size=size, newest_first=newest_first, patience_s=patience_s
            )

    def case(self, number: CaseNumber) -> CaseLine | None:
        """The case of that number; None when there is none."""
        with self.reading() as connection:
            return case_line(connection, number)

    def acts(
        self,
        first: dt.date,
        last: dt.date,
        *,
        kinds: Iterable[EntryKind] = (),
        without_case: bool = False,
        after: Place | None = None,
        size: int = 200,
    ) -> ActPage:
        """A page of the entries of these days, of all kinds or of some; `without_case`: those of no case."""
        with self.reading() as connection:
            return find_acts(
                connection, first, last, kinds=kinds, without_case=without_case, after=after, size=size
            )

    def totals(self, first: dt.date, last: dt.date, by: TotalBy) -> list[Total]:
        """The sums over the cases that were opened on these days, in the order of their keys."""
        with self.reading() as connection:
            return sum_cases(connection, first, last, by)

"""The day at a glance 日報: figures, cases worth a look, warnings, and whether the day is closed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kakanai.daybook.act_sentences import ActSentences
from kakanai.daybook.case_words import day_words
from kakanai.daybook.concerns import (
    Concern,
    OpenHours,
    Reason,
    StaffConcern,
    concerns_of,
    lines_with,
    staff_concerns_of,
)
from kakanai.daybook.day_figures import DayFigures, figures_of
from kakanai.daybook.day_warnings import (
    DayWarning,
    warning_of_close,
    warning_of_days,
    warning_of_rollback,
    warning_of_sums,
    warnings_of_acts,
)
from kakanai.daybook.timeline import ToldAct, told_acts
from kakanai.sessionlog.act_queries import last_acts
from kakanai.sessionlog.case_filter import CaseFilter
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.case_number import ClerkId
from kakanai.sessionlog.case_tables import SUMMED
from kakanai.sessionlog.chain import Head, Link
from kakanai.sessionlog.page_place import Place
from kakanai.sessionlog.review_counts import review_counts
from kakanai.sessionlog.seals import DayClose, DaySeals
from kakanai.sessionlog.search_queries import TotalBy
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.words import EntryKind, Outcome, Review

OFFICE_KINDS: Final = (
    EntryKind.SIGNED_IN,
    EntryKind.SIGN_IN_FAILED,
    EntryKind.SETTINGS_CHANGED,
    EntryKind.STAFF_ADDED,
    EntryKind.STAFF_CHANGED,
    EntryKind.STAFF_DISABLED,
    EntryKind.STAFF_RESET,
    EntryKind.LOG_SEARCHED,
    EntryKind.LOG_EXPORTED,
    EntryKind.LOG_VERIFIED,
    EntryKind.DAY_CLOSED,
    EntryKind.OFFICE_KEY_MADE,
    EntryKind.PURGED,
    EntryKind.DRAFTS_DELETED,
    EntryKind.BACKED_UP,
    EntryKind.RESTORED,
    EntryKind.SCHEMA_UPGRADED,
    EntryKind.CLOCK_SET_BACK,
    EntryKind.ROLLED_BACK_SEEN,
    EntryKind.ROLLED_BACK_ACKNOWLEDGED,
    EntryKind.SPOOL_MERGED,
    EntryKind.DISK_LOW,
)
"""The acts of a day that belong to no case and that a supervisor reads."""

_PAGE: Final = 2500
_MOST_ACTS: Final = 500
_LOOKED_BACK: Final = dt.timedelta(days=62)
"""So far back it is asked whether days were closed; older ones are told by the verifier."""
_TRIES: Final = 3
_ROLL_BACK: Final = (EntryKind.ROLLED_BACK_SEEN, EntryKind.ROLLED_BACK_ACKNOWLEDGED)


@dataclass(frozen=True)
class DayPage:
    """One day as a supervisor reads it. `head` is the chain's end at that time, `close` the day's."""

    day: dt.date
    figures: DayFigures
    lines: tuple[CaseLine, ...]
    concerns: tuple[Concern, ...]
    staff_concerns: tuple[StaffConcern, ...]
    warnings: tuple[DayWarning, ...]
    office_acts: tuple[ToldAct, ...]
    head: Head | None
    close: DayClose | None
    unclosed_days: tuple[dt.date, ...]

    @property
    def day_words(self) -> str:
        """令和8年11月21日（土）."""
        return day_words(self.day)

    @property
    def waiting_staff(self) -> tuple[ClerkId, ...]:
        """The members of the staff whose cases of the day wait: not ended, or sent back to them."""
        waiting = (
            line.staff for line in self.lines if line.finished_at is None or line.review is Review.SENT_BACK
        )
        return tuple(dict.fromkeys(waiting))

    def concerned(self, reason: Reason) -> tuple[CaseLine, ...]:
        """The cases that are worth a look for a reason."""
        return lines_with(self.lines, self.concerns, reason)

    def reasons_of(self, case_number: str) -> tuple[Concern, ...]:
        """Why one case is worth a look."""
        return tuple(one for one in self.concerns if one.case_number == case_number)

    def unremarkable(self) -> tuple[CaseLine, ...]:
        """The cases that ended, that nobody judged yet and that nothing is to be said of."""
        remarkable = {one.case_number for one in self.concerns}
        return tuple(
            line
            for line in self.lines
            if line.finished_at is not None
            and line.outcome is Outcome.PRINTED
            and line.review is Review.NONE
            and str(line.case_number) not in remarkable
        )


@dataclass(frozen=True)
class DayState:
    """How far one day is: counts, and whether it is closed."""

    day: dt.date
    cases: int
    unreviewed: int
    sent_back: int
    is_closed: bool

    @property
    def words(self) -> str:
        """締め済, 差戻し, 未確認 or 確認済."""
        if self.is_closed:
            return "締め済"
        if self.sent_back:
            return "差戻し"
        return "未確認" if self.unreviewed else "確認済"


class DayReader:
    """Reads days out of the log; asks nobody whether they may."""

    def __init__(self, log: SessionLog, sentences: ActSentences, hours: OpenHours) -> None:
        self._log = log
        self._seals = DaySeals(log)
        self._sentences = sentences
        self._hours = hours

    def page(self, day: dt.date, today: dt.date) -> DayPage:
        """The page of a day.

        Raises:
            LogStorageError: in one of its kinds.
        """
        lines, sum_warnings = self._lines(day)
        concerns = concerns_of(lines, self._hours, is_day_over=day < today)
        off_hours = sum(concern.reason is Reason.OFF_HOURS for concern in concerns)
        office = self._office_acts(day)
        close, unclosed = self.close_of(day), self.unclosed_before(day)
        return DayPage(
            day=day,
            figures=figures_of(lines, off_hours),
            lines=lines,
            concerns=concerns,
            staff_concerns=staff_concerns_of(lines),
            warnings=(*self._warnings(lines, office, close, unclosed), *sum_warnings),
            office_acts=told_acts(office, self._sentences),
            head=self._log.head(),
            close=close,
            unclosed_days=unclosed,
        )

    def lines_of(self, query: CaseFilter) -> tuple[CaseLine, ...]:
        """All cases that a filter finds; meant for one day's."""
        found: list[CaseLine] = []
        after: Place | None = None
        while True:
            page = self._log.cases(query, after=after, size=_PAGE)
            found += page.lines
            if page.next is None:
                return tuple(found)
            after = page.next

    def close_of(self, day: dt.date) -> DayClose | None:
        """The close that covers the day; None while it is not closed."""
        for ahead in (31, 366):
            if closes := self._seals.closes(day, day + dt.timedelta(days=ahead)):
                return closes[0]
        closes = self._seals.closes(day)
        return closes[0] if closes else None

    def unclosed_before(self, day: dt.date) -> tuple[dt.date, ...]:
        """Days with cases in the two months before that no close covers, oldest first."""
        begin, end = day - _LOOKED_BACK, day - dt.timedelta(days=1)
        if closes := self._seals.closes(begin, None):
            begin = closes[-1].day + dt.timedelta(days=1)
        return tuple(self._days_with_cases(begin, end)) if begin <= end else ()

    def states(self, first: dt.date, last: dt.date) -> tuple[DayState, ...]:
        """Every day of a period that has cases, newest first."""
        closes = self._seals.closes(first)
        closed = closes[-1].day if closes else dt.date.min
        unreviewed = review_counts(self._log, first, last, Review.NONE)
        sent_back = review_counts(self._log, first, last, Review.SENT_BACK)
        return tuple(
            DayState(day, cases, unreviewed.get(day, 0), sent_back.get(day, 0), is_closed=day <= closed)
            for day, cases in sorted(self._days_with_cases(first, last).items(), reverse=True)
        )

    def _office_acts(self, day: dt.date) -> tuple[Link, ...]:
        """The acts of no case that a supervisor reads."""
        return self._log.acts(day, day, kinds=OFFICE_KINDS, without_case=True, size=_MOST_ACTS).links

    def _days_with_cases(self, first: dt.date, last: dt.date) -> dict[dt.date, int]:
        totals = self._log.totals(first, last, TotalBy.DAY)
        return {dt.date.fromisoformat(str(total.key)): total.cases for total in totals if total.cases}

    def _lines(self, day: dt.date) -> tuple[tuple[CaseLine, ...], tuple[DayWarning, ...]]:
        """The day's cases, and a warning when the sums kept of it are not theirs.

        At the counter work goes on meanwhile, so what does not agree is read again.
        """
        warnings: tuple[DayWarning, ...] = ()
        lines: tuple[CaseLine, ...] = ()
        for _ in range(_TRIES):
            lines = self.lines_of(CaseFilter(first_day=day, last_day=day))
            totals = self._log.totals(day, day, TotalBy.DAY)
            summed = [getattr(totals[0], name) for name in SUMMED] if totals else None
            warnings = tuple(warning_of_sums(lines, summed))
            if not warnings:
                break
        return lines, warnings

    def _warnings(
        self,
        lines: Sequence[CaseLine],
        office: Sequence[Link],
        close: DayClose | None,
        unclosed: Sequence[dt.date],
    ) -> list[DayWarning]:
        return [
            *warning_of_rollback(last_acts(self._log, _ROLL_BACK)),
            *warnings_of_acts(office),
            *warning_of_close(lines, close),
            *warning_of_days(unclosed),
        ]

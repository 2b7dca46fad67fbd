"""The one door to the log for whoever reads, judges or hands it on: asks who may, and logs each look."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kakanai.daybook.act_sentences import ActSentences
from kakanai.daybook.case_query import query_from
from kakanai.daybook.concerns import OpenHours
from kakanai.daybook.day_front import DayFront, read_front
from kakanai.daybook.day_page import DayPage, DayReader, DayState
from kakanai.daybook.doubled_numbers import numbers_in
from kakanai.daybook.errors import UnknownLoggedCaseError
from kakanai.daybook.exports import ExportFormat, Written, head_mapping, marked_path, write_cases
from kakanai.daybook.found import Found
from kakanai.daybook.look_notes import LookNotes
from kakanai.daybook.look_purpose import LookPurpose
from kakanai.daybook.looked_for import looked_for
from kakanai.daybook.minutes_saved import load_minutes
from kakanai.daybook.new_file import NewFile
from kakanai.daybook.permission import Permission
from kakanai.daybook.report_front import ReportFacts
from kakanai.daybook.report_pdf import charts_pdf, report_pdf
from kakanai.daybook.review import Reviewing
from kakanai.daybook.review_phrases import ReviewKind, ReviewPhrase, load_phrases
from kakanai.daybook.stats import Stats, stats_of
from kakanai.daybook.timeline import CaseTimeline, told_acts
from kakanai.daybook.titles import Titles
from kakanai.forms.fonts import FontShelf
from kakanai.reception.closed_days import ClosedDays
from kakanai.sessionlog.case_filter import CaseFilter
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.case_number import CaseNumber
from kakanai.sessionlog.entry import JST
from kakanai.sessionlog.page_place import Place
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Town
from kakanai.staff.act import Act

_PAGE: Final = 50
_BATCH: Final = 500
_PATIENCE_S: Final = 1.0
"""How long an export looks for its next cases before it is asked anew."""


@dataclass(frozen=True, repr=False)
class Report:
    """A 日報 that was made: the PDF, its SHA-256, and how many cases it tells of."""

    pdf: bytes
    digest: str
    cases: int


class Daybook:
    """The log of a town, read by whoever the guard says is signed in. May be used from any thread.

    Every method raises StaffError when they may not, and LogStorageError in one of its kinds.
    """

    def __init__(
        self,
        log: SessionLog,
        town: Town,
        titles: Titles,
        guard: Permission,
        now: Callable[[], dt.datetime],
        shelf: FontShelf | None = None,
        watermark: str = "",
    ) -> None:
        """Make the door.

        Raises:
            DataFileError: the phrases or the minutes by hand have a mistake.
        """
        self.titles = titles
        self._log = log
        self._town = town
        self._guard = guard
        self._now = now
        self._shelf = shelf or FontShelf()
        self._mark = watermark
        self._phrases = load_phrases(town.review_phrases)
        self._minutes = load_minutes(town)
        self._notes = LookNotes(log, now)
        self._reviewing = Reviewing(log, self._phrases, guard, now)
        self._sentences = ActSentences(titles, self._phrases)
        begin, end = town.open_hours
        hours = OpenHours(begin, end, ClosedDays(town.closed_days))
        self._reader = DayReader(log, self._sentences, hours)

    # --- reading ------------------------------------------------------------------------

    def day(self, day: dt.date, why: LookPurpose = LookPurpose.WORK) -> DayPage:
        """The page of a day; the look is logged once it was read."""
        who = self._guard.require(Act.VIEW_DAY)
        page = self._reader.page(day, self._today())
        self._notes.day_viewed(who.number, why, day)
        return page

    def front(self, day: dt.date, why: LookPurpose = LookPurpose.WORK) -> DayFront | None:
        """The first sight of a day with very many cases, a look like `day`; None where that is as quick."""
        who = self._guard.require(Act.VIEW_DAY)
        front = read_front(self._log, day)
        if front is not None:
            self._notes.day_viewed(who.number, why, day)
        return front

    def days(self, first: dt.date, last: dt.date) -> tuple[DayState, ...]:
        """Every day of a period that has cases, with its state, newest first; counts alone are no look."""
        self._guard.require(Act.VIEW_DAY)
        return self._reader.states(first, last)

    def timeline(self, number: CaseNumber, why: LookPurpose) -> CaseTimeline:
        """One case and all its acts, those of looking at it before included.

        Raises:
            UnknownLoggedCaseError: the log tells of no such case.
        """
        who = self._guard.require(Act.VIEW_TIMELINE)
        line = self._log.case(number)
        if line is None:
            raise UnknownLoggedCaseError(number=str(number))
        acts = told_acts(self._log.timeline(number), self._sentences, numbers_in(self._log))
        self._notes.case_viewed(who.number, why, number)
        return CaseTimeline(line, acts)

    def query_from(self, words: str) -> CaseFilter:
        """What a line of words means; QueryWordError when a word means nothing."""
        return query_from(words, self.titles)

    def search(
        self,
        query: CaseFilter,
        why: LookPurpose,
        *,
        newest_first: bool = True,
        size: int = _PAGE,
        is_hurried: bool = False,
    ) -> Found:
        """The cases that a filter finds, their first page read already; if hurried, what a moment finds."""
        who = self._guard.require(Act.SEARCH)
        found = Found(self._log, query, newest_first=newest_first, size=size)
        if is_hurried:
            found.go_on()
        else:
            found.next_page()
        self._notes.searched(who.number, why, query)
        return found

    def stats(self, first: dt.date, last: dt.date, why: LookPurpose = LookPurpose.STATISTICS) -> Stats:
        """The sums of a period; PeriodError when it is none."""
        who = self._guard.require(Act.VIEW_STATS)
        stats = self._stats(first, last)
        self._notes.stats_viewed(who.number, why, first, last)
        return stats

    # --- judging ------------------------------------------------------------------------

    def phrases(self, kind: ReviewKind) -> tuple[ReviewPhrase, ...]:
        """What can be said of a case with a judgement."""
        return self._phrases.of(kind)

    def judge(self, kind: ReviewKind, number: CaseNumber, phrase: str = "") -> None:
        """Approve, send back or comment on a case; see Reviewing.judge for what may be refused."""
        self._reviewing.judge(kind, number, phrase)

    def approve_all(self, numbers: Iterable[CaseNumber], phrase: str = "") -> int:
        """Approve these cases in one go, all or none; how many."""
        return self._reviewing.approve_all(numbers, phrase)

    # --- handing on ---------------------------------------------------------------------

    def report(self, day: dt.date, why: LookPurpose = LookPurpose.DAILY_REVIEW) -> Report:
        """The 日報 of a day to look at or print, logged with its digest.

        Raises:
            FontMissingError, FontUnusableError, DaybookReportError: it could not be made.
        """
        report = self._report(day)
        self._log_report(report, day, why)
        return report

    def write_report(self, day: dt.date, path: Path, why: LookPurpose = LookPurpose.DAILY_REVIEW) -> Written:
        """The 日報 of a day as a new file, logged before it has its name.

        Raises:
            HandedOnFileError: it cannot be written; nothing of it is left.
            FontMissingError, FontUnusableError, DaybookReportError: it could not be made.
        """
        with NewFile(path := marked_path(path, self._mark)) as file:
            report = self._report(day)
            file.write(report.pdf)
            file.complete(lambda: self._log_report(report, day, why))
        return Written(path, report.cases, file.size_kib, report.digest)

    def export(self, query: CaseFilter, path: Path, form: ExportFormat, why: LookPurpose) -> Written:
        """The cases that a filter finds, oldest first, as a new file, logged before it has its name.

        Raises:
            HandedOnFileError: it cannot be written; nothing of it is left.
        """
        who = self._guard.require(Act.EXPORT)
        sought = looked_for(query)

        def log_it(written: Written) -> None:
            counts = {"cases": written.cases, "kib": written.size_kib}
            if written.replaced_count:
                counts["replaced"] = written.replaced_count
            self._notes.exported(
                who.number,
                why,
                sought.parts,
                file=form.value,
                counts=counts,
                digest=written.digest,
                case=sought.case_number,
            )

        head = {
            "town": self._town.name,
            "made_at": self._now().astimezone(JST).isoformat(timespec="seconds"),
            "head": head_mapping(self._log.head()),
            "first_day": query.first_day.isoformat() if query.first_day else None,
            "last_day": query.last_day.isoformat() if query.last_day else None,
        }
        path = marked_path(path, self._mark)
        return write_cases(path, self._cases(query), form, self.titles, head, log_it, self._mark)

    def write_charts(self, stats: Stats, path: Path, why: LookPurpose = LookPurpose.STATISTICS) -> Written:
        """The plots of sums as a new PDF, logged before it has its name; raises as write_report."""
        who = self._guard.require(Act.EXPORT)
        pdf = charts_pdf(stats, self._shelf, watermark=self._mark)
        days = (stats.last - stats.first).days + 1
        with NewFile(path := marked_path(path, self._mark)) as file:
            file.write(pdf)
            counts = {"cases": stats.total.cases, "days": days, "kib": file.size_kib}
            written = Written(path, stats.total.cases, file.size_kib, file.digest)
            file.complete(
                lambda: self._notes.exported(
                    who.number,
                    why,
                    {"on": stats.first},
                    file="charts_pdf",
                    counts=counts,
                    digest=written.digest,
                )
            )
        return written

    def charts(self, stats: Stats, *, width_mm: float = 90.0, height_mm: float = 46.0) -> bytes:
        """The plots of sums that were read, as a PDF to be shown; no look of its own.

        Raises:
            FontMissingError, FontUnusableError, DaybookReportError: they could not be drawn.
        """
        return charts_pdf(stats, self._shelf, width_mm=width_mm, height_mm=height_mm)

    def _today(self) -> dt.date:
        return self._now().astimezone(JST).date()

    def _stats(self, first: dt.date, last: dt.date) -> Stats:
        return stats_of(self._log, self.titles, self._minutes, first, last)

    def _cases(self, query: CaseFilter) -> Iterator[CaseLine]:
        after: Place | None = None
        while True:
            page = self._log.cases(query, after=after, size=_BATCH, patience_s=_PATIENCE_S)
            yield from page.lines
            if page.next is None:
                return
            after = page.next

    def _report(self, day: dt.date) -> Report:
        who = self._guard.require(Act.EXPORT)
        page = self._reader.page(day, self._today())
        town, now = self._town, self._now()
        facts = ReportFacts(town.name, town.sign_boxes, str(who.number), now, self._mark)
        pdf = report_pdf(page, self._stats(day, day), self.titles, self._shelf, facts)
        return Report(pdf, hashlib.sha256(pdf).hexdigest(), len(page.lines))

    def _log_report(self, report: Report, day: dt.date, why: LookPurpose) -> None:
        who = self._guard.require(Act.EXPORT)
        counts = {"cases": report.cases, "kib": -(-len(report.pdf) // 1024)}
        parts = {"on": day}
        self._notes.exported(who.number, why, parts, file="report_pdf", counts=counts, digest=report.digest)

"""The acts on the downtime kit: print it, take its papers into the log, note what was destroyed."""

import contextlib
import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kakanai.counter.case_log import LoggedActs
from kakanai.daybook.new_file import NewFile
from kakanai.downtime.errors import KitNotOutError, KitSizeError, PaperDayError
from kakanai.downtime.kit_making import KitMaking, PrintedKit
from kakanai.downtime.kit_papers import PLACE, KitPaper, papers_of, waiting
from kakanai.downtime.paper_number import MOST_PAPERS, PaperNumber, kit_of
from kakanai.forms.fonts import FontShelf
from kakanai.printing.by_paper import PrinterByPaper, require_ready
from kakanai.printing.errors import FolderUnwritableError, PrintError
from kakanai.printing.print_job import Printer
from kakanai.sessionlog.entry import CaseNumber, EntryKind, LogEntry, LoggedReadBy
from kakanai.sessionlog.kit_entries import kit_entries, kit_entries_in
from kakanai.staff.act import Act

TAKEN_CODE: Final = "E-001"
"""Stands in the case: served by hand on paper of the kit."""


@dataclass(frozen=True)
class TakenPapers:
    """Papers that are a case in the log now."""

    case_number: CaseNumber
    papers: tuple[KitPaper, ...]


class KitDesk(LoggedActs):
    """One clerk's acts on the kit. Who may do them is asked in each."""

    # --- before -------------------------------------------------------------------------

    def print_kit(
        self, forms: Sequence[str], copies: int, folder: Path, shelf: FontShelf | None = None
    ) -> PrintedKit:
        """So many numbered blank copies of each form, as PDF in a folder, with the list 使用記録.

        Everything is drawn and read back before anything is logged; the files appear once the log knows
        the numbers.

        Raises:
            StaffError: this clerk may not.
            KitSizeError, UnknownFormError, FormOutOfDateError, NoNumberBoxError: it cannot be such a kit.
            RenderError, PaperMismatchError: a form could not be drawn as meant.
            FolderUnwritableError, HandedOnFileError, LogStorageError: nothing was printed.
        """
        making = self.begin_kit(forms, copies, shelf)
        making.draw_all()
        files = self._put(folder, making.contents(), making.entry(self.clerk, self.office.now()))
        return making.printed(files)

    def begin_kit(self, forms: Sequence[str], copies: int, shelf: FontShelf | None = None) -> KitMaking:
        """A kit to be drawn, with its numbers; nothing is logged, so it may come to nothing.

        Raises:
            StaffError: this clerk may not.
            KitSizeError, UnknownFormError, FormOutOfDateError: it cannot be such a kit.
            LogStorageError: the log cannot be read.
        """
        self.require(Act.PREPARE_DOWNTIME)
        if not forms or len(set(forms)) < len(forms) or not 1 <= copies * len(forms) <= MOST_PAPERS:
            raise KitSizeError(most=MOST_PAPERS)
        today = self._today()
        templates = [self.office.forms.by_id(form, on=today) for form in forms]
        return KitMaking(self.office, templates, copies, self._new_mark(), today, shelf or FontShelf())

    def release_kit(self, making: KitMaking, printer: Printer) -> PrintedKit:
        """Log the numbers of a kit that is drawn, and print it; returns when it is out.

        Raises:
            StaffError: this clerk may not.
            LogStorageError: nothing was printed.
            PrintError: the printer takes nothing now; nothing was printed or logged.
            KitNotOutError: the log has the numbers, and some or all of the paper did not come out.
        """
        self.require(Act.PREPARE_DOWNTIME)
        if isinstance(printer, PrinterByPaper):
            printer.require_ready([(document.form, document.paper) for document in making.documents])
        else:
            require_ready(printer, making.total)
        self._append(making.entry(self.clerk, self.office.now()))
        try:
            printed = printer.release(making.job())
        except PrintError as error:
            first, last = making.forms[0].numbers[0], making.forms[-1].numbers[-1]
            raise KitNotOutError(kit=making.kit, first=first, last=last, reason=error.code) from error
        return making.printed([one.path for one in printed if one.path is not None])

    def _new_mark(self) -> str:
        """A mark whose four characters no kit of this log has: there are but 923,521 of them."""
        taken = {kit_of(entry.digest) for _, entry in kit_entries(self.office.log)}
        while True:
            mark = secrets.token_hex(32)
            if kit_of(mark) not in taken:
                return mark

    def _put(self, folder: Path, contents: dict[str, bytes], entry: LogEntry) -> tuple[Path, ...]:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise FolderUnwritableError(path=str(folder)) from error
        with contextlib.ExitStack() as stack:
            files = []
            for name, content in contents.items():
                file = stack.enter_context(NewFile(folder / name))
                file.write(content)
                files.append(file)
            log_it = [lambda: self._append(entry)]
            for file in files:
                file.complete(log_it.pop() if log_it else lambda: None)
        return tuple(folder / name for name in contents)

    def _append(self, entry: LogEntry) -> None:
        self.office.log.append(entry)

    # --- after --------------------------------------------------------------------------

    def papers(self) -> list[KitPaper]:
        """Every paper that was printed, and how it stands.

        Raises:
            StaffError: this clerk may not look.
            LogStorageError: in one of its kinds.
        """
        self.require(Act.VIEW_DAY)
        return list(papers_of(kit_entries(self.office.log)).values())

    def paper(self, number: PaperNumber) -> KitPaper:
        """A paper that waits to be taken into the log.

        Raises:
            UnknownPaperError, PaperTakenError, PaperVoidError: it does not wait.
            LogStorageError: in one of its kinds.
        """
        papers = papers_of(kit_entries(self.office.log))
        return waiting(papers, number, self._case_of(papers.get(number)))

    def take(self, numbers: Sequence[PaperNumber], day: dt.date, procedures: Sequence[str]) -> TakenPapers:
        """The papers of one visitor become a case done by hand, with a case number of today.

        The log gets numbers, forms, procedures and the day it happened; nothing of the person, who stands
        on the paper alone. All or nothing; each paper once, whoever else takes it at the same moment.

        Raises:
            StaffError: this clerk may not.
            UnknownProcedureError: there is no such procedure.
            UnknownPaperError, PaperTakenError, PaperVoidError, PaperDayError: nothing was written.
            LogStorageError, CaseNumberError: in one of their kinds; nothing was written.
        """
        self.require(Act.USE_COUNTER)
        wanted = tuple(dict.fromkeys(numbers))
        chosen = [self.office.procedures.by_id(name).id for name in procedures]
        found = [self.paper(number) for number in wanted]
        self._check_day(found, day)
        chosen = chosen or self._procedures_of(found)
        case = self.office.log.next_case_number(self._today())
        with self.office.log.writing() as writing:
            # Again, now that nobody else writes; a number that another took is in the log since.
            known = papers_of(kit_entries_in(writing.connection))
            papers = tuple(waiting(known, number) for number in wanted)
            opened = writing.append(self._entry(EntryKind.CASE_OPENED, case))
            by_hand = {"read_by": LoggedReadBy.HAND, "codes": (TAKEN_CODE,), "on": day}
            writing.append(self._entry(EntryKind.HAND_ENTERED, case, **by_hand))
            writing.append(self._entry(EntryKind.PROCEDURES_CHOSEN, case, procedures=tuple(chosen)))
            records = tuple(paper.record for paper in papers)
            writing.append(self._entry(EntryKind.PRINT_DONE, case, forms=records, codes=(TAKEN_CODE,)))
            writing.append(self._entry(EntryKind.CASE_CLOSED, case))
            for paper in papers:
                told = {"digest": paper.mark, "counts": {PLACE: paper.number.place}, "on": day, "ref": opened}
                record = (paper.record,)
                writing.append(self._entry(EntryKind.DOWNTIME_TAKEN, None, forms=record, **told))
        return TakenPapers(case, papers)

    def void(self, numbers: Sequence[PaperNumber]) -> tuple[KitPaper, ...]:
        """Papers that were spoilt and destroyed, or are used no more, are noted so; all or nothing.

        Raises:
            StaffError: this clerk may not.
            UnknownPaperError, PaperTakenError, PaperVoidError: one has its end; nothing was written.
            LogStorageError: in one of its kinds; nothing was written.
        """
        self.require(Act.PREPARE_DOWNTIME)
        wanted = tuple(dict.fromkeys(numbers))
        for number in wanted:
            self.paper(number)
        with self.office.log.writing() as writing:
            known = papers_of(kit_entries_in(writing.connection))
            papers = tuple(waiting(known, number) for number in wanted)
            for paper in papers:
                told = {"digest": paper.mark, "counts": {PLACE: paper.number.place}}
                writing.append(self._entry(EntryKind.DOWNTIME_VOIDED, None, forms=(paper.record,), **told))
        return papers

    # --- inside -------------------------------------------------------------------------

    def _entry(self, kind: EntryKind, case: CaseNumber | None, **told: object) -> LogEntry:
        return LogEntry(kind, case, self.clerk, self.office.now(), **told)  # type: ignore[arg-type]  # named by the callers above

    def _check_day(self, papers: Sequence[KitPaper], day: dt.date) -> None:
        first, last = max(paper.printed_on for paper in papers), self._today()
        if not first <= day <= last:
            raise PaperDayError(first=first.isoformat(), last=last.isoformat())

    def _procedures_of(self, papers: Sequence[KitPaper]) -> list[str]:
        found = [self.office.procedures.for_form(paper.record.form) for paper in papers]
        return list(dict.fromkeys(procedure.id for procedure in found if procedure))

    def _case_of(self, paper: KitPaper | None) -> str:
        link = None if paper is None or paper.opened is None else self.office.log.link(paper.opened)
        return link.case_number if link else "?"

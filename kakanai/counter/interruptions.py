"""A case put aside 保留 and gone on with, and one that nobody goes on with any more."""

from typing import Final

from kakanai.counter.case_log import LoggedActs
from kakanai.reception.case import Case, Step
from kakanai.sessionlog.entry import CaseNumber, EntryKind, LogEntry
from kakanai.staff.act import Act

DAY_OVER_CODE: Final = "D-001"
"""Kept in the log when a case was left open over night: its draft was removed."""
DISCARDED_CODE: Final = "D-002"
"""Kept when somebody discarded a draft from the command line."""
PAPER_UNSURE_CODE: Final = "D-003"
"""Kept when a case goes on of which paper may be out that its draft knows nothing of."""


class Interruptions(LoggedActs):
    """The acts around a draft; each is logged, and none says anything of the person."""

    def suspend(self, case: Case) -> None:
        """The case is put aside, and the next visitor served.

        Raises:
            LogStorageError: the log could not be written; the case is as it was.
        """
        case.require(Step.OPEN, Step.RELEASED)
        self._log(case, EntryKind.CASE_SUSPENDED)

    def resume(self, case: Case) -> bool:
        """Go on with a case from its draft; False when its paper may be out although the draft says no.

        The program may have been killed between the log's word that paper is released and the draft's. The
        case counts as RELEASED then, so that nothing is printed twice unseen.

        Raises:
            StaffError: this clerk may not; the case is as it was.
            LogStorageError: the log could not be read or written.
        """
        case.require(Step.OPEN, Step.RELEASED)
        self.require(Act.USE_COUNTER)
        released = self.office.log.count_of(CaseNumber(case.number), EntryKind.PRINT_RELEASED)
        is_known = released <= case.releases
        self._log(case, EntryKind.CASE_RESUMED, codes=() if is_known else (PAPER_UNSURE_CODE,))
        if not is_known:
            if case.step is Step.OPEN:
                case.release()
            case.releases = released
        return is_known

    def end_draft(self, number: str, code: str) -> None:
        """The draft of a case is given up without anybody looking at it: the case is cancelled.

        Raises:
            CaseNumberError: this is no case number.
            LogStorageError: the log could not be written.
        """
        entry = LogEntry(
            EntryKind.CASE_CANCELLED, CaseNumber(number), self.clerk, self.office.now(), codes=(code,)
        )
        self.office.log.append(entry)

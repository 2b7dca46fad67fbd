"""Judging cases 確認: approve, send back, comment; each judgement is an entry of its own in the chain."""

import datetime as dt
from collections.abc import Callable, Iterable

from kakanai.daybook.errors import ReviewRefusedError, UnknownLoggedCaseError
from kakanai.daybook.permission import Permission
from kakanai.daybook.review_phrases import PhraseBook, ReviewKind, ReviewPhrase
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.case_number import CaseNumber, ClerkId
from kakanai.sessionlog.entry import LogEntry
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.words import EntryKind, Review
from kakanai.staff.act import Act

_KINDS = {
    ReviewKind.APPROVE: EntryKind.CASE_APPROVED,
    ReviewKind.SEND_BACK: EntryKind.CASE_SENT_BACK,
    ReviewKind.COMMENT: EntryKind.CASE_COMMENTED,
}
_ACTS = {
    ReviewKind.APPROVE: Act.APPROVE,
    ReviewKind.SEND_BACK: Act.SEND_BACK,
    ReviewKind.COMMENT: Act.COMMENT,
}


class Reviewing:
    """What a supervisor says of cases; only phrases, never words of their own."""

    def __init__(
        self, log: SessionLog, phrases: PhraseBook, guard: Permission, now: Callable[[], dt.datetime]
    ) -> None:
        self._log = log
        self._phrases = phrases
        self._guard = guard
        self._now = now

    def judge(self, kind: ReviewKind, number: CaseNumber, phrase: str = "") -> None:
        """Say this of the case; an approval needs no phrase.

        Raises:
            StaffError: whoever is signed in may not, or it is their own case.
            UnknownLoggedCaseError: the log tells of no such case.
            UnknownPhraseError: there is no such phrase for this.
            ReviewRefusedError: it has not ended, or is approved already.
            LogStorageError: in one of its kinds; nothing was written.
        """
        line = self._line(number)
        who = self._guard.require(_ACTS[kind], of=line.staff).number
        needs_phrase = kind is not ReviewKind.APPROVE
        chosen = self._phrases.chosen(kind, phrase) if phrase or needs_phrase else None
        if kind is ReviewKind.APPROVE:
            _require_approvable(line)
        self._log.append(self._entry(kind, line, who, chosen))

    def approve_all(self, numbers: Iterable[CaseNumber], phrase: str = "") -> int:
        """Approve these cases in one go, all of them or none; how many. Raises as `judge`."""
        chosen = self._phrases.chosen(ReviewKind.APPROVE, phrase) if phrase else None
        entries = []
        for number in dict.fromkeys(numbers):
            line = self._line(number)
            who = self._guard.require(Act.APPROVE, of=line.staff).number
            _require_approvable(line)
            entries.append(self._entry(ReviewKind.APPROVE, line, who, chosen))
        self._log.append_all(entries)
        return len(entries)

    def _line(self, number: CaseNumber) -> CaseLine:
        line = self._log.case(number)
        if line is None:
            raise UnknownLoggedCaseError(number=str(number))
        return line

    def _entry(self, kind: ReviewKind, line: CaseLine, who: ClerkId, phrase: ReviewPhrase | None) -> LogEntry:
        # `ref` says up to which entry of the case the supervisor had read.
        return LogEntry(
            _KINDS[kind],
            line.case_number,
            who,
            self._now(),
            names=(phrase.name,) if phrase else (),
            ref=line.last_seq,
        )


def _require_approvable(line: CaseLine) -> None:
    if line.finished_at is None:
        raise ReviewRefusedError(number=str(line.case_number), reason="open")
    if line.review is Review.APPROVED:
        raise ReviewRefusedError(number=str(line.case_number), reason="approved")

"""What every act at the counter needs: who acts, what day it is, and the log."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from kakanai.counter.office import Office
from kakanai.reception.case import Case
from kakanai.sessionlog.entry import JST, CaseNumber, ClerkId, EntryKind, FormRecord, LogEntry
from kakanai.staff.act import Act
from kakanai.staff.errors import AnotherClerkError

AGREED_CODE: Final = "V-031"
TO_CORRECT_CODE: Final = "V-032"


class LoggedActs:
    """One clerk's acts on cases, each logged as it happens."""

    def __init__(self, office: Office, clerk: ClerkId) -> None:
        self.office = office
        self.clerk = clerk

    def _today(self) -> dt.date:
        return self.office.now().astimezone(JST).date()

    def require(self, act: Act) -> None:
        """Nothing, when this clerk is signed in here and may do the act; also while nobody is registered.

        Raises:
            StaffError: they may not; AnotherClerkError: somebody else is signed in.
            LogStorageError: in one of its kinds.
        """
        if self.office.guard is None:
            return
        who = self.office.guard.require(act)
        if who.is_registered and who.number != self.clerk:
            raise AnotherClerkError

    def note_visitor_answer(self, case: Case, *, agrees: bool) -> None:
        """Log that the visitor pressed 合っています or なおします on the visitor's screen 来庁者画面.

        Raises:
            LogStorageError: the log could not be written.
        """
        self._log(case, EntryKind.VISITOR_CONFIRMED, codes=(AGREED_CODE if agrees else TO_CORRECT_CODE,))

    def _log(
        self,
        case: Case,
        kind: EntryKind,
        *,
        card_kind: str | None = None,
        read_by: str | None = None,
        procedures: Iterable[str] = (),
        forms: Iterable[FormRecord] = (),
        codes: Iterable[str] = (),
        counts: Mapping[str, int] | None = None,
        clerk: ClerkId | None = None,
    ) -> None:
        self.office.log.append(
            LogEntry(
                kind=kind,
                case_number=CaseNumber(case.number),
                clerk=clerk or self.clerk,
                at=self.office.now(),
                card_kind=card_kind,
                read_by=read_by,
                procedures=tuple(procedures),
                forms=tuple(forms),
                codes=tuple(codes),
                counts=counts or {},
            )
        )

"""The checks of a case: documents, 本人確認, and which papers go with the forms. No widget in here."""

from collections.abc import Callable, Collection, Iterable

from kakanai.errors import KakanaiError
from kakanai.reception.case import Case
from kakanai.reception.checklist import DocumentItem, DocumentState
from kakanai.reception.identity_check import IdentityCheck
from kakanai.ui.case_pauses import CasePauses


class CaseChecks(CasePauses):
    """The acts that are told about the case beside its forms; none of them stops printing."""

    def checklist(self) -> list[DocumentItem]:
        """The checklist 持ち物・書類 as it stands."""
        return self.counter.documents(self.case, self.facts) if self.case and self.case.forms else []

    def tick_document(self, item: str, state: DocumentState | None) -> None:
        """Note how a document stands; None takes the clerk's word back."""
        self._check(lambda case: self.counter.tick_document(case, item, state))

    @property
    def identity_check(self) -> IdentityCheck | None:
        """The 本人確認 of the visitor, None while there is none."""
        return self.counter.identity_check(self.case) if self.case else None

    def check_identity(self, papers: Collection[str], topics: Collection[str] = ()) -> None:
        """Note which papers were seen, and what was asked 聴聞事項."""
        self._check(lambda case: self.counter.check_identity(case, papers, topics))

    def identity_notes(self) -> list[str]:
        """What the 本人確認 lacks, in words."""
        return self.counter.identity_notes(self.case, self.facts) if self.case else []

    def choose_papers(self, papers: Iterable[str]) -> None:
        """Choose the papers that are printed with the forms."""
        self._check(lambda case: self.counter.choose_papers(case, papers))

    def _check(self, act: Callable[[Case], None]) -> None:
        if self.case is None or not self.is_open:
            return
        try:
            act(self.case)
        except KakanaiError as error:
            self.failed.emit(error)
        self._tell_change()

"""What a case needs besides forms: documents 持ち物・書類, deadlines 期限, the 本人確認; how each stands."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final

from kakanai.counter.guided_choice import GuidedChoice
from kakanai.reception.answers import Value
from kakanai.reception.case import Case, Step
from kakanai.reception.checklist import DocumentItem, DocumentNeed, DocumentState, checklist
from kakanai.reception.closed_days import ClosedDays
from kakanai.reception.deadlines import Due, dues
from kakanai.reception.fact_table import Facts, holds
from kakanai.reception.facts import my_number_roles
from kakanai.reception.guidance import FiredRule
from kakanai.reception.guidance_plan import facts_of
from kakanai.reception.identity_check import (
    IdentityCheck,
    Sufficiency,
    Way,
    check_by_evidence,
    check_of,
)
from kakanai.reception.terms import MetBy
from kakanai.sessionlog.entry import EntryKind

IDENTITY_CODES: Final = {
    Sufficiency.ONE: "N-001",
    Sufficiency.TWO: "N-002",
    Sufficiency.HEARD: "N-003",
    Sufficiency.SHORT: "N-004",
}
WAY_CODES: Final = {Way.CHIP: "N-011", Way.SHOWN: "N-012", Way.HEARD: "N-013"}
"""What the log keeps of the 本人確認: what the papers come to, and how they were seen."""
DOCUMENT_CODES: Final = {
    DocumentState.SEEN: "B-001",
    DocumentState.LATER: "B-002",
    DocumentState.UNNEEDED: "B-003",
    DocumentState.OPEN: "B-004",
}
"""What it keeps of the checklist: which states there were, never which documents."""
LATE_CODE: Final = "B-011"
LATE: Final = "late.is_late"


@dataclass(frozen=True)
class CaseDue:
    """A deadline of the case, and the form or procedure that it is of."""

    of: str
    due: Due


class CaseTerms(GuidedChoice):
    """The acts about documents, deadlines and 本人確認; none of them ever stops printing."""

    def facts(self, case: Case) -> Facts:
        """Everything known for the forms of the case right now."""
        facts = super().facts(case)
        more = self._check_facts(case)
        if self.late_forms(case, facts):
            more[LATE] = "yes"
        if not more:
            return facts
        surroundings = self._surroundings()
        surroundings = replace(surroundings, office={**surroundings.office, **more})
        return facts_of(surroundings, case, self._event(case))

    @property
    def closed_days(self) -> ClosedDays:
        """The days on which this town hall is closed 閉庁日."""
        return ClosedDays(self.office.town.closed_days)

    def wants_my_number(self, case: Case) -> list[str]:
        """The chosen forms on which a box is for this visitor's 個人番号; empty means it must not be read.

        It depends on the answers: an agent 代理人 who is neither householder nor among the people concerned
        has no box on F09.
        """
        facts = self.facts(case)
        roles = my_number_roles(facts)
        return [t.id for t in self.templates(case) if roles & t.my_number_roles(facts.values)]

    # --- 持ち物・書類 ---------------------------------------------------------------------

    def documents(self, case: Case, facts: Facts | None = None) -> list[DocumentItem]:
        """The checklist of all forms together, each document once, as it stands now."""
        values = (facts or self.facts(case)).values
        return checklist(self._needs(case, values), case.documents, self._settler(case))

    def tick_document(self, case: Case, item: str, state: DocumentState | None) -> None:
        """Note how a document stands; None takes the clerk's word back. Logged with the release."""
        case.require(Step.OPEN)
        if state is None:
            case.documents.pop(item, None)
        else:
            case.documents[item] = state

    def _needs(self, case: Case, values: dict[str, Value]) -> Iterable[DocumentNeed]:
        for template in self.templates(case):
            for document in template.terms.documents:
                if holds(document.when, values):
                    yield DocumentNeed(document, template.id)
        for fired in self._fired(case):
            titles = [self.office.procedures.by_id(name).title for name in fired.rule.procedures]
            for document in fired.rule.documents:
                if holds(document.when, values):
                    yield from (DocumentNeed(document, title) for title in titles or [fired.rule.why])

    def _fired(self, case: Case) -> Iterable[FiredRule]:
        return self.guidance(case).fired if case.event else ()

    def _settler(self, case: Case) -> Callable[[DocumentNeed], bool]:
        """Whether a document is settled at the counter: by the 本人確認, or 個人番号 from the card."""
        check = self.identity_check(case)
        is_known = check is not None and check.sufficiency is not Sufficiency.SHORT
        numbered = self.wants_my_number(case) if case.my_number is not None else []

        def is_met(need: DocumentNeed) -> bool:
            match need.document.met_by:
                case MetBy.IDENTITY:
                    return is_known
                case MetBy.MY_NUMBER:
                    return need.needed_by in numbered
                case _:
                    return False

        return is_met

    # --- 期限 -----------------------------------------------------------------------------

    def dues(self, case: Case, facts: Facts | None = None) -> list[CaseDue]:
        """The deadlines that hold for the case, by form."""
        values = (facts or self.facts(case)).values
        closed = self.closed_days
        return [
            CaseDue(template.id, due)
            for template in self.templates(case)
            for due in dues(template.terms.deadlines, values, closed)
        ]

    def late_forms(self, case: Case, facts: Facts) -> list[str]:
        """The forms that come after their deadline, so that a reason 遅れたわけ is asked for."""
        today = self._today()
        late = [one.of for one in self.dues(case, facts) if one.due.is_late(today)]
        return list(dict.fromkeys(late))

    # --- 本人確認 -------------------------------------------------------------------------

    def identity_check(self, case: Case) -> IdentityCheck | None:
        """What the clerk noted, or what reading the card is by itself; None while there is neither."""
        return case.identity_check or check_by_evidence(case.evidence, self.clerk)

    def check_identity(self, case: Case, papers: Collection[str], topics: Collection[str] = ()) -> None:
        """Note the papers seen and the topics asked 聴聞事項 (ids); nothing at all takes the note back."""
        case.require(Step.OPEN)
        check = check_of(papers, topics, self.clerk)
        case.identity_check = check if check.papers or check.topics else None

    def identity_notes(self, case: Case, facts: Facts | None = None) -> list[str]:
        """What the 本人確認 lacks, in words for the clerk; told, never a block."""
        check = self.identity_check(case)
        if case.person is None or not case.forms:
            return []
        if check is None:
            return ["本人確認の書類が、まだ記録されていません"]
        notes = ["本人確認の書類が足りません（2点か聴聞が要ります）"] if self._is_short(check) else []
        values = (facts or self.facts(case)).values
        for template in self.templates(case):
            for rule in template.terms.identity:
                if holds(rule.when, values) and not rule.is_met(check):
                    notes.append(f"{template.id}　{rule.why}")
        return list(dict.fromkeys(notes))

    @staticmethod
    def _is_short(check: IdentityCheck) -> bool:
        return check.sufficiency is Sufficiency.SHORT

    # --- for facts and log ----------------------------------------------------------------

    def _check_facts(self, case: Case) -> dict[str, Value]:
        """The squares of the clerk's box 職員処理欄, where the town wants them printed."""
        check = self.identity_check(case)
        if check is None or not self.office.town.prints_identity_check:
            return {}
        return {"identity.boxes": check.boxes}

    def _log_checks(self, case: Case) -> None:
        """Log the 本人確認 and the checklist as they stand when paper is released: codes alone."""
        facts = self.facts(case)
        check = self.identity_check(case)
        if check is not None:
            seen = (IDENTITY_CODES[check.sufficiency], WAY_CODES[check.way])
            self._log(case, EntryKind.IDENTITY_CHECKED, codes=seen)
        states = {item.state for item in self.documents(case, facts)}
        codes = tuple(code for state, code in DOCUMENT_CODES.items() if state in states)
        codes += (LATE_CODE,) if self.late_forms(case, facts) else ()
        if codes:
            self._log(case, EntryKind.DOCUMENTS_CHECKED, codes=codes)

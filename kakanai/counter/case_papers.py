"""The papers beside the forms 手続き案内書・受付票・説明カード: which a case gets, and their filling."""

from collections.abc import Iterable, Sequence

from kakanai.counter.case_terms import CaseTerms
from kakanai.counter.guide_items import GuideItem, guide_items
from kakanai.counter.paper_facts import paper_facts
from kakanai.forms.errors import UnknownFormError
from kakanai.forms.filled import FilledForm
from kakanai.forms.template import FormTemplate
from kakanai.reception.case import Case, Step
from kakanai.reception.facts import Facts
from kakanai.settings.town_rules import PAPERS


class CasePapers(CaseTerms):
    """The acts about the papers beside the forms; they are filled, drawn and read back like forms."""

    def choose_papers(self, case: Case, papers: Iterable[str]) -> None:
        """Choose which papers are made beside the forms, by id; in the order of PAPERS.

        Raises:
            UnknownFormError: one is no such paper; the case is as it was.
        """
        case.require(Step.OPEN)
        wanted = set(papers)
        if unknown := wanted - set(PAPERS):
            name = min(unknown)
            raise UnknownFormError(form=name if name.isascii() and name.isalnum() else "?")
        case.papers = tuple(paper for paper in PAPERS if paper in wanted)

    def papers(self, case: Case) -> tuple[str, ...]:
        """The papers that are made now: those chosen, once the case has a form or a procedure."""
        return case.papers if case.forms or case.procedures else ()

    def paper_templates(self, case: Case) -> list[FormTemplate]:
        """The templates of the papers that are made now."""
        return [self.office.forms.by_id(paper, on=self._today()) for paper in self.papers(case)]

    def guide(self, case: Case, facts: Facts | None = None) -> list[GuideItem]:
        """What the 手続き案内書 tells: each procedure with its place and deadline, in walking order."""
        facts = facts or self.facts(case)
        return guide_items(self.office, self.guidance(case), self.templates(case), facts, self.closed_days)

    def fill_papers(self, case: Case, facts: Facts, forms: Sequence[FilledForm]) -> list[FilledForm]:
        """The chosen papers filled; `forms` are the case's own, filled already.

        No number 個人番号 and no card's picture can reach them, and their templates have no box for a name.
        """
        templates = self.paper_templates(case)
        if not templates:
            return []
        told = paper_facts(
            self.office,
            case,
            facts,
            forms,
            items=self.guide(case, facts),
            documents=self.documents(case, facts),
            check=self.identity_check(case),
        )
        return [self._fill_paper(template, case.number, told) for template in templates]

    def _fill_paper(self, template: FormTemplate, number: str, told: Facts) -> FilledForm:
        filled = self.office.filler.fill(template, number, told, {})
        if not filled.stopping:
            return filled
        # A paper that only explains must not keep the forms from being printed: such a box stays empty.
        empty = frozenset(finding.field for finding in filled.stopping)
        return self.office.filler.fill(template, number, told, {}, empty)

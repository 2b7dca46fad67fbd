"""② 手続: what the visitor came for, by life event or chosen by hand, and the questions that follow."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from kakanai.counter.case_log import LoggedActs
from kakanai.forms.asked_boxes import asked_variables
from kakanai.forms.errors import FormOutOfDateError, UnknownFormError
from kakanai.forms.template import FormTemplate
from kakanai.reception.answers import Answers, Value, parse_answers
from kakanai.reception.case import Case, Step
from kakanai.reception.closed_days import ClosedDays
from kakanai.reception.errors import UnusedAnswersError
from kakanai.reception.facts import Facts, QuestionGroup, questions_for
from kakanai.reception.forgotten_answers import address_variables, without
from kakanai.reception.guidance import EventGuide, Guidance
from kakanai.reception.guidance_plan import Surroundings, facts_of, plan
from kakanai.reception.procedure import Procedure, refuse_conflicts
from kakanai.sessionlog.entry import EntryKind

LATE_REASON: Final = "late.reason"
"""The question why something comes after its deadline 遅れたわけ."""


class GuidedChoice(LoggedActs):
    """The procedures 手続 of a case follow its event and answers; what was chosen by hand stands beside them.

    The log is told when a clerk chooses, and before paper comes out if the answers changed the set since.
    """

    # --- 手続 ---------------------------------------------------------------------------

    def choose_event(self, case: Case, event: str) -> None:
        """Follow the guidance for a life event ライフイベント from now on; "" follows none.

        What was chosen by hand stays. Guided procedures that were taken back come again.

        Raises:
            UnknownEventError, LogStorageError: the case is as it was.
        """
        case.require(Step.OPEN)
        if event:
            self.office.guidance.event(event)
        before = case.event, case.dropped
        case.event, case.dropped = event, frozenset()
        try:
            self._log_choice(case, self.guidance(case).in_effect)
        except BaseException:
            case.event, case.dropped = before
            raise
        if event:
            self.renewed(case)
        else:
            case.choose(case.by_hand)

    def choose(self, case: Case, procedures: Iterable[str], forms: Iterable[str] = ()) -> None:
        """Choose procedures 手続 by id, beside those of the event if there is one.

        `forms` narrows or orders the forms that are made, as long as no event is followed.

        Raises:
            UnknownProcedureError, UnknownFormError, FormOutOfDateError, ConflictingProceduresError,
            LogStorageError: the case is as it was.
        """
        case.require(Step.OPEN)
        chosen = [self.office.procedures.by_id(name) for name in procedures]
        refuse_conflicts(chosen)
        wanted = list(forms) or [form for procedure in chosen for form in procedure.forms]
        for form in wanted:
            self.office.forms.by_id(form, on=self._today())
        before, case.by_hand = case.by_hand, tuple(chosen)
        try:
            self._log_choice(case, self.guidance(case).in_effect)
        except BaseException:
            case.by_hand = before
            raise
        if case.event:
            self.renewed(case)
        else:
            case.choose(chosen, wanted)

    def drop(self, case: Case, procedure: str) -> None:
        """Take a guided procedure back, with all that its rules alone brought; `restore` undoes it."""
        case.require(Step.OPEN)
        case.dropped |= {self.office.procedures.by_id(procedure).id}
        self.renewed(case)

    def restore(self, case: Case, procedure: str) -> None:
        """Let the guidance bring a procedure again that was taken back."""
        case.require(Step.OPEN)
        case.dropped -= {procedure}
        self.renewed(case)

    def guidance(self, case: Case) -> Guidance:
        """What the rules say of the case as it is now: procedures and why, documents, deadlines, notices."""
        return plan(self._surroundings(), case, self._event(case))

    def renewed(self, case: Case) -> None:
        """The case has the procedures that follow from what is known now; nothing without an event."""
        if case.event and case.step is Step.OPEN:
            guidance = self.guidance(case)
            case.choose(guidance.in_effect, settled=guidance.settled)

    def log_choice(self, case: Case) -> None:
        """Log the procedures of the case, unless the log knows this very set.

        Raises:
            LogStorageError: the log could not be written.
        """
        if {p.id for p in case.procedures} != set(case.logged_procedures):
            self._log_choice(case, case.procedures)

    def _log_choice(self, case: Case, procedures: Iterable[Procedure]) -> None:
        chosen = tuple(procedure.id for procedure in procedures)
        self._log(case, EntryKind.PROCEDURES_CHOSEN, procedures=chosen)
        case.logged_procedures = chosen

    def procedures_for_forms(self, forms: Iterable[str]) -> list[str]:
        """The procedure ids meant when only forms are named (the first that uses each).

        Raises:
            UnknownFormError: no such form.
        """
        found: list[Procedure | None] = []
        for form in forms:
            self.office.forms.by_id(form)
            found.append(self.office.procedures.for_form(form))
        return list(dict.fromkeys(procedure.id for procedure in found if procedure))

    def templates(self, case: Case) -> list[FormTemplate]:
        """The templates of the case's forms, in order."""
        return [self.office.forms.by_id(form) for form in case.forms]

    # --- 聞き取り -----------------------------------------------------------------------

    def facts(self, case: Case) -> Facts:
        """Everything known for the forms of the case right now."""
        return facts_of(self._surroundings(), case, self._event(case))

    def questions(self, case: Case, facts: Facts | None = None) -> list[QuestionGroup]:
        """What to ask, each once, for all chosen forms together; those of the event come first.

        `facts` are those of the case as it is, where the caller has them already.
        """
        event = self._event(case)
        facts = facts or self.facts(case)
        used: dict[str, list[str]] = {name: [] for name in event.ask} if event else {}
        for template in self.templates(case):
            for variable in asked_variables(template, self.office.variables, facts.values):
                used.setdefault(variable, []).append(template.id)
            if template.terms.deadlines:
                used.setdefault(LATE_REASON, []).append(template.id)  # asked only when it is late
        groups = questions_for(self.office.variables, used, case, facts)
        return _in_order_of(event, groups) if event else groups

    def answer(self, case: Case, data: Mapping[str, Any], *, strict: bool = False) -> Answers:
        """Replace the answers with plain data (see `parse_answers`); guided procedures follow them.

        On the window an answer may wait unseen for its question to come up again. `strict` is for answers
        that nobody looks at: one that reaches no form is refused, lest a householder's name is typed and
        the visitor printed, because nobody said that they are two people.

        Raises:
            UnknownVariableError, AnswerFormatError, UnusedAnswersError: the case keeps its earlier answers.
        """
        answers = parse_answers(self.office.variables, data)
        if case.is_protected:
            answers = without(answers, address_variables(self.office.variables))
        earlier = case.answers
        case.answer(answers)
        self.renewed(case)
        unused = self.facts(case).unused if strict else ()
        if unused:
            case.answer(earlier)
            self.renewed(case)
            raise UnusedAnswersError(fields=", ".join(unused))
        return answers

    # --- how ----------------------------------------------------------------------------

    def _event(self, case: Case) -> EventGuide | None:
        return self.office.guidance.event(case.event) if case.event else None

    def _surroundings(self) -> Surroundings:
        office = self.office
        return Surroundings(
            office.variables,
            office.procedures,
            self._office_facts(),
            self._today(),
            self._has_form,
            ClosedDays(office.town.closed_days),
        )

    def _has_form(self, form: str) -> bool:
        try:
            self.office.forms.by_id(form, on=self._today())
        except (UnknownFormError, FormOutOfDateError):
            return False
        return True

    def _office_facts(self) -> dict[str, Value]:
        town = self.office.town
        values: dict[str, Value] = {
            "today": self._today(),
            "town.name": town.name,
            "town.addressee": town.addressees["mayor"],
            "counter.name": town.counter_name,
            "counter.section": town.section(town.counters.get(town.counter_name, "common")).name,
        }
        values |= {f"addressee.{name}": words for name, words in town.addressees.items()}
        values |= {f"fee.{name}": yen for name, yen in town.fees.items()}
        return values


def _in_order_of(event: EventGuide, groups: list[QuestionGroup]) -> list[QuestionGroup]:
    """The groups in which a question of the event lies first, in the order that it asks."""
    places: dict[int, int] = {}
    for place, asked in enumerate(event.ask):
        for index, group in enumerate(groups):
            if asked == group.list_name or any(asked == q.variable.id for q in group.questions):
                places.setdefault(index, place)
    order = sorted(range(len(groups)), key=lambda index: (places.get(index, len(event.ask)), index))
    return [groups[index] for index in order]

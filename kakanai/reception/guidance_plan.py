"""The plan for a case: rules fire, settle answers, and these fire further rules, until nothing changes."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from kakanai.reception.answers import Value
from kakanai.reception.case import Case
from kakanai.reception.closed_days import ClosedDays
from kakanai.reception.derived import DERIVATIONS, ROW_DERIVATIONS, Known
from kakanai.reception.fact_table import Facts
from kakanai.reception.facts import gather_facts
from kakanai.reception.guidance import (
    EventGuide,
    FiredRule,
    Guidance,
    GuidedProcedure,
    GuidedState,
    fired_rules,
)
from kakanai.reception.procedure import Procedure, ProcedureCatalog
from kakanai.reception.variables import VariableCatalog

_MOST_ROUNDS = 8
"""Rules that fire rules that fire rules; our deepest chain has three (a test counts)."""


@dataclass(frozen=True)
class Surroundings:
    """What a plan is made with beside the case: data, values of the office, the day.

    `is_available` tells whether a form can be made today, `closed` when the town hall is closed.
    """

    catalog: VariableCatalog
    procedures: ProcedureCatalog
    office: Mapping[str, Value]
    today: dt.date
    is_available: Callable[[str], bool] = lambda _form: True
    closed: ClosedDays = field(default_factory=ClosedDays)


def facts_of(
    surroundings: Surroundings,
    case: Case,
    event: EventGuide | None,
    settled: Mapping[str, Value] | None = None,
) -> Facts:
    """The facts of a case with everything that follows from them by rule (see `derived`).

    `settled` are the answers that procedures and rules give, by default those of the case.
    """
    catalog = surroundings.catalog
    first = gather_facts(catalog, case, surroundings.office, settled)
    known = _known(first, surroundings, event)
    derived: dict[str, Value] = {
        variable.id: DERIVATIONS[variable.rule](known)
        for variable in catalog.with_rule
        if variable.rule in DERIVATIONS
    }
    if not derived:
        return first
    facts = gather_facts(catalog, case, {**surroundings.office, **derived}, settled)
    _derive_rows(catalog, facts, _known(facts, surroundings, event).day)
    return facts


def _known(facts: Facts, surroundings: Surroundings, event: EventGuide | None) -> Known:
    starts = facts.values.get(event.starts) if event and event.starts else None
    asks_people = event is not None and any(name.split(".")[0] == "member" for name in event.ask)
    return Known(
        facts.values,
        facts.rows,
        surroundings.today,
        starts if isinstance(starts, dt.date) else None,
        asks_people,
        surroundings.closed,
    )


def _derive_rows(catalog: VariableCatalog, facts: Facts, day: dt.date) -> None:
    for variable in catalog.with_rule:
        derive = ROW_DERIVATIONS.get(variable.rule) if variable.list_name else None
        for row in facts.rows.get(variable.list_name, []) if derive else []:
            row[variable.id] = derive(row, variable.list_name, day) if derive else ""


def plan(surroundings: Surroundings, case: Case, event: EventGuide | None) -> Guidance:
    """What the rules of the event say of the case as it is now.

    It depends on the event, the answers and the people alone, not on what was guided before. What was chosen
    by hand wins over a rule that settles a question differently; between two rules the first one wins.
    """
    round_made = _Round(surroundings, case, event, [])
    for _ in range(_MOST_ROUNDS if event else 0):
        facts = facts_of(surroundings, case, event, round_made.settled)
        fired = fired_rules(event.rules if event else (), surroundings.catalog, facts)
        before, round_made = round_made, _Round(surroundings, case, event, fired)
        if round_made.settled == before.settled and len(fired) == before.fired_count:
            break
    return round_made.guidance()


class _Round:
    """One round: which procedures the fired rules bring, and the answers that all of them settle."""

    def __init__(
        self, surroundings: Surroundings, case: Case, event: EventGuide | None, fired: list[FiredRule]
    ) -> None:
        self.settled: dict[str, Value] = {}
        self.fired_count = len(fired)
        self._event = event
        self._catalog = surroundings.catalog
        self._owners: dict[str, str] = {}
        self._in_effect: list[FiredRule] = []
        self._guided: dict[str, GuidedProcedure] = {}
        for procedure in case.by_hand:
            self._settle(procedure.title, procedure.settles)
        for one in fired:
            self._take(one, surroundings, case.dropped)
        for procedure in case.by_hand:
            known = self._guided.get(procedure.id)
            if known is None or not known.is_in_effect:
                rules = known.fired if known else ()
                self._guided[procedure.id] = GuidedProcedure(procedure, GuidedState.BY_HAND, rules)

    def _take(self, one: FiredRule, surroundings: Surroundings, dropped: frozenset[str]) -> None:
        procedures = [surroundings.procedures.by_id(name) for name in one.rule.procedures]
        wanted = [procedure for procedure in procedures if procedure.id not in dropped]
        for procedure in procedures:
            if procedure.id in dropped:
                self._note(procedure, GuidedState.DROPPED, one)
        if procedures and not wanted:
            return
        clash = self._clash(wanted, one.rule.settles)
        if clash:
            for procedure in wanted:
                self._note(procedure, GuidedState.CONFLICT, one, clash)
            return
        self._in_effect.append(one)
        for procedure in wanted:
            is_there = all(surroundings.is_available(form) for form in procedure.forms)
            self._note(procedure, GuidedState.GUIDED if is_there else GuidedState.UNAVAILABLE, one)
            self._settle(procedure.title, procedure.settles)
        self._settle(wanted[0].title if wanted else one.rule.why, one.rule.settles)

    def _clash(self, procedures: Iterable[Procedure], settles: Mapping[str, Value]) -> str:
        """The title of what settles a question differently already; empty when nothing does."""
        for settled in (*(procedure.settles for procedure in procedures), settles):
            for variable, value in settled.items():
                earlier = self.settled.get(variable, value)
                if earlier != value and not (isinstance(earlier, tuple) and isinstance(value, tuple)):
                    return self._owners[variable]
        return ""

    def _settle(self, owner: str, settles: Mapping[str, Value]) -> None:
        for variable, value in settles.items():
            earlier = self.settled.get(variable)
            if isinstance(earlier, tuple) and isinstance(value, tuple):
                both = {*earlier, *value}
                choices = self._catalog.variables[variable].choices
                value = tuple(choice.id for choice in choices if choice.id in both)
            self.settled[variable] = value
            self._owners.setdefault(variable, owner)

    def _note(self, procedure: Procedure, state: GuidedState, one: FiredRule, clash: str = "") -> None:
        known = self._guided.get(procedure.id)
        if known is None:
            self._guided[procedure.id] = GuidedProcedure(procedure, state, (one,), clash)
            return
        # What one rule in effect brings is in the case, whatever another one that also names it says.
        better = known if known.is_in_effect or known.state is state else None
        state, clash = (better.state, better.conflict) if better else (state, clash)
        self._guided[procedure.id] = GuidedProcedure(procedure, state, (*known.fired, one), clash)

    def guidance(self) -> Guidance:
        """What came of it."""
        return Guidance(self._event, tuple(self._in_effect), tuple(self._guided.values()), self.settled)

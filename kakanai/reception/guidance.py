"""Guidance 手続の案内: the rules of a life event, and what they say of one case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kakanai.identity.evidence import FactSource
from kakanai.reception.answers import Value
from kakanai.reception.errors import UnknownEventError
from kakanai.reception.fact_table import Facts, holds
from kakanai.reception.life_event import LifeEvent
from kakanai.reception.procedure import Procedure
from kakanai.reception.terms import Deadline, RequiredDocument
from kakanai.reception.variables import Condition, ValueType, VariableCatalog


@dataclass(frozen=True)
class GuidanceRule:
    """One rule: which answers bring which procedures 手続, and why.

    `when` are alternatives, each a set of conditions that must all hold; without conditions it always fires.
    `who` picks the rows it is about. A rule without procedures tells its `notice` 案内 only. `section` is a
    key of the town's sections; empty where the procedures or their forms say it.
    """

    id: str
    why: str
    when: tuple[tuple[Condition, ...], ...] = ((),)
    who: tuple[Condition, ...] = ()
    procedures: tuple[str, ...] = ()
    settles: Mapping[str, Value] = field(default_factory=dict)
    documents: tuple[RequiredDocument, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    section: str = ""
    legal: str = ""
    notice: str = ""


@dataclass(frozen=True)
class EventGuide:
    """The guidance for one life event ライフイベント.

    `number` is the digit it is chosen by, empty for none. `starts` is the variable of the day on which it
    began, empty for none. `ask` are the questions in the
    order a clerk speaks; the name of a list stands for its rows.
    """

    id: LifeEvent
    title: str
    kana: str = ""
    number: str = ""
    starts: str = ""
    ask: tuple[str, ...] = ()
    rules: tuple[GuidanceRule, ...] = ()


@dataclass(frozen=True)
class GuidanceBook:
    """The guidance for every event, in the order of their keys on the window."""

    events: Mapping[str, EventGuide] = field(default_factory=dict)

    def event(self, event: str) -> EventGuide:
        """The guidance for an event.

        Raises:
            UnknownEventError: there is none.
        """
        try:
            return self.events[event]
        except KeyError as error:
            raise UnknownEventError(event=event if event.isascii() else "?") from error


@dataclass(frozen=True, repr=False)
class Because:
    """One answer 回答 that made a rule fire: its question, the option's words, and who said it.

    `answer` is empty where it would be personal (a name, a date); no values in `repr`.
    """

    variable: str
    question: str
    answer: str
    source: FactSource

    def __repr__(self) -> str:
        return f"Because({self.variable})"


@dataclass(frozen=True, repr=False)
class FiredRule:
    """A rule whose conditions hold, with the answers that made it fire and the rows it is about.

    `who` are entries such as `member[2]`, counted from 1; none where it is about the case as a whole.
    """

    rule: GuidanceRule
    because: tuple[Because, ...] = ()
    who: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"FiredRule({self.rule.id})"


class GuidedState(StrEnum):
    """How a procedure came to stand in the case."""

    GUIDED = "guided"
    BY_HAND = "by_hand"
    DROPPED = "dropped"
    CONFLICT = "conflict"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, repr=False)
class GuidedProcedure:
    """A procedure with the rules that brought it; `conflict` is the title of what it does not go with."""

    procedure: Procedure
    state: GuidedState
    fired: tuple[FiredRule, ...] = ()
    conflict: str = ""

    def __repr__(self) -> str:
        return f"GuidedProcedure({self.procedure.id}, {self.state.value})"

    @property
    def is_in_effect(self) -> bool:
        """Whether its forms are made."""
        return self.state in {GuidedState.GUIDED, GuidedState.BY_HAND}


@dataclass(frozen=True, repr=False)
class Guidance:
    """What the rules say of a case now; without an event only what was chosen by hand.

    `fired` are the rules in effect, in the order of the event; those whose procedures were all dropped are
    not among them. `settled` are the answers that follow.
    """

    event: EventGuide | None = None
    fired: tuple[FiredRule, ...] = ()
    procedures: tuple[GuidedProcedure, ...] = ()
    settled: Mapping[str, Value] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Guidance({self.event.id if self.event else '-'}, {len(self.procedures)} procedures)"

    @property
    def in_effect(self) -> tuple[Procedure, ...]:
        """The procedures of the case: what is guided and not dropped, then what was chosen by hand."""
        return tuple(guided.procedure for guided in self.procedures if guided.is_in_effect)

    def of(self, procedure: str) -> GuidedProcedure | None:
        """What is said of a procedure, None when it is not in the case at all."""
        return next((guided for guided in self.procedures if guided.procedure.id == procedure), None)


def fired_rules(rules: Iterable[GuidanceRule], catalog: VariableCatalog, facts: Facts) -> list[FiredRule]:
    """The rules whose conditions hold, in their order."""
    fired: list[FiredRule] = []
    for rule in rules:
        met = next((conditions for conditions in rule.when if holds(conditions, facts.values)), None)
        if met is not None:
            because = tuple(_because(condition, catalog, facts) for condition in met)
            fired.append(FiredRule(rule, because, _who(rule, facts)))
    return fired


def _because(condition: Condition, catalog: VariableCatalog, facts: Facts) -> Because:
    variable = catalog.variables[condition.variable]
    value = facts.values.get(variable.id)
    chosen = value if isinstance(value, tuple) else (str(value),)
    words = [variable.choice_label(option) for option in chosen if option in condition.options]
    is_told = variable.type in {ValueType.CHOICE, ValueType.CHOICES}
    source = facts.sources.get(variable.id, FactSource.DERIVED)
    return Because(variable.id, variable.label, "・".join(words) if is_told else "", source)


def _who(rule: GuidanceRule, facts: Facts) -> tuple[str, ...]:
    if not rule.who:
        return ()
    name = rule.who[0].variable.split(".")[0]
    rows = facts.rows.get(name, [])
    return tuple(f"{name}[{place}]" for place, row in enumerate(rows, start=1) if holds(rule.who, row))

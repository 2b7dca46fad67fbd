"""Facts: everything the forms of a case may bear, gathered once from card, answers and rules."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kakanai.identity.evidence import Fact, FactSource
from kakanai.identity.my_number import MyNumber
from kakanai.reception.answers import Value
from kakanai.reception.case import Case
from kakanai.reception.companion import VISITOR_KEY
from kakanai.reception.fact_table import IS_VISITOR, VISITOR_LIST, VISITOR_ROW, Facts, holds
from kakanai.reception.forgotten_answers import ADDRESS_TYPES
from kakanai.reception.people import NO_RULES
from kakanai.reception.placed_people import follow, place_companions, place_members, refuse_answers
from kakanai.reception.rows import RowGatherer
from kakanai.reception.variables import LISTS, ROW_KEY, Group, Source, Variable, VariableCatalog

__all__ = ["VISITOR_LIST", "VISITOR_ROW", "Facts", "gather_facts", "holds", "my_numbers_of", "questions_for"]

VISITOR_FACTS = ("visitor.name", "visitor.address", "visitor.birth_date", "visitor.sex")
ADDRESS_ON_CARD = "visitor.card_address"
SUBJECT_RELATION = "subject.relation"


def gather_facts(
    catalog: VariableCatalog,
    case: Case,
    derived: Mapping[str, Value],
    settled: Mapping[str, Value] | None = None,
) -> Facts:
    """The facts of a case. `derived` are values of the office and the day (`today`, `town.addressee` …).

    `settled` are the answers that procedures and guidance give, by default those of the case.

    Later sources never overwrite earlier ones: card or hand (the visitor's, then the companions'), then what
    a procedure settles, then the answers, then defaults, then copies.
    """
    facts = Facts(is_protected=case.is_protected)
    for name, value in _person_values(case).items():
        fact = Fact.ADDRESS if name == ADDRESS_ON_CARD else Fact(name.removeprefix("visitor."))
        _take(facts, {name: value}, _person_source(case, fact))
    people = catalog.people or NO_RULES
    placing = place_companions(catalog, people, case, facts)
    _take(facts, derived, FactSource.DERIVED)
    settled = settled_of(case) if settled is None else settled
    _take(facts, settled, FactSource.DERIVED)
    _take(facts, case.answers.values, FactSource.ASKED)
    _take_defaults(catalog, facts)
    unused = [name for name in settled if case.answers.values.get(name, settled[name]) != settled[name]]
    unused += refuse_answers(people, case, facts)
    gatherer = RowGatherer(catalog, people, case, facts)
    place_members(catalog, people, facts, placing, gatherer)
    unused += [name for name in case.answers.values if name in placing.fixed]
    # Of the catalogue's two thousand variables a case touches a few; nothing happens to the others here.
    touched = catalog.copying | placing.follows.keys() | facts.values.keys()
    for variable in catalog.variables.values():
        if variable.id not in touched:
            continue
        answered = facts.sources.get(variable.id) is FactSource.ASKED
        if follow(facts, placing, variable.id):
            continue
        if variable.id not in placing.fixed and is_copied(variable, facts.values):
            # A copy wins over an answer given before the clerk said "same person".
            facts.values.pop(variable.id, None)
            facts.sources.pop(variable.id, None)
            source = variable.copies if holds(variable.copies_when, facts.values) else variable.otherwise
            if source in facts.values:
                _take(facts, {variable.id: facts.values[source]}, FactSource.DERIVED)
                facts.origins[variable.id] = facts.origins.get(source, source)
        elif not holds(variable.asked_when, facts.values) and variable.id in facts.values:
            # The question fell away with an earlier answer; its old answer must not reach paper.
            del facts.values[variable.id], facts.sources[variable.id]
            facts.owners.pop(variable.id, None)
        else:
            continue
        if answered:
            unused.append(variable.id)
    facts.unused = tuple(dict.fromkeys(unused))
    facts.settled = frozenset(placing.fixed)
    gatherer.gather()
    if case.is_protected:
        _drop_addresses(catalog, facts)
    return facts


def _take_defaults(catalog: VariableCatalog, facts: Facts) -> None:
    for variable in catalog.with_default:
        if holds(variable.default_when, facts.values):
            default: Value = (variable.default,) if variable.type == "choices" else variable.default
            _take(facts, {variable.id: default}, FactSource.DERIVED)


def settled_of(case: Case) -> dict[str, Value]:
    """The answers that the case's procedures give, and its guidance; what is told first stays."""
    found: dict[str, Value] = {}
    for settles in (case.settled, *(procedure.settles for procedure in case.procedures)):
        for name, value in settles.items():
            found.setdefault(name, value)
    return found


def _drop_addresses(catalog: VariableCatalog, facts: Facts) -> None:
    for variable in catalog.variables.values():
        if variable.type in ADDRESS_TYPES:
            facts.values.pop(variable.id, None)
            for row in facts.rows.get(variable.list_name, ()):
                row.pop(variable.id, None)


def _take(facts: Facts, values: Mapping[str, Value], source: FactSource) -> None:
    for name, value in values.items():
        if name not in facts.values:
            facts.values[name] = value
            facts.sources[name] = source


def _person_values(case: Case) -> dict[str, Value]:
    person = case.person
    if person is None:
        return {}
    given: list[Value | None] = [person.name or None, person.address or None, person.birth_date, person.sex]
    told = {name: value for name, value in zip(VISITOR_FACTS, given, strict=True) if value is not None}
    on_card = case.address_on_card or person.address
    return told | ({ADDRESS_ON_CARD: on_card} if on_card else {})


def _person_source(case: Case, fact: Fact) -> FactSource:
    told = case.evidence.source_of(fact) if case.evidence else None
    return told or FactSource.HAND


def is_copied(variable: Variable, values: Mapping[str, Value]) -> bool:
    """Whether the variable follows another one now (「窓口に来た人と同じ」)."""
    if not variable.copies_when or variable.list_name:
        return False
    return bool(variable.otherwise) or holds(variable.copies_when, values)


def comes_up(variable: Variable, values: Mapping[str, Value]) -> bool:
    """Whether a question comes up by the answers so far.

    What a question about the rows of a list hangs on in its own row is seen row by row (open_questions.py).
    """
    own = f"{variable.list_name}."
    conditions = [c for c in variable.asked_when if not variable.list_name or not c.variable.startswith(own)]
    return holds(conditions, values)


def my_number_roles(facts: Facts) -> frozenset[str]:
    """The roles whose box for 個人番号 bears the visitor's number: `visitor`, `householder`, `member.0`.

    Whoever has a question 「窓口に来た人ですか」 (`householder.is_visitor`) answered with yes is one of them.
    """
    roles = {"visitor"}
    roles |= {
        name.removesuffix(IS_VISITOR)
        for name, value in facts.values.items()
        if name.endswith(IS_VISITOR) and value == "yes"
    }
    if facts.values.get(SUBJECT_RELATION) == "self":
        roles.add("subject")
    if facts.values.get(VISITOR_ROW) == "yes":
        # Before anybody is identified there is no row yet; the visitor's will be the first.
        roles.add(f"{VISITOR_LIST}.0")
    return frozenset(roles)


def companion_roles(facts: Facts, key: str) -> frozenset[str]:
    """The roles whose box bears the number of a companion: the places and rows that bear their name."""
    roles = {
        name.removesuffix(".name")
        for name, owner in facts.owners.items()
        if owner == key and name.endswith(".name")
    }
    for list_name in LISTS:
        rows = facts.rows.get(list_name, [])
        roles |= {
            f"{list_name}.{index}" for index, row in enumerate(rows) if row[f"{list_name}.{ROW_KEY}"] == key
        }
    return frozenset(roles)


def my_numbers_of(case: Case, facts: Facts) -> dict[str, MyNumber]:
    """個人番号 by the role that a form's box names: each that of the person whose name stands there."""
    found = {} if case.my_number is None else dict.fromkeys(my_number_roles(facts), case.my_number)
    rows = facts.rows.get(VISITOR_LIST, [])
    first = f"{VISITOR_LIST}.0"
    if first in found and rows and rows[0].get(f"{VISITOR_LIST}.{ROW_KEY}", VISITOR_KEY) != VISITOR_KEY:
        del found[first]
    for key, companion in case.companions.items():
        roles = companion_roles(facts, key)
        for role in roles:
            found.pop(role, None)
        if companion.my_number is not None:
            found |= dict.fromkeys(roles, companion.my_number)
    return found


@dataclass(frozen=True)
class Question:
    """One thing to ask 聞き取り項目: the variable, and the forms that its answer reaches."""

    variable: Variable
    forms: tuple[str, ...]


@dataclass(frozen=True)
class QuestionGroup:
    """The questions of one stretch of the conversation; `list_name` when they repeat for each person."""

    group: Group
    questions: tuple[Question, ...]
    list_name: str = ""


def questions_for(
    catalog: VariableCatalog, used_by: Mapping[str, Collection[str]], case: Case, facts: Facts
) -> list[QuestionGroup]:
    """What to ask, once, for all chosen forms: the union of their askable variables, in the clerk's order.

    `used_by` names the forms that bear each variable. Left out: what the card knew, what a procedure
    settled, what follows from an earlier answer, what an earlier answer made pointless.
    """
    wanted = {name: tuple(forms) for name, forms in used_by.items() if name in catalog.variables}
    _add_conditions(catalog, wanted)
    settled = settled_of(case).keys() | facts.settled
    asked: dict[str, list[Question]] = {}
    for variable in catalog.variables.values():
        if (
            variable.id in wanted
            and variable.source is Source.ASKED
            and variable.id not in settled
            and not (facts.is_protected and variable.type in ADDRESS_TYPES)
            and comes_up(variable, facts.values)
            and not is_copied(variable, facts.values)
        ):
            asked.setdefault(variable.group, []).append(Question(variable, wanted[variable.id]))
    groups: list[QuestionGroup] = []
    for group in catalog.groups:
        chosen = asked.get(group.id, [])
        single = tuple(q for q in chosen if not q.variable.list_name)
        if single:
            groups.append(QuestionGroup(group, single))
        for list_name in dict.fromkeys(q.variable.list_name for q in chosen if q.variable.list_name):
            repeated = tuple(q for q in chosen if q.variable.list_name == list_name)
            groups.append(QuestionGroup(group, repeated, list_name))
    return groups


def _add_conditions(catalog: VariableCatalog, wanted: dict[str, tuple[str, ...]]) -> None:
    # A question can hang on another that no form bears; that one must be asked too.
    pending = list(wanted)
    while pending:
        variable = catalog.variables[pending.pop()]
        conditions = (*variable.default_when, *variable.asked_when, *variable.copies_when)
        needs = [condition.variable for condition in conditions]
        if variable.list_name == VISITOR_LIST:
            needs.append(VISITOR_ROW)
            if variable.copies:
                needs.append(variable.copies)
        for name in needs:
            if name in catalog.variables and name not in wanted:
                wanted[name] = wanted[variable.id]
                pending.append(name)

"""Facts: everything the forms of a case may bear, gathered once from card, answers and rules."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from kakanai.identity.evidence import Fact, FactSource
from kakanai.identity.my_number import MyNumber
from kakanai.reception.answers import Value
from kakanai.reception.case import Case
from kakanai.reception.variables import ANSWERED, Condition, Group, Source, Variable, VariableCatalog

VISITOR_FACTS = ("visitor.name", "visitor.address", "visitor.birth_date", "visitor.sex")
VISITOR_ROW = "visitor.is_member"
VISITOR_LIST = "member"
"""The list whose first entry is the visitor, if they say that they are one of them."""
IS_VISITOR = ".is_visitor"
SUBJECT_RELATION = "subject.relation"


@dataclass(repr=False)
class Facts:
    """Values by variable id, rows of lists, and where each value came from. Personal: no values in `repr`.

    `origins` name for a box whose value is that of another variable now which one that is, by field name.
    `unused` are answers that were given and reach no form, because their question does not come up.
    """

    values: dict[str, Value] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Value]]] = field(default_factory=dict)
    sources: dict[str, FactSource] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Facts({len(self.values)} values)"

    def at(self, name: str) -> Value | None:
        """The value of a box by its field name: `visitor.name`, or `member.name[2]` for the second person."""
        match = _ROW.fullmatch(name)
        if match is None:
            return self.values.get(name)
        variable, row = match[1], int(match[2]) - 1
        rows = self.rows.get(variable.split(".")[0], [])
        return rows[row].get(variable) if row < len(rows) else None


_ROW = re.compile(r"(.+)\[([0-9]+)\]")


def gather_facts(catalog: VariableCatalog, case: Case, derived: Mapping[str, Value]) -> Facts:
    """The facts of a case. `derived` are values of the office and the day (`today`, `town.addressee` …).

    Later sources never overwrite earlier ones: card or hand, then what a procedure settles, then the
    answers, then defaults, then copies.
    """
    facts = Facts()
    for name, value in _person_values(case).items():
        _take(facts, {name: value}, _person_source(case, Fact(name.removeprefix("visitor."))))
    _take(facts, derived, FactSource.DERIVED)
    for procedure in case.procedures:
        _take(facts, procedure.settles, FactSource.DERIVED)
    _take(facts, case.answers.values, FactSource.ASKED)
    for variable in catalog.variables.values():
        wanted = variable.default and not variable.list_name
        if wanted and holds(variable.default_when, facts.values):
            default: Value = (variable.default,) if variable.type == "choices" else variable.default
            _take(facts, {variable.id: default}, FactSource.DERIVED)
    unused: list[str] = []
    for variable in catalog.variables.values():
        answered = facts.sources.get(variable.id) is FactSource.ASKED
        if is_copied(variable, facts.values):
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
        else:
            continue
        if answered:
            unused.append(variable.id)
    facts.unused = tuple(unused)
    facts.rows = {name: _rows(catalog, name, case, facts) for name in case.answers.rows}
    return facts


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
    return {name: value for name, value in zip(VISITOR_FACTS, given, strict=True) if value is not None}


def _person_source(case: Case, fact: Fact) -> FactSource:
    told = case.evidence.source_of(fact) if case.evidence else None
    return told or FactSource.HAND


def _rows(catalog: VariableCatalog, name: str, case: Case, facts: Facts) -> list[dict[str, Value]]:
    rows = [dict(row) for row in case.answers.rows[name]]
    if name == VISITOR_LIST and facts.values.get(VISITOR_ROW) == "yes" and case.person is not None:
        own = {
            variable.id: facts.values[variable.copies]
            for variable in catalog.list_fields(name)
            if variable.copies in facts.values
        }
        rows.insert(0, own)
        for variable in catalog.list_fields(name):
            if variable.id in own:
                told = facts.origins.get(variable.copies, variable.copies)
                facts.origins[f"{variable.id}[1]"] = told
    return rows


def holds(conditions: Iterable[Condition], values: Mapping[str, Value]) -> bool:
    """Whether every condition is met by the values."""
    for condition in conditions:
        value = values.get(condition.variable, "")
        options = set(value) if isinstance(value, tuple) else {value}
        answered = ANSWERED in condition.options and bool(value)
        if not answered and not options & condition.options:
            return False
    return True


def is_copied(variable: Variable, values: Mapping[str, Value]) -> bool:
    """Whether the variable follows another one now (「窓口に来た人と同じ」)."""
    if not variable.copies_when or variable.list_name:
        return False
    return bool(variable.otherwise) or holds(variable.copies_when, values)


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
        roles.add("member.0")
    return frozenset(roles)


def my_numbers_of(case: Case, facts: Facts) -> dict[str, MyNumber]:
    """個人番号 by the role that a form's box names. Only the visitor's own number exists in a case."""
    return {} if case.my_number is None else dict.fromkeys(my_number_roles(facts), case.my_number)


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
    settled = {name for procedure in case.procedures for name in procedure.settles}
    groups: list[QuestionGroup] = []
    for group in catalog.groups:
        chosen = [
            Question(variable, wanted[variable.id])
            for variable in catalog.variables.values()
            if variable.group == group.id
            and variable.id in wanted
            and variable.source is Source.ASKED
            and variable.id not in settled
            and (variable.list_name or holds(variable.asked_when, facts.values))
            and not is_copied(variable, facts.values)
        ]
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

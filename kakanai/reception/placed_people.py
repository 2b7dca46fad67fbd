"""Companions who stand in a place of one person (`subject.name`, `deceased.name` …)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kakanai.identity.evidence import FactSource
from kakanai.reception.case import Case
from kakanai.reception.fact_table import IS_VISITOR, VISITOR_LIST, Facts, holds
from kakanai.reception.people import PeopleRules
from kakanai.reception.rows import IDENTITY, Row, RowGatherer, companion_values
from kakanai.reception.variables import LISTS, VariableCatalog

HOME = "visitor.home"


@dataclass
class Placing:
    """What the people in single places decided: variables no answer changes, and copies to make instead."""

    fixed: set[str] = field(default_factory=set)
    follows: dict[str, str] = field(default_factory=dict)


def place_companions(catalog: VariableCatalog, people: PeopleRules, case: Case, facts: Facts) -> Placing:
    """Put companions into their places; nobody's answer and nobody else's card can stand there then.

    Whoever lives at the visitor's address has the visitor's new one after a move, as on all forms.
    """
    placing = Placing()
    for key, companion in case.companions.items():
        place = companion.place
        if place in LISTS:
            continue
        if f"{place}{IS_VISITOR}" in catalog.variables:
            facts.values[f"{place}{IS_VISITOR}"] = "no"
            facts.sources[f"{place}{IS_VISITOR}"] = FactSource.DERIVED
            placing.fixed.add(f"{place}{IS_VISITOR}")
        for part, value, source in companion_values(companion):
            variable = f"{place}.{part}"
            if variable not in catalog.variables:
                continue
            placing.fixed.add(variable)
            if part == "address" and _moves_along(catalog, case, variable, str(value)):
                placing.follows[variable] = HOME
            facts.values[variable], facts.sources[variable] = value, source
            facts.owners[variable] = key
        rule = people.places.get(place)
        told = companion.address_on_card or companion.person.address
        if rule is not None and rule.card_address and told:
            facts.values[rule.card_address], facts.sources[rule.card_address] = told, FactSource.DERIVED
            placing.fixed.add(rule.card_address)
    return placing


def follow(facts: Facts, placing: Placing, variable: str) -> bool:
    """Whether a variable bears where the visitor lives from now on, instead of an address of its own."""
    source = placing.follows.get(variable)
    if source is None:
        return False
    if source in facts.values:
        facts.values[variable], facts.sources[variable] = facts.values[source], FactSource.DERIVED
        facts.origins[variable] = facts.origins.get(source, source)
        facts.owners.pop(variable, None)
    return True


def _moves_along(catalog: VariableCatalog, case: Case, variable: str, address: str) -> bool:
    if catalog.variables[variable].copies != HOME or case.person is None:
        return False
    return address in {case.person.address, case.address_on_card}


def refuse_answers(people: PeopleRules, case: Case, facts: Facts) -> list[str]:
    """Take out what cannot be while somebody has a place (「本人」 beside another person's card); which."""
    refused: list[str] = []
    for place in {companion.place for companion in case.companions.values()}:
        rule = people.places.get(place)
        for condition in rule.refuses if rule else ():
            if holds([condition], facts.values):
                if facts.sources.pop(condition.variable) is FactSource.ASKED:
                    refused.append(condition.variable)
                del facts.values[condition.variable]
    return refused


def place_members(
    catalog: VariableCatalog,
    people: PeopleRules,
    facts: Facts,
    placing: Placing,
    gatherer: RowGatherer,
) -> None:
    """Put the one member of a relationship 続柄 into a place (世帯主, 配偶者): nobody types them twice."""
    members = gatherer.others()
    first = 1 + gatherer.lists_visitor
    for rule in people.singles:
        if f"{rule.place}.name" in facts.owners or not holds(rule.when, facts.values):
            continue
        relationship = f"{VISITOR_LIST}.relationship"
        fitting = [
            (number, row)
            for number, row in enumerate(members, start=first)
            if row.values.get(relationship) in rule.relationships
        ]
        if len(fitting) == 1:
            _take_row(catalog, facts, placing, rule.place, *fitting[0])
            _take_also(facts, rule.also)


def _take_row(
    catalog: VariableCatalog, facts: Facts, placing: Placing, place: str, number: int, row: Row
) -> None:
    for part in IDENTITY:
        variable, known = f"{place}.{part}", f"{VISITOR_LIST}.{part}"
        if variable in catalog.variables and known in row.values:
            facts.values[variable], facts.sources[variable] = row.values[known], row.sources[known]
            facts.origins[variable] = f"{known}[{number}]"
            placing.fixed.add(variable)
            if known in row.owned:
                facts.owners[variable] = row.key
    address = f"{place}.address"
    if address in catalog.variables and catalog.variables[address].copies == HOME:
        placing.follows[address] = HOME
        placing.fixed.add(address)


def _take_also(facts: Facts, also: Mapping[str, str]) -> None:
    for variable, value in also.items():
        if variable not in facts.values:
            facts.values[variable], facts.sources[variable] = value, FactSource.DERIVED

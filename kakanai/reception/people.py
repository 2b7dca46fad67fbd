"""Who of a case stands where on paper by themselves 受付の人: places, automatic rows, one of the household.

The rules are data (resources/reception/people.yaml); rows.py and facts.py apply them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from kakanai.datafile import Node, load_data_file
from kakanai.reception.school_years import SchoolYears
from kakanai.reception.variables import LISTS, Condition, VariableCatalog

_Rule = TypeVar("_Rule")


def _nothing() -> Mapping[str, _Rule]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Place:
    """Where a companion may stand: a list (`member`) or what is told of one person (`subject`).

    `refuses` are answers that cannot be while somebody has the place; `card_address` is a variable that
    bears the address as the card has it, out of date or not.
    """

    id: str
    label: str
    refuses: tuple[Condition, ...] = ()
    card_address: str = ""

    @property
    def is_list(self) -> bool:
        """Whether several people can be there."""
        return self.id in LISTS


@dataclass(frozen=True)
class EntryRule:
    """Which members 異動する人 enter a list by themselves, while all conditions hold."""

    school_years: SchoolYears | None = None
    by_card: bool = False
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class SingleRule:
    """The one member with one of these relationships 続柄 stands in a place; `also` are answers to it."""

    place: str
    relationships: frozenset[str]
    when: tuple[Condition, ...] = ()
    also: Mapping[str, str] = field(default_factory=_nothing)


@dataclass(frozen=True)
class SchoolFields:
    """The variables of a list that school 小学校・中学校 and grade 学年 go into by birth date."""

    list_name: str
    kind: str
    grade: str


@dataclass(frozen=True)
class ToldRow:
    """Somebody whom other answers told of already has a row of a list (亡くなった人 on 国保の喪失届).

    While all conditions hold there is a row with this key; `takes` are the variables its fields come from.
    With `forms` the row is on these forms alone, and nobody else of the list is.
    """

    key: str
    list_name: str
    when: tuple[Condition, ...]
    takes: Mapping[str, str]
    forms: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RowFilter:
    """Who of a list is for one form: by school year, or by an answer in the row while `when` holds."""

    years: SchoolYears | None = None
    row: tuple[Condition, ...] = ()
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class PeopleRules:
    """All rules of people.yaml. `forms` narrows the rows of a list on one form (児童 on F31)."""

    places: Mapping[str, Place] = field(default_factory=_nothing)
    lists: Mapping[str, EntryRule] = field(default_factory=_nothing)
    forms: Mapping[str, Mapping[str, RowFilter]] = field(default_factory=_nothing)
    told_rows: tuple[ToldRow, ...] = ()
    relationship: Mapping[str, tuple[Condition, ...]] = field(default_factory=_nothing)
    singles: tuple[SingleRule, ...] = ()
    school: SchoolFields | None = None

    def places_on(self, variables: Collection[str]) -> list[Place]:
        """The places that forms with these variables have, in the order a clerk is asked.

        A household member may be read for a list that members enter by themselves, too.
        """
        used = {name.split(".")[0] for name in variables}
        used |= {"member"} if used & set(self.lists) else set()
        return [place for place in self.places.values() if place.id in used]


NO_RULES = PeopleRules()


def load_people(path: Path, catalog: VariableCatalog) -> PeopleRules:
    """The rules in `path` (resources/reception/people.yaml).

    Raises:
        DataFileError: with the file and line of the first mistake; a variable nobody knows is one.
    """
    keys = {"places", "lists", "forms", "relationship", "singles", "school", "told_rows"}
    root = load_data_file(path).mapping(required=keys, optional=set())
    names = set(catalog.variables)
    school = root["school"].mapping(required={"list", "kind", "grade"}, optional=set())
    listed = school["list"].one_of(set(LISTS))
    for part in ("kind", "grade"):
        _known(school[part], f"{listed}.{school[part].text()}", names)
    return PeopleRules(
        places={name: _place(name, node, names) for name, node in root["places"].mapping().items()},
        lists={name: _entry(name, node, names) for name, node in root["lists"].mapping().items()},
        forms={
            form: {name: _filter(row_filter, names) for name, row_filter in node.mapping().items()}
            for form, node in root["forms"].mapping().items()
        },
        told_rows=tuple(_told_row(node, names) for node in root["told_rows"].items()),
        relationship={
            name: _conditions(node, names) for name, node in root["relationship"].mapping().items()
        },
        singles=tuple(_single(node, names) for node in root["singles"].items()),
        school=SchoolFields(listed, school["kind"].text(), school["grade"].text()),
    )


def _place(name: str, node: Node, names: set[str]) -> Place:
    entry = node.mapping(required={"label"}, optional={"refuses", "card_address"})
    _known(node, f"{name}.name", names)
    address = entry["card_address"].text() if "card_address" in entry else ""
    if address:
        _known(entry["card_address"], address, names)
    refuses = _conditions(entry["refuses"], names) if "refuses" in entry else ()
    return Place(name, entry["label"].text(), refuses, address)


def _entry(name: str, node: Node, names: set[str]) -> EntryRule:
    entry = node.mapping(optional={"school_years", "by_card", "when"})
    _known(node, f"{name}.key", names)
    return EntryRule(
        _years(entry["school_years"]) if "school_years" in entry else None,
        by_card="by_card" in entry and entry["by_card"].flag(),
        when=_conditions(entry["when"], names) if "when" in entry else (),
    )


def _years(node: Node) -> SchoolYears:
    entry = node.mapping(optional={"after", "until"})
    after = entry["after"].integer(maximum=30) if "after" in entry else None
    return SchoolYears(after, entry["until"].integer(maximum=30) if "until" in entry else None)


def _filter(node: Node, names: set[str]) -> RowFilter:
    entry = node.mapping(optional={"school_years", "row", "when"})
    return RowFilter(
        _years(entry["school_years"]) if "school_years" in entry else None,
        row=_conditions(entry["row"], names) if "row" in entry else (),
        when=_conditions(entry["when"], names) if "when" in entry else (),
    )


def _told_row(node: Node, names: set[str]) -> ToldRow:
    entry = node.mapping(required={"key", "list", "when", "takes"}, optional={"forms"})
    list_name = entry["list"].one_of(set(LISTS))
    takes = {part: value.text() for part, value in entry["takes"].mapping().items()}
    for part, variable in takes.items():
        _known(entry["takes"], f"{list_name}.{part}", names)
        _known(entry["takes"], variable, names)
    forms = frozenset(entry["forms"].text().split("|")) if "forms" in entry else frozenset()
    return ToldRow(entry["key"].text(), list_name, _conditions(entry["when"], names), takes, forms)


def _single(node: Node, names: set[str]) -> SingleRule:
    entry = node.mapping(required={"place", "relationship", "when"}, optional={"also"})
    place = entry["place"].text()
    _known(entry["place"], f"{place}.name", names)
    also = {name: value.text() for name, value in entry["also"].mapping().items()} if "also" in entry else {}
    for name in also:
        _known(entry["also"], name, names)
    told = frozenset(entry["relationship"].text().split("|"))
    return SingleRule(place, told, _conditions(entry["when"], names), also)


def _conditions(node: Node, names: set[str]) -> tuple[Condition, ...]:
    found: list[Condition] = []
    for name, value in node.mapping().items():
        _known(node, name, names)
        found.append(Condition(name, frozenset(value.text().split("|"))))
    return tuple(found)


def _known(node: Node, name: str, names: set[str]) -> None:
    if name not in names:
        node.fail(f"項目がありません: {name}")

"""The guidance read from its files: one per life event, and what a town adds or switches off."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kakanai.datafile import Node, load_data_file
from kakanai.reception.answers import Value
from kakanai.reception.derived import DERIVATIONS, ROW_DERIVATIONS
from kakanai.reception.guidance import EventGuide, GuidanceBook, GuidanceRule
from kakanai.reception.life_event import LifeEvent
from kakanai.reception.procedure import ProcedureCatalog, settled_value
from kakanai.reception.terms_reading import (
    day_variable,
    read_conditions,
    read_deadlines,
    read_documents,
)
from kakanai.reception.town_keys import section_of
from kakanai.reception.variables import CHOICE_TYPES, LISTS, Condition, Source, VariableCatalog

_RULE_ID = re.compile(r"[a-z][a-z0-9-]*(\.[a-z0-9-]+)+")
_EVENT_NUMBER = re.compile(r"[0-9]")
_RULE_KEYS = frozenset(
    {
        "when", "who", "procedures", "settles", "documents", "deadline", "section", "legal", "notice",
    }
)  # fmt: skip


@dataclass
class _Files:
    """What was read so far; a rule's id is unique over all files."""

    variables: VariableCatalog
    procedures: ProcedureCatalog
    events: dict[str, EventGuide] = field(default_factory=dict)
    rules: dict[str, Node] = field(default_factory=dict)


def load_guidance(
    folder: Path, variables: VariableCatalog, procedures: ProcedureCatalog, *more: Path
) -> GuidanceBook:
    """The guidance of `folder`/*.yaml (resources/procedures/events), in the order of LifeEvent.

    `more` are a town's own folders. Their files add `rules` to an event and switch rules `off` by id; they
    hold procedures as well (see `load_procedures`).

    Raises:
        DataFileError: with the file and line of the first mistake; a name that nobody knows is one.
    """
    files = _Files(variables, procedures)
    _check_rules_of_variables(variables, folder)
    for path in sorted(folder.glob("*.yaml")):
        guide = _event(load_data_file(path, f"{folder.name}/{path.name}"), files)
        files.events[guide.id] = guide
    for path in [file for one in more for file in sorted(one.glob("*.yaml"))]:
        _add_town_file(load_data_file(path, f"{path.parent.name}/{path.name}"), files)
    return GuidanceBook({event: files.events[event] for event in LifeEvent if event in files.events})


class EventsWhenAsked(Mapping[str, EventGuide]):
    """The events of a guidance that is read when the first of them is asked for: forms alone need none.

    Then it raises what `load_guidance` raises.
    """

    def __init__(self, load: Callable[[], GuidanceBook]) -> None:
        self._load = load
        self._events: Mapping[str, EventGuide] | None = None

    def _loaded(self) -> Mapping[str, EventGuide]:
        if self._events is None:
            self._events = self._load().events
        return self._events

    def __getitem__(self, event: str) -> EventGuide:
        return self._loaded()[event]

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaded())

    def __len__(self) -> int:
        return len(self._loaded())


def _check_rules_of_variables(variables: VariableCatalog, folder: Path) -> None:
    """A variable whose rule nobody knows would never have a value; the file of variables is ours to mend."""
    for variable in variables.variables.values():
        known = ROW_DERIVATIONS if variable.list_name else DERIVATIONS
        if variable.rule and (variable.rule not in known or variable.source is not Source.DERIVED):
            node = Node(folder.parent.name, 0)
            node.fail(f"{variable.id} の rule がありません(自動の項目だけに書きます): {variable.rule}")


def _event(root: Node, files: _Files) -> EventGuide:
    entry = root.mapping(required={"id", "title", "ask", "rules"}, optional={"kana", "starts", "number"})
    event = LifeEvent(entry["id"].one_of([event.value for event in LifeEvent]))
    if event in files.events:
        entry["id"].fail(f"同じできごとが2回あります: {event}")
    number = entry["number"].text() if "number" in entry else ""
    if number and (not _EVENT_NUMBER.fullmatch(number) or number in _numbers(files.events.values())):
        entry["number"].fail("番号は、ほかと重ならない1桁の数字にしてください")
    return EventGuide(
        id=event,
        title=entry["title"].text(),
        kana=entry["kana"].text() if "kana" in entry else "",
        number=number,
        starts=day_variable(entry["starts"], files.variables) if "starts" in entry else "",
        ask=tuple(_asked(node, files.variables) for node in entry["ask"].items()),
        rules=tuple(_rule(node, files) for node in entry["rules"].items()),
    )


def _numbers(events: Iterable[EventGuide]) -> set[str]:
    return {event.number for event in events}


def _asked(node: Node, variables: VariableCatalog) -> str:
    name = node.text()
    variable = variables.variables.get(name)
    if name not in LISTS and (variable is None or variable.source is not Source.ASKED):
        node.fail(f"ask には聞き取る項目かリストの名前を書いてください: {name}")
    return name


def _rule(node: Node, files: _Files, more: frozenset[str] = frozenset()) -> GuidanceRule:
    entry = node.mapping(required={"id", "why"} | more, optional=_RULE_KEYS)
    rule = entry["id"].text()
    if not _RULE_ID.fullmatch(rule):
        entry["id"].fail("規則の id は move-in.insurance の形で書いてください")
    if rule in files.rules:
        earlier = files.rules[rule]
        entry["id"].fail(f"同じ規則が2回あります: {rule}({earlier.file} の {earlier.line} 行目)")
    files.rules[rule] = node
    procedures = _procedures(entry.get("procedures"), files.procedures)
    notice = entry["notice"].text() if "notice" in entry else ""
    if not procedures and not notice and "documents" not in entry and "settles" not in entry:
        node.fail("procedures・notice・documents・settles のどれかを書いてください")
    section = section_of(entry["section"]) if "section" in entry else ""
    if not section and (notice or procedures) and not _have_sections(procedures, files.procedures):
        node.fail("様式のない手続や案内には section(課)が要ります")
    return GuidanceRule(
        id=rule,
        why=entry["why"].text(),
        when=_alternatives(entry.get("when"), files.variables),
        who=_rows(entry.get("who"), files.variables),
        procedures=procedures,
        settles=_settles(entry.get("settles"), files.variables),
        documents=read_documents(entry.get("documents"), files.variables),
        deadlines=read_deadlines(entry.get("deadline"), files.variables),
        section=section,
        legal=entry["legal"].text() if "legal" in entry else "",
        notice=notice,
    )


def _procedures(node: Node | None, known: ProcedureCatalog) -> tuple[str, ...]:
    return tuple(one.one_of(known.procedures) for one in node.items()) if node else ()


def _have_sections(procedures: Iterable[str], known: ProcedureCatalog) -> bool:
    """Whether somebody is named for every procedure: a form, or the procedure itself."""
    found = [known.procedures[name] for name in procedures]
    return bool(found) and all(procedure.forms or procedure.section for procedure in found)


def _alternatives(node: Node | None, variables: VariableCatalog) -> tuple[tuple[Condition, ...], ...]:
    if node is None:
        return ((),)
    many = [node] if node.map_value is not None else node.items()
    if not many:
        node.fail("when には条件を書くか、when を消してください")
    return tuple(_case_conditions(one, variables) for one in many)


def _case_conditions(node: Node, variables: VariableCatalog) -> tuple[Condition, ...]:
    conditions = read_conditions(node, variables)
    for condition in conditions:
        if variables.variables[condition.variable].list_name:
            node.fail(f"when には1人ごとの項目を書けません(who に書きます): {condition.variable}")
    return conditions


def _rows(node: Node | None, variables: VariableCatalog) -> tuple[Condition, ...]:
    conditions = read_conditions(node, variables)
    lists = {variables.variables[condition.variable].list_name for condition in conditions}
    if node is not None and (len(lists) != 1 or "" in lists):
        node.fail("who には、1つのリストの1人ごとの項目を書いてください")
    return conditions


def _settles(node: Node | None, variables: VariableCatalog) -> Mapping[str, Value]:
    settles: dict[str, Value] = {}
    for key, given in node.mapping().items() if node else ():
        settles[key] = settled_value(key, given, variables)
        variable = variables.variables[key]
        if variable.list_name or variable.type not in CHOICE_TYPES:
            given.fail(f"settles には選択の項目を書いてください: {key}")
    return settles


def _add_town_file(root: Node, files: _Files) -> None:
    entry = root.mapping(required=set(), optional={"procedures", "shelves", "rules", "off"})
    for node in entry["rules"].items() if "rules" in entry else []:
        event = node.mapping(required={"event"})["event"].one_of(files.events)
        guide = files.events[event]
        added = _rule(node, files, frozenset({"event"}))
        files.events[event] = replace(guide, rules=(*guide.rules, added))
    for node in entry["off"].items() if "off" in entry else []:
        off = node.one_of(files.rules)
        for event, guide in files.events.items():
            files.events[event] = replace(guide, rules=tuple(r for r in guide.rules if r.id != off))

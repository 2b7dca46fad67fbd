"""Reads the catalogue of variables 差込項目 from its files (docs/forms-language.md, docs/asking.md)."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kakanai.datafile import Node, load_data_file
from kakanai.reception.variables import (
    ALL_LISTS,
    ANSWERED,
    CHOICE_TYPES,
    ROW_KEY,
    ROW_NUMBER,
    ROW_OUT,
    Choice,
    Condition,
    Group,
    Source,
    ValueType,
    Variable,
    VariableCatalog,
)

_KEYS = {
    "sample", "source", "type", "group", "hint", "default",
    "choices", "default_when", "asked_when", "copies", "copies_when", "otherwise", "max_length",
    "on_copy", "optional", "suggestions", "rule", "not_offered",
}  # fmt: skip
_TYPES = frozenset(kind.value for kind in ValueType)
_SOURCES = frozenset(source.value for source in Source)


def load_variables(path: Path, *more: Path) -> VariableCatalog:
    """The catalogue in `path` (resources/reception/variables.yaml) and every file of the folder beside it.

    The folder has the file's name without its ending (`variables/`); `more` are further folders, a town's
    own. Files are read in the order of their names, and one may add groups 聞き取りのまとまり.

    Raises:
        DataFileError: with the file and line of the first mistake; a name that two files have is one.
    """
    groups: dict[str, Group] = {}
    nodes: dict[str, Node] = {}
    for file in [
        path,
        *(f for folder in (path.with_suffix(""), *more) for f in sorted(folder.glob("*.yaml"))),
    ]:
        shown = file.name if file == path else f"{file.parent.name}/{file.name}"
        root = load_data_file(file, shown).mapping(required={"variables"}, optional={"groups"})
        for node in root["groups"].items() if "groups" in root else []:
            entry = node.mapping(required={"id", "label"}, optional=set())
            if entry["id"].text() in groups:
                entry["id"].fail(f"聞き取りのまとまりが2回あります: {entry['id'].text()}")
            groups[entry["id"].text()] = Group(entry["id"].text(), entry["label"].text())
        for name, node in root["variables"].mapping().items():
            if name in nodes:
                node.fail(f"差込項目が2回あります: {name}({nodes[name].file} の {nodes[name].line} 行目)")
            nodes[name] = node
    variables = {hidden.id: hidden for name in ALL_LISTS for hidden in _hidden(name)}
    variables |= {name: _variable(name, node, set(groups)) for name, node in nodes.items()}
    for name, node in nodes.items():
        _check_references(variables[name], node, variables)
    return VariableCatalog(variables, tuple(groups.values()))


def _hidden(list_name: str) -> tuple[Variable, ...]:
    """What every list has without being written in the catalogue, and no question asks."""
    row = Variable(
        id=f"{list_name}.{ROW_NUMBER}",
        label="番号",
        sample="1",
        source=Source.DERIVED,
        type=ValueType.COUNT,
        list_name=list_name,
    )
    key = replace(row, id=f"{list_name}.{ROW_KEY}", label="だれの行か", sample="", type=ValueType.TEXT)
    out = replace(
        key,
        id=f"{list_name}.{ROW_OUT}",
        label="この人を入れない",
        type=ValueType.CHOICE,
        choices=(Choice("yes", "入れない"),),
    )
    return row, key, out


def _variable(name: str, node: Node, groups: set[str]) -> Variable:
    entry = node.mapping(required={"label", "source", "type"}, optional=_KEYS)
    kind = ValueType(entry["type"].one_of(_TYPES))
    source = Source(entry["source"].one_of(_SOURCES))
    choices = _choices(entry.get("choices"))
    if kind in CHOICE_TYPES and not choices:
        node.fail("choices を書いてください")
    if source is Source.ASKED and "group" not in entry:
        node.fail("聞き取る項目には group が要ります")
    group = entry["group"].one_of(groups) if "group" in entry else ""
    default = entry["default"].text() if "default" in entry else ""
    if default and choices and default not in {choice.id for choice in choices}:
        entry["default"].fail("default は choices のどれかにしてください")
    list_name = name.split(".")[0] if name.split(".")[0] in ALL_LISTS else ""
    return Variable(
        id=name,
        label=entry["label"].text(),
        sample=entry["sample"].text() if "sample" in entry else "",
        source=source,
        type=kind,
        group=group,
        hint=entry["hint"].text() if "hint" in entry else "",
        default=default,
        default_when=_conditions(entry.get("default_when")),
        choices=choices,
        asked_when=_conditions(entry.get("asked_when")),
        copies=entry["copies"].text() if "copies" in entry else "",
        copies_when=_conditions(entry.get("copies_when")),
        otherwise=entry["otherwise"].text() if "otherwise" in entry else "",
        list_name=list_name,
        max_length=entry["max_length"].integer(minimum=1, maximum=1000) if "max_length" in entry else 200,
        on_copy="on_copy" not in entry or entry["on_copy"].flag(),
        optional="optional" in entry and entry["optional"].flag(),
        suggestions=_suggestions(entry.get("suggestions"), kind),
        not_offered=_not_offered(entry.get("not_offered"), choices),
        rule=entry["rule"].text() if "rule" in entry else "",
    )


def _choices(node: Node | None) -> tuple[Choice, ...]:
    if node is None:
        return ()
    return tuple(Choice(key, value.text()) for key, value in node.mapping().items())


def _not_offered(node: Node | None, choices: tuple[Choice, ...]) -> tuple[str, ...]:
    return tuple(one.one_of({choice.id for choice in choices}) for one in node.items()) if node else ()


def _suggestions(node: Node | None, kind: ValueType) -> tuple[str, ...]:
    if node is None:
        return ()
    if kind is not ValueType.TEXT:
        node.fail("suggestions は text の項目に書きます")
    return node.texts()


def _conditions(node: Node | None) -> tuple[Condition, ...]:
    if node is None:
        return ()
    return tuple(
        Condition(name, frozenset(part.strip() for part in value.text().split("|")))
        for name, value in node.mapping().items()
    )


def _check_references(variable: Variable, node: Node, known: Mapping[str, Variable]) -> None:
    for condition in (*variable.default_when, *variable.asked_when, *variable.copies_when):
        other = known.get(condition.variable)
        if other is None:
            node.fail(f"条件の項目がありません: {condition.variable}")
        options = {choice.id for choice in other.choices} or {ANSWERED}
        if not condition.options <= options:
            node.fail(f"条件の値が {condition.variable} の選択肢にありません")
    for source in (variable.copies, variable.otherwise):
        if source and source not in known:
            node.fail(f"写し元の項目がありません: {source}")

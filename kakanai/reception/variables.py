"""The catalogue of variables 差込項目: each thing a form can bear, with its label, sample and source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from kakanai.datafile import Node, load_data_file

if TYPE_CHECKING:
    from kakanai.reception.people import PeopleRules


class Source(StrEnum):
    """Where a value comes from (the letters of the form catalogue: C Q D T S N)."""

    CARD = "card"
    ASKED = "asked"
    DERIVED = "derived"
    CLERK = "clerk"
    SIGNATURE = "signature"
    NEVER_PRINT = "never-print"


class ValueType(StrEnum):
    """What kind of value a variable holds; it decides how an answer is read and how it is written."""

    NAME = "name"
    ADDRESS = "address"
    KANA = "kana"
    TEXT = "text"
    PHONE = "phone"
    POSTAL = "postal"
    BIRTH_DATE = "birth_date"
    DATE = "date"
    SEX = "sex"
    CHOICE = "choice"
    CHOICES = "choices"
    COUNT = "count"
    YEN = "yen"


CHOICE_TYPES = frozenset({ValueType.CHOICE, ValueType.CHOICES})
PERSONAL_TYPES = frozenset({ValueType.NAME, ValueType.ADDRESS})
"""Types drawn with the font of exact characters (IPAmj明朝)."""


@dataclass(frozen=True)
class Choice:
    """One option 選択肢: the id answers and logs use, the label people read."""

    id: str
    label: str


ANSWERED = "any"
"""The one option of a condition on a variable without choices: it has a value, and a count is not 0."""


@dataclass(frozen=True)
class Condition:
    """Holds when the named variable has one of the given options (see ANSWERED)."""

    variable: str
    options: frozenset[str]


@dataclass(frozen=True)
class Variable:
    """One variable 差込項目.

    `list_name` is set for facts about each of several people (`member.kana` in list `member`).
    `asked_when`: every condition must hold, or the question is left out.
    `copies`: while its conditions hold, the value is that of another variable and is not asked.
    `otherwise`: while they do not hold, the value is that of this variable (never asked either).
    `default_when`: the default is taken only while every condition holds.
    `on_copy`: False for what a copy 控え must not bear (account numbers 口座番号).
    `optional`: may be left なければ選ばない: folded away on the window, and not counted in あと n 項目.
    `suggestions`: the usual texts of a free text, each chosen by its number key.
    `not_offered`: options that come by copy alone, so nobody is asked them (本人, after 「いいえ」).
    `rule`: the name of the rule by which the value follows from others (see `derived`).
    """

    id: str
    label: str
    sample: str
    source: Source
    type: ValueType
    group: str = ""
    hint: str = ""
    default: str = ""
    default_when: tuple[Condition, ...] = ()
    choices: tuple[Choice, ...] = ()
    asked_when: tuple[Condition, ...] = ()
    copies: str = ""
    copies_when: tuple[Condition, ...] = ()
    otherwise: str = ""
    list_name: str = ""
    max_length: int = 200
    on_copy: bool = True
    optional: bool = False
    suggestions: tuple[str, ...] = ()
    not_offered: tuple[str, ...] = ()
    rule: str = ""

    @property
    def offered(self) -> tuple[Choice, ...]:
        """The options that are put to people, in order."""
        return tuple(choice for choice in self.choices if choice.id not in self.not_offered)

    def choice_label(self, option: str) -> str:
        """The words of an option; the id itself when it is not one of ours."""
        return next((choice.label for choice in self.choices if choice.id == option), option)


@dataclass(frozen=True)
class Group:
    """A stretch of the conversation 聞き取りのまとまり."""

    id: str
    label: str


@dataclass(frozen=True)
class VariableCatalog:
    """All variables in the order a clerk speaks, and the groups they are asked in.

    `people` says who of a case stands where on paper by themselves; put there when the office is built.
    """

    variables: Mapping[str, Variable]
    groups: tuple[Group, ...]
    people: "PeopleRules | None" = None

    def list_fields(self, list_name: str) -> tuple[Variable, ...]:
        """What is told of one entry of a list, in order; its number in the list is not, it is counted."""
        return tuple(
            v for v in self.variables.values() if v.list_name == list_name and v.source is not Source.DERIVED
        )

    def with_choices(self, variable: str, labels: Sequence[str]) -> "VariableCatalog":
        """The same catalogue, but that a choice has these labels, each its own id: a town's own words.

        Without any there is nothing to ask, and the boxes of the variable are the clerk's to write in.
        """
        changed = self.variables[variable]
        changed = replace(
            changed,
            choices=tuple(Choice(label, label) for label in labels),
            sample=changed.sample if changed.sample in labels else (*labels, "")[0],
            source=changed.source if labels else Source.CLERK,
        )
        return replace(self, variables={**self.variables, variable: changed})


_KEYS = {
    "sample", "source", "type", "group", "hint", "default",
    "choices", "default_when", "asked_when", "copies", "copies_when", "otherwise", "max_length",
    "on_copy", "optional", "suggestions", "rule", "not_offered",
}  # fmt: skip


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


ROW_NUMBER = "row"
"""`member.row`, `child.row` …: which entry of its list a row is, counted from 1 through all sheets."""


ROW_KEY = "key"
"""`member.key`, `child.key` …: whose row it is; `visitor`, a companion's key, or what it was given (`m1`)."""
ROW_OUT = "out"
"""`child.out`: "yes" for somebody who enters the list by themselves and shall not."""


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
    kind = ValueType(entry["type"].one_of([t.value for t in ValueType]))
    source = Source(entry["source"].one_of([s.value for s in Source]))
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


LISTS: Mapping[str, str] = {
    "member": "異動する人・世帯員",
    "person": "証明が必要な人",
    "record": "請求する戸籍",
    "child": "児童",
    "student": "大学生年代の子",
    "family": "同居の家族・扶養義務者",
    "heir": "相続人",
    "asset": "対象の資産",
    "stay": "入院・入所",
    "holder": "カードを持つ同一世帯の人",
    "vehicle": "車両",
    "dog": "犬",
}
"""Lists 繰り返し: the first part of their variables' names (`child.name`), and what an entry is."""

PAPER_LISTS: Mapping[str, str] = {
    "guide_item": "案内する手続",
    "guide_document": "持ってくるもの",
    "taken": "読み取ったもの",
}
"""Lists that the papers beside the forms bear; nobody is asked for them, and no answer can fill them."""

ALL_LISTS: Mapping[str, str] = {**LISTS, **PAPER_LISTS}


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

"""The catalogue of variables 差込項目: each thing a form can bear, with its label, sample and source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

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

    @cached_property
    def _fields(self) -> dict[str, tuple[Variable, ...]]:
        found: dict[str, list[Variable]] = {}
        for variable in self.variables.values():
            if variable.list_name and variable.source is not Source.DERIVED:
                found.setdefault(variable.list_name, []).append(variable)
        return {name: tuple(fields) for name, fields in found.items()}

    @cached_property
    def copying(self) -> frozenset[str]:
        """The variables that may follow another one (「窓口に来た人と同じ」)."""
        return frozenset(name for name, variable in self.variables.items() if variable.copies_when)

    @cached_property
    def with_default(self) -> tuple[Variable, ...]:
        """The variables outside of lists that have a default, in order."""
        return tuple(v for v in self.variables.values() if v.default and not v.list_name)

    @cached_property
    def with_rule(self) -> tuple[Variable, ...]:
        """The variables whose value follows by a rule, in order."""
        return tuple(variable for variable in self.variables.values() if variable.rule)

    def list_fields(self, list_name: str) -> tuple[Variable, ...]:
        """What is told of one entry of a list, in order; its number in the list is not, it is counted."""
        return self._fields.get(list_name, ())

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


ROW_NUMBER = "row"
"""`member.row`, `child.row` …: which entry of its list a row is, counted from 1 through all sheets."""
ROW_KEY = "key"
"""`member.key`, `child.key` …: whose row it is; `visitor`, a companion's key, or what it was given (`m1`)."""
ROW_OUT = "out"
"""`child.out`: "yes" for somebody who enters the list by themselves and shall not."""

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

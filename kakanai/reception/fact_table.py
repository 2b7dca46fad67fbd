"""The table of facts 事実: values by variable, rows of lists, and where each came from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kakanai.identity.evidence import FactSource
from kakanai.reception.answers import Value
from kakanai.reception.variables import ANSWERED, Condition

VISITOR_ROW = "visitor.is_member"
VISITOR_LIST = "member"
"""The list whose first entry is the visitor, if they say that they are one of them."""
IS_VISITOR = ".is_visitor"


@dataclass(repr=False)
class Facts:
    """Values by variable id, rows of lists, and where each value came from. Personal: no values in `repr`.

    `origins` name for a box whose value is that of another variable now which one that is, by field name.
    `unused` are answers that were given and reach no form, because their question does not come up.
    `owners` name for a box that a companion's card or hand entry fills whose it is, by field name.
    `settled` are variables that follow from who is in the case, so that nobody is asked.
    `is_protected`: no address of anybody may be known 支援措置.
    `entries` tell for a list that a form narrows which entry of the whole list each row is.
    """

    values: dict[str, Value] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Value]]] = field(default_factory=dict)
    sources: dict[str, FactSource] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    owners: dict[str, str] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()
    is_protected: bool = False
    entries: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

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

    def has_row(self, list_name: str, index: int) -> bool:
        """Whether somebody is in this row where a form narrows the list; elsewhere always so."""
        return list_name not in self.entries or index < len(self.entries[list_name])

    def entry(self, list_name: str, index: int) -> int:
        """Which entry (from 0) of the whole list the row at an index is."""
        entries = self.entries.get(list_name, ())
        return entries[index] if index < len(entries) else index


_ROW = re.compile(r"(.+)\[([0-9]+)\]")


def holds(conditions: Iterable[Condition], values: Mapping[str, Value]) -> bool:
    """Whether every condition is met by the values."""
    for condition in conditions:
        value = values.get(condition.variable, "")
        options = condition.options
        is_met = not options.isdisjoint(value) if isinstance(value, tuple) else value in options
        if not is_met and not (value and ANSWERED in options):
            return False
    return True

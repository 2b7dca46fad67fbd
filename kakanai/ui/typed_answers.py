"""What the clerk typed, kept as typed: half a date included, until it has the form its question asks for."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kakanai.reception.answers import parse_value
from kakanai.reception.errors import AnswerFormatError
from kakanai.reception.fact_table import VISITOR_LIST
from kakanai.reception.forgotten_answers import is_about
from kakanai.reception.variables import LISTS, ROW_KEY, VariableCatalog

_OWN_KEY = re.compile(r"m([0-9]+)")
_MOST_STEPS = 200
"""Answers that can be taken back; more than a case has questions."""


@dataclass(frozen=True, repr=False)
class _Before:
    """The answers before a step, and which question it was about."""

    about: str
    values: dict[str, object]
    rows: dict[str, list[dict[str, object]]]


class TypedAnswers:
    """Typed answers by variable id, and the people of each list. Personal; `repr` shows counts."""

    def __init__(self, catalog: VariableCatalog) -> None:
        self._catalog = catalog
        self.values: dict[str, object] = {}
        self.rows: dict[str, list[dict[str, object]]] = {name: [] for name in LISTS}
        self._last_key = 0
        self._steps: list[_Before] = []
        self._is_step_over = True

    def __repr__(self) -> str:
        return f"TypedAnswers({len(self.values)} values)"

    # --- keeping ------------------------------------------------------------------------

    def set(self, variable: str, given: object) -> None:
        """Keep one answer; None or "" takes it back."""
        self._remember(variable)
        if given in (None, "", []):
            self.values.pop(variable, None)
        else:
            self.values[variable] = given

    def set_rows(self, list_name: str, rows: list[dict[str, object]]) -> None:
        """Keep the people of a list; whoever has no key `<list>.key` yet gets one."""
        key = f"{list_name}.{ROW_KEY}"
        keyed = [row if key in row else {key: self.new_key(), **row} for row in rows]
        self._remember(_changed_box(list_name, self.rows[list_name], keyed))
        self.rows[list_name] = keyed

    def new_key(self) -> str:
        """A key that no person of this case had, in any list: one key is one person."""
        used = (_OWN_KEY.fullmatch(key) for key in self._keys())
        self._last_key = 1 + max([self._last_key, *(int(match[1]) for match in used if match)])
        return f"m{self._last_key}"

    def _keys(self) -> Iterator[str]:
        for name, rows in self.rows.items():
            yield from (str(row.get(f"{name}.{ROW_KEY}", "")) for row in rows)

    def forget_person(self, key: str, place: str) -> None:
        """Forget what was typed about somebody who left the case; no undo brings it back."""
        self.values = {name: given for name, given in self.values.items() if not is_about(name, place)}
        for name, rows in self.rows.items():
            self.rows[name] = [row for row in rows if row.get(f"{name}.{ROW_KEY}") != key]
        self._steps = []

    def forget_answers(self, variables: Collection[str]) -> None:
        """Forget what was typed for some questions; no undo brings it back."""
        self.values = {name: given for name, given in self.values.items() if name not in variables}
        for name, rows in self.rows.items():
            kept = [{key: given for key, given in row.items() if key not in variables} for row in rows]
            self.rows[name] = kept
        self._steps = []

    def take_up(self, values: Mapping[str, object], rows: Mapping[str, list[dict[str, object]]]) -> None:
        """Go on with what was typed before, but for questions that the town has no more."""
        known = self._catalog.variables
        self.values = {name: given for name, given in values.items() if name in known}
        for name in self.rows.keys() & rows.keys():
            self.rows[name] = [{key: row[key] for key in row if key in known} for row in rows[name]]

    def use(self, catalog: VariableCatalog) -> None:
        """Judge what is typed from now on by this catalogue."""
        self._catalog = catalog

    def clear(self) -> None:
        """Forget everything."""
        self.values = {}
        self.rows = {name: [] for name in LISTS}
        self._last_key = 0
        self._steps = []

    # --- taking back --------------------------------------------------------------------

    def _remember(self, about: str) -> None:
        """Note how it was; what is typed into one field until it is left is one step."""
        if not self._is_step_over and self._steps and self._steps[-1].about == about:
            return
        self._is_step_over = False
        rows = {name: [dict(row) for row in given] for name, given in self.rows.items()}
        self._steps = [*self._steps[1 - _MOST_STEPS :], _Before(about, dict(self.values), rows)]

    def end_step(self) -> None:
        """What is typed from now on is a step of its own, even into the same field."""
        self._is_step_over = True

    def take_back(self) -> str | None:
        """Take the last answer back; which question it was about (`member.name[m2]`), None without any."""
        self._is_step_over = True
        while self._steps:
            step = self._steps.pop()
            if (step.values, step.rows) != (self.values, self.rows):
                self.values, self.rows = step.values, step.rows
                return step.about
        return None

    # --- judging ------------------------------------------------------------------------

    def fault(self, variable: str, given: object) -> str:
        """What the form of the answer ought to be, in Japanese; "" when it is right or empty."""
        try:
            parse_value(self._catalog.variables[variable], given)
        except AnswerFormatError as error:
            return str(error.details["expected"])
        return ""

    def well_formed(self) -> dict[str, object]:
        """The answers that have the right form, as `Counter.answer` takes them."""
        told: dict[str, object] = {
            variable: given for variable, given in self.values.items() if not self.fault(variable, given)
        }
        for name, rows in self.rows.items():
            good = [{key: given for key, given in row.items() if not self.fault(key, given)} for row in rows]
            told[name] = [row for row in good if self._is_told(name, row)]
        return told

    def _is_told(self, list_name: str, row: Mapping[str, object]) -> bool:
        """Whether a row is one on paper: it says something, or its key is that of a person of the case."""
        key = str(row.get(f"{list_name}.{ROW_KEY}", ""))
        said = any(given not in (None, "") for name, given in row.items() if name != f"{list_name}.{ROW_KEY}")
        members = {person.get(f"{VISITOR_LIST}.{ROW_KEY}") for person in self.rows[VISITOR_LIST]}
        return said or not is_own_key(key) or (list_name != VISITOR_LIST and key in members)


def is_own_key(key: str) -> bool:
    """Whether a key is that of a row that was added here, not of a card's or a typed person."""
    return _OWN_KEY.fullmatch(key) is not None


def _changed_box(list_name: str, before: list[dict[str, object]], after: list[dict[str, object]]) -> str:
    """Which one box differs, by the key of its row (`member.name[m2]`), or the list's name otherwise."""
    key = f"{list_name}.{ROW_KEY}"
    earlier = {row[key]: row for row in before}
    if earlier.keys() == {row[key] for row in after}:
        for row in after:
            old = earlier[row[key]]
            for name in {**old, **row}:
                if old.get(name) != row.get(name):
                    return f"{name}[{row[key]}]"
    return list_name

"""The rows of every list 繰り返し: the visitor, companions, typed people, and who enters unasked."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kakanai.cardreader.kinds import CardKind
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.evidence import Fact, FactSource
from kakanai.reception.answers import Value
from kakanai.reception.case import Case
from kakanai.reception.companion import VISITOR_KEY, Companion
from kakanai.reception.fact_table import VISITOR_LIST, VISITOR_ROW, Facts, holds
from kakanai.reception.people import EntryRule, PeopleRules, ToldRow
from kakanai.reception.school_years import FIRST_GRADE_AFTER, LAST_ELEMENTARY, grade_of
from kakanai.reception.variables import LISTS, ROW_KEY, ROW_OUT, ValueType, VariableCatalog

IDENTITY = ("name", "kana", "birth_date", "sex")
"""What a person has on every list: told once, spelt the same everywhere."""
CARD_FIELDS = {"name": Fact.NAME, "address": Fact.ADDRESS, "birth_date": Fact.BIRTH_DATE, "sex": Fact.SEX}


@dataclass(repr=False)
class Row:
    """One row being put together: values by variable id, and for each where it came from."""

    key: str
    values: dict[str, Value] = field(default_factory=dict)
    sources: dict[str, FactSource] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    owned: set[str] = field(default_factory=set)

    def put(self, variable: str, value: Value | None, source: FactSource, origin: str = "") -> None:
        """Set a value over whatever was there."""
        if value is not None:
            self.values[variable], self.sources[variable] = value, source
            if origin:
                self.origins[variable] = origin


def companion_values(companion: Companion) -> Iterator[tuple[str, Value, FactSource]]:
    """What is known of a companion: field, value and its source."""
    person, evidence = companion.person, companion.evidence
    for name, fact in CARD_FIELDS.items():
        value: Value | None = getattr(person, name)
        if value not in (None, ""):
            yield name, value, evidence.source_of(fact) or FactSource.HAND


class RowGatherer:
    """Puts the rows of a case together; `gather` writes them into the facts."""

    def __init__(self, catalog: VariableCatalog, people: PeopleRules, case: Case, facts: Facts) -> None:
        self._catalog = catalog
        self._people = people
        self._case = case
        self._facts = facts
        self._members: dict[str, tuple[int, Row]] = {}

    def gather(self) -> None:
        """Every list, members first: the others take from them."""
        visitor = self._visitor_row()
        members = ([visitor] if visitor else []) + self.others()
        self._members = {row.key: (number, row) for number, row in enumerate(members, start=1)}
        told = self._told_rows(VISITOR_LIST)
        self._members |= {row.key: (number, row) for number, row in enumerate(told, start=len(members) + 1)}
        self._write(VISITOR_LIST, members + told)
        for name in LISTS:
            if name != VISITOR_LIST:
                self._write(name, self._entries(name))

    @property
    def lists_visitor(self) -> bool:
        """Whether the first row of the members is the visitor."""
        return self._facts.values.get(VISITOR_ROW) == "yes" and self._case.person is not None

    def others(self) -> list[Row]:
        """The members besides the visitor, as typed and as their cards say."""
        told = {rule.key for rule in self._people.told_rows}
        typed = [row for row in self._typed(VISITOR_LIST) if row.key not in {VISITOR_KEY, *told}]
        return typed + self._placed(VISITOR_LIST)

    # --- who is on a list ---------------------------------------------------------------

    def _typed(self, name: str) -> list[Row]:
        rows: list[Row] = []
        for number, given in enumerate(self._case.answers.rows.get(name, []), start=1):
            key = str(given.get(f"{name}.{ROW_KEY}", f"#{number}"))
            if f"{name}.{ROW_OUT}" in given:
                continue
            row = Row(key)
            for variable, value in given.items():
                row.put(variable, value, FactSource.ASKED)
            self._take_companion(name, row)
            rows.append(row)
        return rows

    def _placed(self, name: str) -> list[Row]:
        told = {row.get(f"{name}.{ROW_KEY}") for row in self._case.answers.rows.get(name, [])}
        rows = [
            Row(key) for key, one in self._case.companions.items() if one.place == name and key not in told
        ]
        for row in rows:
            self._take_companion(name, row)
        return rows

    def _told_rows(self, name: str) -> list[Row]:
        """The rows of people whom other answers told of, with what was typed into these rows besides."""
        given = self._case.answers.rows.get(name, [])
        by_hand = any(f"{name}.{ROW_KEY}" not in row for row in given)
        return [
            self._told_row(rule)
            for rule in self._people.told_rows
            if rule.list_name == name and holds(rule.when, self._facts.values)
            # Rows without keys name everybody themselves, unless the form is about this one person.
            if rule.forms or not by_hand
        ]

    def _told_row(self, rule: ToldRow) -> Row:
        name, facts = rule.list_name, self._facts
        row = next((row for row in self._typed(name) if row.key == rule.key), Row(rule.key))
        for part, told in rule.takes.items():
            value, variable = facts.values.get(told), f"{name}.{part}"
            if isinstance(value, dt.date) and self._catalog.variables[variable].type is ValueType.BIRTH_DATE:
                value = BirthDate.from_date(value)
            source = facts.sources.get(told, FactSource.DERIVED)
            row.put(variable, value, source, facts.origins.get(told, told))
        return row

    def _entries(self, name: str) -> list[Row]:
        rule = self._people.lists.get(name)
        given = self._case.answers.rows.get(name, [])
        by_hand = any(f"{name}.{ROW_KEY}" not in row for row in given)
        entering = [] if rule is None else [key for key in self._members if self._enters(rule, key)]
        rows = [row for row in self._typed(name) if self._is_somebody(name, rule, row, entering)]
        rows += self._placed(name)
        rows += self._told_rows(name)
        told = {str(row.get(f"{name}.{ROW_KEY}")) for row in given} | {row.key for row in rows}
        if not by_hand:
            rows += [Row(key) for key in entering if key not in told]
        for row in rows:
            self._take_member(name, row)
        return rows

    def _is_somebody(self, name: str, rule: EntryRule | None, row: Row, entering: list[str]) -> bool:
        """Whether a typed row still means a person who belongs on the list."""
        if any(row.key == told.key for told in self._people.told_rows):
            return False
        if row.key in self._case.companions and self._case.companions[row.key].place == name:
            return True
        if row.key in self._members and rule is not None:
            return row.key in entering
        is_known = row.key.startswith("#") or row.key in {*self._members, *self._case.companions, VISITOR_KEY}
        return is_known or f"{name}.name" in row.values or f"{name}.name" not in self._catalog.variables

    def _enters(self, rule: EntryRule, key: str) -> bool:
        told = {told.key for told in self._people.told_rows}
        if key in {VISITOR_KEY, *told} or not holds(rule.when, self._facts.values):
            return False
        _, row = self._members[key]
        if rule.by_card and row.values.get(f"{VISITOR_LIST}.card") != "yes" and not self._has_card(key):
            return False
        day, birth = self._facts.values.get("today"), row.values.get(f"{VISITOR_LIST}.birth_date")
        if rule.school_years is None:
            return True
        if not isinstance(day, dt.date) or not isinstance(birth, BirthDate):
            return False
        return rule.school_years.hold(birth, day)

    def _has_card(self, key: str) -> bool:
        companion = self._case.companions.get(key)
        return companion is not None and companion.evidence.card_kind == CardKind.MY_NUMBER

    # --- what a row bears ---------------------------------------------------------------

    def _visitor_row(self) -> Row | None:
        facts, case = self._facts, self._case
        if not self.lists_visitor:
            return None
        typed = [row for row in self._typed(VISITOR_LIST) if row.key == VISITOR_KEY]
        row = typed[0] if typed else Row(VISITOR_KEY)
        for variable in self._catalog.list_fields(VISITOR_LIST):
            if variable.copies in facts.values:
                told = facts.origins.get(variable.copies, variable.copies)
                source = facts.sources.get(variable.copies, FactSource.DERIVED)
                row.put(variable.id, facts.values[variable.copies], source, told)
        evidence = case.evidence
        if evidence is not None and evidence.card_kind == CardKind.MY_NUMBER:
            self._put_known(row, f"{VISITOR_LIST}.card", "yes", FactSource.CARD)
        return row

    def _take_companion(self, name: str, row: Row) -> None:
        companion = self._case.companions.get(row.key)
        if companion is None:
            return
        for part, value, source in companion_values(companion):
            # On a list that members enter by themselves, an address is that of somebody who lives apart.
            is_apart = part == "address" and (name in self._people.lists or companion.place != name)
            variable = f"{name}.{part}"
            if variable in self._catalog.variables and not is_apart:
                row.put(variable, value, source)
                row.owned.add(variable)
        if self._has_card(row.key):
            self._put_known(row, f"{name}.card", "yes", FactSource.CARD)

    def _take_member(self, name: str, row: Row) -> None:
        """What the same person's row among the members, or the visitor, says already."""
        number, member = self._members.get(row.key, (0, None))
        for variable in self._catalog.list_fields(name):
            part = variable.id.split(".", 1)[1]
            known = f"{VISITOR_LIST}.{part}"
            is_settled = variable.id in row.values and part not in IDENTITY
            if variable.id in row.owned or is_settled or part == "address":
                continue
            if member is not None and known in member.values:
                if part == "relationship" and not self._is_seen_alike(name):
                    continue
                origin = member.origins.get(known, f"{known}[{number}]")
                row.put(variable.id, member.values[known], member.sources[known], origin)
                if known in member.owned:
                    row.owned.add(variable.id)
            elif row.key == VISITOR_KEY and part in IDENTITY and f"visitor.{part}" in self._facts.values:
                told = f"visitor.{part}"
                source = self._facts.sources.get(told, FactSource.DERIVED)
                row.put(variable.id, self._facts.values[told], source, told)

    def _is_seen_alike(self, name: str) -> bool:
        conditions = self._people.relationship.get(name)
        return conditions is not None and holds(conditions, self._facts.values)

    def _put_known(self, row: Row, variable: str, value: Value, source: FactSource) -> None:
        if variable in self._catalog.variables:
            row.put(variable, value, source)

    # --- the end ------------------------------------------------------------------------

    def _write(self, name: str, rows: list[Row]) -> None:
        facts = self._facts
        for number, row in enumerate(rows, start=1):
            self._put_school(name, row)
            for variable in self._catalog.list_fields(name):
                known: Mapping[str, Value] = {**facts.values, **row.values, f"{name}.{ROW_KEY}": row.key}
                is_answer = row.sources.get(variable.id) is FactSource.ASKED
                is_own = is_answer and variable.id not in row.origins
                if is_own and not holds(variable.asked_when, known):
                    # The question fell away with an earlier answer; its old answer must not reach paper.
                    del row.values[variable.id], row.sources[variable.id]
                if variable.default and variable.id not in row.values and holds(variable.default_when, known):
                    choices = variable.type == "choices"
                    default: Value = (variable.default,) if choices else variable.default
                    row.put(variable.id, default, FactSource.DERIVED)
            row.values[f"{name}.{ROW_KEY}"] = row.key
            facts.sources |= {f"{variable}[{number}]": told for variable, told in row.sources.items()}
            facts.origins |= {f"{variable}[{number}]": told for variable, told in row.origins.items()}
            facts.owners |= {f"{variable}[{number}]": row.key for variable in row.owned}
        facts.rows[name] = [row.values for row in rows]

    def _put_school(self, name: str, row: Row) -> None:
        school, day = self._people.school, self._facts.values.get("today")
        birth = row.values.get(f"{name}.birth_date")
        if school is None or school.list_name != name or not isinstance(day, dt.date):
            return
        grade = grade_of(birth if isinstance(birth, BirthDate) else None, day)
        kind, number = f"{name}.{school.kind}", f"{name}.{school.grade}"
        if grade is None or row.sources.keys() & {kind, number}:
            return
        last = LAST_ELEMENTARY - FIRST_GRADE_AFTER
        row.put(kind, "elementary" if grade <= last else "junior", FactSource.DERIVED)
        row.put(number, grade if grade <= last else grade - last, FactSource.DERIVED)

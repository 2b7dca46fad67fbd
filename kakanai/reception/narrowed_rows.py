"""Which rows of a list one form bears: the people who are not for it are left out 様式ごとの絞り込み."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from kakanai.identity.birth_date import BirthDate
from kakanai.reception.answers import Value
from kakanai.reception.fact_table import Facts, holds
from kakanai.reception.people import PeopleRules, RowFilter
from kakanai.reception.variables import ROW_KEY


def narrowed(people: PeopleRules, facts: Facts, form: str) -> Facts:
    """The facts for one form: of the lists that it narrows, the rows of people who are not for it left out.

    By school year a row typed without a key stays, and so does one whose birth date is not known. By an
    answer only who answered so stays: what nobody said is not told to an office. `entries` tell which
    entry of its list each row is.
    """
    rules = people.forms.get(form, {})
    lists = {*rules, *(told.list_name for told in people.told_rows if told.forms)}
    rows, entries = dict(facts.rows), dict(facts.entries)
    for name in lists:
        listed = facts.rows.get(name, [])
        kept = [
            index
            for index, row in enumerate(listed)
            if _stands_on(people, facts, form, name, row) and _passes(rules.get(name), facts, name, row)
        ]
        if len(kept) < len(listed):
            entries[name] = tuple(kept)
            rows[name] = [listed[index] for index in kept]
    return replace(facts, rows=rows, entries=entries)


def _stands_on(people: PeopleRules, facts: Facts, form: str, name: str, row: Mapping[str, Value]) -> bool:
    """Whether the row is one that the form is about, or the form is about no single row of the list."""
    key = row.get(f"{name}.{ROW_KEY}")
    for told in people.told_rows:
        if told.list_name != name or not told.forms or not holds(told.when, facts.values):
            continue
        if (key == told.key) != (form in told.forms):
            return False
    return True


def _passes(row_filter: RowFilter | None, facts: Facts, name: str, row: Mapping[str, Value]) -> bool:
    if row_filter is None:
        return True
    day, birth = facts.values.get("today"), row.get(f"{name}.birth_date")
    by_hand = str(row.get(f"{name}.{ROW_KEY}", "#")).startswith("#")
    years = row_filter.years
    if years and not by_hand and isinstance(birth, BirthDate) and isinstance(day, dt.date):
        return years.hold(birth, day)
    return not row_filter.row or not holds(row_filter.when, facts.values) or holds(row_filter.row, row)

"""Answers without what must be forgotten: those about a person who left the case, and addresses 支援措置."""

from collections.abc import Collection

from kakanai.reception.answers import Answers
from kakanai.reception.variables import LISTS, ROW_KEY, ValueType, VariableCatalog

ADDRESS_TYPES = frozenset({ValueType.ADDRESS, ValueType.POSTAL})
"""What 支援措置 keeps off every form, list and screen."""


def is_about(variable: str, place: str) -> bool:
    """Whether a question is about whoever stands in a place of one person (`subject.kana`)."""
    return place not in LISTS and variable.startswith(f"{place}.")


def without_person(answers: Answers, key: str, place: str) -> Answers:
    """The answers but those about the companion of this key: their rows, or those of their place.

    One person's フリガナ must not stand beside the name of whoever takes the place next.
    """
    kept = Answers()
    kept.values = {name: value for name, value in answers.values.items() if not is_about(name, place)}
    for name, rows in answers.rows.items():
        kept.rows[name] = [row for row in rows if row.get(f"{name}.{ROW_KEY}") != key]
    return kept


def address_variables(catalog: VariableCatalog) -> frozenset[str]:
    """Every variable that bears an address or a postal code."""
    return frozenset(v.id for v in catalog.variables.values() if v.type in ADDRESS_TYPES)


def without(answers: Answers, variables: Collection[str]) -> Answers:
    """The answers but those to some questions."""
    kept = Answers()
    kept.values = {name: value for name, value in answers.values.items() if name not in variables}
    for name, rows in answers.rows.items():
        kept.rows[name] = [{key: value for key, value in row.items() if key not in variables} for row in rows]
    return kept

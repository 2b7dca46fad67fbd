"""What a case is made of, as plain data and back: JSON's own kinds and bytes, with a tag for the rest."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, Final

from kakanai.cardreader.authenticity.verdict import Authenticity, Check, CheckResult, Verdict
from kakanai.cardreader.kinds import CardKind
from kakanai.cardreader.text_picture import TextPicture
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.evidence import Evidence, Fact, FactSource, ReadBy
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Person, Sex
from kakanai.reception.answers import Answers
from kakanai.reception.checklist import DocumentState
from kakanai.reception.companion import Companion
from kakanai.reception.identity_check import IdentityCheck, Way
from kakanai.reception.printed_form import PrintedForm
from kakanai.reception.procedure import Procedure

Plain = None | bool | int | float | str | bytes | list["Plain"] | dict[str, "Plain"]
"""Data that JSON can hold once its bytes are written as text."""

_RECORDS: Final[Mapping[str, type[Any]]] = {
    kind.__name__: kind
    for kind in (
        Person,
        BirthDate,
        Evidence,
        Procedure,
        TextPicture,
        PrintedForm,
        Authenticity,
        Check,
        Companion,
        IdentityCheck,
    )
}
"""Dataclasses that are written field by field."""

_WORDS: Final[Mapping[str, type[Enum]]] = {
    kind.__name__: kind
    for kind in (Sex, Fact, FactSource, ReadBy, CardKind, Verdict, CheckResult, DocumentState, Way)
}
"""Enumerations that are written by value."""

_TAG: Final = "~"
_VALUE: Final = "="


def to_plain(value: object) -> Plain:
    """The value as plain data that belongs to nobody else: what changes later does not change it.

    It holds 個人番号 in the clear, so it may go nowhere but into an encrypted draft.

    Raises:
        TypeError: the value is of a kind that is not known here; the value is not repeated.
    """
    name = type(value).__name__
    if isinstance(value, Enum):  # first: most of them are texts or numbers as well
        if name not in _WORDS:
            raise TypeError(f"no plain form of {name}")
        return _tagged(name, value.value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return str(value)  # a case number is a text of a kind of its own
    if isinstance(value, list):
        return [to_plain(one) for one in value]
    if name in _RECORDS and dataclasses.is_dataclass(value):
        fields = {field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return _tagged(name, fields)
    for kind, (tag, write, _) in _KINDS.items():
        if isinstance(value, kind):
            return _tagged(tag, write(value))
    raise TypeError(f"no plain form of {name}")


def _tagged(tag: str, value: Plain) -> Plain:
    return {_TAG: tag, _VALUE: value}


def from_plain(data: object) -> Any:  # noqa: ANN401 - whatever to_plain was given
    """What `to_plain` was given.

    Raises:
        ValueError, TypeError, KeyError, KakanaiError: this is nothing that it wrote.
    """
    if isinstance(data, list):
        return [from_plain(one) for one in data]
    if not isinstance(data, dict):
        return data
    tag, given = data[_TAG], data[_VALUE]
    if tag in _RECORDS:
        return _RECORDS[tag](**{name: from_plain(one) for name, one in given.items()})
    if tag in _WORDS:
        return _WORDS[tag](given)
    return _READERS[tag](given)


def _all(values: Iterable[object]) -> list[Plain]:
    return [to_plain(one) for one in values]


def _pairs(mapping: Mapping[Any, Any]) -> list[Plain]:
    return [[to_plain(key), to_plain(value)] for key, value in mapping.items()]


def _answers(given: list[Any]) -> Answers:
    answers = Answers()
    answers.values, answers.rows = (from_plain(one) for one in given)
    return answers


_KINDS: Final[Mapping[type[Any], tuple[str, Callable[[Any], Plain], Callable[[Any], Any]]]] = {
    bytes: ("bytes", bytes, bytes),
    tuple: ("tuple", _all, lambda given: tuple(map(from_plain, given))),
    # A set has no order; in one and the same order two records of a case are equal.
    frozenset: (
        "set",
        lambda value: _all(sorted(value, key=repr)),
        lambda given: frozenset(map(from_plain, given)),
    ),
    set: (
        "changing-set",
        lambda value: _all(sorted(value, key=repr)),
        lambda given: set(map(from_plain, given)),
    ),
    Mapping: ("dict", _pairs, lambda given: {from_plain(key): from_plain(value) for key, value in given}),
    # A datetime is a date as well.
    dt.datetime: ("datetime", dt.datetime.isoformat, dt.datetime.fromisoformat),
    dt.date: ("date", dt.date.isoformat, dt.date.fromisoformat),
    MyNumber: ("my-number", lambda value: "".join(value.box_digits()), MyNumber),
    Answers: ("answers", lambda value: [to_plain(value.values), to_plain(value.rows)], _answers),
}
"""Other kinds: their tag, how they are written, how they are read. The first that fits is taken."""

_READERS: Final = {tag: read for tag, _, read in _KINDS.values()}

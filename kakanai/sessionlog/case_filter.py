"""Which cases somebody looks for, and by which of it the database finds them."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from sqlalchemy import ColumnElement, Table, TextClause, and_, text

from kakanai.sessionlog.case_tables import (
    CASE_CODE,
    CASE_FORM,
    CASE_LINE,
    CASE_PROCEDURE,
    HAS_FAILED,
    IS_LOOKUP,
    IS_OVERRIDDEN,
    IS_REPRINTED,
    IS_UNUSUAL,
)
from kakanai.sessionlog.errors import CaseNumberError
from kakanai.sessionlog.words import Outcome, Review

Rule: TypeAlias = ColumnElement[bool] | TextClause
"""A rule told as text is in the very words of its index, which a query must repeat to be given it."""

_PREFIX: Final = re.compile(r"R([1-9][0-9]?)?(?:-([0-9]{0,4})(?:-([0-9]{0,4}))?)?")
_WHOLE: Final = re.compile(r"R[1-9][0-9]?-[0-9]{4}-[0-9]{4}")
_AFTER_DIGITS: Final = "~"
"""Sorts after every character of a case number."""
_FIRST_YEAR: Final = 2019


@dataclass(frozen=True)
class CaseFilter:
    """What a case must be to be found; what is left empty does not matter. Days are Japan's, both included.

    `number` is a case number or its beginning, such as `R8-11`: 令和8年11月.

    Raises:
        CaseNumberError: `number` is not the beginning of one.
    """

    first_day: dt.date | None = None
    last_day: dt.date | None = None
    staff: str = ""
    outcome: Outcome | None = None
    form: str = ""
    procedure: str = ""
    code: str = ""
    card_kind: str = ""
    counter: str | None = None
    review: Review | None = None
    number: str = ""
    is_lookup: bool = False
    is_overridden: bool = False
    is_reprinted: bool = False
    is_unusual_hour: bool = False
    has_failed: bool = False

    def __post_init__(self) -> None:
        """Refuse what no number begins with."""
        match = _PREFIX.fullmatch(self.number)
        if self.number and (match is None or (match[1] is None and self.number != "R")):
            raise CaseNumberError(reason="form")

    @property
    def is_one_number(self) -> bool:
        """Whether a whole case number is asked for, and nothing else."""
        return bool(_WHOLE.fullmatch(self.number)) and self == CaseFilter(number=self.number)

    def days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day on which such a case can have been opened."""
        first, last = self.first_day or dt.date.min, self.last_day or dt.date.max
        if self.number:
            of_number = _days_of(self.number)
            # A number drawn before midnight may be opened after it.
            first = max(first, of_number[0] - dt.timedelta(days=1))
            last = min(last, of_number[1] + dt.timedelta(days=1))
        return first, last


@dataclass(frozen=True)
class Condition:
    """One thing that a case must be: told of its line, or by a row of a table that leads to it.

    `rule` is of the table's columns. Unless `is_indexed` is False, an index begins with what it speaks of and
    goes on with day and place, so that its cases come in the order of the pages.
    """

    table: Table
    rule: Rule
    is_indexed: bool = True


def conditions_of(wanted: CaseFilter) -> list[Condition]:
    """What must be true besides the days."""
    line = CASE_LINE.c
    asked: list[tuple[object, Table, Rule]] = [
        (_WHOLE.fullmatch(wanted.number), CASE_LINE, line.case_number == wanted.number),
        *((asked, CASE_LINE, text(rule)) for rule, asked in _flags(wanted).items()),
        (wanted.code, CASE_CODE, CASE_CODE.c.code == wanted.code),
        (wanted.procedure, CASE_PROCEDURE, CASE_PROCEDURE.c.procedure == wanted.procedure),
        (wanted.form, CASE_FORM, CASE_FORM.c.form == wanted.form),
        (wanted.staff, CASE_LINE, line.staff == wanted.staff),
        (wanted.counter is not None, CASE_LINE, line.counter == wanted.counter),
        (wanted.card_kind, CASE_LINE, line.card_kind == wanted.card_kind),
        (wanted.outcome, CASE_LINE, line.outcome == wanted.outcome),
        (wanted.review is not None, CASE_LINE, line.review == wanted.review),
    ]
    found = [Condition(table, rule) for is_asked, table, rule in asked if is_asked]
    if wanted.number and not _WHOLE.fullmatch(wanted.number):
        after = wanted.number + _AFTER_DIGITS
        rule = and_(line.case_number >= wanted.number, line.case_number < after)
        found.append(Condition(CASE_LINE, rule, is_indexed=False))
    return found


def _flags(wanted: CaseFilter) -> dict[str, bool]:
    return {
        IS_OVERRIDDEN: wanted.is_overridden,
        IS_LOOKUP: wanted.is_lookup,
        IS_UNUSUAL: wanted.is_unusual_hour,
        IS_REPRINTED: wanted.is_reprinted,
        HAS_FAILED: wanted.has_failed,
    }


def _days_of(number: str) -> tuple[dt.date, dt.date]:
    """The first and the last day that a number beginning so can be of."""
    match = _PREFIX.fullmatch(number)
    year, month_day = (match[1], match[2]) if match else (None, None)
    if not year:
        return dt.date(_FIRST_YEAR, 1, 1), dt.date.max - dt.timedelta(days=1)
    years = [int(year)]
    if month_day is None and len(year) == 1:
        years += [int(year) * 10, int(year) * 10 + 9]
    days = [
        day
        for of_year in (min(years), max(years))
        for day in _year(2018 + of_year)
        if f"{day:%m%d}".startswith(month_day or "")
    ]
    # No day begins so: an empty span.
    return (min(days), max(days)) if days else (dt.date(_FIRST_YEAR, 1, 3), dt.date(_FIRST_YEAR, 1, 1))


def _year(year: int) -> Iterator[dt.date]:
    first = dt.date(year, 1, 1)
    return (first + dt.timedelta(days=number) for number in range((dt.date(year + 1, 1, 1) - first).days))

"""Deadlines and documents of a form for one case."""

import datetime as dt

import pytest

from kakanai.forms.due import Due, documents, dues, last_day
from kakanai.forms.terms import Deadline, DocumentUse, FormTerms, RequiredDocument
from kakanai.identity.birth_date import BirthDate
from kakanai.reception.variables import Condition

MOVED = {"move.date": BirthDate(2026, 11, 15), "move.kind": "move_in"}
IN_MOVE_IN = (Condition("move.kind", frozenset({"move_in"})),)
IN_MOVE_OUT = (Condition("move.kind", frozenset({"move_out"})),)


@pytest.mark.parametrize(
    ("deadline", "start", "expected"),
    [
        (Deadline("", "day", days=14), "2026-11-15", "2026-11-29"),
        (Deadline("", "day", days=14, first_day_counts=True), "2026-11-15", "2026-11-28"),
        (Deadline("", "day", months=3), "2026-11-30", "2027-02-28"),
        (Deadline("", "day", years=2), "2028-02-29", "2030-02-28"),
        (Deadline("", "day", months=1), "2026-12-31", "2027-01-31"),
        (Deadline("", "day", days=14, until=dt.date(2026, 11, 20)), "2026-11-15", "2026-11-20"),
    ],
)
def test_the_last_day_is_counted_from_the_day_after(deadline: Deadline, start: str, expected: str) -> None:
    assert last_day(deadline, {"day": BirthDate.from_iso(start)}) == dt.date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("deadline", "values"),
    [
        (Deadline("すみやかに"), {}),
        (Deadline("", "day", days=14), {}),
        (Deadline("", "day", days=14), {"day": BirthDate(1950, None, None)}),
        (Deadline("", "day", days=14, before=True), {"day": BirthDate(2026, 11, 15)}),
        (Deadline("", "day", days=400), {"day": BirthDate(9999, 12, 31)}),
    ],
)
def test_a_last_day_that_cannot_be_told_is_none(deadline: Deadline, values: dict[str, BirthDate]) -> None:
    assert last_day(deadline, values) is None


def test_only_what_holds_for_the_case_is_told() -> None:
    terms = FormTerms(
        deadlines=(
            Deadline("14日以内", "move.date", days=14, when=IN_MOVE_IN),
            Deadline("あらかじめ", when=IN_MOVE_OUT),
        ),
        documents=(
            RequiredDocument("本人確認書類"),
            RequiredDocument("転出証明書", DocumentUse.SUBMIT, IN_MOVE_IN),
            RequiredDocument("印鑑登録証", DocumentUse.RETURN, IN_MOVE_OUT),
        ),
    )
    (due,) = dues(terms, MOVED)
    assert due == Due("14日以内", dt.date(2026, 11, 29))
    assert not due.is_over(dt.date(2026, 11, 29))
    assert due.is_over(dt.date(2026, 11, 30))
    assert documents(terms, MOVED) == {DocumentUse.SHOW: ["本人確認書類"], DocumentUse.SUBMIT: ["転出証明書"]}

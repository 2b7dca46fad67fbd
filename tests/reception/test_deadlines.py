"""The last day of a deadline by 民法 139条から143条, and the day the town hall is open after it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.identity.birth_date import BirthDate
from kakanai.reception.closed_days import ClosedDays
from kakanai.reception.deadlines import Due, due_of, dues, last_day
from kakanai.reception.terms import Deadline
from kakanai.reception.variables import Condition

MOVED = {"move.date": BirthDate(2026, 11, 15), "move.kind": "move_in"}
IN_MOVE_IN = (Condition("move.kind", frozenset({"move_in"})),)
IN_MOVE_OUT = (Condition("move.kind", frozenset({"move_out"})),)
DAYS = st.dates(dt.date(1989, 1, 8), dt.date(2090, 12, 31))


@pytest.mark.parametrize(
    ("deadline", "start", "expected"),
    [
        (Deadline("", "day", days=14), "2026-11-15", "2026-11-29"),
        (Deadline("", "day", days=14, first_day_counts=True), "2026-11-15", "2026-11-28"),
        (Deadline("", "day", days=1, first_day_counts=True), "2026-11-15", "2026-11-15"),
        (Deadline("", "day", months=3), "2026-11-20", "2027-02-20"),
        (Deadline("", "day", months=3), "2026-11-30", "2027-02-28"),
        (Deadline("", "day", months=3), "2026-11-29", "2027-02-28"),
        (Deadline("", "day", months=3, elapsed=True), "2026-11-20", "2027-02-21"),
        (Deadline("", "day", months=3, first_day_counts=True), "2026-11-20", "2027-02-19"),
        (Deadline("", "day", months=1), "2027-02-28", "2027-03-31"),
        (Deadline("", "day", months=1), "2026-12-31", "2027-01-31"),
        (Deadline("", "day", months=1), "2027-01-30", "2027-02-28"),
        (Deadline("", "day", years=2), "2028-02-29", "2030-02-28"),
        (Deadline("", "day", years=1), "2027-02-28", "2028-02-29"),
        (Deadline("", "day", days=14, until=dt.date(2026, 11, 20)), "2026-11-15", "2026-11-20"),
        (Deadline("", "day", days=3, before=True), "2026-11-15", "2026-11-12"),
    ],
)
def test_the_last_day(deadline: Deadline, start: str, expected: str) -> None:
    assert last_day(deadline, {"day": BirthDate.from_iso(start)}) == dt.date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("deadline", "values"),
    [
        (Deadline("すみやかに"), {}),
        (Deadline("", "day", days=14), {}),
        (Deadline("", "day", days=14), {"day": BirthDate(1950, None, None)}),
        (Deadline("", "day", days=400), {"day": BirthDate(9999, 12, 31)}),
        (Deadline("", "day", years=90), {"day": BirthDate(9950, 12, 31)}),
    ],
)
def test_a_last_day_that_cannot_be_told_is_none(deadline: Deadline, values: dict[str, BirthDate]) -> None:
    assert last_day(deadline, values) is None


@given(DAYS, st.integers(1, 400))
def test_so_many_days_lie_between(start: dt.date, days: int) -> None:
    last = last_day(Deadline("", "day", days=days), {"day": start})
    assert last is not None
    counted = [start + dt.timedelta(days=n) for n in range(1, 500) if start + dt.timedelta(days=n) <= last]
    assert len(counted) == days


@given(DAYS, st.integers(1, 60))
def test_months_go_by_the_calendar(start: dt.date, months: int) -> None:
    last = last_day(Deadline("", "day", months=months), {"day": start})
    assert last is not None
    first, after = start + dt.timedelta(days=1), last + dt.timedelta(days=1)
    assert (last.year - first.year) * 12 + last.month - first.month in {months, months - 1}
    # The span ends on the eve of the corresponding day, or with a month that has none.
    assert after.day == first.day or (after.day == 1 and last.day < first.day)


def test_only_what_holds_for_the_case_is_told() -> None:
    deadlines = (
        Deadline("14日以内", "move.date", days=14, when=IN_MOVE_IN),
        Deadline("あらかじめ", when=IN_MOVE_OUT),
    )
    [due] = dues(deadlines, MOVED)
    first = dt.date(2026, 11, 16)
    assert due == Due("14日以内", dt.date(2026, 11, 29), dt.date(2026, 11, 29), first)
    assert not due.is_over(dt.date(2026, 11, 29))
    assert due.is_over(dt.date(2026, 11, 30))


def test_a_closed_last_day_moves_to_the_next_open_one() -> None:
    # 29 November 2026 is a Sunday, 30 November the town's own day off.
    closed = ClosedDays([dt.date(2026, 11, 30)])
    due = due_of(Deadline("14日以内", "move.date", days=14), MOVED, closed)
    assert (due.last_day, due.open_day) == (dt.date(2026, 11, 29), dt.date(2026, 12, 1))
    assert not due.is_late(dt.date(2026, 12, 1))
    assert due.is_late(dt.date(2026, 12, 2))


def test_what_was_to_come_before_is_over_but_asks_no_reason() -> None:
    due = due_of(Deadline("3日前まで", "move.date", days=3, before=True), MOVED, ClosedDays())
    assert due.last_day == due.open_day == dt.date(2026, 11, 12)
    assert due.is_over(dt.date(2026, 11, 13))
    assert not due.is_late(dt.date(2026, 11, 13))


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        ("2026-11-20", "2026-11-20"),  # Friday
        ("2026-11-21", "2026-11-24"),  # Saturday; Monday is a holiday
        ("2026-12-29", "2027-01-04"),
        ("2026-12-28", "2026-12-28"),
        ("2028-12-31", "2029-01-04"),
        ("2027-05-01", "2027-05-06"),
    ],
)
def test_the_first_open_day(day: str, opens: str) -> None:
    holidays = ["2026-11-23", "2027-05-03", "2027-05-04", "2027-05-05"]
    closed = ClosedDays(map(dt.date.fromisoformat, holidays))
    assert closed.first_open(dt.date.fromisoformat(day)) == dt.date.fromisoformat(opens)


def test_a_town_that_is_always_closed_is_told_the_day_itself() -> None:
    day = dt.date(2026, 11, 20)
    assert ClosedDays(day + dt.timedelta(days=n) for n in range(100)).first_open(day) == day

"""How long one waits after failures."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.staff.throttle import BY_MACHINE, BY_NUMBER, LONGEST_WAIT, Throttle, wait_after

NOW = dt.datetime(2026, 11, 21, 3, 0, tzinfo=dt.UTC)


def minutes(number: float) -> dt.timedelta:
    return dt.timedelta(minutes=number)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [
        (0, 0),
        (1, 0),
        (4, 0),
        (5, 30),
        (6, 60),
        (7, 120),
        (8, 240),
        (9, 480),
        (10, 900),
        (11, 900),
        (10**6, 900),
    ],
)
def test_the_wait_begins_with_the_fifth_failure_and_doubles(failures: int, seconds: int) -> None:
    assert wait_after(failures).total_seconds() == seconds


def test_the_wait_runs_from_the_last_failure() -> None:
    failures = [NOW - minutes(3)] * 5 + [NOW - dt.timedelta(seconds=20)]
    assert BY_NUMBER.remaining(failures, NOW) == dt.timedelta(seconds=40)
    assert BY_NUMBER.remaining(failures, NOW + dt.timedelta(seconds=40)) == dt.timedelta()


def test_a_machine_forgets_sooner_than_a_number() -> None:
    failures = [NOW - minutes(59)] * 4 + [NOW]
    assert BY_MACHINE.remaining(failures, NOW) == dt.timedelta(seconds=30)
    later = NOW + minutes(2)
    assert BY_MACHINE.remaining([*failures, later], later) == dt.timedelta()
    assert BY_NUMBER.remaining([*failures, later], later) == minutes(1)


@given(st.lists(st.integers(-(10**6), 10**6), max_size=30))
def test_nobody_ever_waits_longer_than_the_longest_wait(seconds: list[int]) -> None:
    """Also when the clock was set back, so that failures lie in the future."""
    failures = [NOW + dt.timedelta(seconds=number) for number in seconds]
    for throttle in (BY_MACHINE, BY_NUMBER, Throttle(dt.timedelta(days=400))):
        assert dt.timedelta() <= throttle.remaining(failures, NOW) <= LONGEST_WAIT

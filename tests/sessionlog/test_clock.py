"""A clock that was set back is told in the chain, before the first entry by the new time."""

import datetime as dt
import json

import pytest

from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.writing import Writing
from tests.sessionlog.acts import TEN, K, entry


def later(seconds, kind=K.SIGNED_IN, **told):
    """An act of no case, so many seconds after ten."""
    return entry(kind, None, TEN + dt.timedelta(seconds=seconds), **told)


def kinds(log):
    """What the chain tells, in its order."""
    return [link.kind for link in log.links()]


def test_a_clock_set_back_is_told_once_with_its_seconds(log):
    assert log.append(later(0)) == 1
    assert log.append(later(-3600, counter="2")) == 3
    assert log.append(later(-3599)) == 4
    assert kinds(log) == ["signed_in", "clock_set_back", "signed_in", "signed_in"]
    told = log.link(2)
    assert json.loads(told.body) == {"counts": {"seconds": 3600}}
    assert (told.at, told.staff, told.counter, told.case_number) == (log.link(3).at, "0123", "2", "")


@pytest.mark.parametrize("back", [0, 1, 2])
def test_a_clock_set_right_by_two_seconds_is_not_told(log, back):
    log.append(later(0))
    log.append(later(-back))
    assert kinds(log) == ["signed_in", "signed_in"]


@pytest.mark.parametrize(("back", "waited", "is_told"), [(2.1, 0, True), (6.9, 5, False), (7.1, 5, True)])
def test_more_than_two_seconds_are_but_for_the_time_waited_for_the_lock(log, back, waited, is_told):
    log.append(later(0))
    with log.writing() as writing:
        slow = Writing(writing.connection, waited_s=waited)
        slow.append(later(-back))
    assert kinds(log) == ["signed_in", *["clock_set_back"] * is_told, "signed_in"]


def test_what_was_spooled_is_late_by_its_nature(log):
    log.append(later(0))
    log.append(later(-3600, spool="0f" * 16))
    assert kinds(log) == ["signed_in", "signed_in"]


def test_the_clock_is_compared_with_what_is_on_disk(place):
    with SessionLog.open(place) as log:
        log.append(later(0))
    with SessionLog.open(place) as log:
        log.append(later(-3600))
        assert kinds(log) == ["signed_in", "clock_set_back", "signed_in"]


def test_the_clocks_of_two_machines_may_differ(place, request):
    if not hasattr(place, "host"):
        pytest.skip("a file is one machine's")
    with SessionLog.open(place) as fast, SessionLog.open(place) as slow:
        for second in range(3):
            fast.append(later(second + 120))
            slow.append(later(second))
        assert "clock_set_back" not in kinds(fast)
        slow.append(later(-10))
        assert kinds(fast)[-2:] == ["clock_set_back", "signed_in"]
        fast.append(later(200))
        assert kinds(fast).count("clock_set_back") == 1


def test_a_clock_centuries_ahead_still_gives_a_count(log):
    log.append(entry(K.SIGNED_IN, None, dt.datetime(9999, 1, 1, tzinfo=dt.UTC)))
    log.append(later(0))
    assert json.loads(log.link(2).body) == {"counts": {"seconds": 999_999_999}}

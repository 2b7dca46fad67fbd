"""A disk that fills up is told before it is full, and once a day in the log."""

import datetime as dt

import pytest

from kakanai.sessionlog.case_number import ClerkId
from kakanai.sessionlog.disk_watch import CRITICAL_MIB, DiskLevel, DiskWatch
from kakanai.sessionlog.store import SessionLog
from tests.sessionlog.acts import TEN

MIB = 1024 * 1024
CLERK = ClerkId("1024")


def watch(tmp_path, free_mib, low=1024):
    return DiskWatch(tmp_path, low, lambda _: free_mib * MIB + 7)


@pytest.mark.parametrize(
    ("free_mib", "level", "code"),
    [
        (1024, DiskLevel.OK, None),
        (1023, DiskLevel.LOW, "L-048"),
        (CRITICAL_MIB, DiskLevel.LOW, "L-048"),
        (CRITICAL_MIB - 1, DiskLevel.CRITICAL, "L-049"),
        (0, DiskLevel.CRITICAL, "L-049"),
    ],
)
def test_the_level_follows_what_is_free(tmp_path, free_mib, level, code):
    state = watch(tmp_path, free_mib).state()
    assert (state.level, state.free_mib) == (level, free_mib)
    assert (state.warning.code if state.warning else None) == code


def test_the_last_room_is_told_even_by_a_town_that_wants_no_warning(tmp_path):
    assert watch(tmp_path, 100, low=0).state().level is DiskLevel.OK
    assert watch(tmp_path, 1, low=0).state().level is DiskLevel.CRITICAL


def test_the_real_disk_can_be_asked(tmp_path):
    assert DiskWatch(tmp_path, 0).state().free_mib > 0


def test_a_disk_that_nobody_can_ask_warns_nobody(tmp_path):
    state = DiskWatch(tmp_path / "nowhere", 1024).state()
    assert (state.level, state.free_mib, state.warning) == (DiskLevel.OK, None, None)


def test_it_is_noted_once_a_day(tmp_path):
    with SessionLog.open(tmp_path / "log") as log:
        low = watch(tmp_path, 200)
        assert low.note(log, CLERK, TEN)
        assert not low.note(log, CLERK, TEN + dt.timedelta(hours=13))
        assert low.note(log, CLERK, TEN + dt.timedelta(hours=14))
        assert not watch(tmp_path, 5000).note(log, CLERK, TEN + dt.timedelta(days=3))
        entries = [link.to_entry() for link in log.links()]
    assert [(one.kind, one.codes, dict(one.counts)) for one in entries] == [
        ("disk_low", ("L-048",), {"free_mib": 200})
    ] * 2

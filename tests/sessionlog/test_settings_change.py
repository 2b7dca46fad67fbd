"""Changes of the town's settings in the log."""

import datetime as dt
import json

import pytest

from kakanai.sessionlog.entry import JST, ClerkId
from kakanai.sessionlog.errors import ClerkIdError, LogDamagedError
from kakanai.sessionlog.settings_change import SettingsChange
from kakanai.sessionlog.store import SessionLog

DAY = dt.date(2026, 11, 21)
MORNING = dt.datetime(2026, 11, 21, 9, tzinfo=JST)


def change(names=("fees.seal_certificate",), at=MORNING, clerk="2001"):
    return SettingsChange(ClerkId(clerk), at, names)


def test_a_change_is_there_after_opening_again_on_its_day_alone(place):
    late = change(("my_number.forms", "counters"), MORNING.replace(hour=23, minute=59))
    with SessionLog.open(place) as log:
        log.note_settings_change(change())
        log.note_settings_change(late)
        log.note_settings_change(change(at=MORNING + dt.timedelta(days=1)))
    with SessionLog.open(place) as log:
        assert log.settings_changes(DAY) == [change(), late]
        assert log.day(DAY) == []  # a change is no case
        log.check()


def test_a_change_is_an_entry_of_the_chain(log):
    assert log.note_settings_change(change()) == 1
    link = log.link(1)
    assert (link.kind, link.case_number, link.staff) == ("settings_changed", "", "2001")
    assert json.loads(link.body) == {"names": ["fees.seal_certificate"]}


def test_a_change_tells_names_and_no_values():
    told = change(("town.name", "counters")).to_mapping()
    assert told == {"clerk": "2001", "at": "2026-11-21T09:00:00+09:00", "names": ["town.name", "counters"]}


@pytest.mark.parametrize(
    "names", [(), ("見本町",), ("town.name = 見本町",), ("Town.name",), ("a.b.c",), ("a" * 31,)]
)
def test_only_names_of_settings_can_be_logged(names):
    with pytest.raises(ValueError, match="alphabet"):
        change(names)


def test_a_time_without_zone_and_a_name_as_clerk_are_refused():
    with pytest.raises(ValueError, match="zone"):
        change(at=MORNING.replace(tzinfo=None))
    with pytest.raises(ClerkIdError):
        change(clerk="山田")


@pytest.mark.parametrize("body", ['{"names":["山田　太郎"]}', "{", '{"value":"見本町"}'])
def test_a_row_of_another_program_is_damage(log, raw, body):
    log.note_settings_change(change())
    raw(
        "INSERT INTO entry SELECT 2, at, day, kind, case_number, staff, counter, "  # noqa: S608
        f"'{body}', salt, body_hash, prev, hash FROM entry"
    )
    with pytest.raises(LogDamagedError) as caught:
        log.settings_changes(DAY)
    assert "山田" not in repr(caught.value.details)

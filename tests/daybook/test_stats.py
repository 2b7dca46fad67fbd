"""Sums of a period, and the minutes saved with their assumption."""

import datetime as dt

import pytest

from kakanai.daybook.errors import PeriodError
from kakanai.daybook.minutes_saved import load_minutes
from kakanai.sessionlog.words import EntryKind as K
from kakanai.settings import Paths, load_town
from tests.daybook.sample_day import DAY, LOOKUP, VISITS, SampleDay, steps_of


def test_every_sum_is_of_the_same_cases(book, sample, log):
    sample.ordinary(8)
    sample.odd()
    SampleDay(log, DAY + dt.timedelta(days=3)).ordinary(4)
    told = book.stats(DAY, DAY + dt.timedelta(days=3))
    assert told.total.cases == 19
    for rows in (told.by_hour, told.by_staff, told.by_day):
        assert sum(row.cases for row in rows) == 19
        assert sum(row.worked_s for row in rows) == told.total.worked_s
    forms = {row.key: row.cases for row in told.by_form}
    # F01 and F05 in half of the twelve ordinary cases, and in two odd ones each
    assert forms == {"F01": 8, "F05": 8, "F07": 3, "F09": 3}
    assert [row.cases for row in told.by_form] == [8, 8, 3, 3]
    assert told.by_form[0].label == "F01 住民票の写し等交付請求書"
    assert told.by_procedure[-1].label == "転入"


def test_minutes_for_a_case(book, sample):
    sample.case(steps_of(*VISITS[0]), seconds=60)  # eight acts, seven minutes
    sample.case(LOOKUP, seconds=30)  # one minute
    told = book.stats(DAY, DAY)
    assert told.total.minutes_per_case == pytest.approx(4.0)
    assert told.by_procedure[0].minutes_per_case == pytest.approx(7.0)


def test_minutes_saved_are_hand_less_measured(book, sample):
    sample.case(steps_of(*VISITS[2]), seconds=60)  # F07 and F09: ten minutes each by hand; measured seven
    sample.case(LOOKUP, seconds=60)  # two minutes that saved nothing
    saved = book.stats(DAY, DAY).saved
    assert (saved.by_hand, saved.measured, saved.saved) == (20, 9, 11)
    assert "仮定" in saved.assumption
    assert "4〜10分" in saved.assumption
    assert "取りやめを含む" in saved.assumption


def test_what_was_not_printed_saves_nothing(book, sample):
    sample.case([*steps_of(*VISITS[0])[:-3], (K.CASE_CANCELLED, {})], seconds=60)
    saved = book.stats(DAY, DAY).saved
    assert (saved.by_hand, saved.measured) == (0, 5)
    assert saved.saved == -5


def test_the_town_has_measured_itself(tmp_path):
    text = '[log]\nminutes_by_hand = ["F07=15", "F99=3"]\nminutes_by_hand_default = 8\n'
    (tmp_path / "town.toml").write_text(text, encoding="utf-8")
    minutes = load_minutes(load_town(Paths(tmp_path)))
    assert [minutes.of(form) for form in ("F07", "F99", "F09", "F01", "G01")] == [15, 3, 10, 8, 0]


@pytest.mark.parametrize(("days", "reason"), [(-1, "order"), (3700, "long")])
def test_a_period_that_is_none(book, days, reason):
    with pytest.raises(PeriodError) as caught:
        book.stats(DAY, DAY + dt.timedelta(days=days))
    assert caught.value.details["reason"] == reason


def test_sums_of_nothing(book, log):
    told = book.stats(DAY, DAY)
    assert told.total.cases == 0
    assert told.total.minutes_per_case is None
    assert told.saved.saved == 0
    entry = log.link(log.head().seq).to_entry()
    assert (entry.kind, entry.names, entry.on) == (K.LOG_VIEWED, ("view.stats",), DAY)

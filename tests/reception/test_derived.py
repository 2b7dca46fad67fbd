"""Answers that follow by rule: of the household, of one person, of the day; unknown rather than guessed."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.identity.birth_date import BirthDate
from kakanai.reception.closed_days import ClosedDays
from kakanai.reception.derived import DERIVATIONS, ROW_DERIVATIONS, Known
from tests.office import make_counter

TODAY = dt.date(2026, 11, 21)
DAYS = st.dates(dt.date(2019, 5, 1), dt.date(2030, 1, 1))
PARENT, PUPIL, BABY, ELDER = (BirthDate(year, 5, 5) for year in (1985, 2016, 2026, 1945))


def household(*births, people=None, asks_people=True, **values):
    given_values = values | ({"guide.people": people} if people is not None else {})
    rows = [{"member.birth_date": born} if born else {} for born in births]
    return Known(given_values, {"member": rows}, TODAY, asks_people=asks_people)


def test_one_who_fits_is_enough_and_nobody_else_need_be_known():
    assert DERIVATIONS["household-school-child"](household(PARENT, PUPIL, None)) == "yes"
    assert DERIVATIONS["household-75"](household(None, ELDER)) == "yes"


def test_no_takes_everybody():
    rule = DERIVATIONS["household-75"]
    assert rule(household(PARENT, PUPIL)) == "no"
    assert rule(household(PARENT, None)) == "unknown"
    assert rule(household(PARENT, BirthDate(1946, None, None))) == "unknown"
    assert rule(household(PARENT, people=4)) == "unknown"
    assert rule(household(PARENT, PUPIL, people=4)) == "unknown"
    assert rule(household(PARENT, PUPIL, people=2)) == "no"
    assert rule(household(PARENT, people=1)) == "no"


def test_the_visitor_alone_says_nothing_of_a_household_until_somebody_says_how_many_come():
    assert DERIVATIONS["household-preschool"](household(PARENT)) == "unknown"
    assert DERIVATIONS["household-preschool"](household(PARENT, asks_people=False)) == "no"
    assert DERIVATIONS["household-size-known"](household(PARENT)) == "no"


def test_ages_count_on_the_day_of_the_event():
    born = BirthDate(2020, 4, 2)  # 小学校 from 1 April 2027
    known = Known({}, {"member": [{"member.birth_date": born}]}, dt.date(2027, 4, 10), dt.date(2027, 3, 31))
    assert known.day == dt.date(2027, 3, 31)
    assert DERIVATIONS["household-preschool"](known) == "yes"


def test_cards_of_the_household():
    rule = DERIVATIONS["household-cards"]
    told = [{"member.card": "no"}, {"member.card": "yes"}]
    assert rule(Known({}, {"member": told}, TODAY)) == "yes"
    assert rule(Known({"visitor.card": "no"}, {"member": told[:1]}, TODAY)) == "no"
    assert rule(Known({}, {"member": told[:1]}, TODAY)) == "unknown"


def test_the_dead_count_on_the_day_of_death():
    rule = DERIVATIONS["deceased-75"]
    born = BirthDate(1951, 11, 15)
    for died, said in ((dt.date(2026, 11, 14), "no"), (dt.date(2026, 11, 15), "yes")):
        assert rule(Known({"deceased.birth_date": born, "deceased.death_date": died}, {}, TODAY)) == said
    assert rule(Known({"deceased.birth_date": born}, {}, TODAY)) == "unknown"
    assert rule(Known({"deceased.death_date": TODAY}, {}, TODAY)) == "unknown"


def test_the_visitor_under_15():
    for year, said in ((2011, "no"), (2012, "yes")):
        known = Known({"visitor.birth_date": BirthDate(year, 11, 22)}, {}, TODAY)
        assert DERIVATIONS["visitor-under-15"](known) == said


@given(starts=DAYS, today=DAYS)
def test_days_are_counted_as_on_a_calendar(starts, today):
    known = Known({}, {}, today, starts)
    for rule, days in (("notice-late", 14), ("birth-notice-late", 13)):
        last = ClosedDays().first_open(starts + dt.timedelta(days=days))
        assert (DERIVATIONS[rule](known) == "yes") is (today > last)
    assert (DERIVATIONS["notice-date-future"](known) == "yes") is (starts > today)
    last = starts + dt.timedelta(days=15)
    assert (DERIVATIONS["month-end"](known) == "yes") is (last.month != starts.month)
    assert (DERIVATIONS["fiscal-year-border"](known) == "yes") is (starts.month in (3, 4))
    assert (DERIVATIONS["month-first"](known) == "yes") is (starts.day == 1)


@pytest.mark.parametrize(
    ("rule", "starts", "last"),
    [
        ("notice-late", (2026, 11, 5), (2026, 11, 19)),
        ("notice-late", (2026, 11, 7), (2026, 11, 24)),  # a Saturday; Monday is a holiday of the list
        ("notice-late", (2026, 12, 16), (2027, 1, 4)),  # the turn of the year
        ("birth-notice-late", (2026, 11, 5), (2026, 11, 18)),  # the day of birth is the first
    ],
)
def test_a_notice_is_in_time_until_the_town_hall_opens_again(rule, starts, last):
    closed = ClosedDays([dt.date(2026, 11, 23)])
    for today, said in ((dt.date(*last), "no"), (dt.date(*last) + dt.timedelta(days=1), "yes")):
        assert DERIVATIONS[rule](Known({}, {}, today, dt.date(*starts), closed=closed)) == said


@pytest.mark.parametrize(
    ("today", "starts", "said"),
    [
        ((2026, 5, 31), (2025, 1, 1), "yes"),  # until May the year before counts
        ((2026, 5, 31), (2025, 1, 2), "no"),
        ((2026, 6, 1), (2026, 1, 1), "yes"),
        ((2026, 6, 1), (2026, 1, 2), "no"),
    ],
)
def test_the_first_of_january_that_the_tax_goes_by(today, starts, said):
    known = Known({}, {}, dt.date(*today), dt.date(*starts))
    assert DERIVATIONS["january-first"](known) == said


def test_nothing_is_said_without_the_day():
    for rule in ("notice-late", "notice-date-future", "month-end", "month-first", "january-first"):
        assert DERIVATIONS[rule](Known({}, {}, TODAY)) == "unknown"


def test_rows_are_judged_one_by_one():
    rule = ROW_DERIVATIONS["row-school-child"]
    assert rule({"child.birth_date": PUPIL}, "child", TODAY) == "yes"
    assert rule({"child.birth_date": BABY}, "child", TODAY) == "no"
    assert rule({}, "child", TODAY) == "unknown"


def test_what_is_known_shows_no_values():
    assert repr(household(PARENT, people=3)) == "Known(1 values)"


def test_the_towns_own_closed_days_are_known_at_the_counter(tmp_path):
    counter = make_counter(tmp_path)
    town = counter.office.town
    holiday = dataclasses.replace(town, closed_days=frozenset({dt.date(2026, 11, 20)}))
    try:
        said = []
        for known in (town, holiday):
            counter.office = dataclasses.replace(counter.office, town=known)
            case = counter.open_case()
            counter.choose_event(case, "move_in")
            counter.answer(case, {"move.date": "2026-11-06"})  # the last day is Friday, 20 November
            said.append(counter.facts(case).values["guide.late"])
    finally:
        counter.office.log.close()
    assert said == ["yes", "no"]

"""Ages and school years at their borders, against formulas that say it another way."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.identity.birth_date import BirthDate
from kakanai.reception.age_rules import AGE_RULES

BIRTHS = st.dates(dt.date(1920, 1, 1), dt.date(2026, 11, 21))
DAYS = st.dates(dt.date(2019, 5, 1), dt.date(2045, 12, 31))
LATER = dt.timedelta(days=1)


def told(rule, birth, day):
    return AGE_RULES[rule](BirthDate.from_date(birth), day)


@pytest.mark.parametrize(
    ("rule", "birth", "first"),
    [
        ("75", (1951, 11, 21), (2026, 11, 21)),  # the birthday itself
        ("65", (1961, 11, 21), (2026, 11, 20)),  # its eve
        ("65-to-74", (1961, 11, 21), (2026, 11, 20)),
        ("20-to-59", (2006, 11, 21), (2026, 11, 20)),
        ("school-child", (2020, 4, 1), (2026, 4, 1)),  # one year above who is born a day later
        ("school-child", (2020, 4, 2), (2027, 4, 1)),
        ("elementary", (2019, 4, 2), (2026, 4, 1)),
        ("junior-high", (2014, 4, 1), (2026, 4, 1)),
        ("student-age", (2008, 4, 1), (2026, 4, 1)),
        ("student-age", (2008, 4, 2), (2027, 4, 1)),
        ("75", (1952, 2, 29), (2027, 3, 1)),
        ("65", (1960, 2, 29), (2025, 2, 28)),
    ],
)
def test_a_rule_begins_on_its_day(rule, birth, first):
    first = dt.date(*first)
    assert told(rule, dt.date(*birth), first) is True
    assert told(rule, dt.date(*birth), first - LATER) is False


@pytest.mark.parametrize(
    ("rule", "birth", "last"),
    [
        ("65-to-74", (1951, 11, 21), (2026, 11, 20)),
        ("20-to-59", (1966, 11, 21), (2026, 11, 19)),
        ("under-15", (2011, 11, 21), (2026, 11, 19)),
        ("allowance-child", (2008, 4, 1), (2026, 3, 31)),
        ("allowance-child", (2008, 4, 2), (2027, 3, 31)),
        ("student-age", (2004, 4, 1), (2026, 3, 31)),
        ("student-age", (2004, 4, 2), (2027, 3, 31)),
        ("preschool", (2020, 4, 1), (2026, 3, 31)),
        ("preschool", (2020, 4, 2), (2027, 3, 31)),
        ("elementary", (2014, 4, 1), (2026, 3, 31)),
        ("junior-high", (2011, 4, 1), (2026, 3, 31)),
        ("school-child", (2011, 4, 2), (2027, 3, 31)),
    ],
)
def test_a_rule_ends_on_its_day(rule, birth, last):
    last = dt.date(*last)
    assert told(rule, dt.date(*birth), last) is True
    assert told(rule, dt.date(*birth), last + LATER) is False


@given(birth=BIRTHS, day=DAYS)
def test_ages_are_those_of_plain_counting(birth, day):
    if day < birth:
        assert all(told(rule, birth, day) is None for rule in AGE_RULES)
        return
    birthdays = sum(1 for year in range(birth.year + 1, day.year + 1) if _birthday(birth, year) <= day)
    eves = sum(1 for year in range(birth.year + 1, day.year + 2) if _birthday(birth, year) - LATER <= day)
    assert told("75", birth, day) is (birthdays >= 75)
    assert told("65", birth, day) is (eves >= 65)
    assert told("65-to-74", birth, day) is (eves >= 65 and birthdays < 75)
    assert told("20-to-59", birth, day) is (20 <= eves < 60)
    assert told("under-15", birth, day) is (eves < 15)


@given(birth=BIRTHS, day=DAYS)
def test_school_years_are_those_of_classmates(birth, day):
    if day < birth:
        return
    # Classmates are born from 2 April to 1 April; the class of 2020 begins 小学校 on 1 April 2027.
    class_of = birth.year if (birth.month, birth.day) >= (4, 2) else birth.year - 1
    ends = {age: dt.date(class_of + age + 1, 3, 31) for age in (6, 12, 15, 18, 22)}
    assert told("preschool", birth, day) is (day <= ends[6])
    assert told("elementary", birth, day) is (ends[6] < day <= ends[12])
    assert told("junior-high", birth, day) is (ends[12] < day <= ends[15])
    assert told("school-child", birth, day) is (ends[6] < day <= ends[15])
    assert told("allowance-child", birth, day) is (day <= ends[18])
    assert told("student-age", birth, day) is (ends[18] < day <= ends[22])


@given(year=st.integers(1900, 2026), month=st.none() | st.integers(1, 12), day=DAYS)
def test_nobody_is_judged_by_a_birth_date_that_is_partly_unknown(year, month, day):
    for rule in AGE_RULES.values():
        assert rule(BirthDate(year, month, None), day) is None


def _birthday(birth, year):
    try:
        return birth.replace(year=year)
    except ValueError:
        return dt.date(year, 3, 1)

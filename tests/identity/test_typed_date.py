"""Dates in few keys: what is understood, what stays open, and never another day than the one told."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.typed_date import read_typed_date, spelled_out, weekday_of
from kakanai.identity.wareki import parse_counter_date

TODAY = dt.date(2026, 11, 21)


def read(text: str, *, is_birth: bool = False, today: dt.date = TODAY) -> str:
    date = read_typed_date(text, today, is_birth=is_birth).date
    return date.iso if date else ""


def letters(text: str, *, is_birth: bool = False) -> list[tuple[str, str]]:
    return [(c.letter, c.date.iso) for c in read_typed_date(text, TODAY, is_birth=is_birth).choices]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("R8.11.15", "2026-11-15"),
        ("令和8年11月15日", "2026-11-15"),
        ("2026/11/15", "2026-11-15"),
        ("20261115", "2026-11-15"),
        ("081115", "2026-11-15"),
        ("0811 15", "2026-11-15"),
        ("08 11 15", "2026-11-15"),
        ("０８１１１５", "2026-11-15"),
        ("261115", "2026-11-15"),
        ("15", "2026-11-15"),
        ("1", "2026-11-01"),
        ("15日", "2026-11-15"),
        ("11/15", "2026-11-15"),
        ("11月15日", "2026-11-15"),
        ("1115", "2026-11-15"),
        ("１１／１５", "2026-11-15"),
        (".", "2026-11-21"),
        ("。", "2026-11-21"),
        ("今日", "2026-11-21"),
        ("昨日", "2026-11-20"),
        ("明日", "2026-11-22"),
        ("1/5", "2027-01-05"),  # nearer than last January
        ("6/5", "2026-06-05"),
        ("2/29", ""),  # no leap year near
        ("31", ""),  # November has 30 days
        ("0", ""),
        ("1332", ""),
        ("R8.11.31", ""),
        ("S65.1.1", ""),
        ("", ""),
    ],
)
def test_a_day_near_today_is_understood(typed: str, meant: str) -> None:
    assert read(typed) == meant


def test_days_near_a_new_year_are_of_the_nearer_year() -> None:
    assert read("12/28", today=dt.date(2027, 1, 4)) == "2026-12-28"
    assert read("1/4", today=dt.date(2026, 12, 28)) == "2027-01-04"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("S55.2.17", "1980-02-17"),
        ("S550217", "1980-02-17"),
        ("550217s", "1980-02-17"),
        ("550217S", "1980-02-17"),
        ("550217w", "1955-02-17"),
        ("1980/2/17", "1980-02-17"),
        ("S25", "1950-00-00"),
        ("1950", "1950-00-00"),
        ("970101", "1997-01-01"),  # no era but the Gregorian calendar had a year 97
        ("550230", ""),
        ("15", ""),  # no birth of this month by two digits
        ("11/15", ""),
        ("550217r", ""),  # 令和55年 is to come
    ],
)
def test_a_birth_date_is_understood_only_where_it_has_one_meaning(typed: str, meant: str) -> None:
    assert read(typed, is_birth=True) == meant


def test_six_digits_of_a_birth_date_leave_a_choice() -> None:
    assert letters("550217", is_birth=True) == [("S", "1980-02-17"), ("W", "1955-02-17")]
    assert letters("080215", is_birth=True) == [
        ("R", "2026-02-15"),
        ("H", "1996-02-15"),
        ("S", "1933-02-15"),
        ("T", "1919-02-15"),
        ("W", "2008-02-15"),
    ]


def test_six_digits_of_another_day_leave_a_choice_where_none_is_near() -> None:
    assert letters("150815") == [
        ("H", "2003-08-15"),
        ("S", "1940-08-15"),
        ("T", "1926-08-15"),
        ("W", "2015-08-15"),
    ]
    assert letters("081115") == []


def test_eight_digits_are_never_cut_short_by_a_choice() -> None:
    """Six of the eight digits may have meanings; a digit more never chooses one of them."""
    assert read("2001121", is_birth=True) == ""
    assert read("20011215", is_birth=True) == "2001-12-15"


@given(st.dates(dt.date(1912, 7, 30), dt.date(2027, 11, 1)))
def test_what_is_spelled_out_is_read_again_as_the_same_day(day: dt.date) -> None:
    date = BirthDate.from_date(day)
    assert parse_counter_date(spelled_out(date)).iso == date.iso


@given(st.text(alphabet="0123456789./- 月日年RSHTMW元今明", max_size=10), st.booleans())
@example("3000", True)
@example("2117.12.31", True)
@example("2118.1.1", True)
def test_nothing_typed_is_ever_an_accident(text: str, is_birth: bool) -> None:
    typed = read_typed_date(text, TODAY, is_birth=is_birth)
    assert typed.date is None or typed.choices == ()
    if typed.date is not None and is_birth and typed.text:
        assert parse_counter_date(typed.text, allow_unknown=True).iso == typed.date.iso


@given(st.dates(dt.date(1930, 1, 1), TODAY))
def test_six_digits_by_era_always_offer_the_day_meant(day: dt.date) -> None:
    date = BirthDate.from_date(day)
    era, rest = spelled_out(date)[0], spelled_out(date)[1:].split(".")
    digits = "".join(part.zfill(2) for part in rest)
    offered = read_typed_date(digits, TODAY, is_birth=True)
    found = [offered.date] if offered.date else [c.date for c in offered.choices if c.letter == era]
    assert [d.iso for d in found if d] == [date.iso]


def test_weekdays() -> None:
    assert weekday_of(BirthDate(2026, 11, 15)) == "日"
    assert weekday_of(BirthDate(1950, None, None)) == ""

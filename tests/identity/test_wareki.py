import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.errors import BirthDateError, DateTextError
from kakanai.identity.wareki import Era, Wareki, parse_counter_date, to_wareki, wareki_text

IN_ERAS = st.dates(min_value=Era.MEIJI.first_day, max_value=dt.date(2098, 12, 31))


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (dt.date(1868, 1, 24), "1868年1月24日"),
        (dt.date(1868, 1, 25), "明治元年1月25日"),
        (dt.date(1912, 7, 29), "明治45年7月29日"),
        (dt.date(1912, 7, 30), "大正元年7月30日"),
        (dt.date(1926, 12, 24), "大正15年12月24日"),
        (dt.date(1926, 12, 25), "昭和元年12月25日"),
        (dt.date(1980, 2, 17), "昭和55年2月17日"),
        (dt.date(1989, 1, 7), "昭和64年1月7日"),
        (dt.date(1989, 1, 8), "平成元年1月8日"),
        (dt.date(2019, 4, 30), "平成31年4月30日"),
        (dt.date(2019, 5, 1), "令和元年5月1日"),
        (dt.datetime(2026, 4, 1, 23, 59, tzinfo=dt.UTC), "令和8年4月1日"),
    ],
)
def test_era_borders(day, text):
    assert wareki_text(day) == text


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("1950-00-00", "昭和25年（月日不詳）"),
        ("1950-04-00", "昭和25年4月（日不詳）"),
        ("1989-00-00", "1989年（月日不詳）"),
        ("1989-01-00", "1989年1月（日不詳）"),
        ("1989-02-00", "平成元年2月（日不詳）"),
        ("2019-00-00", "2019年（月日不詳）"),
        ("2019-04-00", "平成31年4月（日不詳）"),
        ("1926-12-00", "1926年12月（日不詳）"),
        ("1912-07-00", "1912年7月（日不詳）"),
        ("1868-00-00", "1868年（月日不詳）"),
    ],
)
def test_unknown_parts_name_an_era_only_when_it_is_sure(iso, text):
    date = BirthDate.from_iso(iso)
    assert wareki_text(date) == text
    assert (to_wareki(date) is None) == text.startswith(iso[:4])


def test_eras_have_letters_short_names_and_borders():
    assert [era.letter for era in Era] == list("MTSHR")
    assert "".join(era.kanji_short for era in Era) == "明大昭平令"
    assert Era.HEISEI.last_day == dt.date(2019, 4, 30)
    assert Era.REIWA.last_day is None


@given(IN_ERAS)
def test_every_spelling_of_a_day_is_read_as_that_day(day):
    wareki = to_wareki(day)
    assert wareki is not None
    era, year, month, date = wareki.era, wareki.year, wareki.month, wareki.day
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    for spelling in (
        wareki.text(),
        wareki.text().translate(wide),
        f"{era.letter}{year}.{month}.{date}",
        f"{era.letter.lower()}{year}-{month}-{date}",
        f"{era.kanji_short}{wareki.year_text}.{month}.{date}",
        f"{era.letter}{year:02d}{month:02d}{date:02d}",
        f"{day.year}/{month}/{date}",
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}年{month}月{date}日",
    ):
        assert parse_counter_date(spelling) == BirthDate.from_date(day), spelling


@given(
    st.text(alphabet="0123456789０１MTSHRs明治大正昭和平成令元年月日不詳（）()./-－ 　x", max_size=14),
    st.booleans(),
)
def test_garbage_raises_only_our_errors(text, allow_unknown):
    try:
        date = parse_counter_date(text, allow_unknown=allow_unknown)
    except (DateTextError, BirthDateError):
        return
    assert allow_unknown or date.as_date() is not None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("550217", "era_missing"),
        ("55.2.17", "era_missing"),
        ("元.5.1", "era_missing"),
        ("昭和65年1月1日", "era_year"),
        ("昭和64年1月8日", "era_year"),
        ("昭和元年12月24日", "era_year"),
        ("H31.5.1", "era_year"),
        ("R0.5.1", "era_year"),
        ("S1980.2.17", "era_year"),
        ("昭和25年", "incomplete"),
        ("S25.00.00", "incomplete"),
        ("昭和55年2月17日（月日不詳）", "form"),
        ("1980-02-17-01", "form"),
        ("", "form"),
        ("S٥٥.2.17", "form"),
    ],
)
def test_what_is_not_readable_one_way_is_refused(text, reason):
    with pytest.raises(DateTextError) as caught:
        parse_counter_date(text)
    assert caught.value.details == {"reason": reason}


@pytest.mark.parametrize("text", ["S55.2.30", "1980/13/1", "20010229"])
def test_impossible_days_are_refused(text):
    with pytest.raises(BirthDateError):
        parse_counter_date(text)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("昭和25年（月日不詳）", "1950-00-00"),
        ("昭和25年月日不詳", "1950-00-00"),
        ("S25", "1950-00-00"),
        ("S250000", "1950-00-00"),
        ("1950-00-00", "1950-00-00"),
        ("19500400", "1950-04-00"),
        ("昭和25年4月（日不詳）", "1950-04-00"),
        ("S25.4", "1950-04-00"),
        ("S64", "1989-00-00"),
    ],
)
def test_unknown_parts_are_read_when_allowed(text, iso):
    assert parse_counter_date(text, allow_unknown=True).iso == iso
    with pytest.raises(DateTextError):
        parse_counter_date(text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("昭和64年", "昭和64年（月日不詳）"),
        ("H1", "平成元年（月日不詳）"),
        ("平成元年1月", "平成元年1月（日不詳）"),
        ("M45", "明治45年（月日不詳）"),
        ("平成31年", "平成31年（月日不詳）"),
        ("1989-00-00", "1989年（月日不詳）"),
        ("昭和25年", "昭和25年（月日不詳）"),
    ],
)
def test_the_era_that_was_typed_stays_where_month_and_day_do_not_tell(typed, text):
    date = parse_counter_date(typed, allow_unknown=True)
    assert wareki_text(date) == text
    assert parse_counter_date(text, allow_unknown=True) == date
    assert repr(date) == "BirthDate(****)"


def test_an_era_is_not_kept_where_the_day_tells_it():
    assert parse_counter_date("S55.2.17") == BirthDate(1980, 2, 17)
    assert parse_counter_date("S25", allow_unknown=True) == BirthDate(1950, None, None)
    assert to_wareki(BirthDate(1989, None, None, era="R")) is None


def test_the_last_day_of_meiji_is_the_first_of_taisho():
    assert wareki_text(parse_counter_date("M45.7.30")) == "大正元年7月30日"


def test_a_wareki_does_not_show_itself():
    assert repr(Wareki(Era.SHOWA, 55, 2, 17)) == "Wareki(****)"

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.errors import KakanaiError
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.errors import BirthDateError

DAYS = st.dates(min_value=dt.date(1868, 1, 1), max_value=dt.date(2199, 12, 31))


@st.composite
def birth_dates(draw):
    day = draw(DAYS)
    month = draw(st.sampled_from([None, day.month]))
    return BirthDate(day.year, month, draw(st.sampled_from([None, day.day])) if month else None)


@given(birth_dates())
def test_iso_and_card_text_come_back_as_the_same_date(date):
    assert BirthDate.from_iso(date.iso) == date
    assert BirthDate.from_card(date.iso.replace("-", "")) == date


@given(st.text(max_size=12))
def test_garbage_raises_only_our_error(text):
    for parse in (BirthDate.from_iso, BirthDate.from_card):
        try:
            date = parse(text)
        except BirthDateError:
            continue
        assert date.iso.replace("-", "") == text.replace("-", "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("19800230", "day"),
        ("19801301", "month"),
        ("19000229", "day"),
        ("00000000", "year"),
        ("18671231", "year"),
        ("19500017", "month"),
        ("1980021", "text"),
        ("１９８００２１７", "text"),
        (" 19800217", "text"),
        ("19800217\n", "text"),
    ],
)
def test_impossible_card_dates_are_refused(text, reason):
    with pytest.raises(BirthDateError) as caught:
        BirthDate.from_card(text)
    assert caught.value.details == {"reason": reason}


def test_leap_day_is_accepted():
    assert BirthDate.from_card("20000229").as_date() == dt.date(2000, 2, 29)


@pytest.mark.parametrize(("text", "iso"), [("19500000", "1950-00-00"), ("19500400", "1950-04-00")])
def test_unknown_parts_stay_unknown(text, iso):
    date = BirthDate.from_card(text)
    assert date.iso == iso
    assert date.as_date() is None
    assert date.age_on(dt.date(2026, 4, 1)) is None
    assert date.legal_age_on(dt.date(2026, 4, 1)) is None


@given(birth_dates())
def test_the_span_of_an_unknown_date_starts_and_ends_on_real_days(date):
    assert date.earliest() <= date.latest()
    if date.month is None:
        assert (date.latest() - date.earliest()).days == 364 + calendar.isleap(date.year)


def test_age_turns_on_the_birthday_and_by_law_on_its_eve():
    born = BirthDate(2020, 4, 1)
    eve, birthday = dt.date(2026, 3, 31), dt.date(2026, 4, 1)
    assert (born.age_on(eve), born.age_on(birthday)) == (5, 6)
    assert (born.legal_age_on(dt.date(2026, 3, 30)), born.legal_age_on(eve)) == (5, 6)


def test_a_leap_day_birthday_turns_on_1_march_and_by_law_on_28_february():
    born = BirthDate(2000, 2, 29)
    assert (born.age_on(dt.date(2025, 2, 28)), born.age_on(dt.date(2025, 3, 1))) == (24, 25)
    assert (born.legal_age_on(dt.date(2025, 2, 27)), born.legal_age_on(dt.date(2025, 2, 28))) == (24, 25)
    assert (born.legal_age_on(dt.date(2024, 2, 27)), born.legal_age_on(dt.date(2024, 2, 28))) == (23, 24)


@given(DAYS, DAYS)
def test_legal_age_is_never_behind_and_at_most_one_ahead(born, day):
    date = BirthDate.from_date(born)
    ordinary, legal = date.age_on(day), date.legal_age_on(day)
    if day < born:
        assert ordinary is None
        assert legal is None
    else:
        assert ordinary is not None
        assert legal is not None
        assert legal - ordinary in (0, 1)


def test_a_birth_date_does_not_show_itself():
    date = BirthDate(1980, 2, 17)
    for shown in (repr(date), str(date), f"{date}"):
        assert "1980" not in shown
        assert "17" not in shown


def test_the_error_belongs_to_the_family():
    assert issubclass(BirthDateError, KakanaiError)

import copy
import datetime as dt
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.cardreader.mynumber.collation import CollationNumberB, plausibility
from kakanai.cardreader.mynumber.errors import CollationDoubt, CollationFormatError

TODAY = dt.date(2026, 11, 21)
DAYS = st.dates(dt.date(1900, 1, 1), TODAY)
CODES = st.from_regex(r"[0-9]{4}", fullmatch=True)


def composed(born, *, era_year=True, expiry_year=2035, security_code="2285"):
    number = CollationNumberB.compose(
        born, era_year=era_year, expiry_year=expiry_year, security_code=security_code
    )
    return number.as_ascii().decode()


def test_the_official_test_card():
    assert composed(dt.date(1980, 2, 17)) == "55021720352285"


@pytest.mark.parametrize(
    ("born", "digits"),
    [
        (dt.date(1912, 7, 29), "450729"),
        (dt.date(1912, 7, 30), "010730"),
        (dt.date(1926, 12, 24), "151224"),
        (dt.date(1926, 12, 25), "011225"),
        (dt.date(1989, 1, 7), "640107"),
        (dt.date(1989, 1, 8), "010108"),
        (dt.date(2019, 4, 30), "310430"),
        (dt.date(2019, 5, 1), "010501"),
        (dt.date(2024, 2, 29), "060229"),
        (dt.date(1868, 1, 25), "010125"),
    ],
)
def test_the_year_is_that_of_the_birth_s_era(born, digits):
    assert composed(born) == digits + "20352285"


def test_a_western_birth_date():
    assert composed(dt.date(1980, 2, 17), era_year=False) == "80021720352285"
    assert composed(dt.date(2005, 12, 3), era_year=False) == "05120320352285"


@given(DAYS, st.booleans(), st.integers(2025, 2036), CODES)
def test_whatever_a_card_may_show_is_plausible_and_opens_into_its_parts(born, era_year, year, code):
    assert plausibility(born, expiry_year=year, security_code=code, today=TODAY) == ()
    number = CollationNumberB.compose(born, era_year=era_year, expiry_year=year, security_code=code)
    digits = number.as_ascii().decode()
    assert digits[2:] == f"{born:%m%d}{year}{code}"
    assert number.plausibility(TODAY) == ()
    number.refuse_if_implausible(TODAY)


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"born": dt.date(1868, 1, 24)}, "birth-too-early"),
        ({"security_code": "228"}, "security-code"),
        ({"security_code": "２２８５"}, "security-code"),
        ({"security_code": "2285\n"}, "security-code"),
        ({"expiry_year": 35}, "expiry-year"),
        ({"expiry_year": 20350}, "expiry-year"),
    ],
)
def test_parts_that_give_no_number(parts, reason):
    with pytest.raises(CollationFormatError) as caught:
        composed(**{"born": dt.date(1980, 2, 17), **parts})
    assert caught.value.details == {"reason": reason}


@pytest.mark.parametrize(
    "digits", ["", "5502172035228", "550217203522850", "5502172035228X", "５５０２１７２０３５２２８５"]
)
def test_anything_but_fourteen_digits(digits):
    with pytest.raises(CollationFormatError) as caught:
        CollationNumberB(digits)
    assert caught.value.reason is CollationDoubt.FORM


@pytest.mark.parametrize(
    ("digits", "doubts"),
    [
        ("00021720352285", ()),  # western 2000
        ("55022920352285", ()),  # which year it was the digits do not tell
        ("55001720352285", ("birth-day",)),
        ("25000020352285", ()),
        ("55131720352285", ("birth-day",)),
        ("55023020352285", ("birth-day",)),
        ("55040020352285", ()),
        ("55043120352285", ("birth-day",)),
        ("55021720252285", ()),
        ("55021720362285", ()),
        ("55021720242285", ("expiry-year",)),
        ("55021720372285", ("expiry-year",)),
        ("19800217203522", ("birth-day", "expiry-year")),  # birth typed with four digits of year
    ],
)
def test_digits_that_no_card_bears_today(digits, doubts):
    number = CollationNumberB(digits)
    assert number.plausibility(TODAY) == doubts
    if doubts:
        with pytest.raises(CollationFormatError) as caught:
            number.refuse_if_implausible(TODAY)
        assert caught.value.reason == doubts[0]


@pytest.mark.parametrize(
    ("born", "year", "code", "doubts"),
    [
        (dt.date(2026, 11, 22), 2030, "0000", ("birth-in-future",)),
        (dt.date(2026, 11, 21), 2030, "0000", ()),
        (dt.date(1896, 1, 1), 2030, "0000", ()),
        (dt.date(1895, 12, 31), 2030, "0000", ("birth-too-early",)),
        (dt.date(1980, 2, 17), 2024, "", ("expiry-year", "security-code")),
        (dt.date(1980, 2, 17), 2037, "12345", ("expiry-year", "security-code")),
    ],
)
def test_parts_that_no_card_shows_today(born, year, code, doubts):
    assert plausibility(born, expiry_year=year, security_code=code, today=TODAY) == doubts


def test_without_a_day_the_computer_s_is_taken():
    year = dt.datetime.now(dt.UTC).astimezone().year
    CollationNumberB(f"550217{year + 5}2285").refuse_if_implausible()
    with pytest.raises(CollationFormatError):
        CollationNumberB(f"550217{year + 12}2285").refuse_if_implausible()


def test_no_text_shows_the_digits_and_nothing_saves_them():
    number = CollationNumberB("55021720352285")
    shown = f"{number!r}{number!s}{[number]}"
    assert "5502" not in shown
    assert "2285" not in shown
    for save in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            save(number)

import datetime as dt

import pytest

from kakanai.cardreader.driver_licence.era_dates import digits_of, from_full_width, parse
from kakanai.cardreader.errors import CardDataError


def day_of(value):
    return parse(digits_of(value, file="DF1/EF01", tag=0x16), file="DF1/EF01", tag=0x16)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (b"1450101", dt.date(1912, 1, 1)),
        (b"2150101", dt.date(1926, 1, 1)),
        (b"3550217", dt.date(1980, 2, 17)),
        (b"3640107", dt.date(1989, 1, 7)),
        (b"4010108", dt.date(1989, 1, 8)),
        (b"4340310", dt.date(2022, 3, 10)),  # printed before 令和 was known
        (b"5010501", dt.date(2019, 5, 1)),
        (b"5100229", dt.date(2028, 2, 29)),
        (b"0000000", None),
        (b"", None),
        (b"3250000", None),
        (b"3250600", None),
    ],
)
def test_days(value, day):
    assert day_of(value) == day


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (b"6010101", "era-16"),
        (b"0010101", "era-16"),
        (b"5000101", "era-16"),
        (b"5011301", "date-16"),
        (b"5010132", "date-16"),
        (b"5010431", "date-16"),
        (b"5080229", "date-16"),  # 2026 is no leap year
        (b"501010", "date-16"),
        (b"50101011", "date-16"),
        (b"501010a", "date-16"),
        (b"       ", "date-16"),
        (b"501-101", "date-16"),
    ],
)
def test_what_is_no_date(value, reason):
    with pytest.raises(CardDataError) as caught:
        day_of(value)
    assert caught.value.details == {"file": "DF1/EF01", "reason": reason}


def test_full_width_digits():
    assert from_full_width("５０６０４０２") == "5060402"
    assert [
        from_full_width(text)
        for text in ("", "５０６０４０", "5060402", "５０６０４０日", "５０６０４０２１")
    ] == [""] * 5

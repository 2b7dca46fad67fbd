import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.cardreader.errors import CardDataError
from kakanai.cardreader.residence_card.objects import has_objects, parse_objects
from kakanai.cardreader.residence_card.values import FileValues

OFFICIAL = [
    ("C1023035", {0xC1: b"05"}),
    ("D08209C4" + "AA" * 2500, {0xD0: b"\xaa" * 2500}),
    ("DFD18209C4" + "BB" * 2500, {0xDFD1: b"\xbb" * 2500}),
    ("DC60" + "CC" * 96 + "DD820256" + "01" * 598 + "00" * 4, {0xDC: b"\xcc" * 96, 0xDD: b"\x01" * 598}),
    ("D18180" + "00" * 128, {0xD1: bytes(128)}),
    ("D50130D60800000000" + "00000000D70130" + "00" * 6, {0xD5: b"0", 0xD6: bytes(8), 0xD7: b"0"}),
    ("D400", {0xD4: b""}),
    ("00" * 342, {}),
    ("", {}),
]


@pytest.mark.parametrize(("data", "expected"), OFFICIAL)
def test_objects_of_the_specification(data, expected):
    assert parse_objects(bytes.fromhex(data), "DF1/EF01") == expected


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("D405AABB", "tlv"),
        ("D480AABB0000", "tlv"),
        ("D484000000010A", "tlv"),
        ("D4", "tlv"),
        ("DFD1", "tlv"),
        ("D40131D40132", "tag-twice"),
        ("D40131FF", "tlv"),
    ],
)
def test_what_does_not_divide_is_refused(data, reason):
    with pytest.raises(CardDataError) as caught:
        parse_objects(bytes.fromhex(data), "DF2/EF01")
    assert caught.value.details == {"file": "DF2/EF01", "reason": reason}


def test_objects_are_counted_only_when_whole():
    data = bytes.fromhex("D001AAD102BB00")
    assert [has_objects(data[:end], 2) for end in range(8)] == [False] * 7 + [True]
    assert has_objects(data[:3], 1)


def test_text_is_kept_code_point_for_code_point():
    text = "群馬県　邑楽郡\u8fbb\U000e0100 １番\u0301"
    values = FileValues("DF2/EF01", {0xD4: text.encode() + bytes(20)})
    assert values.text(0xD4) == text
    assert text not in repr(values)


@pytest.mark.parametrize("value", [b"", bytes(8)])
def test_filler_alone_is_nothing(value):
    values = FileValues("F", {0xD2: value})
    assert values.text(0xD2) is values.date(0xD2) is values.code(0xD2) is values.picture(0xD2) is None
    assert values.text(0xD9) is None


def test_spaces_are_no_date():
    assert FileValues("F", {0xD2: b" " * 8}).date(0xD2) is None


@pytest.mark.parametrize(
    ("method", "value", "reason"),
    [
        ("text", b"\xff\xfe", "utf8-D4"),
        ("text", "\u7fa4".encode()[:2], "utf8-D4"),
        ("date", b"2026040", "date-D4"),
        ("date", b"2026040A", "date-D4"),
        ("date", "２０２６".encode(), "code-D4"),
        ("code", b"\x01", "code-D4"),
        ("needed_date", b"", "no-D4"),
        ("needed_picture", bytes(50), "no-D4"),
    ],
)
def test_values_that_cannot_be(method, value, reason):
    with pytest.raises(CardDataError) as caught:
        getattr(FileValues("F", {0xD4: value}), method)(0xD4)
    assert caught.value.details["reason"] == reason
    assert caught.value.__cause__ is None


@given(st.binary(max_size=200))
def test_any_bytes_give_objects_or_our_error(data):
    try:
        found = parse_objects(data, "F")
    except CardDataError:
        return
    assert all(value in data for value in found.values())

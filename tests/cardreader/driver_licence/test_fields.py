import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.cardreader.driver_licence.fields import Fields
from kakanai.cardreader.errors import CardDataError

LONG = frozenset({0x01})


def values(hexadecimal, tags, **how):
    fields = Fields("F", bytes.fromhex(hexadecimal), **how)
    return [fields.value(tag, 9999).hex() for tag in tags]


def test_tags_that_ber_would_read_as_long_ones_are_short():
    assert values("1F02AABB 5F01CC 7F00 9F01DD", (0x1F, 0x5F, 0x7F, 0x9F)) == ["aabb", "cc", "", "dd"]


def test_lengths_in_their_three_forms():
    long = "AB" * 130
    assert values(f"48820082{long}", (0x48,)) == [long.lower()]
    assert values(f"488182{long}", (0x48,)) == [long.lower()]
    assert values("48820001EE", (0x48,)) == ["ee"]


def test_tags_of_two_bytes_where_the_file_has_them():
    found = values(
        "FA0101 FF0741414141414141 010002AABB 010700", (0xFA, 0xFF, 0x100, 0x107), long_tag_start=LONG
    )
    assert found == ["01", "41" * 7, "aabb", ""]


@pytest.mark.parametrize("filler", ["", "FF", "FF" * 60, "00" * 60])
def test_filler_to_the_end(filler):
    assert values("410112" + filler, (0x41,)) == ["12"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("41", "cut-off"),
        ("4102AA", "cut-off"),
        ("4181", "cut-off"),
        ("418200", "cut-off"),
        ("41820001", "cut-off"),
        ("4180AA", "length-form"),
        ("418300000112", "length-form"),
        ("41FF12", "length-form"),
        ("410112410113", "tag-twice-41"),
        ("410112FFFF12", "length-form"),
        ("410112000112", None),  # a field with tag 00 that nobody asks for
    ],
)
def test_what_does_not_divide_into_fields(content, reason):
    if reason is None:
        assert values(content, (0x41,)) == ["12"]
        return
    with pytest.raises(CardDataError) as caught:
        Fields("DF1/EF02", bytes.fromhex(content))
    assert caught.value.details == {"file": "DF1/EF02", "reason": reason}


def test_a_field_longer_than_allowed_and_digits_that_are_none():
    fields = Fields("F", bytes.fromhex("41033131AA4201B2"))
    for use, reason in (
        (lambda: fields.value(0x41, 2), "too-long-41"),
        (lambda: fields.digits(0x41, 3), "digits-41"),
        (lambda: fields.digits(0x42, 3), "digits-42"),
        (lambda: fields.text(0x41, 3), "odd-41"),
        (lambda: fields.date_digits(0x41), "date-41"),
    ):
        with pytest.raises(CardDataError) as caught:
            use()
        assert caught.value.details["reason"] == reason
    assert repr(fields) == "Fields(F: 41 42)"


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_fields_or_our_error(content, has_long_tags):
    try:
        fields = Fields("F", content, long_tag_start=LONG if has_long_tags else frozenset())
    except CardDataError:
        return
    assert fields.value(0x41, len(content)) in content

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.cardreader.errors import TlvFormatError
from kakanai.cardreader.tlv import Tlv, build, parse_all, parse_first, parse_header, parse_one

TAGS = st.sampled_from([0x30, 0x5A, 0x5F40, 0x7F21, 0xDF22, 0xFF20, 0xDF8101])
OBJECTS = st.lists(st.tuples(TAGS, st.binary(max_size=300)), max_size=6)


@pytest.mark.parametrize(
    ("length", "plain", "like_the_card"),
    [
        (0, "FF2000", "FF2000"),
        (0x7F, "FF207F", "FF207F"),
        (0x80, "FF208180", "FF20820080"),
        (0xFF, "FF2081FF", "FF208200FF"),
        (0x100, "FF20820100", "FF20820100"),
        (0x10000, "FF2083010000", "FF2083010000"),
    ],
)
def test_length_forms(length, plain, like_the_card):
    value = bytes(length)
    assert build(0xFF20, value).hex().upper() == plain + "00" * length
    assert build(0xFF20, value, like_the_card=True).hex().upper() == like_the_card + "00" * length
    for form in (plain, like_the_card):
        assert parse_one(bytes.fromhex(form) + value) == Tlv(0xFF20, value)


@given(OBJECTS, st.booleans(), st.sampled_from([b"", b"\xff\xff", b"\0\0\0", b"\xff\0"]))
def test_what_was_built_is_parsed_back(objects, like_the_card, filler):
    data = b"".join(build(tag, value, like_the_card=like_the_card) for tag, value in objects)
    assert [(one.tag, one.value) for one in parse_all(data)] == objects
    assert [(one.tag, one.value) for one in parse_all(data + filler, filler=True)] == objects


def test_filler_is_refused_unless_asked_for():
    data = build(0x5A, b"x") + b"\xff\xff"
    assert parse_one(data, filler=True).value == b"x"
    for parse in (parse_one, parse_all):
        with pytest.raises(TlvFormatError):
            parse(data)
    with pytest.raises(TlvFormatError):
        parse_one(build(0x5A, b"x") + b"y", filler=True)


@pytest.mark.parametrize(
    "raw", ["", "FF", "FF20", "FF2005", "FF200501", "FF2080", "FF208400000001", "FF20820A", "1F818101"]
)
def test_broken_objects_are_refused(raw):
    with pytest.raises(TlvFormatError):
        parse_first(bytes.fromhex(raw))


def test_the_header_alone_tells_how_long_the_object_is():
    assert parse_header(bytes.fromhex("FF20820142DF21")) == (0xFF20, 0x142, 5)


@given(st.binary(max_size=60))
def test_garbage_raises_only_our_error(raw):
    for parse in (parse_one, parse_all, parse_first, parse_header):
        for options in ({}, {"filler": True}) if parse in (parse_one, parse_all) else ({},):
            with contextlib.suppress(TlvFormatError):
                parse(raw, **options)


def test_repr_never_shows_the_value():
    assert repr(Tlv(0xDF22, b"1234")) == "Tlv(DF22 length=4)"

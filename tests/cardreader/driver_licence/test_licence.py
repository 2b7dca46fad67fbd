import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.cardreader.driver_licence.licence import (
    parse_domicile,
    parse_face,
    parse_gaiji,
    parse_more_gaiji,
    parse_pin_setting,
    parse_signature,
)
from kakanai.cardreader.driver_licence.readings import Gaiji, LicenceCategory
from kakanai.cardreader.errors import CardDataError
from tests.cardreader.driver_licence.licence_bytes import ADDRESS, DOMICILE, NAME, face_file, field


def test_a_face_written_by_hand():
    face = parse_face(face_file())
    assert face.name == "日本　花子"
    assert face.kana == "ニカ"
    assert (face.common_name, face.unified_name) == ("", "")
    assert face.birth_date == dt.date(1980, 2, 17)
    assert face.birth_date_digits == "3550217"
    assert face.address == "東京都１\u2212１"
    assert (face.issued_on, face.expires_on) == (dt.date(2018, 4, 1), dt.date(2023, 3, 17))
    assert face.colour == "優良"
    assert face.conditions == ("眼鏡", "等")
    assert face.committee == "東京都"
    assert face.licence_number == "301234567890"
    assert face.acquired == {"他": dt.date(1990, 6, 20)}
    assert face.categories == (
        LicenceCategory("普通", dt.date(1990, 6, 20)),
        LicenceCategory("準中型", dt.date(2007, 6, 2)),
    )
    assert face.jis_year == 2
    assert repr(face) == "LicenceFace(****)"
    assert repr(face.categories[0]) == "LicenceCategory(****)"


def test_only_the_name_is_indispensable():
    face = parse_face(field(0x12, NAME))
    assert (face.name, face.address, face.birth_date, face.birth_date_digits) == ("日本　花子", "", None, "")
    assert (face.licence_number, face.categories, face.jis_year) == ("", (), -1)


def test_a_birth_date_known_in_part_keeps_its_digits():
    face = parse_face(face_file(t16=b"3250000"))
    assert (face.birth_date, face.birth_date_digits) == (None, "3250000")


def test_a_name_keeps_its_gaiji():
    assert parse_face(face_file(t12=b"\xff\xf1" + NAME[2:])).name == "\U0010fff1本　花子"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"t12": b""}, "empty-name"),
        ({"t12": None}, "empty-name"),
        ({"t12": NAME * 8}, "too-long-12"),
        ({"t12": NAME[:-1]}, "odd-12"),
        ({"t12": b"\x2d\x21"}, "jis-12"),
        ({"t16": b"3550230"}, "date-16"),
        ({"t16": b"9550217"}, "era-16"),
        ({"t17": ADDRESS * 7}, "too-long-17"),
        ({"t17": "東京都".encode("shift_jis")}, "jis-17"),
        ({"t1b": b"435031"}, "date-1B"),
        ({"t1c": b"\x34"}, "odd-1C"),
        ({"t21": b"30123456789"}, "digits-21"),
        ({"t21": b"30123456789X"}, "digits-21"),
        ({"t26": b"40206201"}, "too-long-26"),
        ({"t11": b"\x01\x02"}, "too-long-11"),
    ],
)
def test_a_face_that_is_none(changed, reason):
    with pytest.raises(CardDataError) as caught:
        parse_face(face_file(**changed))
    assert caught.value.details == {"file": "DF1/EF01", "reason": reason}
    assert caught.value.__cause__ is None


def test_a_face_with_a_tag_twice_or_cut_off():
    for content, reason in (
        (field(0x12, NAME) + field(0x12, NAME), "tag-twice-12"),
        (field(0x12, NAME)[:-1], "cut-off"),
        (field(0x12, NAME) + b"\x17", "cut-off"),
    ):
        with pytest.raises(CardDataError) as caught:
            parse_face(content)
        assert caught.value.details["reason"] == reason


def test_pin_setting():
    assert parse_pin_setting(bytes.fromhex("050101"))
    assert not parse_pin_setting(bytes.fromhex("050100"))
    assert parse_pin_setting(bytes.fromhex("C10101"), 0xC1, "WEF01")
    for content in ("050102", "0500", "", "C10100", "05020100", "0501", "FFFFFF"):
        with pytest.raises(CardDataError):
            parse_pin_setting(bytes.fromhex(content))


def test_domicile():
    assert parse_domicile(DOMICILE) == "東京都"
    assert parse_domicile(field(0x41, b"").ljust(82, b"\xff")) == ""


def test_gaiji_are_kept_byte_for_byte():
    bitmap = bytes(range(128))
    first = parse_gaiji(field(0x48, bitmap) + field(0x49, b"") + b"\xff" * 100)
    assert first == (Gaiji(1, bitmap),)
    assert repr(first[0]) == "Gaiji(1 length=128)"
    more = parse_more_gaiji(b"\xa0\x01\x01" + b"".join(field(tag, bitmap) for tag in range(0xA1, 0xA6)))
    assert [one.number for one in more] == [3, 4, 5, 6, 7]


def test_signature():
    sizes = {0xB1: 256, 0xB2: 16, 0xB3: 48, 0xB4: 80, 0xB5: 130, 0xB6: 32}
    content = b"".join(field(tag, bytes((tag,)) * size) for tag, size in sizes.items())
    assert len(content) == 578
    signature = parse_signature(content)
    assert (signature.signature, signature.key_id) == (b"\xb1" * 256, b"\xb6" * 32)
    assert repr(signature) == "LicenceSignature(****)"
    with pytest.raises(CardDataError):
        parse_signature(b"\xff" * 578)


@given(st.binary(max_size=900))
def test_any_bytes_are_a_file_or_our_error(content):
    for parse in (
        parse_face,
        parse_domicile,
        parse_gaiji,
        parse_more_gaiji,
        parse_signature,
        parse_pin_setting,
    ):
        with contextlib.suppress(CardDataError):
            parse(content)


@given(st.integers(0, 879), st.integers(0, 255))
def test_a_face_with_one_byte_changed_is_a_face_or_our_error(at, byte):
    content = bytearray(face_file())
    content[at] = byte
    with contextlib.suppress(CardDataError):
        assert parse_face(bytes(content)).name

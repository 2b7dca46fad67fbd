import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.cardreader.driver_licence.mynumber_licence import parse_mynumber_licence
from kakanai.cardreader.errors import CardDataError
from tests.cardreader.driver_licence.licence_bytes import ADDRESS, JP2_START, NAME, field

FIELDS = {
    0xC2: b"0000000",
    0xC3: b"",
    0xC4: bytes.fromhex("4D254E49"),
    0xC5: b"5100310",
    0xC6: NAME,
    0xCC: ADDRESS,
    0xCA: b"\x11" * 256,
    0xD7: ADDRESS[:2],
    0xE7: b"301234567890",
    0xE8: b"",
    0xEA: b"4020620",
    0xED: b"\x01",
    0xF2: b"1",
    0xEC: b"\x00",
    0xF3: b"0",
    0xFF: b"0000000",
    0x100: b"0000000",
    0x107: JP2_START + b"pixels",
}


def parsed(fields, size=5845):
    content = b"".join(field(tag, value) for tag, value in fields.items()).ljust(size, b"\xff")
    return parse_mynumber_licence(content, attempts_before=10, exchanges=5)


def test_a_licence_written_by_hand():
    reading = parsed(FIELDS)
    assert (reading.licence_number, reading.record_number, reading.record_date) == ("301234567890", "", None)
    assert (reading.colour, reading.expires_on) == ("優良", dt.date(2028, 3, 10))
    assert reading.conditions == ("日本　花子", "東京都１\u2212１")
    assert reading.remarks == ("東",)
    assert reading.acquired == {"他": dt.date(1990, 6, 20)}
    assert reading.categories == ("普通", "原付")
    assert reading.category_codes == {"大型": b"\x00", "普通": b"\x01", "原付": b"1", "け引": b"0"}
    assert reading.missing_glyphs == {0xCA: b"\x11" * 256}
    assert reading.photo == JP2_START + b"pixels"
    assert reading.authenticity.verdict == "no_issuer_key"
    assert repr(reading) == "MyNumberLicenceReading(**** exchanges=5)"
    assert not {"name", "address", "birth_date"} & set(vars(reading))


def test_the_sizes_of_all_fields_fill_the_file_exactly():
    sizes = {0xC2: 7, 0xC3: 1, 0xC4: 6, 0xC5: 7, 0xE7: 12, 0xE8: 12, 0x107: 2000}
    sizes |= dict.fromkeys([*range(0xC6, 0xCA), *range(0xCC, 0xD4), *range(0xD7, 0xE7)], 80)
    sizes |= dict.fromkeys([0xCA, 0xCB, 0xD4, 0xD5, 0xD6], 256)
    sizes |= dict.fromkeys([0xE9, 0xEA, 0xEB, *range(0xFB, 0x107)], 7)
    sizes |= dict.fromkeys(range(0xEC, 0xFB), 1)
    full = {tag: b"0" * size for tag, size in sizes.items()}
    assert sum(len(field(tag, value)) for tag, value in full.items()) == 5845
    full |= {0xC5: b"5100310", 0x107: JP2_START.ljust(2000, b"\x01"), 0xE7: b"1" * 12}
    text = dict.fromkeys((tag for tag, size in sizes.items() if size == 80), ADDRESS[:2] * 40)
    reading = parsed(dict(sorted((full | text | {0xC4: ADDRESS[:6]}).items())))
    assert reading.licence_number == "1" * 12
    assert (len(reading.conditions), len(reading.remarks), len(reading.photo)) == (12, 8, 2000)


def test_nothing_recorded():
    reading = parsed({})
    assert (reading.licence_number, reading.expires_on, reading.photo) == ("", None, None)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({0xC5: b"5101310"}, "date-C5"),
        ({0xC6: b"\x2d\x21"}, "jis-C6"),
        ({0xC6: ADDRESS * 7}, "too-long-C6"),
        ({0xE7: b"30123456789"}, "digits-E7"),
        ({0xED: b"\x01\x01"}, "too-long-ED"),
        ({0x107: b"\x89PNG"}, "no-image"),
        ({0xCA: bytes(257)}, "too-long-CA"),
    ],
)
def test_a_licence_that_is_none(changed, reason):
    with pytest.raises(CardDataError) as caught:
        parsed(FIELDS | changed)
    assert caught.value.details == {"file": "WEF02", "reason": reason}


@given(st.binary(max_size=400))
def test_any_bytes_are_a_licence_or_our_error(content):
    with contextlib.suppress(CardDataError):
        parse_mynumber_licence(content, attempts_before=10, exchanges=5)

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.cardreader.card_files import CardFiles
from kakanai.cardreader.errors import CardDataError
from kakanai.cardreader.mynumber.common_card import parse_card_data, read_card_data
from tests.fakes.scripted_connection import ScriptedConnection

RECORD = b"\x01\x1c" + b"123450000067890" + b"13221" + b"20350217"
BY_SHORT_ID = "00B2010C00"
SELECT_FILE = "00A4020C020001"
CURRENT = "00B2010400"


def test_town_and_expiry_but_not_the_serial():
    reading = parse_card_data(RECORD)
    assert (reading.municipality_code, reading.expires_on) == ("13221", "20350217")
    assert not any("67890" in str(value) for value in vars(reading).values())
    assert f"{reading!r}" == "CommonReading(****)"
    assert parse_card_data(RECORD + b"\xff" * 5 + b"\x00") == reading


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (b"", "record-header"),
        (b"\x01", "record-header"),
        (b"\x02" + RECORD[1:], "record-header"),
        (b"\x01\x1b" + RECORD[2:-1], "record-header"),
        (RECORD[:-1], "record-length"),
        (RECORD + b"1", "record-length"),
        (RECORD[:-1] + b"X", "digits"),
    ],
)
def test_a_broken_record(record, reason):
    with pytest.raises(CardDataError) as caught:
        parse_card_data(record)
    assert caught.value.details == {"file": "common-0001", "reason": reason}


@given(st.binary(max_size=40) | st.binary(max_size=40).map(lambda rest: b"\x01\x1c" + rest))
def test_garbage_raises_only_our_error(record):
    with contextlib.suppress(CardDataError):
        parse_card_data(record)


@pytest.mark.parametrize(
    ("script", "is_read"),
    [
        ([(BY_SHORT_ID, RECORD.hex() + "9000")], True),
        ([(BY_SHORT_ID, "6A86"), (SELECT_FILE, "9000"), (CURRENT, RECORD.hex() + "9000")], True),
        ([(BY_SHORT_ID, "6A82"), (SELECT_FILE, "6A82")], False),
        ([(BY_SHORT_ID, "6A83"), (SELECT_FILE, "9000"), (CURRENT, "6A83")], False),
        ([(BY_SHORT_ID, "6982"), (SELECT_FILE, "9000"), (CURRENT, "6982")], False),
    ],
)
def test_reading_the_record(script, is_read):
    connection = ScriptedConnection(*script)
    assert read_card_data(CardFiles(connection)) == (parse_card_data(RECORD) if is_read else None)
    connection.assert_played_out()

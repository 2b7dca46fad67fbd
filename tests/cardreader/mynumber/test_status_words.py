"""Every status word the card is known to give (and 6300, 62xx), at each step of a reading by PIN."""

import pytest

from kakanai.cardreader.errors import (
    CardDataError,
    CardStatusError,
    PinLockedError,
    PinRequiredError,
    UnsupportedCardError,
    WrongPinError,
)
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from tests.cardreader.mynumber.card_bytes import FOUR_ANSWER, NUMBER_FILE, OFFICIAL, SELECT_JPKI, SELECT_TEXT
from tests.fakes.scripted_connection import ScriptedConnection

COUNTER = "00200091"
VERIFY = "002000910431323334"
READ_FOUR = "00B0820000"
SELECT_PIN = "00A4020C020011"
SELECT_FOUR = "00A4020C020002"
LICENCE = "00A4040C10A0000002310100000000000000000000"
MASTER = "00A40000023F00"
NEITHER = [(LICENCE, "6A82"), (MASTER, "6A82"), (SELECT_JPKI, "6A82")]

PLAIN_REFUSALS = [
    *("6300", "6283", "6581", "66F1", "6700", "6881", "6882", "6981", "6985", "6988", "69FC"),
    *("6A80", "6A83", "6A88", "6D00", "6E00", "6F00"),
]
SHORT_ID_REFUSALS = ["6986", "6A81", "6A86", "6B00"]


def opened(*script):
    connection = ScriptedConnection((SELECT_TEXT, "9000"), (COUNTER, "63C3"), *script)
    return connection, MyNumberCardSession.open(connection)


def read(script):
    connection, session = opened(*script)
    try:
        return session.read(Pin("1234"), with_my_number=False)
    finally:
        connection.assert_played_out()


@pytest.mark.parametrize("sw", ["6A81", "6A82", "6A86", "6D00", "6E00"])
def test_select_says_that_it_is_another_card(sw):
    connection = ScriptedConnection((SELECT_TEXT, sw), *NEITHER)
    with pytest.raises(UnsupportedCardError):
        MyNumberCardSession.open(connection)
    connection.assert_played_out()


@pytest.mark.parametrize(
    "sw",
    sorted({*PLAIN_REFUSALS, *SHORT_ID_REFUSALS, "6982", "6984"} - {"6A81", "6A86", "6D00", "6E00", "6F00"}),
)
def test_select_answers_neither_yes_nor_no(sw):
    connection = ScriptedConnection((SELECT_TEXT, sw))
    with pytest.raises(CardStatusError) as caught:
        MyNumberCardSession.open(connection)
    assert caught.value.details == {"command": "SELECT", "sw": sw}
    assert connection.disconnects == 1


def test_6f00_to_the_very_first_command():
    connection = ScriptedConnection((SELECT_TEXT, "6F00"), (SELECT_TEXT, "9000"), (COUNTER, "63C3"))
    assert MyNumberCardSession.open(connection).attempts_remaining == 3
    connection.assert_played_out()


@pytest.mark.parametrize(
    ("sw", "left"), [*((f"63C{left:X}", left) for left in range(16)), ("6983", 0), ("6984", 0), ("6A82", 0)]
)
def test_the_counter(sw, left):
    connection = ScriptedConnection((SELECT_TEXT, "9000"), (COUNTER, sw))
    assert MyNumberCardSession.open(connection).attempts_remaining == left
    connection.assert_played_out()


@pytest.mark.parametrize("sw", [*PLAIN_REFUSALS, "6982", "9000"])
def test_an_answer_that_tells_no_counter(sw):
    connection = ScriptedConnection((SELECT_TEXT, "9000"), (COUNTER, sw))
    with pytest.raises(CardStatusError) as caught:
        MyNumberCardSession.open(connection)
    assert caught.value.details == {"command": "VERIFY", "sw": sw}
    connection.assert_played_out()


@pytest.mark.parametrize("sw", SHORT_ID_REFUSALS)
def test_a_counter_asked_by_short_id_is_asked_once_more_by_select(sw):
    connection = ScriptedConnection(
        (SELECT_TEXT, "9000"), (COUNTER, sw), (SELECT_PIN, "9000"), ("00200080", "63C3")
    )
    assert MyNumberCardSession.open(connection).attempts_remaining == 3
    connection.assert_played_out()


@pytest.mark.parametrize("sw", ["63C1", "63C2", "63C9"])
def test_verify_says_wrong(sw):
    with pytest.raises(WrongPinError) as caught:
        read([(VERIFY, sw)])
    assert caught.value.attempts_remaining == int(sw[3])


@pytest.mark.parametrize("sw", ["63C0", "6983", "6984"])
def test_verify_says_locked(sw):
    with pytest.raises(PinLockedError):
        read([(VERIFY, sw)])


@pytest.mark.parametrize("sw", [*PLAIN_REFUSALS, *SHORT_ID_REFUSALS, "6982", "6A82"])
def test_verify_says_neither_and_is_sent_in_no_other_form(sw):
    with pytest.raises(CardStatusError) as caught:
        read([(VERIFY, sw)])
    assert caught.value.details == {"command": "VERIFY", "sw": sw}


@pytest.mark.parametrize("sw", [*PLAIN_REFUSALS, "6A82", "6983", "6984", "63C0"])
def test_read_is_refused(sw):
    with pytest.raises(CardStatusError) as caught:
        read([(VERIFY, "9000"), (READ_FOUR, sw)])
    assert caught.value.details == {"command": "READ BINARY", "sw": sw}


def test_read_finds_that_the_card_forgot_the_pin():
    with pytest.raises(PinRequiredError):
        read([(VERIFY, "9000"), (READ_FOUR, "6982")])


@pytest.mark.parametrize("sw", SHORT_ID_REFUSALS)
def test_a_read_refused_by_short_id_is_repeated_by_select(sw):
    script = [(VERIFY, "9000"), (READ_FOUR, sw), (SELECT_FOUR, "9000"), ("00B0000000", FOUR_ANSWER)]
    assert read(script).basic_four.sex == "1"


def test_a_file_that_ends_at_its_start_holds_nothing():
    with pytest.raises(CardDataError) as caught:
        read([(VERIFY, "9000"), (READ_FOUR, "6B00"), (SELECT_FOUR, "6A82")])
    assert caught.value.details == {"file": "0002", "reason": "no-object"}


def test_6282_is_a_whole_answer():
    assert read([(VERIFY, "9000"), (READ_FOUR, OFFICIAL.hex() + "6282")]).basic_four.sex == "1"


def test_a_card_that_knows_no_short_file_ids():
    connection = ScriptedConnection(
        (SELECT_TEXT, "9000"),
        (COUNTER, "6A86"),
        (SELECT_PIN, "9000"),
        ("00200080", "63C3"),
        (SELECT_PIN, "9000"),
        ("002000800431323334", "9000"),
        (SELECT_FOUR, "9000"),
        ("00B0000000", FOUR_ANSWER),
        ("00A4020C020001", "9000"),
        ("00B0000000", NUMBER_FILE.hex() + "9000"),
    )
    session = MyNumberCardSession.open(connection)
    reading = session.read(Pin("1234"), with_my_number=True)
    assert (reading.basic_four.name, reading.my_number.digits) == ("黒桐　幹也", "123456789018")
    connection.assert_played_out()

"""What is read beside the text in the same session: the face after a PIN, and what no key protects."""

import datetime as dt

import pytest

from kakanai.cardreader.errors import (
    CardStatusError,
    PinLockedError,
    PinRequiredError,
    WrongPinError,
)
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.mynumber.collation import CollationNumberB
from kakanai.cardreader.mynumber.errors import SurfaceMissingError
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.mynumber.surface_reading import parse_surface
from tests.cardreader.mynumber.card_bytes import (
    COLLATION_B,
    COLLATION_B_HEX,
    FOUR_ANSWER,
    NUMBER_FILE,
    SELECT_COMMON,
    SELECT_SURFACE,
    SELECT_TEXT,
    face_file,
    reads,
)
from tests.fakes.scripted_connection import ScriptedConnection

TODAY = dt.date(2026, 11, 21)
NUMBER = CollationNumberB(COLLATION_B)
FACE = face_file()
PIN_COUNTER = ("00200091", "63C3")
PIN_VERIFY = "002000910431323334"
READ_FOUR = ("00B0820000", FOUR_ANSWER)
READ_NUMBER = ("00B0810000", NUMBER_FILE.hex() + "9000")
SURFACE_COUNTER = "00200092"
SURFACE_VERIFY = "002000920E" + COLLATION_B_HEX


def opened(*script):
    connection = ScriptedConnection((SELECT_TEXT, "9000"), PIN_COUNTER, *script, extended=False)
    return connection, MyNumberCardSession.open(connection)


def after_pin(*script):
    connection, session = opened((PIN_VERIFY, "9000"), READ_FOUR, READ_NUMBER, *script)
    return connection, session, session.read(Pin("1234"), with_my_number=True)


def test_the_face_after_a_reading_by_pin():
    connection, session, reading = after_pin(
        (SELECT_SURFACE, "9000"), (SURFACE_COUNTER, "63CA"), (SURFACE_VERIFY, "9000"), *reads(2, FACE)
    )
    whole = reading.with_surface(session.read_surface(NUMBER, today=TODAY))
    assert whole.surface == parse_surface(FACE)
    assert (whole.basic_four, whole.opened_by, whole.proof) == (reading.basic_four, CardKey.TEXT_PIN, None)
    with pytest.raises(PinRequiredError):  # the other AP made the card forget the PIN
        session.read_my_number()
    connection.assert_played_out()


def test_after_the_face_the_pin_is_presented_to_its_own_application():
    connection, session, _ = after_pin(
        (SELECT_SURFACE, "9000"),
        (SURFACE_COUNTER, "63CA"),
        (SURFACE_VERIFY, "63C9"),
        (SELECT_TEXT, "9000"),
        (PIN_VERIFY, "9000"),
        READ_FOUR,
    )
    with pytest.raises(WrongPinError) as caught:
        session.read_surface(NUMBER, today=TODAY)
    assert (caught.value.key, caught.value.attempts_remaining) == (CardKey.SURFACE_COLLATION_B, 9)
    session.read(Pin("1234"), with_my_number=False)
    connection.assert_played_out()


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ([(SELECT_SURFACE, "6A82")], SurfaceMissingError),
        ([(SELECT_SURFACE, "6283")], CardStatusError),
        ([(SELECT_SURFACE, "9000"), (SURFACE_COUNTER, "63C0")], PinLockedError),
        ([(SELECT_SURFACE, "9000"), (SURFACE_COUNTER, "6F00")], CardStatusError),
    ],
)
def test_a_face_that_cannot_be_opened_is_not_tried(script, error):
    connection, session, _ = after_pin(*script)
    with pytest.raises(error):
        session.read_surface(NUMBER, today=TODAY)
    connection.assert_played_out()


RECORD = "011C" + b"1234500000678901322120350217".hex() + "9000"


def test_town_and_expiry_are_read_before_any_key_and_stay_with_the_readings():
    connection, session = opened(
        (SELECT_COMMON, "9000"),
        ("00B2010C00", RECORD),
        (SELECT_TEXT, "9000"),
        (PIN_VERIFY, "9000"),
        READ_FOUR,
    )
    common = session.read_common()
    assert (common.municipality_code, common.expires_on) == ("13221", "20350217")
    assert session.read(Pin("1234"), with_my_number=False).common == common
    connection.assert_played_out()


def test_a_card_that_tells_neither_town_nor_expiry():
    connection, session = opened(
        (SELECT_COMMON, "6A82"), (SELECT_TEXT, "9000"), (PIN_VERIFY, "9000"), READ_FOUR
    )
    assert session.read_common() is None
    assert session.read(Pin("1234"), with_my_number=False).common is None
    connection.assert_played_out()


def test_a_card_that_no_longer_lets_its_text_be_selected():
    connection, session = opened((SELECT_COMMON, "6A82"), (SELECT_TEXT, "6A82"))
    session.read_common()
    with pytest.raises(CardStatusError) as caught:
        session.refresh_attempts()
    assert caught.value.details == {"command": "SELECT", "sw": "6A82"}
    connection.assert_played_out()

"""Readings without a PIN: 照合番号B, presented once in each of the two AP."""

import datetime as dt

import pytest

from kakanai.cardreader.errors import (
    UNKNOWN_ATTEMPTS,
    CardDataError,
    CardRemovedError,
    CardStatusError,
    CommunicationError,
    PinLockedError,
    PinRequiredError,
    PinStateUnknownError,
    SessionClosedError,
    WrongPinError,
)
from kakanai.cardreader.kinds import CardKey, CardKind
from kakanai.cardreader.mynumber.collation import CollationNumberB
from kakanai.cardreader.mynumber.errors import (
    CollationDisagreesError,
    CollationFormatError,
    SurfaceMissingError,
)
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.mynumber.surface_reading import parse_surface
from tests.cardreader.mynumber.card_bytes import (
    COLLATION_B,
    COLLATION_B_HEX,
    FOUR_ANSWER,
    SELECT_SURFACE,
    SELECT_TEXT,
    face_file,
    reads,
)
from tests.fakes.scripted_connection import ScriptedConnection

TODAY = dt.date(2026, 11, 21)
NUMBER = CollationNumberB(COLLATION_B)
FACE = face_file()
READ_FOUR = ("00B0820000", FOUR_ANSWER)
TEXT_COUNTER = "00200095"
TEXT_VERIFY = "002000950E" + COLLATION_B_HEX
SURFACE_COUNTER = "00200092"
SURFACE_VERIFY = "002000920E" + COLLATION_B_HEX
TEXT_READ = [(TEXT_COUNTER, "63CA"), (TEXT_VERIFY, "9000"), READ_FOUR]
NOT_EXTENDED = False


def opened(*script, extended=NOT_EXTENDED):
    connection = ScriptedConnection((SELECT_TEXT, "9000"), ("00200091", "63C0"), *script, extended=extended)
    return connection, MyNumberCardSession.open(connection)


def test_with_the_pin_locked_four_facts_and_the_face_are_read():
    connection, session = opened(
        *TEXT_READ, (SELECT_SURFACE, "9000"), (SURFACE_VERIFY, "9000"), *reads(2, FACE)
    )
    assert session.kind is CardKind.MY_NUMBER
    reading = session.read_by_collation_b(NUMBER, today=TODAY)
    assert reading.basic_four.name == "黒桐　幹也"
    assert reading.surface == parse_surface(FACE)
    assert reading.opened_by is CardKey.COLLATION_B
    assert reading.kind is CardKind.MY_NUMBER
    assert (reading.my_number, reading.proof, reading.surface_error) == (None, None, None)
    # SELECT and counter, counter VERIFY READ, SELECT VERIFY and one READ for every 256 bytes.
    assert reading.exchanges == 2 + 3 + 2 + -(-len(FACE) // 256) == session.exchanges
    assert reading.attempts_before == 10
    connection.assert_played_out()


def test_with_extended_apdus_the_face_takes_one_exchange():
    script = [
        (TEXT_COUNTER, "63CA"),
        (TEXT_VERIFY, "9000"),
        ("00B08200000000", FOUR_ANSWER),
        (SELECT_SURFACE, "9000"),
        (SURFACE_VERIFY, "9000"),
        ("00B08200000000", FACE.hex() + "9000"),
    ]
    connection, session = opened(*script, extended=True)
    assert session.read_by_collation_b(NUMBER, today=TODAY).surface == parse_surface(FACE)
    connection.assert_played_out()


def test_a_reader_never_tried_is_tried_on_a_free_file_before_the_key_is_presented():
    certificate = bytes.fromhex("7F21020500")
    script = [
        *TEXT_READ,
        (SELECT_SURFACE, "9000"),
        ("00B08400000000", certificate.hex() + "9000"),
        (SURFACE_VERIFY, "9000"),
        ("00B08200000000", FACE.hex() + "9000"),
    ]
    connection, session = opened(*script, extended=None)
    reading = session.read_by_collation_b(NUMBER, today=TODAY)
    assert reading.surface == parse_surface(FACE)
    assert reading.surface.proof is None
    assert connection.limits.extended is True
    connection.assert_played_out()


def test_the_face_may_be_left_out():
    connection, session = opened(*TEXT_READ)
    reading = session.read_by_collation_b(NUMBER, with_surface=False, today=TODAY)
    assert (reading.surface, reading.surface_error) == (None, None)
    connection.assert_played_out()


def test_the_counter_is_asked_once_and_its_answer_used():
    connection, session = opened(
        (TEXT_COUNTER, "63C9"), (TEXT_VERIFY, "63C8"), (TEXT_VERIFY, "9000"), READ_FOUR
    )
    assert session.collation_b_attempts() == 9
    with pytest.raises(WrongPinError) as caught:
        session.read_by_collation_b(NUMBER, today=TODAY)
    assert (caught.value.attempts_remaining, caught.value.key) == (8, CardKey.COLLATION_B)
    assert session.read_by_collation_b(NUMBER, with_surface=False, today=TODAY).attempts_before == 8
    connection.assert_played_out()


def test_after_a_success_the_counter_is_asked_anew_since_no_source_tells_it():
    connection, session = opened(*TEXT_READ, *TEXT_READ)
    for _ in range(2):
        session.read_by_collation_b(NUMBER, with_surface=False, today=TODAY)
    connection.assert_played_out()


def test_an_implausible_number_is_never_sent():
    connection, session = opened()
    for read in (session.read_by_collation_b, session.read_surface):
        with pytest.raises(CollationFormatError) as caught:
            read(CollationNumberB("55023020352285"), today=TODAY)
        assert caught.value.reason == "birth-day"
    connection.assert_played_out()


@pytest.mark.parametrize("sw", ["63C0", "6983", "6984", "6A82"])
def test_a_locked_or_missing_number_is_never_sent(sw):
    connection, session = opened((TEXT_COUNTER, sw))
    with pytest.raises(PinLockedError) as caught:
        session.read_by_collation_b(NUMBER, today=TODAY)
    assert caught.value.key is CardKey.COLLATION_B
    connection.assert_played_out()


@pytest.mark.parametrize(
    ("sw", "error"), [("63C0", PinLockedError), ("6984", PinLockedError), ("6300", CardStatusError)]
)
def test_a_wrong_number_is_not_tried_in_the_second_application(sw, error):
    connection, session = opened((TEXT_COUNTER, "63C1"), (TEXT_VERIFY, sw))
    with pytest.raises(error):
        session.read_by_collation_b(NUMBER, today=TODAY)
    assert connection.disconnects == 0
    connection.assert_played_out()


@pytest.mark.parametrize("sw", ["6983", "6984", "63C0"])
def test_a_number_locked_in_the_second_application_leaves_the_text(sw):
    connection, session = opened(*TEXT_READ, (SELECT_SURFACE, "9000"), (SURFACE_VERIFY, sw))
    reading = session.read_by_collation_b(NUMBER, today=TODAY)
    assert reading.surface is None
    assert isinstance(reading.surface_error, PinLockedError)
    assert reading.surface_error.key is CardKey.SURFACE_COLLATION_B
    connection.assert_played_out()


def test_a_lock_known_before_saves_the_verify():
    connection, session = opened(
        (SELECT_SURFACE, "9000"),
        (SURFACE_COUNTER, "63C0"),
        (SELECT_TEXT, "9000"),
        *TEXT_READ,
        (SELECT_SURFACE, "9000"),
    )
    assert session.collation_b_attempts(surface=True) == 0
    assert isinstance(session.read_by_collation_b(NUMBER, today=TODAY).surface_error, PinLockedError)
    connection.assert_played_out()


def test_a_card_without_faces_leaves_the_text():
    connection, session = opened(*TEXT_READ, (SELECT_SURFACE, "6A82"))
    reading = session.read_by_collation_b(NUMBER, today=TODAY)
    assert reading.basic_four.sex == "1"
    assert isinstance(reading.surface_error, SurfaceMissingError)
    assert reading.with_surface(parse_surface(FACE)).surface_error is None
    connection.assert_played_out()


def test_two_applications_that_disagree_are_said_so_and_nothing_is_tried_again():
    connection, session = opened(*TEXT_READ, (SELECT_SURFACE, "9000"), (SURFACE_VERIFY, "63C9"))
    with pytest.raises(CollationDisagreesError) as caught:
        session.read_by_collation_b(NUMBER, today=TODAY)
    assert caught.value.details == {"attempts_remaining": 9}
    connection.assert_played_out()


@pytest.mark.parametrize("again", ["63C9", CardRemovedError()], ids=str)
@pytest.mark.parametrize("lost", [CommunicationError("empty"), CardRemovedError()], ids=str)
@pytest.mark.parametrize(
    ("before", "verify", "counter", "key"),
    [
        ([(TEXT_COUNTER, "63CA")], TEXT_VERIFY, TEXT_COUNTER, CardKey.COLLATION_B),
        (
            [*TEXT_READ, (SELECT_SURFACE, "9000")],
            SURFACE_VERIFY,
            SURFACE_COUNTER,
            CardKey.SURFACE_COLLATION_B,
        ),
    ],
    ids=["text", "surface"],
)
def test_a_lost_answer_to_verify(before, verify, counter, key, lost, again):
    connection, session = opened(*before, (verify, lost), (counter, again))
    with pytest.raises(PinStateUnknownError) as caught:
        session.read_by_collation_b(NUMBER, today=TODAY)
    is_told = isinstance(again, str)
    assert caught.value.key is key
    assert caught.value.attempts_remaining == (9 if is_told else UNKNOWN_ATTEMPTS)
    assert connection.disconnects == (0 if is_told else 1)
    connection.assert_played_out()


def test_a_card_taken_away_in_the_middle_of_the_face():
    parts = reads(2, FACE)[:2]
    connection, session = opened(
        *TEXT_READ,
        (SELECT_SURFACE, "9000"),
        (SURFACE_VERIFY, "9000"),
        *parts,
        ("00B0020000", CardRemovedError()),
    )
    with pytest.raises(CardRemovedError):
        session.read_by_collation_b(NUMBER, today=TODAY)
    assert connection.disconnects == 1
    for use in (session.read_common, session.collation_b_attempts, session.jpki.sign_attempts):
        with pytest.raises(SessionClosedError):
            use()
    connection.assert_played_out()


@pytest.mark.parametrize(
    ("script", "error", "details"),
    [
        ([("00B0820000", "6982")], PinRequiredError, {"key": "surface_collation_b"}),
        ([("00B0820000", "9000")], CardDataError, {"file": "surface-0002", "reason": "no-object"}),
        (
            [("00B0820000", "FF20830080009000")],
            CardDataError,
            {"file": "surface-0002", "reason": "too-large"},
        ),
        ([("00B0820000", "FF21009000")], CardDataError, {"file": "surface-0002", "reason": "outer-tag"}),
        ([("00B0820000", "6A82")], CardStatusError, {"command": "READ BINARY", "sw": "6A82"}),
    ],
)
def test_a_face_that_cannot_be_read(script, error, details):
    connection, session = opened(*TEXT_READ, (SELECT_SURFACE, "9000"), (SURFACE_VERIFY, "9000"), *script)
    with pytest.raises(error) as caught:
        session.read_by_collation_b(NUMBER, today=TODAY)
    assert caught.value.details == details
    assert connection.disconnects == 0
    connection.assert_played_out()


def test_6982_after_the_number_names_the_number():
    _, session = opened((TEXT_COUNTER, "63CA"), (TEXT_VERIFY, "9000"), ("00B0820000", "6982"))
    with pytest.raises(PinRequiredError) as caught:
        session.read_by_collation_b(NUMBER, today=TODAY)
    assert caught.value.key is CardKey.COLLATION_B


def test_the_number_opens_no_individual_number():
    connection, session = opened(*TEXT_READ)
    session.read_by_collation_b(NUMBER, with_surface=False, today=TODAY)
    with pytest.raises(PinRequiredError):
        session.read_my_number()
    connection.assert_played_out()


def test_no_text_shows_the_number():
    _, session = opened(
        (TEXT_COUNTER, "63CA"), (TEXT_VERIFY, CommunicationError("empty")), (TEXT_COUNTER, "63C9")
    )
    with pytest.raises(PinStateUnknownError) as caught:
        session.read_by_collation_b(NUMBER, today=TODAY)
    shown = f"{caught.value!r} {caught.value} {caught.value.__cause__!r} {session!r} {vars(session)}"
    assert COLLATION_B not in shown
    assert COLLATION_B_HEX not in shown

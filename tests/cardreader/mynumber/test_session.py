import pytest

from kakanai.cardreader.errors import (
    AnotherCardError,
    CardDataError,
    CardRemovedError,
    CardResetError,
    CardStatusError,
    CommunicationError,
    JukiCardError,
    PinLockedError,
    PinRequiredError,
    PinStateUnknownError,
    ReaderGoneError,
    SessionClosedError,
    UnsupportedCardError,
    WrongPinError,
)
from kakanai.cardreader.kinds import CardKind
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from tests.cardreader.mynumber.card_bytes import OFFICIAL
from tests.fakes.scripted_connection import ScriptedConnection

SELECT = "00A4040C0AD3921000310001010408"
LICENCE = "00A4040C10A0000002310100000000000000000000"
JPKI = "00A4040C0AD392F000260100000001"
MASTER = "00A40000023F00"
COUNTER = "00200091"
VERIFY = "002000910431323334"
READ_FOUR = "00B0820000"
READ_NUMBER = "00B0810000"
FOUR = OFFICIAL.hex() + "9000"
NUMBER = "FF100C313233343536373839303138FFFF9000"
OPENED = ((SELECT, "9000"), (COUNTER, "63C3"))
PIN = Pin("1234")

LOST = [
    CommunicationError("80100016"),
    CommunicationError("empty"),
    CardResetError("80100068"),
    CardRemovedError(),
    ReaderGoneError(),
]


def opened(*script):
    connection = ScriptedConnection(*OPENED, *script)
    return connection, MyNumberCardSession.open(connection)


def test_four_facts_and_the_number_take_five_exchanges():
    connection, session = opened((VERIFY, "9000"), (READ_FOUR, FOUR), (READ_NUMBER, NUMBER))
    assert (session.attempts_remaining, session.pin_state_known, session.exchanges) == (3, True, 2)
    assert session.reader_name == "scripted"
    reading = session.read(PIN, with_my_number=True)
    assert reading.basic_four.name == "黒桐　幹也"
    assert reading.my_number.digits == "123456789018"
    assert (reading.attempts_before, reading.exchanges) == (3, 5)
    session.close()
    session.close()
    assert connection.disconnects == 1
    connection.assert_played_out()


def test_the_number_is_not_read_unless_asked_for():
    connection, session = opened((VERIFY, "9000"), (READ_FOUR, FOUR))
    assert session.read(PIN, with_my_number=False).my_number is None
    connection.assert_played_out()


def test_the_number_may_be_read_later_without_another_verify():
    connection, session = opened((VERIFY, "9000"), (READ_FOUR, FOUR), (READ_NUMBER, NUMBER))
    with pytest.raises(PinRequiredError):
        session.read_my_number()
    session.read(PIN, with_my_number=False)
    assert session.read_my_number().digits == "123456789018"
    connection.assert_played_out()


def test_leaving_the_block_powers_the_card_off():
    connection, session = opened()
    with session:
        assert connection.disconnects == 0
    assert connection.disconnects == 1
    for use in (
        lambda: session.read(PIN, with_my_number=False),
        session.read_my_number,
        session.refresh_attempts,
    ):
        with pytest.raises(SessionClosedError):
            use()


OTHER_CARDS = {
    "licence": ([(LICENCE, "9000")], AnotherCardError, CardKind.DRIVER_LICENCE),
    "residence": (
        [(LICENCE, "6A82"), (MASTER, "9000"), ("00B08A0000", "C101319000")],
        AnotherCardError,
        CardKind.RESIDENCE_CARD,
    ),
    "juki": (
        [(LICENCE, "6A82"), (MASTER, "6A82"), (JPKI, "9000")],
        JukiCardError,
        CardKind.JUKI_CARD,
    ),
    "unknown": (
        [(LICENCE, "6A82"), (MASTER, "6A82"), (JPKI, "6A82")],
        UnsupportedCardError,
        CardKind.UNKNOWN,
    ),
}


@pytest.mark.parametrize(("script", "error", "kind"), OTHER_CARDS.values(), ids=OTHER_CARDS)
def test_another_card_is_named_and_let_go(script, error, kind):
    connection = ScriptedConnection((SELECT, "6A82"), *script)
    with pytest.raises(error) as caught:
        MyNumberCardSession.open(connection)
    assert type(caught.value) is error
    assert caught.value.kind is kind
    assert connection.disconnects == 1
    connection.assert_played_out()


@pytest.mark.parametrize(
    "script",
    [
        [(SELECT, CardRemovedError())],
        [(SELECT, "9000"), (COUNTER, CardRemovedError())],
        [(SELECT, "9000"), (COUNTER, "9000")],
        [(SELECT, "6283")],
        [(SELECT, "6A82"), (LICENCE, CommunicationError("empty"))],
    ],
)
def test_a_failed_open_lets_the_card_go(script):
    connection = ScriptedConnection(*script)
    with pytest.raises((CardRemovedError, CardStatusError, CommunicationError)):
        MyNumberCardSession.open(connection)
    assert connection.disconnects == 1
    connection.assert_played_out()


@pytest.mark.parametrize("sw", ["63C0", "6983", "6984"])
def test_a_locked_pin_is_never_sent(sw):
    connection = ScriptedConnection((SELECT, "9000"), (COUNTER, sw))
    session = MyNumberCardSession.open(connection)
    assert session.attempts_remaining == 0
    with pytest.raises(PinLockedError):
        session.read(PIN, with_my_number=True)
    connection.assert_played_out()


def test_a_wrong_pin_tells_what_is_left_and_leaves_the_session_usable():
    connection, session = opened((VERIFY, "63C2"), (VERIFY, "9000"), (READ_FOUR, FOUR))
    with pytest.raises(WrongPinError) as caught:
        session.read(PIN, with_my_number=False)
    assert caught.value.attempts_remaining == session.attempts_remaining == 2
    reading = session.read(PIN, with_my_number=False)
    assert reading.attempts_before == 2
    assert session.attempts_remaining == 3
    connection.assert_played_out()


@pytest.mark.parametrize("sw", ["63C0", "6983", "6984"])
def test_the_try_that_locks(sw):
    connection, session = opened((VERIFY, sw))
    for _ in range(2):
        with pytest.raises(PinLockedError):
            session.read(PIN, with_my_number=False)
    assert session.attempts_remaining == 0
    connection.assert_played_out()


def test_after_a_wrong_pin_the_number_stays_shut():
    connection, session = opened((VERIFY, "9000"), (READ_FOUR, FOUR), (VERIFY, "63C2"))
    session.read(PIN, with_my_number=False)
    with pytest.raises(WrongPinError):
        session.read(PIN, with_my_number=False)
    with pytest.raises(PinRequiredError):
        session.read_my_number()
    connection.assert_played_out()


@pytest.mark.parametrize("lost", LOST, ids=str)
def test_a_lost_answer_to_verify_is_never_sent_again_but_the_counter_is_read(lost):
    connection, session = opened((VERIFY, lost), (COUNTER, "63C2"))
    with pytest.raises(PinStateUnknownError) as caught:
        session.read(PIN, with_my_number=True)
    assert caught.value.attempts_remaining == session.attempts_remaining == 2
    assert caught.value.__cause__ is lost
    assert session.pin_state_known
    assert connection.disconnects == 0
    with pytest.raises(PinRequiredError):
        session.read_my_number()
    connection.assert_played_out()


@pytest.mark.parametrize("counter", [*LOST, "9000"], ids=str)
def test_a_counter_that_cannot_be_read_either_ends_the_session(counter):
    connection, session = opened((VERIFY, CommunicationError("empty")), (COUNTER, counter))
    with pytest.raises(PinStateUnknownError) as caught:
        session.read(PIN, with_my_number=True)
    assert caught.value.attempts_remaining == -1
    assert not session.pin_state_known
    assert connection.disconnects == 1
    with pytest.raises(SessionClosedError):
        session.read(PIN, with_my_number=True)
    connection.assert_played_out()


def test_after_a_strange_answer_to_verify_the_counter_is_read_before_the_next():
    connection, session = opened((VERIFY, "6F00"), (COUNTER, "63C2"), (VERIFY, "9000"), (READ_FOUR, FOUR))
    with pytest.raises(CardStatusError):
        session.read(PIN, with_my_number=False)
    assert not session.pin_state_known
    assert session.read(PIN, with_my_number=False).attempts_before == 2
    connection.assert_played_out()


@pytest.mark.parametrize("lost", LOST, ids=str)
@pytest.mark.parametrize("answers", [[], [(READ_FOUR, FOUR)]], ids=["basic-four", "my-number"])
def test_a_card_lost_while_reading_ends_the_session(lost, answers):
    command = READ_NUMBER if answers else READ_FOUR
    lost_answers = [(command, lost)] * (4 if type(lost) is CommunicationError else 1)  # READ is tried again
    connection, session = opened((VERIFY, "9000"), *answers, *lost_answers)
    with pytest.raises(type(lost)):
        session.read(PIN, with_my_number=True)
    assert connection.disconnects == 1
    connection.assert_played_out()


@pytest.mark.parametrize("use", ["read_my_number", "refresh_attempts"])
def test_a_card_lost_afterwards_ends_the_session(use):
    command = {"read_my_number": READ_NUMBER, "refresh_attempts": COUNTER}[use]
    connection, session = opened((VERIFY, "9000"), (READ_FOUR, FOUR), (command, CardRemovedError()))
    session.read(PIN, with_my_number=False)
    with pytest.raises(CardRemovedError):
        getattr(session, use)()
    assert connection.disconnects == 1


def test_a_card_that_forgot_the_pin():
    connection, session = opened((VERIFY, "9000"), (READ_FOUR, "6982"))
    with pytest.raises(PinRequiredError):
        session.read(PIN, with_my_number=False)
    with pytest.raises(PinRequiredError):
        session.read_my_number()
    connection.assert_played_out()


@pytest.mark.parametrize(
    ("script", "file"),
    [
        ([(READ_FOUR, "FF21009000")], "0002"),
        ([(READ_FOUR, FOUR), (READ_NUMBER, "FF10009000")], "0001"),
    ],
)
def test_broken_data_names_the_file_and_keeps_the_session(script, file):
    connection, session = opened((VERIFY, "9000"), *script)
    with pytest.raises(CardDataError) as caught:
        session.read(PIN, with_my_number=True)
    assert caught.value.details["file"] == file
    assert connection.disconnects == 0


def test_a_card_without_the_pin_has_no_try():
    connection = ScriptedConnection((SELECT, "9000"), (COUNTER, "6A82"))
    session = MyNumberCardSession.open(connection)
    assert (session.attempts_remaining, session.pin_state_known) == (0, True)
    with pytest.raises(PinLockedError):
        session.read(PIN, with_my_number=False)
    connection.assert_played_out()


def test_a_card_whose_application_is_selected_takes_one_exchange():
    connection = ScriptedConnection((COUNTER, "63C3"))
    assert MyNumberCardSession.of_selected(connection).attempts_remaining == 3
    connection.assert_played_out()
    connection = ScriptedConnection((COUNTER, "6F00"))
    with pytest.raises(CardStatusError):
        MyNumberCardSession.of_selected(connection)
    assert connection.disconnects == 1


def test_refresh_attempts():
    _, session = opened((COUNTER, "63C1"))
    assert session.refresh_attempts() == session.attempts_remaining == 1


def test_no_error_of_a_whole_reading_tells_the_pin():
    _, session = opened((VERIFY, CommunicationError("empty")), (COUNTER, CardRemovedError()))
    with pytest.raises(PinStateUnknownError) as caught:
        session.read(Pin("1234"), with_my_number=True)
    assert "1234" not in f"{caught.value!r} {caught.value} {caught.value.__cause__!r}"

import pytest

from kakanai.cardreader.driver_licence.errors import NoMyNumberLicenceError
from kakanai.cardreader.driver_licence.mynumber_licence_session import MyNumberLicenceSession
from kakanai.cardreader.driver_licence.pin import LicencePin
from kakanai.cardreader.errors import (
    CardDataError,
    CardRemovedError,
    CommunicationError,
    PinLockedError,
    PinRequiredError,
    PinStateUnknownError,
    SessionClosedError,
    WrongPinError,
)
from kakanai.cardreader.kinds import CardKey, CardKind
from tests.cardreader.driver_licence.licence_bytes import field
from tests.fakes.scripted_connection import ScriptedConnection

SELECT = "00A4040C10A0000002310600000000000000000000"
SETTING = "00B09A00000000"
COUNTER = "00200086"
VERIFY = "002000860431323334"
READ = "00B09B00000000"
OK = "9000"
CONTENT = field(0xE7, b"301234567890").ljust(5845, b"\xff").hex() + OK
OPENED = ((SELECT, OK), (SETTING, "C101019000"), (COUNTER, "63CA"))
PIN = LicencePin("1234", CardKey.MYNUMBER_LICENCE_PIN)


def opened(*script):
    connection = ScriptedConnection(*OPENED, *script, extended=True)
    return connection, MyNumberLicenceSession.open(connection)


def test_it_takes_five_exchanges_and_no_second_verify():
    connection, session = opened((VERIFY, OK), (READ, CONTENT), (READ, CONTENT))
    assert (session.kind, session.attempts_remaining, session.needs_pin) == (CardKind.MY_NUMBER, 10, True)
    assert (session.reader_name, session.exchanges) == ("scripted", 3)
    reading = session.read(PIN)
    assert (reading.licence_number, reading.attempts_before, reading.exchanges) == ("301234567890", 10, 5)
    assert session.read(None).exchanges == 6
    connection.assert_played_out()


def test_short_commands_read_it_in_twenty_three():
    content = bytes.fromhex(CONTENT[:-4])
    chunks = [content[at : at + 256].hex() + OK for at in range(0, 5845, 256)]
    reads = [("00B09B0000", chunks[0])]
    reads += [(f"00B0{at:02X}0000", chunk) for at, chunk in enumerate(chunks[1:-1], start=1)]
    reads += [("00B01600D6", chunks[-1])]  # one byte more than the file may have
    short = [(command.replace("00B09A00000000", "00B09A0000"), told) for command, told in OPENED]
    connection = ScriptedConnection(*short, (VERIFY, OK), *reads, extended=False)
    reading = MyNumberLicenceSession.open(connection).read(PIN)
    assert reading.exchanges == 4 + 23
    connection.assert_played_out()


def test_without_a_pin_nothing_is_presented():
    connection = ScriptedConnection(
        OPENED[0], (SETTING, "C101009000"), OPENED[2], (READ, CONTENT), extended=True
    )
    session = MyNumberLicenceSession.open(connection)
    assert not session.needs_pin
    assert session.read(None).licence_number == "301234567890"
    connection.assert_played_out()


def test_a_card_without_it():
    connection = ScriptedConnection((SELECT, "6A82"))
    with pytest.raises(NoMyNumberLicenceError):
        MyNumberLicenceSession.open(connection)
    assert connection.disconnects == 1


@pytest.mark.parametrize("setting", ["C101029000", "0501019000", "9000"])
def test_an_unclear_pin_setting_is_not_guessed(setting):
    connection = ScriptedConnection(OPENED[0], (SETTING, setting), extended=True)
    with pytest.raises(CardDataError):
        MyNumberLicenceSession.open(connection)
    assert connection.disconnects == 1
    connection.assert_played_out()


def test_wrong_and_locked_and_missing():
    connection, session = opened((VERIFY, "63C9"), (VERIFY, "6984"))
    with pytest.raises(PinRequiredError) as missing:
        session.read(None)
    assert missing.value.key is CardKey.MYNUMBER_LICENCE_PIN
    with pytest.raises(WrongPinError) as wrong:
        session.read(PIN)
    assert wrong.value.details == {"attempts_remaining": 9, "key": "mynumber_licence_pin"}
    for _ in range(2):
        with pytest.raises(PinLockedError):
            session.read(PIN)
    with pytest.raises(ValueError, match="another key"):
        session.read(LicencePin("1234"))
    connection.assert_played_out()


def test_a_lost_answer_to_verify():
    connection, session = opened((VERIFY, CommunicationError("empty")), (COUNTER, "63C9"))
    with pytest.raises(PinStateUnknownError) as caught:
        session.read(PIN)
    assert caught.value.details == {"attempts_remaining": 9, "key": "mynumber_licence_pin"}
    assert session.pin_state_known
    connection, session = opened((VERIFY, CardRemovedError()), (COUNTER, CardRemovedError()))
    with pytest.raises(PinStateUnknownError):
        session.read(PIN)
    assert connection.disconnects == 1
    for use in (lambda: session.read(PIN), session.refresh_attempts):
        with pytest.raises(SessionClosedError):
            use()


def test_lost_or_forgotten_while_reading():
    connection, session = opened((VERIFY, OK), (READ, "6982"), (COUNTER, "63CA"))
    with pytest.raises(PinRequiredError) as caught:
        session.read(PIN)
    assert caught.value.key is CardKey.MYNUMBER_LICENCE_PIN
    assert session.refresh_attempts() == 10
    connection.assert_played_out()
    connection, session = opened((VERIFY, OK), (READ, CardRemovedError()))
    with session, pytest.raises(CardRemovedError):
        session.read(PIN)
    assert connection.disconnects == 1

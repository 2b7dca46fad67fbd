import pytest

from kakanai.cardreader.driver_licence.errors import LicenceBlockedError
from kakanai.cardreader.driver_licence.pin import LicencePin
from kakanai.cardreader.driver_licence.readings import LicenceAttempts
from kakanai.cardreader.driver_licence.session import DriverLicenceSession
from kakanai.cardreader.errors import (
    AnotherCardError,
    CardDataError,
    CardRemovedError,
    CardResetError,
    CardStatusError,
    CommunicationError,
    PinLockedError,
    PinRequiredError,
    PinStateUnknownError,
    ReaderGoneError,
    SessionClosedError,
    UnsupportedCardError,
    WrongPinError,
)
from kakanai.cardreader.kinds import CardKey, CardKind
from tests.cardreader.driver_licence.licence_bytes import (
    ADDRESS,
    DOMICILE,
    NAME,
    NO_CHANGES,
    NO_DOMICILE_CHANGES,
    PHOTO,
    change,
    face_file,
    field,
)
from tests.fakes.scripted_connection import ScriptedConnection

DF1 = "00A4040C10A0000002310100000000000000000000"
DF2 = "00A4040C10A0000002310200000000000000000000"
MASTER = "00A40000023F00"
SETTING = "00B08A00000000"
COUNTER1, COUNTER2 = "00200081", "00200082"
VERIFY1, VERIFY2 = "002000810431323334", "002000820435363738"
DEFAULT1, DEFAULT2 = "00200081042A2A2A2A", "00200082042A2A2A2A"
READ = {file: f"00B0{0x80 | file:02X}00000000" for file in range(1, 8)}
PIN1 = LicencePin("1234")
PIN2 = LicencePin("5678", CardKey.LICENCE_PIN2)
OK = "9000"


def answer(content):
    return content.hex() + OK


OPENED = ((DF1, OK), (MASTER, OK), (SETTING, "0501019000"), (COUNTER1, "63C3"), (COUNTER2, "63C3"))
FACE = (READ[1], answer(face_file()))
CHANGES = (READ[4], answer(NO_CHANGES))
AFTER_BOTH = (
    (DF1, OK),
    FACE,
    CHANGES,
    (READ[2], answer(DOMICILE)),
    (READ[6], answer(NO_DOMICILE_CHANGES)),
    (DF2, OK),
    (READ[1], answer(PHOTO)),
)
LOST = [
    CommunicationError("80100016"),
    CommunicationError("empty"),
    CardResetError("80100068"),
    CardRemovedError(),
    ReaderGoneError(),
]


def opened(*script, extended=True):
    connection = ScriptedConnection(*OPENED, *script, extended=extended)
    return connection, DriverLicenceSession.open(connection)


def test_pin1_alone_takes_nine_exchanges():
    connection, session = opened((VERIFY1, OK), (DF1, OK), FACE, CHANGES)
    assert (session.kind, session.reader_name, session.exchanges) == (CardKind.DRIVER_LICENCE, "scripted", 5)
    assert (session.attempts, session.needs_pins) == (LicenceAttempts(3, 3), True)
    reading = session.read(PIN1)
    assert (reading.name, reading.address) == ("日本　花子", "東京都１\u2212１")
    assert (reading.registered_domicile, reading.photo, reading.gaiji) == (None, None, ())
    assert (reading.is_changed, reading.is_address_changed) == (False, False)
    assert (reading.attempts_before, reading.exchanges) == (LicenceAttempts(3, 3), 9)
    assert repr(reading) == "LicenceReading(**** exchanges=9)"
    session.close()
    session.close()
    assert connection.disconnects == 1
    connection.assert_played_out()


def test_both_pins_take_fourteen():
    connection, session = opened((VERIFY1, OK), (VERIFY2, OK), *AFTER_BOTH)
    reading = session.read(PIN1, PIN2)
    assert reading.registered_domicile == reading.domicile_on_face == "東京都"
    assert reading.photo.startswith(bytes.fromhex("0000000C6A502020"))
    assert reading.exchanges == 14
    connection.assert_played_out()


def test_a_card_known_before_is_not_asked_again_what_it_is():
    connection = ScriptedConnection(*OPENED[1:])
    DriverLicenceSession.open(connection, is_recognised=True)
    connection.assert_played_out()


def test_its_signature_cannot_be_verified_here():
    _, session = opened((VERIFY1, OK), (DF1, OK), FACE, CHANGES)
    told = session.read(PIN1).authenticity.to_mapping()
    assert told["verdict"] == "no_issuer_key"
    assert told["checks"] == [
        {"name": "licence_signature", "result": "not_done", "reason": "certificate-not-public"}
    ]


def test_changes_override_what_is_on_the_face():
    changes = bytes.fromhex("500101") + change(0x70, "5060402", NAME) + change(0x71, "5070402", NAME * 2)
    changes += change(0x60, "5060402", ADDRESS) + change(0x68, "5060402", ADDRESS[:4])
    changes += change(0x51, "5060402", ADDRESS[:2])
    domicile = bytes.fromhex("AA0101") + change(0xAB, "5060402", NAME)
    _, session = opened(
        (VERIFY1, OK),
        (VERIFY2, OK),
        (DF1, OK),
        FACE,
        (READ[4], answer(changes.ljust(640, b"\xff"))),
        (READ[2], answer(DOMICILE)),
        (READ[6], answer(domicile.ljust(256, b"\xff"))),
        (DF2, OK),
        (READ[1], answer(PHOTO)),
    )
    reading = session.read(PIN1, PIN2)
    assert (reading.address, reading.address_on_face) == ("日本　花子" * 2, "東京都１\u2212１")
    assert (reading.name, reading.name_on_face) == ("東京都１\u2212１", "日本　花子")
    assert (reading.kana, reading.committee) == ("東京", "東")
    assert (reading.registered_domicile, reading.domicile_on_face) == ("日本　花子", "東京都")
    assert reading.is_changed
    assert reading.is_address_changed
    assert not reading.has_unframed_change
    assert len(reading.changes) == 6


def test_gaiji_are_read_only_where_a_text_has_them():
    bitmap = b"\x55" * 128
    first = (READ[3], answer(field(0x48, bitmap) + field(0x49, bitmap)))
    more = (READ[5], answer(b"\xa0\x01\x01" + field(0xA1, bitmap)))
    name1 = (READ[1], answer(face_file(t12=b"\xff\xf1" + NAME)))
    _, session = opened((VERIFY1, OK), (DF1, OK), name1, CHANGES, first)
    assert [one.number for one in session.read(PIN1).gaiji] == [1]
    address = (READ[1], answer(face_file(t12=b"\xff\xf2" + NAME, t17=b"\xff\xf3\xff\xfa")))
    connection, session = opened((VERIFY1, OK), (DF1, OK), address, CHANGES, first, more)
    reading = session.read(PIN1)
    assert [one.number for one in reading.gaiji] == [2, 3]
    assert reading.address == "\U0010fff3\U0010fffa"
    connection.assert_played_out()


def test_without_a_pin_set_the_card_wants_asterisks():
    connection = ScriptedConnection(
        *OPENED[:2],
        (SETTING, "0501009000"),
        *OPENED[3:],
        (SETTING, "0501009000"),
        (DEFAULT1, OK),
        (DEFAULT2, OK),
        *AFTER_BOTH,
        (DF1, OK),
        *AFTER_BOTH[1:],
        extended=True,
    )
    session = DriverLicenceSession.open(connection)
    assert not session.needs_pins
    assert session.read(None).photo is not None
    assert session.read(PIN1).photo is not None
    connection.assert_played_out()


def test_a_card_that_said_by_mistake_that_no_pin_is_set_loses_no_try():
    connection = ScriptedConnection(
        *OPENED[:2],
        (SETTING, "0501009000"),
        *OPENED[3:],
        (SETTING, "0501019000"),
        (VERIFY1, OK),
        (DF1, OK),
        FACE,
        CHANGES,
        extended=True,
    )
    session = DriverLicenceSession.open(connection)
    with pytest.raises(PinRequiredError) as caught:
        session.read(None)
    assert caught.value.key is CardKey.LICENCE_PIN1
    assert session.needs_pins
    assert session.read(PIN1).name_on_face == "日本　花子"
    connection.assert_played_out()


def test_a_wrong_pin1_stops_before_pin2():
    connection, session = opened((VERIFY1, "63C2"), (VERIFY1, "63C1"))
    for left in (2, 1):
        with pytest.raises(WrongPinError) as caught:
            session.read(PIN1, PIN2)
        assert caught.value.details == {"attempts_remaining": left, "key": "licence_pin1"}
        assert session.attempts == LicenceAttempts(left, 3)
    connection.assert_played_out()


def test_after_a_wrong_pin2_the_rest_can_be_read_without_another_verify():
    connection, session = opened((VERIFY1, OK), (VERIFY2, "63C2"), (DF1, OK), FACE, CHANGES)
    with pytest.raises(WrongPinError) as caught:
        session.read(PIN1, PIN2)
    assert caught.value.key is CardKey.LICENCE_PIN2
    reading = session.read(None)
    assert reading.registered_domicile is None
    assert reading.attempts_before == LicenceAttempts(3, 2)
    connection.assert_played_out()


@pytest.mark.parametrize("sw", ["6983", "6984", "63C0"])
def test_a_pin_locked_by_this_try(sw):
    connection, session = opened((VERIFY1, sw))
    for _ in range(2):  # the second time nothing is sent
        with pytest.raises(PinLockedError) as caught:
            session.read(PIN1)
        assert caught.value.key is CardKey.LICENCE_PIN1
    assert session.attempts == LicenceAttempts(0, 3)
    connection.assert_played_out()


@pytest.mark.parametrize(("at", "key"), [(3, CardKey.LICENCE_PIN1), (4, CardKey.LICENCE_PIN2)])
def test_a_pin_locked_before_sends_nothing(at, key):
    script = [(command, "63C0") if n == at else (command, told) for n, (command, told) in enumerate(OPENED)]
    connection = ScriptedConnection(*script)
    session = DriverLicenceSession.open(connection)
    with pytest.raises(PinLockedError) as caught:
        session.read(PIN1, PIN2)
    assert caught.value.key is key
    connection.assert_played_out()


def test_no_pin_given():
    connection, session = opened()
    for use in (lambda: session.read(None), lambda: session.read(None, PIN2), session.read_signature):
        with pytest.raises(PinRequiredError) as caught:
            use()
        assert caught.value.key is CardKey.LICENCE_PIN1
    for use in (lambda: session.read(PIN2), lambda: session.read(PIN1, PIN1)):
        with pytest.raises(ValueError, match="another key"):
            use()
    connection.assert_played_out()


@pytest.mark.parametrize(("file", "key"), [(0, "licence_pin1"), (2, "licence_pin2"), (5, "licence_pin2")])
def test_a_card_that_forgot_a_pin(file, key):
    after = list(AFTER_BOTH)
    command, _ = after[file + 1]
    connection, session = opened((VERIFY1, OK), (VERIFY2, OK), *after[: file + 1], (command, "6982"))
    with pytest.raises(PinRequiredError) as caught:
        session.read(PIN1, PIN2)
    assert caught.value.details == {"key": key}
    with pytest.raises(PinRequiredError):
        session.read(None)
    connection.assert_played_out()


@pytest.mark.parametrize("error", LOST, ids=lambda error: f"{type(error).__name__}{error.details}")
def test_a_lost_answer_to_verify_is_never_repeated(error):
    connection, session = opened((VERIFY1, error), (COUNTER1, "63C2"), (MASTER, OK), (VERIFY1, "63C1"))
    with pytest.raises(PinStateUnknownError) as caught:
        session.read(PIN1, PIN2)
    assert caught.value.details == {"attempts_remaining": 2, "key": "licence_pin1"}
    assert session.attempts == LicenceAttempts(2, 3)
    assert connection.disconnects == 0
    with pytest.raises(WrongPinError):  # the clerk's own second request, told from MF again
        session.read(PIN1)
    connection.assert_played_out()


@pytest.mark.parametrize("second", [*LOST, "6D00"], ids=str)
def test_when_the_counter_cannot_be_asked_either_the_session_is_over(second):
    connection, session = opened((VERIFY1, OK), (VERIFY2, CardRemovedError()), (COUNTER2, second))
    with pytest.raises(PinStateUnknownError) as caught:
        session.read(PIN1, PIN2)
    assert caught.value.details == {"attempts_remaining": -1, "key": "licence_pin2"}
    assert not session.pin_state_known
    assert connection.disconnects == 1
    for use in (lambda: session.read(PIN1), session.read_signature, session.refresh_attempts):
        with pytest.raises(SessionClosedError):
            use()


@pytest.mark.parametrize("error", LOST[2:], ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("at", range(7))
def test_a_card_lost_while_it_is_read(at, error):
    connection, session = opened(
        (VERIFY1, OK), (VERIFY2, OK), *AFTER_BOTH[:at], (AFTER_BOTH[at][0], error), extended=True
    )
    with pytest.raises(type(error)):
        session.read(PIN1, PIN2)
    assert connection.disconnects == 1
    with pytest.raises(SessionClosedError):
        session.read(PIN1)


def test_an_answer_that_is_none_to_verify():
    connection, session = opened((VERIFY1, "6F00"), (COUNTER1, "63C2"), (COUNTER2, "63C3"))
    with pytest.raises(CardStatusError):
        session.read(PIN1)
    assert session.attempts == LicenceAttempts(-1, 3)
    assert not session.pin_state_known
    assert session.refresh_attempts() == LicenceAttempts(2, 3)
    connection.assert_played_out()


def test_a_broken_file_leaves_the_session_open():
    connection, session = opened(
        (VERIFY1, OK), (DF1, OK), (READ[1], answer(face_file()[:100])), ("00B0006400", "6B00"), FACE, CHANGES
    )
    with pytest.raises(CardDataError) as caught:
        session.read(PIN1)
    assert caught.value.details == {"file": "DF1/EF01", "reason": "cut-off"}
    assert session.read(None).name == "日本　花子"
    connection.assert_played_out()


def test_a_file_that_never_ends_is_given_up():
    _, session = opened((VERIFY1, OK), (DF1, OK), (READ[1], answer(bytes(60000))))
    with pytest.raises(CardDataError) as caught:
        session.read(PIN1)
    assert caught.value.details["reason"] == "too-large"


def test_the_signature_may_be_read_too():
    content = field(0xB1, b"\x01" * 256)
    connection, session = opened((VERIFY1, OK), (DF1, OK), FACE, CHANGES, (READ[7], answer(content)))
    session.read(PIN1)
    assert session.read_signature().signature == b"\x01" * 256
    connection.assert_played_out()


OPENING_FAILURES = {
    "no counter": ([*OPENED[:3], (COUNTER1, "6D00")], CardStatusError),
    "no pin2": ([*OPENED[:4], (COUNTER2, "6D00")], CardStatusError),
    "setting unclear": ([*OPENED[:2], (SETTING, "0501029000")], CardDataError),
    "setting empty": ([*OPENED[:2], (SETTING, "9000")], CardDataError),
    "no setting": ([*OPENED[:2], (SETTING, "6A82")], CardStatusError),
    "no MF": ([OPENED[0], (MASTER, "6A82")], CardStatusError),
    "blocked DF1": ([(DF1, "6283")], LicenceBlockedError),
    "blocked MF": ([OPENED[0], (MASTER, "6283")], LicenceBlockedError),
    "removed": ([*OPENED[:3], (COUNTER1, CardRemovedError())], CardRemovedError),
}


@pytest.mark.parametrize(("script", "error"), OPENING_FAILURES.values(), ids=OPENING_FAILURES)
def test_a_card_that_cannot_be_opened_is_let_go_and_no_pin_was_tried(script, error):
    connection = ScriptedConnection(*script, extended=True)
    with pytest.raises(error) as caught:
        DriverLicenceSession.open(connection)
    assert type(caught.value) is error
    assert connection.disconnects == 1
    connection.assert_played_out()


def test_another_card_is_named():
    text_ap = "00A4040C0AD3921000310001010408"
    connection = ScriptedConnection((DF1, "6A82"), (text_ap, OK))
    with pytest.raises(AnotherCardError) as caught:
        DriverLicenceSession.open(connection)
    assert isinstance(caught.value, UnsupportedCardError)
    assert caught.value.kind is CardKind.MY_NUMBER
    assert connection.disconnects == 1
    connection.assert_played_out()


def test_leaving_the_block_powers_the_card_off():
    connection, session = opened()
    with session:
        assert connection.disconnects == 0
    assert connection.disconnects == 1

import threading
import time

import pytest

from kakanai.cardreader.apdu import CommandApdu
from kakanai.cardreader.errors import (
    CardRemovedError,
    CommunicationError,
    NoCardError,
    PinLockedError,
    PinStateUnknownError,
    ReaderBusyError,
    SpecimenNotFoundError,
    WrongPinError,
)
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.reader_choice import choose_reader
from kakanai.cardreader.simulator.specimen import list_specimens
from kakanai.cardreader.simulator.virtual_reader import Faults, SimulatedReaderSource

SELECT = bytes.fromhex("00A4040C0AD3921000310001010408")
VERIFY = bytes.fromhex("002000910431323334")
READ_NUMBER = bytes.fromhex("00B0810000")
SPECIMENS = {specimen.id: specimen for specimen in list_specimens()}
EXCHANGES = dict.fromkeys(SPECIMENS, 5) | {"long-address": 6}


@pytest.fixture
def source():
    source = SimulatedReaderSource()
    source.insert("official-test")
    return source


def opened(source):
    return MyNumberCardSession.open(choose_reader(source, None).connect())


@pytest.mark.parametrize("specimen_id", sorted(SPECIMENS.keys() - {"locked-pin"}))
def test_every_specimen_is_read_as_it_was_written(specimen_id):
    specimen = SPECIMENS[specimen_id]
    source = SimulatedReaderSource()
    source.insert(specimen)
    with MyNumberCardSession.open(choose_reader(source, f"specimen:{specimen_id}").connect()) as session:
        assert session.reader_name == f"specimen:{specimen_id}"
        reading = session.read(Pin("1234"), with_my_number=True)
    assert (
        reading.basic_four.name,
        reading.basic_four.address,
        reading.basic_four.birth_date,
        reading.basic_four.sex,
    ) == (specimen.person.name, specimen.person.address, specimen.person.birth_date, specimen.person.sex)
    assert reading.my_number.digits == specimen.my_number
    assert reading.exchanges == EXCHANGES[specimen_id]


def test_the_locked_specimen():
    source = SimulatedReaderSource()
    source.insert("locked-pin")
    with opened(source) as session:
        assert session.attempts_remaining == 0
        with pytest.raises(PinLockedError):
            session.read(Pin("1234"), with_my_number=False)
        assert session.exchanges == 2


def test_three_wrong_pins_lock_for_the_next_visit_too(source, tmp_path):
    source = SimulatedReaderSource(tmp_path)
    source.insert("official-test")
    with opened(source) as session:
        for left in (2, 1):
            with pytest.raises(WrongPinError) as caught:
                session.read(Pin("0000"), with_my_number=False)
            assert caught.value.attempts_remaining == left
        with pytest.raises(PinLockedError):
            session.read(Pin("0000"), with_my_number=False)
    later = SimulatedReaderSource(tmp_path)
    later.insert("official-test")
    with opened(later) as session:
        assert session.attempts_remaining == 0


@pytest.mark.parametrize("answered", range(5))
def test_the_card_taken_away_after_any_exchange(source, answered):
    source.faults = Faults(remove_after_exchanges=answered)
    with pytest.raises((CardRemovedError, PinStateUnknownError)) as caught, opened(source) as session:
        session.read(Pin("1234"), with_my_number=True)
    if answered == 2:
        assert caught.type is PinStateUnknownError
        assert caught.value.attempts_remaining == -1
    else:
        assert caught.type is CardRemovedError
    source.faults = Faults()
    source.insert("official-test")
    with opened(source) as session:
        assert session.read(Pin("1234"), with_my_number=True).exchanges == 5


@pytest.mark.parametrize("lost", range(1, 6))
def test_any_answer_lost(source, lost):
    source.faults = Faults(lose_response_of=lost)
    with pytest.raises((CommunicationError, PinStateUnknownError)) as caught, opened(source) as session:
        session.read(Pin("0000" if lost == 3 else "1234"), with_my_number=True)
    if lost == 3:
        assert caught.type is PinStateUnknownError
        assert caught.value.attempts_remaining == 2
    else:
        assert caught.type is CommunicationError


def test_disconnecting_powers_the_card_off(source):
    reader = choose_reader(source, None)
    connection = reader.connect()
    for raw in (SELECT, VERIFY, READ_NUMBER):
        assert connection.transmit(CommandApdu.parse(raw)).sw == 0x9000
    connection.disconnect()
    connection = reader.connect()
    assert connection.transmit(CommandApdu.parse(READ_NUMBER)).sw == 0x6986
    assert connection.transmit(CommandApdu.parse(SELECT)).sw == 0x9000
    assert connection.transmit(CommandApdu.parse(READ_NUMBER)).sw == 0x6982


def test_one_connection_at_a_time(source):
    reader = choose_reader(source, None)
    connection = reader.connect()
    with pytest.raises(ReaderBusyError):
        reader.connect()
    connection.disconnect()
    connection.disconnect()
    reader.connect()


def test_an_old_connection_cannot_reach_the_next_card(source):
    session = opened(source)
    source.insert("hashigo-taka")
    with pytest.raises(CardRemovedError):
        session.refresh_attempts()
    with opened(source) as next_session:
        session.close()
        assert next_session.refresh_attempts() == 3


def test_an_empty_reader():
    source = SimulatedReaderSource()
    (reader,) = source.readers()
    assert (reader.name, reader.is_card_present()) == ("specimen:", False)
    with pytest.raises(NoCardError):
        reader.connect()
    with pytest.raises(NoCardError):
        choose_reader(source, None)
    with pytest.raises(SpecimenNotFoundError):
        source.insert("nobody")
    source.insert("official-test")
    assert (reader.name, reader.is_card_present()) == ("specimen:official-test", True)
    source.remove()
    source.remove()
    assert not reader.is_card_present()


def test_changes_are_told_once_and_wake_the_waiting(source):
    assert source.wait_for_change(0)
    assert not source.wait_for_change(0)
    for change in (source.remove, lambda: source.insert("official-test")):
        timer = threading.Timer(0.05, change)
        timer.start()
        started = time.monotonic()
        assert source.wait_for_change(5)
        assert time.monotonic() - started < 2
        timer.join()
    assert not source.wait_for_change(0.01)

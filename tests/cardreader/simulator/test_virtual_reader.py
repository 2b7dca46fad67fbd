import dataclasses
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
from kakanai.cardreader.faults import Faults, Pace
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.reader_choice import choose_reader
from kakanai.cardreader.simulator.specimen import list_specimens
from kakanai.cardreader.simulator.specimen_types import MyNumberSpecimen
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource

SELECT = bytes.fromhex("00A4040C0AD3921000310001010408")
VERIFY = bytes.fromhex("002000910431323334")
READ_NUMBER = bytes.fromhex("00B0810000")
SPECIMENS = {specimen.id: specimen for specimen in list_specimens() if isinstance(specimen, MyNumberSpecimen)}
LOCKED = {"locked-pin", "no-pins", "youth-15"}
EXCHANGES = dict.fromkeys(SPECIMENS, 5) | {"long-address": 6}


@pytest.fixture
def source():
    source = SimulatedReaderSource()
    source.insert("official-test")
    return source


def opened(source):
    return MyNumberCardSession.open(choose_reader(source, None).connect())


@pytest.mark.parametrize("specimen_id", sorted(SPECIMENS.keys() - LOCKED))
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


@pytest.mark.parametrize("lost", [1, 2])
def test_a_lost_answer_before_the_pin_ends_the_reading(source, lost):
    source.faults = Faults(lose_response_of=lost)
    with pytest.raises(CommunicationError), opened(source) as session:
        session.read(Pin("1234"), with_my_number=True)


def test_the_lost_answer_to_the_pin(source):
    source.faults = Faults(lose_response_of=3)
    with pytest.raises(PinStateUnknownError) as caught, opened(source) as session:
        session.read(Pin("0000"), with_my_number=True)
    assert caught.value.attempts_remaining == 2


@pytest.mark.parametrize("lost", [4, 5])
def test_a_lost_answer_to_a_read_is_asked_for_again(source, lost):
    source.faults = Faults(lose_response_of=lost)
    with opened(source) as session:
        reading = session.read(Pin("1234"), with_my_number=True)
    assert (reading.my_number.digits, reading.exchanges) == ("123456789018", 6)


@pytest.mark.parametrize("inside", range(1, 6))
def test_the_card_taken_away_inside_any_command(source, inside):
    source.faults = Faults(remove_inside=inside)
    with pytest.raises((CardRemovedError, PinStateUnknownError)) as caught, opened(source) as session:
        session.read(Pin("0000" if inside == 3 else "1234"), with_my_number=True)
    assert caught.type is (PinStateUnknownError if inside == 3 else CardRemovedError)
    assert not source.has_card


def test_a_try_is_spent_though_the_card_left_inside_the_command(tmp_path):
    source = SimulatedReaderSource(tmp_path)
    source.insert("official-test")
    source.faults = Faults(remove_inside=3)
    with pytest.raises(PinStateUnknownError), opened(source) as session:
        session.read(Pin("0000"), with_my_number=False)
    source.faults = Faults()
    source.insert("official-test")
    with opened(source) as session:
        assert session.attempts_remaining == 2


def test_the_card_leaves_with_its_last_answer(source):
    source.faults = Faults(remove_after_exchanges=2)
    connection = choose_reader(source, None).connect()
    assert connection.transmit(CommandApdu.parse(SELECT)).sw == 0x9000
    assert source.has_card
    assert connection.transmit(CommandApdu.parse(VERIFY)).sw == 0x9000
    assert not source.has_card


@pytest.mark.parametrize(
    "faults",
    [
        Faults(first_command_6f00=True),
        Faults(no_sfi=True),
        Faults(short_apdu_only=True),
        Faults(no_sfi=True, short_apdu_only=True, first_command_6f00=True, locked_answers=0x6983),
    ],
)
@pytest.mark.parametrize("specimen_id", ["official-test", "long-address"])
def test_a_difficult_card_is_read_all_the_same(source, faults, specimen_id):
    source.insert(specimen_id)
    source.faults = faults
    with opened(source) as session:
        reading = session.read(Pin("1234"), with_my_number=True)
    assert reading.basic_four.address == SPECIMENS[specimen_id].person.address


def test_the_faults_of_a_specimen_and_of_the_reader_add_up(source):
    own = dataclasses.replace(SPECIMENS["official-test"], faults=Faults(first_command_6f00=True))
    source.insert(own)
    source.faults = Faults(lose_response_of=2)
    connection = choose_reader(source, None).connect()
    assert connection.transmit(CommandApdu.parse(SELECT)).sw == 0x6F00
    with pytest.raises(CommunicationError):
        connection.transmit(CommandApdu.parse(SELECT))


def test_a_pace_is_waited_for_and_a_removal_meanwhile_counts():
    waited = []

    def sleep(seconds):
        waited.append(seconds)
        if len(waited) == 3:
            source.remove()

    source = SimulatedReaderSource(sleep=sleep)
    source.insert("official-test")
    source.faults = Faults(slow=Pace.CONTACTLESS)
    connection = choose_reader(source, None).connect()
    assert waited == [0.25]
    assert connection.transmit(CommandApdu.parse(SELECT)).sw == 0x9000
    assert waited[1] > 0.015
    with pytest.raises(CardRemovedError):
        connection.transmit(CommandApdu.parse(VERIFY))


def test_what_a_reader_passes_on_is_remembered_from_card_to_card(source):
    first = choose_reader(source, None).connect()
    first.limits.extended = False
    source.insert("hashigo-taka")
    assert choose_reader(source, None).connect().limits.extended is False


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

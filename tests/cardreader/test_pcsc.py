import gc
import threading
import time

import pytest

from kakanai.cardreader import pcsc, pcsc_limits
from kakanai.cardreader.apdu import CommandApdu
from kakanai.cardreader.errors import (
    CardRemovedError,
    CardResetError,
    CommunicationError,
    NoCardError,
    NoReaderError,
    NoServiceError,
    ReaderBusyError,
    ReaderGoneError,
    UnresponsiveCardError,
)
from kakanai.cardreader.pcsc import PcscReaderSource
from kakanai.cardreader.pcsc_status import error_for
from kakanai.cardreader.reader_choice import choose_reader
from kakanai.cardreader.remembered_readers import RememberedReaders
from tests.fakes.fake_scard import FakeScard

COUNTER = CommandApdu(0x00, 0x20, 0x00, 0x91)
BUSY = 0x8010000B


@pytest.fixture
def service(monkeypatch):
    started = []

    def start(**statuses):
        started.append(FakeScard(**statuses))
        monkeypatch.setattr(pcsc, "scard", started[-1])
        return started[-1]

    yield start
    for fake in started:
        fake.go_on.set()


@pytest.mark.parametrize(
    ("status", "error", "error_in_exchange"),
    [
        (0x8010001D, NoServiceError, NoServiceError),
        (0x8010001E, NoServiceError, NoServiceError),
        (0x80100003, NoServiceError, CommunicationError),
        (0x80100013, NoServiceError, CommunicationError),
        (0x8010002E, ReaderGoneError, ReaderGoneError),
        (0x80100009, ReaderGoneError, ReaderGoneError),
        (0x80100017, ReaderGoneError, ReaderGoneError),
        (0x8010000C, NoCardError, CardRemovedError),
        (0x80100069, CardRemovedError, CardRemovedError),
        (0x80100066, UnresponsiveCardError, UnresponsiveCardError),
        (0x8010000F, UnresponsiveCardError, UnresponsiveCardError),
        (BUSY, ReaderBusyError, ReaderBusyError),
        (0x80100067, CardResetError, CardResetError),
        (0x80100068, CardResetError, CardResetError),
        (0x80100016, CommunicationError, CommunicationError),
        (0x8010002F, CommunicationError, CommunicationError),
        (0x80100001, CommunicationError, CommunicationError),
        (0x80100065, UnresponsiveCardError, UnresponsiveCardError),
        (0x00000006, NoServiceError, CommunicationError),
        (0x00000016, CommunicationError, ReaderGoneError),
        (0x0000001F, CommunicationError, CommunicationError),
    ],
)
def test_statuses_become_our_errors(status, error, error_in_exchange):
    for given in (status, status - 0x1_0000_0000):
        assert type(error_for(given)) is error
        assert type(error_for(given, in_exchange=True)) is error_in_exchange


def test_an_unknown_status_is_told_in_the_usual_spelling():
    assert error_for(0x80100016 - 0x1_0000_0000).details == {"status": "80100016"}


def test_no_reader_is_an_empty_list(service):
    service(list=[0x8010002E])
    assert PcscReaderSource().readers() == []
    service().readers = []
    assert PcscReaderSource().readers() == []


def test_no_service(service):
    service(establish=[0x8010001D] * 4)
    source = PcscReaderSource()
    with pytest.raises(NoServiceError):
        source.readers()
    assert not source.is_card_present("Fake 00 00")


def test_a_restarted_service_gets_a_new_context(service):
    fake = service()
    source = PcscReaderSource()
    (reader,) = source.readers()
    fake.statuses["list"] = [0x8010001E]
    assert reader.is_card_present()
    assert fake.calls.count("establish") == 2
    assert fake.calls.count("release") == 1
    source.close()
    assert fake.calls.count("release") == 2


def test_changes_are_told_once(service):
    fake = service()
    source = PcscReaderSource()
    assert source.wait_for_change(0)
    assert not source.wait_for_change(0)
    fake.state |= fake.SCARD_STATE_INUSE | fake.SCARD_STATE_EXCLUSIVE
    assert not source.wait_for_change(0)
    fake.state += 2 << 16  # taken away and put back between two looks
    assert source.wait_for_change(0)
    fake.readers.append("Fake 01 00")
    assert source.wait_for_change(0)
    fake.statuses["establish"] = [0x8010001D] * 2
    fake.statuses["list"] = [0x8010001E]
    assert source.wait_for_change(0)
    assert source.wait_for_change(0)
    assert not source.wait_for_change(0.01)


def connect():
    (reader,) = PcscReaderSource().readers()
    return reader.connect()


def test_a_card_held_for_a_moment_is_waited_for(service, monkeypatch):
    monkeypatch.setattr(pcsc, "_BUSY_RETRY_S", 0)
    fake = service(connect=[BUSY, BUSY])
    assert connect().reader_name == "Fake 00 00"
    assert fake.calls.count("connect") == 3


def test_a_card_held_for_longer_is_busy(service, monkeypatch):
    monkeypatch.setattr(pcsc, "_BUSY_RETRY_S", 0)
    monkeypatch.setattr(pcsc, "_BUSY_FOR_S", 0)
    fake = service(connect=[BUSY] * 9)
    with pytest.raises(ReaderBusyError):
        connect()
    assert fake.calls[-1] == "release"


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (0x8010000C, NoCardError),
        (0x80100069, NoCardError),
        (0x80100066, UnresponsiveCardError),
        (0x80100009, ReaderGoneError),
    ],
)
def test_a_failed_connect_gives_its_context_back(service, status, error):
    fake = service(connect=[status])
    with pytest.raises(error):
        connect()
    assert fake.calls.count("connect") == 1
    assert fake.calls[-1] == "release"


@pytest.mark.parametrize(
    ("status", "error"), [(0x80100069, CardRemovedError), (0x80100016, CommunicationError)]
)
def test_a_failed_exchange_is_counted_and_not_repeated(service, status, error):
    fake = service(transmit=[status])
    connection = connect()
    with pytest.raises(error):
        connection.transmit(COUNTER)
    assert connection.exchanges == 1
    assert fake.calls.count("transmit") == 1


def test_success_with_an_empty_answer_is_a_lost_answer(service):
    service().answer = []
    with pytest.raises(CommunicationError):
        connect().transmit(COUNTER)


def test_disconnect_powers_off_once_and_never_raises(service):
    fake = service(disconnect=[0x80100069])
    connection = connect()
    assert connection.transmit(COUNTER).sw == 0x9000
    for _ in range(2):
        connection.disconnect()
    assert fake.calls[-2:] == ["disconnect", "release"]
    with pytest.raises(CardRemovedError):
        connection.transmit(COUNTER)


def test_a_card_that_speaks_t0_gets_its_own_header(service):
    fake = service()
    fake.protocol = fake.SCARD_PROTOCOL_T0
    assert connect().transmit(COUNTER).sw == 0x9000  # the fake checks the header


@pytest.mark.parametrize("status", [0x80100067, 0x80100068])
def test_a_reset_card_is_told_as_such_and_not_asked_again(service, status):
    fake = service(transmit=[status])
    connection = connect()
    with pytest.raises(CardResetError):
        connection.transmit(COUNTER)
    assert fake.calls.count("transmit") == 1


def test_a_connection_nobody_holds_any_more_is_powered_off(service):
    fake = service()
    connection = connect()
    del connection
    gc.collect()
    assert fake.calls[-2:] == ["disconnect", "release"]


def test_a_card_that_never_answers_is_given_up(service, monkeypatch):
    monkeypatch.setattr(pcsc_limits, "SHORT_LIMIT_S", 0.05)
    monkeypatch.setattr(pcsc_limits, "POWER_OFF_LIMIT_S", 0.05)
    fake = service()
    connection = connect()
    fake.hanging = {"transmit"}
    with pytest.raises(CommunicationError) as caught:
        connection.transmit(COUNTER)
    assert caught.value.details == {"status": "8010000A"}
    fake.go_on.set()  # the late answer is nobody's: not even the next command gets it
    assert fake.gone_on.wait(5)
    time.sleep(0.05)
    with pytest.raises(CommunicationError):
        connection.transmit(COUNTER)
    assert fake.calls.count("transmit") == 1
    connection.disconnect()
    assert fake.calls[-2:] == ["disconnect", "release"]


def test_a_card_given_up_is_powered_off_as_soon_as_the_service_lets_us(service, monkeypatch, caplog):
    monkeypatch.setattr(pcsc_limits, "SHORT_LIMIT_S", 0.05)
    monkeypatch.setattr(pcsc_limits, "POWER_OFF_LIMIT_S", 0.05)
    fake = service()
    connection = connect()
    fake.hanging = {"transmit"}
    with pytest.raises(CommunicationError):
        connection.transmit(COUNTER)
    connection.disconnect()
    assert "disconnect" not in fake.calls
    assert "not powered off" in caplog.text
    (thread,) = (thread for thread in threading.enumerate() if thread.name == "pcsc-card")
    fake.go_on.set()
    thread.join(5)
    assert fake.calls[-2:] == ["disconnect", "release"]


def test_an_extended_command_may_take_longer():
    assert pcsc_limits.exchange_limit_s(bytes.fromhex("00B0850000")) == pcsc_limits.SHORT_LIMIT_S
    assert pcsc_limits.exchange_limit_s(bytes.fromhex("00200091")) == pcsc_limits.SHORT_LIMIT_S
    assert pcsc_limits.exchange_limit_s(bytes.fromhex("00B08500000000")) == pcsc_limits.EXTENDED_LIMIT_S


def test_a_card_in_another_programs_transaction_is_busy(service, monkeypatch):
    monkeypatch.setattr(pcsc_limits, "CONNECT_LIMIT_S", 0.05)
    monkeypatch.setattr(pcsc_limits, "POWER_OFF_LIMIT_S", 0.05)
    fake = service()
    fake.hanging = {"connect"}
    with pytest.raises(ReaderBusyError):
        connect()
    (thread,) = (thread for thread in threading.enumerate() if thread.name == "pcsc-card")
    fake.go_on.set()
    thread.join(5)
    assert fake.calls[-2:] == ["disconnect", "release"]


def test_a_service_that_does_not_answer_is_none_until_it_does(service, monkeypatch):
    monkeypatch.setattr(pcsc_limits, "SERVICE_LIMIT_S", 0.05)
    fake = service()
    source = PcscReaderSource()
    fake.hanging = {"list"}
    for _ in range(3):
        with pytest.raises(NoServiceError):
            source.readers()
    assert fake.calls.count("list") == 1
    monkeypatch.setattr(pcsc_limits, "SERVICE_LIMIT_S", 5.0)
    fake.go_on.set()
    fake.hanging = set()
    until = time.monotonic() + 5
    while not source.is_card_present("Fake 00 00"):
        assert time.monotonic() < until
        time.sleep(0.01)


def test_all_connections_to_a_reader_share_what_it_passes_on(service):
    fake = service()
    source = PcscReaderSource()
    first = source.readers()[0].connect()
    first.limits.extended = False
    first.disconnect()
    fake.readers = ["Fake 01 00", "Other 00 00"]
    again, other = (reader.connect() for reader in source.readers())
    assert again.limits.extended is False
    assert other.limits.extended is None


def test_choice_and_limits_outlive_the_source(service, tmp_path):
    fake = service()
    source = PcscReaderSource(RememberedReaders(tmp_path / "readers.json"))
    assert source.preferred is None
    source.prefer("Fake 00 00")
    source.readers()[0].connect().limits.extended = True
    fake.readers = ["Fake 02 00"]
    later = PcscReaderSource(RememberedReaders(tmp_path / "readers.json"))
    assert later.preferred == "Fake"
    assert later.readers()[0].connect().limits.extended is True


def test_a_reader_pulled_out_and_plugged_in_elsewhere_is_the_same_reader(service, tmp_path):
    fake = service()
    source = PcscReaderSource(RememberedReaders(tmp_path / "readers.json"))
    source.prefer("Fake 00 00")
    connection = choose_reader(source, None).connect()
    fake.statuses["transmit"] = [0x80100017]
    fake.readers = []
    with pytest.raises(ReaderGoneError):
        connection.transmit(COUNTER)
    connection.disconnect()
    with pytest.raises(NoReaderError):
        choose_reader(source, None)
    fake.readers = ["Other 00 00", "Fake 01 00"]
    again = choose_reader(source, None).connect()
    assert again.reader_name == "Fake 01 00"
    assert again.limits is connection.limits


def test_without_a_file_nothing_is_preferred(service):
    service()
    source = PcscReaderSource()
    source.prefer("Fake 00 00")
    assert source.preferred is None


def test_conditions_tell_flags_and_the_answer_to_reset(service):
    fake = service()
    fake.state = fake.SCARD_STATE_PRESENT | fake.SCARD_STATE_INUSE | fake.SCARD_STATE_EXCLUSIVE | 7 << 16
    (condition,) = PcscReaderSource().conditions()
    assert (condition.name, condition.has_card, condition.atr) == ("Fake 00 00", True, b"\x3b\xe0")
    assert set(condition.flags) == {"present", "inuse", "exclusive"}
    assert set(PcscReaderSource().service_facts()) == {"service", "pyscard"}

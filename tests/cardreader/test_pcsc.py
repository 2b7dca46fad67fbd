import pytest

from kakanai.cardreader import pcsc
from kakanai.cardreader.apdu import CommandApdu
from kakanai.cardreader.errors import (
    CardRemovedError,
    CardResetError,
    CommunicationError,
    NoCardError,
    NoServiceError,
    ReaderBusyError,
    ReaderGoneError,
    UnresponsiveCardError,
)
from kakanai.cardreader.pcsc import PcscReaderSource, error_for
from tests.fakes.fake_scard import FakeScard

COUNTER = CommandApdu(0x00, 0x20, 0x00, 0x91)
BUSY = 0x8010000B


@pytest.fixture
def service(monkeypatch):
    def start(**statuses):
        fake = FakeScard(**statuses)
        monkeypatch.setattr(pcsc, "scard", fake)
        return fake

    return start


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

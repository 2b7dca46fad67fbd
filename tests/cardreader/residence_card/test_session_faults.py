import pytest

from kakanai.cardreader.errors import (
    CardRemovedError,
    CardResetError,
    CommunicationError,
    PinRequiredError,
    ReaderGoneError,
    SessionClosedError,
)
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.residence_card.session import ResidenceCardSession
from kakanai.cardreader.simulator.specimen import specimen_folder
from tests.cardreader.residence_card.simulated import connected, number_of


def opened(name, **options):
    connection = connected(name, **options)
    return connection, ResidenceCardSession.open(connection)


def picture(name):
    return (specimen_folder() / "residence" / name).read_bytes()


def at(index, action):
    def fault(connection, raw):
        if len(connection.sent) == index:
            action(connection)

    return fault


def lose(error):
    def action(connection):
        raise error

    return action


@pytest.mark.parametrize(
    "error", [CardRemovedError(), CardResetError("80100068"), ReaderGoneError()], ids=lambda one: one.code
)
@pytest.mark.parametrize("index", range(4, 17))
def test_a_lost_card_closes_the_session_wherever_it_happens(index, error):
    connection, session = opened("back-address")
    connection.fault = at(index, lose(error))
    with pytest.raises(type(error)):
        session.read(number_of("back-address"))
    assert len(connection.sent) == index
    assert connection.disconnects == 1
    with pytest.raises(SessionClosedError):
        session.read(number_of("back-address"))


@pytest.mark.parametrize("index", [4, 5, 6, 7, 10, 15])
def test_only_reads_are_repeated(index):
    """Authentication and SELECT are sent once, whatever became of their answer."""
    connection, session = opened("back-address")
    connection.fault = at(index, lose(CommunicationError("80100016")))
    with pytest.raises(CommunicationError):
        session.read(number_of("back-address"))
    assert len(connection.sent) == index
    assert connection.disconnects == 1


@pytest.mark.parametrize("index", [8, 9])
def test_an_extended_read_that_fails_is_read_by_pieces_for_good(index):
    connection, session = opened("back-address")
    connection.fault = at(index, lose(CommunicationError("8010001F")))
    reading = session.read(number_of("back-address"))
    assert reading.photo == picture("an-photo.jp2")
    assert connection.limits.extended is False


def test_a_read_is_repeated_three_times_and_no_more():
    connection, session = opened("second-generation", extended=False)
    lost = []

    def lose_some(connection, raw):
        if raw[:2] == b"\x08\xb0" and len(lost) < wanted:
            lost.append(raw)
            raise CommunicationError("80100016")

    connection.fault = lose_some
    wanted = 3
    assert session.read(number_of("second-generation")).birth_date == "19980505"
    wanted, lost = 4, []
    with pytest.raises(CommunicationError):
        session.read(number_of("second-generation"))
    assert connection.disconnects == 1


@pytest.mark.parametrize("index", [8, 12])
def test_a_card_that_forgot_the_number_says_so(index):
    connection, session = opened("back-address")

    def forget(connection):
        folder = connection.card._folder
        connection.card.power_off()
        connection.card._folder = folder

    connection.fault = at(index, forget)
    with pytest.raises(PinRequiredError) as caught:
        session.read(number_of("back-address"))
    assert caught.value.key is CardKey.CARD_NUMBER
    assert connection.disconnects == 0


def test_leaving_the_block_powers_the_card_off():
    connection = connected("back-address")
    with ResidenceCardSession.open(connection) as session:
        assert session.reader_name == "simulated"
    assert connection.disconnects == 1


def test_nothing_is_repeated_after_another_program_reset_the_card():
    connection, session = opened("back-address", extended=False)
    connection.fault = at(10, lose(CardResetError("80100068")))  # the third piece of the card's face
    with pytest.raises(CardResetError):
        session.read(number_of("back-address"))
    assert len(connection.sent) == 10
    assert connection.disconnects == 1

import pytest

from kakanai.cardreader.card_files import CardFiles
from kakanai.cardreader.errors import (
    UNKNOWN_ATTEMPTS,
    CardStatusError,
    CommunicationError,
    PinLockedError,
    PinStateUnknownError,
)
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.mynumber.key_tries import KeyTries
from tests.fakes.scripted_connection import ScriptedConnection

COUNTER = "0020009B"
VERIFY = "0020009B06414243313233"


def tries_of(*script, granted=None):
    connection = ScriptedConnection(*script)
    return connection, KeyTries(CardFiles(connection), 0x1B, CardKey.SIGN_PIN, granted=granted)


def test_nothing_is_known_before_it_was_asked():
    _, tries = tries_of()
    assert (tries.attempts, tries.is_known) == (UNKNOWN_ATTEMPTS, False)


def test_a_known_counter_is_not_asked_again():
    connection, tries = tries_of((COUNTER, "63C5"))
    assert [tries.before_try(), tries.before_try()] == [5, 5]
    connection.assert_played_out()


@pytest.mark.parametrize(("granted", "is_known"), [(5, True), (None, False)])
def test_after_a_success(granted, is_known):
    connection, tries = tries_of((COUNTER, "63C1"), (VERIFY, "9000"), granted=granted)
    tries.before_try()
    tries.present(b"ABC123")
    assert tries.is_known is is_known
    assert tries.attempts == (granted or 1)
    connection.assert_played_out()


def test_the_locked_key_is_named():
    _, tries = tries_of((COUNTER, "63C0"))
    for _ in range(2):
        with pytest.raises(PinLockedError) as caught:
            tries.before_try()
        assert caught.value.key is CardKey.SIGN_PIN


def test_after_a_lost_answer_a_missing_key_is_not_taken_for_a_locked_one():
    # A card that was reset meanwhile has no AP selected, and so no such key.
    connection, tries = tries_of((VERIFY, CommunicationError("80100016")), (COUNTER, "6A82"))
    with pytest.raises(PinStateUnknownError) as caught:
        tries.present(b"ABC123")
    assert caught.value.details == {"attempts_remaining": UNKNOWN_ATTEMPTS, "key": "sign_pin"}
    assert not tries.is_known
    connection.assert_played_out()


def test_a_strange_answer_leaves_the_counter_unknown():
    _, tries = tries_of((COUNTER, "63C5"), (VERIFY, "6F00"))
    tries.before_try()
    with pytest.raises(CardStatusError):
        tries.present(b"ABC123")
    assert not tries.is_known

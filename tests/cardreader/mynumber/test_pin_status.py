import pytest

from kakanai.cardreader.errors import CardRemovedError
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.mynumber.pin_status import KeyStatus, read_pin_status
from tests.cardreader.mynumber.card_bytes import (
    SELECT_COMMON,
    SELECT_JPKI,
    SELECT_JUKI,
    SELECT_SURFACE,
    SELECT_TEXT,
)
from tests.fakes.scripted_connection import ScriptedConnection

WHOLE_CARD = [
    (SELECT_TEXT, "9000"),
    ("00200091", "63C3"),
    ("00200094", "63CA"),
    ("00200095", "63C9"),
    (SELECT_SURFACE, "9000"),
    ("00200091", "63CF"),
    ("00200092", "63C8"),
    ("00200093", "63C7"),
    (SELECT_JPKI, "9000"),
    ("00200098", "63C0"),
    ("0020009B", "63C5"),
    (SELECT_COMMON, "9000"),
    ("0020009C", "6984"),
    (SELECT_JUKI, "9000"),
    ("0020009C", "63C2"),
]
ORDER = [
    CardKey.TEXT_PIN,
    CardKey.COLLATION_A,
    CardKey.COLLATION_B,
    CardKey.BIRTH_DATE,
    CardKey.SURFACE_COLLATION_B,
    CardKey.SURFACE_COLLATION_A,
    CardKey.AUTH_PIN,
    CardKey.SIGN_PIN,
    CardKey.COMMON_PIN,
    CardKey.JUKI_PIN,
]


def test_every_key_by_an_empty_verify():
    connection = ScriptedConnection(*WHOLE_CARD)
    told = read_pin_status(connection)
    assert [one.key for one in told] == ORDER
    assert [one.attempts for one in told] == [3, 10, 9, 15, 8, 7, 0, 5, 0, 2]
    assert connection.exchanges == 15
    assert connection.disconnects == 0
    connection.assert_played_out()


@pytest.mark.parametrize("sw", ["6A82", "6A86", "6D00", "6283", "6F01"])
def test_a_card_without_these_applications(sw):
    selects = (SELECT_TEXT, SELECT_SURFACE, SELECT_JPKI, SELECT_COMMON, SELECT_JUKI)
    connection = ScriptedConnection(*[(select, sw) for select in selects])
    assert read_pin_status(connection) == [KeyStatus(key, None) for key in ORDER]
    connection.assert_played_out()


@pytest.mark.parametrize("sw", ["6A82", "6300", "9000", "6985"])
def test_a_key_that_tells_no_counter(sw):
    connection = ScriptedConnection(WHOLE_CARD[0], WHOLE_CARD[1], ("00200094", sw), *WHOLE_CARD[3:])
    told = {one.key: one.attempts for one in read_pin_status(connection)}
    assert told[CardKey.COLLATION_A] is None
    assert told[CardKey.COLLATION_B] == 9
    connection.assert_played_out()


def test_a_card_taken_away_meanwhile():
    connection = ScriptedConnection(*WHOLE_CARD[:5], ("00200091", CardRemovedError()))
    with pytest.raises(CardRemovedError):
        read_pin_status(connection)
    connection.assert_played_out()

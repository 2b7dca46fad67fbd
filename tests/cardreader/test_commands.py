import pytest

from kakanai.cardreader import commands
from kakanai.cardreader.errors import (
    CardStatusError,
    PinLockedError,
    WrongPinError,
)
from kakanai.cardreader.kinds import CardKey
from tests.fakes.scripted_connection import ScriptedConnection

AID = bytes.fromhex("D3921000310001010408")
SELECT = "00A4040C0AD3921000310001010408"


def played(call, *script):
    connection = ScriptedConnection(*script)
    try:
        return call(connection)
    finally:
        connection.assert_played_out()


@pytest.mark.parametrize(
    ("sw", "selected"), [("9000", True), ("6A82", False), ("6A86", False), ("6A81", False), ("6D00", False)]
)
def test_select_application(sw, selected):
    assert played(lambda card: commands.select_application(card, AID), (SELECT, sw)) is selected


def test_6f00_to_the_first_command_is_asked_once_more():
    select = lambda card: commands.select_application(card, AID)  # noqa: E731 - reads as a verb below
    assert played(select, (SELECT, "6F00"), (SELECT, "9000")) is True
    with pytest.raises(CardStatusError):
        played(select, (SELECT, "6F00"), (SELECT, "6F00"))


def test_6f00_later_on_is_not_asked_again():
    def select_twice(card):
        commands.select_application(card, AID)
        commands.select_application(card, AID)

    with pytest.raises(CardStatusError) as caught:
        played(select_twice, (SELECT, "9000"), (SELECT, "6F00"))
    assert caught.value.details == {"command": "SELECT", "sw": "6F00"}


def test_select_file():
    assert played(lambda card: commands.select_file(card, 0x0018), ("00A4020C020018", "9000"))
    assert not played(lambda card: commands.select_file(card, 0x0018), ("00A4020C020018", "6A82"))


@pytest.mark.parametrize(
    ("sw", "error"),
    [
        ("63C2", WrongPinError),
        ("63C0", PinLockedError),
        ("6983", PinLockedError),
        ("6984", PinLockedError),
        ("6F00", CardStatusError),
        ("6300", CardStatusError),
    ],
)
def test_verify_is_sent_once_whatever_the_answer(sw, error):
    with pytest.raises(error) as caught:
        played(
            lambda card: commands.verify(card, 0x91, b"1234", CardKey.LICENCE_PIN1),
            ("002000910431323334", sw),
        )
    assert caught.value.details.get("key", "licence_pin1") == "licence_pin1"

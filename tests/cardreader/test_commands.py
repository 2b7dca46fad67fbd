import pytest

from kakanai.cardreader import commands
from kakanai.cardreader.errors import (
    CardDataError,
    CardStatusError,
    PinLockedError,
    PinRequiredError,
    WrongPinError,
)
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


@pytest.mark.parametrize(("sw", "left"), [("63C3", 3), ("63CA", 10), ("63C0", 0), ("6983", 0), ("6984", 0)])
def test_attempts_remaining(sw, left):
    assert played(lambda card: commands.attempts_remaining(card, 0x11), ("00200091", sw)) == left


@pytest.mark.parametrize("sw", ["9000", "6300", "6A82", "6F00"])
def test_an_answer_that_tells_no_counter(sw):
    with pytest.raises(CardStatusError):
        played(lambda card: commands.attempts_remaining(card, 0x11), ("00200091", sw))


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
    with pytest.raises(error):
        played(lambda card: commands.verify(card, 0x11, b"1234"), ("002000910431323334", sw))


def test_read_binary():
    assert (
        played(lambda card: commands.read_binary(card, 0x1234, 16), ("00B0123410", "AABB9000")) == b"\xaa\xbb"
    )
    assert played(lambda card: commands.read_binary(card, 0, 256), ("00B0000000", "AA6282")) == b"\xaa"
    assert played(lambda card: commands.read_binary(card, 256, 1), ("00B0010001", "6B00")) == b""
    with pytest.raises(PinRequiredError):
        played(lambda card: commands.read_binary(card, 0, 1), ("00B0000001", "6982"))
    with pytest.raises(CardStatusError):
        played(lambda card: commands.read_binary(card, 0, 1), ("00B0000001", "6986"))


def read(*script):
    return played(lambda card: commands.read_object_file(card, 2), *script)


@pytest.mark.parametrize(("header", "size"), [("FF207F", 130), ("FF2081FC", 256), ("FF208200FB", 256)])
def test_a_file_up_to_256_bytes_takes_one_exchange(header, size):
    file = bytes.fromhex(header).ljust(size, b"x")
    assert read(("00B0820000", file.hex() + "9000")) == file


@pytest.mark.parametrize(
    ("header", "size", "more"),
    [
        ("FF208181", 0x81 + 4, []),
        ("FF2081FF", 0xFF + 4, [("00B0010003", 256, 259)]),
        ("FF2082014E", 0x14E + 5, [("00B0010053", 256, 339)]),
        ("FF208201FB", 512, [("00B0010000", 256, 512)]),
        ("FF208201FC", 513, [("00B0010000", 256, 512), ("00B0020001", 512, 513)]),
        ("FF2083000142", 0x142 + 6, [("00B0010048", 256, 328)]),
    ],
)
def test_a_longer_file_is_read_to_the_length_its_header_tells(header, size, more):
    file = (bytes.fromhex(header) + bytes(index % 251 for index in range(size)))[:size]
    script = [("00B0820000", file[:256].hex() + "9000")]
    script += [(command, file[start:end].hex() + "9000") for command, start, end in more]
    assert read(*script) == file


def test_a_reader_that_gives_short_answers_is_asked_on():
    file = bytes.fromhex("FF2004") + b"abcd"
    script = [("00B0820000", file[:5].hex() + "9000"), ("00B0000502", file[5:].hex() + "9000")]
    assert read(*script) == file


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ([("00B0820000", "9000")], "no-object"),
        ([("00B0820000", "FF9000")], "no-object"),
        ([("00B0820000", "FF20822710009000")], "too-large"),
        ([("00B0820000", "FF20050102 9000"), ("00B0000503", "6B00")], "cut-off"),
        ([("00B0820000", "FF20050102 9000"), ("00B0000503", "9000")], "cut-off"),
    ],
)
def test_broken_files(script, reason):
    with pytest.raises(CardDataError) as caught:
        read(*script)
    assert caught.value.details == {"file": "0002", "reason": reason}

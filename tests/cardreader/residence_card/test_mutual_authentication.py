import pytest

from kakanai.cardreader.errors import CardDataError, CardStatusError, CommunicationError
from kakanai.cardreader.residence_card.card_number import CardNumber
from kakanai.cardreader.residence_card.errors import WrongCardNumberError
from kakanai.cardreader.residence_card.mutual_authentication import authenticate
from kakanai.cardreader.residence_card.secure_messaging import AES_128, key_of_number
from tests.fakes.scripted_connection import ScriptedConnection

# 第2世代在留カード等仕様書(一般公開用) Ver.1.1, appendix 2, byte for byte.
NUMBER = CardNumber("AA12345678BB")
OUR_CHALLENGE = bytes.fromhex("1122334455667788")
OUR_SECRET = bytes(range(0x40, 0x50))
KEY = "C19CF13D3D7FBEE9EA293D834C88952F"
CHALLENGE = ("0084000008", "921CE277323DA0579000")
MUTUAL = "0082000028 4AD3C7B6BB484A52771977DED618B41DF841FA0476A05FBE041DEAD6109E773B AC854617634F5397 00"
ANSWER = "289A96B1DA6AE3DA87770419BFD14F0BDAD15F36432B5A946C188C7221759A62FA942EC51E62FF5F"
VERIFY = "0820008613861101EE0B31EF877F68D071C56D58C72E6748"


def official_random(length):
    return {8: OUR_CHALLENGE, 16: OUR_SECRET}[length]


def run(*script):
    connection = ScriptedConnection(*script)
    try:
        return authenticate(connection, AES_128, NUMBER, official_random)
    finally:
        connection.assert_played_out()


def test_the_official_example_byte_for_byte():
    assert run(CHALLENGE, (MUTUAL, ANSWER + "9000"), (VERIFY, "9000")).hex().upper() == KEY


@pytest.mark.parametrize(
    "script",
    [
        (CHALLENGE, (MUTUAL, "6300")),
        (CHALLENGE, (MUTUAL, ANSWER + "9000"), (VERIFY, "6300")),
    ],
)
def test_a_wrong_number_is_told_and_nothing_more_is_sent(script):
    with pytest.raises(WrongCardNumberError):
        run(*script)


def flipped(answer, position):
    data = bytearray.fromhex(answer)
    data[position] ^= 1
    return data.hex()


def answer_with(opened):
    key = key_of_number(b"AA12345678BB")
    token = AES_128.encrypt(key, opened)
    return (token + AES_128.mac(key, token)).hex()


@pytest.mark.parametrize("position", [0, 31, 32, 39])
def test_a_card_with_a_wrong_mac_is_refused(position):
    with pytest.raises(CardDataError) as caught:
        run(CHALLENGE, (MUTUAL, flipped(ANSWER, position) + "9000"))
    assert caught.value.details["reason"] == "mac"


@pytest.mark.parametrize("position", [0, 7, 8, 15])
def test_a_card_that_repeats_another_challenge_is_refused(position):
    opened = bytearray(bytes.fromhex("921CE277323DA057") + OUR_CHALLENGE + bytes(16))
    opened[position] ^= 0x80
    with pytest.raises(CardDataError) as caught:
        run(CHALLENGE, (MUTUAL, answer_with(bytes(opened)) + "9000"))
    assert caught.value.details["reason"] == "challenge"


@pytest.mark.parametrize("answer", ["9000", "00" * 7 + "9000", "00" * 9 + "9000"])
def test_a_challenge_of_another_length_is_refused(answer):
    with pytest.raises(CardDataError):
        run(("0084000008", answer))


@pytest.mark.parametrize("answer", ["9000", "00" * 39 + "9000", "00" * 41 + "9000"])
def test_a_token_of_another_length_is_refused(answer):
    with pytest.raises(CardDataError):
        run(CHALLENGE, (MUTUAL, answer))


@pytest.mark.parametrize(
    ("script", "command"),
    [
        ((("0084000008", "6D00"),), "GET CHALLENGE"),
        ((CHALLENGE, (MUTUAL, "6985")), "MUTUAL AUTHENTICATE"),
        ((CHALLENGE, (MUTUAL, ANSWER + "9000"), (VERIFY, "6988")), "VERIFY"),
    ],
)
def test_other_refusals_name_the_command(script, command):
    with pytest.raises(CardStatusError) as caught:
        run(*script)
    assert caught.value.details["command"] == command


def test_nothing_is_sent_twice_when_an_answer_is_lost():
    with pytest.raises(CommunicationError):
        run(CHALLENGE, (MUTUAL, CommunicationError("80100016")))

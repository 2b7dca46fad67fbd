import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kakanai.cardreader.errors import (
    CardDataError,
    CardError,
    CardStatusError,
    CommunicationError,
    PinRequiredError,
)
from kakanai.cardreader.residence_card.files import CARD_FACE_FILE
from kakanai.cardreader.residence_card.protected_files import ProtectedFiles
from kakanai.cardreader.residence_card.secure_messaging import AES_128, TRIPLE_DES, pad
from kakanai.cardreader.tlv import build
from tests.fakes.scripted_connection import ScriptedConnection

KEY = bytes(range(16))
WHOLE = "08B08500000004960200000000"


def answered(data, cipher=AES_128, sw="9000"):
    return build(0x86, b"\x01" + cipher.encrypt(KEY, pad(data, cipher.block_bytes))).hex() + sw


def read(*script, extended, cipher=AES_128):
    connection = ScriptedConnection(*script, extended=extended)
    try:
        return ProtectedFiles(connection, cipher, KEY).read(CARD_FACE_FILE), connection
    finally:
        connection.assert_played_out()


@pytest.mark.parametrize("sw", ["9000", "6282"])
def test_a_whole_file_in_one_exchange(sw):
    data = build(0xD0, bytes(4000)) + bytes(100)
    assert read((WHOLE, answered(data, sw=sw)), extended=True)[0] == data


@pytest.mark.parametrize(("cipher", "piece"), [(AES_128, 239), (TRIPLE_DES, 247)])
def test_pieces_fill_a_short_answer_and_end_with_the_object(cipher, piece):
    data = build(0xD0, bytes(range(250)) * 2)
    length = f"{piece:04X}"
    script = [(f"08B08500 04 9602{length} 00", answered(data[:piece], cipher))]
    for offset in (piece, 2 * piece):
        part = data[offset : offset + piece]
        script.append((f"08B0{offset:04X} 04 9602{length} 00", answered(part, cipher)))
    assert all(len(bytes.fromhex(answer)) <= 258 for _, answer in script)
    assert read(*script, extended=False, cipher=cipher)[0] == data


def test_a_file_that_ends_with_a_piece_is_known_by_its_end():
    data = bytes(239)
    script = (("08B0850004960200EF00", answered(data)), ("08B000EF04960200EF00", "6B00"))
    assert read(*script, extended=False)[0] == data


@pytest.mark.parametrize("sw", ["6700", "6D00", "6F00"])
def test_a_refused_extended_read_goes_on_by_pieces(sw):
    data = build(0xD0, b"abc")
    read_data, connection = read((WHOLE, sw), ("08B0850004960200EF00", answered(data)), extended=True)
    assert read_data == data
    assert connection.limits.extended is False


@pytest.mark.parametrize(
    ("status", "passes_extended"),
    [("80100016", True), ("8010002F", True), ("80100013", False), ("8010001F", False)],
)
def test_a_lost_answer_marks_the_reader_only_where_the_reader_gave_up(status, passes_extended):
    """The radio link breaks with any reader: what one card lost must not slow down all cards after it."""
    data = build(0xD0, b"abc")
    script = ((WHOLE, CommunicationError(status)), ("08B0850004960200EF00", answered(data)))
    read_data, connection = read(*script, extended=True)
    assert read_data == data
    assert connection.limits.extended is passes_extended


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("9000", "secure-messaging"),
        ("8702019000", "secure-messaging"),
        ("860101" + "00" * 16 + "9000", "secure-messaging"),
        ("8700" + "9000", "secure-messaging"),
        ("8600" + "9000", "secure-messaging"),
        ("861102" + "00" * 16 + "9000", "secure-messaging"),
        ("861001" + "00" * 15 + "9000", "decipher"),
        ("861101" + "00" * 16 + "9000", "decipher"),
        ("860101" + "9000", "decipher"),
    ],
)
def test_an_answer_that_does_not_decipher_is_card_data(answer, reason):
    with pytest.raises(CardDataError) as caught:
        read((WHOLE, answer), extended=True)
    assert caught.value.details == {"file": "DF1/EF01", "reason": reason}


def test_refusals_are_told():
    with pytest.raises(PinRequiredError):
        read((WHOLE, "6982"), extended=True)
    with pytest.raises(CardStatusError) as caught:
        read((WHOLE, "6988"), extended=True)
    assert caught.value.sw == 0x6988


def test_what_is_too_long_is_refused():
    with pytest.raises(CardDataError) as caught:
        read((WHOLE, answered(bytes(8193))), extended=True)
    assert caught.value.details["reason"] == "too-large"
    with pytest.raises(CardDataError) as caught:
        read(("08B0850004960200EF00", answered(bytes(240))), extended=False)
    assert caught.value.details["reason"] == "piece-length"


def test_a_card_that_answers_for_ever_is_left():
    endless = answered(build(0xD0, bytes(9000))[:239])
    script = [("08B0850004960200EF00", endless)]
    script += [(f"08B0{offset:04X}04960200EF00", endless) for offset in range(239, 8193, 239)]
    with pytest.raises(CardDataError) as caught:
        read(*script, extended=False)
    assert caught.value.details["reason"] == "too-large"


@settings(max_examples=200)
@given(st.binary(max_size=80), st.booleans())
def test_any_answer_gives_data_or_our_error(answer, extended):
    class Babbler(ScriptedConnection):
        def transmit(self, command):
            self._script = [(command.to_bytes().hex(), (answer + b"\x90\x00").hex())]
            return super().transmit(command)

    try:
        ProtectedFiles(Babbler(extended=extended), TRIPLE_DES, KEY).read(CARD_FACE_FILE)
    except CardError:
        return
    assert answer[:1] == b"\x86"

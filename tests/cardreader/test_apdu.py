import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.cardreader.apdu import CommandApdu, ResponseApdu
from kakanai.cardreader.errors import ApduFormatError

BYTE = st.integers(0, 255)


@pytest.mark.parametrize(
    ("command", "raw"),
    [
        (CommandApdu(0, 0x20, 0, 0x91), "00200091"),
        (CommandApdu(0, 0xB0, 0x82, 0, le=256), "00B0820000"),
        (CommandApdu(0, 0xB0, 0x82, 0, le=17), "00B0820011"),
        (CommandApdu(0, 0x20, 0, 0x91, b"1234"), "002000910431323334"),
        (CommandApdu(0x80, 0x2A, 0, 0x80, b"\1\2", 256), "802A008002010200"),
        (CommandApdu(0, 0xB0, 0x82, 0, le=65536), "00B08200000000"),
        (CommandApdu(0, 0xB0, 0x82, 0, le=336), "00B08200000150"),
        (CommandApdu(0, 0xB0, 0x82, 0, le=17, extended=True), "00B08200000011"),
        (CommandApdu(0, 0x2A, 0, 0, b"\1\2", extended=True), "002A00000000020102"),
        (CommandApdu(0, 0x2A, 0, 0, b"\1\2", 256, extended=True), "002A000000000201020100"),
    ],
)
def test_commands_have_the_bytes_of_the_standard(command, raw):
    assert command.to_bytes().hex().upper() == raw
    assert CommandApdu.parse(bytes.fromhex(raw)) == command


@given(
    cla=BYTE,
    ins=BYTE,
    p1=BYTE,
    p2=BYTE,
    data=st.binary(max_size=300) | st.sampled_from([bytes(255), bytes(256), bytes(65535)]),
    le=st.none() | st.integers(1, 65536),
    extended=st.booleans(),
)
def test_what_was_built_is_parsed_back(cla, ins, p1, p2, data, le, extended):
    command = CommandApdu(cla, ins, p1, p2, data, le, extended)
    assert CommandApdu.parse(command.to_bytes()) == command


@given(st.binary(max_size=40))
def test_garbage_is_refused_or_means_exactly_its_bytes(raw):
    try:
        command = CommandApdu.parse(raw)
    except ApduFormatError:
        return
    assert command.to_bytes() == raw


@given(st.binary(max_size=300))
def test_an_answer_is_data_and_status_word(raw):
    if len(raw) < 2:
        with pytest.raises(ApduFormatError):
            ResponseApdu.parse(raw)
    else:
        assert ResponseApdu.parse(raw).to_bytes() == raw


def test_repr_never_shows_data():
    command = CommandApdu(0, 0x20, 0, 0x91, b"1234")
    response = ResponseApdu("見本".encode(), 0x9000)
    assert repr(command) == "CommandApdu(00200091 lc=4 le=-)"
    assert repr(response) == "ResponseApdu(sw=9000 length=6)"


@pytest.mark.parametrize(
    "fields",
    [
        {"cla": 256},
        {"p2": -1},
        {"le": 0},
        {"le": 65537},
        {"data": bytes(65536)},
    ],
)
def test_impossible_commands_cannot_be_made(fields):
    with pytest.raises(ValueError, match=r"byte|le|data"):
        CommandApdu(**{"cla": 0, "ins": 0xB0, "p1": 0, "p2": 0, **fields})

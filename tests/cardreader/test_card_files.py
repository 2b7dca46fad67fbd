import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.cardreader.card_files import CardFiles
from kakanai.cardreader.errors import (
    CardDataError,
    CardError,
    CardRemovedError,
    CardResetError,
    CardStatusError,
    CommunicationError,
    PinRequiredError,
)
from kakanai.cardreader.kinds import CardKey
from tests.fakes.scripted_connection import ScriptedConnection

LOST = CommunicationError("80100016")


def played(call, *script, extended=None):
    connection = ScriptedConnection(*script, extended=extended)
    try:
        return call(CardFiles(connection)), connection.limits.extended
    finally:
        connection.assert_played_out()


def read(*script, extended=None):
    return played(lambda files: files.read_object(2), *script, extended=extended)[0]


def patterned(header, size):
    return (bytes.fromhex(header) + bytes(index % 251 for index in range(size)))[:size]


# --- keys -------------------------------------------------------------------------------


@pytest.mark.parametrize(("sw", "left"), [("63C3", 3), ("63CA", 10), ("63C0", 0), ("6983", 0), ("6984", 0)])
def test_attempts_remaining(sw, left):
    assert played(lambda files: files.attempts_remaining(0x11), ("00200091", sw))[0] == left


@pytest.mark.parametrize("sw", ["9000", "6300", "6A82", "6F00"])
def test_an_answer_that_tells_no_counter(sw):
    with pytest.raises(CardStatusError):
        played(lambda files: files.attempts_remaining(0x11), ("00200091", sw))


@pytest.mark.parametrize("refusal", ["6A86", "6A81", "6986", "6B00"])
def test_a_card_without_short_ids_is_asked_by_select_from_then_on(refusal):
    def ask_and_verify(files):
        left = files.attempts_remaining(0x11)
        files.verify(0x11, b"1234", CardKey.TEXT_PIN)
        return left, files.read_object(2)

    found, _ = played(
        ask_and_verify,
        ("00200091", refusal),
        ("00A4020C020011", "9000"),
        ("00200080", "63C3"),
        ("00A4020C020011", "9000"),
        ("002000800431323334", "9000"),
        ("00A4020C020002", "9000"),
        ("00B0000000", "FF2002ABCD9000"),
    )
    assert found == (3, bytes.fromhex("FF2002ABCD"))


def test_verify_in_a_refused_form_is_not_sent_in_another():
    with pytest.raises(CardStatusError):
        played(lambda files: files.verify(0x11, b"1234", CardKey.TEXT_PIN), ("002000910431323334", "6A86"))


@pytest.mark.parametrize("error", [LOST, CardResetError("80100068"), CardRemovedError()])
def test_verify_without_answer_is_not_sent_again(error):
    with pytest.raises(type(error)):
        played(lambda files: files.verify(0x11, b"1234", CardKey.TEXT_PIN), ("002000910431323334", error))


# --- files by short APDU ----------------------------------------------------------------


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
    file = patterned(header, size)
    script = [("00B0820000", file[:256].hex() + "9000")]
    script += [(command, file[start:end].hex() + "9000") for command, start, end in more]
    assert read(*script) == file


def test_filler_behind_the_object_is_left_out():
    assert read(("00B0820000", "FF2002ABCDFFFF9000")) == bytes.fromhex("FF2002ABCD")


def test_a_reader_that_gives_short_answers_is_asked_on():
    file = bytes.fromhex("FF2004") + b"abcd"
    script = [("00B0820000", file[:5].hex() + "9000"), ("00B0000502", file[5:].hex() + "9000")]
    assert read(*script) == file


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ([("00B0820000", "9000")], "no-object"),
        ([("00B0820000", "FF9000")], "no-object"),
        ([("00B0820000", "FF20809000")], "no-object"),
        ([("00B0820000", "FF20822710009000")], "too-large"),
        ([("00B0820000", "FF20050102 9000"), ("00B0000503", "6B00")], "cut-off"),
        ([("00B0820000", "FF20050102 9000"), ("00B0000503", "9000")], "cut-off"),
    ],
)
def test_broken_files(script, reason):
    with pytest.raises(CardDataError) as caught:
        read(*script)
    assert caught.value.details == {"file": "0002", "reason": reason}


def test_a_card_that_answers_one_byte_for_ever_is_left():
    class OneByteForEver(ScriptedConnection):
        def transmit(self, command):
            self.exchanges += 1
            self._script = [
                (command.to_bytes().hex(), "FF20821000009000" if self.exchanges == 1 else "009000")
            ]
            answer = super().transmit(command)
            self.exchanges -= 1
            return answer

    connection = OneByteForEver()
    with pytest.raises(CardDataError) as caught:
        CardFiles(connection).read_object(2)
    assert caught.value.details["reason"] == "cut-off"
    assert connection.exchanges < 40


@pytest.mark.parametrize(("sw", "error"), [("6982", PinRequiredError), ("6A82", CardStatusError)])
def test_refused_files(sw, error):
    with pytest.raises(error):
        read(("00B0820000", sw))


def test_a_whole_file_with_its_filler():
    file = patterned("0102", 300)
    script = [("00B0810000", file[:256].hex() + "9000"), ("00B0010000", file[256:].hex() + "9000")]
    assert played(lambda files: files.read_bytes(1), *script)[0] == file


def test_a_file_longer_than_it_may_be():
    file = patterned("0102", 300)
    script = [("00B0810000", file[:256].hex() + "9000"), ("00B0010001", file[256:257].hex() + "9000")]
    with pytest.raises(CardDataError) as caught:
        played(lambda files: files.read_bytes(1, at_most=256), *script)
    assert caught.value.details["reason"] == "too-large"


# --- extended APDU ----------------------------------------------------------------------


def test_a_free_file_is_the_probe_and_costs_nothing_where_it_works():
    file = patterned("7F21820233", 568)
    found, extended = played(
        lambda files: files.read_object(4, free=True), ("00B08400000000", file.hex() + "9000")
    )
    assert (found, extended) == (file, True)


@pytest.mark.parametrize("answer", ["6D00", "6F00"])
def test_a_card_that_refuses_the_probe_says_nothing_of_the_reader(answer):
    file = patterned("7F21820033", 56)
    script = [("00B08400000000", answer), ("00B0840000", file.hex() + "9000")]
    assert played(lambda files: files.read_object(4, free=True), *script) == (file, None)


@pytest.mark.parametrize("answer", ["6700", CommunicationError("80100013")])
def test_a_refused_probe_is_remembered_and_the_file_read_short(answer):
    file = patterned("7F21820233", 568)

    def read_two(files):
        return files.read_object(4, free=True), files.read_object(4, free=True)

    short = [
        ("00B0840000", file[:256].hex() + "9000"),
        ("00B0010000", file[256:512].hex() + "9000"),
        ("00B0020038", file[512:].hex() + "9000"),
    ]
    found, extended = played(read_two, ("00B08400000000", answer), *short, *short)
    assert found == (file, file)
    assert extended is False


def test_a_probe_lost_by_the_radio_link_says_nothing_of_the_reader():
    file = patterned("7F21820033", 56)

    def read_two(files):
        return files.read_object(4, free=True), files.read_object(4, free=True)

    short = ("00B0840000", file.hex() + "9000")
    found, extended = played(read_two, ("00B08400000000", LOST), short, short)
    assert (found, extended) == ((file, file), None)


def test_a_protected_file_is_no_probe():
    assert played(lambda files: files.read_object(2), ("00B0820000", "FF2002ABCD9000"))[1] is None


def test_a_reader_known_to_pass_extended_apdus():
    file = patterned("FF208207D0", 2005)
    assert read(("00B08200000000", file.hex() + "FFFF9000"), extended=True) == file


def test_an_answer_cut_by_a_small_buffer_is_asked_on():
    file = patterned("FF208207D0", 700)[:700] + bytes(1305)
    script = [("00B08200000000", file[:700].hex() + "9000")]
    script += [
        (
            f"00B0{start:04X}{(min(2005, start + 256) - start) & 0xFF:02X}",
            file[start : start + 256].hex() + "9000",
        )
        for start in range(700, 2005, 256)
    ]
    assert read(*script, extended=True) == file


def test_a_reset_during_the_probe_is_told_and_may_have_been_another_program():
    connection = ScriptedConnection(("00B08400000000", CardResetError("80100068")))
    with pytest.raises(CardResetError):
        CardFiles(connection).read_object(4, free=True)
    assert connection.limits.extended is None


def test_a_file_of_known_size_is_asked_on_by_a_reader_with_a_small_buffer():
    file = patterned("0102", 300)
    script = [
        ("00B0810000", file[:200].hex() + "9000"),
        ("00B000C865", file[200:].hex() + "9000"),
    ]
    assert played(lambda files: files.read_bytes(1, size=300), *script)[0] == file
    # Without a size it would have been a file of 200 bytes.
    assert played(lambda files: files.read_bytes(1), script[0])[0] == file[:200]


def test_a_file_of_256_bytes_read_by_extended_apdu_is_all_of_it():
    file = patterned("0102", 256)
    script = [("00B08100000000", file.hex() + "9000")]
    assert played(lambda files: files.read_bytes(1), *script, extended=True)[0] == file


# --- lost answers -----------------------------------------------------------------------


def test_a_read_without_answer_is_repeated():
    assert read(("00B0820000", LOST), ("00B0820000", "FF2002ABCD9000")) == bytes.fromhex("FF2002ABCD")


def test_reads_are_repeated_three_times_at_most():
    with pytest.raises(CommunicationError):
        read(*[("00B0820000", LOST)] * 4)


@pytest.mark.parametrize("error", [CardResetError("80100068"), CardRemovedError()])
def test_after_a_reset_or_removal_nothing_is_repeated(error):
    with pytest.raises(type(error)):
        read(("00B0820000", error))


@given(st.lists(st.binary(min_size=2, max_size=300), max_size=30), st.booleans())
def test_whatever_a_card_answers_only_our_errors_come_out(answers, is_object):
    class Any(ScriptedConnection):
        def transmit(self, command):
            answer = answers[self.exchanges % len(answers)] if answers else b"\x90\x00"
            self._script = [(command.to_bytes().hex(), answer.hex())]
            return super().transmit(command)

    connection = Any()
    files = CardFiles(connection)
    try:
        files.attempts_remaining(0x11)
        found = files.read_object(2, free=True) if is_object else files.read_bytes(2, free=True)
    except CardError:
        pass
    else:
        assert len(found) <= 8192
    assert connection.exchanges < 100

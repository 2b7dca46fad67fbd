import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kakanai.cardreader.errors import CardError
from kakanai.cardreader.residence_card.card_number import CardNumber
from kakanai.cardreader.residence_card.mutual_authentication import authenticate
from kakanai.cardreader.residence_card.secure_messaging import cipher_of
from kakanai.cardreader.residence_card.session import ResidenceCardSession
from kakanai.cardreader.simulator.card import SimulatedCard
from kakanai.cardreader.simulator.residence.card import VirtualResidenceCard, build_residence_card
from kakanai.cardreader.simulator.residence.content import parse_content
from kakanai.cardreader.simulator.residence.files import StoredFile, stored_files
from tests.cardreader.residence_card.simulated import (
    SimulatedConnection,
    connected,
    content_of,
    number_of,
)

DF1, DF2, DF3 = (f"00A4040C10D392F0004F0{number}" + "00" * 10 for number in (2, 3, 4))
MASTER = "00A40000023F00"


def say(card, command):
    return card.transmit(bytes.fromhex(command)).hex().upper()


def opened(name):
    """A card whose number was shown, and its connection."""
    connection = connected(name)
    card = connection.card
    say(card, MASTER)
    authenticate(connection, cipher_of(content_of(name)["generation"]), number_of(name))
    return card


def test_it_is_a_simulated_card():
    card: SimulatedCard = build_residence_card("back-address", content_of("back-address"), None)
    assert isinstance(card, VirtualResidenceCard)
    checked = 0
    for byte in card.atr[1:]:
        checked ^= byte
    assert checked == 0  # TCK


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("back-address", "C10131"),
        ("special-permanent", "C10132"),
        ("second-generation", "C1023035"),
        ("second-special", "C1023036"),
    ],
)
def test_type_and_version_are_free(name, kind):
    card = connected(name).card
    assert say(card, "00B08A0000") == "6986"
    assert say(card, MASTER) == "9000"
    assert say(card, "00B08A0000") == kind + "9000"
    assert say(card, "00B08B00000000") == "C004303030319000"


@pytest.mark.parametrize(
    ("name", "df", "sizes"),
    [
        ("back-address", DF2, {1: 342, 2: 122, 3: 122, 4: 3}),
        ("special-permanent", DF2, {1: 342}),
        ("back-address", DF3, {2: 1464}),
        ("second-generation", DF2, {1: 22, 2: 3, 3: 207}),
        ("second-special", DF2, {3: 207}),
        ("second-generation", DF3, {2: 704}),
    ],
)
def test_files_have_the_sizes_of_the_specification(name, df, sizes):
    card = opened(name)
    assert say(card, df) == "9000"
    for short_id in range(1, 0x1F):
        answer = card.transmit(bytes((0x00, 0xB0, 0x80 | short_id, 0, 0, 0, 0)))
        if short_id in sizes:
            assert len(answer) - 2 == sizes[short_id]
        else:
            assert answer.hex().upper() == "6A82"


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("back-address", {5: 7004, 6: 3004}),
        ("second-generation", {1: 14, 3: 73, 4: 5508, 6: 2505}),
        ("second-special", {1: 14, 3: 46, 4: 5508, 6: 2505}),
    ],
)
def test_enciphered_files_have_them_too(name, sizes):
    content = parse_content(name, content_of(name))
    folder = stored_files(content)[bytes.fromhex("D392F0004F0200000000000000000000")]
    assert {short_id: len(file.content) for short_id, file in folder.items()} == sizes
    assert all(file.is_enciphered for file in folder.values())


def test_the_official_answer_length_of_an_enciphered_file():
    """The specification's example: 86 82 1591 01 and 5520 bytes."""
    card = opened("second-generation")
    say(card, DF1)
    answer = say(card, "08B08400000004960200000000")
    assert answer[:10] == "8682159101"
    assert len(answer) == 2 * (5 + 5520 + 2)


def test_nothing_is_readable_before_the_number():
    card = connected("back-address").card
    for df in (DF1, DF2, DF3):
        assert say(card, df) == "9000"
        for short_id in (1, 2, 5, 6):
            assert say(card, f"00B08{short_id}0000") in ("6982", "6A82")
            assert say(card, f"08B08{short_id}00000004960200000000") in ("6982", "6A82")


def test_enciphered_files_are_never_given_in_plain():
    card = opened("back-address")
    say(card, DF1)
    assert say(card, "00B08500000000") == "6982"


@pytest.mark.parametrize("forget", ["power_off", "power_on", "reset"])
def test_power_off_forgets_the_number(forget):
    card = opened("back-address")
    say(card, DF2)
    assert say(card, "00B0840000") == "D701309000"
    getattr(card, forget)()
    say(card, DF2)
    assert say(card, "00B0840000") == "6982"


def test_a_new_authentication_forgets_the_number():
    card = opened("back-address")
    say(card, "0084000008")
    assert say(card, "0082000028" + "00" * 40 + "00") == "6300"
    say(card, DF2)
    assert say(card, "00B0840000") == "6982"


def test_a_challenge_serves_the_next_command_only():
    card = connected("back-address").card
    say(card, "0084000008")
    say(card, MASTER)
    assert say(card, "0082000028" + "00" * 40 + "00") == "6985"
    assert len({say(card, "0084000008") for _ in range(5)}) == 5


@pytest.mark.parametrize(
    ("command", "sw"),
    [
        ("00", "6700"),
        ("00A4040C02D392", "6A82"),
        ("00A4040010D392F0004F02" + "00" * 10, "6A82"),
        ("00A4030C023F00", "6A86"),
        ("00A4020C020001", "6A82"),
        ("00B0000000", "6986"),
        ("00B0E00000", "6A86"),
        ("00B08A01" + "05", "9000"),
        ("00B08A7F00", "6B00"),
        ("00B08A00", "6700"),
        ("0084000010", "6700"),
        ("0084010008", "6A86"),
        ("008200000400000000" + "00", "6700"),
        ("0020008600", "6D00"),
        ("08200086138611" + "01" + "00" * 16, "6985"),
        ("0820008713861101" + "00" * 16, "6A82"),
        ("08B08500029600" + "00", "6988"),
        ("08B0850004960200", "6700"),
        ("80CA000000", "6E00"),
        ("00CA000000", "6D00"),
    ],
)
def test_status_words(command, sw):
    card = connected("back-address").card
    say(card, MASTER)
    assert say(card, command)[-4:] == sw


def test_a_select_of_a_file_makes_it_current():
    card = opened("back-address")
    say(card, DF2)
    assert say(card, "00A4020C020004") == "9000"
    assert say(card, "00B0000000") == "D701309000"
    assert say(card, "00B0000300") == "6B00"


@settings(max_examples=300)
@given(st.lists(st.binary(max_size=60), max_size=5))
def test_any_bytes_are_answered_with_a_status_word(commands):
    card = connected("second-generation").card
    say(card, MASTER)
    for raw in commands:
        assert len(card.transmit(raw)) >= 2


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_content_gives_a_reading_or_our_error(data):
    name = data.draw(st.sampled_from(["back-address", "second-generation", "second-special"]))
    folders = dict(stored_files(parse_content(name, content_of(name))))
    aid = data.draw(st.sampled_from(sorted(folders)))
    folder = dict(folders[aid])
    short_id = data.draw(st.sampled_from(sorted(folder)))
    old = folder[short_id]
    new = bytearray(old.content)
    start = data.draw(st.integers(0, min(len(new), 300)))
    new[start : start + 20] = data.draw(st.binary(max_size=40))
    folder[short_id] = StoredFile(bytes(new), old.is_free, old.is_enciphered)
    number = content_of(name)["number"]
    generation = content_of(name)["generation"]
    card = VirtualResidenceCard(number.encode(), generation, {**folders, aid: folder})
    connection = SimulatedConnection(card, extended=data.draw(st.booleans()))
    with contextlib.suppress(CardError), ResidenceCardSession.open(connection) as session:
        session.read(CardNumber(number))
    assert connection.disconnects == 1

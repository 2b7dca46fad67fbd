import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.cardreader.faults import Faults
from kakanai.cardreader.simulator.card_on_reader import CardOnReader
from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.specimen_card import build_card

TEXT = "00A4040C0AD3921000310001010408"
JPKI = "00A4040C0AD392F000260100000001"
SURFACE = "00A4040C0AD3921000310001010402"
COMMON = "00A4040C0AD3921000310001010100"
JUKI = "00A4040C0AD3921000310001010401"
CARD_MANAGER = "00A4040C07A0000001510000"
VERIFY_TEXT = "002000910431323334"
WRONG_TEXT = "002000910430303030"
COLLATION_A = "002000940C" + b"123456789018".hex()
COLLATION_B = "002000950E" + b"55021720352285".hex()
SURFACE_A = "002000930C" + b"123456789018".hex()
SURFACE_B = "002000920E" + b"55021720352285".hex()
SURFACE_BIRTH = "0020009106" + b"550217".hex()


class Bench:
    """A card that is told hexadecimal commands and answers so."""

    def __init__(self, card):
        self.card = card

    def __call__(self, command):
        return self.card.transmit(bytes.fromhex(command)).hex().upper()

    def sw(self, *commands):
        return [self(command)[-4:] for command in commands][-1]


def bench(specimen_id="official-test", **faults):
    card = CardOnReader(build_card(load_specimen(specimen_id)), Faults(**faults))
    card.power_on()
    return Bench(card)


@pytest.mark.parametrize(
    ("sw", "commands"),
    {
        "known application": ("9000", [TEXT]),
        "longer id": ("6A82", ["00A4040C0BD392100031000101040800"]),
        "id's beginning": ("6A82", ["00A4040C09D39210003100010104"]),
        "foreign application": ("6A82", ["00A4040009A00000030800001000"]),
        "no id": ("6A82", ["00A4040C"]),
        "file": ("9000", [TEXT, "00A4020C020005"]),
        "absent file": ("6A82", [TEXT, "00A4020C020099"]),
        "file without application": ("6986", ["00A4020C020005"]),
        "file id of one byte": ("6700", [TEXT, "00A4020C0105"]),
        "file with P2 00": ("6A86", [TEXT, "00A40200020005"]),
        "master file, cold": ("6A86", ["00A40000"]),
        "master file, application selected": ("9000", [TEXT, "00A40000"]),
        "master file by id": ("6A82", [TEXT, "00A40000023F00"]),
        "select with P1 08": ("6A86", [TEXT, "00A4080C023F00"]),
        "read without application": ("6986", ["00B0850000"]),
        "read without current file": ("6986", [TEXT, "00B0000000"]),
        "read absent file": ("6A82", [TEXT, "00B0890000"]),
        "read at the end": ("6B00", [TEXT, "00B0850000", "00B0010000"]),
        "read without Le": ("6700", [TEXT, "00B08500"]),
        "read with wrong P1": ("6A86", [TEXT, "00B0A50000"]),
        "read with short id 31": ("6A86", [TEXT, "00B09F0000"]),
        "read a PIN": ("6981", [TEXT, "00B0910000"]),
        "read before the PIN": ("6982", [TEXT, "00B0820000"]),
        "read after the PIN": ("9000", [TEXT, VERIFY_TEXT, "00B0820000"]),
        "PIN does not survive SELECT": ("6982", [TEXT, VERIFY_TEXT, JPKI, TEXT, "00B0820000"]),
        "a wrong PIN shuts again": ("6982", [TEXT, VERIFY_TEXT, WRONG_TEXT, "00B0820000"]),
        "照合番号A opens the number": ("9000", [TEXT, "002000940C313233343536373839303138", "00B0810000"]),
        "照合番号A does not open the four": (
            "6982",
            [TEXT, "002000940C313233343536373839303138", "00B0820000"],
        ),
        "照合番号B opens the four": (
            "9000",
            [TEXT, "002000950E3535303231373230333532323835", "00B0820000"],
        ),
        "照合番号B does not open the number": (
            "6982",
            [TEXT, "002000950E3535303231373230333532323835", "00B0810000"],
        ),
        "照合番号A has ten tries": ("63CA", [TEXT, "00200094"]),
        "counter": ("63C3", [TEXT, "00200091"]),
        "counter after a right PIN": ("63C3", [TEXT, VERIFY_TEXT, "00200091"]),
        "counter after a wrong PIN": ("63C2", [TEXT, WRONG_TEXT, "00200091"]),
        "counter of the current file": ("63C3", [TEXT, "00A4020C020011", "00200080"]),
        "a right PIN restores the tries": ("63C2", [TEXT, WRONG_TEXT, VERIFY_TEXT, WRONG_TEXT]),
        "blocked key": ("63C0", [TEXT, "00200092"]),
        "VERIFY against the blocked key": ("6984", [TEXT, "002000920430303030"]),
        "VERIFY against data": ("6981", [TEXT, "00200085"]),
        "VERIFY without current file": ("6986", [TEXT, "00200080"]),
        "VERIFY with P1": ("6A86", [TEXT, "00200191"]),
        "VERIFY with P2 01": ("6A86", [TEXT, "00200001"]),
        "VERIFY absent": ("6A82", [TEXT, "00200097"]),
        "third wrong PIN": ("63C0", [TEXT, WRONG_TEXT, WRONG_TEXT, WRONG_TEXT]),
        "fourth PIN, though right": ("6984", [TEXT, WRONG_TEXT, WRONG_TEXT, WRONG_TEXT, VERIFY_TEXT]),
        "counter of a locked PIN": ("63C0", [TEXT, WRONG_TEXT, WRONG_TEXT, WRONG_TEXT, "00200091"]),
        "challenge": ("9000", ["0084000008"]),
        "challenge, extended": ("6985", ["0084000000010000"[:14]]),
        "challenge without Le": ("6700", ["00840000"]),
        "challenge with P2": ("6A86", ["0084000108"]),
        "unknown class": ("6E00", ["A0A4040000"]),
        "channel 1": ("6881", ["01A4040C00"]),
        "secure messaging": ("6882", ["08B0820000"]),
        "unknown instruction": ("6D00", ["00CB3FFF035C017E08"]),
        "unknown object": ("6A88", ["00CADF3005"]),
        "an object, application selected": ("6A88", [TEXT, "00CA00F200"]),
        "an object after the card manager": ("9000", [TEXT, CARD_MANAGER, "00CA00F200"]),
        "the card manager is no application": ("6986", [TEXT, CARD_MANAGER, "00B0850000"]),
        "a large object, short Le": ("6700", ["00CA00F800"]),
        "a large object, extended Le": ("9000", ["00CA00F8000000"]),
        "an object without Le": ("6700", ["00CA00F2"]),
        "record by short id": ("9000", [COMMON, "00B2010C00"]),
        "record of the current file": ("9000", [COMMON, "00A4020C020001", "00B2010400"]),
        "record without current file": ("6986", [COMMON, "00B2010400"]),
        "record 0": ("6A83", [COMMON, "00B2000C00"]),
        "record that is not there": ("6A83", [COMMON, "00B2020C00"]),
        "records to the end": ("6A81", [COMMON, "00B2010D00"]),
        "record without Le": ("6700", [COMMON, "00B2010C"]),
        "record of a transparent file": ("6981", [TEXT, "00B2012C00"]),
        "READ BINARY of records": ("6981", [COMMON, "00B0810000"]),
        "共通カードAP counter": ("63C3", [COMMON, "0020009C"]),
        "住基AP counter": ("63C3", [JUKI, "0020009C"]),
        "unknown reference in SFI form": ("6A86", [TEXT, "002000F1"]),
        "free files of the text application": ("9000", [TEXT, "00B0840000"]),
        "digests before any key": ("6982", [TEXT, "00B0830000"]),
        "digests after 照合番号A": ("9000", [TEXT, COLLATION_A, "00B0830000"]),
        "the card's key after 照合番号B": ("9000", [TEXT, COLLATION_B, "00B0870000"]),
        "the session key after the PIN": ("9000", [TEXT, VERIFY_TEXT, "00B0860000"]),
        "face before any key": ("6982", [SURFACE, "00B0820000"]),
        "face after 照合番号B": ("9000", [SURFACE, SURFACE_B, "00B0820000"]),
        "face after 照合番号A": ("9000", [SURFACE, SURFACE_A, "00B0820000"]),
        "face after the birth date": ("6982", [SURFACE, SURFACE_BIRTH, "00B0820000"]),
        "age after the birth date": ("9000", [SURFACE, SURFACE_BIRTH, "00B0810000"]),
        "age after 照合番号B": ("6982", [SURFACE, SURFACE_B, "00B0810000"]),
        "number's picture after 照合番号B": ("6982", [SURFACE, SURFACE_B, "00B0850000"]),
        "number's picture after 照合番号A": ("9000", [SURFACE, SURFACE_A, "00B0850000"]),
        "both APs count for themselves": (
            "63CA",
            [TEXT, "002000950E" + "30" * 14, SURFACE, "00200092"],
        ),
        "a wrong 照合番号B": ("63C9", [SURFACE, "002000920E" + "30" * 14]),
        "internal authenticate": ("9000", [COMMON, "0088009908010203040506070800"]),
        "internal authenticate by another key": ("6981", [TEXT, "0088009308010203040506070800"]),
        "internal authenticate without challenge": ("6700", [COMMON, "0088009900"]),
        "the authentication key does not sign": ("6981", [COMMON, "802A00990101" + "00"]),
        "no default key": ("6A86", [COMMON, "802A0000010100"]),
        "instruction of the other class": ("6D00", ["802000910431323334"]),
        "lengths that disagree": ("6700", ["00A4040C0AD392"]),
        "no header": ("6700", ["00A4"]),
    }.values(),
)
def test_status_words(sw, commands):
    assert bench().sw(*commands) == sw


def test_reads_give_what_there_is():
    card = bench()
    card(TEXT)
    whole = card("00B08500000200")[:-4]
    assert len(whole) == 2 * 256
    assert card("00B0000000") == whole + "9000"
    assert card("00B000F000") == whole[2 * 0xF0 :] + "9000"
    assert card("00B0850204") == whole[4:12] + "9000"


def test_power_off_forgets_the_pin_and_reset_does_not():
    card = bench()
    assert card.sw(TEXT, VERIFY_TEXT, "00B0810000") == "9000"
    card.card.reset()
    assert card.sw("00B0810000") == "9000"
    card.card.power_off()
    assert card.sw(TEXT, "00B0810000") == "6982"


def test_quirk_6f00_to_the_first_command_after_power_on():
    card = bench(first_command_6f00=True)
    for _ in range(2):
        assert [card(TEXT), card(TEXT)] == ["6F00", "9000"]
        card.card.power_off()


def test_quirk_6983_for_a_locked_pin():
    card = bench("locked-pin", locked_answers=0x6983)
    assert card.sw(TEXT, "00200091") == "63C0"
    assert card.sw(VERIFY_TEXT) == "6983"


def test_jpki_files():
    card = bench()
    assert card.sw(JPKI) == "9000"
    assert card("00B0880000") == "8F8F009000"
    token = bytes.fromhex(card("00B0860000"))
    assert len(token) == 162
    assert token.startswith(b"JPKIAPICCTOKEN2 ")
    for free in ("8A", "8B", "82"):
        assert card(f"00B0{free}0004").startswith("3082")
    assert card.sw("00B0810004") == "6982"
    assert card.sw("00200098") == "63C3"
    assert card.sw("0020009B") == "63C5"
    assert card.sw("0020009B06414243313233", "00B0810004") == "9000"


def test_a_card_without_jpki_certificates():
    card = bench("child-without-jpki")
    assert card.sw(JPKI) == "9000"
    assert card("00B0880000") == "0000009000"
    for file in ("8A", "8B", "81", "82"):
        assert card.sw(f"00B0{file}0004") == "6A82"
    assert card.sw("802A0097" + "20" + "00" * 32 + "00") == "6A82"


DIGEST = hashlib.sha256(b"kakanai").digest()
DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420") + DIGEST
AUTH_PIN = "002000980431323334"


@pytest.mark.parametrize(
    ("sw", "commands"),
    {
        "before the PIN": ("6982", [f"802A009733{DIGEST_INFO.hex()}00"]),
        "hash of a wrong length": ("6700", [AUTH_PIN, "802A029703AABBCC00"]),
        "too long for the padding": ("6700", [AUTH_PIN, "802A0097F6" + "00" * 246 + "00"]),
        "longest data": ("9000", [AUTH_PIN, "802A0097F5" + "00" * 245 + "00"]),
        "no data": ("6700", [AUTH_PIN, "802A009700"]),
        "no Le": ("6700", [AUTH_PIN, "802A009701AA"]),
        "another padding": ("6A86", [AUTH_PIN, "802A069701AA00"]),
        "PSS over what is no hash": ("6700", [AUTH_PIN, "802A049701AA00"]),
        "no key": ("6981", [AUTH_PIN, "802A009801AA00"]),
        "the other key's PIN": ("6982", [AUTH_PIN, "802A009A01AA00"]),
    }.values(),
)
def test_signing_refusals(sw, commands):
    assert bench().sw(JPKI, *commands) == sw


@given(st.lists(st.binary(min_size=0, max_size=20), max_size=8))
def test_any_bytes_get_an_answer_with_a_status_word(commands):
    card = bench().card
    for raw in (bytes.fromhex(TEXT), *commands):
        assert len(card.transmit(raw)) >= 2

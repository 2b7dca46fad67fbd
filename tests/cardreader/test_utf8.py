import pytest

from kakanai.cardreader.errors import CardDataError
from kakanai.cardreader.mynumber.readings import parse_basic_four
from kakanai.cardreader.residence_card.values import FileValues
from kakanai.cardreader.tlv import build
from kakanai.cardreader.utf8 import decode_utf8

NO_TEXT = "山田　太郎".encode() + b"\xff"


def test_text_is_kept_and_anything_else_is_none():
    assert decode_utf8("山\ufa11　試".encode()) == "山\ufa11　試"
    assert decode_utf8(b"") == ""
    assert decode_utf8(NO_TEXT) is None


def name_of_a_card():
    inner = build(0xDF21, bytes(8)) + build(0xDF22, NO_TEXT) + build(0xDF23, b"") + build(0xDF25, b"1")
    parse_basic_four(build(0xFF20, inner + build(0xDF24, b"19800101")))


def address_of_a_residence_card():
    FileValues("DF2/EF01", {0xD4: NO_TEXT}).text(0xD4)


@pytest.mark.parametrize("read", [name_of_a_card, address_of_a_residence_card])
def test_no_error_within_reach_carries_the_bytes(read):
    with pytest.raises(CardDataError) as caught:
        read()
    error = caught.value
    while error is not None:
        assert not any(isinstance(told, bytes) for told in error.args)
        error = error.__context__

"""The CV certificate: its parts, and every layout that is not the one seen on cards."""

import pytest

from kakanai.cardreader.authenticity.cv_certificate import parse_cv_certificate
from kakanai.cardreader.authenticity.signed_objects import parse_card_key
from kakanai.cardreader.errors import TlvFormatError
from tests.cardreader.authenticity import made_card as made

KEY = made.raw_key("town")
IDS = made.TEXT_ID + made.TOWN_ID


def certificate(body=IDS + KEY, tag="7f21", after=b""):
    return made.tlv(tag, made.tlv("5f4e", body) + made.tlv("5f37", bytes(256)) + after)


def test_the_parts_are_where_the_test_cards_has_them():
    parsed = parse_cv_certificate(certificate() + b"\xff" * 20)
    assert parsed.issuer_key_id == made.TEXT_ID
    assert parsed.subject_key_id == made.TOWN_ID
    assert parsed.key == made.public("town")
    assert parsed.body == IDS + KEY
    assert len(parsed.body) == 297


@pytest.mark.parametrize(
    "data",
    [
        b"",
        certificate()[:-1],
        certificate(tag="7f22"),
        certificate(body=IDS[:-1] + KEY),
        certificate(body=IDS + KEY + b"\x00"),
        certificate(body=IDS + KEY[:5] + b"\x91\x83\x00\x01\x00" + KEY[9:]),
        certificate(body=IDS + made.tlv("90", b"\0\x01\0\x01") + KEY[5:]),
        certificate(body=IDS + KEY[5:] + KEY[:5]),
        certificate(after=made.tlv("5f37", bytes(256))),
        certificate(after=made.tlv("5f20", b"x")),
        certificate() + b"x",
    ],
)
def test_another_layout_is_refused(data):
    with pytest.raises(TlvFormatError):
        parse_cv_certificate(data)


@pytest.mark.parametrize(
    ("exponent", "modulus"),
    [
        (1, made.public("town").modulus),
        (65536, made.public("town").modulus),
        (65537, made.public("town").modulus - 1),
        (65537, made.public("town").modulus >> 1 | 1),
        (65537, (1 << 1023) + 1),
    ],
    ids=["exponent 1", "even exponent", "even modulus", "short modulus", "modulus of 1024 bits"],
)
def test_numbers_that_are_no_key_of_a_card(exponent, modulus):
    data = made.tlv("90", exponent.to_bytes(3, "big")) + made.tlv("91", modulus.to_bytes(256, "big"))
    with pytest.raises(TlvFormatError):
        parse_card_key(data)

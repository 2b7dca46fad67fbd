import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.cardreader.errors import CardDataError
from kakanai.cardreader.mynumber.token_information import (
    CertificatePresence,
    TokenInformation,
    parse_certificate_presence,
    parse_token_information,
)

# CK_TOKEN_INFO as soltia48/myna-card describes EF 0006, up to the serial number.
TOKEN = b"JPKIAPICCTOKEN2".ljust(32) + b"J-LIS".ljust(32) + b"E16R01NJ".ljust(16) + b"SERIAL0123456789"


def test_label_maker_and_model_but_not_the_serial():
    told = parse_token_information(TOKEN + bytes(64))
    assert told == TokenInformation("JPKIAPICCTOKEN2", "J-LIS", "E16R01NJ")
    assert not told.is_juki_card
    assert "SERIAL" not in repr(told)
    assert parse_token_information(b"JPKIAPICCTOKEN ".ljust(32) + TOKEN[32:]).is_juki_card


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "cut-off"),
        (TOKEN[:79], "cut-off"),
        (b"\x00" + TOKEN[1:], "not-ascii"),
        (b"\xff" * 160, "not-ascii"),
    ],
)
def test_broken_token_information(data, reason):
    with pytest.raises(CardDataError) as caught:
        parse_token_information(data)
    assert caught.value.details == {"file": "jpki-0006", "reason": reason}


@pytest.mark.parametrize(
    ("data", "sign", "auth"),
    [("8F8F00", True, True), ("008F00", False, True), ("000000", False, False), ("FFFF", False, False)],
)
def test_which_certificates_there_are(data, sign, auth):
    assert parse_certificate_presence(bytes.fromhex(data)) == CertificatePresence(sign, auth)


def test_broken_presence():
    with pytest.raises(CardDataError) as caught:
        parse_certificate_presence(b"\x8f")
    assert caught.value.details == {"file": "jpki-0008", "reason": "cut-off"}


@given(st.binary(max_size=200))
def test_garbage_raises_only_our_error(data):
    for parse in (parse_token_information, parse_certificate_presence):
        with contextlib.suppress(CardDataError):
            parse(data)

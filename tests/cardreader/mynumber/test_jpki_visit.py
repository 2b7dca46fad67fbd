import pytest

from kakanai.cardreader.errors import (
    CardDataError,
    CardRemovedError,
    CardStatusError,
    CommunicationError,
    PinLockedError,
    PinRequiredError,
    PinStateUnknownError,
    WrongPinError,
)
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.mynumber.errors import CertificatesMissingError
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.proof import CertificateProof
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.mynumber.sign_pin import SignPin
from tests.cardreader.mynumber.card_bytes import FOUR_ANSWER, SELECT_JPKI, SELECT_TEXT
from tests.fakes.scripted_connection import ScriptedConnection

SIGN_PIN = SignPin("ABC123")
SELECTED = (SELECT_JPKI, "9000")
SIGN_COUNTER = ("0020009B", "63C5")
SIGN_VERIFY = "0020009B06414243313233"
AUTH_COUNTER = ("00200098", "63C3")
AUTH_VERIFY = "002000980431323334"
DIGEST_INFO = bytes.fromhex("3031300D060960864801650304020105000420") + bytes(range(32))
SIGN = f"802A009A33{DIGEST_INFO.hex()}00"
AUTH_SIGN = f"802A009733{DIGEST_INFO.hex()}00"
SIGNATURE = bytes(255) + b"\x01"
SIGNED = SIGNATURE.hex() + "9000"


def opened(*script):
    connection = ScriptedConnection((SELECT_TEXT, "9000"), ("00200091", "63C3"), *script, extended=False)
    return connection, MyNumberCardSession.open(connection)


def der(size):
    """A SEQUENCE of this many bytes in all, of the sizes certificates have."""
    return b"\x30\x82" + (size - 4).to_bytes(2, "big") + bytes(index % 251 for index in range(size - 4))


def certificate_reads(short_id, content, filler=b"\xff" * 40):
    """Exchanges that read a DER object and not its filler."""
    file = content + filler
    script = [(f"00B0{0x80 | short_id:02X}0000", file[:256].hex() + "9000")]
    for offset in range(256, len(content), 256):
        part = content[offset : offset + 256]
        script.append((f"00B0{offset:04X}{len(part) & 0xFF:02X}", part.hex() + "9000"))
    return script


def test_a_signature_with_the_signing_key():
    connection, session = opened(SELECTED, SIGN_COUNTER, (SIGN_VERIFY, "9000"), (SIGN, SIGNED))
    assert session.jpki.sign(SIGN_PIN, DIGEST_INFO) == SIGNATURE
    assert session.exchanges == 6
    connection.assert_played_out()


def test_a_signature_with_the_authentication_key():
    connection, session = opened(SELECTED, AUTH_COUNTER, (AUTH_VERIFY, "9000"), (AUTH_SIGN, SIGNED))
    assert session.jpki.sign_for_authentication(Pin("1234"), DIGEST_INFO) == SIGNATURE
    connection.assert_played_out()


def test_every_signature_presents_the_pin_anew_but_asks_no_known_counter():
    signing = [(SIGN_VERIFY, "9000"), (SIGN, SIGNED)]
    connection, session = opened(SELECTED, SIGN_COUNTER, *signing, *signing)
    for _ in range(2):
        session.jpki.sign(SIGN_PIN, DIGEST_INFO)
    connection.assert_played_out()


@pytest.mark.parametrize("sw", ["6A86", "6A81", "6986", "6B00"])
def test_a_card_that_takes_no_short_id_for_the_key(sw):
    connection, session = opened(
        SELECTED,
        SIGN_COUNTER,
        (SIGN_VERIFY, "9000"),
        (SIGN, sw),
        ("00A4020C02001A", "9000"),
        (SIGN.replace("802A009A", "802A0080"), SIGNED),
    )
    assert session.jpki.sign(SIGN_PIN, DIGEST_INFO) == SIGNATURE
    connection.assert_played_out()


def test_a_card_that_takes_no_short_id_and_has_no_key():
    script = (SELECTED, SIGN_COUNTER, (SIGN_VERIFY, "9000"), (SIGN, "6A86"), ("00A4020C02001A", "6A82"))
    connection, session = opened(*script)
    with pytest.raises(CertificatesMissingError):
        session.jpki.sign(SIGN_PIN, DIGEST_INFO)
    connection.assert_played_out()


@pytest.mark.parametrize(
    ("answer", "error", "details"),
    [
        ("6982", PinRequiredError, {"key": "sign_pin"}),
        ("6A82", CertificatesMissingError, {}),
        ("6985", CardStatusError, {"command": "SIGN", "sw": "6985"}),
        ("6700", CardStatusError, {"command": "SIGN", "sw": "6700"}),
        ("00" * 255 + "9000", CardDataError, {"file": "jpki-001A", "reason": "signature-length"}),
        ("9000", CardDataError, {"file": "jpki-001A", "reason": "signature-length"}),
    ],
)
def test_a_card_that_does_not_sign(answer, error, details):
    connection, session = opened(SELECTED, SIGN_COUNTER, (SIGN_VERIFY, "9000"), (SIGN, answer))
    with pytest.raises(error) as caught:
        session.jpki.sign(SIGN_PIN, DIGEST_INFO)
    assert caught.value.details == details
    connection.assert_played_out()


@pytest.mark.parametrize("size", [0, 246])
def test_a_digest_info_that_the_card_cannot_pad_is_our_mistake(size):
    _, session = opened(SELECTED, SIGN_COUNTER, (SIGN_VERIFY, "9000"))
    with pytest.raises(ValueError, match="245"):
        session.jpki.sign(SIGN_PIN, bytes(size))


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ([(SELECT_JPKI, "6A82")], CertificatesMissingError),
        ([SELECTED, ("0020009B", "63C0")], PinLockedError),
        ([SELECTED, ("0020009B", "6A82")], PinLockedError),
        ([SELECTED, SIGN_COUNTER, (SIGN_VERIFY, "63C4")], WrongPinError),
        ([SELECTED, SIGN_COUNTER, (SIGN_VERIFY, "6984")], PinLockedError),
        ([SELECTED, SIGN_COUNTER, (SIGN_VERIFY, "6300")], CardStatusError),
        (
            [SELECTED, SIGN_COUNTER, (SIGN_VERIFY, CommunicationError("empty")), ("0020009B", "63C4")],
            PinStateUnknownError,
        ),
    ],
)
def test_without_the_pin_nothing_is_signed(script, error):
    connection, session = opened(*script)
    with pytest.raises(error) as caught:
        session.jpki.sign(SIGN_PIN, DIGEST_INFO)
    assert caught.value.details.get("key", "sign_pin") == "sign_pin"
    assert connection.disconnects == 0
    connection.assert_played_out()


def test_a_card_taken_away_while_signing_is_not_asked_again():
    connection, session = opened(SELECTED, SIGN_COUNTER, (SIGN_VERIFY, "9000"), (SIGN, CardRemovedError()))
    with pytest.raises(CardRemovedError):
        session.jpki.sign(SIGN_PIN, DIGEST_INFO)
    assert connection.disconnects == 1
    connection.assert_played_out()


def test_certificates_without_a_pin():
    auth, auth_ca = der(1571), der(1000)
    connection, session = opened(SELECTED, *certificate_reads(0x0A, auth), *certificate_reads(0x0B, auth_ca))
    assert session.jpki.read_certificates() == CertificateProof(auth, auth_ca)
    assert session.exchanges == 2 + 1 + 7 + 4
    connection.assert_played_out()


def test_certificates_with_the_signing_pin():
    certificates = [der(1571), der(1000), der(1742), der(300)]
    script = [
        exchange
        for short_id, one in zip((0x0A, 0x0B, 0x01, 0x02), certificates, strict=True)
        for exchange in certificate_reads(short_id, one)
    ]
    connection, session = opened(SELECTED, SIGN_COUNTER, (SIGN_VERIFY, "9000"), *script)
    assert session.jpki.read_certificates(SIGN_PIN) == CertificateProof(*certificates)
    connection.assert_played_out()


@pytest.mark.parametrize(
    "answer", ["6A82", "6982", "9000", "FF" * 256 + "9000", "00" * 256 + "9000", "0400 9000"]
)
def test_a_certificate_that_is_not_there(answer):
    _, session = opened(SELECTED, ("00B08A0000", answer), ("00B08B0000", answer))
    assert session.jpki.read_certificates() == CertificateProof()


def test_a_card_that_forgot_the_signing_pin():
    _, session = opened(
        SELECTED,
        SIGN_COUNTER,
        (SIGN_VERIFY, "9000"),
        ("00B08A0000", "6A82"),
        ("00B08B0000", "6A82"),
        ("00B0810000", "6982"),
    )
    with pytest.raises(PinRequiredError) as caught:
        session.jpki.read_certificates(SIGN_PIN)
    assert caught.value.key is CardKey.SIGN_PIN


def test_what_the_token_says_of_itself():
    token = b"JPKIAPICCTOKEN2".ljust(32) + b"J-LIS".ljust(32) + b"E16R01NJ".ljust(16) + b"0" * 80
    connection, session = opened(SELECTED, ("00B0860000", token.hex() + "9000"), ("00B0880000", "008F009000"))
    assert session.jpki.read_token_information().label == "JPKIAPICCTOKEN2"
    presence = session.jpki.read_certificate_presence()
    assert (presence.sign, presence.auth) == (False, True)
    connection.assert_played_out()


def test_counters_and_the_way_back_to_the_text():
    connection, session = opened(
        SELECTED,
        SIGN_COUNTER,
        ("00200098", "63C0"),
        (SELECT_TEXT, "9000"),
        ("002000910431323334", "9000"),
        ("00B0820000", FOUR_ANSWER),
        SELECTED,
        SIGN_COUNTER,
    )
    assert session.jpki.sign_attempts() == 5
    assert session.jpki.auth_attempts() == 0
    session.read(Pin("1234"), with_my_number=False)
    session.jpki.sign_attempts()
    with pytest.raises(PinRequiredError):
        session.read_my_number()
    connection.assert_played_out()

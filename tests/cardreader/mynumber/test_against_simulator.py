"""The reader's side against the simulated card; openssl and cryptography check what the card proves."""

import datetime as dt
import hashlib
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from kakanai.cardreader.errors import PinLockedError, WrongPinError
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.mynumber.collation import CollationNumberB
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.pin_status import read_pin_status
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.mynumber.sign_pin import SignPin
from kakanai.cardreader.reader_choice import choose_reader
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from tests.cardreader.mynumber.card_bytes import COLLATION_B, OFFICIAL, tlv

TODAY = dt.date(2026, 11, 21)
NUMBER = CollationNumberB(COLLATION_B)
DIGEST_INFO = bytes.fromhex("3031300D060960864801650304020105000420")


@pytest.fixture
def reader():
    source = SimulatedReaderSource()
    source.insert("official-test")
    return choose_reader(source, None)


@pytest.fixture
def session(reader):
    with MyNumberCardSession.open(reader.connect()) as session:
        yield session


def parts(data):
    """Tags and values of two-byte tags, cut apart here by hand; one object's value if it is only one."""
    found = {}
    at = 0
    while at < len(data):
        tag_end = at + (2 if data[at] & 0x1F == 0x1F else 1)
        length = data[tag_end]
        start = tag_end + 1
        if length > 0x80:
            start += length & 0x7F
            length = int.from_bytes(data[tag_end + 1 : start], "big")
        found[int.from_bytes(data[at:tag_end], "big")] = data[start : start + length]
        at = start + length
    return found


def public_key(value):
    """The RSA key in `90 03 e, 91 82 01 00 n`."""
    numbers = parts(value)
    return rsa.RSAPublicNumbers(
        int.from_bytes(numbers[0x90], "big"), int.from_bytes(numbers[0x91], "big")
    ).public_key()


def certified_key(certificate):
    body = parts(parts(certificate)[0x7F21])[0x5F4E]
    return public_key(body[32:])


def verify(key, signature, signed):
    key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())


def test_the_text_proves_itself(session):
    text = session.read(Pin("1234"), with_my_number=True, verify=True).proof.text
    assert text.basic_four == OFFICIAL
    digests = parts(parts(text.digests)[0xFF30])
    assert digests[0xDF31] == hashlib.sha256(text.my_number).digest()
    assert digests[0xDF32] == hashlib.sha256(OFFICIAL[14:]).digest()
    issuer = certified_key(text.certificate)
    signed = tlv(0xDF31, digests[0xDF31]) + tlv(0xDF32, digests[0xDF32])
    verify(issuer, digests[0xDF33], signed)
    card_key = parts(parts(text.card_key)[0xFF50])
    verify(public_key(card_key[0xDF51]), text.challenge.signature, text.challenge.challenge)


def test_the_face_comes_with_the_number_and_its_chip_answers(session):
    reading = session.read_by_collation_b(NUMBER, verify=True, today=TODAY)
    assert reading.surface_error is None
    assert reading.surface.birth_date == reading.basic_four.birth_date == "19800217"
    assert reading.surface.expires_on[:4] == COLLATION_B[6:10]
    surface = reading.proof.surface
    key = public_key(parts(parts(surface.surface)[0xFF20])[0xDF24])
    verify(key, surface.challenge.signature, surface.challenge.challenge)


def test_the_face_after_the_pin_and_what_no_key_protects(session):
    common = session.read_common()
    reading = session.read(Pin("1234"), with_my_number=False)
    assert reading.common == common
    whole = reading.with_surface(session.read_surface(NUMBER, today=TODAY))
    assert whole.surface.expires_on == common.expires_on


@pytest.mark.parametrize("kind", ["sign", "auth"])
def test_openssl_accepts_what_the_card_signs(session, kind, tmp_path):
    digest_info = DIGEST_INFO + hashlib.sha256("申請書".encode()).digest()
    certificates = session.jpki.read_certificates(SignPin("ABC123"))
    if kind == "sign":
        signature = session.jpki.sign(SignPin("ABC123"), digest_info)
    else:
        signature = session.jpki.sign_for_authentication(Pin("1234"), digest_info)
    certificate = x509.load_der_x509_certificate(getattr(certificates, kind))
    pem = certificate.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    for name, content in (("key", pem), ("signature", signature), ("signed", "申請書".encode())):
        (tmp_path / name).write_bytes(content)
    told = subprocess.run(
        ["openssl", "dgst", "-sha256", "-verify", "key", "-signature", "signature", "signed"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        text=True,
    )
    assert told.stdout.strip() == "Verified OK"


def test_a_wrong_number_costs_one_try_in_one_application(reader):
    wrong = CollationNumberB(COLLATION_B[:-1] + "6")
    with MyNumberCardSession.open(reader.connect()) as session:
        left = session.collation_b_attempts()
        with pytest.raises(WrongPinError):
            session.read_by_collation_b(wrong, today=TODAY)
    told = {one.key: one.attempts for one in read_pin_status(reader.connect())}
    assert told[CardKey.COLLATION_B] == left - 1
    assert told[CardKey.SURFACE_COLLATION_B] == left
    assert told[CardKey.TEXT_PIN] == 3


def test_a_locked_pin_does_not_keep_the_number_out(session):
    for _ in range(3):
        with pytest.raises((WrongPinError, PinLockedError)):
            session.read(Pin("9999"), with_my_number=False)
    assert session.attempts_remaining == 0
    reading = session.read_by_collation_b(NUMBER, today=TODAY)
    assert reading.basic_four.name == "黒桐　幹也"
    assert reading.surface.photo


def test_the_status_of_every_key(reader):
    told = {one.key: one.attempts for one in read_pin_status(reader.connect())}
    assert None not in told.values()
    assert (told[CardKey.TEXT_PIN], told[CardKey.AUTH_PIN], told[CardKey.SIGN_PIN]) == (3, 3, 5)

"""Certificates and keys of 公的個人認証AP, looked at with openssl and with the cryptography library."""

import hashlib
import re
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, utils

from kakanai.cardreader.simulator.certificates import era_birth_date, substituted
from tests.cardreader.simulator.test_virtual_card import JPKI, bench

VERIFY = {"auth": "002000980431323334", "sign": "0020009B06414243313233"}
KEY = {"auth": "97", "sign": "9A"}
FILE = {"auth": "8A", "auth_ca": "8B", "sign": "81", "sign_ca": "82"}
DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
MESSAGE = "見本".encode()
DIGEST = hashlib.sha256(MESSAGE).digest()
PSS = padding.PSS(padding.MGF1(hashes.SHA256()), 32)


def read_der(card, kind):
    raw = bytes.fromhex(card(f"00B0{FILE[kind]}00000000")[:-4])
    assert raw[:2] == b"\x30\x82"
    size = int.from_bytes(raw[2:4]) + 4
    assert set(raw[size:]) == {0xFF}
    return raw[:size]


def opened(specimen_id="official-test", kind="sign"):
    card = bench(specimen_id)
    assert card.sw(JPKI, VERIFY[kind]) == "9000"
    return card


def certificate(kind, specimen_id="official-test"):
    return x509.load_der_x509_certificate(read_der(opened(specimen_id), kind))


@pytest.mark.parametrize("kind", ["auth", "sign"])
@pytest.mark.parametrize(
    ("p1", "data", "verify_with"),
    [
        ("00", DIGEST_INFO + DIGEST, padding.PKCS1v15()),
        ("02", DIGEST, padding.PKCS1v15()),
        ("03", MESSAGE, padding.PKCS1v15()),
        ("04", DIGEST, PSS),
        ("05", MESSAGE, PSS),
    ],
)
def test_the_card_signs_what_its_certificate_verifies(kind, p1, data, verify_with):
    card = opened(kind=kind)
    answer = bytes.fromhex(card(f"802A{p1}{KEY[kind]}{len(data):02X}{data.hex()}00"))
    assert answer[-2:] == b"\x90\x00"
    key = certificate(kind).public_key()
    key.verify(answer[:-2], DIGEST, verify_with, utils.Prehashed(hashes.SHA256()))


def test_p1_01_holds_the_bare_hash():
    answer = bytes.fromhex(opened()(f"802A019A{len(MESSAGE):02X}{MESSAGE.hex()}00"))
    recovered = (
        certificate("sign").public_key().recover_data_from_signature(answer[:-2], padding.PKCS1v15(), None)
    )
    assert recovered == DIGEST


@pytest.mark.parametrize("specimen_id", ["official-test", "ivs-watanabe", "test-ca", "unknown-issuer"])
@pytest.mark.parametrize("kind", ["auth", "sign"])
def test_certificates_follow_the_profile(kind, specimen_id):
    holder, ca = certificate(kind, specimen_id), certificate(f"{kind}_ca", specimen_id)
    holder.verify_directly_issued_by(ca)
    ca.verify_directly_issued_by(ca)
    assert "O=JPKI-TEST" in holder.issuer.rfc4514_string()
    usage = holder.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment is (kind == "sign")
    (policy,) = holder.extensions.get_extension_for_class(x509.CertificatePolicies).value
    end = {"sign": "8.5.1.0.20", "auth": "8.5.1.3.30"}[kind]
    assert policy.policy_identifier.dotted_string == f"1.2.392.200149.{end}"


def test_a_certificate_ends_with_its_card_and_is_always_the_same():
    assert certificate("sign").not_valid_after_utc.isoformat() == "2035-02-17T14:59:59+00:00"
    assert certificate("auth", "expired").not_valid_after_utc.year == 2026
    assert read_der(opened(), "sign") == read_der(opened(), "sign")
    assert certificate("sign").serial_number != certificate("auth").serial_number


def openssl(*arguments, data):
    done = subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True)
    return done.stdout.decode()


def san_of(specimen_id):
    """OID and UTF-8 text of each otherName, as `openssl asn1parse` sees them."""
    der = read_der(opened(specimen_id), "sign")
    lines = openssl("asn1parse", "-inform", "DER", data=der).splitlines()
    start = next(at for at, line in enumerate(lines) if "Subject Alternative Name" in line)
    octets = next(line for line in lines[start:] if "OCTET STRING" in line)
    value = bytes.fromhex(octets.rsplit(":", 1)[1])
    inner = openssl("asn1parse", "-inform", "DER", "-dump", data=value)
    oids = re.findall(r"OBJECT\s+:([0-9.]+)", inner)
    offsets = re.findall(r"^\s*(\d+):d=\d+\s+hl=(\d+) l=\s*(\d+) prim:\s+UTF8STRING", inner, re.MULTILINE)
    texts = [value[int(at) + int(hl) :][: int(length)].decode() for at, hl, length in offsets]
    return list(zip(oids, texts, strict=True))


def test_openssl_sees_the_four_facts_in_the_order_observed():
    arc = "1.2.392.200149.8.5.5."
    assert san_of("official-test") == [
        (f"{arc}1", "黒桐　幹也"),
        (f"{arc}4", "319800217"),
        (f"{arc}3", "1"),
        (f"{arc}5", "東京都清瀬市観布子南１２－７－２０２"),
        (f"{arc}2", "00000"),
        (f"{arc}6", "000000000000000000"),
    ]


@pytest.mark.parametrize(
    ("specimen_id", "name", "flags"),
    [
        ("hashigo-taka", "高橋　例子", "10000"),
        ("ivs-watanabe", "渡邊　仮名", "01000"),
        ("tsuchi-yoshi", "吉田　見本", "10000"),
    ],
)
def test_characters_outside_jis_are_replaced_and_flagged(specimen_id, name, flags):
    san = dict(san_of(specimen_id))
    assert (san["1.2.392.200149.8.5.5.1"], san["1.2.392.200149.8.5.5.2"]) == (name, flags)


def test_substitutes():
    assert substituted("\U000e0100髙\U0002000b") == ("高●", "11")
    assert substituted("丂") == ("丂", "0")  # JIS X 0212
    assert era_birth_date("20190501") == "520190501"
    assert era_birth_date("19000000") == "119000000"
    assert era_birth_date("00000000") == "000000000"


def test_the_forged_cards_certificate_bears_the_name_that_was_issued():
    assert dict(san_of("forged"))["1.2.392.200149.8.5.5.1"] == "見本　初子"

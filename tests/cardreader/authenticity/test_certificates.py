"""Certificates of 公的個人認証サービス: chain, days, policy, use; and the 基本4情報 in the 署名用証明書."""

import contextlib
import datetime as dt
import re
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from kakanai.cardreader.authenticity.certificate_facts import read_certificate
from kakanai.cardreader.authenticity.certificates import check_certificates
from kakanai.cardreader.authenticity.issuer_key import KeyUse
from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.cardreader.authenticity.verdict import CheckResult
from kakanai.cardreader.errors import CardDataError
from kakanai.cardreader.mynumber.proof import CertificateProof
from tests.cardreader.authenticity import made_card as made

OK = (CheckResult.OK, "")
PERSON = {
    "o1": "黒桐　幹也",
    "o4": "319800217",
    "o3": "1",
    "o5": "東京都清瀬市観布子南１２－７－２０２",
    "o2": "01000",
    "o6": "000000000000000001",
    "o9": "コクトウ　ミキヤ",
}


def check(table=None, on=made.TODAY, **proof):
    checks = check_certificates(CertificateProof(**proof), made.issuers() if table is None else table, on)
    return {one.name: (one.result, one.reason) for one in checks}


def auth(**changes):
    return made.x509_certificate("auth", ca="auth_ca", **changes)


def test_what_openssl_verifies_is_in_order():
    proof = made.certificate_proof()
    ca, leaf = (
        x509.load_der_x509_certificate(data).public_bytes(Encoding.PEM)
        for data in (proof.auth_ca, proof.auth)
    )
    told = openssl_verify(ca, leaf)
    assert told == 0
    checks = check(auth=proof.auth, auth_ca=proof.auth_ca)
    assert {name: checks[name] for name in checks if name.startswith("auth")} == {
        "auth_certificate": OK,
        "auth_dates": OK,
        "auth_policy": OK,
        "auth_usage": OK,
    }
    assert checks["sign_certificate"] == (CheckResult.NOT_DONE, "not-read")


def openssl_verify(ca, leaf):
    try:
        made.openssl("verify", "-no_check_time", "-CAfile", "{ca}", "{leaf}", ca=ca, leaf=leaf)
    except subprocess.CalledProcessError as error:
        return error.returncode
    return 0


def test_a_certificate_signed_by_another_key_is_refused_as_by_openssl():
    proof = made.certificate_proof()
    leaf = made.x509_certificate("auth", ca="sign_ca")
    pems = [x509.load_der_x509_certificate(data).public_bytes(Encoding.PEM) for data in (proof.auth_ca, leaf)]
    assert openssl_verify(*pems) != 0
    # It names another CA's key, which nobody here knows; beside the card's own CA it is a mixture.
    assert check(auth=leaf)["auth_certificate"] == (CheckResult.NO_ISSUER_KEY, "")
    assert check(auth=leaf, auth_ca=proof.auth_ca)["auth_certificate"] == (CheckResult.MISMATCH, "card-ca")


def test_a_certificate_that_names_a_known_ca_without_its_signature():
    whole = bytearray(made.certificate_proof().auth)
    whole[-1] ^= 1
    assert check(auth=bytes(whole))["auth_certificate"] == (CheckResult.MISMATCH, "signature")


def test_a_ca_of_ones_own_on_the_card_does_not_help():
    leaf = made.x509_certificate("auth", ca="forger_auth_ca")
    root = made.x509_certificate("auth", root="forger_auth_ca")
    for ca in (None, root):
        assert check(auth=leaf, auth_ca=ca)["auth_certificate"] == (CheckResult.NO_ISSUER_KEY, "")
    assert check(auth=auth(), auth_ca=root)["auth_certificate"] == (CheckResult.MISMATCH, "card-ca")


def test_a_ca_on_the_card_that_did_not_sign_itself_is_a_mixture():
    below = made.x509_certificate("auth", subject="auth_ca", root="forger_auth_ca")
    assert check(auth=auth(), auth_ca=below)["auth_certificate"] == (CheckResult.MISMATCH, "card-ca")


def test_the_ca_is_found_by_signature_among_generations_of_one_name():
    ours = made.issuer_key(KeyUse.JPKI_AUTH)
    other = x509.load_der_x509_certificate(made.x509_certificate("auth", subject="auth_ca"))
    twin = made.issuer_key(KeyUse.JPKI_AUTH, key_id=b"other generation", certificate=other, label="twin")
    stranger = x509.load_der_x509_certificate(made.x509_certificate("sign"))
    wrong = made.issuer_key(KeyUse.JPKI_AUTH, key_id=b"wrong", certificate=stranger)
    for keys in ([wrong, twin, ours], [ours, wrong], [wrong, twin]):
        assert check(IssuerTable(keys), auth=auth())["auth_certificate"] == OK


@pytest.mark.parametrize(
    ("day", "result"),
    [
        (dt.date(2025, 3, 31), CheckResult.NOT_YET_VALID),
        (dt.date(2025, 4, 1), CheckResult.OK),
        (dt.date(2030, 3, 31), CheckResult.OK),
        (dt.date(2030, 4, 1), CheckResult.EXPIRED),
    ],
)
def test_first_and_last_day_are_days_of_japan(day, result):
    # FROM is 2025-03-31T15:00Z and UNTIL 2030-03-31T14:59:59Z.
    checks = check(auth=auth(), on=day)
    assert checks["auth_dates"] == (result, "")
    assert checks["auth_certificate"] == OK


def test_a_ca_out_of_date_is_told():
    long = (made.FROM, made.UNTIL + dt.timedelta(days=400))
    checks = check(auth=auth(valid=long), on=dt.date(2030, 4, 1))
    assert checks["auth_dates"] == (CheckResult.EXPIRED, "ca")


@pytest.mark.parametrize(
    ("kind", "policy", "told"),
    [
        ("sign", "1.2.392.200149.8.5.1.0.20", (CheckResult.TEST_CA, "test-policy")),
        ("sign", "1.2.392.200149.8.5.1.3.30", (CheckResult.MISMATCH, "policy")),
        ("auth", "1.2.392.200149.8.5.1.1.20", (CheckResult.MISMATCH, "policy")),
        ("auth", "1.2.3.4", (CheckResult.MISMATCH, "policy")),
    ],
)
def test_a_policy_of_another_purpose(kind, policy, told):
    leaf = made.x509_certificate(kind, ca=f"{kind}_ca", policy=policy)
    assert check(**{kind: leaf})[f"{kind}_policy"] == told


@pytest.mark.parametrize(
    ("kind", "used"),
    [
        ("auth", {"digital_signature": True, "content_commitment": True}),
        ("auth", {"content_commitment": True}),
        ("auth", {"digital_signature": True, "key_cert_sign": True}),
        ("sign", {"digital_signature": True}),
    ],
)
def test_a_key_for_another_use(kind, used):
    leaf = made.x509_certificate(kind, ca=f"{kind}_ca", usage=made.key_usage(**used))
    assert check(**{kind: leaf})[f"{kind}_usage"] == (CheckResult.MISMATCH, "key-usage")


@pytest.mark.parametrize("data", [b"", b"\x30\x00", b"\x30\x03\x02\x01\x01", b"\xff" * 30, b"\x04\x02ab"])
def test_what_is_no_certificate_is_a_mismatch(data):
    assert check(auth=data)["auth_certificate"] == (CheckResult.MISMATCH, "format")
    assert check(auth=auth(), auth_ca=data)["auth_certificate"] == (CheckResult.MISMATCH, "format")
    with pytest.raises(CardDataError):
        read_certificate(data, "000A")


def test_filler_after_a_certificate_is_ignored_and_anything_else_is_not():
    assert check(auth=auth() + b"\xff" * 40)["auth_certificate"] == OK
    assert check(auth=auth() + b"x")["auth_certificate"] == (CheckResult.MISMATCH, "format")


def sign_certificate(**texts):
    return made.x509_certificate("sign", ca="sign_ca", extensions=(made.holder_names(**texts),))


def test_the_four_facts_are_read_by_oid_as_openssl_prints_them():
    data = sign_certificate(**PERSON)
    printed = made.openssl(
        "asn1parse", "-inform", "DER", "-in", "{leaf}", "-strparse", san_offset(data), leaf=data
    )
    for text in PERSON.values():
        assert text in printed.decode()
    facts = read_certificate(data, "0001")
    assert facts.policies == ("1.2.392.200149.8.5.1.1.20",)
    assert (facts.valid_from, facts.valid_until) == (dt.date(2025, 4, 1), dt.date(2030, 3, 31))
    holder = facts.holder
    assert (holder.name, holder.address) == (PERSON["o1"], PERSON["o5"])
    assert (holder.birth_date, holder.sex) == ("319800217", "1")
    assert (holder.name_replaced, holder.address_replaced) == ((1,), (17,))


def san_offset(data):
    """Where openssl sees the octets of SubjectAltName start."""
    lines = made.openssl("asn1parse", "-inform", "DER", "-in", "{leaf}", leaf=data).decode().splitlines()
    at = next(n for n, line in enumerate(lines) if "Subject Alternative Name" in line)
    return re.match(r"\s*(\d+)", lines[at + 1])[1]


def test_nobody_is_seen_in_repr():
    facts = read_certificate(sign_certificate(**PERSON), "0001")
    for text in PERSON.values():
        assert len(text) == 1 or text not in repr(facts) + repr(facts.holder)


def test_a_certificate_without_a_holder():
    assert read_certificate(auth(), "000A").holder is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"o2": "0100"}, "holder-2"),
        ({"o2": "0200a"}, "holder-2"),
        ({"o6": "0"}, "holder-6"),
        ({"o4": "19800217"}, "holder-4"),
        ({"o4": "719800217"}, "holder-4"),
        ({"o3": "９"}, "holder-3"),
    ],
)
def test_facts_of_another_form_are_refused(change, reason):
    with pytest.raises(CardDataError) as caught:
        read_certificate(sign_certificate(**{**PERSON, **change}), "0001")
    assert caught.value.details == {"file": "0001", "reason": reason}
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("left_out", ["o1", "o3", "o4", "o5"])
def test_a_fact_left_out_is_refused_and_flags_may_be(left_out):
    rest = {name: text for name, text in PERSON.items() if name != left_out}
    with pytest.raises(CardDataError):
        read_certificate(sign_certificate(**rest), "0001")
    bare = {name: text for name, text in PERSON.items() if name not in ("o2", "o6")}
    assert read_certificate(sign_certificate(**bare), "0001").holder.name_replaced == ()


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_certificate_with_a_flipped_bit_is_never_in_order(data):
    whole = bytearray(made.certificate_proof().auth)
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= 1 << data.draw(st.integers(0, 7))
    checks = check(auth=bytes(whole))
    assert checks["auth_certificate"] != OK


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@settings(max_examples=200, deadline=None)
@given(st.data())
def test_only_our_errors_come_out_of_a_broken_certificate(data):
    whole = bytearray(sign_certificate(**PERSON))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(CardDataError):
        read_certificate(bytes(whole), "0001")

"""The four words, each from the card that deserves it, and no way around a mismatch."""

import dataclasses
import hashlib

import pytest

from kakanai.cardreader.authenticity.issuer_key import Standing
from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.cardreader.authenticity.judge import judge
from kakanai.cardreader.authenticity.verdict import CheckResult, Verdict
from kakanai.cardreader.mynumber.proof import CardProof, Challenge
from tests.cardreader.authenticity import made_card as made

FORGED = made.BASIC_FOUR.replace("黒桐".encode(), "白桐".encode())


def results(proof, table=None, on=made.TODAY):
    told = judge(proof, made.issuers() if table is None else table, on)
    return told, {check.name: (check.result, check.reason) for check in told.checks}


def mismatches(checks):
    return {name: reason for name, (result, reason) in checks.items() if result is CheckResult.MISMATCH}


def test_the_vectors_of_the_official_test_card():
    facts = made.BASIC_FOUR[14:]
    assert hashlib.sha256(facts).hexdigest() == (
        "b9e0d09427b23b1d4beda2848512b4103752dc2667e51f9712872d65f472cb3b"
    )
    assert hashlib.sha256(made.MY_NUMBER).hexdigest() == (
        "c60c415d94405f03e9c454a8bae073837d2c619925196526852fe61d9c58422d"
    )
    signed = bytes.fromhex(
        "df3120c60c415d94405f03e9c454a8bae073837d2c619925196526852fe61d9c58422d"
        "df3220b9e0d09427b23b1d4beda2848512b4103752dc2667e51f9712872d65f472cb3b"
    )
    digests = bytes.fromhex("ff3082014b") + signed + made.tlv("df33", made.sign("town", signed))
    assert len(digests) == 336
    assert len(made.cv_certificate(made.TEXT_ID, "text_ca")) == 568
    assert len(made.card_key_file()) == 536
    told, checks = results(CardProof(made.text_proof(digests=digests)))
    assert told.verdict is Verdict.VERIFIED
    assert checks["basic_four"] == checks["my_number"] == (CheckResult.OK, "")


def test_a_genuine_card_is_verified_in_every_check():
    told, checks = results(made.whole_proof())
    assert told.verdict is Verdict.VERIFIED
    assert told.issuer == "試験 text_ap"
    assert {result for result, _ in checks.values()} == {CheckResult.OK}
    assert list(checks) == [
        "text_certificate", "text_digests", "basic_four", "my_number", "text_card_key", "text_chip",
        "surface_certificate", "surface_face", "surface_chip", "surface_agrees",
        "auth_certificate", "auth_dates", "auth_policy", "auth_usage",
        "sign_certificate", "sign_dates", "sign_policy", "sign_usage",
    ]  # fmt: skip


def test_a_reading_by_pin_alone_is_verified_by_what_was_read():
    told, checks = results(CardProof(made.text_proof(my_number=None)))
    assert told.verdict is Verdict.VERIFIED
    assert {name for name, (result, _) in checks.items() if result is CheckResult.NOT_DONE} == {
        "my_number",
        "surface_face",
        "auth_certificate",
    }


def test_the_mapping_says_the_word_every_check_and_that_revocation_was_not_asked():
    told = judge(made.whole_proof(), made.issuers(), made.TODAY).to_mapping()
    assert told["verdict"] == "verified"
    assert told["label"] == "検証済"
    assert told["revocation"] == "not_checked"
    assert len(told["checks"]) == 18
    assert told["checks"][0] == {"name": "text_certificate", "result": "ok", "reason": ""}


@pytest.mark.parametrize("use", ["text_ap", "surface_ap", "jpki_auth", "jpki_sign"])
def test_a_test_ca_anywhere_is_told(use):
    told, _ = results(made.whole_proof(), made.issuers(**{use: Standing.TEST}))
    assert told.verdict is Verdict.TEST_CA


@pytest.mark.parametrize("use", ["text_ap", "surface_ap"])
def test_without_the_issuers_key_the_data_are_still_checked(use):
    table = made.issuers(**{use: None})
    told, checks = results(made.whole_proof(), table)
    assert told.verdict is Verdict.NO_ISSUER_KEY
    assert checks[f"{use.removesuffix('_ap')}_certificate"] == (CheckResult.NO_ISSUER_KEY, "")
    forged = dataclasses.replace(made.whole_proof(), text=made.text_proof(basic_four=FORGED))
    told, checks = results(forged, table)
    assert told.verdict is Verdict.MISMATCH
    assert mismatches(checks) == {"basic_four": "digest"}


def test_with_an_empty_table_nothing_is_verified():
    told, checks = results(made.whole_proof(), IssuerTable())
    assert told.verdict is Verdict.NO_ISSUER_KEY
    assert told.issuer is None
    assert mismatches(checks) == {}


def test_an_unknown_ca_of_the_certificates_does_not_take_the_verdict_away():
    told, checks = results(made.whole_proof(), made.issuers(jpki_auth=None, jpki_sign=None))
    assert told.verdict is Verdict.VERIFIED
    assert checks["auth_certificate"] == checks["sign_certificate"] == (CheckResult.NO_ISSUER_KEY, "")


@pytest.mark.parametrize("use", ["text_ap", "surface_ap", "jpki_auth", "jpki_sign"])
def test_a_revoked_issuer_is_a_mismatch(use):
    told, checks = results(made.whole_proof(), made.issuers(**{use: Standing.REVOKED}))
    assert told.verdict is Verdict.MISMATCH
    assert mismatches(checks) == {
        f"{use.removesuffix('_ap').removeprefix('jpki_')}_certificate": "revoked-issuer"
    }


def other_hierarchy():
    """Someone's own town and card under someone's own CA that calls itself the issuer."""
    return made.text_proof(
        digests=made.digests_file(basic_four=FORGED, signer="forger"),
        basic_four=FORGED,
        certificate=made.cv_certificate(made.TEXT_ID, "forger_ca", "forger"),
        card_key=made.card_key_file("forged_card", "forger"),
        challenge=made.answer("forged_card"),
    )


TEXT_FAULTS = {
    "an edited name": (lambda: made.text_proof(basic_four=FORGED), {"basic_four": "digest"}),
    "an edited name with new digests": (
        lambda: made.text_proof(
            basic_four=FORGED, digests=made.digests_file(basic_four=FORGED, signer="forger")
        ),
        {"text_digests": "signature"},
    ),
    "another 個人番号": (
        lambda: made.text_proof(my_number=made.MY_NUMBER.replace(b"8\xff\xff", b"9\xff\xff")),
        {"my_number": "digest"},
    ),
    "個人番号 without its filler": (
        lambda: made.text_proof(my_number=made.MY_NUMBER[:-2]),
        {"my_number": "digest"},
    ),
    "a copy with another chip": (
        lambda: made.text_proof(challenge=made.answer("other_card")),
        {"text_chip": "signature"},
    ),
    "a copy that brings its own key": (
        lambda: made.text_proof(
            card_key=made.card_key_file("other_card", "other_card"), challenge=made.answer("other_card")
        ),
        {"text_card_key": "signature"},
    ),
    "an answer to another challenge": (
        lambda: made.text_proof(challenge=Challenge(bytes(32), made.answer().signature)),
        {"text_chip": "signature"},
    ),
    "no answer": (
        lambda: made.text_proof(challenge=Challenge(bytes(32), None)),
        {"text_chip": "no-answer"},
    ),
    "a challenge anyone could have recorded": (
        lambda: made.text_proof(challenge=made.answer(challenge=b"short")),
        {"text_chip": "short-challenge"},
    ),
    "no digests": (lambda: made.text_proof(digests=None), {"text_digests": "missing"}),
    "no card key": (
        lambda: made.text_proof(card_key=None),
        {"text_card_key": "missing", "text_chip": "no-card-key"},
    ),
    "no certificate": (lambda: made.text_proof(certificate=None), {"text_certificate": "missing"}),
    "a certificate by someone else": (
        lambda: made.text_proof(certificate=made.cv_certificate(made.TEXT_ID, "forger_ca")),
        {"text_certificate": "signature"},
    ),
    "a whole hierarchy of someone's own": (other_hierarchy, {"text_certificate": "signature"}),
    "facts in another order": (
        lambda: made.text_proof(
            basic_four=made.tlv(
                "ff20", made.BASIC_FOUR[14:] + made.BASIC_FOUR[3:14]
            )
        ),
        {"basic_four": "format"},
    ),
    "a second name": (
        lambda: made.text_proof(
            basic_four=made.tlv("ff20", made.BASIC_FOUR[3:] + made.tlv("df22", b"x"))
        ),
        {"basic_four": "format"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", TEXT_FAULTS)
def test_what_is_wrong_with_the_text_ap_is_a_mismatch(fault):
    make, wrong = TEXT_FAULTS[fault]
    told, checks = results(CardProof(make()))
    assert told.verdict is Verdict.MISMATCH
    assert mismatches(checks) == wrong


SURFACE_FAULTS = {
    "another photo": (
        lambda: made.surface_proof(surface=made.face_file().replace(b"photo", b"phobo")),
        {"surface_face": "signature"},
    ),
    "another name picture": (
        lambda: made.surface_proof(surface=made.face_file().replace(b"name picture", b"nose picture")),
        {"surface_face": "signature"},
    ),
    "another person's face": (
        lambda: made.surface_proof(surface=made.face_file(birth_date=b"19800218")),
        {"surface_agrees": "birth-date"},
    ),
    "another sex": (
        lambda: made.surface_proof(surface=made.face_file(sex=b"2")),
        {"surface_agrees": "sex"},
    ),
    "a copy with another chip": (
        lambda: made.surface_proof(challenge=made.answer("other_card")),
        {"surface_chip": "signature"},
    ),
    "no answer": (
        lambda: made.surface_proof(challenge=Challenge(bytes(32), None)),
        {"surface_chip": "no-answer"},
    ),
    "no certificate": (lambda: made.surface_proof(certificate=None), {"surface_certificate": "missing"}),
    "the certificate of the other AP": (
        lambda: made.surface_proof(certificate=made.cv_certificate(made.SURFACE_ID, "text_ca")),
        {"surface_certificate": "signature"},
    ),
    "no face at all": (
        lambda: made.surface_proof(surface=b"\xff\x20\x00"),
        {"surface_face": "format", "surface_chip": "no-card-key"},
    ),
    "a second photo behind the signature": (
        lambda: made.surface_proof(
            surface=made.tlv("ff20", made.face_file()[5:] + made.tlv("df27", b"another photo"))
        ),
        {"surface_face": "format", "surface_chip": "no-card-key"},
    ),
    "a face that the card signed itself": (
        lambda: made.surface_proof(surface=made.face_file(signer="card")),
        {"surface_face": "signature"},
    ),
}


@pytest.mark.parametrize("fault", SURFACE_FAULTS)
def test_what_is_wrong_with_the_surface_ap_is_a_mismatch(fault):
    make, wrong = SURFACE_FAULTS[fault]
    told, checks = results(CardProof(made.text_proof(), make()))
    assert told.verdict is Verdict.MISMATCH
    assert mismatches(checks) == wrong


def test_what_the_issuer_did_not_sign_is_not_vouched_for():
    longer = made.face_file().replace(b"20350217", b"20990217")
    assert longer != made.face_file()
    told, _ = results(CardProof(made.text_proof(), made.surface_proof(surface=longer)))
    assert told.verdict is Verdict.VERIFIED  # 有効期限 of EF 0002 is outside the signature


def test_no_check_tells_anything_of_the_person():
    for text in (made.text_proof(), made.text_proof(basic_four=FORGED)):
        told = repr(judge(CardProof(text, made.surface_proof()), made.issuers(), made.TODAY))
        for secret in ("黒桐", "白桐", "清瀬", "123456789018", "19800217"):
            assert secret not in told

import dataclasses
import datetime as dt

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kakanai.cardreader.authenticity.issuer_key import KeyUse, Standing
from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.cardreader.authenticity.verdict import CheckResult, Verdict
from kakanai.cardreader.residence_card import files
from kakanai.cardreader.residence_card.judge import judge_residence_card
from kakanai.cardreader.residence_card.session import ResidenceCardSession
from kakanai.cardreader.simulator.specimen import specimen_folder
from tests.cardreader.residence_card.authorities import (
    certificate,
    der,
    issuer,
    new_key,
    signed_bytes,
    with_null_parameters,
)
from tests.cardreader.residence_card.simulated import connected, number_of

ON = dt.date(2026, 11, 21)
FOLDER = specimen_folder() / "residence"
TRUSTED = IssuerTable.load(FOLDER / "trusted.yaml")
GENUINE = ("back-address", "front-address", "special-permanent", "second-generation", "second-special")


def read(name):
    with ResidenceCardSession.open(connected(name)) as session:
        return session.read(number_of(name))


@pytest.fixture(scope="module")
def readings():
    return {name: read(name) for name in (*GENUINE, "forged")}


def changed(reading, key, value):
    return dataclasses.replace(reading, values={**reading.values, key: value})


def results(told):
    return {check.name: check.result for check in told.checks}


def check_of(told, name):
    return next(check for check in told.checks if check.name == name)


# --- verdicts ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", GENUINE)
def test_a_genuine_card_is_verified(readings, name):
    told = judge_residence_card(readings[name], TRUSTED, ON)
    assert told.verdict is Verdict.VERIFIED
    assert told.issuer.startswith("見本 在留カード CA")
    expected = dict.fromkeys(("card_signature", "card_certificate", "certificate_dates"), CheckResult.OK)
    has_expiry = readings[name].generation == 2
    assert results(told) == {
        **expected,
        "card_expiry": CheckResult.OK if has_expiry else CheckResult.NOT_DONE,
        "card_chip": CheckResult.NOT_DONE,  # no challenge: a copy cannot be told from the card
        "card_address": CheckResult.NOT_DONE,  # not among the signed files
    }
    assert told.to_mapping()["revocation"] == "not_checked"


def test_a_replaced_photo_is_a_mismatch_whoever_issued_it(readings):
    for issuers in (TRUSTED, IssuerTable()):
        told = judge_residence_card(readings["forged"], issuers, ON)
        assert told.verdict is Verdict.MISMATCH
        assert check_of(told, "card_signature").reason == "signature"


def test_without_a_key_only_the_data_hold(readings):
    told = judge_residence_card(readings["back-address"], IssuerTable(), ON)
    assert told.verdict is Verdict.NO_ISSUER_KEY
    assert told.issuer is None
    assert results(told)["card_signature"] is CheckResult.OK


@pytest.mark.parametrize(
    ("standing", "verdict", "reason"),
    [
        (Standing.TEST, Verdict.TEST_CA, ""),
        (Standing.REVOKED, Verdict.MISMATCH, "revoked-issuer"),
        (Standing.PRODUCTION, Verdict.VERIFIED, ""),
    ],
)
def test_the_standing_of_the_key_decides(readings, standing, verdict, reason):
    keys = [dataclasses.replace(key, standing=standing) for key in TRUSTED.of_use(KeyUse.RESIDENCE_CARD)]
    told = judge_residence_card(readings["second-generation"], IssuerTable(keys), ON)
    assert told.verdict is verdict
    assert check_of(told, "card_certificate").reason == reason


@pytest.mark.parametrize(
    ("on", "dates", "expiry"),
    [
        (dt.date(2024, 3, 31), CheckResult.NOT_YET_VALID, CheckResult.OK),
        (dt.date(2029, 9, 30), CheckResult.OK, CheckResult.OK),
        (dt.date(2029, 10, 1), CheckResult.OK, CheckResult.EXPIRED),
        (dt.date(2060, 1, 1), CheckResult.EXPIRED, CheckResult.EXPIRED),
    ],
)
def test_dates_are_told_but_do_not_make_it_another_card(readings, on, dates, expiry):
    told = judge_residence_card(readings["second-generation"], TRUSTED, on)
    assert results(told)["certificate_dates"] is dates
    assert results(told)["card_expiry"] is expiry
    assert told.verdict is Verdict.VERIFIED


# --- what the signature covers ----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("back-address", "DF1/EF01/D0"),
        ("back-address", "DF1/EF02/D1"),
        ("back-address", "DF3/EF01/DA"),
        ("second-generation", "DF1/EF03/D0"),
        ("second-generation", "DF1/EF03/D1"),
        ("second-generation", "DF1/EF02/C6"),
        ("second-generation", "DF1/EF02/CD"),
        ("second-special", "DF1/EF02/CE"),
        ("second-generation", "DF3/EF01/DC"),
    ],
)
def test_one_changed_bit_is_a_mismatch(readings, name, key):
    value = bytearray(readings[name].values[key])
    value[len(value) // 2] ^= 1
    told = judge_residence_card(changed(readings[name], key, bytes(value)), TRUSTED, ON)
    assert told.verdict is Verdict.MISMATCH
    assert results(told)["card_signature"] is CheckResult.MISMATCH


@pytest.mark.parametrize(("one", "other"), [("C5", "C6"), ("CB", "CD")])
def test_values_cannot_change_places_under_one_signature(readings, one, other):
    """The bytes of the file keep their order; only two tags are exchanged."""
    exchanged = {f"DF1/EF02/{one}": f"DF1/EF02/{other}", f"DF1/EF02/{other}": f"DF1/EF02/{one}"}
    reading = readings["second-generation"]
    values = {exchanged.get(key, key): value for key, value in reading.values.items()}
    told = judge_residence_card(dataclasses.replace(reading, values=values), TRUSTED, ON)
    assert told.verdict is Verdict.MISMATCH


def test_digits_cannot_move_from_one_entry_to_the_next(readings):
    reading = readings["second-generation"]
    country = reading.values["DF1/EF02/C8"]
    reading = changed(reading, "DF1/EF02/C7", reading.values["DF1/EF02/C7"] + country[:1])
    reading = changed(reading, "DF1/EF02/C8", country[1:])
    assert judge_residence_card(reading, TRUSTED, ON).verdict is Verdict.MISMATCH


def without(reading, *keys):
    return dataclasses.replace(
        reading, values={key: value for key, value in reading.values.items() if key not in keys}
    )


def test_an_expiry_cannot_be_left_out_and_pass_for_the_date_of_birth(readings):
    """The entries keep their bytes and their order; only where one ends and the next begins is forged."""
    entries = {f"DF1/EF02/{tag:X}": size for tag, size in files.SIGNED_ENTRIES.items()}
    genuine = readings["second-generation"]
    run = b"".join(genuine.values[key].ljust(size, b"\0") for key, size in entries.items())
    forged = changed(without(genuine, *entries), "DF1/EF02/C6", run[:8])
    forged = changed(forged, "DF1/EF02/C7", run[8:])
    told = judge_residence_card(dataclasses.replace(forged, expires_on=None), TRUSTED, ON)
    assert told.verdict is Verdict.MISMATCH


@pytest.mark.parametrize("missing", ["C5", "C6", "C9", "CD"])
def test_an_entry_cannot_be_left_out(readings, missing):
    reading = without(readings["second-generation"], f"DF1/EF02/{missing}")
    assert judge_residence_card(reading, TRUSTED, ON).verdict is Verdict.MISMATCH


def test_a_photo_cannot_hide_in_the_picture_beside_it(readings):
    """Both pictures fill their objects, so that their bytes one after the other are what was signed."""
    genuine = readings["second-generation"]
    both = genuine.values["DF1/EF03/D1"] + genuine.values["DF1/EF03/D0"]
    told = judge_residence_card(changed(without(genuine, "DF1/EF03/D1"), "DF1/EF03/D0", both), TRUSTED, ON)
    assert told.verdict is Verdict.MISMATCH
    assert check_of(told, "card_signature").reason == "too-long"


def test_the_address_on_the_back_is_not_signed(readings):
    """So the specification has it: a town writes it there later."""
    reading = changed(readings["back-address"], "DF2/EF01/D4", "別の住所".encode())
    assert judge_residence_card(reading, TRUSTED, ON).verdict is Verdict.VERIFIED


@pytest.mark.parametrize(
    ("name", "key", "value", "reason"),
    [
        ("back-address", "DF3/EF01/DA", b"", "missing"),
        ("back-address", "DF3/EF01/DB", b"", "missing"),
        ("back-address", "DF3/EF01/DB", b"nonsense", "certificate"),
        ("second-generation", "DF3/EF01/DC", bytes(95), "signature-length"),
        ("second-generation", "DF3/EF01/DC", bytes(96), "signature"),
    ],
)
def test_what_is_missing_or_broken_is_a_mismatch(readings, name, key, value, reason):
    told = judge_residence_card(changed(readings[name], key, value), TRUSTED, ON)
    assert told.verdict is Verdict.MISMATCH
    assert check_of(told, "card_signature").reason == reason


def test_a_key_of_the_other_generation_signs_nothing(readings):
    first, second = readings["back-address"], readings["second-generation"]
    for reading, key, other in (
        (first, "DF3/EF01/DB", second.certificate),
        (second, "DF3/EF01/DD", first.certificate),
    ):
        told = judge_residence_card(changed(reading, key, other), TRUSTED, ON)
        assert told.verdict is Verdict.MISMATCH
        assert check_of(told, "card_signature").reason == "key"


# --- who issued the certificate ---------------------------------------------------------


def resigned(reading, made, key):
    """The reading signed anew by that key, with that certificate."""
    folder = {1: ("DA", "DB"), 2: ("DC", "DD")}[reading.generation]
    signed = signed_bytes(reading)
    if reading.generation == 1:
        signature = key.sign(signed, padding.PKCS1v15(), SHA256())
    else:
        pair = decode_dss_signature(key.sign(signed, ec.ECDSA(SHA256())))
        signature = b"".join(number.to_bytes(48) for number in pair)
    reading = changed(reading, f"DF3/EF01/{folder[0]}", signature)
    return changed(reading, f"DF3/EF01/{folder[1]}", made)


@pytest.mark.parametrize("name", ["back-address", "second-generation"])
def test_a_certificate_of_nobody_known_has_no_issuer_key(readings, name):
    reading = readings[name]
    key, ca_key = new_key(reading.generation), new_key(reading.generation)
    made = resigned(reading, der(certificate(key, ca_key)), key)
    assert judge_residence_card(made, TRUSTED, ON).verdict is Verdict.NO_ISSUER_KEY
    known = IssuerTable([issuer(certificate(ca_key, ca_key))])
    assert judge_residence_card(made, known, ON).verdict is Verdict.VERIFIED


def test_a_certificate_that_only_names_a_known_key_is_a_mismatch(readings):
    key, ca_key, liar = new_key(2), new_key(2), new_key(2)
    honest = der(certificate(key, ca_key))
    damaged = bytearray(honest)
    damaged[-1] ^= 1
    known = IssuerTable([issuer(certificate(ca_key, ca_key))])
    for made in (bytes(damaged), with_null_parameters(certificate(key, ca_key), liar)):
        told = judge_residence_card(resigned(readings["second-generation"], made, key), known, ON)
        assert told.verdict is Verdict.MISMATCH
        assert results(told)["card_signature"] is CheckResult.OK
        assert check_of(told, "card_certificate").reason == "signature"


def test_null_parameters_do_not_hide_the_issuer(readings):
    key, ca_key = new_key(2), new_key(2)
    made = with_null_parameters(certificate(key, ca_key), ca_key)
    known = IssuerTable([issuer(certificate(ca_key, ca_key))])
    told = judge_residence_card(resigned(readings["second-generation"], made, key), known, ON)
    assert told.verdict is Verdict.VERIFIED


def test_pictures_without_filler_may_be_signed_as_they_are(readings):
    reading = readings["second-generation"]
    for key in ("DF1/EF03/D0", "DF1/EF03/D1"):
        reading = changed(reading, key, reading.values[key][:1800])
    key, ca_key = new_key(2), new_key(2)
    made = resigned(reading, der(certificate(key, ca_key)), key)
    known = IssuerTable([issuer(certificate(ca_key, ca_key))])
    assert judge_residence_card(made, known, ON).verdict is Verdict.VERIFIED


# --- anything at all --------------------------------------------------------------------


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["back-address", "second-generation"]),
    key=st.sampled_from(["signature", "certificate"]),
    value=st.binary(max_size=120),
)
def test_any_bytes_are_judged_without_an_exception(readings, name, key, value):
    reading = readings[name]
    place = next(path for path, held in reading.values.items() if held == getattr(reading, key))
    assert judge_residence_card(changed(reading, place, value), TRUSTED, ON).verdict is Verdict.MISMATCH

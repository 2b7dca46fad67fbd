import datetime as dt

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from hypothesis import given, settings
from hypothesis import strategies as st

from kakanai.cardreader.errors import CardDataError
from kakanai.cardreader.residence_card.card_certificate import load_card_certificate
from tests.cardreader.residence_card.authorities import (
    certificate,
    der,
    new_key,
    with_null_parameters,
)

KEYS = {generation: (new_key(generation), new_key(generation)) for generation in (1, 2)}
CERTIFICATES = {generation: certificate(key, ca) for generation, (key, ca) in KEYS.items()}
SOME = der(CERTIFICATES[2])


def public_bytes(key):
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize("generation", [1, 2])
@pytest.mark.parametrize("filler", [b"", bytes(500)])
def test_it_says_what_cryptography_says(generation, filler):
    made = CERTIFICATES[generation]
    loaded = load_card_certificate(der(made) + filler)
    assert loaded.signed == made.tbs_certificate_bytes
    assert loaded.signature == made.signature
    assert public_bytes(loaded.key) == public_bytes(made.public_key())
    authority = made.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    assert loaded.authority_key_id == authority.key_identifier
    assert (loaded.first_day, loaded.last_day) == (dt.date(2024, 4, 1), dt.date(2034, 3, 31))
    assert repr(loaded) == "CardCertificate(****)"


def test_a_certificate_beyond_2049_and_without_authority():
    key, ca = KEYS[2]
    made = certificate(key, ca, until=dt.datetime(2054, 3, 31, 15, tzinfo=dt.UTC), with_authority=False)
    loaded = load_card_certificate(der(made))
    assert loaded.last_day == dt.date(2054, 4, 1)
    assert loaded.authority_key_id is None


def test_null_parameters_of_ecdsa_are_no_reason_to_call_it_forged():
    key, ca = KEYS[2]
    loaded = load_card_certificate(with_null_parameters(CERTIFICATES[2], ca))
    assert public_bytes(loaded.key) == public_bytes(key.public_key())


def test_an_end_beyond_the_calendar_is_card_data():
    """99991231235959Z, no end at all by RFC 5280, is a day too late for dates in Japan."""
    end = dt.datetime(2054, 3, 31, 15, tzinfo=dt.UTC)
    made = der(certificate(KEYS[2][0], KEYS[2][1], until=end))
    with pytest.raises(CardDataError):
        load_card_certificate(made.replace(b"20540331150000Z", b"99991231235959Z"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 50,
        SOME[:-1],
        SOME + b"\x01",
        b"\x31" + SOME[1:],
        SOME.replace(bytes.fromhex("2B81040022"), bytes.fromhex("2B8104007F")),
        SOME.replace(b"240401", b"241301"),
        bytes.fromhex("30820A00"),
    ],
)
def test_what_is_no_certificate_is_card_data(data):
    with pytest.raises(CardDataError) as caught:
        load_card_certificate(data)
    assert caught.value.details == {"file": "DF3/EF01", "reason": "certificate"}
    assert caught.value.__cause__ is None


def test_another_kind_of_key_is_loaded_but_signs_nothing():
    key = ed25519.Ed25519PrivateKey.generate()
    loaded = load_card_certificate(der(certificate(key, KEYS[2][1])))
    assert not isinstance(loaded.key, ec.EllipticCurvePublicKey)


@settings(max_examples=300)
@given(st.data())
def test_any_damage_gives_a_certificate_or_our_error(data):
    position = data.draw(st.integers(0, len(SOME) - 1))
    damaged = bytearray(SOME)
    damaged[position] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(SOME)) | st.just(len(SOME)))
    try:
        load_card_certificate(bytes(damaged[:cut]))
    except CardDataError:
        return


@settings(max_examples=200)
@given(st.binary(max_size=100))
def test_any_bytes_are_refused(data):
    with pytest.raises(CardDataError):
        load_card_certificate(data)

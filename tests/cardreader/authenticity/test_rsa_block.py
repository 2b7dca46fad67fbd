"""Signatures against openssl, and the deceptions that lenient readers of the block fell for."""

import hashlib
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.cardreader.authenticity.rsa_block import digest_info, is_plausible, is_signature_of, sha256
from tests.cardreader.authenticity.made_card import NINETY_SIX, key, openssl, pem, public, sign_block

MESSAGE = "個人番号カード".encode()


def block_signature(block):
    """The signature whose recovered block is exactly `block`, made with the private key."""
    numbers = key("town").private_numbers()
    return pow(int.from_bytes(block), numbers.d, numbers.public_numbers.n).to_bytes(256)


def test_what_openssl_signs_is_recognised():
    signature = openssl("dgst", "-sha256", "-sign", "{key}", stdin=MESSAGE, key=pem("town"))
    assert is_signature_of(hashlib.sha256(MESSAGE).digest(), signature, public("town"))
    assert not is_signature_of(hashlib.sha256(MESSAGE + b"!").digest(), signature, public("town"))
    assert not is_signature_of(hashlib.sha256(MESSAGE).digest(), signature, public("card"))


def test_three_digests_in_one_signature_as_openssl_signs_them():
    digests = bytes(range(96))
    signature = sign_block("town", NINETY_SIX + digests)
    assert is_signature_of(digests, signature, public("town"))
    assert not is_signature_of(digests[:32], signature, public("town"))
    assert not is_signature_of(bytes(96), signature, public("town"))


def test_digest_info_is_that_of_the_standard_and_of_the_card():
    assert digest_info(bytes(32)).hex() == "3031300d060960864801650304020105000420" + "00" * 32
    assert digest_info(bytes(96)) == NINETY_SIX + bytes(96)
    with pytest.raises(ValueError, match="110"):
        digest_info(bytes(111))


def test_sha256_is_that_of_the_reference():
    assert sha256(b"abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    "content",
    [
        # Bleichenbacher 2006: short padding, then whatever is wanted after the digest.
        b"\x00\x01" + b"\xff" * 8 + b"\x00" + digest_info(sha256(MESSAGE)) + b"\x99" * 194,
        # AlgorithmIdentifier without its NULL.
        b"\x00\x01" + b"\xff" * 204 + b"\x00"
        + bytes.fromhex("302f300b0609608648016503040201") + b"\x04\x20" + sha256(MESSAGE),
        # The digest without DigestInfo.
        b"\x00\x01" + b"\xff" * 221 + b"\x00" + sha256(MESSAGE),
        # Block type 2, and a padding with one other byte.
        b"\x00\x02" + b"\xff" * 202 + b"\x00" + digest_info(sha256(MESSAGE)),
        b"\x00\x01" + b"\xff" * 201 + b"\xfe" + b"\x00" + digest_info(sha256(MESSAGE)),
    ],
)  # fmt: skip
def test_blocks_that_only_look_right_are_refused(content):
    assert len(content) == 256
    assert not is_signature_of(sha256(MESSAGE), block_signature(content), public("town"))


def test_the_right_block_by_hand_is_accepted():
    content = b"\x00\x01" + b"\xff" * 202 + b"\x00" + digest_info(sha256(MESSAGE))
    assert is_signature_of(sha256(MESSAGE), block_signature(content), public("town"))


def test_a_signature_of_another_length_is_refused():
    good = sign_block("town", digest_info(sha256(MESSAGE)))
    assert is_signature_of(sha256(MESSAGE), good, public("town"))
    assert not is_signature_of(sha256(MESSAGE), b"\x00" + good, public("town"))
    assert not is_signature_of(sha256(MESSAGE), good[:-1], public("town"))
    assert not is_signature_of(sha256(MESSAGE), b"\xff" * 256, public("town"))


def test_the_same_number_beyond_the_modulus_is_refused():
    name = next(f"key {n}" for n in range(100) if public(f"key {n}").modulus < 85 * (1 << 2048) // 100)
    modulus = public(name).modulus
    for count in range(1000):
        digest = sha256(count.to_bytes(2))
        good = int.from_bytes(sign_block(name, digest_info(digest)))
        if good + modulus < 1 << 2048:
            break
    assert is_signature_of(digest, good.to_bytes(256), public(name))
    assert not is_signature_of(digest, (good + modulus).to_bytes(256), public(name))


@given(st.integers(0, 255), st.integers(0, 7))
def test_one_flipped_bit_is_refused_as_by_openssl(place, bit):
    signature = bytearray(sign_block("town", digest_info(sha256(MESSAGE))))
    signature[place] ^= 1 << bit
    assert not is_signature_of(sha256(MESSAGE), bytes(signature), public("town"))


def test_openssl_refuses_the_same_forgery():
    forged = block_signature(
        b"\x00\x01" + b"\xff" * 8 + b"\x00" + digest_info(sha256(MESSAGE)) + b"\x99" * 194
    )
    with pytest.raises(subprocess.CalledProcessError):
        openssl(
            "dgst", "-sha256", "-prverify", "{key}", "-signature", "{signature}",
            stdin=MESSAGE, key=pem("town"), signature=forged,
        )  # fmt: skip


def test_numbers_that_can_be_no_key():
    good = public("town")
    assert is_plausible(good, 2048)
    for modulus, exponent in (
        (good.modulus - 1, 65537),
        (good.modulus >> 1 | 1, 65537),
        (good.modulus, 1),
        (good.modulus, 65536),
        (good.modulus, (1 << 64) + 1),
        (0, 3),
    ):
        assert not is_plausible(type(good)(modulus, exponent), 2048)

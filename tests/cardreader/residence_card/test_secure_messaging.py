import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.cardreader.residence_card.secure_messaging import (
    AES_128,
    TRIPLE_DES,
    cipher_of,
    key_of_number,
    pad,
    session_key,
    unpad,
)

KEY = bytes.fromhex("6522B4E171195BB218223A976C040111")
OTHER_KEY = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")


def openssl(*arguments, data):
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True).stdout


def enciphered(name, key, data, iv=None):
    iv = iv or bytes(8 if name.startswith("-des") else 16)
    return openssl("enc", name, "-K", key.hex(), "-iv", iv.hex(), "-nopad", data=data)


@pytest.mark.parametrize("key", [KEY, OTHER_KEY])
@pytest.mark.parametrize(("cipher", "name"), [(TRIPLE_DES, "-des-ede-cbc"), (AES_128, "-aes-128-cbc")])
@pytest.mark.parametrize("blocks", [1, 2, 7])
def test_openssl_enciphers_alike(cipher, name, key, blocks):
    data = bytes(range(cipher.block_bytes * blocks))
    expected = enciphered(name, key, data)
    assert cipher.encrypt(key, data) == expected
    assert cipher.decrypt(key, expected) == data


@pytest.mark.parametrize("key", [KEY, OTHER_KEY])
@pytest.mark.parametrize("length", [0, 1, 15, 16, 17, 32, 40])
def test_openssl_makes_the_same_cmac(key, length):
    data = bytes(range(length))
    made = openssl(
        "mac", "-cipher", "AES-128-CBC", "-macopt", f"hexkey:{key.hex()}", "-binary", "CMAC", data=data
    )
    assert AES_128.mac(key, data) == made[:8]


@pytest.mark.parametrize("key", [KEY, OTHER_KEY])
@pytest.mark.parametrize("length", [0, 7, 8, 9, 32])
def test_openssl_composes_the_same_retail_mac(key, length):
    """ISO/IEC 9797-1 algorithm 3: DES chained with K1 up to the last block, which takes E(K1) D(K2) E(K1)."""
    data = bytes(range(1, length + 1))
    padded = data + b"\x80" + bytes(-(length + 1) % 8)
    first_key = key[:8]
    before = enciphered("-des-ede-cbc", first_key * 2, padded[:-8])[-8:] if len(padded) > 8 else bytes(8)
    assert TRIPLE_DES.mac(key, data) == enciphered("-des-ede-cbc", key, padded[-8:], before)


def test_a_mac_of_one_byte_more_is_another():
    for cipher in (AES_128, TRIPLE_DES):
        mac = cipher.mac(KEY, b"1234567")
        assert len(mac) == 8
        assert cipher.has_mac(KEY, b"1234567", mac)
        assert not cipher.has_mac(KEY, b"12345678", mac)
        assert not cipher.has_mac(KEY, b"1234567", mac[:4])


def test_the_generation_decides_the_cipher():
    assert cipher_of(1) is TRIPLE_DES
    assert cipher_of(2) is AES_128


def test_keys_of_the_official_example():
    assert key_of_number(b"AA12345678BB") == KEY
    ours = bytes(range(0x40, 0x50))
    theirs = bytes.fromhex("2CC6AF9B8B607C662FDCAD27B401D08B")
    assert session_key(ours, theirs).hex().upper() == "C19CF13D3D7FBEE9EA293D834C88952F"


@given(st.binary(max_size=70), st.sampled_from([8, 16]))
def test_padding_comes_off_again(data, block):
    padded = pad(data, block)
    assert len(padded) % block == 0
    assert len(data) < len(padded) <= len(data) + block
    assert unpad(padded, block) == data


@pytest.mark.parametrize("padded", ["", "00" * 8, "80" + "00" * 8, "1122334455667788", "80" + "00" * 15])
def test_what_is_no_padding_is_refused(padded):
    assert unpad(bytes.fromhex(padded), 8) is None


def test_part_of_a_block_does_not_decipher():
    assert AES_128.decrypt(KEY, bytes(15)) is None
    assert TRIPLE_DES.decrypt(KEY, bytes(9)) is None

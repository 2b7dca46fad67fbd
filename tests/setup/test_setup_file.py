"""The encrypted set-up file: what was put in comes out, and nothing that was touched opens."""

import json
import zlib
from pathlib import Path

import pytest

from kakanai import __version__
from kakanai.setup import setup_file
from kakanai.setup.errors import (
    NewerSetupError,
    NoSetupFileError,
    PassphraseError,
    SetupContentError,
    SetupSealError,
)
from kakanai.setup.setup_file import MAGIC, is_newer, seal, unseal

PHRASE = "役場のあいことば２０２６"
CONTENT = {"town": '[town]\nname = "架空町"\n', "files": {}}


@pytest.fixture(scope="module")
def sealed():
    return seal(CONTENT, PHRASE)


def changed_head(data, **told):
    end = data.index(b"\n", len(MAGIC))
    head = {**json.loads(data[len(MAGIC) : end]), **told}
    return MAGIC + json.dumps(head, sort_keys=True).encode() + data[end:]


def test_what_was_put_in_comes_out(sealed):
    opened = unseal(sealed, PHRASE, "f")
    assert (opened.content, opened.program) == (CONTENT, __version__)
    assert unseal(sealed, "役場のあいことば2026", "f").content == CONTENT  # another keyboard's digits
    assert "架空町".encode() not in sealed
    assert seal(CONTENT, PHRASE) != sealed


def test_another_passphrase_opens_nothing(sealed):
    with pytest.raises(SetupSealError):
        unseal(sealed, PHRASE + "x", "f")


@pytest.mark.parametrize("place", [-1, -20, 40])
def test_a_changed_byte_opens_nothing(sealed, place):
    touched = bytearray(sealed)
    touched[place] ^= 1
    with pytest.raises((SetupSealError, NoSetupFileError)):
        unseal(bytes(touched), PHRASE, "f")


def test_a_changed_head_opens_nothing(sealed):
    for told in (
        {"program": "9.9.9"},
        {"nonce": "00" * 12},
        {"scrypt": {"n": 2, "r": 8, "p": 1, "salt": "0"}},
    ):
        with pytest.raises((SetupSealError, NoSetupFileError)):
            unseal(changed_head(sealed, **told), PHRASE, "f")


def test_numbers_that_would_take_hours_are_not_tried(sealed):
    end = sealed.index(b"\n", len(MAGIC))
    scrypt = json.loads(sealed[len(MAGIC) : end])["scrypt"]
    with pytest.raises(SetupSealError):
        unseal(changed_head(sealed, scrypt={**scrypt, "n": 1 << 30}), PHRASE, "f")


def test_a_newer_format_is_told_from_a_damaged_one(sealed):
    with pytest.raises(NewerSetupError) as refused:
        unseal(changed_head(sealed, format=2, program="3.0.0"), PHRASE, "f")
    assert refused.value.details == {"file": "f", "theirs": "3.0.0", "ours": __version__}


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"%PDF-1.7", MAGIC, MAGIC + b"{}\n", MAGIC + b"[1]\n", MAGIC + b"x" * 3000),
        MAGIC + b'{"format": 1e999, "program": "1"}\n',
    ],
)
def test_another_file_is_told_so(data):
    with pytest.raises(NoSetupFileError):
        unseal(data, PHRASE, "f")


def test_a_short_passphrase_seals_nothing():
    with pytest.raises(PassphraseError):
        seal(CONTENT, "123456789")


def test_a_content_that_blows_up_is_refused(monkeypatch):
    bomb = zlib.compress(b"[" + b"1," * 400_000 + b"1]")
    monkeypatch.setattr(setup_file.zlib, "compress", lambda *_: bomb)
    data = seal(CONTENT, PHRASE)
    monkeypatch.setattr(setup_file, "LARGEST", 1000)
    with pytest.raises(SetupContentError):
        unseal(data, PHRASE, "f")


def test_the_key_costs_an_attacker_what_is_shipped(monkeypatch):
    assert '_SCRYPT = {"n": 1 << 17, "r": 8, "p": 1}' in Path(setup_file.__file__).read_text("utf-8")
    monkeypatch.setattr(setup_file, "_SCRYPT", {"n": 1 << 17, "r": 8, "p": 1})
    assert unseal(seal(CONTENT, PHRASE), PHRASE, "f").content == CONTENT


@pytest.mark.parametrize(
    ("theirs", "ours", "newer"),
    [("0.2.0", "0.1.0", True), ("0.1.0", "0.1.0", False), ("0.10.0", "0.9.9", True), ("x", "0.1.0", False)],
)
def test_which_version_is_newer(theirs, ours, newer):
    assert is_newer(theirs, ours) is newer

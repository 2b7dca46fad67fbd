"""The signed files of a 個人番号カード, verified with the cryptography library and nothing of ours."""

import hashlib
import io
import json
import struct

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from PIL import Image

from kakanai.cardreader.errors import SpecimenError
from kakanai.cardreader.simulator.issuers import read_issued_keys
from kakanai.cardreader.simulator.specimen import list_specimens, load_specimen, specimen_folder
from kakanai.cardreader.simulator.specimen_types import MyNumberSpecimen
from tests.cardreader.simulator.test_virtual_card import COMMON, SURFACE, TEXT, bench

KEYS = json.loads((specimen_folder() / "issuers" / "keys.json").read_bytes())
SIZES = {"81": 17, "83": 336, "84": 568, "85": 256, "86": 269, "87": 536, "88": 16}
SURFACE_SIZES = {"81": 547, "83": 320, "84": 568, "86": 16}


def collation(card, application, specimen_id, letter):
    specimen = load_specimen(specimen_id)
    value = {"A": specimen.my_number, "B": specimen.collation_b}[letter].encode()
    reference = {(TEXT, "A"): "94", (TEXT, "B"): "95", (SURFACE, "A"): "93", (SURFACE, "B"): "92"}
    assert card.sw(f"002000{reference[application, letter]}{len(value):02X}{value.hex()}") == "9000"


def opened(application, specimen_id="official-test", letter="B"):
    card = bench(specimen_id)
    assert card.sw(application) == "9000"
    collation(card, application, specimen_id, letter)
    return card


def read(card, file):
    answer = bytes.fromhex(card(f"00B0{file}00000000"))
    assert answer[-2:] == b"\x90\x00"
    return answer[:-2]


def objects(data):
    """Tag and whole bytes of each object, by hand: two-byte tags, lengths 00-7F or 82 hh ll."""
    found = []
    while data:
        length, head = data[2], 3
        if length == 0x82:
            length, head = int.from_bytes(data[3:5]), 5
        assert length < 0x80 or head == 5
        found.append((data[:2].hex().upper(), data[: head + length], data[head : head + length]))
        data = data[head + length :]
    return found


def inner(data):
    ((_, _, value),) = objects(data)
    return objects(value)


def public_key(value):
    assert value[:5].hex() == "9003010001"
    assert value[5:9].hex() == "91820100"
    return rsa.RSAPublicNumbers(65537, int.from_bytes(value[9:])).public_key()


def ca_key(issuer, application):
    told = KEYS[issuer][application]["issuer"]
    return rsa.RSAPublicNumbers(65537, int(told["p"], 16) * int(told["q"], 16)).public_key()


def verify(key, signature, data):
    key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())


def signer_key(card, issuer, application):
    ((tag, _, value),) = objects(read(card, "84"))
    assert tag == "7F21"
    (_, _, body), (_, _, signature) = objects(value)
    verify(ca_key(issuer, application), signature, body)
    assert body[7:9] == b"\x08\x05"
    return public_key(body[32:])


def test_sizes_are_those_of_a_real_card():
    card = opened(TEXT, letter="A")
    assert {file: len(read(card, file)) for file in SIZES} == SIZES
    card = opened(SURFACE)
    card.sw("0020009106" + b"550217".hex())
    assert {file: len(read(card, file)) for file in SURFACE_SIZES} == SURFACE_SIZES


@pytest.mark.parametrize(
    ("specimen_id", "issuer"),
    [
        ("official-test", "mihon"),
        ("long-address", "mihon"),
        ("test-ca", "test"),
        ("unknown-issuer", "unknown"),
    ],
)
def test_digests_and_signature_of_the_text_application(specimen_id, issuer):
    card = opened(TEXT, specimen_id)
    four = read(card, "82")
    (_, h1_object, h1), (_, h2_object, h2), (_, _, signature) = inner(read(card, "83"))
    assert hashlib.sha256(b"".join(whole for _, whole, _ in inner(four)[1:])).digest() == h2
    number = f"ff100c{load_specimen(specimen_id).my_number.encode().hex()}ffff"
    assert hashlib.sha256(bytes.fromhex(number)).digest() == h1
    verify(signer_key(card, issuer, "text_ap"), signature, h1_object + h2_object)


def test_the_digests_are_those_of_the_official_test_card():
    (_, _, h1), (_, _, h2), _ = inner(read(opened(TEXT), "83"))
    assert h1.hex() == "c60c415d94405f03e9c454a8bae073837d2c619925196526852fe61d9c58422d"
    assert h2.hex() == "b9e0d09427b23b1d4beda2848512b4103752dc2667e51f9712872d65f472cb3b"


def test_a_forged_name_leaves_the_digest_as_it_was():
    card = opened(TEXT, "forged")
    _, (_, _, h2), _ = inner(read(card, "83"))
    assert hashlib.sha256(b"".join(whole for _, whole, _ in inner(read(card, "82"))[1:])).digest() != h2


CHALLENGE = bytes(range(32))
DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420") + hashlib.sha256(CHALLENGE).digest()
ASK = f"802A000033{DIGEST_INFO.hex()}00"


@pytest.mark.parametrize("application", [TEXT, SURFACE])
def test_the_chip_answers_a_challenge_with_the_key_its_issuer_signed(application):
    card = opened(application)
    answer = bytes.fromhex(card(ASK))[:-2]
    if application == TEXT:
        (_, key_object, value), (_, _, signature) = inner(read(card, "87"))
        verify(signer_key(card, "mihon", "text_ap"), signature, key_object)
    else:
        value = inner(read(card, "82"))[3][2]
    verify(public_key(value), answer, CHALLENGE)


def test_a_challenge_needs_no_key():
    assert bench().sw(TEXT, ASK) == "9000"
    assert bench().sw(SURFACE, ASK) == "9000"


@pytest.mark.parametrize(("application", "file", "at"), [(TEXT, "87", 0), (SURFACE, "82", 3)])
def test_a_cloned_card_has_not_the_key_it_shows(application, file, at):
    card = opened(application, "cloned")
    key = public_key(inner(read(card, file))[at][2])
    with pytest.raises(InvalidSignature):
        verify(key, bytes.fromhex(card(ASK))[:-2], CHALLENGE)


def three_digests(parts):
    wholes = [whole for _, whole, _ in parts]
    cut = (wholes[1:4], wholes[4:6], wholes[6:7])
    return b"".join(hashlib.sha256(b"".join(part)).digest() for part in cut)


def recovered(card, signature):
    """The block the signature holds, by cryptography's numbers and Python's pow."""
    numbers = signer_key(card, "mihon", "surface_ap").public_numbers()
    return pow(int.from_bytes(signature), numbers.e, numbers.n).to_bytes(256)


def test_the_face_is_signed_over_ninety_six_bytes():
    card = opened(SURFACE)
    data = read(card, "82")
    parts = inner(data)
    assert [tag for tag, _, _ in parts] == [f"DF{number:02X}" for number in range(0x21, 0x2B)]
    offsets = struct.unpack(">9H", parts[0][2])
    assert [data[at : at + 2].hex().upper() for at in offsets] == [tag for tag, _, _ in parts[1:]]
    expected = bytes.fromhex("3071300d060960864801650304020105000460") + three_digests(parts)
    assert recovered(card, parts[7][2]) == b"\x00\x01" + b"\xff" * (253 - len(expected)) + b"\x00" + expected
    assert (parts[1][2], parts[2][2], parts[8][2]) == (b"19800217", b"1", b"20350217")


def test_a_forged_photo_leaves_the_signature_as_it_was():
    card = opened(SURFACE, "forged-photo")
    parts = inner(read(card, "82"))
    held = recovered(card, parts[7][2])[-96:]
    assert held[:64] == three_digests(parts)[:64]
    assert held[64:] != three_digests(parts)[64:]


@pytest.mark.parametrize(("letter", "file"), [("B", "81"), ("A", "85")])
def test_age_and_number_are_signed_in_the_ordinary_way(letter, file):
    card = opened(SURFACE, letter=letter)
    if file == "81":
        card.sw("0020009106" + b"550217".hex())
    (_, first, _), (_, key, _), (_, _, signature) = inner(read(card, file))
    verify(signer_key(card, "mihon", "surface_ap"), signature, first + key)


@pytest.mark.parametrize(
    "specimen_id", [one.id for one in list_specimens() if isinstance(one, MyNumberSpecimen)]
)
def test_every_picture_is_one(specimen_id):
    parts = dict((tag, value) for tag, _, value in inner(read(opened(SURFACE, specimen_id), "82")))
    photo = Image.open(io.BytesIO(parts["DF27"]), formats=["JPEG2000"])
    photo.load()
    assert (photo.size, photo.mode) == ((192, 240), "L")
    assert len(parts["DF27"]) <= 4000
    for tag in ("DF25", "DF26", "DF2A"):
        drawn = Image.open(io.BytesIO(parts[tag]), formats=["PNG"])
        drawn.load()
        assert drawn.mode == "1"
        assert 0 in drawn.tobytes() or drawn.getextrema() == (0, 255)


def test_the_glyphs_of_a_variation_differ_from_those_without():
    drawn = {
        one: inner(read(opened(SURFACE, one), "82"))[4][2] for one in ("ivs-watanabe", "ivs-tsuji", "cloned")
    }
    assert len(set(drawn.values())) == 3


def test_all_pictures_together_are_small():
    folder = specimen_folder() / "pictures"
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 400_000


def test_the_common_application_tells_town_and_expiry():
    card = bench()
    card.sw(COMMON)
    record = bytes.fromhex(card("00B2010C00"))[:-2]
    assert record[:2].hex() == "011c"
    assert record[17:].decode() == "1322120350217"
    signed = bytes.fromhex(card("0088009908010203040506070800"))[:-2]
    told = KEYS["cards"]["common"]
    key = rsa.RSAPublicNumbers(65537, int(told["p"], 16) * int(told["q"], 16)).public_key()
    verify(key, signed, bytes(range(1, 9)))


@pytest.mark.parametrize(
    ("tag", "value"),
    [("00F0", b"13221"), ("00F2", b"20350217"), ("5F51", bytes.fromhex("E000FF8131FE4514"))],
)
def test_get_data_at_card_level(tag, value):
    assert bytes.fromhex(bench()(f"00CA{tag}00")) == value + b"\x90\x00"


@pytest.mark.parametrize("content", [None, "{", "{}", '{"mihon": {}}'])
def test_broken_keys_are_our_error(tmp_path, content):
    path = tmp_path / "keys.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(SpecimenError):
        read_issued_keys(path)

"""The table of issuers' keys: what is shipped, what a town adds, and where its mistakes are shown."""

import base64
import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from kakanai.cardreader.authenticity.issuer_key import Grade, KeyUse, Standing, parse_key_id
from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.datafile import DataFileError
from kakanai.resources import resource_root
from tests.cardreader.authenticity import made_card as made

MODULUS = f"{made.public('text_ca').modulus:0512X}"
PROVENANCE = "provenance: {source: 試験, grade: assumed, retrieved: 2026-11-21}"
GOOD = f"""keys:
  - id: 9000033/001
    use: text_ap
    standing: test
    label: 試験の鍵
    modulus: {MODULUS}
    exponent: "010001"
    {PROVENANCE}
"""
OUR_FILES = ("card_faces.yaml", "jpki.yaml")
# J-LIS publishes these of 署名用CA (through two programs that pin them); 利用者証明用CA: of the files seen.
FINGERPRINTS = {
    "19645405a1fe14377434bd55957628ac4038557c542403a2243f21c706fc9355",
    "79679c33e4cc9319440f1ad120a597ff1844e2ef217063adb176966fd5e6fbeb",
    "d227f6cde11d35c5252178f106f843d24651944975413b539fa2fb68dbfa365f",
    "4dcfc4ca0aaf9fb2a3081b3f0c991c320b3acc008667a341eeaec5af1d58ca7d",
    "0d98de47fc11b7f67126874b7028b6026a803d2638d6edfe53176953961fade6",
    "64114f29620c24ed2631d46476a040e7ee740d956089c00b036a6a8118c322b5",
}


def shipped():
    return IssuerTable.load(*(resource_root() / "issuer_keys" / name for name in OUR_FILES))


def write(folder: Path, text: str, name: str = "town.yaml") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_keys_say_where_they_come_from():
    keys = shipped().every_key()
    assert len(keys) == 10
    for key in keys:
        assert key.provenance.grade is Grade.OBSERVED  # no issuer gave them to us
        assert len(key.provenance.source) > 20
        assert key.label
        assert (key.certificate is None) == (key.use in (KeyUse.TEXT_AP, KeyUse.SURFACE_AP))


def test_every_shipped_file_can_be_read_together():
    assert set(shipped().every_key()) <= set(IssuerTable.load(resource_root() / "issuer_keys").every_key())


def test_the_shipped_keys_are_found_by_the_ids_on_cards():
    table = shipped()
    for number, use, standing in (
        ("5000033", KeyUse.TEXT_AP, Standing.PRODUCTION),
        ("5000023", KeyUse.SURFACE_AP, Standing.PRODUCTION),
        ("6000033", KeyUse.TEXT_AP, Standing.TEST),
        ("6000023", KeyUse.SURFACE_AP, Standing.TEST),
    ):
        key_id = number.encode("ascii") + b"\x08\x05001\0\0\0\0"
        assert table.find(use, key_id).standing is standing
        other = KeyUse.SURFACE_AP if use is KeyUse.TEXT_AP else KeyUse.TEXT_AP
        assert table.find(other, key_id) is None


@pytest.mark.parametrize("use", [KeyUse.JPKI_SIGN, KeyUse.JPKI_AUTH])
def test_the_shipped_ca_certificates_are_whole_as_openssl_sees_them(use):
    found = shipped().of_use(use)
    assert [(key.certificate.not_valid_before_utc.year, key.certificate.serial_number) for key in found] == (
        [(2015, 1), (2019, 0x0132C4AB), (2023, 0x067C6A21)]
        if use is KeyUse.JPKI_SIGN
        else [(2015, 1), (2019, 0x0133C349), (2023, 0x06D18006)]
    )
    for key in found:
        assert hashlib.sha256(key.certificate.public_bytes(Encoding.DER)).hexdigest() in FINGERPRINTS
        pem = key.certificate.public_bytes(Encoding.PEM)
        made.openssl("verify", "-no_check_time", "-CAfile", "{ca}", "{ca}", ca=pem)


def test_a_town_adds_and_overrides(tmp_path):
    town = write(tmp_path / "town", GOOD)
    assert len(IssuerTable.load(town).every_key()) == 1
    key_id = b"9000033\x08\x05001\0\0\0\0"
    assert IssuerTable.load(town).find(KeyUse.TEXT_AP, key_id).rsa == made.public("text_ca")
    write(tmp_path / "later", GOOD.replace("standing: test", "standing: revoked"))
    table = IssuerTable.load(town, tmp_path / "later")
    assert table.find(KeyUse.TEXT_AP, key_id).standing is Standing.REVOKED
    assert len(table.every_key()) == 1


def test_a_folder_or_file_that_is_not_there_adds_nothing(tmp_path):
    assert IssuerTable.load(tmp_path / "none", tmp_path / "none.yaml").every_key() == ()


def test_one_key_in_two_files_of_a_folder_is_refused(tmp_path):
    write(tmp_path, GOOD, "a.yaml")
    write(tmp_path, GOOD, "b.yaml")
    with pytest.raises(DataFileError) as caught:
        IssuerTable.load(tmp_path)
    assert caught.value.details["file"] == "b.yaml"


def test_ids_in_both_forms():
    assert parse_key_id("5000033/001") == bytes.fromhex("35303030303333080530303100000000")
    assert parse_key_id("35303030303230080530303100 0000A8".replace(" ", "")).endswith(b"\xa8")
    for wrong in ("", "5000033", "５０００００３/001", "500003/001", "abc", "zz"):
        assert parse_key_id(wrong) is None


def certificate_text(kind="auth"):
    return base64.b64encode(made.x509_certificate(kind)).decode()


def certificate_key(**changes):
    key = made.issuer_key(KeyUse.JPKI_AUTH)
    entries = {
        "id": key.key_id.hex(),
        "use": "jpki_auth",
        "standing": "test",
        "label": "試験",
        "certificate": certificate_text(),
        **changes,
    }
    lines = "".join(f"    {name}: {value!r}\n" for name, value in entries.items() if value)
    return f"keys:\n  -\n{lines}    {PROVENANCE}\n"


def test_a_certificate_in_base64_or_pem(tmp_path):
    expected = made.issuer_key(KeyUse.JPKI_AUTH)
    pem = expected.certificate.public_bytes(Encoding.PEM).decode()
    block = "certificate: |\n" + "".join(f"      {line}\n" for line in pem.splitlines())
    for number, text in enumerate(
        (
            certificate_key(),
            certificate_key(certificate="").replace(f"    {PROVENANCE}", f"    {block}    {PROVENANCE}"),
        )
    ):
        table = IssuerTable.load(write(tmp_path / str(number), text))
        found = table.find(KeyUse.JPKI_AUTH, expected.key_id)
        assert found.certificate == expected.certificate
        assert found.rsa == made.public("auth_ca")


MISTAKES = {
    "id: 9000033/001": ("id: 9000033-001", 2, "5000033/001"),
    "use: text_ap": ("use: text", 3, "text は使えません"),
    "standing: test": ("standing: real", 4, "real は使えません"),
    "label: 試験の鍵": ('label: " "', 5, "空"),
    f"modulus: {MODULUS}": (f"modulus: {MODULUS[:-2]}", 6, "2048"),
    f"modulus: {MODULUS}\n": (f"modulus: {MODULUS[:-1]}G\n", 6, "16進数"),
    'exponent: "010001"': ('exponent: "00"', 6, "RSA"),
    '    exponent: "010001"\n': ("", 2, "両方"),
    "grade: assumed": ("grade: certain", 8, "certain は使えません"),
    "retrieved: 2026-11-21": ("retrieved: 21.11.2026", 8, "2026-11-21"),
    "source: 試験, ": ("", 8, "source"),
    "keys:\n": ("keys: &a\n  - *a\n", 1, ""),
    '    exponent: "010001"': ('    exponent: "010001"\n    colour: red', 8, "colour"),
    '"010001"': (f'"010001"\n    certificate: {certificate_text()}', 2, "どちらか一方"),
}


@pytest.mark.parametrize("good", MISTAKES)
def test_a_mistake_is_shown_with_its_line(tmp_path, good):
    wrong, line, told = MISTAKES[good]
    assert good in GOOD
    with pytest.raises(DataFileError) as caught:
        IssuerTable.load(write(tmp_path, GOOD.replace(good, wrong, 1)))
    assert caught.value.details["file"] == "town.yaml"
    assert caught.value.details["line"] == line
    assert told in caught.value.details["problem"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"id": "00" * 20}, "id が証明書の鍵と違います"),
        ({"certificate": certificate_text("sign")}, "id が証明書の鍵と違います"),
        ({"certificate": certificate_text()[:-8]}, "読めない"),
        ({"certificate": "Zm9v"}, "読めない"),
        ({"certificate": "@@@@"}, "読めない"),
        ({"certificate": ""}, "certificate"),
        ({"use": "text_ap"}, "16 バイト"),
    ],
)
def test_a_mistake_in_a_certificate_is_shown(tmp_path, changes, told):
    with pytest.raises(DataFileError) as caught:
        IssuerTable.load(write(tmp_path, certificate_key(**changes)))
    assert told in caught.value.details["problem"]
    assert caught.value.details["line"] >= 2


def test_a_ca_that_did_not_sign_itself_is_refused(tmp_path):
    whole = bytearray(made.x509_certificate("auth"))
    whole[-1] ^= 1
    text = certificate_key(certificate=base64.b64encode(whole).decode())
    with pytest.raises(DataFileError) as caught:
        IssuerTable.load(write(tmp_path, text))
    assert "自己署名" in caught.value.details["problem"]


def test_the_same_key_twice_in_a_file_is_refused(tmp_path):
    twice = GOOD + GOOD.removeprefix("keys:\n")
    with pytest.raises(DataFileError) as caught:
        IssuerTable.load(write(tmp_path, twice))
    assert caught.value.details["line"] == 9

"""The virtual card in a real pcscd, read by OpenSC, which knows nothing of us; openssl verifies."""

import re
import subprocess
import time

import pytest

from tests.pcscd import READER_NAME

pytestmark = pytest.mark.pcsc


def tries_left(pcscd):
    listed = pcscd.run(["pkcs15-tool", "--list-pins"])
    assert listed.returncode == 0, listed.stderr
    return [line.split(":")[1].strip() for line in listed.stdout.splitlines() if "Tries left" in line]


def test_pkcs15_tool_dumps_the_specimen(pcscd):
    pcscd.insert("official-test")
    started = time.monotonic()
    dumped = pcscd.run(["pkcs15-tool", "--dump"])
    assert dumped.returncode == 0, dumped.stderr
    assert "PKCS#15 Card [JPKI]" in dumped.stdout
    assert dumped.stdout.count("X.509 Certificate [") == 4
    assert dumped.stdout.count("Private RSA Key [") == 2
    # Some sixty exchanges: 44 ms each without TCP_QUICKACK, less than 1 ms with it.
    assert time.monotonic() - started < 1.5


def test_pkcs15_tool_lists_the_tries_left(pcscd):
    pcscd.insert("official-test")
    assert tries_left(pcscd) == ["3", "5"]
    wrong = pcscd.run(["pkcs15-tool", "--verify-pin", "--auth-id", "01", "--pin", "0000"])
    assert wrong.returncode != 0
    assert tries_left(pcscd) == ["2", "5"]
    right = pcscd.run(["pkcs15-tool", "--verify-pin", "--auth-id", "01", "--pin", "1234"])
    assert right.returncode == 0, right.stderr
    assert tries_left(pcscd) == ["3", "5"]


def test_the_sign_certificate_needs_its_pin(pcscd):
    pcscd.insert("official-test")
    refused = pcscd.run(["pkcs15-tool", "--read-certificate", "2"])
    assert "BEGIN CERTIFICATE" not in refused.stdout
    assert "BEGIN CERTIFICATE" in sign_certificate(pcscd)


def sign_certificate(pcscd):
    argv = ["pkcs15-tool", "--read-certificate", "2", "--verify-pin", "--auth-id", "02", "--pin", "ABC123"]
    return pcscd.run(argv).stdout


def openssl(*argv, text=None):
    return subprocess.run(["openssl", *argv], input=text, capture_output=True, encoding="utf-8", check=False)


def test_openssl_accepts_the_certificate_opensc_read_and_shows_the_four_facts(pcscd, tmp_path):
    pcscd.insert("official-test")
    pem = sign_certificate(pcscd)
    ca = tmp_path / "ca.pem"
    ca.write_text(pcscd.run(["pkcs15-tool", "--read-certificate", "4"]).stdout)
    checked = openssl("verify", "-x509_strict", "-CAfile", ca, text=pem)
    assert checked.stdout == "stdin: OK\n", checked.stderr
    shown = openssl("x509", "-noout", "-ext", "subjectAltName", "-nameopt", "utf8", text=pem).stdout
    assert shown.count("othername:") == 6
    dumped = openssl("asn1parse", "-strparse", san_offset(pem), text=pem).stdout
    for fact in ("黒桐　幹也", "319800217", "東京都清瀬市観布子南１２－７－２０２"):
        assert fact in dumped


def san_offset(pem):
    """Where in the certificate the value of its SubjectAltName lies."""
    lines = openssl("asn1parse", text=pem).stdout.splitlines()
    at = next(number for number, line in enumerate(lines) if "Subject Alternative Name" in line)
    return next(line for line in lines[at:] if "OCTET STRING" in line).split(":")[0].strip()


@pytest.mark.parametrize(
    ("id", "slot", "pin"),
    [("01", "JPKI (User Authentication PIN)", "1234"), ("02", "JPKI (Digital Signature PIN)", "ABC123")],
)
def test_openssl_verifies_what_pkcs11_tool_signs(pcscd, tmp_path, id, slot, pin):
    pcscd.insert("official-test")
    message, signature, key = (tmp_path / name for name in ("message", "signature", "key.pem"))
    message.write_bytes("書かない窓口".encode())
    argv = ["pkcs11-tool", "--token-label", slot, "--login", "--pin", pin, "--id", id, "--sign"]
    files = ["--input-file", message, "--output-file", signature]
    signed = pcscd.run([*argv, "-m", "SHA256-RSA-PKCS", *files])
    assert signed.returncode == 0, signed.stderr
    certificate = ["pkcs15-tool", "--read-certificate", "1"]
    pem = pcscd.run(certificate).stdout if id == "01" else sign_certificate(pcscd)
    key.write_text(openssl("x509", "-pubkey", "-noout", text=pem).stdout)
    verified = openssl("dgst", "-sha256", "-verify", key, "-signature", signature, message)
    assert verified.stdout == "Verified OK\n", verified.stdout + verified.stderr


def test_pkcs11_tool_is_refused_by_a_locked_pin(pcscd, tmp_path):
    pcscd.insert("no-pins")
    assert tries_left(pcscd) == ["0", "0"]
    message = tmp_path / "message"
    message.write_bytes(b"x")
    argv = ["pkcs11-tool", "--login", "--pin", "1234", "--sign", "-m", "SHA256-RSA-PKCS", "--id", "01"]
    refused = pcscd.run([*argv, "--input-file", message, "--output-file", tmp_path / "signature"])
    assert refused.returncode != 0
    assert not (tmp_path / "signature").exists() or not (tmp_path / "signature").read_bytes()


def test_pkcs15_tool_reads_a_card_without_certificates(pcscd):
    pcscd.insert("child-without-jpki")
    dumped = pcscd.run(["pkcs15-tool", "--dump"])
    assert "PKCS#15 Card [JPKI]" in dumped.stdout, dumped.stderr
    assert "BEGIN CERTIFICATE" not in pcscd.run(["pkcs15-tool", "--read-certificate", "1"]).stdout


SURFACE = "00A4040C0AD3921000310001010402"
SURFACE_B = "002000920E" + b"55021720352285".hex()


def opensc(pcscd, *commands):
    """Status words and bytes of the answers, as opensc-tool prints them."""
    sent = [argument for command in commands for argument in ("-s", command)]
    shown = pcscd.run(["opensc-tool", "-r", READER_NAME, *sent], env={"OPENSC_DRIVER": "default"})
    words = re.findall(r"SW1=0x(..), SW2=0x(..)", shown.stdout)
    assert len(words) == len(commands), shown.stdout + shown.stderr
    dumped = re.findall(r"^((?:[0-9A-F]{2} )+)", shown.stdout, re.MULTILINE)
    return ["".join(word) for word in words], bytes.fromhex("".join(dumped))


def test_opensc_tool_reads_the_cards_face(pcscd):
    pcscd.insert("official-test")
    reads = [f"00B0{offset:04X}00" for offset in range(0x100, 0x400, 0x100)]
    words, data = opensc(pcscd, SURFACE, "00200092", SURFACE_B, "00B0820000", *reads)
    assert words == ["9000", "63CA", "9000", "9000", "9000", "9000", "9000"]
    assert len(data) == 1024
    assert data[:2].hex() == "ff20"
    assert b"19800217" in data
    assert b"\x89PNG\r\n\x1a\n" in data


def test_opensc_tool_cannot_read_the_face_without_its_key(pcscd):
    pcscd.insert("official-test")
    assert opensc(pcscd, SURFACE, "00B0820000")[0] == ["9000", "6982"]


def test_opensc_tool_reads_the_common_application(pcscd):
    pcscd.insert("official-test")
    words, data = opensc(pcscd, "00A4040C0AD3921000310001010100", "00B2010C00")
    assert words == ["9000", "9000"]
    assert data.endswith(b"1322120350217")

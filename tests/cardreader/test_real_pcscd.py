"""The virtual card in a real pcscd: read by OpenSC, which knows nothing of us, and by our own reader."""

import json
import re
import subprocess
import sys
import time

import pytest

from tests.pcscd import READER_NAME, PrivatePcscd

pytestmark = pytest.mark.pcsc

READ = """
import json, sys
from kakanai.cardreader.errors import CardError
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.pcsc import PcscReaderSource
from kakanai.cardreader.reader_choice import choose_reader

try:
    reader = choose_reader(PcscReaderSource(), sys.argv[2] or None)
    with MyNumberCardSession.open(reader.connect()) as session:
        before = session.exchanges
        reading = session.read(Pin(sys.argv[1]), with_my_number=True)
    four = reading.basic_four
    told = [four.name, four.address, four.birth_date, four.sex, reading.my_number.digits]
    told = {"told": told, "before": before, "exchanges": reading.exchanges, "left": reading.attempts_before}
except CardError as error:
    told = {"code": error.code, **error.details}
print(json.dumps(told))
"""


def read(pcscd, pin="1234", reader=READER_NAME):
    done = pcscd.run_python(READ, pin, reader)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def tries_left(pcscd):
    listed = pcscd.run(["pkcs15-tool", "--list-pins"])
    assert listed.returncode == 0, listed.stderr
    return [line.split(":")[1].strip() for line in listed.stdout.splitlines() if "Tries left" in line]


def test_our_reader_needs_five_exchanges(pcscd):
    pcscd.insert("official-test")
    assert read(pcscd) == {
        "told": ["黒桐　幹也", "東京都清瀬市観布子南１２－７－２０２", "19800217", "1", "123456789018"],
        "before": 2,
        "exchanges": 5,
        "left": 3,
    }


def test_a_reader_is_found_by_its_card(pcscd):
    pcscd.insert("tsuchi-yoshi")
    assert read(pcscd, reader="")["told"][0] == "\U00020bb7田　見本"


def test_a_long_card_comes_through_in_one_more_exchange(pcscd):
    pcscd.insert("long-address")
    reading = read(pcscd)
    assert (len(reading["told"][1]), reading["exchanges"]) == (91, 6)


def test_what_goes_wrong(pcscd, tmp_path):
    pcscd.insert("official-test", tmp_path)
    assert read(pcscd, pin="0000") == {"code": "C-011", "attempts_remaining": 2, "key": "text_pin"}
    assert read(pcscd, pin="0000") == {"code": "C-011", "attempts_remaining": 1, "key": "text_pin"}
    assert read(pcscd, pin="0000") == {"code": "C-012", "key": "text_pin"}
    pcscd.insert("official-test", tmp_path)
    assert read(pcscd) == {"code": "C-012", "key": "text_pin"}
    assert read(pcscd, reader="Nobody's") == {"code": "C-003", "reader": "Nobody's"}
    pcscd.remove()
    assert read(pcscd) == {"code": "C-007"}
    assert read(pcscd, reader="") == {"code": "C-007"}


def test_our_reader_leaves_no_verified_pin_behind(pcscd):
    pcscd.insert("official-test")
    read(pcscd)
    look = pcscd.run(["opensc-tool", "-r", READER_NAME, "-s", "00:B0:81:00:00"])
    assert "SW1=0x69, SW2=0x86" in look.stdout, look.stdout + look.stderr


READ_WHEN_TOLD = """
import sys
from kakanai.cardreader.errors import PinStateUnknownError
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.pcsc import PcscReaderSource
from kakanai.cardreader.reader_choice import choose_reader

session = MyNumberCardSession.open(choose_reader(PcscReaderSource(), None).connect())
print("opened", flush=True)
sys.stdin.readline()
try:
    session.read(Pin("1234"), with_my_number=True)
except PinStateUnknownError as error:
    print(error, error.__cause__)
"""


def test_the_card_taken_away_before_the_pin_is_sent(pcscd):
    pcscd.insert("official-test")
    with subprocess.Popen(
        pcscd.command([sys.executable, "-c", READ_WHEN_TOLD]),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as reading:
        assert reading.stdout.readline() == "opened\n"
        pcscd.remove()
        said, _ = reading.communicate("go\n", timeout=10)
    assert said.startswith("C-013 attempts_remaining=-1 key=text_pin C-0")


DIE_AT_VERIFY = """
import os, sys
from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.specimen_card import build_card
from kakanai.cardreader.simulator.vpcd import serve

card = build_card(load_specimen(sys.argv[1]))
answer = card.transmit
card.transmit = lambda raw: os._exit(0) if raw[1] == 0x20 and len(raw) > 5 else answer(raw)
serve(card)
"""


def test_the_card_dying_over_the_pin(pcscd):
    pcscd.insert("official-test", program=DIE_AT_VERIFY)
    seen = pcscd.run_python(READ_WHEN_TOLD, input="go\n")
    assert seen.stdout == "opened\nC-013 attempts_remaining=-1 key=text_pin C-009 status=empty\n", seen.stderr


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


@pytest.mark.parametrize(
    ("faults", "told"),
    [
        ({"lose_response_of": 3}, {"code": "C-013", "attempts_remaining": 2}),
        ({"remove_inside": 3}, {"code": "C-013", "attempts_remaining": -1}),
        ({"remove_after_exchanges": 2}, {"code": "C-013", "attempts_remaining": -1}),
        ({"lose_response_of": 1}, {"code": "C-009"}),
    ],
)
def test_faults_through_the_real_service(pcscd, faults, told):
    pcscd.insert("official-test", **faults)
    told_by_card = read(pcscd, pin="0000")
    assert told_by_card | told == told_by_card


@pytest.mark.parametrize("fault", ["no_sfi", "short_apdu_only", "first_command_6f00"])
def test_difficult_cards_through_the_real_service(pcscd, fault):
    pcscd.insert("long-address", **{fault: True})
    assert len(read(pcscd)["told"][1]) == 91


RESTART = """
import os, signal, subprocess, sys, time
from kakanai.cardreader.errors import NoServiceError
from kakanai.cardreader.pcsc import PcscReaderSource


def change_to(wanted):
    until = time.monotonic() + 10
    while time.monotonic() < until:
        source.wait_for_change(0.5)
        try:
            seen = [reader.name for reader in source.readers()]
        except NoServiceError as error:
            seen = error.code
        if bool(wanted) == isinstance(seen, list) and (not wanted or seen):
            return seen
    sys.exit(f"still {seen}")


source = PcscReaderSource()
print(change_to(True))
os.kill(int(sys.argv[1]), signal.SIGTERM)
print(change_to(False))
again = subprocess.Popen(sys.argv[2:])
print(change_to(True))
again.terminate()
again.wait()
"""


def test_a_restarted_service_is_found_again(pcscd):
    with pcscd.paused(), PrivatePcscd() as private:
        seen = private.run_python(RESTART, str(private.daemon_pid), *private.daemon_argv)
    readers = f"['{READER_NAME}', 'Virtual PCD 00 01']"
    assert seen.stdout.splitlines() == [readers, "C-001", readers], seen.stderr


VERIFY_THE_CARD = """
import datetime as dt, json, sys
from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.cardreader.authenticity.judge import judge
from kakanai.cardreader.mynumber.collation import CollationNumberB
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.pcsc import PcscReaderSource
from kakanai.cardreader.reader_choice import choose_reader
from kakanai.cardreader.simulator.specimen import load_specimen, specimen_folder
from kakanai.resources import resource_root

issuers = IssuerTable.load(resource_root() / "issuer_keys", specimen_folder() / "issuers" / "trusted.yaml")
number = CollationNumberB(load_specimen(sys.argv[1]).collation_b)
with MyNumberCardSession.open(choose_reader(PcscReaderSource(), None).connect()) as session:
    reading = session.read_by_collation_b(number, verify=True)
print(judge(reading.proof, issuers, dt.date(2026, 11, 21)).verdict.value, len(reading.surface.photo) > 1000)
"""


@pytest.mark.parametrize(
    ("specimen", "verdict"),
    [
        ("no-pins", "verified"),
        ("forged", "mismatch"),
        ("cloned", "mismatch"),
        ("test-ca", "test_ca"),
        ("unknown-issuer", "no_issuer_key"),
    ],
)
def test_genuine_and_false_cards_are_told_apart_through_the_real_service(pcscd, specimen, verdict):
    pcscd.insert(specimen)
    told = pcscd.run_python(VERIFY_THE_CARD, specimen)
    assert told.stdout == f"{verdict} True\n", told.stderr

"""The virtual card in a real pcscd: read by OpenSC, which knows nothing of us, and by our own reader."""

import hashlib
import json
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from tests.pcscd import READER_NAME

pytestmark = pytest.mark.pcsc

READ = """
import json, sys
from kakanai.cardreader.errors import CardError
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.pcsc import PcscReaderSource
from kakanai.cardreader.reader_choice import choose_reader

try:
    with MyNumberCardSession.open(choose_reader(PcscReaderSource(), sys.argv[2] or None).connect()) as session:
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
    assert read(pcscd, pin="0000") == {"code": "C-011", "attempts_remaining": 2}
    assert read(pcscd, pin="0000") == {"code": "C-011", "attempts_remaining": 1}
    assert read(pcscd, pin="0000") == {"code": "C-012"}
    pcscd.insert("official-test", tmp_path)
    assert read(pcscd) == {"code": "C-012"}
    assert read(pcscd, reader="Nobody's") == {"code": "C-003", "reader": "Nobody's"}
    pcscd.remove()
    assert read(pcscd) == {"code": "C-007"}
    assert read(pcscd, reader="") == {"code": "C-007"}


def test_our_reader_leaves_no_verified_pin_behind(pcscd):
    pcscd.insert("official-test")
    read(pcscd)
    look = pcscd.run(["opensc-tool", "-r", READER_NAME, "-s", "00:B0:81:00:00"])
    assert "SW1=0x69, SW2=0x86" in look.stdout, look.stdout + look.stderr


def test_the_card_dying_during_an_exchange(pcscd):
    pcscd.insert("official-test")
    program = """
import os, signal, sys
from kakanai.cardreader.errors import CardError, PinStateUnknownError
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
    print(error, type(error.__cause__).__name__)
"""
    import subprocess
    import sys

    with subprocess.Popen(
        pcscd.command([sys.executable, "-c", program]),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as reading:
        assert reading.stdout.readline() == "opened\n"
        pcscd.remove()
        said, _ = reading.communicate("go\n", timeout=10)
    assert said.startswith("C-013 attempts_remaining=-1")


def test_pkcs15_tool_dumps_the_specimen(pcscd):
    pcscd.insert("official-test")
    started = time.monotonic()
    dumped = pcscd.run(["pkcs15-tool", "--dump"])
    assert dumped.returncode == 0, dumped.stderr
    assert "PKCS#15 Card [JPKI]" in dumped.stdout
    assert dumped.stdout.count("X.509 Certificate [") == 4
    assert dumped.stdout.count("Private RSA Key [") == 2
    # Some forty exchanges: 44 ms each without TCP_QUICKACK.
    assert time.monotonic() - started < 1.0


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
    argv = ["pkcs15-tool", "--read-certificate", "2", "--verify-pin", "--auth-id", "02", "--pin", "ABC123"]
    assert "BEGIN CERTIFICATE" in pcscd.run(argv).stdout


def test_pkcs11_tool_signs_with_the_authentication_key(pcscd, tmp_path):
    pcscd.insert("official-test")
    message, signature = tmp_path / "message", tmp_path / "signature"
    message.write_bytes("書かない窓口".encode())
    argv = ["pkcs11-tool", "--login", "--pin", "1234", "--sign", "-m", "SHA256-RSA-PKCS", "--id", "01"]
    signed = pcscd.run([*argv, "--input-file", message, "--output-file", signature])
    assert signed.returncode == 0, signed.stderr
    read_out = pcscd.run(["pkcs15-tool", "--read-certificate", "1"])
    key = x509.load_pem_x509_certificate(read_out.stdout.encode()).public_key()
    key.verify(signature.read_bytes(), message.read_bytes(), padding.PKCS1v15(), hashes.SHA256())
    assert len(hashlib.sha256(signature.read_bytes()).digest()) == 32


def test_the_service_restarting_is_seen(pcscd):
    program = """
from kakanai.cardreader.pcsc import PcscReaderSource
source = PcscReaderSource()
print(source.wait_for_change(1), source.wait_for_change(0.1), [reader.name for reader in source.readers()])
"""
    seen = pcscd.run_python(program)
    assert seen.stdout == f"True False ['{READER_NAME}', 'Virtual PCD 00 01']\n", seen.stderr

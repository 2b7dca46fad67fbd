"""The virtual card in a real pcscd: read by OpenSC, which knows nothing of us, and by our own reader."""

import json
import subprocess
import sys
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

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
    assert said.startswith("C-013 attempts_remaining=-1 C-0")


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
    assert seen.stdout == "opened\nC-013 attempts_remaining=-1 C-009 status=empty\n", seen.stderr


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

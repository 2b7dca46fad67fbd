"""The virtual card in a real pcscd, read by our own reader."""

import json
import subprocess
import sys

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

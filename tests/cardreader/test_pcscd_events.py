"""What happens to people's cards and other people's programs, played through a real pcscd."""

import json
import subprocess
import sys

import pytest

from tests.pcscd import READER_NAME, PrivatePcscd

pytestmark = pytest.mark.pcsc

OURS = """
import os, signal, sys, time
from kakanai.cardreader import pcsc_limits
from kakanai.cardreader.apdu import CommandApdu
from kakanai.cardreader.errors import CardError
from kakanai.cardreader.pcsc import PcscReaderSource

SELECT = CommandApdu(0x00, 0xA4, 0x04, 0x0C, bytes.fromhex("D3921000310001010408"))
TRIES = CommandApdu(0x00, 0x20, 0x00, 0x91)
VERIFY = CommandApdu(0x00, 0x20, 0x00, 0x91, b"1234")
READ_NUMBER = CommandApdu(0x00, 0xB0, 0x81, 0x00, b"", 256)
# Whoever starts the tests in the background has Ctrl+C ignored, and children inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
source = PcscReaderSource()

def say(*told):
    print(*told, flush=True)

def wait_for_go():
    sys.stdin.readline()

def connect():
    return next(reader for reader in source.readers() if reader.name == "Virtual PCD 00 00").connect()

def sw(connection, command):
    try:
        return f"{connection.transmit(command).sw:04X}"
    except CardError as error:
        return str(error)

def code(action):
    try:
        action()
    except CardError as error:
        return error.code
    return "done"

def until(wanted, action):
    end = time.monotonic() + 10
    while (seen := action()) != wanted:
        if time.monotonic() > end:
            sys.exit(f"still {seen}")
        time.sleep(0.05)
    return seen
"""

# Another program: it knows pyscard and nothing of ours.
OTHERS = """
import sys, time
from smartcard import scard

context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)[1]

def take(mode):
    asked = 0 if mode == scard.SCARD_SHARE_DIRECT else scard.SCARD_PROTOCOL_ANY
    status, card, _ = scard.SCardConnect(context, "Virtual PCD 00 00", mode, asked)
    return status & 0xFFFFFFFF, card

def send(card, text):
    status, answer = scard.SCardTransmit(card, scard.SCARD_PCI_T1, list(bytes.fromhex(text)))
    return bytes(answer).hex().upper()[-4:] if status == 0 else f"{status & 0xFFFFFFFF:08X}"
"""

LOOK = (
    OTHERS
    + """
status, card = take(scard.SCARD_SHARE_SHARED)
print(f"{status:08X}" if status else send(card, "00B0810000"))
scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
"""
)
VERIFIED, FORGOTTEN = "9000", "6986"  # 6986: even the application is no longer selected


class Program:
    """A program that runs beside the test and talks by lines."""

    def __init__(self, pcscd, text, *args):
        self._process = subprocess.Popen(
            pcscd.command([sys.executable, "-c", text, *args]),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.communicate()

    def line(self):
        said = self._process.stdout.readline()
        assert said, self._process.stderr.read()
        return said.rstrip("\n")

    def go(self):
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def end(self):
        said, complaint = self._process.communicate("", timeout=20)
        assert self._process.returncode == 0, complaint
        return said.splitlines()


def run(pcscd, text, *args):
    done = pcscd.run_python(text, *args)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


SWAPPED = (
    OURS
    + """
old = connect()
say(sw(old, SELECT), sw(old, VERIFY))
wait_for_go()
say(sw(old, READ_NUMBER))
say(sw(old, SELECT))
old.disconnect()
new = connect()
say(sw(new, SELECT), sw(new, READ_NUMBER), sw(new, TRIES))
new.disconnect()
"""
)


def test_a_card_swapped_for_another_is_not_read_as_the_first(pcscd):
    pcscd.insert("official-test")
    with Program(pcscd, SWAPPED) as ours:
        assert ours.line() == "9000 9000"
        pcscd.insert("tsuchi-yoshi")
        ours.go()
        assert ours.line() in {"C-010", "C-017 status=80100068"}
        assert ours.line() in {"C-010", "C-017 status=80100068"}
        assert ours.line() == "9000 6982 63C3"
        ours.end()


DIE_AT_READ = """
import os, sys
from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.specimen_card import build_card
from kakanai.cardreader.simulator.vpcd import serve

card = build_card(load_specimen(sys.argv[1]))
answer = card.transmit
card.transmit = lambda raw: os._exit(0) if raw[1] == 0xB0 else answer(raw)
serve(card)
"""

READ_TO_THE_END = (
    OURS
    + """
connection = connect()
say(sw(connection, SELECT), sw(connection, VERIFY))
say(sw(connection, READ_NUMBER))
say(until("C-010", lambda: sw(connection, SELECT)))
connection.disconnect()
say(until("C-007", lambda: code(connect)))
"""
)


def test_a_card_taken_away_inside_an_exchange(pcscd):
    pcscd.insert("official-test", program=DIE_AT_READ)
    said = run(pcscd, READ_TO_THE_END)
    # vpcd's driver knows no better word for it than an empty answer; real readers say 80100069 and others.
    assert said == ["9000 9000", "C-009 status=empty", "C-010", "C-007"]


HOLD = (
    OTHERS
    + """
status, card = take(getattr(scard, sys.argv[1]))
if len(sys.argv) > 2:
    scard.SCardBeginTransaction(card)
print(f"{status:08X}", flush=True)
sys.stdin.readline()
scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
print("let go", flush=True)
"""
)
CONNECT = OURS + "pcsc_limits.CONNECT_LIMIT_S = 0.5\nsay(code(connect))"
CONNECT_TWICE = (
    OURS
    + """
import threading
say(code(connect))
threading.Timer(0.5, lambda: say("please")).start()
say(code(connect))
"""
)


@pytest.mark.parametrize("mode", ["SCARD_SHARE_EXCLUSIVE", "SCARD_SHARE_SHARED"])
def test_a_card_held_by_another_program_is_waited_for_and_then_busy(pcscd, mode):
    pcscd.insert("official-test")
    with Program(pcscd, HOLD, mode) as other, Program(pcscd, CONNECT_TWICE) as ours:
        assert other.line() == "00000000"
        assert ours.line() == "C-005"
        assert ours.line() == "please"
        other.go()
        assert ours.line() == "done"


def test_a_card_in_another_programs_transaction_is_busy_and_holds_nobody_up(pcscd):
    pcscd.insert("official-test")
    with Program(pcscd, HOLD, "SCARD_SHARE_SHARED", "transaction") as other:
        assert other.line() == "00000000"
        with Program(pcscd, CONNECT) as ours:
            assert ours.line() == "C-005"
        other.go()
        assert other.line() == "let go"
    assert run(pcscd, CONNECT) == ["done"]


TRY_ALL = (
    OTHERS
    + """
modes = (scard.SCARD_SHARE_SHARED, scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_SHARE_DIRECT)
print(*(f"{take(mode)[0]:08X}" for mode in modes))
"""
)
KEEP = (
    OURS
    + """
connection = connect()
say(sw(connection, SELECT), sw(connection, VERIFY))
wait_for_go()
say(sw(connection, READ_NUMBER))
connection.disconnect()
"""
)


def test_while_we_hold_a_card_no_other_program_gets_at_it(pcscd):
    pcscd.insert("official-test")
    with Program(pcscd, KEEP) as ours:
        assert ours.line() == "9000 9000"
        assert run(pcscd, TRY_ALL) == ["8010000B 8010000B 8010000B"]
        ours.go()
        assert ours.line() == "9000"


RESET = (
    OTHERS
    + """
from kakanai.cardreader.pcsc_status import error_for

mine, yours = take(scard.SCARD_SHARE_SHARED)[1], take(scard.SCARD_SHARE_SHARED)[1]
scard.SCardDisconnect(yours, scard.SCARD_RESET_CARD)
status = send(mine, "00B0810000")
print(status, error_for(int(status, 16), in_exchange=True).code)
"""
)


def test_what_this_service_says_of_a_card_reset_by_another_program(pcscd):
    pcscd.insert("official-test")
    assert run(pcscd, RESET) == ["80100068 C-017"]


LEAVE_VERIFIED = (
    OTHERS
    + """
status, card = take(scard.SCARD_SHARE_SHARED)
print(send(card, "00A4040C0AD3921000310001010408"), send(card, "002000910431323334"))
scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
"""
)
ENDINGS = {
    "disconnected": "connection.disconnect()",
    "forgotten": "del connection",
    "raised": "raise KeyError('unforeseen')",
    "left": "sys.exit(3)",
    "interrupted": "os.kill(os.getpid(), signal.SIGINT); time.sleep(5)",
    "interrupted_inside": """
import threading
threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
while True:
    sw(connection, TRIES)
""",
}


def test_a_program_that_leaves_the_card_powered_leaves_it_open_to_the_next(pcscd):
    pcscd.insert("official-test")
    assert run(pcscd, LEAVE_VERIFIED) == ["9000 9000"]
    assert run(pcscd, LOOK) == [VERIFIED]


@pytest.mark.parametrize("ending", ENDINGS)
def test_however_our_program_ends_the_card_forgets_the_pin(pcscd, ending):
    pcscd.insert("official-test")
    text = f"{OURS}\nconnection = connect()\nsay(sw(connection, SELECT), sw(connection, VERIFY))\n"
    done = pcscd.run_python(text + ENDINGS[ending])
    assert done.stdout == "9000 9000\n"
    assert (done.returncode == 0) == (ending in {"disconnected", "forgotten"})
    assert run(pcscd, LOOK) == [FORGOTTEN]


FROZEN = (
    OURS
    + """
daemon = int(sys.argv[1])
pcsc_limits.SHORT_LIMIT_S = pcsc_limits.SERVICE_LIMIT_S = pcsc_limits.POWER_OFF_LIMIT_S = 0.3
connection = connect()
say(sw(connection, SELECT), sw(connection, VERIFY))
os.kill(daemon, signal.SIGSTOP)
try:
    say(sw(connection, READ_NUMBER))
    say(code(source.readers))
    connection.disconnect()
finally:
    os.kill(daemon, signal.SIGCONT)
say(until("done", lambda: code(source.readers)))
say(until("done", lambda: code(connect)))
"""
)


def test_a_service_that_freezes_freezes_nobody(pcscd):
    pcscd.insert("official-test")
    said = run(pcscd, FROZEN, str(pcscd.daemon_pid))
    assert said == ["9000 9000", "C-009 status=8010000A", "C-001", "done", "done"]
    assert run(pcscd, LOOK) == [FORGOTTEN]


KILLED = (
    OURS
    + """
import subprocess, threading
from pathlib import Path
from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.specimen_card import build_card
from kakanai.cardreader.simulator.vpcd import serve

def insert():
    card = build_card(load_specimen("official-test"))
    threading.Thread(target=serve, args=(card,), daemon=True).start()
    until(True, lambda: source.is_card_present("Virtual PCD 00 00"))

insert()
connection = connect()
say(sw(connection, SELECT))
source.wait_for_change(0)
os.kill(int(sys.argv[1]), signal.SIGKILL)
say(sw(connection, TRIES)[:5])
connection.disconnect()
say(until("C-001", lambda: code(source.readers)), source.wait_for_change(0))
# The dead daemon is still somebody's child to the test; the new one would take it for alive.
Path("/run/pcscd/pcscd.pid").unlink()
again = subprocess.Popen(sys.argv[2:], stdout=subprocess.DEVNULL)
say(until("done", lambda: code(source.readers)), source.wait_for_change(5))
insert()
connection = connect()
say(sw(connection, SELECT), sw(connection, TRIES))
connection.disconnect()
again.terminate()
again.wait()
"""
)


def test_a_killed_service_is_survived(pcscd):
    with pcscd.paused(), PrivatePcscd() as private:
        said = run(private, KILLED, str(private.daemon_pid), *private.daemon_argv)
    assert said[1] in {"C-001", "C-009"}  # as far as the command had come
    assert [said[0], *said[2:]] == ["9000", "C-001 True", "done True", "9000 63C3"]


DIAGNOSE = """
import json
from kakanai.cardreader.diagnosis import diagnose
from kakanai.cardreader.pcsc import PcscReaderSource
print(json.dumps(diagnose(PcscReaderSource())))
"""


def test_the_diagnosis_of_a_real_service(pcscd):
    pcscd.insert("official-test")
    (line,) = run(pcscd, DIAGNOSE)
    bundle = json.loads(line)
    reader = bundle["readers"][0]
    assert (reader["name"], reader["identity"], reader["kind"]) == (READER_NAME, "Virtual PCD", "simulated")
    assert (reader["atr"], reader["has_card"]) == ("3BE000FF8131FE4514", True)
    assert "present" in reader["flags"]
    assert bundle["readers"][1]["has_card"] is False
    assert bundle["pcsc"]["service"] == "pcsclite"
    told = {exchange["step"]: exchange for exchange in bundle["card"]["exchanges"]}
    assert told["tries text_pin"]["sw"] == "63C3"
    assert told["extended text_ap"]["sw"] == "9000"
    assert "error" not in bundle["card"]
    assert run(pcscd, LOOK) == [FORGOTTEN]

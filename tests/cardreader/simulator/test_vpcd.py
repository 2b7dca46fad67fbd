import contextlib
import socket
import threading
import time

import pytest

from kakanai.cardreader.errors import VpcdUnreachableError
from kakanai.cardreader.faults import Faults, Pace
from kakanai.cardreader.simulator import vpcd
from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.specimen_card import build_card
from kakanai.cardreader.simulator.vpcd import CardLeft, serve

TEXT = bytes.fromhex("00A4040C0AD3921000310001010408")
VERIFY = bytes.fromhex("002000910431323334")
READ = bytes.fromhex("00B0810000")


class Driver:
    """The reader's side of the protocol, as libifdvpcd speaks it."""

    def __init__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._link = None

    def accept(self):
        self._listener.settimeout(5)
        self._link, _ = self._listener.accept()
        self._link.settimeout(5)

    def send(self, payload):
        # In two writes, as Debian 12's driver does.
        self._link.sendall(len(payload).to_bytes(2))
        self._link.sendall(payload)

    def ask(self, payload):
        self.send(payload)
        with self._link.makefile("rb") as answers:
            return answers.read(int.from_bytes(answers.read(2)))

    def is_left(self):
        return self._link.recv(1) == b""

    def close(self):
        for end in (self._link, self._listener):
            if end is not None:
                end.close()


@contextlib.contextmanager
def served(**options):
    driver, stop, results, inserted = Driver(), threading.Event(), [], threading.Event()
    card = build_card(load_specimen("official-test"))

    def run():
        results.append(
            serve(card, port=driver.port, should_stop=stop.is_set, on_inserted=inserted.set, **options)
        )

    thread = threading.Thread(target=run)
    thread.start()
    try:
        driver.accept()
        assert inserted.wait(5)
        yield driver, stop, thread, results
    finally:
        stop.set()
        driver.close()
        thread.join(5)
    assert not thread.is_alive()


def test_atr_power_and_commands():
    with served() as (driver, _, _, _):
        assert driver.ask(b"\x04").hex().upper() == "3BE000FF8131FE4514"
        driver.send(b"\x01")
        assert driver.ask(TEXT) == b"\x90\x00"
        assert driver.ask(VERIFY) == b"\x90\x00"
        driver.send(b"\x02")
        assert driver.ask(READ)[-2:] == b"\x90\x00"
        driver.send(b"\x00")
        driver.send(b"\x01")
        assert driver.ask(TEXT) == b"\x90\x00"
        assert driver.ask(READ) == b"\x69\x82"
        assert len(driver.ask(bytes.fromhex("00B08500000100"))) == 258


def test_strange_control_codes_and_empty_messages_are_passed_over():
    with served() as (driver, _, _, _):
        driver.send(b"\x77")
        driver.send(b"")
        assert len(driver.ask(b"\x04")) == 9


def test_it_stops_within_half_a_second():
    with served() as (driver, stop, thread, results):
        driver.ask(b"\x04")
        stop.set()
        started = time.monotonic()
        thread.join(5)
        assert time.monotonic() - started < 0.5
        assert results == [CardLeft.STOPPED]


def test_it_ends_when_the_driver_closes():
    with served() as (driver, _, thread, results):
        driver.close()
        thread.join(5)
        assert results == [CardLeft.DRIVER_CLOSED]


def test_the_card_leaves_after_its_last_answer():
    with served(faults=Faults(remove_after_exchanges=1)) as (driver, _, thread, results):
        assert driver.ask(TEXT) == b"\x90\x00"
        assert driver.is_left()
        thread.join(5)
        assert results == [CardLeft.TAKEN_AWAY]


def test_the_card_leaves_inside_a_command():
    with served(faults=Faults(remove_inside=1)) as (driver, _, thread, results):
        assert driver.ask(TEXT) == b""
        thread.join(5)
        assert results == [CardLeft.TAKEN_AWAY]


def test_a_lost_answer_has_no_status_word_and_the_card_stays():
    with served(faults=Faults(lose_response_of=1)) as (driver, _, _, _):
        assert driver.ask(TEXT) == b"\x00"
        assert driver.ask(VERIFY) == b"\x90\x00"


def test_a_slow_card_waits_before_it_answers():
    waited = []
    with served(faults=Faults(slow=Pace.CONTACT), sleep=waited.append) as (driver, _, _, _):
        driver.send(b"\x01")
        driver.ask(TEXT)
        driver.ask(b"\x04")
    assert waited[0] == 0.25
    assert 0.03 < waited[1] < 0.06
    assert len(waited) == 2


def test_nothing_listens(monkeypatch):
    monkeypatch.setattr(vpcd, "_CONNECT_FOR_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    card = build_card(load_specimen("official-test"))
    with pytest.raises(VpcdUnreachableError) as caught:
        serve(card, port=port)
    assert caught.value.details == {"host": "127.0.0.1", "port": port}
    assert serve(card, port=port, should_stop=lambda: True) is CardLeft.STOPPED

"""Modelled times against the tables of ISO arithmetic done by hand; nothing is waited for or measured."""

import pytest

from kakanai.cardreader.faults import Faults, Pace
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.simulator.timing import ACTIVATION_S, READER_S, exchange_s, wire_s, work_s
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource

SELECT = bytes.fromhex("00A4040C0AD3921000310001010408")
SIGN = bytes.fromhex("802A000033") + bytes(51) + b"\x00"


@pytest.mark.parametrize(
    ("count", "pace", "milliseconds"),
    [
        (258, Pace.CONTACTLESS, 24),
        (568, Pace.CONTACTLESS, 54),
        (1571, Pace.CONTACTLESS, 148),
        (256, Pace.CONTACT, 262),
        (1571, Pace.CONTACT, 1607),
    ],
)
def test_the_wire_takes_what_the_bytes_take_and_a_little_for_the_blocks(count, pace, milliseconds):
    extra = wire_s(count, pace) * 1000 - milliseconds
    assert 0 <= extra < 0.1 * milliseconds + 2


def test_a_second_block_costs_an_acknowledgement():
    step = wire_s(254, Pace.CONTACTLESS) - wire_s(253, Pace.CONTACTLESS)
    assert step == pytest.approx(2 * 0.00065 + 0.0000944, rel=0.01)


@pytest.mark.parametrize(
    ("command", "seconds"),
    [
        ("00A4040C0AD3921000310001010408", 0.015),
        ("00A4020C020002", 0.004),
        ("00B0820000", 0.002),
        ("00B2010C00", 0.002),
        ("00200091", 0.005),
        ("002000910431323334", 0.030),
        ("0084000008", 0.005),
        ("00", 0.005),
    ],
)
def test_the_card_works_on_each_kind_of_command(command, seconds):
    assert work_s(bytes.fromhex(command)) == seconds


def test_a_signature_takes_longest():
    assert 0.25 <= work_s(SIGN) <= 0.6
    assert exchange_s(SIGN, bytes(258), Pace.CONTACTLESS) > exchange_s(SELECT, bytes(2), Pace.CONTACT)


@pytest.mark.parametrize(("pace", "least", "most"), [(Pace.CONTACTLESS, 0.3, 0.6), (Pace.CONTACT, 0.5, 1.0)])
def test_a_reading_takes_what_counters_are_told(pace, least, most):
    waited = []
    source = SimulatedReaderSource(sleep=waited.append)
    source.insert("official-test")
    source.faults = Faults(slow=pace)
    with MyNumberCardSession.open(source.readers()[0].connect()) as session:
        session.read(Pin("1234"), with_my_number=True)
        assert len(waited) == 1 + session.exchanges
    assert waited[0] == ACTIVATION_S
    assert min(waited[1:]) > READER_S
    assert least <= sum(waited) <= most

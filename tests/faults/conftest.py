"""What makes a run of the fault test the same every time."""

import logging
import secrets

import pytest

from kakanai.cardreader.residence_card import mutual_authentication
from tests.faults.counter_machine import CHANCE
from tests.faults.holders import holders
from tests.faults.truth import truth_of


@pytest.fixture
def quiet_and_repeatable(monkeypatch, caplog):
    """Challenges that are the same in every run, every truth known before the first fault, and no log."""
    caplog.set_level(logging.CRITICAL, "kakanai")
    monkeypatch.setattr(secrets, "token_bytes", CHANCE.randbytes)
    monkeypatch.setattr(mutual_authentication.authenticate, "__defaults__", (CHANCE.randbytes,))
    for holder in holders():
        truth_of(holder.id)

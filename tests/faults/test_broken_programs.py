"""The fault test can fail: with each of these mistakes in the program it does, and says what is wrong."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.errors import FlakyStrategyDefinition
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.broken_programs import MISTAKES
from tests.faults.counter_machine import CounterMachine
from tests.faults.tally import Tally

# Enough examples for the rarest of the mistakes; the others end after a few. What fails is not made smaller.
SETTINGS = settings(
    max_examples=300,
    stateful_step_count=50,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.usefixtures("quiet_and_repeatable")
@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.__name__)
def test_a_mistake_is_seen(mistake, monkeypatch):
    class Counter(CounterMachine):
        tally = Tally()

    mistake(monkeypatch)
    with pytest.raises((AssertionError, FlakyStrategyDefinition)) as seen:
        run_state_machine_as_test(Counter, settings=SETTINGS)
    # What one session leaves for the next may show first as two runs of the same steps that differ.
    assert isinstance(seen.value, FlakyStrategyDefinition) or seen.match(MISTAKES[mistake])

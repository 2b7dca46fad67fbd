"""Reader against simulator under random faults: no try unasked, no reading of two cards, no foreign error."""

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from kakanai.cardreader.simulator.specimen import load_specimen
from tests.faults.counter_machine import CounterMachine
from tests.faults.holders import holders
from tests.faults.planned_faults import Extended, Fault
from tests.faults.requests import REQUESTS
from tests.faults.tally import TALLY
from tests.faults.truth import truth_of

SESSIONS_MIN = 20_000
FAULTS_MIN = 10_000
OF_EACH_FAULT_MIN = 100
ALTERED_SEEN_MIN = 1
ROUNDS_MAX = 40
SETTINGS = settings(
    max_examples=100,
    stateful_step_count=50,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.usefixtures("quiet_and_repeatable")
def test_the_truth_is_what_the_specimens_say():
    """The machine compares with what was read without faults: that is checked here, against the files."""
    names = {}
    for holder in holders():
        facts, specimen = truth_of(holder.id).facts, load_specimen(holder.id)
        if holder.group == "mynumber":
            told, person = facts["basic_four"], specimen.person
            assert (told.name, told.address, told.birth_date) == (
                person.name,
                person.address,
                person.birth_date,
            )
            assert facts["surface"].expires_on == specimen.expires_on
            assert facts.get("my_number", (specimen.my_number,))[0] == specimen.my_number
            names[told.name, told.birth_date] = holder.id
        elif holder.group == "licence" and facts:
            assert facts["face"].licence_number == specimen.content["licence_number"]
            assert facts["face"].name.startswith(specimen.content["name"])
            assert {facts["face"].name, facts["face"].address} <= holder.secrets
            names[facts["face"].name, facts["face"].address] = holder.id
        elif holder.group == "residence":
            names[facts["facts"].photo, facts["facts"].card_face, facts["facts"].name_image] = holder.id
    assert len(names) == 18  # no two tell the same


@pytest.mark.usefixtures("quiet_and_repeatable")
def test_the_counter_under_faults():
    # How many sessions a hundred examples make differs between versions of Python and hypothesis, so it is
    # rounds, each with its own fixed seed, until there are enough.
    for number in range(ROUNDS_MAX):
        run_state_machine_as_test(seed(number)(CounterMachine), settings=SETTINGS)
        if TALLY.sessions >= SESSIONS_MIN and TALLY.altered_seen >= ALTERED_SEEN_MIN:
            break
    assert TALLY.sessions >= SESSIONS_MIN
    assert sum(TALLY.faults.values()) >= FAULTS_MIN
    assert (TALLY.unasked_tries, TALLY.wrong_readings, TALLY.foreign_errors) == (0, 0, 0)
    for fault in Fault:
        assert TALLY.faults[fault.value] >= OF_EACH_FAULT_MIN, fault
    for habit in (*(one.value for one in Extended if one is not Extended.PASSED), "short ids refused"):
        assert TALLY.faults[habit] >= OF_EACH_FAULT_MIN, habit
    for often, seldom in REQUESTS.values():
        for request in (*often, *seldom):
            assert request.wrong or TALLY.answered[request.name], f"{request.name} was never answered"
    assert TALLY.swaps_in_session
    assert TALLY.altered_seen
    assert TALLY.tries

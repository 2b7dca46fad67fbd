"""Eight programs write into one log at once; 2,000 entries each: `python -m benchmarks.log_writers`."""

import os

import pytest

from tests.sessionlog.racing import race

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork")


def test_no_place_and_no_number_is_doubled_or_left_out(place):
    told = race(place, writers=8, entries=70)
    assert told.entries == 560
    assert told.places_without_gap
    assert told.numbers == 80
    assert told.numbers_without_double
    assert told.chain_intact
    assert told.differing == []
    assert told.waits == 0

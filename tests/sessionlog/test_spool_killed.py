"""What a counter acknowledged without its server is in the log, once, whenever the program dies."""

import os
from collections import Counter

import pytest

from tests.sessionlog.acts import WALK
from tests.sessionlog.cable import Cable
from tests.sessionlog.spool_killing import kill
from tests.sessionlog.spooling import assert_sound, counter_log, merged

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork")


def test_a_program_killed_while_it_keeps_and_while_it_merges_loses_and_doubles_nothing(postgres, tmp_path):
    with Cable(postgres.port) as cable:
        url = cable.url(postgres.new_database().database)
        counter_log(url, tmp_path).close()
        cable.cut()
        acknowledged = kill(url, tmp_path, "write", kills=4, seed=6)
        assert len(acknowledged) > 20
        cable.mend()
        kill(url, tmp_path, "merge", kills=5, seed=7)
        with counter_log(url, tmp_path) as log:
            merged(log)
            links = assert_sound(log, tmp_path)
    places = {kind.value: place for place, (kind, _) in enumerate(WALK)}
    there = Counter((link.case_number, places[link.kind]) for link in links if link.kind in places)
    assert max(there.values()) == 1
    assert set(acknowledged) <= there.keys()
    batches = [link.to_entry().counts["entries"] for link in links if link.kind == "spool_merged"]
    # Each entry that was kept is told of by the merge that brought it, and by none other.
    assert sum(batches) == sum(1 for link in links if '"spool":"' in link.body)
    assert len(batches) > 2

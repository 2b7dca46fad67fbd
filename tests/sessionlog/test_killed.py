"""What was acknowledged is in the log, whenever the program or the server dies; 500 kills each:
`python -m benchmarks.log_killed`.
"""

import datetime as dt
import os
import threading
import time

import pytest

from kakanai.sessionlog.errors import LogConnectionLostError, LogUnreachableError
from kakanai.sessionlog.store import SessionLog
from tests.postgres import PrivatePostgres, why_not
from tests.sessionlog.acts import K, entry, is_intact
from tests.sessionlog.killing import kill

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork")


def test_a_program_killed_60_times_lost_nothing_that_it_acknowledged(place):
    told = kill(place, kills=60, seed=6)
    assert told.kills == 60
    assert told.acknowledged > 60
    assert told.lost == 0
    assert told.unheard <= told.kills
    assert told.chain_intact
    assert told.differing == []


def test_a_server_that_crashes_loses_nothing_that_was_acknowledged():
    if reason := why_not():
        pytest.skip(reason)
    with PrivatePostgres(durable=True) as server, SessionLog.open(server.new_database()) as log:
        acknowledged, unsure = [], []
        for _ in range(3):
            timer = threading.Timer(0.15, server.kill)
            timer.start()
            _write_until_lost(log, acknowledged, unsure)
            timer.join()
            server.start()
        links = {link.seq: link.hash for link in log.links()}
        assert len(acknowledged) > 3
        assert set(acknowledged) <= links.keys()
        settled = [seq for seq, hash_ in unsure if log.holds(seq, hash_)]
        assert sorted(acknowledged + settled) == sorted(links)
        assert is_intact(list(log.links()))
        assert log.compare_derived() == []


def _write_until_lost(log, acknowledged, unsure):
    """Write until the server is gone; whether the last commit was made is unsure where nobody could ask."""
    while True:
        try:
            acknowledged.append(log.append(entry(K.SIGNED_IN, None, dt.datetime.now(dt.UTC))))
        except LogConnectionLostError as error:
            unsure += [error.unsure] if error.unsure else []
            return
        except LogUnreachableError:
            return
        time.sleep(0)

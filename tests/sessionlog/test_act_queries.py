"""The last acts of no case by kind, found by their index."""

import datetime as dt
import sqlite3

from kakanai.sessionlog.act_queries import last_acts
from kakanai.sessionlog.store import SessionLog
from tests.sessionlog.acts import TEN, K, entry, walk


def test_the_last_of_each_kind(place):
    with SessionLog.open(place) as log:
        assert last_acts(log, (K.RESTORED, K.DISK_LOW)) == {}
        log.append_all(walk())
        first = log.append(entry(K.RESTORED, None, TEN + dt.timedelta(hours=1)))
        last = log.append(entry(K.RESTORED, None, TEN + dt.timedelta(hours=2)))
        low = log.append(entry(K.DISK_LOW, None, TEN + dt.timedelta(hours=3)))
        log.append(entry(K.LOG_VIEWED, at=TEN + dt.timedelta(hours=4)))
        found = last_acts(log, (K.RESTORED, K.DISK_LOW, K.PURGED, K.LOG_VIEWED))
    assert first < last
    assert {kind: link.seq for kind, link in found.items()} == {K.RESTORED: last, K.DISK_LOW: low}


def test_the_whole_chain_is_not_walked_for_it(tmp_path):
    path = tmp_path / "log.sqlite3"
    asked = []
    with SessionLog.open(path) as log:
        log.append_all(walk())
        with log.reading() as connection:
            raw = connection.connection.driver_connection
            raw.set_trace_callback(asked.append)
        last_acts(log, (K.RESTORED,))
        raw.set_trace_callback(None)
    query = next(one for one in asked if "max(" in one)
    with sqlite3.connect(path) as other:
        plan = " ".join(row[3] for row in other.execute(f"EXPLAIN QUERY PLAN {query}"))
    other.close()
    assert "ix_entry_act" in plan
    assert "SCAN" not in plan

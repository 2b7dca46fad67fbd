"""Counters with a spool for the tests, and what must be so once everything is merged."""

import io

from kakanai.sessionlog.chain_export import write_export
from kakanai.sessionlog.spool_place import SpoolPlace
from kakanai.sessionlog.store import SessionLog
from tests.sessionlog.acts import TEN, is_intact
from tests.sessionlog.cable import wait_until
from tests.sessionlog.verifying import check

MACHINE = "a" * 64


def counter_log(url, home, counter=3, machine=MACHINE, now=lambda: TEN):
    """The log as a counter opens it."""
    spool = SpoolPlace(home / "spool.sqlite3", machine, now)
    return SessionLog.open(url, counter=str(counter), spool=spool)


def merged(*logs):
    """Wait until nothing waits at any of them."""
    for log in logs:
        wait_until(lambda log=log: (log.link_state().is_connected, log.link_state().waiting) == (True, 0))


def told(log):
    """The kinds of all entries in the chain, in its order."""
    return [link.kind for link in log.links()]


def assert_sound(log, tmp_path):
    """The chain is whole, and the stand-alone verifier finds nothing."""
    links = list(log.links())
    assert is_intact(links)
    assert log.compare_derived() == []
    stream = io.BytesIO()
    write_export(log, stream, TEN)
    path = tmp_path / "sound.jsonl"
    path.write_bytes(stream.getvalue())
    report = check(path, export=True)
    assert dict(report.counts) == {}
    return links

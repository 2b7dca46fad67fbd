"""A log put back to yesterday is noticed at the next start, logged, and shown until somebody knows."""

import datetime as dt
import shutil

import pytest

from kakanai.sessionlog.anchor import Anchor, AnchorFile
from kakanai.sessionlog.roll_back import acknowledge, unacknowledged, watch_end
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.words import EntryKind
from tests.sessionlog.acts import entry, walk
from tests.sessionlog.sample_log import CLERKS, SUPERVISOR, Office, folded_up
from tests.sessionlog.verifying import check

NOW = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)


@pytest.fixture
def file(tmp_path):
    return AnchorFile(tmp_path / "anchor.json")


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "log.sqlite3"
    with Office(path) as office:
        office.work(1)
    return path


def start(log, file):
    return watch_end(log, file, CLERKS[0], lambda: NOW)


def test_a_machine_that_starts_remembers_the_end_and_each_one_after_it(path, file):
    with SessionLog.open(path) as log:
        assert start(log, file) is None
        assert file.read().seq == log.head().seq
    with Office(path, seed=2) as office:
        assert start(office.log, file) is None
        office.sign_out()
        head = office.log.head()
        assert file.read() == Anchor(head.seq, head.hash, head.at)
    with SessionLog.open(path) as log:
        assert start(log, file) is None
        assert log.head() == head
        assert unacknowledged(log) is None
        assert not acknowledge(log, SUPERVISOR, NOW)


def test_an_empty_log_is_nothing_to_remember(tmp_path, file):
    with SessionLog.open(tmp_path / "new.sqlite3") as log:
        assert start(log, file) is None
        assert file.read() is None


@pytest.mark.parametrize("goes_on", [False, True])
def test_an_older_log_in_its_place_is_told_once_and_until_it_is_acknowledged(path, file, tmp_path, goes_on):
    yesterday = shutil.copy(folded_up(path), tmp_path / "yesterday.sqlite3")
    with Office(path, seed=2) as office:
        start(office.log, file)
        office.work(1)
        lost = office.log.head()
    shutil.copy(yesterday, folded_up(path))
    if goes_on:
        with Office(path, seed=3) as office:
            office.work(4)
            assert office.log.head().seq > lost.seq
    with SessionLog.open(path) as log:
        told = start(log, file)
        assert told is not None
        assert told.details == {"seq": lost.seq}
        entry = unacknowledged(log).to_entry()
        assert (entry.kind, entry.codes) == (EntryKind.ROLLED_BACK_SEEN, ("L-031",))
        assert (entry.counts, entry.digest) == ({"seq": lost.seq}, lost.hash)
    with SessionLog.open(path) as log:
        assert start(log, file) is None
        assert unacknowledged(log) is not None
        assert acknowledge(log, SUPERVISOR, NOW)
        assert unacknowledged(log) is None
        assert not acknowledge(log, SUPERVISOR, NOW)
    report = check(folded_up(path))
    assert report.findings == []
    assert "rolled_back_seen" in {note["kind"] for note in report.notes}


def test_an_anchor_of_another_machine_further_on_is_not_moved_back(path, file):
    with SessionLog.open(path) as log:
        head = log.head()
        first = log.link(2)
        file.write(Anchor(first.seq, first.hash, first.at))
        assert start(log, file) is None
        assert file.read().seq == head.seq


def test_a_server_put_back_while_it_is_open_is_told_by_whoever_writes_next(postgres, file):
    url = postgres.new_database()
    with SessionLog.open(url) as log:
        assert start(log, file) is None
        for act in walk():
            log.append(act)
        lost = log.head()
        for statement in (
            "ALTER TABLE entry DISABLE TRIGGER ALL",
            "DELETE FROM entry WHERE seq > 3",
            "DELETE FROM case_line",
        ):
            postgres.run(statement, url.database)
        log.append(entry(EntryKind.SETTINGS_CHANGED, None, names=("fees.copy",)))
        told = unacknowledged(log).to_entry()
        assert (told.codes, told.counts, told.digest) == (("L-031",), {"seq": lost.seq}, lost.hash)
        head = log.head()
        assert file.read() == Anchor(head.seq, head.hash, head.at)
        assert [link.kind for link in log.links(4)][-2:] == ["settings_changed", "rolled_back_seen"]


def test_ends_that_are_told_in_another_order_are_no_roll_back(path, file):
    with SessionLog.open(path) as log:
        start(log, file)
        earlier = log.head()
        log.append(entry(EntryKind.SETTINGS_CHANGED, None, names=("fees.copy",)))
        for tell in log.after_commit:
            tell(earlier)
        assert file.read().seq == earlier.seq + 1
        assert unacknowledged(log) is None

"""A number that two counters gave: nothing is lost, nothing is renumbered in silence, the paper is found."""

import contextlib
import datetime as dt
import io
import json

import pytest

from kakanai.sessionlog.case_number import CaseNumber, ClerkId
from kakanai.sessionlog.entry import UNREGISTERED
from kakanai.sessionlog.errors import LogDiskFullError
from kakanai.sessionlog.number_register import give
from kakanai.sessionlog.renumber_reason import RenumberReason
from kakanai.sessionlog.spool_errors import (
    SpoolForeignError,
    SpoolNumberDoubledError,
    SpoolNumberSoundError,
)
from kakanai.sessionlog.spool_file import SpoolFile
from kakanai.sessionlog.spool_settling import SpoolSettling
from kakanai.sessionlog.sqlite_file import SqliteFile
from kakanai.sessionlog.store import SessionLog
from tests.sessionlog.acts import DAY, TEN, WALK, K, entry, walk
from tests.sessionlog.spooling import assert_sound

BOSS = ClerkId("9001")
WALKED = [kind.value for kind, _ in WALK]
TWO_PCS = RenumberReason.TWO_PCS


@pytest.fixture
def log(tmp_path, monkeypatch):
    """A hall's log, in which another PC gave the first two numbers of counter 3."""
    monkeypatch.setattr(SqliteFile, "last_serial", 4999)  # as it is on a server
    with SessionLog.open(tmp_path / "log.sqlite3") as log:
        for serial in (5150, 5151):
            number = CaseNumber.build(DAY, serial)
            with log.writing() as writing:
                give(writing.connection, number)
                writing.append(entry(K.NUMBER_GIVEN, number, clerk=UNREGISTERED, counter="3"))
            log.append_all(walk(number, counter="3")[:4])
        yield log


@pytest.fixture
def path(tmp_path):
    return tmp_path / "spool.sqlite3"


@pytest.fixture
def file(path, log):
    """This PC's spool: what it did while the server was away, with the same numbers and a third one."""
    with contextlib.closing(SpoolFile(path)) as file:
        file.put_facts(server=log.place, counter="3")
        file.append([entry(K.LOCKED, None, counter="3")])
        for place in range(3):
            at = TEN + dt.timedelta(minutes=10 * place)
            serial = file.give_number(DAY, 5150, 5199, at, "3")
            file.append(walk(CaseNumber.build(DAY, serial), at, counter="3"))
        yield file


@pytest.fixture
def settling(file, log):
    return SpoolSettling(file, log)


def kinds_of(log, number):
    return [link.kind for link in log.timeline(number)]


def renumber(settling, serial=5150, reason=TWO_PCS):
    return settling.renumber(CaseNumber.build(DAY, serial), reason, BOSS, TEN)


def test_what_waits_is_shown_case_by_case(settling):
    told = [(case.number, case.entries, case.is_doubled) for case in settling.cases()]
    assert told == [
        ("", 1, False),
        ("R8-1120-5150", 8, True),
        ("R8-1120-5151", 8, True),
        ("R8-1120-5152", 8, False),
    ]
    assert settling.waiting() == 25


def test_what_waits_before_the_doubled_case_is_sent_and_the_rest_is_kept(settling, log):
    with pytest.raises(SpoolNumberDoubledError) as caught:
        settling.send(BOSS, TEN)
    assert caught.value.details == {"case_number": "R8-1120-5150"}
    assert settling.waiting() == 24
    assert [link.kind for link in log.links(12)] == ["locked", "spool_merged"]


def test_a_renumbered_case_is_whole_and_both_numbers_lead_to_it(settling, log, tmp_path):
    new = renumber(settling)
    assert new == "R8-1120-0001"
    assert settling.waiting() == 16
    assert kinds_of(log, new) == ["number_given", "case_renumbered", *WALKED]
    given, renumbered = log.timeline(new)[:2]
    doubled = log.timeline("R8-1120-5150")[-1]
    assert doubled.kind == "number_doubled"
    assert (doubled.to_entry().ref, renumbered.to_entry().ref) == (given.seq, doubled.seq)
    assert {(link.staff, link.counter, link.to_entry().names) for link in (doubled, renumbered)} == {
        ("9001", "3", ("renumber.two_pcs",))
    }
    # The other PC's case is what it was.
    assert kinds_of(log, "R8-1120-5150")[:-1] == ["number_given", *WALKED[:4]]
    assert log.case("R8-1120-5150").entries == 4
    assert log.case(new).outcome == "printed"
    assert (log.renumbered("R8-1120-5150"), log.renumbered(new)) == ([new], [])
    assert_sound(log, tmp_path)


def test_each_doubled_case_is_renumbered_by_an_order_of_its_own(settling, log, tmp_path):
    with pytest.raises(SpoolNumberDoubledError):
        renumber(settling, 5151)  # the one before it comes first
    renumber(settling)
    with pytest.raises(SpoolNumberDoubledError) as caught:
        settling.send(BOSS, TEN)
    assert caught.value.details == {"case_number": "R8-1120-5151"}
    assert renumber(settling, 5151, RenumberReason.UNKNOWN) == "R8-1120-0002"
    # What comes after it went along.
    assert (settling.send(BOSS, TEN), settling.waiting()) == (0, 0)
    assert kinds_of(log, "R8-1120-5152") == ["number_given", *WALKED]
    merges = [link for link in log.links() if link.kind == "spool_merged"]
    assert [link.to_entry().counts["entries"] for link in merges] == [1, 8, 16]
    assert {link.staff for link in merges} == {"9001"}
    assert_sound(log, tmp_path)


@pytest.mark.parametrize("number", ["R8-1120-5152", "R8-1120-0777"])
def test_only_a_number_that_was_given_twice_is_changed(settling, log, number):
    before = log.head()
    with pytest.raises(SpoolNumberSoundError) as caught:
        settling.renumber(CaseNumber(number), TWO_PCS, BOSS, TEN)
    assert caught.value.details == {"case_number": number}
    assert (log.head(), settling.waiting()) == (before, 25)


def test_whoever_dies_between_log_and_spool_leaves_one_new_number(settling, log, file, tmp_path, monkeypatch):
    """The log has the new number, and the spool does not know of it yet."""
    settle, failures = SpoolFile.settle, [LogDiskFullError(path="spool.sqlite3")]

    def settle_or_fail(*args):
        if len(failures) == 1 and args[1].place == 9:
            raise failures.pop()
        settle(*args)

    monkeypatch.setattr(SpoolFile, "settle", settle_or_fail)
    with pytest.raises(LogDiskFullError):
        renumber(settling)
    assert file.renumbered() == {}
    assert settling.doubled() == ["R8-1120-5151"]
    with pytest.raises(SpoolNumberDoubledError):
        settling.send(BOSS, TEN)
    assert file.renumbered() == {"R8-1120-5150": "R8-1120-0001"}
    assert kinds_of(log, "R8-1120-0001") == ["number_given", "case_renumbered", *WALKED]
    assert_sound(log, tmp_path)


def test_a_case_that_goes_on_after_it_was_renumbered_stays_one_case(settling, log, file, tmp_path):
    """The second half of the case comes into the spool when the first is in the log already."""
    new = renumber(settling)
    renumber(settling, 5151)
    file.append([entry(K.CASE_CORRECTED, "R8-1120-5150", TEN + dt.timedelta(hours=1), counter="3")])
    settling.send(BOSS, TEN)
    assert kinds_of(log, new)[-1] == "case_corrected"
    assert_sound(log, tmp_path)


def test_what_waits_is_handed_out_as_it_is_kept(settling):
    stream = io.BytesIO()
    assert settling.write(stream) == 25
    head, *rows = map(json.loads, stream.getvalue().decode("ascii").splitlines())
    assert (head["format"], head["counter"], head["entries"]) == ("kakanai-spool-1", "3", 25)
    assert [row["place"] for row in rows] == list(range(1, 26))
    assert rows[1]["prev"] == rows[0]["hash"]
    assert settling.waiting() == 25


def test_what_waits_for_another_server_is_left_alone(file, log):
    file.put_facts(server="postgresql://elsewhere/kakanai")
    with pytest.raises(SpoolForeignError):
        SpoolSettling(file, log)

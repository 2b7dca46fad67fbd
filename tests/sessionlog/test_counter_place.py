"""A counter's number belongs to one PC; a PC that takes another's place gives no number twice."""

import contextlib
import sqlite3

import pytest

from kakanai.sessionlog.case_number import CaseNumber, ClerkId
from kakanai.sessionlog.counter_place import take_counter
from kakanai.sessionlog.errors import LogUnreachableError
from kakanai.sessionlog.renumber_reason import RenumberReason
from kakanai.sessionlog.spool_errors import (
    CounterTakenError,
    SpoolDamagedError,
    SpoolNumberDoubledError,
    SpoolNumbersGoneError,
)
from kakanai.sessionlog.spool_file import SpoolFile
from kakanai.sessionlog.spool_place import SpoolPlace
from kakanai.sessionlog.spool_settling import SpoolSettling
from kakanai.sessionlog.store import SessionLog
from tests.sessionlog.acts import DAY, TEN, K, entry
from tests.sessionlog.cable import Cable, wait_until
from tests.sessionlog.spooling import MACHINE, assert_sound, counter_log, merged, told

BOSS = ClerkId("9001")


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr("kakanai.sessionlog.spool.ASK_EVERY_S", 0.05)


@pytest.fixture
def cable(postgres):
    with Cable(postgres.port) as cable:
        yield cable


@pytest.fixture
def url(cable, postgres):
    return cable.url(postgres.new_database().database)


def take(url, home, counter=3, machine=MACHINE):
    with SessionLog.open(url) as log:
        return take_counter(log, SpoolPlace(home / "spool.sqlite3", machine), counter, BOSS, TEN)


def renumber(url, path, number):
    with SessionLog.open(url) as log, contextlib.closing(SpoolFile(path)) as file:
        settling = SpoolSettling(file, log)
        settling.renumber(CaseNumber(number), RenumberReason.TWO_PCS, BOSS, TEN)
        settling.send(BOSS, TEN)


def test_a_counter_is_registered_once_and_for_one_place(url, tmp_path):
    for _ in range(2):
        counter_log(url, tmp_path / "a").close()
    for home, machine in ((tmp_path / "b", MACHINE), (tmp_path / "a", "b" * 64)):
        with pytest.raises(CounterTakenError) as caught:
            counter_log(url, home, machine=machine)
        assert caught.value.details["counter"] == 3
    counter_log(url, tmp_path / "b", counter=4).close()
    with SessionLog.open(url) as log:
        assert [(link.counter, link.staff) for link in log.links()] == [("3", "-"), ("4", "-")]
        assert set(told(log)) == {"settings_changed"}


def test_a_replaced_pc_takes_the_number_and_gives_none_alone_that_day(url, cable, tmp_path):
    counter_log(url, tmp_path / "old").close()
    assert take(url, tmp_path / "new", machine="b" * 64) is None
    with counter_log(url, tmp_path / "new", machine="b" * 64) as log:
        taken = log.link(2).to_entry()
        assert (taken.kind, taken.clerk, taken.names, taken.counter) == (
            K.SETTINGS_CHANGED,
            BOSS,
            ("counter.place",),
            "3",
        )
        number = log.next_case_number(DAY)
        cable.cut()
        assert log.append(entry(number=number)) == 0
        with pytest.raises(SpoolNumbersGoneError):
            log.next_case_number(DAY)
        cable.mend()
        merged(log)
        assert_sound(log, tmp_path)
    with pytest.raises(CounterTakenError):
        counter_log(url, tmp_path / "old")


def test_a_pc_whose_counter_was_taken_meanwhile_keeps_its_case_and_gives_no_number(
    url, cable, postgres, tmp_path
):
    with counter_log(url, tmp_path / "old") as log:
        cable.cut()
        number = log.next_case_number(DAY)
        log.append(entry(number=number))
        with SessionLog.open(postgres.url(url.database)) as direct:
            take_counter(direct, SpoolPlace(tmp_path / "new.sqlite3", "b" * 64), 3, BOSS, TEN)
        cable.mend()
        wait_until(lambda: log.link_state().trouble is not None)
        with pytest.raises(CounterTakenError):
            log.next_case_number(DAY)
        assert log.append(entry(K.CARD_READ, number)) == 0
        assert log.link_state().waiting == 3


def test_a_pc_whose_counter_is_taken_while_it_is_connected_gives_no_number_alone_from_then_on(
    url, cable, tmp_path, monkeypatch
):
    monkeypatch.setattr("kakanai.sessionlog.counter_hold.LOOK_EVERY_S", 0)
    with counter_log(url, tmp_path / "old") as log:
        number = log.next_case_number(DAY)
        assert log.link_state().trouble is None
        take(url, tmp_path / "new", machine="b" * 64)
        # Its open cases are served, and go into the log; what it learns, it learns by the way.
        assert log.append(entry(number=number)) > 0
        assert isinstance(log.link_state().trouble, CounterTakenError)
        assert log.next_case_number(DAY) == "R8-1120-0002"
        cable.cut()
        assert log.append(entry(K.CARD_READ, number)) == 0
        with pytest.raises(CounterTakenError):
            log.next_case_number(DAY)
        cable.mend()


def test_a_number_that_is_taken_back_is_given_from_again(url, cable, tmp_path):
    with counter_log(url, tmp_path / "old") as log:
        take(url, tmp_path / "new", machine="b" * 64)
        log.next_case_number(DAY)
        assert isinstance(log.link_state().trouble, CounterTakenError)
        take(url, tmp_path / "old")
        log.next_case_number(DAY)
        assert log.link_state().trouble is None


def test_a_number_that_is_there_already_is_not_merged_and_all_is_kept(url, cable, tmp_path):
    """Somebody gave the same counter to two PCs behind our back, and both gave numbers."""
    with counter_log(url, tmp_path / "a") as log:
        cable.cut()
        log.append(entry(number=log.next_case_number(DAY)))
        cable.mend()
        merged(log)
    take(url, tmp_path / "b")
    (tmp_path / "b" / "spool.sqlite3").unlink()
    with SessionLog.open(url) as log, log.writing() as writing:
        writing.connection.exec_driver_sql("DELETE FROM counter_place")
    # Of yesterday to the new PC, so that it does not ask which numbers of the day are used up.
    with counter_log(url, tmp_path / "b", now=lambda: TEN.replace(day=19)) as log:
        cable.cut()
        log.append(entry(number=log.next_case_number(DAY)))
        cable.mend()
        wait_until(lambda: log.link_state().trouble is not None)
        state = log.link_state()
        assert isinstance(state.trouble, SpoolNumberDoubledError)
        assert state.trouble.details == {"case_number": "R8-1120-5150"}
        assert (state.is_connected, state.waiting) == (True, 2)
        assert log.append(entry(K.CARD_READ, "R8-1120-5150")) == 0
        assert log.next_case_number(DAY) == "R8-1120-0001"
        assert told(log)[-1] == "settings_changed"
        renumber(url, tmp_path / "b" / "spool.sqlite3", "R8-1120-5150")
        # The window is not told by anybody: it sees for itself that it can go on.
        merged(log)
        assert log.link_state().trouble is None
        case = log.filed_under("R8-1120-5150")
        assert case == "R8-1120-0002"
        assert log.append(entry(K.PRINT_RELEASED, "R8-1120-5150")) > 0
        kinds = [link.kind for link in log.timeline(case)]
        assert kinds == ["number_given", "case_renumbered", "case_opened", "card_read", "print_released"]
        assert log.count_of("R8-1120-5150", K.PRINT_RELEASED) == 1
        assert_sound(log, tmp_path)


def test_a_spool_knows_again_what_it_gave_when_its_file_is_an_older_one(url, cable, tmp_path):
    file = tmp_path / "spool.sqlite3"
    counter_log(url, tmp_path).close()
    before = file.read_bytes()
    with counter_log(url, tmp_path) as log:
        cable.cut()
        log.append(entry(number=log.next_case_number(DAY)))
        cable.mend()
        merged(log)
    file.write_bytes(before)
    with counter_log(url, tmp_path) as log:
        cable.cut()
        assert log.next_case_number(DAY) == "R8-1120-5151"


def test_a_damaged_spool_is_kept_and_told_and_the_counter_goes_on_with_the_server(url, cable, tmp_path):
    file = tmp_path / "spool.sqlite3"
    counter_log(url, tmp_path).close()
    file.write_bytes(b"broken")
    with counter_log(url, tmp_path) as log:
        assert isinstance(log.link_state().trouble, SpoolDamagedError)
        assert not log.has_spool
        number = log.next_case_number(DAY)
        assert log.append(entry(number=number)) > 0
        cable.cut()
        with pytest.raises(LogUnreachableError):
            log.append(entry(K.CARD_READ, number))
        cable.mend()
    aside = take(url, tmp_path)
    assert aside.read_bytes() == b"broken"
    with counter_log(url, tmp_path) as log:
        assert log.has_spool
        assert log.link_state().trouble is None
        assert log.link(3).to_entry().codes == ("L-051",)


def test_a_spool_that_breaks_in_use_does_not_stop_the_counter_while_the_server_is_there(url, cable, tmp_path):
    with counter_log(url, tmp_path) as log:
        number = log.next_case_number(DAY)
        with contextlib.closing(sqlite3.connect(tmp_path / "spool.sqlite3")) as db, db:
            db.execute("DELETE FROM spool_fact WHERE name = 'last'")
        assert log.append(entry(number=number)) > 0
        assert isinstance(log.link_state().trouble, SpoolDamagedError)
        cable.cut()
        with pytest.raises(LogUnreachableError):
            log.next_case_number(DAY)


def test_a_file_has_no_spool(tmp_path):
    path = tmp_path / "log.sqlite3"
    with SessionLog.open(path, counter="3", spool=SpoolPlace(tmp_path / "spool.sqlite3", MACHINE)) as log:
        assert not log.has_spool
        assert log.link_state().is_connected
        log.append(entry())
        assert log.link(1).counter == "3"
    assert not (tmp_path / "spool.sqlite3").exists()

"""A server that is lost in the middle of a case: nothing is lost, nothing comes twice, nobody waits."""

import datetime as dt
import threading
import time

import pytest
from sqlalchemy.exc import IntegrityError

import kakanai.sessionlog.spool as spool_module
from kakanai.sessionlog.case_filter import CaseFilter
from kakanai.sessionlog.case_number import CaseNumber
from kakanai.sessionlog.errors import LogConnectionLostError, LogDiskFullError, LogUnreachableError
from kakanai.sessionlog.seals import DaySeals
from kakanai.sessionlog.search_queries import TotalBy
from kakanai.sessionlog.spool_errors import SpoolForeignError, SpoolNumbersGoneError
from kakanai.sessionlog.spool_file import SpoolFile
from kakanai.sessionlog.store import SessionLog
from tests.sessionlog.acts import DAY, TEN, WALK, K, entry, walk
from tests.sessionlog.cable import Cable, wait_until
from tests.sessionlog.sample_log import KEY, SUPERVISOR
from tests.sessionlog.spooling import assert_sound, counter_log, merged, told

KINDS = [kind.value for kind, _ in WALK]


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(spool_module, "ASK_EVERY_S", 0.05)


@pytest.fixture
def database(postgres):
    return postgres.new_database().database


@pytest.fixture
def cable(postgres):
    with Cable(postgres.port) as cable:
        yield cable


@pytest.fixture
def log(cable, database, tmp_path):
    with counter_log(cable.url(database), tmp_path) as log:
        yield log


def done(log, acts):
    return [log.append(act) for act in acts]


def test_a_case_that_loses_the_server_in_its_middle_is_whole_in_the_end(log, cable, tmp_path):
    acts = walk(log.next_case_number(DAY))
    assert 0 not in done(log, acts[:3])
    cable.cut()
    assert done(log, acts[3:5]) == [0, 0]
    assert (log.link_state().is_connected, log.link_state().waiting) == (False, 2)
    cable.mend()
    merged(log)
    assert 0 not in done(log, acts[5:])
    links = assert_sound(log, tmp_path)
    of_case = [link for link in links if link.case_number]
    assert [link.kind for link in of_case] == KINDS
    assert ['"spool":"' in link.body for link in of_case] == [False] * 3 + [True] * 2 + [False] * 2
    assert [link.at for link in of_case] == sorted(link.at for link in of_case)
    assert {link.counter for link in links} == {"3"}
    told_of_merge = next(link for link in links if link.kind == "spool_merged")
    assert told_of_merge.to_entry().counts == {"entries": 2}


def test_a_case_opened_without_the_server_has_a_number_of_its_counter(log, cable, tmp_path):
    first = log.next_case_number(DAY)
    cable.cut()
    numbers = [log.next_case_number(DAY) for _ in range(2)]
    assert [first, *numbers] == ["R8-1120-0001", "R8-1120-5150", "R8-1120-5151"]
    done(log, walk(numbers[0]))
    cable.mend()
    merged(log)
    # The number is in the register before anything of the case can be.
    done(log, walk(numbers[1]))
    assert log.next_case_number(DAY) == "R8-1120-0002"
    links = assert_sound(log, tmp_path)
    assert [link.kind for link in links if link.case_number == numbers[0]] == ["number_given", *KINDS]
    assert [one.case_number for one in log.day(DAY)] == numbers


@pytest.mark.parametrize("how", ["lost", "unanswered"])
def test_an_entry_whose_commit_was_not_answered_is_there_once(log, cable, tmp_path, how):
    acts = walk(log.next_case_number(DAY))
    log.append(acts[0])
    cable.next_commit = how
    assert log.append(acts[1]) == 0
    log.append(acts[2])
    cable.mend()
    merged(log)
    log.append(acts[3])
    links = assert_sound(log, tmp_path)
    of_case = [link for link in links if link.case_number]
    assert [link.kind for link in of_case] == KINDS[:4]
    assert ('"spool"' in of_case[1].body) is (how == "lost")


def test_a_commit_that_the_server_hears_of_late_is_waited_for(log, cable, tmp_path):
    acts = walk(log.next_case_number(DAY))
    log.append(acts[0])
    cable.next_commit = "late"
    assert log.append(acts[1]) == 0
    time.sleep(0.2)  # the merge waits for the lock that the late one holds
    assert log.link_state().waiting == 1
    cable.let_go()
    merged(log)
    links = assert_sound(log, tmp_path)
    assert [link.kind for link in links if link.case_number] == KINDS[:2]


def test_what_is_in_the_log_already_leaves_the_spool_and_is_not_merged_again(
    log, cable, tmp_path, monkeypatch
):
    settle, failures = SpoolFile.settle, [LogDiskFullError(path="spool.sqlite3")]

    def settle_or_fail(*args):
        if failures:
            raise failures.pop()
        settle(*args)

    monkeypatch.setattr(SpoolFile, "settle", settle_or_fail)
    cable.cut()
    number = log.next_case_number(DAY)
    log.append(entry(number=number))
    cable.mend()
    merged(log)
    assert failures == []
    wait_until(lambda: log.link_state().trouble is None)
    kinds = [link.kind for link in assert_sound(log, tmp_path)]
    assert kinds == ["settings_changed", "number_given", "case_opened", "spool_merged"]


def test_a_rule_broken_at_the_merge_is_told_and_the_merge_tried_again(log, cable, tmp_path, monkeypatch):
    merge, broken = spool_module.merge_batch, [IntegrityError("INSERT", {}, Exception())] * 3

    def merge_or_break(*args):
        if broken:
            raise broken.pop()
        return merge(*args)

    monkeypatch.setattr(spool_module, "merge_batch", merge_or_break)
    cable.cut()
    log.append(entry(number=log.next_case_number(DAY)))
    cable.mend()
    wait_until(lambda: len(broken) < 3)
    merged(log)
    wait_until(lambda: log.link_state().trouble is None)
    assert_sound(log, tmp_path)


def test_without_a_spool_too_a_late_commit_is_not_taken_for_none(cable, database):
    with SessionLog.open(cable.url(database)) as log:
        log.append(entry(K.SIGNED_IN, None))
        cable.next_commit = "late"
        late = threading.Timer(0.2, cable.let_go)
        late.start()
        assert log.append(entry(K.SIGNED_OUT, None)) > 0
        late.join()
        assert told(log) == ["signed_in", "signed_out"]


def test_nobody_waits_for_a_network_that_is_not_there(log, cable):
    cable.cut()
    log.append(entry())
    asked = cable.asked
    began = time.monotonic()
    for _ in range(20):
        with pytest.raises(LogUnreachableError):
            log.day(DAY)
        with pytest.raises(LogUnreachableError), log.writing():
            pass
    assert time.monotonic() - began < 1
    assert cable.asked == asked


def test_a_server_that_does_not_answer_is_waited_for_once(log, cable, tmp_path, monkeypatch):
    acts = walk(log.next_case_number(DAY))
    log.append(acts[0])
    log._database._server.patience_s = 0.3
    cable.is_silent = True
    began = time.monotonic()
    assert done(log, acts[1:4]) == [0] * 3
    assert time.monotonic() - began < 2
    cable.is_silent = False
    # What comes back is not to be taken for silent because the machine is slow.
    log._database._server.patience_s = 20
    merged(log)
    assert [link.kind for link in assert_sound(log, tmp_path) if link.case_number] == KINDS[:4]


def test_a_hall_that_is_held_up_holds_up_no_counter(log, cable, database, postgres, tmp_path, monkeypatch):
    """Somebody holds the chain's lock for longer than it is waited for."""
    monkeypatch.setattr("kakanai.sessionlog.postgres_server._LOCK_WAIT", "100ms")
    number = log.next_case_number(DAY)
    log._database.engine.dispose()
    with SessionLog.open(postgres.url(database)) as other, other.writing():
        assert log.append(entry(number=number)) == 0
        assert log.next_case_number(DAY) == "R8-1120-5150"
        assert log.link_state().trouble is None
    merged(log)
    kinds = [link.kind for link in assert_sound(log, tmp_path) if link.case_number]
    assert kinds == ["case_opened", "number_given"]


def test_what_needs_the_server_is_refused_and_not_kept(log, cable):
    cable.cut()
    for kind in (K.SIGNED_IN, K.LOG_EXPORTED, K.SETTINGS_CHANGED):
        with pytest.raises(LogUnreachableError):
            log.append(entry(kind, None))
    with pytest.raises((LogUnreachableError, LogConnectionLostError)):
        log.append_all([entry(), entry(K.CASE_APPROVED)])
    assert log.link_state().waiting == 0


def test_two_counters_that_come_back_at_once_merge_everything_once(cable, database, tmp_path):
    homes = [tmp_path / "one", tmp_path / "two"]
    logs = [
        counter_log(cable.url(database), home, counter) for home, counter in zip(homes, (1, 2), strict=True)
    ]
    try:
        cable.cut()
        numbers = []
        for case in range(4):
            for log in logs:
                numbers.append(log.next_case_number(DAY))
                done(log, walk(numbers[-1], TEN + dt.timedelta(minutes=10 * case)))
        assert len(set(numbers)) == 8
        assert numbers[:2] == ["R8-1120-5050", "R8-1120-5100"]
        cable.mend()
        merged(*logs)
        links = assert_sound(logs[0], tmp_path)
        for number in numbers:
            assert [link.kind for link in links if link.case_number == number] == ["number_given", *KINDS]
        for counter in ("1", "2"):
            places = [link.at for link in links if link.counter == counter and link.case_number]
            assert len(places) == 32
    finally:
        for log in logs:
            log.close()


def test_the_program_may_end_and_start_without_the_server(cable, database, tmp_path):
    url = cable.url(database)
    counter_log(url, tmp_path).close()
    cable.cut()
    seen = []
    with counter_log(url, tmp_path) as log:
        number = log.next_case_number(DAY)
        log.append(entry(number=number))
        log.when_connected(lambda: seen.append("late"))
    with counter_log(url, tmp_path) as log:
        assert (log.link_state().is_connected, log.link_state().waiting) == (False, 2)
        assert log.next_case_number(DAY) == "R8-1120-5151"
        log.append(entry(K.CARD_READ, number))
        log.when_connected(lambda: seen.append("now"))
        assert seen == []
        cable.mend()
        merged(log)
        assert seen == ["now"]
        log.when_connected(lambda: seen.append("at once"))
        assert seen[-1] == "at once"
        kinds = ["number_given", "case_opened", "number_given", "card_read"]
        assert [link.kind for link in assert_sound(log, tmp_path) if link.case_number] == kinds


def test_what_waits_is_merged_before_the_next_program_writes(cable, database, tmp_path):
    url = cable.url(database)
    with counter_log(url, tmp_path) as log:
        cable.cut()
        log.append(entry(K.CASE_OPENED, log.next_case_number(DAY)))
    cable.mend()
    with counter_log(url, tmp_path) as log:
        assert log.link_state().waiting == 0
        assert told(log)[-3:] == ["number_given", "case_opened", "spool_merged"]


def test_a_server_never_seen_before_is_needed_at_the_start(cable, database, tmp_path):
    cable.cut()
    with pytest.raises(LogUnreachableError):
        counter_log(cable.url(database), tmp_path)


def test_what_waits_for_one_server_is_brought_to_no_other(cable, database, postgres, tmp_path):
    with counter_log(cable.url(database), tmp_path) as log:
        cable.cut()
        log.append(entry(K.CASE_OPENED, log.next_case_number(DAY)))
    cable.mend()
    for url, counter in ((postgres.new_database(), 3), (cable.url(database), 4)):
        with pytest.raises(SpoolForeignError) as caught:
            counter_log(url, tmp_path, counter)
        assert caught.value.details["counter"] == "3"
    with counter_log(cable.url(database), tmp_path) as log:
        assert log.link_state().waiting == 0


def test_the_numbers_of_a_day_come_to_an_end(log, cable):
    cable.cut()
    numbers = [log.next_case_number(DAY) for _ in range(50)]
    assert len(set(numbers)) == 50
    assert numbers[-1] == "R8-1120-5199"
    with pytest.raises(SpoolNumbersGoneError) as caught:
        log.next_case_number(DAY)
    assert caught.value.details == {"counter": 3, "most": 50}
    assert log.next_case_number(DAY + dt.timedelta(days=1)) == "R8-1121-5150"
    log.append(entry(K.CARD_READ, numbers[0]))


def test_paper_that_was_released_is_known_without_the_server(log, cable):
    number = log.next_case_number(DAY)
    done(log, walk(number)[:5])
    cable.cut()
    assert log.count_of(number, K.PRINT_RELEASED) == 1
    log.append(entry(K.PRINT_RELEASED, number))
    assert log.count_of(number, K.PRINT_RELEASED) == 2
    with pytest.raises(LogUnreachableError):
        log.count_of(number, K.CARD_READ)
    cable.mend()
    merged(log)
    assert log.count_of(number, K.PRINT_RELEASED) == 2
    assert log.count_of(CaseNumber("R8-1120-0777"), K.PRINT_RELEASED) == 0


def test_a_clock_set_back_meanwhile_is_told_and_changes_no_order(log, cable, tmp_path):
    cable.cut()
    number = log.next_case_number(DAY)
    log.append(entry(K.CASE_OPENED, number, TEN + dt.timedelta(minutes=5)))
    log.append(entry(K.CARD_READ, number, TEN))
    cable.mend()
    merged(log)
    links = assert_sound(log, tmp_path)
    kinds = [link.kind for link in links[1:]]
    assert kinds == ["number_given", "case_opened", "clock_set_back", "card_read", "spool_merged"]


def test_what_waited_over_night_comes_into_the_next_close(cable, database, tmp_path, postgres):
    clock = [TEN]
    hour = dt.timedelta(hours=1)
    with (
        SessionLog.open(postgres.url(database)) as other,
        counter_log(cable.url(database), tmp_path, now=lambda: clock[0]) as log,
    ):
        acts = walk(log.next_case_number(DAY))
        done(log, acts[:3])
        cable.cut()
        done(log, acts[3:])
        seals = DaySeals(other)
        one = seals.close(DAY, SUPERVISOR, TEN + 8 * hour, KEY)
        clock[0] = TEN + 23 * hour
        cable.mend()
        merged(log)
        two = seals.close(DAY + dt.timedelta(days=1), SUPERVISOR, TEN + 32 * hour, KEY)
        assert (one.entries, seals.late_entries(two)) == (
            4,
            6,
        )  # four that waited, and two of the first close
        links = assert_sound(log, tmp_path)
        assert "clock_set_back" not in [link.kind for link in links]
        assert [link.day for link in links if link.kind == "case_closed"] == [DAY]
        assert log.day(DAY)[0].outcome == "printed"
        (sums,) = log.totals(DAY, DAY, TotalBy.COUNTER)
        assert (sums.key, sums.cases, sums.finished, sums.pages, sums.worked_s) == ("3", 1, 1, 3, 360)
        assert [line.case_number for line in log.cases(CaseFilter(first_day=DAY, last_day=DAY)).lines] == [
            "R8-1120-0001"
        ]


def test_a_server_that_stops_and_starts_is_the_same_to_a_counter(postgres, tmp_path):
    with counter_log(postgres.new_database(), tmp_path) as log:
        acts = walk(log.next_case_number(DAY))
        done(log, acts[:2])
        postgres.kill()
        try:
            assert done(log, acts[2:4]) == [0, 0]
        finally:
            postgres.start()
        merged(log)
        done(log, acts[4:])
        assert [link.kind for link in assert_sound(log, tmp_path) if link.case_number] == KINDS

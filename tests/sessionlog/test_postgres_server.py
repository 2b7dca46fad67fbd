"""The log on a server: addresses, refusals, and connections that break off, each at its worst moment."""

import datetime as dt
import threading

import pytest
from sqlalchemy.exc import IntegrityError

from kakanai.sessionlog.entry import CaseNumber
from kakanai.sessionlog.errors import (
    LogAccessRefusedError,
    LogConnectionLostError,
    LogDamagedError,
    LogDiskFullError,
    LogLockedError,
    LogStorageError,
    LogUnreachableError,
    LogUnwritableError,
)
from kakanai.sessionlog.store import SessionLog
from tests.postgres import PrivatePostgres, why_not
from tests.sessionlog.acts import DAY, NUMBER, TEN, K, entry, is_intact, walk


@pytest.fixture
def url(postgres):
    return postgres.new_database()


@pytest.fixture
def log(url):
    with SessionLog.open(url) as log:
        yield log


@pytest.fixture
def own():
    """A server of the test's own, which it may stop."""
    if reason := why_not():
        pytest.skip(reason)
    with PrivatePostgres() as private:
        yield private


def test_a_commit_is_on_disk_whatever_the_server_is_set_to(postgres, url):
    postgres.run(f"ALTER DATABASE {url.database} SET synchronous_commit = off")
    with SessionLog.open(url) as log, log.reading() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"
        assert connection.exec_driver_sql("SHOW transaction_isolation").scalar_one() == "repeatable read"


def test_a_database_of_another_program_is_left_alone(postgres, url):
    postgres.run("CREATE TABLE entry (x int)", url.database)
    with pytest.raises(LogDamagedError):
        SessionLog.open(url)
    tables = postgres.run("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", url.database)
    assert tables == [("entry",)]


def test_other_programs_tables_may_lie_beside_ours(postgres, url):
    postgres.run("CREATE TABLE alembic_version (version_num text)", url.database)
    with SessionLog.open(url) as log:
        log.append(entry())
        log.check()


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER entry_no_change ON entry",
        "ALTER TABLE entry DISABLE TRIGGER entry_no_truncate",
        "CREATE OR REPLACE FUNCTION kakanai_refuse_change() RETURNS trigger LANGUAGE plpgsql"
        " AS $$BEGIN RETURN NULL; END$$",
        "DROP TRIGGER entry_no_change ON entry;"
        "CREATE TRIGGER entry_no_change BEFORE UPDATE ON entry FOR EACH ROW"
        " EXECUTE FUNCTION kakanai_refuse_change()",
        "DROP TRIGGER entry_no_change ON entry;"
        "CREATE TRIGGER entry_no_change BEFORE UPDATE OR DELETE ON entry FOR EACH ROW WHEN (false)"
        " EXECUTE FUNCTION kakanai_refuse_change()",
    ],
)
def test_guards_that_were_taken_off_are_missed(postgres, url, statement):
    with SessionLog.open(url) as log:
        postgres.run(statement, url.database)
        with pytest.raises(LogDamagedError):
            log.check()
    with pytest.raises(LogDamagedError):
        SessionLog.open(url)


def test_a_server_that_is_not_there_is_told(own):
    url = own.new_database()
    own.stop()
    with pytest.raises(LogUnreachableError) as caught:
        SessionLog.open(url)
    assert caught.value.details == {"path": url.place, "reason": ""}


def test_no_such_database_is_told(postgres):
    with pytest.raises(LogUnreachableError):
        SessionLog.open(postgres.url("nowhere"))


def test_a_user_whom_the_server_does_not_know_is_told(postgres, url):
    with pytest.raises(LogAccessRefusedError) as caught:
        SessionLog.open(postgres.url(url.database, "nobody"))
    assert caught.value.details == {"path": url.place}


def test_a_password_is_asked_for_and_kept_nowhere(own):
    url = own.new_database()
    own.require_password("himitsu")
    with pytest.raises(LogAccessRefusedError):
        SessionLog.open(url)
    with pytest.raises(LogAccessRefusedError) as caught:
        SessionLog.open(url, password=lambda: "chigau")
    assert "chigau" not in f"{caught.value!r} {caught.value} {caught.value.details}"
    with SessionLog.open(url, password=lambda: "himitsu") as log:
        log.append(entry())
        assert "himitsu" not in f"{log.target!r} {log._database.engine.url!r} {vars(log._database)}"


def test_a_server_that_was_started_anew_is_found_again(own):
    with SessionLog.open(own.new_database()) as log:
        log.append(entry())
        own.stop()
        for act in (log.head, lambda: log.append(entry()), lambda: log.next_case_number(DAY)):
            with pytest.raises(LogUnreachableError):
                act()
        own.start()
        assert log.append(entry(K.CASE_CLOSED)) == 2
        own.kill()
        own.start()
        assert log.day(DAY)[0].finished_at is not None


def kill_own_connection(postgres, connection):
    """Cut the connection of a transaction, as a broken cable does."""
    pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    postgres.run(f"SELECT pg_terminate_backend({pid}, 5000)")


def test_a_connection_lost_in_the_middle_leaves_nothing(postgres, log):
    log.append(entry())

    def write():
        with log.writing() as writing:
            writing.append(entry(K.CARD_READ))
            kill_own_connection(postgres, writing.connection)
            writing.append(entry(K.CASE_CLOSED))

    with pytest.raises(LogConnectionLostError) as caught:
        write()
    assert caught.value.unsure is None
    assert [link.kind for link in log.links()] == ["case_opened"]
    assert log.append(entry(K.CASE_CLOSED)) == 2


class AnswerLost:
    """The next commit of a log goes through or not, but its answer never arrives: the connection is cut."""

    def __init__(self, log, monkeypatch, postgres, *, is_committed, then=lambda: None):
        dialect = log._database.engine.dialect
        commit = dialect.do_commit

        def commit_and_cut(connection):
            monkeypatch.setattr(dialect, "do_commit", commit)
            pid = connection.driver_connection.info.backend_pid
            if is_committed:
                commit(connection)
            postgres.run(f"SELECT pg_terminate_backend({pid}, 5000)")
            then()
            connection.execute("SELECT 1")  # what waiting for the answer meets

        monkeypatch.setattr(dialect, "do_commit", commit_and_cut)


def test_a_commit_whose_answer_was_lost_is_found(postgres, log, monkeypatch):
    log.append(entry())
    told = []
    log.after_commit.append(told.append)
    AnswerLost(log, monkeypatch, postgres, is_committed=True)
    assert log.append(entry(K.CARD_READ)) == 2
    assert [link.kind for link in log.links()] == ["case_opened", "card_read"]
    assert told == [log.head()]


def test_a_commit_that_was_never_made_is_told(postgres, log, monkeypatch):
    log.append(entry())
    AnswerLost(log, monkeypatch, postgres, is_committed=False)
    with pytest.raises(LogConnectionLostError) as caught:
        log.append(entry(K.CARD_READ))
    assert type(caught.value) is LogConnectionLostError
    assert caught.value.unsure is None
    assert [link.kind for link in log.links()] == ["case_opened"]


@pytest.mark.parametrize("is_committed", [True, False])
def test_a_commit_of_a_server_that_is_gone_is_settled_later(own, monkeypatch, is_committed):
    with SessionLog.open(own.new_database()) as log:
        log.append(entry())
        AnswerLost(log, monkeypatch, own, is_committed=is_committed, then=own.kill)
        with pytest.raises(LogConnectionLostError) as caught:
            log.append(entry(K.CARD_READ))
        assert caught.value.unsure is not None
        own.start()
        assert log.holds(*caught.value.unsure) is is_committed
        assert len(list(log.links())) == 1 + is_committed


def test_a_number_whose_commit_was_not_answered_is_given_to_nobody(postgres, log, monkeypatch):
    AnswerLost(log, monkeypatch, postgres, is_committed=True)
    with pytest.raises(LogConnectionLostError):
        log.next_case_number(DAY)
    assert log.next_case_number(DAY) == "R8-1120-0002"


def test_a_reader_whose_connection_broke_off_is_told(postgres, log):
    log.append_all(walk())

    def read():
        with log.reading() as connection:
            kill_own_connection(postgres, connection)
            connection.exec_driver_sql("SELECT 1")

    with pytest.raises(LogConnectionLostError):
        read()
    assert len(log.day(DAY)) == 1


def test_a_standby_or_read_only_server_is_told(postgres, url):
    SessionLog.open(url).close()
    postgres.run(f"ALTER DATABASE {url.database} SET default_transaction_read_only = on")
    with SessionLog.open(url) as log:
        with pytest.raises(LogUnwritableError):
            log.append(entry())
        assert log.day(DAY) == []


def test_a_user_without_the_right_to_write_is_told(postgres, url):
    SessionLog.open(url).close()
    name = f"reader_{url.database}"
    postgres.run(f"CREATE ROLE {name} LOGIN")
    postgres.run(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}", url.database)
    with SessionLog.open(postgres.url(url.database, name)) as log:
        assert log.day(DAY) == []
        with pytest.raises(LogUnwritableError):
            log.append(entry())


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("53100", LogDiskFullError),
        ("40001", LogLockedError),
        ("40P01", LogLockedError),
        ("57014", LogLockedError),
        ("53300", LogUnreachableError),
        ("XX001", LogDamagedError),
        ("58030", LogStorageError),
    ],
)
def test_what_the_server_says_is_told_and_leaves_nothing(postgres, url, log, code, error):
    log.append(entry())
    # No test can fill this disk: the server is made to say so by a trigger, in its own words and code.
    for statement in (
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql"
        f" AS $$BEGIN RAISE EXCEPTION '山田' USING ERRCODE = '{code}'; END$$",
        "CREATE TRIGGER fail BEFORE INSERT ON case_sum FOR EACH ROW EXECUTE FUNCTION fail()",
    ):
        postgres.run(statement, url.database)
    with pytest.raises(LogStorageError) as caught:
        log.append(entry(number=CaseNumber.build(DAY, 2)))
    assert type(caught.value) is error
    assert "山田" not in f"{caught.value} {caught.value.details}"
    postgres.run("DROP TRIGGER fail ON case_sum", url.database)
    assert log.append(entry(number=CaseNumber.build(DAY, 2))) == 2
    assert log.compare_derived() == []


def test_a_rule_of_ours_that_is_broken_comes_out_as_it_is(log):
    log.append(entry())

    def remove():
        with log.writing() as writing:
            writing.connection.exec_driver_sql("DELETE FROM entry")

    with pytest.raises(IntegrityError, match="append only"):
        remove()
    assert len(list(log.links())) == 1


def test_another_program_holding_the_log_is_told(log, url, monkeypatch):
    monkeypatch.setattr("kakanai.sessionlog.postgres_server._LOCK_WAIT", "50ms")
    with SessionLog.open(url) as waiting:
        with log.writing() as writing:
            writing.append(entry())
            for act in (lambda: waiting.append(entry()), lambda: waiting.next_case_number(DAY)):
                with pytest.raises(LogLockedError):
                    act()
            assert waiting.day(DAY) == []  # readers go on
        assert waiting.append(entry(K.CASE_CLOSED)) == 2


def test_a_program_that_falls_asleep_while_it_writes_does_not_hold_up_the_others(url, monkeypatch):
    monkeypatch.setattr("kakanai.sessionlog.postgres_server._IDLE_WAIT", "1500ms")
    with SessionLog.open(url) as asleep, SessionLog.open(url) as awake:

        def doze():
            with asleep.writing() as writing:
                writing.append(entry())
                assert awake.append(entry(K.SIGNED_IN, None)) == 1  # waits until the other is cut off
                writing.append(entry(K.CASE_CLOSED))

        with pytest.raises(LogConnectionLostError) as caught:
            doze()
        assert caught.value.unsure is None
        assert asleep.append(entry()) == 2
        assert [link.kind for link in awake.links()] == ["signed_in", "case_opened"]


def test_two_programs_at_once_make_the_tables_once(url):
    failures = []

    def opened():
        try:
            with SessionLog.open(url) as log:
                log.append(entry(K.SIGNED_IN, None))
        except LogStorageError as error:
            failures.append(error)

    threads = [threading.Thread(target=opened) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with SessionLog.open(url) as log:
        assert is_intact(list(log.links()))
        assert log.head().seq == 6


def test_a_reader_sees_one_moment(log):
    log.append(entry())
    with log.reading() as connection:
        count = "SELECT count(*) FROM entry"
        before = connection.exec_driver_sql(count).scalar_one()
        log.append(entry(K.CASE_CLOSED, NUMBER, TEN + dt.timedelta(minutes=1)))
        assert connection.exec_driver_sql(count).scalar_one() == before == 1

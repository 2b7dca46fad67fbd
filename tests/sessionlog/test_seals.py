"""A day is closed once, with all that came before, and nothing of it can be said otherwise later."""

import datetime as dt

import pytest

from kakanai.sessionlog.office_key import OfficeKey
from kakanai.sessionlog.seal_errors import DayClosedError, NothingToCloseError
from kakanai.sessionlog.words import EntryKind
from tests.sessionlog.sample_log import FIRST_DAY, KEY, SUPERVISOR, Office, folded_up
from tests.sessionlog.verifying import check

DAY = dt.timedelta(days=1)


@pytest.fixture
def office(tmp_path):
    with Office(tmp_path / "log.sqlite3") as office:
        yield office


def close(office, day=None, key=KEY):
    return office.seals.close(day or office.today, SUPERVISOR, office._passed(), key)


def test_a_close_covers_all_entries_up_to_its_moment_and_is_logged(office):
    office.work(2)
    head = office.log.head()
    span = office.seals.open_span(office.today)
    assert (span.first_seq, span.last_seq, span.head) == (1, head.seq, head.hash)
    closed = close(office)
    assert (closed.first_seq, closed.last_seq, closed.head, closed.entries) == (
        1,
        head.seq,
        head.hash,
        head.seq,
    )
    assert closed.is_signed_by(KEY.public)
    assert not closed.is_signed_by(OfficeKey(bytes(32)).public)
    assert office.seals.closes() == [closed]
    made, told = (office.log.link(head.seq + n) for n in (1, 2))
    assert made.kind == EntryKind.OFFICE_KEY_MADE
    entry = told.to_entry()
    assert entry.kind is EntryKind.DAY_CLOSED
    assert (entry.on, entry.ref, entry.digest) == (office.today, head.seq, closed.digest)


def test_the_next_close_goes_on_where_the_last_ended_and_repeats_its_digest(office):
    office.work(1)
    one = close(office)
    office.now += DAY
    office.work(1)
    other = close(office)
    assert other.first_seq == one.last_seq + 1
    assert other.previous == one.digest
    assert one.previous == "0" * 64
    assert [key.key_id for key in office.seals.public_keys()] == [KEY.public.key_id]
    assert office.seals.closes(first_day=other.day) == [other]
    assert office.seals.closes(last_day=one.day) == [one]


def test_a_day_is_closed_once_and_never_after_a_later_one(office):
    office.work(1)
    office.now += 2 * DAY
    office.work(1)
    close(office)
    before = office.log.head()
    for day in (FIRST_DAY, FIRST_DAY + DAY, office.today):
        with pytest.raises(DayClosedError) as caught:
            close(office, day)
        assert caught.value.details == {"day": office.today.isoformat()}
        assert office.seals.open_span(day) is None
    assert office.log.head() == before


def test_yesterday_can_be_closed_this_morning_and_takes_nothing_of_today(office):
    office.work(1)
    last = office.log.head()
    office.now += DAY
    office.work(1)
    closed = close(office, FIRST_DAY)
    assert closed.last_seq == last.seq
    assert office.seals.open_span(office.today).first_seq == last.seq + 1


def test_what_comes_after_the_close_of_its_day_is_in_the_next_one_and_is_counted_as_late(office):
    office.work(1)
    close(office)
    office.sign_out()
    office.sign_out()
    late = office.log.head().seq
    office.now += DAY
    office.work(1)
    closed = close(office)
    assert closed.first_seq <= late
    assert office.seals.late_entries(closed) == 4  # the key, the close itself, and the two


def test_there_must_be_something_to_close(office):
    with pytest.raises(NothingToCloseError):
        close(office)
    office.work(1)
    with pytest.raises(NothingToCloseError) as caught:
        close(office, FIRST_DAY - DAY)
    assert caught.value.details == {"day": (FIRST_DAY - DAY).isoformat()}


def test_a_close_that_fails_leaves_nothing(office, monkeypatch):
    office.work(1)
    before = office.log.head()

    def broken(_writing, _entry):
        raise OSError("no more")

    monkeypatch.setattr("kakanai.sessionlog.writing.Writing.append", broken)
    with pytest.raises(OSError, match="no more"):
        close(office)
    monkeypatch.undo()
    assert office.log.head() == before
    assert office.seals.closes() == []
    assert office.seals.public_keys() == []


def test_a_new_key_is_made_known_and_the_old_closes_stay_good(tmp_path, office):
    office.work(1)
    close(office)
    office.now += DAY
    office.work(1)
    new = OfficeKey(b"n" * 32)
    assert office.seals.make_known(new.public, SUPERVISOR, office._passed())
    assert not office.seals.make_known(new.public, SUPERVISOR, office._passed())
    close(office, key=new)
    office.log.close()
    report = check(folded_up(tmp_path / "log.sqlite3"))
    assert report.findings == []
    assert report.signed == 2


def test_a_clock_that_ran_ahead_for_a_moment_holds_up_no_later_close(office):
    office.work(1)
    office.now += 900 * DAY
    office.sign_out()
    office.now -= 900 * DAY
    office.sign_out()
    closed = close(office)
    assert closed.last_seq == closed.entries > 3
    office.now += DAY
    office.work(1)
    assert close(office).first_seq == closed.last_seq + 1


def test_day_closes_cannot_be_changed_by_a_program(office):
    from sqlalchemy import delete, update
    from sqlalchemy.exc import IntegrityError

    from kakanai.sessionlog.seal_tables import OFFICE_KEY
    from kakanai.sessionlog.tables import DAY_CLOSE

    office.work(1)
    close(office)
    for table in (DAY_CLOSE, OFFICE_KEY):
        for statement in (delete(table), update(table).values(staff="9")):
            with pytest.raises(IntegrityError, match="append only"), office.log.writing() as writing:
                writing.connection.execute(statement)

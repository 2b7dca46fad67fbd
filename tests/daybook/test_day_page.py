"""The page of a day: figures, cases worth a look, warnings, whether it is closed."""

import contextlib
import datetime as dt
import sqlite3

import pytest

from kakanai.daybook.concerns import Reason
from kakanai.daybook.look_purpose import LookPurpose
from kakanai.daybook.review_phrases import ReviewKind
from kakanai.sessionlog.case_number import ClerkId
from kakanai.sessionlog.entry import JST
from kakanai.sessionlog.office_key import OfficeKey
from kakanai.sessionlog.seals import DaySeals
from kakanai.sessionlog.words import EntryKind as K
from kakanai.staff.act import Act
from kakanai.staff.errors import NotAllowedError
from kakanai.staff.role import Role
from tests.daybook.sample_day import DAY, LOOKUP, SUPERVISOR, UNFINISHED, SampleDay

KEY = OfficeKey(bytes(range(32)))


def close(log, day, at):
    return DaySeals(log).close(day, ClerkId(SUPERVISOR), at, KEY)


def test_the_figures_are_those_of_the_days_cases(book, sample):
    sample.ordinary(8)
    sample.odd()
    SampleDay(sample.log, DAY - dt.timedelta(days=1)).ordinary(3)
    told = book.day(DAY).figures
    assert (told.cases, told.finished, told.open) == (15, 14, 1)
    assert (told.printed, told.cancelled, told.print_failed) == (11, 2, 1)
    assert (told.lookups, told.overrides, told.reprints, told.failures) == (1, 1, 1, 1)
    # eight ordinary cases: 1, 1, 2 and 2 forms twice over; the odd ones with paper have one each
    assert told.forms == 12 + 4
    assert told.unreviewed == 15
    assert told.mean_s == pytest.approx(told.worked_s / 14)


def test_each_odd_case_is_named_with_its_reason(book, sample):
    sample.ordinary(2)
    lookup, cancelled, unfinished, failed, overridden, reprinted, short = sample.odd()
    page = book.day(DAY)

    def with_reason(reason):
        return [line.case_number for line in page.concerned(reason)]

    assert with_reason(Reason.LOOKUP) == [lookup]
    assert with_reason(Reason.CANCELLED) == [lookup, cancelled]
    assert with_reason(Reason.PRINT_FAILED) == [failed]
    assert with_reason(Reason.OVERRIDDEN) == [overridden]
    assert with_reason(Reason.REPRINTED) == [reprinted]
    assert with_reason(Reason.IDENTITY_SHORT) == [short]
    assert with_reason(Reason.OPEN) == []
    assert page.concerns[0].reason is Reason.OVERRIDDEN
    assert "不一致" in page.concerns[0].words
    assert len(page.unremarkable()) == 2
    assert page.waiting_staff == ("1031",)
    assert unfinished not in {one.case_number for one in page.concerns}


def test_what_did_not_end_is_told_the_next_day(book, sample, clock):
    unfinished = sample.case(UNFINISHED)
    clock.pass_by(days=1)
    assert [one.case_number for one in book.day(DAY).concerns] == [unfinished]


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(6, 59, "開始 06:59"), (7, 0, ""), (19, 59, "最後の操作 20:0"), (20, 0, "開始 20:00")],
)
def test_acts_outside_of_the_open_hours(book, sample, hour, minute, words):
    sample.case(at=dt.datetime.combine(DAY, dt.time(hour, minute), tzinfo=JST))
    told = [one.words for one in book.day(DAY).concerns if one.reason is Reason.OFF_HOURS]
    assert len(told) == bool(words)
    assert all(words in one for one in told)
    assert book.day(DAY).figures.off_hours == bool(words)


def test_a_case_on_a_closed_day_is_unusual_at_any_hour(book, log):
    saturday = DAY + dt.timedelta(days=1)
    SampleDay(log, saturday).ordinary(1)
    assert "閉庁日" in book.day(saturday).concerns[0].words


def test_many_lookups_of_one_clerk_are_asked_about(book, sample):
    for _ in range(2):
        sample.case(LOOKUP, clerk="1025")
    assert book.day(DAY).staff_concerns == ()
    sample.case(LOOKUP, clerk="1025")
    (concern,) = book.day(DAY).staff_concerns
    assert concern.staff == "1025"
    assert "3 件" in concern.words


def test_clock_restore_and_rollback_are_warned_of(book, sample):
    sample.ordinary(1)
    assert book.day(DAY).warnings == ()
    sample.act(K.ROLLED_BACK_SEEN, at=sample.at - dt.timedelta(days=3))
    words = [one.words for one in book.day(DAY).warnings]
    assert any("前の状態に戻されています" in one for one in words)  # though seen days before
    sample.act(K.ROLLED_BACK_ACKNOWLEDGED)
    sample.act(K.RESTORED)
    sample.act(K.SIGNED_IN, at=sample.at - dt.timedelta(hours=1))
    page = book.day(DAY)
    words = [one.words for one in page.warnings]
    assert not any("前の状態に戻されています" in one for one in words)
    assert any("控えから戻しています" in one for one in words)
    assert any("時計が戻っています" in one for one in words)
    assert all(one.is_grave for one in page.warnings)
    assert "パソコンの時計が" in " ".join(act.sentence for act in page.office_acts)


def test_sums_that_are_not_those_of_the_cases_are_noticed(book, sample, tmp_path):
    sample.ordinary(2)
    with contextlib.closing(sqlite3.connect(tmp_path / "sessionlog.sqlite3")) as other, other:
        other.execute("UPDATE case_sum SET cases = cases + 1 WHERE dimension = 'all'")
    (warning,) = book.day(DAY).warnings
    assert "合っていません" in warning.words
    assert warning.is_grave


def test_a_day_is_closed_and_what_comes_later_is_told(book, sample, log, clock):
    number = sample.case()
    assert book.day(DAY).close is None
    made = close(log, DAY, clock())
    page = book.day(DAY)
    assert page.close == made
    assert page.warnings == ()
    book.approve_all([number])
    assert [one.words for one in book.day(DAY).warnings] == ["締めた後に記録の加わった受付が 1 件あります。"]


def test_earlier_days_that_nobody_closed(book, log, clock):
    days = [DAY - dt.timedelta(days=back) for back in (4, 3, 2, 1, 0)]
    for day in days:
        SampleDay(log, day).ordinary(1)
    assert book.day(DAY).unclosed_days == tuple(days[:4])
    close(log, days[1], clock())
    page = book.day(DAY)
    assert page.unclosed_days == tuple(days[2:4])
    assert "締めていない日があります: 11月18日、11月19日。" in [one.words for one in page.warnings]
    assert book.day(days[0]).close is not None  # covered by the close of the next day


def test_the_days_and_their_state(book, log, clock):
    days = [DAY - dt.timedelta(days=back) for back in (3, 2, 1, 0)]
    numbers = [SampleDay(log, day).ordinary(2) for day in days]
    close(log, days[0], clock())
    book.approve_all(numbers[1])
    book.approve_all(numbers[2][:1])
    book.judge(ReviewKind.SEND_BACK, numbers[3][0], "wrong_form")
    states = book.days(days[0], days[-1])
    assert [(one.day, one.words) for one in states] == [
        (days[3], "差戻し"),
        (days[2], "未確認"),
        (days[1], "確認済"),
        (days[0], "締め済"),
    ]
    assert [one.cases for one in states] == [2, 2, 2, 2]


def looks(log, kind=K.LOG_VIEWED):
    return [link.to_entry() for link in log.links() if link.kind == kind.value]


def test_a_look_is_logged_once_and_again_after_a_while(book, sample, log, clock):
    sample.ordinary(1)
    for _ in range(3):
        book.day(DAY, LookPurpose.AUDIT)
    (look,) = looks(log)
    assert (look.on, look.purpose, look.clerk, look.case_number) == (DAY, ("audit",), SUPERVISOR, None)
    book.day(DAY, LookPurpose.WORK)
    book.day(DAY - dt.timedelta(days=1), LookPurpose.AUDIT)
    assert len(looks(log)) == 3
    clock.pass_by(minutes=16)
    book.day(DAY, LookPurpose.AUDIT)
    assert len(looks(log)) == 4


def test_who_may_not_sees_nothing_and_is_not_logged(book, sample, log, guard):
    (number,) = sample.ordinary(1)
    guard.role = Role.ADMINISTRATOR
    with pytest.raises(NotAllowedError):
        book.timeline(number, LookPurpose.AUDIT)
    assert guard.asked[-1] == (Act.VIEW_TIMELINE, None)
    assert looks(log) == []
    assert book.day(DAY).figures.cases == 1  # this they may

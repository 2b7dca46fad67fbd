"""Approve, send back, comment: phrases by id, each judgement in the chain."""

import dataclasses
import datetime as dt

import pytest

from kakanai.daybook.daybook import Daybook
from kakanai.daybook.errors import ReviewRefusedError, UnknownLoggedCaseError, UnknownPhraseError
from kakanai.daybook.look_purpose import LookPurpose
from kakanai.daybook.review_phrases import ReviewKind, load_phrases
from kakanai.sessionlog.case_number import CaseNumber, ClerkId
from kakanai.sessionlog.entry import LogEntry
from kakanai.sessionlog.words import EntryKind as K
from kakanai.sessionlog.words import Review
from kakanai.staff.act import Act
from kakanai.staff.errors import NotAllowedError
from kakanai.staff.role import Role
from tests.daybook.conftest import SHELF
from tests.daybook.sample_day import DAY, UNFINISHED


def last(log):
    return log.link(log.head().seq).to_entry()


def test_a_case_is_approved_up_to_what_was_read(book, sample, log, guard):
    number = sample.case()
    read = log.case(number).last_seq
    book.judge(ReviewKind.APPROVE, number)
    entry = last(log)
    assert (entry.kind, entry.case_number, entry.ref, entry.names) == (K.CASE_APPROVED, number, read, ())
    assert guard.asked[-1] == (Act.APPROVE, "1024")  # whose case it is, for the rule of four eyes
    assert log.case(number).review is Review.APPROVED
    assert book.day(DAY).figures.approved == 1


def test_an_approved_case_is_not_approved_again(book, sample):
    number = sample.case()
    book.judge(ReviewKind.APPROVE, number)
    with pytest.raises(ReviewRefusedError) as caught:
        book.judge(ReviewKind.APPROVE, number)
    assert caught.value.details["reason"] == "approved"


def test_paper_that_comes_after_an_approval_is_looked_at_again(book, sample, log):
    number = sample.case()
    book.judge(ReviewKind.APPROVE, number)
    forms = log.case(number).forms
    at = sample.at + dt.timedelta(hours=1)
    log.append(LogEntry(K.PRINT_RELEASED, number, ClerkId("1024"), at, forms=forms))
    assert log.case(number).review is Review.NONE
    assert book.day(DAY).figures.unreviewed == 1
    book.judge(ReviewKind.APPROVE, number, "reprint_agreed")
    assert log.case(number).review is Review.APPROVED


def test_sending_back_takes_a_phrase_and_nothing_else(book, sample, log):
    number = sample.case()
    before = log.head()
    for phrase in ("", "黒桐さんの件", "checked"):
        with pytest.raises(UnknownPhraseError) as caught:
            book.judge(ReviewKind.SEND_BACK, number, phrase)
        assert "黒桐" not in str(caught.value)
    assert log.head() == before
    book.judge(ReviewKind.SEND_BACK, number, "identity_missing")
    assert last(log).names == ("review.identity_missing",)
    assert log.case(number).review is Review.SENT_BACK
    (_, told) = book.timeline(number, LookPurpose.DAILY_REVIEW).acts[-2:]
    assert (told.sentence, told.details) == ("責任者が差し戻しました。", ("本人確認の記録が足りない",))


def test_a_comment_leaves_the_judgement(book, sample, log):
    number = sample.case()
    book.judge(ReviewKind.APPROVE, number, "checked")
    book.judge(ReviewKind.COMMENT, number, "taught")
    line = log.case(number)
    assert (line.review, line.comments) == (Review.APPROVED, 1)


def test_all_are_approved_or_none(book, sample, log):
    numbers = sample.ordinary(3)
    unfinished = sample.case(UNFINISHED)
    with pytest.raises(ReviewRefusedError) as caught:
        book.approve_all([*numbers, unfinished])
    assert caught.value.details["reason"] == "open"
    assert [log.case(number).review for number in numbers] == [Review.NONE] * 3
    assert book.approve_all([*numbers, numbers[0]], "checked") == 3
    assert [log.case(number).review for number in numbers] == [Review.APPROVED] * 3


def test_a_case_that_is_none(book):
    with pytest.raises(UnknownLoggedCaseError):
        book.judge(ReviewKind.APPROVE, CaseNumber("R8-1120-0999"))


def test_a_clerk_judges_nothing(book, sample, log, guard):
    number = sample.case()
    before = log.head()
    guard.role = Role.CLERK
    for kind in ReviewKind:
        with pytest.raises(NotAllowedError):
            book.judge(kind, number, "taught")
    with pytest.raises(NotAllowedError):
        book.approve_all([number])
    assert log.head() == before


def test_a_towns_phrase_is_known_by_its_own_words(log, sample, town, titles, guard, clock):
    number = sample.case()
    own = dataclasses.replace(town, review_phrases=("係で話し合った", "課長に見せた"))
    book = Daybook(log, own, titles, guard, clock, SHELF)
    book.judge(ReviewKind.COMMENT, number, "係で話し合った")
    changed = dataclasses.replace(town, review_phrases=("課長に見せた", "別のことば"))
    later = Daybook(log, changed, titles, guard, clock, SHELF)
    (told,) = later.timeline(number, LookPurpose.AUDIT).acts[-1].details
    assert "今の設定にない言い回し" in told  # not another phrase that took its place
    (told,) = [
        act.details for act in book.timeline(number, LookPurpose.AUDIT).acts if act.kind == K.CASE_COMMENTED
    ]
    assert told == ("係で話し合った",)


def test_every_phrase_fits_the_log(book):
    phrases = load_phrases(["係で話し合った"])
    for kind in ReviewKind:
        known = phrases.of(kind)
        assert known
        assert all(phrases.chosen(kind, one.words) is one for one in known)
        assert all(len(one.words) <= 40 for one in known)

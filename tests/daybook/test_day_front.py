"""The first sight of a day with very many cases says what the whole of it will say."""

import dataclasses
import datetime as dt

import pytest

from kakanai.daybook import day_front
from kakanai.daybook.review_phrases import ReviewKind
from kakanai.sessionlog.words import EntryKind as K
from kakanai.staff.errors import NotAllowedError
from tests.daybook.sample_day import DAY


def looks(log):
    return [link for link in log.links() if link.kind == K.LOG_VIEWED.value]


def test_a_day_of_few_cases_needs_none_and_that_is_no_look(book, sample, log):
    sample.ordinary(3)
    assert book.front(DAY) is None
    assert book.front(DAY - dt.timedelta(days=1)) is None
    assert looks(log) == []


def test_it_has_the_figures_of_the_whole_and_the_first_cases(book, sample, log, monkeypatch):
    monkeypatch.setattr(day_front, "_AT_ONCE", 5)
    monkeypatch.setattr(day_front, "_SHOWN", 4)
    numbers = sample.ordinary(8)
    sample.odd()
    book.judge(ReviewKind.APPROVE, numbers[0])
    front = book.front(DAY)
    whole = book.day(DAY)
    assert front.figures == dataclasses.replace(whole.figures, forms=None, off_hours=None)
    assert front.figures.approved == 1
    assert front.lines == whole.lines[:4]
    told = dict(front.figures.told())
    assert (told["様式"], told["時間外"], told["受付"]) == ("…", "…", "15件")
    assert len(looks(log)) == 1  # the whole day after it is the same look


def test_whoever_may_not_see_the_day_gets_none(book, guard, sample, log, monkeypatch):
    def refuse(act):
        raise NotAllowedError(act=act.label, role="")

    monkeypatch.setattr(day_front, "_AT_ONCE", 0)
    monkeypatch.setattr(guard, "require", refuse)
    sample.ordinary(1)
    with pytest.raises(NotAllowedError):
        book.front(DAY)
    assert looks(log) == []

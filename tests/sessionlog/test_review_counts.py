"""How many cases of each day have still to be looked at."""

import datetime as dt

from kakanai.sessionlog.case_number import CaseNumber
from kakanai.sessionlog.review_counts import review_counts
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.words import Review
from tests.sessionlog.acts import DAY, TEN, K, entry, walk


def test_each_day_by_what_was_said(place):
    with SessionLog.open(place) as log:
        for back in (2, 1, 0):
            day = DAY - dt.timedelta(days=back)
            for serial in (1, 2, 3):
                log.append_all(walk(CaseNumber.build(day, serial), TEN - dt.timedelta(days=back)))
        log.append(entry(K.CASE_APPROVED, CaseNumber.build(DAY, 1), TEN + dt.timedelta(hours=2)))
        log.append(entry(K.CASE_SENT_BACK, CaseNumber.build(DAY, 2), TEN + dt.timedelta(hours=2)))
        first = DAY - dt.timedelta(days=1)
        assert review_counts(log, first, DAY, Review.NONE) == {first: 3, DAY: 1}
        assert review_counts(log, first, DAY, Review.SENT_BACK) == {DAY: 1}
        assert review_counts(log, DAY, DAY, Review.APPROVED) == {DAY: 1}

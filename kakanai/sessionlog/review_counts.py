"""How many cases of each day a supervisor has still to look at; counted in an index, no case is read."""

import datetime as dt

from sqlalchemy import func, select

from kakanai.sessionlog.case_tables import CASE_LINE
from kakanai.sessionlog.log_reading import LogReading
from kakanai.sessionlog.words import Review


def review_counts(log: LogReading, first: dt.date, last: dt.date, review: Review) -> dict[dt.date, int]:
    """How many cases of each of these days stand so; days that have none are left out.

    Raises:
        LogStorageError: In one of its kinds.
    """
    query = (
        select(CASE_LINE.c.day, func.count())
        .where(CASE_LINE.c.review == review.value, CASE_LINE.c.day.between(first, last))
        .group_by(CASE_LINE.c.day)
    )
    with log.reading() as connection:
        return {day: count for day, count in connection.execute(query)}

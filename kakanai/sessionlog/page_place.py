"""Where a page of the log ends, and the query for what comes after it, in the order of an index."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Table, literal, select, tuple_


@dataclass(frozen=True)
class Place:
    """Where a page ends: the day of its last row and that row's place in the chain."""

    day: dt.date
    seq: int

    def is_before(self, other: "Place", *, newest_first: bool = False) -> bool:
        """Whether it comes before another place in the order of the pages."""
        here, there = (self.day, self.seq), (other.day, other.seq)
        return here > there if newest_first else here < there


def in_order(
    table: Table,
    seq: str,
    first: dt.date,
    last: dt.date,
    after: Place | None,
    *,
    newest_first: bool = False,
) -> Select[Any]:
    """Day and place of the rows of these days after that place, in the order of an index of the table."""
    day, place = table.c.day, table.c[seq]
    query = select(day, place.label("seq"))
    if after is None or not first <= after.day <= last:
        query = query.where(day.between(first, last))
    else:
        here, there = tuple_(day, place), tuple_(literal(after.day, day.type), literal(after.seq, place.type))
        # No second bound on that side: SQLite would begin at that one, and pass over all pages before.
        query = query.where(*(day >= first, here < there) if newest_first else (day <= last, here > there))
    return query.order_by(day.desc(), place.desc()) if newest_first else query.order_by(day, place)

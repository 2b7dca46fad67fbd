"""Which machine has which counter's number 窓口番号 on a server: none is had twice."""

import datetime as dt
from typing import Final

from sqlalchemy import Connection, func, insert, select, update

from kakanai.sessionlog.case_number import ClerkId
from kakanai.sessionlog.chain import time_text
from kakanai.sessionlog.entry import LogEntry
from kakanai.sessionlog.spool_place import serials_of
from kakanai.sessionlog.tables import COUNTER_PLACE, GIVEN_NUMBER
from kakanai.sessionlog.words import EntryKind
from kakanai.sessionlog.writing import Writing

NAME: Final = "counter.place"
"""What an entry of changed settings names when a counter's number came to a machine."""


def holder_there(connection: Connection, counter: int) -> str:
    """Who has this counter's number (spool_place.holder_of); "" while nobody has."""
    query = select(COUNTER_PLACE.c.machine).where(COUNTER_PLACE.c.number == counter)
    return connection.scalar(query) or ""


def put_holder(  # one argument for each thing that is told
    writing: Writing, counter: int, holder: str, staff: ClerkId, at: dt.datetime, codes: tuple[str, ...] = ()
) -> None:
    """Give a counter's number to a machine, whoever had it, and tell the chain."""
    values = {"machine": holder, "at": time_text(at)}
    put = update(COUNTER_PLACE).where(COUNTER_PLACE.c.number == counter).values(values)
    if writing.connection.execute(put).rowcount == 0:
        writing.connection.execute(insert(COUNTER_PLACE), {"number": counter, **values})
    told = LogEntry(
        EntryKind.SETTINGS_CHANGED, None, staff, at, codes=codes, names=(NAME,), counter=str(counter)
    )
    writing.append(told)


def last_given(connection: Connection, counter: int, day: dt.date) -> int | None:
    """The last serial of that day that the log has of those this counter gives without the server."""
    first, last = serials_of(counter)
    of_counter = (GIVEN_NUMBER.c.day == day, GIVEN_NUMBER.c.serial.between(first, last))
    given: int | None = connection.scalar(select(func.max(GIVEN_NUMBER.c.serial)).where(*of_counter))
    return given

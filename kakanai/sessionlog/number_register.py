"""The register of case numbers 受付番号 that were given out: none is given twice."""

import datetime as dt

from sqlalchemy import Connection, func, insert, select

from kakanai.sessionlog.case_number import CaseNumber
from kakanai.sessionlog.tables import GIVEN_NUMBER


def give_next(connection: Connection, day: dt.date, last_of_all: int) -> CaseNumber:
    """The next free number of the day, up to a serial; given when the caller's transaction stands.

    Raises:
        CaseNumberError: The clock is before 令和, or all numbers of the day are given.
    """
    of_day = (GIVEN_NUMBER.c.day == day, GIVEN_NUMBER.c.serial <= last_of_all)
    serial = (connection.scalar(select(func.max(GIVEN_NUMBER.c.serial)).where(*of_day)) or 0) + 1
    number = CaseNumber.build(day, serial if serial <= last_of_all else 0)
    give(connection, number)
    return number


def give(connection: Connection, number: CaseNumber) -> None:
    """Put a number that was given elsewhere into the register; one that is there breaks the table's key."""
    row = {"day": number.day, "serial": number.serial, "case_number": str(number)}
    connection.execute(insert(GIVEN_NUMBER), row)


def is_given(connection: Connection, number: CaseNumber) -> bool:
    """Whether the number was given out before."""
    of_number = (GIVEN_NUMBER.c.day == number.day, GIVEN_NUMBER.c.serial == number.serial)
    return connection.execute(select(GIVEN_NUMBER).where(*of_number)).first() is not None

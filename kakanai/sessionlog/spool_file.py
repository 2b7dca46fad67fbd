"""The spool's file: entries that wait for the server, and the case numbers given meanwhile.

Every entry is on disk, in a WAL written with FULL care, when `append` returns.
"""

import contextlib
import datetime as dt
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select, update

from kakanai.sessionlog.case_number import UNREGISTERED, CaseNumber
from kakanai.sessionlog.chain import time_of
from kakanai.sessionlog.entry import LogEntry
from kakanai.sessionlog.errors import CaseNumberError, LogDamagedError
from kakanai.sessionlog.spool_chain import Spooled, SpoolHead, require_whole
from kakanai.sessionlog.spool_errors import SpoolDamagedError
from kakanai.sessionlog.spool_tables import (
    SPOOL_FACT,
    SPOOL_GUARDS,
    SPOOL_METADATA,
    SPOOL_NUMBER,
    SPOOL_RELEASE,
    SPOOLED,
)
from kakanai.sessionlog.sqlite_file import SqliteFile
from kakanai.sessionlog.sqlite_schema import is_empty, is_whole
from kakanai.sessionlog.words import EntryKind

APPLICATION_ID: Final = 0x4B4B5350
"""ASCII "KKSP" in the file's header."""

_CLOCK_S: Final = 2
"""By this much the clock may be set right without a word, as in the log itself."""
_KEPT_DAYS: Final = 30
"""For so long it is known how often paper of a case was released; no draft lives longer."""


class SpoolFile:
    """The spool, opened; made with its folder, for this account alone, if it is not there.

    Several threads and programs may use it at once. Every method raises LogStorageError in one of its kinds,
    SpoolDamagedError when the file is not what we wrote.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._file = SqliteFile(path)
        except LogDamagedError as error:
            raise SpoolDamagedError(path=str(path)) from error
        try:
            with self._failures():
                self._prepare()
            self.require_whole()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file; what waits, waits."""
        self._file.engine.dispose()

    # --- facts --------------------------------------------------------------------------

    def fact(self, name: str) -> str:
        """A single fact; "" when it is not known."""
        with self._reading() as connection:
            return _fact(connection, name)

    def put_facts(self, **facts: str) -> None:
        """Put facts in place of what was known."""
        with self._writing() as connection:
            for name, value in facts.items():
                _put_fact(connection, name, value)

    # --- what waits ---------------------------------------------------------------------

    def waiting(self) -> int:
        """How many entries wait."""
        with self._reading() as connection:
            return _head(connection, "last").place - _head(connection, "first").place

    def append(self, entries: Iterable[LogEntry], unsure: tuple[int, str] | None = None) -> None:
        """Keep entries, all or none; `unsure` is the log's end if it has them after all."""
        with self._writing() as connection:
            for entry in entries:
                _append(connection, entry, unsure)

    def batch(self, most: int) -> list[Spooled]:
        """The first of those that wait, in their order, found to be as they were written."""
        query = select(SPOOLED).order_by(SPOOLED.c.place).limit(most)
        with self._reading() as connection:
            rows = [Spooled(*row) for row in connection.execute(query)]
            require_whole(_head(connection, "first"), rows)
            if len(rows) < most and (rows[-1].head if rows else None) != self._end(connection):
                raise ValueError("the spool's end is missing")
        return rows

    def settled(self) -> SpoolHead:
        """The place before the first that waits, or would wait."""
        with self._reading() as connection:
            return _head(connection, "first")

    def settle(self, head: SpoolHead, numbers: Mapping[CaseNumber, CaseNumber] | None = None) -> None:
        """What waits up to this place is in the log for sure, and goes; nothing when it is gone already.

        `numbers` are the new ones by those on the paper of cases that were renumbered; kept from now on.
        """
        with self._writing() as connection:
            # The log may purge it once; what is written over here does not come back then.
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
            for paper, number in (numbers or {}).items():
                _put_fact(connection, paper, number)
            if head.place > _head(connection, "first").place:
                _put_fact(connection, "first", head.text)
                connection.execute(delete(SPOOLED).where(SPOOLED.c.place <= head.place))

    def require_whole(self) -> None:
        """Nothing, when all that waits is as it was written.

        Raises:
            SpoolDamagedError: it is not.
            LogStorageError: in another of its kinds.
        """
        self.batch(self.waiting() + 1)

    # --- numbers ------------------------------------------------------------------------

    def give_number(self, day: dt.date, first: int, last: int, at: dt.datetime, counter: str) -> int | None:
        """The next serial of the day from `first` to `last`, kept as an entry too; None: all are given."""
        of_day = (SPOOL_NUMBER.c.day == day, SPOOL_NUMBER.c.serial.between(first, last))
        with self._writing() as connection:
            given = connection.scalar(select(func.max(SPOOL_NUMBER.c.serial)).where(*of_day))
            serial = first if given is None else given + 1
            if serial > last:
                return None
            number = CaseNumber.build(day, serial)
            connection.execute(insert(SPOOL_NUMBER), {"day": day, "serial": serial})
            entry = LogEntry(EntryKind.NUMBER_GIVEN, number, UNREGISTERED, at, counter=counter)
            _append(connection, entry, None)
        return serial

    def use_up(self, day: dt.date, serial: int) -> None:
        """This serial of the day, and those of its counter before it, are not given any more."""
        with self._writing() as connection:
            row = {"day": day, "serial": serial}
            of_row = (SPOOL_NUMBER.c.day == day, SPOOL_NUMBER.c.serial == serial)
            if connection.execute(select(SPOOL_NUMBER).where(*of_row)).first() is None:
                connection.execute(insert(SPOOL_NUMBER), row)

    def renumbered(self) -> dict[CaseNumber, CaseNumber]:
        """The number that a case has in the log, by the one that its paper bears, where the two differ."""
        query = select(SPOOL_FACT).where(SPOOL_FACT.c.name.op("GLOB")("R[0-9]*"))
        with self._reading() as connection:
            try:
                return {CaseNumber(name): CaseNumber(value) for name, value in connection.execute(query)}
            except CaseNumberError as error:
                raise ValueError("a renumbered case has no number") from error

    # --- releases -----------------------------------------------------------------------

    def note_release(self, case: CaseNumber, day: dt.date) -> None:
        """Count that this machine sets out to release paper of a case."""
        of_case = SPOOL_RELEASE.c.case_number == str(case)
        once_more = update(SPOOL_RELEASE).where(of_case).values(releases=SPOOL_RELEASE.c.releases + 1)
        long_ago = day - dt.timedelta(days=_KEPT_DAYS)
        with self._writing() as connection:
            connection.execute(delete(SPOOL_RELEASE).where(SPOOL_RELEASE.c.day < long_ago))
            if connection.execute(once_more).rowcount == 0:
                row = {"case_number": str(case), "day": day, "releases": 1}
                connection.execute(insert(SPOOL_RELEASE), row)

    def releases(self, case: CaseNumber) -> int:
        """How often this machine set out to release paper of a case."""
        query = select(SPOOL_RELEASE.c.releases).where(SPOOL_RELEASE.c.case_number == str(case))
        with self._reading() as connection:
            return connection.scalar(query) or 0

    def waiting_of(self, case: CaseNumber, kind: EntryKind) -> int:
        """How many entries of that kind wait of a case."""
        of_case = (SPOOLED.c.case_number == str(case), SPOOLED.c.kind == kind.value)
        with self._reading() as connection:
            return connection.scalar(select(func.count()).select_from(SPOOLED).where(*of_case)) or 0

    # --- inside -------------------------------------------------------------------------

    def _prepare(self) -> None:
        with self._file.reading() as connection:
            is_new = is_empty(connection)
        if is_new:
            self._file.use_wal()
            with self._file.writing() as connection:
                # Another program may have made it while we waited for the lock.
                if is_empty(connection):
                    _make(connection)
            self._file.sync_folder()
        with self._file.reading() as connection:
            mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
            told = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
            if (mark, told) != (APPLICATION_ID, "ok"):
                raise LogDamagedError(path=str(self.path))
            if not is_whole(connection, SPOOL_METADATA.sorted_tables, SPOOL_GUARDS):
                raise LogDamagedError(path=str(self.path))

    def _end(self, connection: Connection) -> SpoolHead | None:
        last = _head(connection, "last")
        return None if last == _head(connection, "first") else last

    @contextlib.contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            with self._file.failures():
                yield
        except (LogDamagedError, ValueError) as error:
            raise SpoolDamagedError(path=str(self.path)) from error

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._failures(), self._file.reading() as connection:
            yield connection

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._failures(), self._file.writing() as connection:
            yield connection


def _make(connection: Connection) -> None:
    SPOOL_METADATA.create_all(connection)
    for statement in SPOOL_GUARDS.values():
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    for name in ("first", "last"):
        _put_fact(connection, name, SpoolHead().text)
    _put_fact(connection, "id", secrets.token_hex(16))


def _append(connection: Connection, entry: LogEntry, unsure: tuple[int, str] | None) -> None:
    """Keep one entry; where the clock was set back since the last one, an entry that says so comes first."""
    last = connection.scalar(select(SPOOLED.c.at).order_by(SPOOLED.c.place.desc()).limit(1))
    back = 0 if last is None else int((time_of(last) - entry.at).total_seconds())
    if back > _CLOCK_S:
        counts = {"seconds": min(back, 999_999_999)}
        told = LogEntry(
            EntryKind.CLOCK_SET_BACK, None, entry.clerk, entry.at, counter=entry.counter, counts=counts
        )
        _insert(connection, told, None)
    _insert(connection, entry, unsure)


def _insert(connection: Connection, entry: LogEntry, unsure: tuple[int, str] | None) -> None:
    row = Spooled.after(_head(connection, "last"), entry, unsure)
    connection.execute(insert(SPOOLED), asdict(row))
    _put_fact(connection, "last", row.head.text)


def _head(connection: Connection, name: str) -> SpoolHead:
    return SpoolHead.parse(_fact(connection, name))


def _fact(connection: Connection, name: str) -> str:
    return connection.scalar(select(SPOOL_FACT.c.value).where(SPOOL_FACT.c.name == name)) or ""


def _put_fact(connection: Connection, name: str, value: str) -> None:
    put = update(SPOOL_FACT).where(SPOOL_FACT.c.name == name).values(value=value)
    if connection.execute(put).rowcount == 0:
        connection.execute(insert(SPOOL_FACT), {"name": name, "value": value})

"""The session log 操作ログ: give numbers, write entries into the chain, tell a day."""

import contextlib
import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from sqlalchemy import func, insert, select

from kakanai.sessionlog.case_number import CaseNumber
from kakanai.sessionlog.chain import Head
from kakanai.sessionlog.database import Database
from kakanai.sessionlog.database_url import DatabaseUrl
from kakanai.sessionlog.derived import rebuild
from kakanai.sessionlog.entry import LogEntry
from kakanai.sessionlog.errors import (
    CommitUnansweredError,
    LogConnectionLostError,
    LogDamagedError,
    LogStorageError,
)
from kakanai.sessionlog.log_searching import LogSearching
from kakanai.sessionlog.settings_change import SettingsChange
from kakanai.sessionlog.sqlite_opening import open_file
from kakanai.sessionlog.tables import GIVEN_NUMBER
from kakanai.sessionlog.writing import Writing

_LAST_GIVEN: Final = select(func.max(GIVEN_NUMBER.c.serial))


class SessionLog(LogSearching):
    """An open session log; may be used from any thread, and beside other processes on the same database.

    `after_commit` are called with the chain's end after each commit that moved it; they must not raise.
    """

    def __init__(self, database: Database, target: Path | DatabaseUrl) -> None:
        super().__init__(database)
        self.target = target
        self.after_commit: list[Callable[[Head], None]] = []
        self._last_own = ""

    @classmethod
    def open(cls, target: Path | DatabaseUrl, *, password: Callable[[], str | None] | None = None) -> Self:
        """The log in a SQLite file, made with its folder if it is not there, or on a PostgreSQL server.

        Args:
            target: The file, or the server's address.
            password: Asked for the server's password at each new connection; None leaves it to libpq.

        Raises:
            LogStorageError: In one of its kinds; what was there is left as it was.
        """
        if isinstance(target, DatabaseUrl):
            # The driver takes a moment to load, and few halls need it.
            from kakanai.sessionlog.postgres_server import open_server

            return cls(open_server(target, password), target)
        return cls(open_file(target), target)

    def close(self) -> None:
        """Let go of the database; nothing is pending, every entry was on disk when `append` returned."""
        self._database.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def next_case_number(self, today: dt.date) -> CaseNumber:
        """The next free case number 受付番号 of the day, on disk as given: nobody gets it again.

        Raises:
            CaseNumberError: The clock is before 令和, or all numbers of the day are given; none was used up.
            LogStorageError: In one of its kinds; none was used up.
        """
        last_of_all = self._database.last_serial
        with self._database.failures(), self._database.writing() as connection:
            of_day = (GIVEN_NUMBER.c.day == today, GIVEN_NUMBER.c.serial <= last_of_all)
            serial = (connection.scalar(_LAST_GIVEN.where(*of_day)) or 0) + 1
            number = CaseNumber.build(today, serial if serial <= last_of_all else 0)
            row = {"day": today, "serial": serial, "case_number": str(number)}
            connection.execute(insert(GIVEN_NUMBER), row)
        return number

    @contextlib.contextmanager
    def writing(self) -> Iterator[Writing]:
        """One transaction under the chain's lock: what is written in it is on disk when the block ends.

        Raises:
            LogStorageError: In one of its kinds; nothing was written, whatever was appended before.
        """
        head = None
        try:
            asked = time.monotonic()
            with self._failures(), self._database.writing() as connection:
                writing = Writing(
                    connection,
                    last_own=self._last_own,
                    has_one_clock=self._database.has_one_clock,
                    waited_s=time.monotonic() - asked,
                )
                before = writing.head
                yield writing
                head = writing.head if writing.head != before else None
        except CommitUnansweredError as error:
            self._settle(head, error)
        if head is not None:
            self._last_own = writing.last_own
            for tell in self.after_commit:
                tell(head)

    def _settle(self, head: Head | None, error: CommitUnansweredError) -> None:
        """The answer to a commit was lost: nothing when the chain has the end that it was to get."""
        try:
            is_there = head is not None and self.holds(head.seq, head.hash)
        except LogStorageError:
            unsure = None if head is None else (head.seq, head.hash)
            raise LogConnectionLostError(path=self._database.name, unsure=unsure) from error
        if not is_there:
            raise LogConnectionLostError(path=self._database.name) from error

    def append(self, entry: LogEntry) -> int:
        """Write one entry; it is on disk when this returns. Its place in the chain.

        Raises:
            LogStorageError: In one of its kinds; nothing of this entry was written.
        """
        with self.writing() as writing:
            return writing.append(entry)

    def append_all(self, entries: Iterable[LogEntry]) -> list[int]:
        """Write entries one after the other, all or none of them; their places.

        Raises:
            LogStorageError: In one of its kinds; none was written.
        """
        with self.writing() as writing:
            return [writing.append(entry) for entry in entries]

    def note_settings_change(self, change: SettingsChange) -> int:
        """Write that settings were changed; it is on disk when this returns.

        Raises:
            LogStorageError: In one of its kinds; nothing was written.
        """
        return self.append(change.to_entry())

    def check(self) -> None:
        """Look through the whole database; takes as long as reading it.

        Raises:
            LogDamagedError: Something in it is broken; nothing was changed.
            LogStorageError: In another of its kinds.
        """
        with self._failures(), self._database.reading() as connection:
            if self._database.damage(connection):
                raise LogDamagedError(path=self._database.name)

    def rebuild_derived(self) -> int:
        """Make anew what is told of the chain case by case; how many cases there are.

        Raises:
            LogDamagedError: The chain holds what another program wrote; nothing was changed.
            LogStorageError: In another of its kinds; nothing was changed.
        """
        with self._failures(), self._database.writing() as connection:
            return rebuild(connection)

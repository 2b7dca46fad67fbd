"""The session log 操作ログ: give numbers, write entries into the chain, tell a day."""

import contextlib
import dataclasses
import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from kakanai.errors import KakanaiError
from kakanai.sessionlog.case_number import CaseNumber
from kakanai.sessionlog.chain import Head
from kakanai.sessionlog.database import Database
from kakanai.sessionlog.derived_anew import rebuild
from kakanai.sessionlog.entry import LogEntry
from kakanai.sessionlog.errors import (
    CommitUnansweredError,
    LogConnectionLostError,
    LogDamagedError,
    LogStorageError,
)
from kakanai.sessionlog.log_reading import is_held
from kakanai.sessionlog.log_searching import LogSearching
from kakanai.sessionlog.number_register import give_next
from kakanai.sessionlog.settings_change import SettingsChange
from kakanai.sessionlog.spool_place import SpoolPlace
from kakanai.sessionlog.spool_state import KeepsEntries, LinkState
from kakanai.sessionlog.sqlite_opening import open_file
from kakanai.sessionlog.words import EntryKind
from kakanai.sessionlog.writing import Writing
from kakanai.settings.database_url import DatabaseUrl


class SessionLog(LogSearching):
    """An open session log; may be used from any thread, and beside other processes on the same database.

    `after_commit` are called with the chain's end after each commit that moved it; they must not raise.
    Entries that name no counter 窓口 get the number `counter` of this PC; "" where it has none.
    """

    def __init__(self, database: Database, target: Path | DatabaseUrl, counter: str = "") -> None:
        super().__init__(database)
        self.target = target
        self.after_commit: list[Callable[[Head], None]] = []
        self.counter = counter
        self._last_own = ""
        self._spool: KeepsEntries | None = None
        self._trouble: KakanaiError | None = None

    @classmethod
    def open(
        cls,
        target: Path | DatabaseUrl,
        *,
        password: Callable[[], str | None] | None = None,
        counter: str = "",
        spool: SpoolPlace | None = None,
    ) -> Self:
        """The log in a SQLite file, made with its folder if it is not there, or on a PostgreSQL server.

        With a spool 預かり and a counter's number, a server that is out of reach, also later, keeps nobody at
        the counter waiting; without, and in a file, there is none.

        Args:
            target: The file, or the server's address.
            password: Asked for the server's password at each new connection; None leaves it to libpq.
            counter: The number of this PC's counter 窓口, 1 to 99; "" where it has none.
            spool: Where this counter's entries wait while the server is out of reach.

        Raises:
            CounterTakenError: Another machine has the counter's number on this server.
            SpoolForeignError: Entries wait in the spool for another server or counter.
            LogStorageError: In another of its kinds; what was there is left as it was.
        """
        if not isinstance(target, DatabaseUrl):
            return cls(open_file(target), target, counter)
        # The driver takes a moment to load, and few halls need it.
        from kakanai.sessionlog.postgres_server import PostgresServer, open_server

        if spool is None or not counter:
            return cls(open_server(target, password), target, counter)
        from kakanai.sessionlog.spool_opening import open_link

        opened = open_link(PostgresServer(target, password), spool, int(counter))
        log = cls(opened.link, target, counter)
        try:
            log._spool = opened.spool(log.writing, log.reading)
            log._trouble = opened.trouble
        except BaseException:
            log.close()
            raise
        return log

    def close(self) -> None:
        """Let go of the database; nothing is pending, every entry was on disk when `append` returned."""
        if self._spool is not None:
            self._spool.close()
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
        return (
            self._next_number(today)
            if self._spool is None
            else self._spool.next_number(today, self._next_number)
        )

    def _next_number(self, today: dt.date) -> CaseNumber:
        with self._database.failures(), self._database.writing() as connection:
            if self._spool is not None:
                self._spool.look(connection, at_once=True)
            return self.give_number(connection, today)

    def give_number(self, connection: Connection, day: dt.date) -> CaseNumber:
        """As `next_case_number`, in a transaction of the caller's; for kakanai.sessionlog alone."""
        return give_next(connection, day, self._database.last_serial)

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
                    counter=self.counter,
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

    @contextlib.contextmanager
    def outside(self) -> Iterator[Connection]:
        """A connection of a server outside of any transaction, where each statement stands by itself.

        No transaction is left open beside it: a server ends one in which nothing is asked for a minute.

        Raises:
            LogStorageError: In one of its kinds.
        """
        with self._failures(), self._database.engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")

    def _settle(self, head: Head | None, error: CommitUnansweredError) -> None:
        """The answer to a commit was lost: nothing when the chain has the end that it was to get."""
        try:
            # With the chain's lock: a transaction that is still being committed would hold it.
            with self._failures(), self._database.writing() as connection:
                is_there = head is not None and is_held(connection, head.seq, head.hash)
        except LogStorageError:
            unsure = None if head is None else (head.seq, head.hash)
            raise LogConnectionLostError(path=self._database.name, unsure=unsure) from error
        if not is_there:
            raise LogConnectionLostError(path=self._database.name) from error

    def append(self, entry: LogEntry) -> int:
        """Write one entry, on disk when this returns. Its place in the chain; 0 while it waits in the spool.

        Raises:
            LogStorageError: In one of its kinds; nothing of this entry was written.
        """
        return self.append_all([entry])[0]

    def append_all(self, entries: Iterable[LogEntry]) -> list[int]:
        """Write entries one after the other, all or none of them; their places, as of `append`.

        Raises:
            LogStorageError: In one of its kinds; none was written.
        """
        if self._spool is None:
            return self._write(list(entries))
        of_counter = [e if e.counter else dataclasses.replace(e, counter=self.counter) for e in entries]
        return self._spool.append(of_counter, self._write)

    def _write(self, entries: list[LogEntry]) -> list[int]:
        with self.writing() as writing:
            if self._spool is not None:
                self._spool.look(writing.connection)
            return [writing.append(entry) for entry in entries]

    def note_settings_change(self, change: SettingsChange) -> int:
        """Write that settings were changed; it is on disk when this returns.

        Raises:
            LogStorageError: In one of its kinds; nothing was written.
        """
        return self.append(change.to_entry())

    def filed_under(self, case: CaseNumber) -> CaseNumber:
        """The number that a case of this counter has in the log; its own, unless that was given twice.

        Raises:
            LogStorageError: In one of its kinds.
        """
        return case if self._spool is None else self._spool.filed_under(case)

    def count_of(self, case: CaseNumber, kind: EntryKind) -> int:
        """How many entries of that kind a case has; for released paper, as far as it is known here."""
        if self._spool is None:
            return super().count_of(case, kind)
        filed = self.filed_under(case)
        if kind is not EntryKind.PRINT_RELEASED:
            return super().count_of(filed, kind)
        return self._spool.releases(case, lambda: super(SessionLog, self).count_of(filed, kind))

    @property
    def has_spool(self) -> bool:
        """Whether work at the counter goes on when the server is out of reach."""
        return self._spool is not None

    def link_state(self) -> LinkState:
        """How it stands with the server and what waits for it; quick, for the network is not asked."""
        return LinkState(trouble=self._trouble) if self._spool is None else self._spool.state()

    def when_connected(self, callback: Callable[[], object]) -> None:
        """Call it now, or in another thread once the server is there; its KakanaiError is in `link_state`."""
        if self._spool is None:
            callback()
        else:
            self._spool.when_connected(callback)

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

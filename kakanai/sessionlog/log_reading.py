"""What can be read of an open session log; nothing here changes anything."""

import contextlib
import datetime as dt
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, func, select

from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.case_number import CaseNumber
from kakanai.sessionlog.case_sums import Dimension
from kakanai.sessionlog.case_tables import CASE_LINE, CASE_SUM
from kakanai.sessionlog.chain import Head, Link
from kakanai.sessionlog.database import Database
from kakanai.sessionlog.derived_anew import differing
from kakanai.sessionlog.entry import DayEntry
from kakanai.sessionlog.errors import ForeignRowError, LogDamagedError
from kakanai.sessionlog.page_place import Place
from kakanai.sessionlog.search_queries import find_acts
from kakanai.sessionlog.settings_change import SettingsChange
from kakanai.sessionlog.tables import ENTRY
from kakanai.sessionlog.words import EntryKind
from kakanai.sessionlog.writing import head_of

_BATCH: Final = 1000


class LogReading:
    """The reading half of a SessionLog."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def backend(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._database.engine.dialect.name

    @property
    def place(self) -> str:
        """The file, or the server's address without the user, for messages."""
        return self._database.name

    @contextlib.contextmanager
    def _failures(self) -> Iterator[None]:
        """As the database's own; and what only another program can have written is damage."""
        try:
            with self._database.failures():
                yield
        except ForeignRowError as error:
            raise LogDamagedError(path=self._database.name) from error

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """One moment of the database; for kakanai.sessionlog's own queries.

        Raises:
            LogStorageError: In one of its kinds.
        """
        with self._failures(), self._database.reading() as connection:
            yield connection

    def head(self) -> Head | None:
        """The end of the chain; None while it is empty."""
        with self.reading() as connection:
            return head_of(connection)

    def link(self, seq: int) -> Link | None:
        """The entry in that place of the chain; None when there is none."""
        with self.reading() as connection:
            row = connection.execute(select(ENTRY).where(ENTRY.c.seq == seq)).one_or_none()
        return None if row is None else Link(*row)

    def holds(self, seq: int, hash_: str) -> bool:
        """Whether the entry in that place of the chain has that hash."""
        with self.reading() as connection:
            return is_held(connection, seq, hash_)

    def links(self, first_seq: int = 1, last_seq: int | None = None) -> Iterator[Link]:
        """The entries of a part of the chain, in its order; a few at a time are in memory.

        An entry that is written meanwhile may come too; none is left out, and no program is kept waiting.
        """
        after = first_seq - 1
        while True:
            query = select(ENTRY).where(ENTRY.c.seq > after).order_by(ENTRY.c.seq).limit(_BATCH)
            if last_seq is not None:
                query = query.where(ENTRY.c.seq <= last_seq)
            with self.reading() as connection:
                links = [Link(*row) for row in connection.execute(query)]
            yield from links
            if len(links) < _BATCH:
                return
            after = links[-1].seq

    def day(self, day: dt.date) -> list[DayEntry]:
        """The cases whose first entry is of `day` (Japan time), in the order they were opened.

        Raises:
            LogDamagedError: Also when a row is none of ours.
            LogStorageError: In another of its kinds.
        """
        query = select(CASE_LINE).where(CASE_LINE.c.day == day).order_by(CASE_LINE.c.case_seq)
        with self.reading() as connection:
            return [CaseLine.from_row(row).to_day_entry() for row in connection.execute(query).all()]

    def timeline(self, case: CaseNumber) -> list[Link]:
        """All entries of a case in their order, also those of looking at it and reviewing it."""
        query = select(ENTRY).where(ENTRY.c.case_number == str(case)).order_by(ENTRY.c.seq)
        with self.reading() as connection:
            return [Link(*row) for row in connection.execute(query)]

    def renumbered(self, case: CaseNumber) -> list[CaseNumber]:
        """Other cases whose paper bears this number: it was given twice, and theirs was changed.

        Raises:
            LogDamagedError: Also when a row is none of ours.
            LogStorageError: In another of its kinds.
        """
        of_case = (ENTRY.c.case_number == str(case), ENTRY.c.kind == EntryKind.NUMBER_DOUBLED.value)
        with self.reading() as connection:
            rows = connection.execute(select(ENTRY).where(*of_case).order_by(ENTRY.c.seq)).all()
            places = [Link(*row).to_entry().ref for row in rows]
            found = select(ENTRY.c.case_number).where(ENTRY.c.seq.in_(places)).order_by(ENTRY.c.seq)
            return [CaseNumber(number) for number in connection.scalars(found)]

    def count_of(self, case: CaseNumber, kind: EntryKind) -> int:
        """How many entries of that kind a case has."""
        of_case = (ENTRY.c.case_number == str(case), ENTRY.c.kind == kind.value)
        with self.reading() as connection:
            return connection.scalar(select(func.count()).select_from(ENTRY).where(*of_case)) or 0

    def procedure_counts(self, since: dt.date) -> dict[str, int]:
        """How many cases from that day on came for each procedure 手続, by id; not what was taken back."""
        query = (
            select(CASE_SUM.c.member, func.sum(CASE_SUM.c.cases))
            .where(CASE_SUM.c.dimension == Dimension.PROCEDURE.value, CASE_SUM.c.day >= since)
            .group_by(CASE_SUM.c.member)
        )
        with self.reading() as connection:
            return {name: int(count) for name, count in connection.execute(query)}

    def settings_changes(self, day: dt.date) -> list[SettingsChange]:
        """The changes of settings on `day` (Japan time), first to last.

        Raises:
            LogDamagedError: Also when a row is none of ours.
            LogStorageError: In another of its kinds.
        """
        links: list[Link] = []
        after: Place | None = None
        with self.reading() as connection:
            while True:
                page = find_acts(
                    connection, day, day, kinds=[EntryKind.SETTINGS_CHANGED], without_case=True, after=after
                )
                links += page.links
                after = page.next
                if after is None:
                    break
            told = [link.to_entry() for link in links if link.body is not None]
        return [SettingsChange(entry.clerk, entry.at, entry.names) for entry in told if entry.names]

    def compare_derived(self) -> list[str]:
        """The names of the tables that do not tell what the chain tells; takes as long as reading both."""
        with self.reading() as connection:
            return differing(connection)


def is_held(connection: Connection, seq: int, hash_: str) -> bool:
    """Whether the entry in that place of the chain has that hash."""
    return connection.scalar(select(ENTRY.c.hash).where(ENTRY.c.seq == seq)) == hash_

"""The session log 操作ログ on disk: give numbers, append, tell a day."""

import datetime as dt
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from kakanai.errors import KakanaiError
from kakanai.sessionlog.day import fold_case
from kakanai.sessionlog.entry import JST, CaseNumber, ClerkId, DayEntry, EntryKind, FormRecord, LogEntry
from kakanai.sessionlog.errors import LogDamagedError
from kakanai.sessionlog.settings_change import SettingsChange
from kakanai.sessionlog.sqlite_file import open_engine, storage_failures
from kakanai.sessionlog.sqlite_schema import damage, has_foreign_times, is_whole
from kakanai.sessionlog.tables import (
    CodeRow,
    EntryRow,
    FormRow,
    GivenNumberRow,
    ProcedureRow,
    SettingNameRow,
    SettingsChangeRow,
)


class SessionLog:
    """An open session log; may be used from any thread, and beside other processes on the same file."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._writing = engine.execution_options(begin="IMMEDIATE")
        self._path = path

    @classmethod
    def open(cls, path: Path) -> Self:
        """The log in the file `path`, which is made with its folder if it is not there.

        Raises:
            LogStorageError: In one of its kinds; an existing file is left as it was.
        """
        return cls(open_engine(path), path)

    def close(self) -> None:
        """Let go of the file; nothing is pending, every entry was on disk when `append` returned."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def next_case_number(self, today: dt.date) -> CaseNumber:
        """The next free case number 受付番号 of the day, on disk as given: nobody gets it again.

        Raises:
            CaseNumberError: The clock is before 令和, or 9999 numbers are given; none was used up.
            LogStorageError: In one of its kinds; none was used up.
        """
        with storage_failures(self._path), Session(self._writing) as session, session.begin():
            last = session.scalar(select(func.max(GivenNumberRow.serial)).where(GivenNumberRow.day == today))
            serial = (last or 0) + 1
            number = CaseNumber.build(today, serial)
            session.add(GivenNumberRow(day=today, serial=serial, case_number=str(number)))
        return number

    def append(self, entry: LogEntry) -> None:
        """Write one entry; it is on disk when this returns.

        Raises:
            LogStorageError: In one of its kinds; nothing of this entry was written.
        """
        with storage_failures(self._path), Session(self._writing) as session, session.begin():
            session.add(_row_of(entry))

    def day(self, day: dt.date) -> list[DayEntry]:
        """The cases whose first entry is of `day` (Japan time), in the order they were opened.

        Raises:
            LogDamagedError: Also when an entry of any day has no readable time, for it may be of this day.
            LogStorageError: In another of its kinds.
        """
        start = dt.datetime.combine(day, dt.time(), tzinfo=JST)
        opened = (
            select(EntryRow.case_number)
            .group_by(EntryRow.case_number)
            .having(func.min(EntryRow.at) >= start, func.min(EntryRow.at) < start + dt.timedelta(days=1))
        )
        query = select(EntryRow).where(EntryRow.case_number.in_(opened)).order_by(EntryRow.id)
        cases: dict[str, list[LogEntry]] = {}
        with storage_failures(self._path), Session(self._engine) as session:
            if has_foreign_times(session.connection()):
                # Its case would be missing from every day in silence.
                raise LogDamagedError(path=str(self._path))
            try:
                rows = session.scalars(query).all()
            except ValueError as error:
                # A time of our form in no calendar, such as 30 February.
                raise LogDamagedError(path=str(self._path)) from error
            for row in rows:
                cases.setdefault(row.case_number, []).append(self._entry_of(row))
        return [fold_case(entries) for entries in cases.values()]

    def count_of(self, case: CaseNumber, kind: EntryKind) -> int:
        """How many entries of that kind a case has.

        Raises:
            LogStorageError: In one of its kinds.
        """
        query = select(func.count()).where(EntryRow.case_number == str(case), EntryRow.kind == kind.value)
        with storage_failures(self._path), Session(self._engine) as session:
            return session.scalar(query) or 0

    def procedure_counts(self, since: dt.datetime) -> dict[str, int]:
        """How many cases since that moment came for each procedure 手続, by id; what was taken back is not.

        Raises:
            LogStorageError: In one of its kinds.
        """
        last = (
            select(func.max(EntryRow.id))
            .where(EntryRow.kind == EntryKind.PROCEDURES_CHOSEN.value, EntryRow.at >= since)
            .group_by(EntryRow.case_number)
        )
        query = (
            select(ProcedureRow.procedure, func.count())
            .where(ProcedureRow.entry_id.in_(last))
            .group_by(ProcedureRow.procedure)
        )
        with storage_failures(self._path), Session(self._engine) as session:
            return {procedure: count for procedure, count in session.execute(query)}

    def note_settings_change(self, change: SettingsChange) -> None:
        """Write that settings were changed; it is on disk when this returns.

        Raises:
            LogStorageError: In one of its kinds; nothing was written.
        """
        row = SettingsChangeRow(
            clerk=str(change.clerk),
            at=change.at,
            names=[SettingNameRow(position=i, name=name) for i, name in enumerate(change.names)],
        )
        with storage_failures(self._path), Session(self._writing) as session, session.begin():
            session.add(row)

    def settings_changes(self, day: dt.date) -> list[SettingsChange]:
        """The changes of settings on `day` (Japan time), first to last.

        Raises:
            LogDamagedError: Also when a row is none of ours.
            LogStorageError: In another of its kinds.
        """
        start = dt.datetime.combine(day, dt.time(), tzinfo=JST)
        at = SettingsChangeRow.at
        query = select(SettingsChangeRow).where(at >= start, at < start + dt.timedelta(days=1))
        with storage_failures(self._path), Session(self._engine) as session:
            try:
                return [
                    SettingsChange(ClerkId(row.clerk), row.at, tuple(n.name for n in row.names))
                    for row in session.scalars(query.order_by(SettingsChangeRow.id)).all()
                ]
            except (ValueError, KakanaiError) as error:
                # Only another program can have written what SettingsChange refuses.
                raise LogDamagedError(path=str(self._path)) from error

    def check(self) -> None:
        """Look through the whole file; takes as long as reading it.

        Raises:
            LogDamagedError: Something in it is broken; nothing was changed.
            LogStorageError: In another of its kinds.
        """
        with storage_failures(self._path), self._engine.connect() as connection:
            if not is_whole(connection) or damage(connection):
                raise LogDamagedError(path=str(self._path))

    def _entry_of(self, row: EntryRow) -> LogEntry:
        try:
            return LogEntry(
                kind=EntryKind(row.kind),
                case_number=CaseNumber(row.case_number),
                clerk=ClerkId(row.clerk),
                at=row.at,
                card_kind=row.card_kind,
                read_by=row.read_by,
                procedures=tuple(p.procedure for p in row.procedures),
                forms=tuple(FormRecord(f.form, f.version, f.pages) for f in row.forms),
                codes=tuple(c.code for c in row.codes),
            )
        except (ValueError, KakanaiError) as error:
            # Only another program can have written what LogEntry refuses.
            raise LogDamagedError(path=str(self._path)) from error


def _row_of(entry: LogEntry) -> EntryRow:
    return EntryRow(
        kind=entry.kind.value,
        case_number=str(entry.case_number),
        clerk=str(entry.clerk),
        at=entry.at,
        card_kind=entry.card_kind,
        read_by=entry.read_by,
        procedures=[ProcedureRow(position=i, procedure=p) for i, p in enumerate(entry.procedures)],
        forms=[
            FormRow(position=i, form=f.form, version=f.version, pages=f.pages)
            for i, f in enumerate(entry.forms)
        ],
        codes=[CodeRow(position=i, code=c) for i, c in enumerate(entry.codes)],
    )

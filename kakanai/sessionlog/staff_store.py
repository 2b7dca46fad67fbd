"""Staff 職員, their sessions and their failures in the log's database, changed together with the chain."""

import contextlib
import datetime as dt
import secrets
from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, func, insert, or_, select, update

from kakanai.errors import KakanaiError
from kakanai.sessionlog.chain import time_of, time_text
from kakanai.sessionlog.entry import ClerkId, EntryKind, LogEntry, LoggedRole
from kakanai.sessionlog.errors import LogDamagedError
from kakanai.sessionlog.staff_row import SessionPlace, StaffRow, StaffSession
from kakanai.sessionlog.staff_tables import SECRET, SIGN_IN_FAILURE, STAFF, STAFF_SESSION
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.tables import ENTRY
from kakanai.sessionlog.writing import Writing


class StaffView:
    """What the tables say within one transaction."""

    def __init__(self, connection: Connection, told: str) -> None:
        self._connection = connection
        self._told = told

    def find(self, number: str) -> StaffRow | None:
        """The row of a number, disabled or not."""
        return self._one(STAFF.c.number == number)

    def find_by_card(self, card_uid_hash: str) -> StaffRow | None:
        """The row of whoever has this card, disabled or not."""
        return self._one(STAFF.c.card_uid_hash == card_uid_hash)

    def all(self) -> list[StaffRow]:
        """Every row, by number."""
        query = select(STAFF).order_by(STAFF.c.number)
        return [self._row(row) for row in self._connection.execute(query).mappings()]

    def administrators(self) -> int:
        """How many may manage staff now."""
        query = (
            select(func.count())
            .select_from(STAFF)
            .where(STAFF.c.role == LoggedRole.ADMINISTRATOR.value, STAFF.c.disabled_at.is_(None))
        )
        return self._connection.execute(query).scalar_one()

    def was_anybody_added(self) -> bool:
        """Whether the chain tells of somebody who was registered."""
        query = select(ENTRY.c.seq).where(
            ENTRY.c.case_number == "", ENTRY.c.kind == EntryKind.STAFF_ADDED.value
        )
        return self._connection.execute(query.limit(1)).first() is not None

    def session(self, token_hash: str) -> StaffSession | None:
        """The session of a token."""
        query = select(STAFF_SESSION).where(STAFF_SESSION.c.token_hash == token_hash)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return None
        try:
            return StaffSession(
                row["token_hash"],
                ClerkId(row["number"]),
                SessionPlace(row["place"]),
                row["account"],
                time_of(row["started_at"]),
                time_of(row["ends_at"]),
                _time_or_none(row["ended_at"]),
            )
        except (ValueError, KakanaiError) as error:
            raise LogDamagedError(path=self._told) from error

    def failures_of_number(self, number: str) -> list[dt.datetime]:
        """When attempts to sign in as a registered number failed."""
        return self._times(SIGN_IN_FAILURE.c.number == number)

    def failures_of_machine(self, machine: str) -> list[dt.datetime]:
        """When attempts to sign in at a machine failed."""
        return self._times(SIGN_IN_FAILURE.c.machine == machine)

    def secret(self, name: str) -> bytes | None:
        """A random value of this database; None while it has not been made."""
        told = self._connection.execute(select(SECRET.c.value).where(SECRET.c.name == name)).scalar()
        return None if told is None else bytes.fromhex(told)

    def _one(self, which: ColumnElement[bool]) -> StaffRow | None:
        row = self._connection.execute(select(STAFF).where(which)).mappings().first()
        return None if row is None else self._row(row)

    def _times(self, which: ColumnElement[bool]) -> list[dt.datetime]:
        query = select(SIGN_IN_FAILURE.c.at).where(which)
        try:
            return [time_of(at) for at in self._connection.execute(query).scalars()]
        except ValueError as error:
            raise LogDamagedError(path=self._told) from error

    def _row(self, row: RowMapping) -> StaffRow:
        try:
            return StaffRow(
                ClerkId(row["number"]),
                LoggedRole(row["role"]),
                row["password_hash"],
                time_of(row["created_at"]),
                row["card_uid_hash"],
                _time_or_none(row["disabled_at"]),
                bool(row["must_change"]),
            )
        except (ValueError, KakanaiError) as error:
            # Only another program can have written what these refuse.
            raise LogDamagedError(path=self._told) from error


class StaffChange(StaffView):
    """One transaction that changes staff and tells the chain: all of it, or nothing."""

    def __init__(self, writing: Writing, told: str) -> None:
        super().__init__(writing.connection, told)
        self._writing = writing

    def append(self, entry: LogEntry) -> int:
        """Write an entry in the same transaction; its place in the chain."""
        return self._writing.append(entry)

    def put(self, row: StaffRow) -> None:
        """Put a row in place of the one with its number, or add it."""
        values = {
            "role": row.role.value,
            "password_hash": row.password_hash,
            "card_uid_hash": row.card_uid_hash,
            "created_at": time_text(row.created_at),
            "disabled_at": None if row.disabled_at is None else time_text(row.disabled_at),
            "must_change": row.must_change,
        }
        number = str(row.number)
        done = self._connection.execute(update(STAFF).where(STAFF.c.number == number).values(values))
        if done.rowcount == 0:
            self._connection.execute(insert(STAFF).values(number=number, **values))

    def begin_session(self, session: StaffSession) -> None:
        """Keep a new session."""
        self._connection.execute(
            insert(STAFF_SESSION).values(
                token_hash=session.token_hash,
                number=str(session.number),
                place=session.place.value,
                account=session.account,
                started_at=time_text(session.started_at),
                ends_at=time_text(session.ends_at),
                ended_at=None,
            )
        )

    def end_session(self, token_hash: str, at: dt.datetime) -> None:
        """End one session; that it has ended already is no failure."""
        self._end(STAFF_SESSION.c.token_hash == token_hash, at)

    def end_sessions(
        self, at: dt.datetime, place: SessionPlace | None = None, *, number: str = "", account: str = ""
    ) -> None:
        """End the sessions of a number or of an account, at one kind of place or at all."""
        key = STAFF_SESSION.c.number == number if number else STAFF_SESSION.c.account == account
        self._end(key if place is None else and_(key, STAFF_SESSION.c.place == place.value), at)

    def forget_sessions(self, before: dt.datetime) -> None:
        """Remove sessions that were over before that moment; the chain tells of them."""
        self._connection.execute(delete(STAFF_SESSION).where(STAFF_SESSION.c.ends_at < time_text(before)))

    def note_failure(self, number: str | None, machine: str, at: dt.datetime) -> str:
        """Count an attempt as failed; its id, by which it is taken back when it succeeds."""
        attempt = secrets.token_hex(16)
        self._connection.execute(
            insert(SIGN_IN_FAILURE).values(attempt=attempt, number=number, machine=machine, at=time_text(at))
        )
        return attempt

    def forget_failures(self, number: str, attempt: str = "") -> None:
        """Remove the failures of a number, and one attempt of nobody's."""
        which = or_(SIGN_IN_FAILURE.c.number == number, SIGN_IN_FAILURE.c.attempt == attempt)
        self._connection.execute(delete(SIGN_IN_FAILURE).where(which))

    def forget_failures_before(self, moment: dt.datetime) -> None:
        """Remove failures that count no more."""
        self._connection.execute(delete(SIGN_IN_FAILURE).where(SIGN_IN_FAILURE.c.at < time_text(moment)))

    def made_secret(self, name: str) -> bytes:
        """A random value of this database, 256 bits, made now if there is none."""
        found = self.secret(name)
        if found is None:
            found = secrets.token_bytes(32)
            self._connection.execute(insert(SECRET).values(name=name, value=found.hex()))
        return found

    def _end(self, which: ColumnElement[bool], at: dt.datetime) -> None:
        query = update(STAFF_SESSION).where(which, STAFF_SESSION.c.ended_at.is_(None))
        self._connection.execute(query.values(ended_at=time_text(at)))


class StaffStore:
    """Staff in the database of a log."""

    def __init__(self, log: SessionLog) -> None:
        self._log = log

    @contextlib.contextmanager
    def reading(self) -> Iterator[StaffView]:
        """One look at the tables.

        Raises:
            LogStorageError: In one of its kinds.
        """
        with self._log.reading() as connection:
            yield StaffView(connection, self._log.place)

    @contextlib.contextmanager
    def changing(self) -> Iterator[StaffChange]:
        """One transaction under the chain's lock; it stands when this ends, or nothing of it does.

        Raises:
            LogStorageError: In one of its kinds; nothing was changed.
        """
        with self._log.writing() as writing:
            yield StaffChange(writing, self._log.place)

    def append(self, entry: LogEntry) -> None:
        """Write an entry alone.

        Raises:
            LogStorageError: In one of its kinds; nothing was written.
        """
        self._log.append(entry)


def _time_or_none(text: str | None) -> dt.datetime | None:
    return None if text is None else time_of(text)

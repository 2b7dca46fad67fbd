"""Closing a day 日締め: a supervisor signs the hash up to which the chain reaches, with the office's key.

The format of the signed text, `kakanai-day-1`, is described in docs/log-format.md.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select

from kakanai.sessionlog.chain import FIRST_PREV, time_text
from kakanai.sessionlog.entry import ClerkId, LogEntry
from kakanai.sessionlog.office_key import OfficeKey, PublicKey
from kakanai.sessionlog.seal_errors import DayClosedError, NothingToCloseError
from kakanai.sessionlog.seal_tables import OFFICE_KEY
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.tables import DAY_CLOSE, ENTRY, GIVEN_NUMBER
from kakanai.sessionlog.words import EntryKind
from kakanai.sessionlog.writing import Writing

FORMAT: Final = "kakanai-day-1"


@dataclass(frozen=True)
class Span:
    """The entries a close covers: from the first that no earlier close covered to the last of its day."""

    first_seq: int
    last_seq: int
    head: str

    @property
    def entries(self) -> int:
        """How many they are; the chain has no gap."""
        return self.last_seq - self.first_seq + 1


@dataclass(frozen=True)
class DayClose:
    """One row of day_close. `previous` is the digest of the close before; `at` as time_text writes it."""

    day: dt.date
    first_seq: int
    last_seq: int
    head: str
    entries: int
    staff: str
    at: str
    key_id: str
    signature: str
    previous: str

    @property
    def text(self) -> bytes:
        """What is signed."""
        parts = (
            FORMAT,
            self.day.isoformat(),
            str(self.first_seq),
            str(self.last_seq),
            str(self.entries),
            self.head,
            self.staff,
            self.at,
            self.previous,
        )
        return "\n".join(parts).encode()

    @property
    def digest(self) -> str:
        """SHA-256 of the signature: what the next close and the entry of this one repeat."""
        return hashlib.sha256(bytes.fromhex(self.signature)).hexdigest()

    def is_signed_by(self, key: PublicKey) -> bool:
        """Whether the signature is of that key."""
        return key.key_id == self.key_id and key.holds(bytes.fromhex(self.signature), self.text)


class DaySeals:
    """The day closes of a log, and the public keys that signed them."""

    def __init__(self, log: SessionLog) -> None:
        self._log = log

    def closes(self, first_day: dt.date | None = None, last_day: dt.date | None = None) -> list[DayClose]:
        """The closes of these days, or all, in their order.

        Raises:
            LogStorageError: In one of its kinds.
        """
        query = select(DAY_CLOSE).order_by(DAY_CLOSE.c.day)
        if first_day is not None:
            query = query.where(DAY_CLOSE.c.day >= first_day)
        if last_day is not None:
            query = query.where(DAY_CLOSE.c.day <= last_day)
        with self._log.reading() as connection:
            return [DayClose(**row) for row in connection.execute(query).mappings()]

    def open_span(self, day: dt.date) -> Span | None:
        """What a close of `day` would cover now; None when there is nothing, or the day is closed.

        Raises:
            LogStorageError: In one of its kinds.
        """
        with self._log.reading() as connection:
            last = _last_close(connection)
            return None if last is not None and last.day >= day else _span(connection, last, day)

    def late_entries(self, close: DayClose) -> int:
        """How many of the entries a close covers are of earlier days: they came after their day's close.

        Raises:
            LogStorageError: In one of its kinds.
        """
        query = select(func.count()).where(
            ENTRY.c.seq >= close.first_seq, ENTRY.c.seq <= close.last_seq, ENTRY.c.day < close.day
        )
        with self._log.reading() as connection:
            return connection.execute(query).scalar_one()

    def public_keys(self) -> list[PublicKey]:
        """The keys that were ever made known to this log, oldest first.

        Raises:
            LogStorageError: In one of its kinds.
        """
        query = select(OFFICE_KEY.c.public).order_by(OFFICE_KEY.c.made_at, OFFICE_KEY.c.key_id)
        with self._log.reading() as connection:
            return [PublicKey(bytes.fromhex(public)) for public in connection.execute(query).scalars()]

    def make_known(self, key: PublicKey, staff: ClerkId, at: dt.datetime) -> bool:
        """Put a public key into the log with the act that made it; False when it is there already.

        Raises:
            LogStorageError: In one of its kinds; nothing was written.
        """
        with self._log.writing() as writing:
            return _make_known(writing, key, staff, at)

    def close(self, day: dt.date, staff: ClerkId, at: dt.datetime, key: OfficeKey) -> DayClose:
        """Close the day: it is signed, in the log and on disk when this returns.

        All entries are covered that no earlier close covers, up to the last that is of this day or an earlier
        one. What comes later is covered by the next close. A key that the log does not know is made known.

        Raises:
            DayClosedError: The day or a later one is closed; nothing was written.
            NothingToCloseError: There is no entry to cover; nothing was written.
            LogStorageError: In one of its kinds; nothing was written.
        """
        with self._log.writing() as writing:
            last = _last_close(writing.connection)
            if last is not None and last.day >= day:
                raise DayClosedError(day=last.day.isoformat())
            span = _span(writing.connection, last, day)
            if span is None:
                raise NothingToCloseError(day=day.isoformat())
            _make_known(writing, key.public, staff, at)
            close = _signed(day, span, staff, at, key, FIRST_PREV if last is None else last.digest)
            writing.connection.execute(insert(DAY_CLOSE), _row(close))
            writing.append(
                LogEntry(
                    EntryKind.DAY_CLOSED,
                    None,
                    staff,
                    at,
                    counts={"numbers": _numbers_given(writing.connection, last, day)},
                    on=day,
                    ref=close.last_seq,
                    digest=close.digest,
                )
            )
        return close


def _signed(
    day: dt.date, span: Span, staff: ClerkId, at: dt.datetime, key: OfficeKey, previous: str
) -> DayClose:
    told: dict[str, Any] = {
        "day": day,
        "first_seq": span.first_seq,
        "last_seq": span.last_seq,
        "head": span.head,
        "entries": span.entries,
        "staff": str(staff),
        "at": time_text(at),
        "key_id": key.public.key_id,
        "previous": previous,
    }
    return DayClose(**told, signature=key.sign(DayClose(**told, signature="").text).hex())


def _row(close: DayClose) -> dict[str, Any]:
    return {column.name: getattr(close, column.name) for column in DAY_CLOSE.columns}


def _last_close(connection: Connection) -> DayClose | None:
    row = connection.execute(select(DAY_CLOSE).order_by(DAY_CLOSE.c.day.desc()).limit(1)).mappings().first()
    return None if row is None else DayClose(**row)


def _span(connection: Connection, last: DayClose | None, day: dt.date) -> Span | None:
    """The entries after the last close up to the last of the day, whatever days lie between."""
    after = 0 if last is None else last.last_seq
    query = (
        select(ENTRY.c.seq, ENTRY.c.hash)
        .where(ENTRY.c.seq > after, ENTRY.c.day <= day)
        .order_by(ENTRY.c.seq.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return None if row is None else Span(after + 1, row.seq, row.hash)


def _numbers_given(connection: Connection, last: DayClose | None, day: dt.date) -> int:
    """How many case numbers 受付番号 of the days since the last close were given until now."""
    query = select(func.count()).select_from(GIVEN_NUMBER).where(GIVEN_NUMBER.c.day <= day)
    if last is not None:
        query = query.where(GIVEN_NUMBER.c.day > last.day)
    return connection.execute(query).scalar_one()


def _make_known(writing: Writing, key: PublicKey, staff: ClerkId, at: dt.datetime) -> bool:
    known = select(OFFICE_KEY.c.key_id).where(OFFICE_KEY.c.key_id == key.key_id)
    if writing.connection.execute(known).first() is not None:
        return False
    row = {"key_id": key.key_id, "public": key.raw.hex(), "made_at": time_text(at), "staff": str(staff)}
    writing.connection.execute(insert(OFFICE_KEY), row)
    writing.append(LogEntry(EntryKind.OFFICE_KEY_MADE, None, staff, at, digest=key.digest))
    return True

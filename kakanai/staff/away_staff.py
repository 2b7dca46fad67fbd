"""Who may sign in at this PC while the log's server is away: whoever did so here lately.

What is kept is what an argon2id hash needs to be compared with, and no more; sealed, for this machine and
account alone, and for as many days as the town says (docs/decisions/0032).
"""

import contextlib
import dataclasses
import datetime as dt
import json
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from kakanai.errors import KakanaiError
from kakanai.sessionlog.chain import time_of, time_text
from kakanai.sessionlog.entry import ClerkId, LoggedRole
from kakanai.sessionlog.staff_row import StaffRow
from kakanai.staff.act import Act
from kakanai.staff.permissions import may
from kakanai.staff.role import Role
from kakanai.staff.throttle import BY_NUMBER

_FORMAT: Final = 1
_SET_BACK: Final = dt.timedelta(minutes=5)
"""A clock may be put right by so much; set back further, a day could be made to last for ever."""


class Book(Protocol):
    """One small sealed file (drafts.sealed_book)."""

    def read(self) -> bytes | None:
        """What was written last; None when there is nothing, or nobody can read it."""

    def write(self, content: bytes, *, is_rekeyed: bool = False) -> bool:
        """Put this in place of what there was; whether it is on disk now."""

    def clear(self) -> None:
        """Keep nothing any more."""


@dataclass(frozen=True, repr=False)
class Remembered:
    """A number as the server knew it when it last signed in here, at `at`; and failures since (UTC)."""

    number: ClerkId
    role: LoggedRole
    password_hash: str
    at: dt.datetime
    failures: tuple[dt.datetime, ...] = ()

    def is_still(self, row: StaffRow | None) -> bool:
        """Whether the server's row says the same."""
        return (
            row is not None
            and row.is_active
            and not row.must_change
            and (row.role, row.password_hash) == (self.role, self.password_hash)
        )

    def to_row(self) -> StaffRow:
        """As a row, for comparing and for unlocking."""
        return StaffRow(self.number, self.role, self.password_hash, self.at)


@dataclass(frozen=True, repr=False)
class AwayState:
    """All that is remembered: staff by number, failures of this machine, the latest time that was seen."""

    staff: Mapping[str, Remembered] = field(default_factory=dict)
    failures: tuple[dt.datetime, ...] = ()
    seen: dt.datetime | None = None


class AwayStaff:
    """The remembered staff of one machine and account. May be used from any thread; never raises."""

    def __init__(self, book: Book, machine: str, account: str, lasts: Callable[[], dt.timedelta]) -> None:
        """Take the book; `lasts` is the town's rule, zero for nobody."""
        self._book = book
        self._bound = {"format": _FORMAT, "machine": machine, "account": account}
        self._lasts = lasts
        self._changing = threading.Lock()

    def state(self, now: dt.datetime) -> AwayState:
        """What is remembered and has not run out; nobody where the clock was set back far."""
        kept = self._read()
        if kept.seen is not None and now < kept.seen - _SET_BACK:
            return AwayState(failures=kept.failures, seen=kept.seen)
        staff = {number: one for number, one in kept.staff.items() if self._is_lately(one, now)}
        return dataclasses.replace(kept, staff=staff)

    def is_anybody_known(self, now: dt.datetime) -> bool:
        """Whether anybody could sign in here without the server."""
        return bool(self.state(now).staff)

    def note(self, number: str, rows: Iterable[StaffRow], now: dt.datetime) -> None:
        """This number proved itself to the server just now; `rows` is everybody as the server knows them.

        Whoever is not what was remembered is forgotten, and copies of the file from before open no more.
        """
        known = {row.number: row for row in rows}
        with self._changing:
            kept = self._read()
            staff = self._still(kept, known, now)
            row = known.get(ClerkId(number)) if number else None
            if row is not None and self._lasts() and self._may_serve(row):
                staff[row.number] = Remembered(row.number, row.role, row.password_hash, now)
            self._put(kept, staff, now)

    def refresh(self, rows: Iterable[StaffRow], now: dt.datetime) -> None:
        """Forget whoever the server knows otherwise by now; `rows` is everybody."""
        self.note("", rows, now)

    def count_attempt(self, number: str, now: dt.datetime) -> bool:
        """Count a failure of a remembered number and of this machine; False where that cannot be kept."""
        with self._changing:
            kept = self._read()
            staff = dict(kept.staff)
            if number in staff:
                failures = (*_counting(staff[number].failures, now), now)
                staff[number] = dataclasses.replace(staff[number], failures=failures)
            failures = (*_counting(kept.failures, now), now)
            return self._write(AwayState(staff, failures, self._latest(kept, now)))

    def forget_attempts(self, number: str, attempt: dt.datetime) -> None:
        """The number proved itself: its failures are forgotten, and this one of the machine's."""
        with self._changing:
            kept = self._read()
            staff = dict(kept.staff)
            if number in staff:
                staff[number] = dataclasses.replace(staff[number], failures=())
            failures = tuple(at for at in kept.failures if at != attempt)
            self._write(AwayState(staff, failures, kept.seen))

    # --- inside -------------------------------------------------------------------------

    def _still(
        self, kept: AwayState, known: Mapping[ClerkId, StaffRow], now: dt.datetime
    ) -> dict[str, Remembered]:
        return {
            number: one
            for number, one in kept.staff.items()
            if one.is_still(known.get(one.number)) and self._is_lately(one, now)
        }

    def _put(self, kept: AwayState, staff: dict[str, Remembered], now: dt.datetime) -> None:
        if not staff:
            self._book.clear()
            return
        is_anybody_gone = any(
            number not in staff or staff[number].password_hash != one.password_hash
            for number, one in kept.staff.items()
        )
        # The server's clock and word count now: what was seen later was seen by a clock that went wrong.
        state = AwayState(staff, tuple(at for at in kept.failures if at <= now), now)
        if not self._write(state, is_rekeyed=is_anybody_gone) and is_anybody_gone:
            self._book.clear()  # rather nobody than who was to be forgotten

    def _is_lately(self, one: Remembered, now: dt.datetime) -> bool:
        """Whether it was within the days; what a clock that ran ahead wrote counts for nothing."""
        return -_SET_BACK <= now - one.at < self._lasts()

    def _may_serve(self, row: StaffRow) -> bool:
        return row.is_active and not row.must_change and may(Role(row.role), Act.USE_COUNTER)

    def _latest(self, kept: AwayState, now: dt.datetime) -> dt.datetime:
        return now if kept.seen is None else max(kept.seen, now)

    def _read(self) -> AwayState:
        content = self._book.read()
        if content is not None:
            with contextlib.suppress(ValueError, TypeError, KeyError, AttributeError, KakanaiError):
                told = json.loads(content)
                if {name: told[name] for name in self._bound} == self._bound:
                    return _state_of(told)
        return AwayState()

    def _write(self, state: AwayState, *, is_rekeyed: bool = False) -> bool:
        told = self._bound | {
            "staff": [_told(one) for one in state.staff.values()],
            "failures": [time_text(at) for at in state.failures],
            "seen": None if state.seen is None else time_text(state.seen),
        }
        return self._book.write(json.dumps(told).encode("ascii"), is_rekeyed=is_rekeyed)


def _counting(failures: Iterable[dt.datetime], now: dt.datetime) -> tuple[dt.datetime, ...]:
    return tuple(at for at in failures if at > now - BY_NUMBER.memory)


def _told(one: Remembered) -> dict[str, Any]:
    return {
        "number": str(one.number),
        "role": one.role.value,
        "password_hash": one.password_hash,
        "at": time_text(one.at),
        "failures": [time_text(at) for at in one.failures],
    }


def _state_of(told: Mapping[str, Any]) -> AwayState:
    staff = (
        Remembered(
            ClerkId(one["number"]),
            LoggedRole(one["role"]),
            str(one["password_hash"]),
            time_of(one["at"]),
            tuple(map(time_of, one["failures"])),
        )
        for one in told["staff"]
    )
    seen = told["seen"]
    return AwayState(
        {one.number: one for one in staff},
        tuple(map(time_of, told["failures"])),
        None if seen is None else time_of(seen),
    )

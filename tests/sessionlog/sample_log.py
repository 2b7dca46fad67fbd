"""A log of some days as an office would write it, with everything in it that the verifier looks at."""

import contextlib
import datetime as dt
import random
import secrets
from pathlib import Path

from sqlalchemy import func, insert, select

from kakanai.sessionlog.case_number import CaseNumber, ClerkId
from kakanai.sessionlog.case_tables import CASE_LINE
from kakanai.sessionlog.entry import FormRecord, LogEntry
from kakanai.sessionlog.office_key import OfficeKey
from kakanai.sessionlog.purge import purge
from kakanai.sessionlog.retention import RecordKind
from kakanai.sessionlog.seals import DaySeals
from kakanai.sessionlog.staff_row import StaffRow
from kakanai.sessionlog.staff_tables import STAFF
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.tables import GIVEN_NUMBER, MERGED_SPOOL
from kakanai.sessionlog.words import EntryKind, LoggedRole
from kakanai.settings.database_url import DatabaseUrl

KEY = OfficeKey(bytes(range(32)))
SUPERVISOR = ClerkId("2001")
CLERKS = tuple(ClerkId(number) for number in ("1024", "1025", "1031", "1040"))
FIRST_DAY = dt.date(2026, 11, 16)
_FORMS = ("F01", "F02", "F03", "F05", "F11", "F21", "F35")
_PROCEDURES = ("move_in", "move_out", "seal_registration", "certificate", "child_allowance", "pension")
_CODES = ("N-001", "V-001", "V-002", "C-010", "C-011", "M-001", "P-003", "B-001", "N-011")
_READ = ("pin", "code_b", "number", "hand")
_CARDS = ("mynumber", "driver_licence", "residence_card")


class Office:
    """Writes a log through the real SessionLog; every choice comes from `chance`: the same each time."""

    def __init__(self, place: Path | DatabaseUrl, seed: int = 1) -> None:
        self.log = SessionLog.open(place)
        self.seals = DaySeals(self.log)
        self.chance = random.Random(seed)  # noqa: S311 - the same each time
        self.now = dt.datetime.combine(FIRST_DAY, dt.time(8, 30), tzinfo=dt.timezone(dt.timedelta(hours=9)))
        self.days: dict[dt.date, int] = {}

    def __enter__(self) -> "Office":
        return self

    def __exit__(self, *_: object) -> None:
        self.log.close()

    @property
    def today(self) -> dt.date:
        return self.now.date()

    def register_staff(self) -> None:
        """Everybody gets a row and the entry about it; one is disabled again."""
        for number in (*CLERKS, SUPERVISOR):
            role = LoggedRole.SUPERVISOR if number == SUPERVISOR else LoggedRole.CLERK
            row = StaffRow(
                number, role, f"$argon2id$sample{number}", self._passed(), must_change=number == CLERKS[1]
            )
            with self.log.writing() as writing:
                told = {
                    name: getattr(row, name) for name in ("password_hash", "card_uid_hash", "must_change")
                }
                told |= {"number": str(number), "role": role.value, "created_at": _text(row.created_at)}
                writing.connection.execute(insert(STAFF), told | {"disabled_at": None})
                writing.append(
                    LogEntry(
                        EntryKind.STAFF_ADDED,
                        None,
                        CLERKS[0],
                        self.now,
                        about=number,
                        role=role.value,
                        digest=row.digest,
                    )
                )

    def work(self, cases: int) -> None:
        """So many cases, some of them side by side."""
        waiting: list[list[LogEntry]] = []
        for _ in range(cases):
            waiting.append(self._case())
            if len(waiting) == 3 or self.chance.random() < 0.5:
                self._write(waiting)
                waiting = []
        self._write(waiting)

    def next_day(self, *, close: bool = True) -> None:
        """The supervisor looks, closes the day, and the next one begins."""
        self._act(EntryKind.LOG_VIEWED, on=self.today)
        if close:
            self.seals.close(self.today, SUPERVISOR, self._passed(), KEY)
        self._act(EntryKind.SIGNED_OUT)
        self.now = dt.datetime.combine(
            self.today + dt.timedelta(days=1), dt.time(8, 30), tzinfo=self.now.tzinfo
        )
        self._act(EntryKind.SIGNED_IN)

    def purge_first_day(self) -> None:
        """The time of the first day's records is over."""
        self.now += dt.timedelta(days=400)
        limits = {RecordKind.CASES: FIRST_DAY, RecordKind.LOOKS: FIRST_DAY}
        assert all(taken.entries for taken in purge(self.log, limits, SUPERVISOR, self._passed()))

    def carry_on(self) -> None:
        """The last case is taken up again."""
        with self.log.reading() as connection:
            number = connection.scalar(select(func.max(CASE_LINE.c.case_number)))
        assert number is not None
        for kind in (
            EntryKind.CASE_CORRECTED,
            EntryKind.PRINT_RELEASED,
            EntryKind.PRINT_DONE,
            EntryKind.CASE_CLOSED,
        ):
            self.log.append(LogEntry(kind, CaseNumber(number), CLERKS[0], self._passed()))

    def sign_out(self) -> None:
        """One act of no case."""
        self._act(EntryKind.SIGNED_OUT)

    def merge_spool(self, cases: int) -> None:
        """Cases that were written while the database was out of reach come in late."""
        with self.log.writing() as writing:
            for _ in range(cases):
                number = CaseNumber.build(self.today, 5000 + self.days.setdefault(self.today, 0) + 50)
                self.days[self.today] += 1
                row = {"day": self.today, "serial": int(number[-4:]), "case_number": str(number)}
                writing.connection.execute(insert(GIVEN_NUMBER), row)
                kinds = (
                    EntryKind.CASE_OPENED,
                    EntryKind.HAND_ENTERED,
                    EntryKind.PRINT_DONE,
                    EntryKind.CASE_CLOSED,
                )
                for kind in kinds:
                    spool = self.chance.randbytes(16).hex()
                    seq = writing.append(LogEntry(kind, number, CLERKS[2], self._passed(), spool=spool))
                    writing.connection.execute(insert(MERGED_SPOOL), {"spool": spool, "seq": seq})
        self._act(EntryKind.SPOOL_MERGED, counts={"entries": cases * len(kinds)})

    def _write(self, cases: list[list[LogEntry]]) -> None:
        """Entries of several cases in turn, with the time of the moment."""
        left = [list(entries) for entries in cases if entries]
        told = []
        while left:
            entries = self.chance.choice(left)
            entry = entries.pop(0)
            told.append(LogEntry(**{**_fields(entry), "at": self._passed()}))
            left = [rest for rest in left if rest]
        self.log.append_all(told)

    def _case(self) -> list[LogEntry]:
        number = self.log.next_case_number(self.today)
        clerk = self.chance.choice(CLERKS)
        counter = self.chance.choice(("", "1", "2"))
        kinds = EntryKind

        def act(kind: EntryKind, **told: object) -> LogEntry:
            return LogEntry(kind, number, clerk, self.now, counter=counter, **told)  # type: ignore[arg-type]

        codes = tuple(self.chance.sample(_CODES, self.chance.randint(0, 2)))
        chosen = tuple(self.chance.sample(_PROCEDURES, self.chance.randint(1, 3)))
        forms = tuple(
            FormRecord(form, "1.2", self.chance.randint(1, 3))
            for form in self.chance.sample(_FORMS, self.chance.randint(1, 4))
        )
        entries = [act(kinds.CASE_OPENED)]
        if self.chance.random() < 0.8:
            card = self.chance.choice(_CARDS)
            entries.append(
                act(kinds.CARD_READ, card_kind=card, read_by=self.chance.choice(_READ), codes=codes)
            )
        else:
            entries.append(act(kinds.READING_FAILED, codes=("C-010",)))
            entries.append(act(kinds.HAND_ENTERED, read_by="hand"))
        if self.chance.random() < 0.1:
            return [*entries, act(kinds.CASE_CANCELLED)]
        entries.append(act(kinds.PROCEDURES_CHOSEN, procedures=chosen))
        if self.chance.random() < 0.2:
            entries += [act(kinds.CASE_SUSPENDED), act(kinds.CASE_RESUMED)]
        if self.chance.random() < 0.1:
            entries.append(act(kinds.PROCEDURES_CHOSEN, procedures=chosen[:1]))
            entries.append(act(kinds.MISMATCH_ACCEPTED, codes=("M-001",)))
        entries += [
            act(kinds.FORMS_FILLED, forms=forms),
            act(kinds.IDENTITY_CHECKED, codes=codes[:1]),
            act(kinds.PRINT_RELEASED, forms=forms, purpose=chosen),
        ]
        if self.chance.random() < 0.1:
            entries += [act(kinds.PRINT_FAILED, codes=("P-003",)), act(kinds.PRINT_RELEASED, forms=forms)]
        entries.append(act(kinds.PRINT_DONE, counts={"pages": sum(form.pages for form in forms)}))
        if self.chance.random() < 0.1:
            entries += [
                act(kinds.CASE_CORRECTED, forms=forms[:1]),
                act(kinds.PRINT_RELEASED, forms=forms[:1]),
            ]
        entries.append(act(kinds.CASE_CLOSED))
        return [*entries, *self._judged(number, forms)]

    def _judged(self, number: CaseNumber, forms: tuple[FormRecord, ...]) -> list[LogEntry]:
        """What a supervisor said of a case, and what a clerk did after that."""
        entries = []
        if self.chance.random() < 0.4:
            entries.append(LogEntry(EntryKind.CASE_APPROVED, number, SUPERVISOR, self.now))
            if self.chance.random() < 0.3:
                entries.append(
                    LogEntry(EntryKind.PRINT_RELEASED, number, CLERKS[0], self.now, forms=forms[:1])
                )
                entries.append(LogEntry(EntryKind.PRINT_DONE, number, CLERKS[0], self.now))
        if self.chance.random() < 0.1:
            entries.append(LogEntry(EntryKind.CASE_COMMENTED, number, SUPERVISOR, self.now))
        return entries

    def _act(self, kind: EntryKind, **told: object) -> None:
        self.log.append(LogEntry(kind, None, SUPERVISOR, self._passed(), **told))  # type: ignore[arg-type]

    def _passed(self) -> dt.datetime:
        """Now, a moment later than before."""
        self.now += dt.timedelta(microseconds=self.chance.randint(200_000, 40_000_000))
        return self.now


def _fields(entry: LogEntry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in entry.__dataclass_fields__ if name != "_"}


def _text(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def make(
    place: Path | DatabaseUrl,
    *,
    days: int = 3,
    cases: int = 6,
    seed: int = 1,
    staff: bool = True,
    purged: bool = False,
) -> None:
    """A log of so many days with so many cases each; all but the last day are closed.

    With `purged` a year later the first day is purged, and there is one more day.
    """
    with Office(place, seed) as office:
        if staff:
            office.register_staff()
        for day in range(days):
            office.work(cases)
            if day == 1:
                office.merge_spool(2)
                office.log.next_case_number(office.today)  # given, and never used
            if day < days - 1 or purged:
                office.next_day()
        if purged:
            office.purge_first_day()
            office.work(cases)


def folded_up(path: Path) -> Path:
    """The database in one file: what stood in its WAL is in it, and nothing lies beside it."""
    import sqlite3

    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    return path


def random_hash() -> str:
    """64 digits that are the hash of nothing."""
    return secrets.token_hex(32)

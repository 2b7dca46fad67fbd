"""What the session log 操作ログ can hold: codes, counts and times, each narrow enough to keep a name out."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self, TypeVar

from kakanai.sessionlog.errors import CaseNumberError, ClerkIdError

JST: Final = dt.timezone(dt.timedelta(hours=9), "JST")
"""Japan Standard Time; without summer time since 1952 (given), so a fixed offset is exact."""

_CASE_NUMBER = re.compile(r"R([0-9]{1,2})-([0-9]{2})([0-9]{2})-([0-9]{4})")
_CLERK = re.compile(r"[0-9A-Za-z._-]{1,16}")
_FORM = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_VERSION = re.compile(r"[0-9A-Za-z.-]{1,16}")
_PROCEDURE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_CODE = re.compile(r"[A-Z]-[0-9]{3}")

_REIWA_FIRST_DAY: Final = dt.date(2019, 5, 1)
_LAST_SERIAL: Final = 9999
_MOST_PAGES: Final = 999


class CaseNumber(str):
    """A case number 受付番号 `R8-1121-0001`: era letter and year, month and day, serial of the day.

    The era is computed here because the log may not know the package of persons and their dates.

    Raises:
        CaseNumberError: Other text; `reason` is form.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Accept only text that `build` could have made."""
        match = _CASE_NUMBER.fullmatch(text)
        if match is None:
            raise CaseNumberError(reason="form")
        year, month, day, serial = (int(part) for part in match.groups())
        try:
            date = dt.date(2018 + year, month, day)
        except ValueError:
            raise CaseNumberError(reason="form") from None
        if date < _REIWA_FIRST_DAY or serial == 0 or match[1].startswith("0"):
            raise CaseNumberError(reason="form")
        return super().__new__(cls, text)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The case number that `text` spells; errors as for the class."""
        return cls(text)

    @classmethod
    def build(cls, date: dt.date, serial: int) -> Self:
        """The number of the `serial`-th case (from 1) of a day.

        Raises:
            CaseNumberError: `reason` clock: the day is before 令和, so the computer's clock is wrong;
                serial: more than 9999 cases.
        """
        if date < _REIWA_FIRST_DAY or date.year > 2018 + 99:
            raise CaseNumberError(reason="clock")
        if not 1 <= serial <= _LAST_SERIAL:
            raise CaseNumberError(reason="serial")
        return cls(f"R{date.year - 2018}-{date:%m%d}-{serial:04d}")


class ClerkId(str):
    """A clerk's number 職員番号, never a name.

    Raises:
        ClerkIdError: Not 1 to 16 ASCII letters, digits, dots, hyphens or underscores.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Accept only the narrow alphabet."""
        if _CLERK.fullmatch(text) is None:
            raise ClerkIdError
        return super().__new__(cls, text)


class EntryKind(StrEnum):
    """What happened 操作種別."""

    CASE_OPENED = "case_opened"
    CARD_READ = "card_read"
    READING_FAILED = "reading_failed"
    HAND_ENTERED = "hand_entered"
    PROCEDURES_CHOSEN = "procedures_chosen"
    FORMS_FILLED = "forms_filled"
    FINDING_DECIDED = "finding_decided"
    MISMATCH_ACCEPTED = "mismatch_accepted"
    CARD_FACT_STALE = "card_fact_stale"
    PERSON_ADDED = "person_added"
    PERSON_REMOVED = "person_removed"
    ADDRESS_PROTECTED = "address_protected"
    IDENTITY_CHECKED = "identity_checked"
    DOCUMENTS_CHECKED = "documents_checked"
    VISITOR_CONFIRMED = "visitor_confirmed"
    PRINT_RELEASED = "print_released"
    PRINT_DONE = "print_done"
    PRINT_FAILED = "print_failed"
    CASE_SUSPENDED = "case_suspended"
    CASE_RESUMED = "case_resumed"
    CASE_CORRECTED = "case_corrected"
    CASE_CLOSED = "case_closed"
    CASE_CANCELLED = "case_cancelled"


class Outcome(StrEnum):
    """How a case stands 結果."""

    PRINTED = "printed"
    PRINT_FAILED = "print_failed"
    CANCELLED = "cancelled"
    OPEN = "open"


class LoggedCardKind(StrEnum):
    """The kinds of card the log has a word for カード種別."""

    MYNUMBER = "mynumber"
    DRIVER_LICENCE = "driver_licence"
    RESIDENCE_CARD = "residence_card"
    JUKI_CARD = "juki_card"
    UNKNOWN = "unknown"


class LoggedReadBy(StrEnum):
    """How the person's facts were taken 読取方法: card and PIN, 照合番号B, card number, or typed by hand."""

    PIN = "pin"
    COLLATION_B = "code_b"
    CARD_NUMBER = "number"
    HAND = "hand"


@dataclass(frozen=True)
class FormRecord:
    """One form that a case filled 様式: id, template version, number of pages.

    Raises:
        ValueError: A part is not of the narrow alphabet, or pages are not 1 to 999.
    """

    form: str
    version: str
    pages: int

    def __post_init__(self) -> None:
        """Keep everything but ids and counts out."""
        _require(_FORM, self.form, "form")
        _require(_VERSION, self.version, "version")
        if (
            isinstance(self.pages, bool)
            or not isinstance(self.pages, int)
            or not 1 <= self.pages <= _MOST_PAGES
        ):
            raise ValueError("pages must be a count from 1 to 999")


@dataclass(frozen=True)
class LogEntry:
    """One act at the counter 操作. `at` is UTC; the rest is empty where the act told nothing.

    Raises:
        ValueError: A part is not of its narrow alphabet, or `at` has no time zone; the value is not repeated.
        CaseNumberError, ClerkIdError: Likewise for those two.
    """

    kind: EntryKind
    case_number: CaseNumber
    clerk: ClerkId
    at: dt.datetime
    card_kind: str | None = None
    read_by: str | None = None
    procedures: tuple[str, ...] = ()
    forms: tuple[FormRecord, ...] = ()
    codes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Keep everything but codes, counts and times out, whatever the caller's types say."""
        put = object.__setattr__
        put(self, "kind", _member(EntryKind, self.kind, "kind"))
        put(self, "case_number", CaseNumber(self.case_number))
        put(self, "clerk", ClerkId(self.clerk))
        if not isinstance(self.at, dt.datetime) or self.at.utcoffset() is None:
            raise ValueError("at must be a time with a zone")
        put(self, "at", self.at.astimezone(dt.UTC))
        if self.card_kind is not None:
            put(self, "card_kind", _member(LoggedCardKind, self.card_kind, "card_kind").value)
        if self.read_by is not None:
            put(self, "read_by", _member(LoggedReadBy, self.read_by, "read_by").value)
        put(self, "procedures", _all(_PROCEDURE, self.procedures, "procedures"))
        put(self, "codes", _all(_CODE, self.codes, "codes"))
        put(self, "forms", tuple(self.forms))
        if not all(isinstance(form, FormRecord) for form in self.forms):
            raise ValueError("forms must be FormRecords")


@dataclass(frozen=True)
class DayEntry:
    """One case as the day log 日報 shows it, folded from its entries. Times are UTC."""

    case_number: CaseNumber
    clerk: ClerkId
    started_at: dt.datetime
    finished_at: dt.datetime | None
    card_kind: str | None
    read_by: str | None
    procedures: tuple[str, ...]
    forms: tuple[FormRecord, ...]
    pages: int
    outcome: Outcome
    codes: tuple[str, ...]

    def to_mapping(self) -> dict[str, object]:
        """The case for JSON; times in ISO 8601 with Japan's offset +09:00."""
        return {
            "case_number": str(self.case_number),
            "clerk": str(self.clerk),
            "started_at": _jst_text(self.started_at),
            "finished_at": None if self.finished_at is None else _jst_text(self.finished_at),
            "card_kind": self.card_kind,
            "read_by": self.read_by,
            "procedures": list(self.procedures),
            "forms": [{"form": f.form, "version": f.version, "pages": f.pages} for f in self.forms],
            "pages": self.pages,
            "outcome": self.outcome.value,
            "codes": list(self.codes),
        }


def _jst_text(time: dt.datetime) -> str:
    return time.astimezone(JST).isoformat(timespec="seconds")


def _require(pattern: re.Pattern[str], value: object, part: str) -> str:
    if not isinstance(value, str) or pattern.fullmatch(value) is None:
        raise ValueError(f"{part} is outside its alphabet")
    return str(value)


def _all(pattern: re.Pattern[str], values: Iterable[object], part: str) -> tuple[str, ...]:
    if isinstance(values, str):
        raise TypeError(f"{part} must be several ids, not one text")
    return tuple(_require(pattern, value, part) for value in values)


_Member = TypeVar("_Member", bound=StrEnum)


def _member(kinds: type[_Member], value: str, part: str) -> _Member:
    try:
        return kinds(value)
    except ValueError:
        raise ValueError(f"{part} is not one of its words") from None

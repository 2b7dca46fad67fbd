"""What the session log 操作ログ can hold: codes, counts and times, each narrow enough to keep a name out."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum
from typing import Final, TypeVar

from kakanai.sessionlog.case_number import UNREGISTERED, CaseNumber, ClerkId
from kakanai.sessionlog.words import EntryKind, LoggedCardKind, LoggedReadBy, LoggedRole, Outcome, Review

__all__ = [
    "JST",
    "UNREGISTERED",
    "CaseNumber",
    "ClerkId",
    "DayEntry",
    "EntryKind",
    "FormRecord",
    "LogEntry",
    "LoggedCardKind",
    "LoggedReadBy",
    "LoggedRole",
    "Outcome",
    "Review",
]
"""Whoever writes into the log finds its words here."""

JST: Final = dt.timezone(dt.timedelta(hours=9), "JST")
"""Japan Standard Time; without summer time since 1952 (given), so a fixed offset is exact."""

_FORM = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_VERSION = re.compile(r"[0-9A-Za-z.-]{1,16}")
_PROCEDURE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_CODE = re.compile(r"[A-Z]-[0-9]{3}")
_COUNTER = re.compile(r"|[1-9][0-9]?")
_NAME = re.compile(r"[a-z_]{1,30}(\.[A-Za-z0-9_]{1,40})?")
_COUNTED = re.compile(r"[a-z_]{1,30}")
_DIGEST = re.compile(r"|[0-9a-f]{64}")
_SPOOL = re.compile(r"|[0-9a-f]{32}")

_MOST_PAGES: Final = 999
_MOST_COUNTED: Final = 999_999_999
"""Nine digits: neither a 個人番号 nor a telephone number fits into a count."""
_MOST_SEQ: Final = 9_999_999_999


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
        _count(self.pages, 1, _MOST_PAGES, "pages")


@dataclass(frozen=True)
class LogEntry:
    """One act 操作, of a case or (`case_number` None) of none; the rest is empty where the act told nothing.

    `at` is UTC. `clerk` is who acted, `counter` the number of the counter 窓口 ("" where there is but one).
    `purpose` are the procedures that justify a reading or a paper, `names` settings by dotted name, `about`
    the staff number that a staff act concerns, `ref` the place in the chain of an entry this one speaks of,
    `on` the day that it concerns, `digest` the SHA-256 of a file written or a head signed, `spool` the id of
    an entry that was written while the database was out of reach.

    Raises:
        ValueError: A part is not of its narrow alphabet, or `at` has no time zone; the value is not repeated.
        CaseNumberError, ClerkIdError: Likewise for those two.
    """

    kind: EntryKind
    case_number: CaseNumber | None
    clerk: ClerkId
    at: dt.datetime
    card_kind: str | None = None
    read_by: str | None = None
    procedures: tuple[str, ...] = ()
    forms: tuple[FormRecord, ...] = ()
    codes: tuple[str, ...] = ()
    _: KW_ONLY
    counter: str = ""
    purpose: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict, hash=False)
    about: ClerkId | None = None
    ref: int | None = None
    on: dt.date | None = None
    digest: str = ""
    role: str | None = None
    spool: str = ""

    def __post_init__(self) -> None:
        """Keep everything but codes, counts and times out, whatever the caller's types say."""
        put = object.__setattr__
        put(self, "kind", _member(EntryKind, self.kind, "kind"))
        if self.case_number is not None:
            put(self, "case_number", CaseNumber(self.case_number))
        put(self, "clerk", ClerkId(self.clerk))
        if self.about is not None:
            put(self, "about", ClerkId(self.about))
        put(self, "at", _utc(self.at))
        for part, words in _WORDS.items():
            if (word := getattr(self, part)) is not None:
                put(self, part, _member(words, word, part).value)
        for part, pattern in _LISTS.items():
            put(self, part, _all(pattern, getattr(self, part), part))
        for part, pattern in _TEXTS.items():
            put(self, part, _require(pattern, getattr(self, part), part))
        put(self, "forms", tuple(self.forms))
        if not all(isinstance(form, FormRecord) for form in self.forms):
            raise ValueError("forms must be FormRecords")
        put(self, "counts", _counted(self.counts))
        if self.ref is not None:
            _count(self.ref, 1, _MOST_SEQ, "ref")
        if self.on is not None and (not isinstance(self.on, dt.date) or isinstance(self.on, dt.datetime)):
            raise ValueError("on must be a day")


_WORDS: Final[dict[str, type[StrEnum]]] = {
    "card_kind": LoggedCardKind,
    "read_by": LoggedReadBy,
    "role": LoggedRole,
}
_LISTS: Final = {"procedures": _PROCEDURE, "purpose": _PROCEDURE, "codes": _CODE, "names": _NAME}
_TEXTS: Final = {"counter": _COUNTER, "digest": _DIGEST, "spool": _SPOOL}


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


def _utc(moment: object) -> dt.datetime:
    if not isinstance(moment, dt.datetime) or moment.utcoffset() is None:
        raise ValueError("at must be a time with a zone")
    return moment.astimezone(dt.UTC)


def _count(value: object, least: int, most: int, part: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"{part} must be a count from {least} to {most}")


def _counted(counts: object) -> dict[str, int]:
    if not isinstance(counts, Mapping):
        raise TypeError("counts must be counts by name")
    for name, count in counts.items():
        _require(_COUNTED, name, "counts")
        _count(count, 0, _MOST_COUNTED, "counts")
    return dict(counts)

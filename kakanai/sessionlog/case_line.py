"""One case as the pages show it, and how it is kept in its row."""

import datetime as dt
import functools
import json
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row

from kakanai.errors import KakanaiError
from kakanai.sessionlog.body import canonical_json
from kakanai.sessionlog.case_number import CaseNumber, ClerkId
from kakanai.sessionlog.chain import time_of, time_text
from kakanai.sessionlog.entry import JST, DayEntry, FormRecord
from kakanai.sessionlog.errors import ForeignRowError
from kakanai.sessionlog.words import Outcome, Review

EVERYDAY: Final = frozenset({"N-001", "N-002", "N-003", "N-011", "N-012", "N-013", "B-001", "B-003", "B-004"})
"""Codes of a 本人確認 that was enough and of a checklist that leaves nothing for later: kept, not shown."""


@dataclass(frozen=True)
class CaseLine:
    """A case as its entries up to `last_seq` tell it. Times are UTC; `day` is Japan's, when it was opened.

    `case_seq` is the place of its first entry in the chain. `staff` opened it, at `counter`. Of the card, the
    procedures and the forms the latest word counts; `codes` are all that were met, each once. `worked_s` is
    the time from opening to end without what it was put aside for; it runs while `running_since` is set.
    """

    case_seq: int
    case_number: CaseNumber
    day: dt.date
    opened_at: dt.datetime
    staff: ClerkId
    counter: str
    last_seq: int
    last_at: dt.datetime
    finished_at: dt.datetime | None = None
    card_kind: str = ""
    read_by: str = ""
    authenticity: str = ""
    procedures: tuple[str, ...] = ()
    chosen_at: dt.datetime | None = None
    forms: tuple[FormRecord, ...] = ()
    is_form_filled: bool = False
    codes: tuple[str, ...] = ()
    outcome: Outcome = Outcome.OPEN
    review: Review = Review.NONE
    entries: int = 0
    failures: int = 0
    releases: int = 0
    overrides: int = 0
    comments: int = 0
    is_unusual_hour: bool = False
    worked_s: int = 0
    running_since: dt.datetime | None = None

    @property
    def pages(self) -> int:
        """How many pages its forms have in all."""
        return sum(form.pages for form in self.forms)

    @property
    def is_overridden(self) -> bool:
        """Whether a supervisor decided that a card counts in spite of 不一致."""
        return self.overrides > 0

    @property
    def is_reprinted(self) -> bool:
        """Whether paper was released more than once."""
        return self.releases > 1

    @property
    def is_lookup(self) -> bool:
        """Whether a card was read and the case ended without paper 印刷のない照会."""
        is_without_paper = self.outcome in (Outcome.OPEN, Outcome.CANCELLED)
        return bool(self.card_kind) and self.finished_at is not None and is_without_paper

    def to_day_entry(self) -> DayEntry:
        """The case as the day log 日報 shows it."""
        return DayEntry(
            case_number=self.case_number,
            clerk=self.staff,
            started_at=self.opened_at,
            finished_at=self.finished_at,
            card_kind=self.card_kind or None,
            read_by=self.read_by or None,
            procedures=self.procedures,
            forms=self.forms,
            pages=self.pages,
            outcome=self.outcome,
            codes=tuple(code for code in self.codes if code not in EVERYDAY),
        )

    def to_mapping(self) -> dict[str, object]:
        """The case for JSON; times in ISO 8601 with Japan's offset +09:00."""
        return self.to_day_entry().to_mapping() | {
            "day": self.day.isoformat(),
            "counter": self.counter,
            "authenticity": self.authenticity or None,
            "codes": list(self.codes),
            "review": self.review.value or None,
            "entries": self.entries,
            "failures": self.failures,
            "releases": self.releases,
            "overrides": self.overrides,
            "comments": self.comments,
            "is_lookup": self.is_lookup,
            "is_reprinted": self.is_reprinted,
            "is_unusual_hour": self.is_unusual_hour,
            "worked_s": self.worked_s,
            "last_at": self.last_at.astimezone(JST).isoformat(timespec="seconds"),
        }

    def to_row(self) -> dict[str, object]:
        """The values of its row in case_line."""
        return {field: getattr(self, field) for field in _PLAIN} | {
            "case_number": str(self.case_number),
            "staff": str(self.staff),
            "outcome": self.outcome.value,
            "review": self.review.value,
            "opened_at": time_text(self.opened_at),
            "last_at": time_text(self.last_at),
            "finished_at": _text_or_none(self.finished_at),
            "running_since": _text_or_none(self.running_since),
            "chosen_at": _text_or_none(self.chosen_at) or "",
            "procedures": canonical_json(self.procedures),
            "codes": canonical_json(self.codes),
            "forms": canonical_json([[form.form, form.version, form.pages] for form in self.forms]),
            "pages": self.pages,
            "is_lookup": self.is_lookup,
        }

    @classmethod
    def from_row(cls, row: Row[Any]) -> "CaseLine":
        """The case that a row of case_line keeps, all columns in the table's order.

        Raises:
            ForeignRowError: another program wrote it; the value is not repeated.
        """
        try:
            return cls._from_row(row)
        except (KeyError, ValueError, TypeError, KakanaiError):
            raise ForeignRowError("a case's line is none of ours") from None

    @classmethod
    def _from_row(cls, row: Row[Any]) -> "CaseLine":
        # A day's page reads thousands of these: values by place, and each text that comes again read once.
        values: tuple[Any, ...] = tuple(row)
        (case_seq, number, day, opened, finished, staff, counter, card_kind, read_by, authenticity) = values[
            :10
        ]
        (procedures, chosen, forms, is_form_filled, codes, _pages, outcome, review, entries) = values[10:19]
        (failures, releases, overrides, comments, _is_lookup, is_unusual_hour, worked_s) = values[19:26]
        (running_since, last_seq, last) = values[26:]
        last_at = time_of(last)
        return cls(
            case_seq,
            CaseNumber(number),
            day,
            time_of(opened),
            _staff_in(staff),
            counter,
            last_seq,
            last_at,
            last_at if finished == last else _time_or_none(finished),
            card_kind,
            read_by,
            authenticity,
            _names_in(procedures),
            _time_or_none(chosen),
            _forms_in(forms),
            is_form_filled,
            _names_in(codes),
            _OUTCOMES[outcome],
            _REVIEWS[review],
            entries,
            failures,
            releases,
            overrides,
            comments,
            is_unusual_hour,
            worked_s,
            _time_or_none(running_since),
        )


_OUTCOMES: Final = {str(outcome.value): outcome for outcome in Outcome}
_REVIEWS: Final = {str(review.value): review for review in Review}


@functools.lru_cache(maxsize=4096)
def _staff_in(text: str) -> ClerkId:
    return ClerkId(text)


@functools.lru_cache(maxsize=4096)
def _names_in(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


@functools.lru_cache(maxsize=4096)
def _forms_in(text: str) -> tuple[FormRecord, ...]:
    """The same few lists of forms come again and again."""
    return tuple(FormRecord(*form) for form in json.loads(text))


_PLAIN: Final = (
    "case_seq",
    "day",
    "counter",
    "last_seq",
    "card_kind",
    "read_by",
    "authenticity",
    "is_form_filled",
    "entries",
    "failures",
    "releases",
    "overrides",
    "comments",
    "is_unusual_hour",
    "worked_s",
)


def _text_or_none(moment: dt.datetime | None) -> str | None:
    return None if moment is None else time_text(moment)


def _time_or_none(text: str | None) -> dt.datetime | None:
    return time_of(text) if text else None

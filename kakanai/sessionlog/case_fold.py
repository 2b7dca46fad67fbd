"""From the entries of a case, one after the other, to its line and its part in the sums."""

import dataclasses
import datetime as dt
import json
from typing import Any, Final

from kakanai.errors import KakanaiError
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.case_number import CaseNumber, ClerkId
from kakanai.sessionlog.chain import Link, time_of
from kakanai.sessionlog.entry import JST, FormRecord
from kakanai.sessionlog.errors import ForeignRowError
from kakanai.sessionlog.words import EntryKind, Outcome, Review

_FIRST_USUAL_HOUR: Final = 7
_LAST_USUAL_HOUR: Final = 19
"""An act before 7:00 or from 20:00 on, in Japan, is told as of an unusual hour."""

_AUTHENTICITY: Final = frozenset({"V-001", "V-002", "V-003", "V-004"})
_ENDS: Final = (EntryKind.CASE_CLOSED, EntryKind.CASE_CANCELLED)
_REVIEWS: Final = {EntryKind.CASE_APPROVED: Review.APPROVED, EntryKind.CASE_SENT_BACK: Review.SENT_BACK}
_OF_REVIEW: Final = frozenset({*_REVIEWS, EntryKind.CASE_COMMENTED})
_AT_COUNTER: Final = frozenset(
    {
        EntryKind.CASE_OPENED,
        EntryKind.CARD_READ,
        EntryKind.READING_FAILED,
        EntryKind.HAND_ENTERED,
        EntryKind.PROCEDURES_CHOSEN,
        EntryKind.FORMS_FILLED,
        EntryKind.FINDING_DECIDED,
        EntryKind.MISMATCH_ACCEPTED,
        EntryKind.CARD_FACT_STALE,
        EntryKind.PERSON_ADDED,
        EntryKind.PERSON_REMOVED,
        EntryKind.ADDRESS_PROTECTED,
        EntryKind.IDENTITY_CHECKED,
        EntryKind.DOCUMENTS_CHECKED,
        EntryKind.VISITOR_CONFIRMED,
        EntryKind.PRINT_RELEASED,
        EntryKind.PRINT_DONE,
        EntryKind.PRINT_FAILED,
        EntryKind.CASE_SUSPENDED,
        EntryKind.CASE_RESUMED,
        EntryKind.CASE_CORRECTED,
        EntryKind.CASE_CLOSED,
        EntryKind.CASE_CANCELLED,
    }
)


_FOLDED: Final = _AT_COUNTER | _OF_REVIEW


def is_folded(kind: str, case_number: str) -> bool:
    """Whether such an entry says something of a case's line; a look at a case does not."""
    return bool(case_number) and kind in _FOLDED


def fold(line: CaseLine | None, link: Link) -> CaseLine | None:
    """The case's line once `link` is told too; None while nothing at the counter was told of it.

    Raises:
        ForeignRowError: another program wrote the link.
    """
    if link.body is None or not is_folded(link.kind, link.case_number):
        return line
    try:
        return _folded(line, link, json.loads(link.body))
    except (ValueError, TypeError, AttributeError, KakanaiError):
        raise ForeignRowError("an entry is none of ours") from None


def _folded(line: CaseLine | None, link: Link, told: dict[str, Any]) -> CaseLine | None:
    kind, at = EntryKind(link.kind), time_of(link.at)
    if kind in _OF_REVIEW:
        return None if line is None else _reviewed(line, kind, link, at)
    if line is None:
        line = CaseLine(
            case_seq=link.seq,
            case_number=CaseNumber(link.case_number),
            day=link.day,
            opened_at=at,
            staff=ClerkId(link.staff),
            counter=link.counter,
            last_seq=link.seq,
            last_at=at,
            running_since=at,
        )
    changes: dict[str, Any] = {
        "entries": line.entries + 1,
        "last_seq": link.seq,
        "last_at": at,
        "outcome": _outcome(line.outcome, kind),
        # What was approved is no longer what the case is; what was sent back stays so until it is looked at.
        "review": Review.NONE if line.review is Review.APPROVED else line.review,
        "is_unusual_hour": line.is_unusual_hour or _is_unusual(at),
        **_told_of_person(line, told),
        **_told_of_paper(line, kind, told, at),
        **_counted(line, kind),
        **_clock(line, kind, at),
    }
    return dataclasses.replace(line, **changes)


def _reviewed(line: CaseLine, kind: EntryKind, link: Link, at: dt.datetime) -> CaseLine:
    return dataclasses.replace(
        line,
        review=_REVIEWS.get(kind, line.review),
        comments=line.comments + (kind is EntryKind.CASE_COMMENTED),
        entries=line.entries + 1,
        last_seq=link.seq,
        last_at=at,
    )


def _outcome(before: Outcome, kind: EntryKind) -> Outcome:
    """The last print's result; a cancelled case stays printed once paper came out, for the paper exists."""
    if kind is EntryKind.PRINT_DONE:
        return Outcome.PRINTED
    if kind is EntryKind.PRINT_FAILED:
        return Outcome.PRINT_FAILED
    if kind is EntryKind.CASE_CANCELLED and before is not Outcome.PRINTED:
        return Outcome.CANCELLED
    return before


def _is_unusual(at: dt.datetime) -> bool:
    return not _FIRST_USUAL_HOUR <= at.astimezone(JST).hour <= _LAST_USUAL_HOUR


def _told_of_person(line: CaseLine, told: dict[str, Any]) -> dict[str, Any]:
    codes = tuple(told.get("codes", ()))
    return {
        "card_kind": told.get("card_kind", line.card_kind),
        "read_by": told.get("read_by", line.read_by),
        "authenticity": next((c for c in reversed(codes) if c in _AUTHENTICITY), line.authenticity),
        "codes": tuple(dict.fromkeys(line.codes + codes)),
    }


def _told_of_paper(line: CaseLine, kind: EntryKind, told: dict[str, Any], at: dt.datetime) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if kind is EntryKind.PROCEDURES_CHOSEN:
        changes = {"procedures": tuple(told.get("procedures", ())), "chosen_at": at}
    elif "procedures" in told:
        changes = {"procedures": tuple(told["procedures"])}
    is_filled = kind is EntryKind.FORMS_FILLED
    # A correction prints some forms again, and tells which sheets became void; the case is still about all.
    if "forms" in told and (is_filled or not line.is_form_filled):
        changes["forms"] = tuple(FormRecord(*form) for form in told["forms"])
        changes["is_form_filled"] = is_filled
    return changes


def _counted(line: CaseLine, kind: EntryKind) -> dict[str, int]:
    return {
        "failures": line.failures + (kind in (EntryKind.READING_FAILED, EntryKind.PRINT_FAILED)),
        "releases": line.releases + (kind is EntryKind.PRINT_RELEASED),
        "overrides": line.overrides + (kind is EntryKind.MISMATCH_ACCEPTED),
    }


def _clock(line: CaseLine, kind: EntryKind, at: dt.datetime) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    stops = kind in _ENDS or kind is EntryKind.CASE_SUSPENDED
    if stops and line.running_since is not None:
        # The clock may have been set back in between.
        passed = max(0, int((at - line.running_since).total_seconds()))
        changes = {"worked_s": line.worked_s + passed, "running_since": None}
    elif kind is EntryKind.CASE_RESUMED and line.finished_at is None:
        changes = {"running_since": line.running_since or at}
    if kind in _ENDS:
        changes["finished_at"] = at
    return changes

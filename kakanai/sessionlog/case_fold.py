"""From the entries of a case, one after the other, to its line and its part in the sums."""

import datetime as dt
import functools
import json
from collections.abc import Iterable
from dataclasses import MISSING, fields
from typing import Any, Final, TypeAlias

from kakanai.errors import KakanaiError
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.case_number import CaseNumber, ClerkId
from kakanai.sessionlog.chain import Link, time_of
from kakanai.sessionlog.entry import FormRecord
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


FOLDED_KINDS: Final = _AT_COUNTER | _OF_REVIEW
"""The kinds of entry that say something of a case's line."""

Act: TypeAlias = tuple[int, str, dt.date, str, str, str, str, str]
"""Of an entry of a folded kind: seq, at, day, kind, case number, staff, counter, body."""

_BLANK: Final = {field.name: field.default for field in fields(CaseLine) if field.default is not MISSING}
_JAPAN_IS_AHEAD_H: Final = 9


def is_folded(kind: str, case_number: str) -> bool:
    """Whether such an entry says something of a case's line; a look at a case does not."""
    return bool(case_number) and kind in FOLDED_KINDS


def fold(line: CaseLine | None, link: Link) -> CaseLine | None:
    """The case's line once `link` is told too; None while nothing at the counter was told of it.

    Raises:
        ForeignRowError: another program wrote the link.
    """
    if link.body is None or not is_folded(link.kind, link.case_number):
        return line
    act = (link.seq, link.at, link.day, link.kind, link.case_number, link.staff, link.counter, link.body)
    return _line_after({} if line is None else dict(vars(line)), [act])


def fold_case(acts: Iterable[Act]) -> CaseLine | None:
    """The line of a case from all its acts of FOLDED_KINDS, in their order; None: nothing at the counter.

    Raises:
        ForeignRowError: another program wrote one of them.
    """
    return _line_after({}, acts)


def _line_after(case: dict[str, Any], acts: Iterable[Act]) -> CaseLine | None:
    try:
        for act in acts:
            _tell(case, act)
        return CaseLine(**case) if case else None
    except (ValueError, TypeError, AttributeError, KakanaiError):
        raise ForeignRowError("an entry is none of ours") from None


def _tell(case: dict[str, Any], act: Act) -> None:
    """Tell one more act into the fields of a line, which are changed in place: this is done in millions."""
    seq, at, day, kind, number, staff, counter, body = act
    moment, told = time_of(at), _told_in(body)
    if kind in _OF_REVIEW:
        if case:
            case["review"] = _REVIEWS.get(EntryKind(kind), case["review"])
            case["comments"] += kind == EntryKind.CASE_COMMENTED
            case.update(entries=case["entries"] + 1, last_seq=seq, last_at=moment)
        return
    if not case:
        case.update(_BLANK)
        case.update(case_seq=seq, case_number=CaseNumber(number), day=day, opened_at=moment)
        case.update(staff=ClerkId(staff), counter=counter, running_since=moment)
    case["entries"] += 1
    case["last_seq"], case["last_at"] = seq, moment
    if case["review"] is Review.APPROVED:
        # What was approved is no longer what the case is; what was sent back stays so until it is looked at.
        case["review"] = Review.NONE
    if not _FIRST_USUAL_HOUR <= (int(at[11:13]) + _JAPAN_IS_AHEAD_H) % 24 <= _LAST_USUAL_HOUR:
        case["is_unusual_hour"] = True
    _tell_kind(case, kind, moment)
    if told or kind == EntryKind.PROCEDURES_CHOSEN:
        _tell_body(case, kind, told, moment)


def _tell_kind(case: dict[str, Any], kind: str, at: dt.datetime) -> None:
    match kind:
        case EntryKind.PRINT_DONE:
            case["outcome"] = Outcome.PRINTED
        case EntryKind.PRINT_FAILED:
            case["outcome"] = Outcome.PRINT_FAILED
            case["failures"] += 1
        case EntryKind.READING_FAILED:
            case["failures"] += 1
        case EntryKind.PRINT_RELEASED:
            case["releases"] += 1
        case EntryKind.MISMATCH_ACCEPTED:
            case["overrides"] += 1
        case EntryKind.CASE_RESUMED if case["finished_at"] is None:
            case["running_since"] = case["running_since"] or at
        case EntryKind.CASE_SUSPENDED | EntryKind.CASE_CLOSED | EntryKind.CASE_CANCELLED:
            _stop(case, kind, at)


def _stop(case: dict[str, Any], kind: str, at: dt.datetime) -> None:
    if case["running_since"] is not None:
        # The clock may have been set back in between.
        case["worked_s"] += max(0, int((at - case["running_since"]).total_seconds()))
        case["running_since"] = None
    if kind in _ENDS:
        case["finished_at"] = at
    if kind == EntryKind.CASE_CANCELLED and case["outcome"] is not Outcome.PRINTED:
        # A cancelled case stays printed once paper came out, for the paper exists.
        case["outcome"] = Outcome.CANCELLED


def _tell_body(case: dict[str, Any], kind: str, told: dict[str, Any], at: dt.datetime) -> None:
    case["card_kind"] = told.get("card_kind", case["card_kind"])
    case["read_by"] = told.get("read_by", case["read_by"])
    if codes := told.get("codes", ()):
        case["codes"] = tuple(dict.fromkeys(case["codes"] + codes))
        case["authenticity"] = next((c for c in reversed(codes) if c in _AUTHENTICITY), case["authenticity"])
    if kind == EntryKind.PROCEDURES_CHOSEN:
        case["procedures"], case["chosen_at"] = told.get("procedures", ()), at
    elif "procedures" in told:
        case["procedures"] = told["procedures"]
    is_filled = kind == EntryKind.FORMS_FILLED
    # A correction prints some forms again, and tells which sheets became void; the case is still about all.
    if "forms" in told and (is_filled or not case["is_form_filled"]):
        case["forms"], case["is_form_filled"] = told["forms"], is_filled


@functools.lru_cache(maxsize=4096)
def _told_in(body: str) -> dict[str, Any]:
    """What a body tells; nobody changes it, for the many cases that are alike share it."""
    told: dict[str, Any] = json.loads(body)
    told |= {name: tuple(told[name]) for name in ("codes", "procedures") if name in told}
    if "forms" in told:
        told["forms"] = tuple(FormRecord(*form) for form in told["forms"])
    return told

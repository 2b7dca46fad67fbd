"""From the entries of one case to its line in the day log 日報."""

from collections.abc import Sequence
from typing import Final

from kakanai.sessionlog.entry import DayEntry, EntryKind, LogEntry, Outcome

_ENDS: Final = (EntryKind.CASE_CLOSED, EntryKind.CASE_CANCELLED)
EVERYDAY: Final = frozenset({"N-001", "N-002", "N-003", "N-011", "N-012", "N-013", "B-001", "B-003", "B-004"})
"""Codes of a 本人確認 that was enough and of a checklist that leaves nothing for later: kept, not shown."""


def fold_case(entries: Sequence[LogEntry]) -> DayEntry:
    """The case that `entries` (one or more, of one case, in the order they were written) tell.

    The clerk is the one who opened the case. Of the card, the procedures and the forms the latest word
    counts; codes are all that were met, each once, but for EVERYDAY. The end is None while the case is open.
    """
    first = entries[0]
    # A correction prints some forms again, and tells which sheets became void; the case is still about all.
    filled = next((e.forms for e in reversed(entries) if e.forms and e.kind is EntryKind.FORMS_FILLED), ())
    forms = filled or next((e.forms for e in reversed(entries) if e.forms), ())
    return DayEntry(
        case_number=first.case_number,
        clerk=first.clerk,
        started_at=first.at,
        finished_at=next((e.at for e in reversed(entries) if e.kind in _ENDS), None),
        card_kind=next((e.card_kind for e in reversed(entries) if e.card_kind), None),
        read_by=next((e.read_by for e in reversed(entries) if e.read_by), None),
        procedures=next((e.procedures for e in reversed(entries) if e.procedures), ()),
        forms=forms,
        pages=sum(form.pages for form in forms),
        outcome=_outcome(entries),
        codes=tuple(dict.fromkeys(code for entry in entries for code in entry.codes if code not in EVERYDAY)),
    )


def _outcome(entries: Sequence[LogEntry]) -> Outcome:
    """The last print's result; a cancelled case stays printed once paper came out, for the paper exists."""
    outcome = Outcome.OPEN
    for entry in entries:
        if entry.kind is EntryKind.PRINT_DONE:
            outcome = Outcome.PRINTED
        elif entry.kind is EntryKind.PRINT_FAILED:
            outcome = Outcome.PRINT_FAILED
        elif entry.kind is EntryKind.CASE_CANCELLED and outcome is not Outcome.PRINTED:
            outcome = Outcome.CANCELLED
    return outcome

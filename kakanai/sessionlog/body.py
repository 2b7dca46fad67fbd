"""From an act to the one text that the chain keeps of it, and back."""

import datetime as dt
import json
from typing import Any, Final

from kakanai.errors import KakanaiError
from kakanai.sessionlog.case_number import CaseNumber, ClerkId
from kakanai.sessionlog.entry import FormRecord, LogEntry
from kakanai.sessionlog.words import EntryKind

_PLAIN = ("card_kind", "read_by", "role", "digest", "spool", "ref")
_LISTS = ("procedures", "purpose", "codes", "names")
_AS_ONE_LINE: Final = json.JSONEncoder(
    ensure_ascii=True, allow_nan=False, sort_keys=True, separators=(",", ":")
)


def canonical_json(value: object) -> str:
    """The one way JSON is written here: ASCII, keys in order, without a blank."""
    return _AS_ONE_LINE.encode(value)


def body_of(entry: LogEntry) -> str:
    """All that an act told beside time, kind, case, staff and counter; `{}` when that was all."""
    body: dict[str, object] = {name: value for name in _PLAIN if (value := getattr(entry, name))}
    body |= {name: list(values) for name in _LISTS if (values := getattr(entry, name))}
    if entry.forms:
        body["forms"] = [[form.form, form.version, form.pages] for form in entry.forms]
    if entry.counts:
        body["counts"] = dict(entry.counts)
    if entry.about is not None:
        body["about"] = str(entry.about)
    if entry.on is not None:
        body["on"] = entry.on.isoformat()
    return canonical_json(body)


def entry_from(  # one argument for each column
    *, at: dt.datetime, kind: str, case_number: str, staff: str, counter: str, body: str
) -> LogEntry:
    """The act that a row of the chain tells.

    Raises:
        ValueError: only another program can have written it; the value is not repeated.
    """
    told = _object(body)
    if not told.keys() <= {*_PLAIN, *_LISTS, "forms", "counts", "about", "on"}:
        raise ValueError("body has a foreign part")
    parts: dict[str, Any] = {name: told[name] for name in _PLAIN if name in told}
    try:
        parts |= {name: tuple(told[name]) for name in _LISTS if name in told}
        entry = LogEntry(
            kind=EntryKind(kind),
            case_number=CaseNumber(case_number) if case_number else None,
            clerk=ClerkId(staff),
            at=at,
            counter=counter,
            forms=tuple(FormRecord(*form) for form in told.get("forms", ())),
            counts=told.get("counts", {}),
            about=ClerkId(told["about"]) if "about" in told else None,
            on=dt.date.fromisoformat(told["on"]) if "on" in told else None,
            **parts,
        )
    except (TypeError, ValueError, AttributeError, KakanaiError):
        raise ValueError("body is none of ours") from None
    if body_of(entry) != body:
        raise ValueError("body is not in its one form")
    return entry


def _object(body: str) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except ValueError:
        raise ValueError("body is no JSON") from None
    if not isinstance(told, dict):
        raise ValueError("body is no JSON object")  # noqa: TRY004  # of the text, not of a type
    return told

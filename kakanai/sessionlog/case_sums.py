"""A case's part in the sums of its day: as one of all, and by staff, counter, hour, form and procedure."""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from typing import Final, TypeAlias

from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.case_tables import SUMMED
from kakanai.sessionlog.entry import JST
from kakanai.sessionlog.words import Outcome


class Dimension(StrEnum):
    """By what a day's cases are summed."""

    ALL = "all"
    STAFF = "staff"
    COUNTER = "counter"
    HOUR = "hour"
    FORM = "form"
    PROCEDURE = "procedure"


_ALL, _STAFF, _COUNTER, _HOUR, _FORM, _PROCEDURE = (str(one.value) for one in Dimension)
"""In their order; plain text is found in a mapping several times as fast."""

MONTH: Final = "_month"
"""Goes after the name of a dimension where its sums are of whole months."""

Member: TypeAlias = tuple[str, str]
"""A dimension and one of its members, such as ("form", "F05")."""
Sums: TypeAlias = tuple[int, ...]
"""One number for each of SUMMED."""

_PAGES: Final = SUMMED.index("pages")
NOTHING: Sums = (0,) * len(SUMMED)


def parts_of(line: CaseLine | None) -> dict[Member, Sums]:
    """What the case adds to each member of its day; nothing for None."""
    if line is None:
        return {}
    whole = sums_of(line)
    parts = dict.fromkeys(_members(line), whole)
    for form in dict.fromkeys(record.form for record in line.forms):
        pages = sum(record.pages for record in line.forms if record.form == form)
        parts[_FORM, form] = (*whole[:_PAGES], pages, *whole[_PAGES + 1 :])
    return parts


def sums_of(line: CaseLine) -> Sums:
    """What the case adds to the sums of all cases of its day, in the order of SUMMED."""
    finished, outcome = line.finished_at is not None, line.outcome
    return (
        1,
        int(finished),
        line.pages,
        line.worked_s if finished else 0,
        int(outcome is Outcome.PRINTED),
        int(outcome is Outcome.CANCELLED),
        int(outcome is Outcome.PRINT_FAILED),
        line.failures,
        line.overrides,
        max(0, line.releases - 1),
        int(line.is_lookup),
        int(line.is_unusual_hour),
    )


def change_between(before: CaseLine | None, after: CaseLine | None) -> dict[Member, Sums]:
    """What must be added to the day's sums when a case's line becomes another one; only what changes."""
    old, new = parts_of(before), parts_of(after)
    changes = {}
    for member in old | new:
        change = tuple(b - a for a, b in zip(old.get(member, NOTHING), new.get(member, NOTHING), strict=True))
        if change != NOTHING:
            changes[member] = change
    return changes


def _members(line: CaseLine) -> Iterator[Member]:
    yield _ALL, ""
    yield _STAFF, str(line.staff)
    yield _COUNTER, line.counter
    yield _HOUR, f"{line.opened_at.astimezone(JST).hour:02d}"
    for procedure in line.procedures:
        yield _PROCEDURE, procedure


def spans_of(dimension: str, day: dt.date) -> Iterator[tuple[str, dt.date]]:
    """Under which dimension and day the part of a case is summed: of its day, and of its month."""
    yield dimension, day
    if dimension != Dimension.ALL:
        yield dimension + MONTH, day.replace(day=1)

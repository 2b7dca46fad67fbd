"""Acts for the tests of the log, and what another program can read of it."""

import datetime as dt

from kakanai.sessionlog.entry import JST, CaseNumber, ClerkId, EntryKind, FormRecord, LogEntry

DAY = dt.date(2026, 11, 20)
"""A Friday."""
TEN = dt.datetime(2026, 11, 20, 10, tzinfo=JST)
NUMBER = CaseNumber("R8-1120-0001")
FORMS = (FormRecord("F01", "2026.10", 1), FormRecord("F09", "2026.10", 2))
K = EntryKind


def entry(kind=K.CASE_OPENED, number=NUMBER, at=TEN, clerk="0123", **told):
    """One act at ten o'clock."""
    return LogEntry(kind, number, ClerkId(clerk), at, **told)


FULL = entry(
    K.FORMS_FILLED,
    card_kind="mynumber",
    read_by="pin",
    procedures=("b", "a"),
    forms=(FormRecord("F09", "2026.10", 2), FormRecord("F01", "2026.10", 1)),
    codes=("C-010", "C-002"),
    counter="3",
    purpose=("a",),
)

WALK = (
    (K.CASE_OPENED, {}),
    (K.CARD_READ, {"card_kind": "mynumber", "read_by": "pin", "codes": ("V-001",)}),
    (K.PROCEDURES_CHOSEN, {"procedures": ("seal-certificate",)}),
    (K.FORMS_FILLED, {"forms": FORMS}),
    (K.PRINT_RELEASED, {"forms": FORMS}),
    (K.PRINT_DONE, {"forms": FORMS}),
    (K.CASE_CLOSED, {}),
)
"""A case as most are."""


def walk(number=NUMBER, at=TEN, steps=WALK, **told):
    """The acts of a case, a minute from one to the next."""
    return [
        entry(kind, number, at + dt.timedelta(minutes=minute), **{**more, **told})
        for minute, (kind, more) in enumerate(steps)
    ]


def is_intact(links):
    """Whether these links are a chain from its start."""
    prev = "0" * 64
    for place, link in enumerate(links, 1):
        if (link.seq, link.prev, link.hash) != (place, prev, link.recomputed_hash()):
            return False
        prev = link.hash
    return True

"""Days of a counter as the log knows them: ordinary cases, and one of each kind that is worth a look."""

import datetime as dt
import random

from kakanai.sessionlog.case_number import CaseNumber, ClerkId
from kakanai.sessionlog.entry import JST, FormRecord, LogEntry
from kakanai.sessionlog.words import EntryKind as K

DAY = dt.date(2026, 11, 20)
"""A Friday that is no holiday."""
CLERKS = ("1024", "1025", "1031")
SUPERVISOR = "2001"
VISITS = (
    (("residence-certificate",), (("F01", 1),)),
    (("seal-certificate",), (("F05", 1),)),
    (("move-in",), (("F07", 2), ("F09", 1))),
    (("residence-certificate", "seal-certificate"), (("F01", 1), ("F05", 1))),
)

CARD = (K.CARD_READ, {"card_kind": "mynumber", "read_by": "pin", "codes": ("V-001",)})


def forms_of(forms):
    return tuple(FormRecord(form, "2026.11", pages) for form, pages in forms)


def steps_of(procedures, forms, *, end=K.CASE_CLOSED, releases=1):
    """The acts of a case that gets its paper."""
    records = forms_of(forms)
    steps = [
        (K.CASE_OPENED, {}),
        CARD,
        (K.PROCEDURES_CHOSEN, {"procedures": procedures}),
        (K.IDENTITY_CHECKED, {"codes": ("N-001", "N-011")}),
        (K.FORMS_FILLED, {"forms": records}),
    ]
    for _ in range(releases):
        steps += [(K.PRINT_RELEASED, {"forms": records}), (K.PRINT_DONE, {"forms": records})]
    return [*steps, (end, {})]


LOOKUP = [(K.CASE_OPENED, {}), CARD, (K.CASE_CANCELLED, {})]
CANCELLED = [(K.CASE_OPENED, {}), (K.CASE_CANCELLED, {})]
UNFINISHED = [(K.CASE_OPENED, {}), CARD]
FAILED_PRINT = [
    *steps_of(*VISITS[0])[:-2],
    (K.PRINT_FAILED, {"codes": ("P-010",)}),
    (K.CASE_CLOSED, {}),
]
OVERRIDDEN = [
    (K.CASE_OPENED, {}),
    (K.MISMATCH_ACCEPTED, {"codes": ("V-004", "V-012")}),
    *steps_of(*VISITS[1])[1:],
]
REPRINTED = steps_of(*VISITS[1], releases=2)
SHORT = [
    (K.IDENTITY_CHECKED, {"codes": ("N-004",)}) if k is K.IDENTITY_CHECKED else (k, t)
    for k, t in steps_of(*VISITS[0])
]
ODD = (LOOKUP, CANCELLED, UNFINISHED, FAILED_PRINT, OVERRIDDEN, REPRINTED, SHORT)


class SampleDay:
    """Writes the cases of one day, one after the other, five minutes apart."""

    def __init__(self, log, day=DAY, first=1):
        self.log = log
        self.day = day
        self.serial = first
        self.at = dt.datetime.combine(day, dt.time(8, 30), tzinfo=JST)
        self.chance = random.Random(day.toordinal())  # noqa: S311 - the same each time

    def carried_on(self, log):
        """Another that goes on where this one stands, in a copy of its log."""
        other = SampleDay(log, self.day, self.serial)
        other.at = self.at
        other.chance.setstate(self.chance.getstate())
        return other

    def entries(self, steps, *, clerk="1024", at=None, seconds=45, counter=""):
        """The entries of one case, not written yet."""
        number = CaseNumber.build(self.day, self.serial)
        self.serial += 1
        at = at or self.at
        return [
            LogEntry(
                kind,
                number,
                ClerkId(clerk),
                at + dt.timedelta(seconds=seconds * place),
                counter=counter,
                **told,
            )
            for place, (kind, told) in enumerate(steps)
        ]

    def case(self, steps=None, **told):
        """Write one case; its number."""
        entries = self.entries(steps or steps_of(*VISITS[0]), **told)
        self.log.append_all(entries)
        self.at = max(self.at, entries[-1].at) + dt.timedelta(seconds=20)
        return entries[0].case_number

    def ordinary(self, cases):
        """So many cases of several kinds by several clerks."""
        numbers = []
        for place in range(cases):
            steps = steps_of(*VISITS[place % len(VISITS)])
            clerk = CLERKS[place % len(CLERKS)]
            numbers.append(self.case(steps, clerk=clerk, seconds=self.chance.randint(2, 6)))
        return numbers

    def odd(self):
        """One case of each kind that is worth a look, by kind of steps."""
        return [self.case(steps, clerk="1031", seconds=5) for steps in ODD]

    def act(self, kind, clerk="1024", at=None, **told):
        """An act of no case."""
        self.log.append(LogEntry(kind, None, ClerkId(clerk), at or self.at, **told))

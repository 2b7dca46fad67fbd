import datetime as dt

import pytest

from kakanai.sessionlog.day import fold_case
from kakanai.sessionlog.entry import CaseNumber, ClerkId, EntryKind, FormRecord, LogEntry, Outcome

START = dt.datetime(2026, 11, 20, 23, 50, tzinfo=dt.UTC)
FORMS = (FormRecord("F01", "2026.10", 1), FormRecord("F09", "2026.10", 2))
K = EntryKind


def case(*steps):
    return [
        LogEntry(
            kind=kind,
            case_number=CaseNumber("R8-1121-0001"),
            clerk=ClerkId("0123"),
            at=START + dt.timedelta(minutes=minute),
            **told,
        )
        for minute, (kind, told) in enumerate(steps)
    ]


def test_a_whole_case_is_one_line():
    told = fold_case(
        case(
            (K.CASE_OPENED, {}),
            (K.READING_FAILED, {"codes": ("C-010",)}),
            (K.READING_FAILED, {"codes": ("C-011", "C-010")}),
            (K.CARD_READ, {"card_kind": "mynumber", "read_by": "pin"}),
            (K.PROCEDURES_CHOSEN, {"procedures": ("a",)}),
            (K.PROCEDURES_CHOSEN, {"procedures": ("a", "b")}),
            (K.FORMS_FILLED, {"forms": FORMS[:1]}),
            (K.FORMS_FILLED, {"forms": FORMS}),
            (K.PRINT_RELEASED, {"forms": FORMS}),
            (K.PRINT_FAILED, {"codes": ("P-013",)}),
            (K.PRINT_RELEASED, {}),
            (K.PRINT_DONE, {}),
            (K.CASE_CLOSED, {}),
        )
    )
    assert told.to_mapping() == {
        "case_number": "R8-1121-0001",
        "clerk": "0123",
        "started_at": "2026-11-21T08:50:00+09:00",
        "finished_at": "2026-11-21T09:02:00+09:00",
        "card_kind": "mynumber",
        "read_by": "pin",
        "procedures": ["a", "b"],
        "forms": [
            {"form": "F01", "version": "2026.10", "pages": 1},
            {"form": "F09", "version": "2026.10", "pages": 2},
        ],
        "pages": 3,
        "outcome": "printed",
        "codes": ["C-010", "C-011", "P-013"],
    }


@pytest.mark.parametrize(
    ("kinds", "outcome"),
    [
        ([], Outcome.OPEN),
        ([K.PRINT_RELEASED], Outcome.OPEN),
        ([K.PRINT_DONE], Outcome.PRINTED),
        ([K.PRINT_FAILED], Outcome.PRINT_FAILED),
        ([K.PRINT_FAILED, K.PRINT_DONE, K.CASE_CLOSED], Outcome.PRINTED),
        ([K.PRINT_DONE, K.PRINT_FAILED], Outcome.PRINT_FAILED),
        ([K.CASE_CANCELLED], Outcome.CANCELLED),
        ([K.PRINT_FAILED, K.CASE_CANCELLED], Outcome.CANCELLED),
        ([K.PRINT_DONE, K.CASE_CANCELLED], Outcome.PRINTED),
    ],
)
def test_outcomes(kinds, outcome):
    told = fold_case(case((K.CASE_OPENED, {}), *((kind, {}) for kind in kinds)))
    assert told.outcome is outcome
    ended = kinds and kinds[-1] in (K.CASE_CLOSED, K.CASE_CANCELLED)
    assert (told.finished_at is not None) == bool(ended)

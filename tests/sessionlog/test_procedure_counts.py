"""How often each procedure was chosen: the last choice of each case that was opened from a day on."""

import datetime as dt

from kakanai.sessionlog.entry import CaseNumber, ClerkId, EntryKind, LogEntry

NOW = dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 21)


def chosen(number, *procedures, at=NOW):
    return LogEntry(
        kind=EntryKind.PROCEDURES_CHOSEN,
        case_number=CaseNumber(number),
        clerk=ClerkId("1024"),
        at=at,
        procedures=procedures,
    )


def test_the_last_choice_of_each_case_counts(log):
    log.append(chosen("R8-1021-0001", "dog", at=NOW - dt.timedelta(days=31)))
    log.append(chosen("R8-1121-0001", "move-in"))
    log.append(chosen("R8-1121-0001", "move-in", "water"))
    log.append(chosen("R8-1121-0002", "move-out"))
    log.append(chosen("R8-1121-0002", "water"))  # move-out was taken back
    log.append(chosen("R8-1121-0003", "dog"))
    log.append(chosen("R8-1121-0003"))  # all was taken back
    assert log.procedure_counts(TODAY - dt.timedelta(days=30)) == {"move-in": 1, "water": 2}
    assert log.procedure_counts(TODAY) == {"move-in": 1, "water": 2}
    assert log.procedure_counts(TODAY + dt.timedelta(days=1)) == {}
    assert log.procedure_counts(TODAY - dt.timedelta(days=31)) == {"dog": 1, "move-in": 1, "water": 2}

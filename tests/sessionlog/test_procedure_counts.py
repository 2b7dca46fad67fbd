"""How often each procedure was chosen: the last choice of each case, since the given moment."""

import datetime as dt

from kakanai.sessionlog.entry import CaseNumber, ClerkId, EntryKind, LogEntry

NOW = dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC)


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
    assert log.procedure_counts(NOW - dt.timedelta(days=30)) == {"move-in": 1, "water": 2}
    assert log.procedure_counts(NOW) == {"move-in": 1, "water": 2}
    assert log.procedure_counts(NOW + dt.timedelta(microseconds=1)) == {}


def test_a_choice_made_again_counts_from_then_on(log):
    log.append(chosen("R8-1121-0001", "water"))
    log.append(chosen("R8-1121-0001", "water", at=NOW + dt.timedelta(hours=1)))
    assert log.procedure_counts(NOW + dt.timedelta(minutes=1)) == {"water": 1}

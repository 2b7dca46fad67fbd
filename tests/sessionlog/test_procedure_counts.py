"""How often each procedure was chosen: the last choice of each case, since the given moment."""

import datetime as dt

from kakanai.sessionlog.entry import CaseNumber, ClerkId, EntryKind, LogEntry
from kakanai.sessionlog.store import SessionLog

NOW = dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC)


def chosen(number, *procedures, at=NOW):
    return LogEntry(
        kind=EntryKind.PROCEDURES_CHOSEN,
        case_number=CaseNumber(number),
        clerk=ClerkId("1024"),
        at=at,
        procedures=procedures,
    )


def test_the_last_choice_of_each_case_counts(tmp_path):
    with SessionLog.open(tmp_path / "log.sqlite3") as log:
        log.append(chosen("R8-1121-0001", "move-in"))
        log.append(chosen("R8-1121-0001", "move-in", "water"))
        log.append(chosen("R8-1121-0002", "move-out"))
        log.append(chosen("R8-1121-0002", "water"))  # move-out was taken back
        log.append(chosen("R8-1021-0001", "dog", at=NOW - dt.timedelta(days=31)))
        assert log.procedure_counts(NOW - dt.timedelta(days=30)) == {"move-in": 1, "water": 2}
        assert log.procedure_counts(NOW + dt.timedelta(days=1)) == {}

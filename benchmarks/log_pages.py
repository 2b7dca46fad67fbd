"""How long the log takes to write an entry and to open a page, as it grows, on SQLite and on PostgreSQL.

Run: `.venv/bin/python -m benchmarks.log_pages [--postgres] [--sqlite] [--folder FOLDER] [CASES …]`; without
numbers 10,000 and 1,000,000 cases; 5,000,000 take some 16 GB and the better part of an hour to fill. A file
that was filled before is used again. Times are this machine's, in milliseconds: of each page the first time
it is opened, and the quickest and the slowest of the times after it; only the quickest says something where
other programs work beside it.
"""

import argparse
import datetime as dt
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.log_load import FIRST_DAY, LAST_DAY, STAFF, load
from kakanai.sessionlog.case_filter import CaseFilter
from kakanai.sessionlog.entry import CaseNumber, ClerkId, EntryKind, LogEntry, Outcome, Review
from kakanai.sessionlog.search_queries import TotalBy
from kakanai.sessionlog.store import SessionLog
from tests.postgres import PrivatePostgres

RUNS = 5
APPENDED = 300
DAY = dt.date(2026, 11, 20)
YEARS = (FIRST_DAY, LAST_DAY)
SEARCHES = {
    "day": CaseFilter(DAY, DAY),
    "day, staff": CaseFilter(DAY, DAY, staff=STAFF[0]),
    "staff": CaseFilter(staff=STAFF[0]),
    "outcome": CaseFilter(outcome=Outcome.CANCELLED),
    "form": CaseFilter(form="F05"),
    "procedure": CaseFilter(procedure="water"),
    "code": CaseFilter(code="C-010"),
    "common code": CaseFilter(code="V-001"),
    "card kind": CaseFilter(card_kind="driver_licence"),
    "counter": CaseFilter(counter="7"),
    "not reviewed": CaseFilter(review=Review.NONE),
    "sent back (none is)": CaseFilter(review=Review.SENT_BACK),
    "number R8-11": CaseFilter(number="R8-11"),
    "number R8-1120-0001": CaseFilter(number="R8-1120-0001"),
    "look-ups": CaseFilter(is_lookup=True),
    "overrides": CaseFilter(is_overridden=True),
    "reprints": CaseFilter(is_reprinted=True),
    "failures": CaseFilter(has_failed=True),
    "unusual hours (none are)": CaseFilter(is_unusual_hour=True),
    "staff, form, code": CaseFilter(staff=STAFF[0], form="F01", code="C-010"),
    "staff, outcome": CaseFilter(staff=STAFF[0], outcome=Outcome.PRINT_FAILED),
    "form, card kind, none fits": CaseFilter(form="F05", card_kind="juki_card"),
    "form, procedure, none fits": CaseFilter(form="F05", procedure="dog"),
    "two months, form, staff": CaseFilter(DAY - dt.timedelta(60), DAY, form="F05", staff=STAFF[0]),
}


def pages_of(log: SessionLog) -> dict[str, Callable[[], object]]:
    """Every page that a supervisor may open, by name."""

    def opened(wanted: CaseFilter, *, newest_first: bool) -> Callable[[], object]:
        return lambda: log.cases(wanted, newest_first=newest_first)

    def followed(wanted: CaseFilter) -> Callable[[], object]:
        first = log.cases(wanted, size=2000, newest_first=True)
        return lambda: log.cases(wanted, after=first.next, newest_first=True) if first.next else None

    pages: dict[str, Callable[[], object]] = {}
    for name, wanted in SEARCHES.items():
        pages[f"{name}"] = opened(wanted, newest_first=True)
        pages[f"{name}, oldest"] = opened(wanted, newest_first=False)
    pages["day, page 41"] = followed(SEARCHES["day"])
    pages["form, page 41"] = followed(SEARCHES["form"])
    pages["whole day"] = lambda: log.day(DAY)
    pages["timeline"] = lambda: log.timeline(CaseNumber("R8-1120-0001"))
    pages["acts of a day"] = lambda: log.acts(DAY, DAY)
    pages["sign-ins, five years"] = lambda: log.acts(
        *YEARS, kinds=[EntryKind.SIGNED_IN, EntryKind.SIGN_IN_FAILED], without_case=True
    )
    pages["settings of a day"] = lambda: log.settings_changes(DAY)
    pages["procedures, 30 days"] = lambda: log.procedure_counts(dt.date(2027, 3, 1))
    for by in TotalBy:
        pages[f"sums by {by.value}, five years"] = lambda by=by: log.totals(*YEARS, by)  # type: ignore[misc]
        pages[f"sums by {by.value}, a day"] = lambda by=by: log.totals(DAY, DAY, by)  # type: ignore[misc]
    return pages


def milliseconds(act: Callable[[], object]) -> float:
    """How long `act` takes."""
    begin = time.perf_counter()
    act()
    return (time.perf_counter() - begin) * 1000


def appended(log: SessionLog) -> float:
    """Milliseconds for an entry of a case, on disk."""
    at = dt.datetime(2027, 4, 1, 1, tzinfo=dt.UTC)
    entries = []
    for serial in range(1, APPENDED // 3 + 1):
        number = CaseNumber.build(dt.date(2027, 4, 1), serial)
        for kind in (EntryKind.CASE_OPENED, EntryKind.CARD_READ, EntryKind.CASE_CLOSED):
            entries.append(LogEntry(kind, number, ClerkId("bench"), at))
    return milliseconds(lambda: [log.append(entry) for entry in entries]) / len(entries)


def measured(log: SessionLog, cases: int) -> dict[str, tuple[float, float, float]]:
    """For each page, and for an entry: the first time, the quickest and the slowest of the times after it."""
    head = log.head()
    if head is None:
        seconds = milliseconds(lambda: load(log, cases)) / 1000
        print(f"  {log.backend}: {cases:,} cases filled in {seconds:,.0f} s")
        if log.backend == "postgresql":
            with log._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
    told = {}
    for name, page in pages_of(log).items():
        first = milliseconds(page)
        after = [milliseconds(page) for _ in range(RUNS)]
        told[name] = (first, min(after), max(after))
    each = appended(log)
    told["an entry written"] = (each, each, each)
    return told


def main() -> None:
    """Print a table: pages down, sizes across."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=int, nargs="*", default=[10_000, 1_000_000])
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    both = asked.sqlite == asked.postgres
    told: dict[str, dict[str, tuple[float, float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        if asked.sqlite or both:
            for cases in asked.cases:
                with SessionLog.open((asked.folder or Path(folder)) / f"{cases}.sqlite3") as log:
                    told[f"SQLite {cases:,}"] = measured(log, cases)
        if asked.postgres or both:
            with PrivatePostgres(durable=True) as server:
                for cases in asked.cases:
                    with SessionLog.open(server.new_database()) as log:
                        told[f"PostgreSQL {cases:,}"] = measured(log, cases)
    _print(told)


def _print(told: dict[str, dict[str, tuple[float, float, float]]]) -> None:
    print("| Page (ms: first; quickest, slowest after) | " + " | ".join(told) + " |")
    print("| --- |" + " --- |" * len(told))
    for name in next(iter(told.values())):
        rows = (sizes[name] for sizes in told.values())
        cells = (f"{first:.1f}; {quickest:.1f}, {slowest:.1f}" for first, quickest, slowest in rows)
        print(f"| {name} | " + " | ".join(cells) + " |")
    for size, pages in told.items():
        name, slowest = max(pages.items(), key=lambda item: item[1][1])
        print(f"{size}: slowest page {name}: {slowest[1]:.1f} ms at the quickest")


if __name__ == "__main__":
    main()

"""How long the log takes to write an entry and to open a page, as it grows, on SQLite and on PostgreSQL.

Run: `.venv/bin/python -m benchmarks.log_pages [--postgres] [--sqlite] [--copied] [--folder PATH] [CASES …]`,
without numbers 10,000 and 1,000,000 cases; 5,000,000 take 18 GB and half an hour to fill at least, or a third
of that with `--copied` (see `log_years`). A file that was filled before is used again. Times are this
machine's, in milliseconds: of each page the first time it is opened, with nothing of the database in the
system's page cache, the quickest and the slowest of the times after it, and the least processor time of one,
with the server's; only the last says something where many other programs work beside it.
"""

import argparse
import contextlib
import datetime as dt
import functools
import os
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.log_load import FIRST_DAY, LAST_DAY, STAFF, load
from benchmarks.log_years import load_years
from kakanai.app.offices import build_workshop, load_town_procedures
from kakanai.daybook.act_sentences import ActSentences
from kakanai.daybook.concerns import OpenHours
from kakanai.daybook.day_front import read_front
from kakanai.daybook.day_page import DayReader
from kakanai.daybook.found import Found
from kakanai.daybook.review_phrases import load_phrases
from kakanai.daybook.titles import Titles
from kakanai.forms.catalog import load_forms
from kakanai.reception.closed_days import ClosedDays
from kakanai.sessionlog.case_filter import CaseFilter
from kakanai.sessionlog.entry import CaseNumber, ClerkId, EntryKind, LogEntry, Outcome, Review
from kakanai.sessionlog.search_queries import TotalBy
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Paths
from tests.postgres import PrivatePostgres

RUNS = 5
Times = dict[str, tuple[float, float, float, float]]
TO_THE_END = ", until the page is full"
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
    reader = _day_reader(log)
    pages["page of a day, first sight"] = lambda: read_front(log, DAY)
    pages["page of a day, whole"] = lambda: reader.page(DAY, DAY)
    pages["log day"] = lambda: log.day(DAY)
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


@functools.cache
def _titles() -> Titles:
    paths = Paths.from_environment({"KAKANAI_HOME": "/nonexistent"})
    workshop = build_workshop(paths)
    forms = load_forms(workshop.form_folders, workshop.variables, workshop.register, on_demand=True)
    return Titles(load_town_procedures(paths, workshop.variables), forms)


def _day_reader(log: SessionLog) -> DayReader:
    hours = OpenHours(dt.time(8, 30), dt.time(17, 15), ClosedDays())
    return DayReader(log, ActSentences(_titles(), load_phrases()), hours)


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


def forget(files: Iterable[Path]) -> None:
    """Have the system forget what it keeps of these files in memory, as after a night."""
    for path in files:
        with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def measured(
    log: SessionLog,
    cases: int,
    files: Callable[[], Iterable[Path]],
    busy: Callable[[], float],
    *,
    is_copied: bool = False,
) -> Times:
    """For each page, and for an entry: the first time, the quickest and slowest after it, processor time.

    Args:
        log: An empty log, which is filled, or a full one.
        cases: How many it gets.
        files: What the database is kept in.
        busy: Seconds of processor time that were used so far.
        is_copied: Fill a year and copy the others.
    """
    head = log.head()
    if head is None:
        fill = load_years if is_copied else load
        seconds = milliseconds(lambda: fill(log, cases)) / 1000
        print(f"  {log.backend}: {cases:,} cases filled in {seconds:,.0f} s")
        if log.backend == "postgresql":
            with log._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
    told: Times = {}
    for name, page in pages_of(log).items():
        forget(files())
        first = milliseconds(page)
        after, used = [], []
        for _ in range(RUNS):
            before = busy()
            after.append(milliseconds(page))
            used.append((busy() - before) * 1000)
        told[name] = (first, min(after), max(after), min(used))
    for name in (name for name in SEARCHES if "," in name):
        forget(files())
        first = milliseconds(lambda name=name: _until_full(log, SEARCHES[name]))  # type: ignore[misc]
        before = busy()
        again = milliseconds(lambda name=name: _until_full(log, SEARCHES[name]))  # type: ignore[misc]
        told[f"{name}{TO_THE_END}"] = (first, again, again, (busy() - before) * 1000)
    before = busy()
    each = appended(log)
    told["an entry written"] = (each, each, each, (busy() - before) * 1000 / APPENDED)
    return told


def _until_full(log: SessionLog, wanted: CaseFilter) -> None:
    """A search looked on until its first page is full or nothing is left, as the window does by itself."""
    found = Found(log, wanted, newest_first=True, size=50)
    found.next_page()


def main() -> None:
    """Print a table: pages down, sizes across."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=int, nargs="*", default=[10_000, 1_000_000])
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--copied", action="store_true")
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    both = asked.sqlite == asked.postgres
    told: dict[str, Times] = {}
    with tempfile.TemporaryDirectory() as folder:
        if asked.sqlite or both:
            for cases in asked.cases:
                path = (asked.folder or Path(folder)) / f"{cases}.sqlite3"
                files = (path, path.with_name(path.name + "-wal"))
                with SessionLog.open(path) as log:
                    told[f"SQLite {cases:,}"] = measured(
                        log,
                        cases,
                        lambda files=files: files,
                        time.process_time,
                        is_copied=asked.copied,  # type: ignore[misc]
                    )
        if asked.postgres or both:
            with PrivatePostgres(durable=True) as server:
                for cases in asked.cases:
                    with SessionLog.open(server.new_database()) as log:
                        told[f"PostgreSQL {cases:,}"] = measured(
                            log,
                            cases,
                            server.files,
                            lambda: time.process_time() + server.processor_s(),
                            is_copied=asked.copied,
                        )
    _print(told)


def _print(told: dict[str, Times]) -> None:
    print("| Page (ms: first; quickest, slowest after; processor) | " + " | ".join(told) + " |")
    print("| --- |" + " --- |" * len(told))
    for name in next(iter(told.values())):
        rows = (sizes[name] for sizes in told.values())
        cells = (f"{first:.1f}; {quick:.1f}, {slow:.1f}; {used:.1f}" for first, quick, slow, used in rows)
        print(f"| {name} | " + " | ".join(cells) + " |")
    for size, pages in told.items():
        opened = {name: times for name, times in pages.items() if not name.endswith(TO_THE_END)}
        name, slowest = max(opened.items(), key=lambda item: item[1][3])
        print(f"{size}: costliest page {name}: {slowest[3]:.1f} ms of processor")


if __name__ == "__main__":
    main()
